"""Each identifier: accepted, accepted once normalised, wrong check digit, wrong shape."""

from __future__ import annotations

import datetime as dt
import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.identifiers import IdentifierName, curp, email, identifier, nss, phone, rfc
from checker.identifiers.identity import identity

CURP = "HEGG560427MVZRRL04"


@pytest.mark.parametrize(
    ("what", "text", "standing", "normal"),
    [
        ("curp", CURP, "fine", CURP),
        ("curp", "BOXW310820HNERXN09", "fine", "BOXW310820HNERXN09"),
        ("curp", "hegg560427mvzrrl04", "normalised", CURP),
        ("curp", " HEGG 560427-MVZRRL.04\u200b", "normalised", CURP),
        ("curp", "'HEGG560427MVZRRL04", "normalised", CURP),
        ("curp", "ＨＥＧＧ560427MVZRRL04", "normalised", CURP),
        ("curp", "HEGG560427MVZRRL05", "digit", "HEGG560427MVZRRL05"),
        ("nss", "12345678903", "fine", "12345678903"),
        ("nss", "1234-56-7890-3", "normalised", "12345678903"),
        ("nss", "12345678903.0", "normalised", "12345678903"),
        ("nss", "1.2345678903E+10", "normalised", "12345678903"),
        ("nss", "12345678901", "digit", "12345678901"),
        ("rfc", "GODE561231GR8", "fine", "GODE561231GR8"),
        ("rfc", "MAB9307148T4", "fine", "MAB9307148T4"),
        ("rfc", "gode-561231-gr8", "normalised", "GODE561231GR8"),
        ("rfc", "XAXX010101000", "fine", "XAXX010101000"),
        ("rfc", "xexx010101000", "normalised", "XEXX010101000"),
        ("rfc", "GODE561231GR7", "digit", "GODE561231GR7"),
        ("phone", "5512345678", "fine", "5512345678"),
        ("phone", "(55) 1234-5678", "normalised", "5512345678"),
        ("phone", "55.1234.5678", "normalised", "5512345678"),
        ("phone", "5.512345678e9", "normalised", "5512345678"),
        ("phone", "5512345678.0", "normalised", "5512345678"),
        ("phone", "5255123456", "fine", "5255123456"),
        ("email", "ana.perez+x@imss.gob.mx", "fine", "ana.perez+x@imss.gob.mx"),
        ("email", "Ana Pérez <ana@imss.gob.mx>", "normalised", "ana@imss.gob.mx"),
        ("email", "mailto:ana@imss.gob.mx.", "normalised", "ana@imss.gob.mx"),
        ("email", "ana @ imss.gob.mx", "normalised", "ana@imss.gob.mx"),
        ("email", "a@b.mx; c@d.mx", "normalised", "a@b.mx; c@d.mx"),
    ],
)  # fmt: skip
def test_what_is_told_apart(what: IdentifierName, text: str, standing: str, normal: str) -> None:
    found = identifier(what).examine(text)
    assert (found.standing, found.normal) == (standing, normal)
    assert bool(identifier(what).problem_of(text)) is (standing == "digit")
    assert identifier(what).accepts(text) is (standing == "fine")


@pytest.mark.parametrize(
    ("what", "text", "problem"),
    [
        ("curp", CURP[:-1], "tiene 17 caracteres y debe tener 18"),
        ("curp", "", "tiene 0 caracteres y debe tener 18"),
        ("curp", "HEGG56O427MVZRRL04", "su carácter 7 debe ser un dígito y es «O»"),
        ("curp", "HEG6560427MVZRRL04", "su carácter 4 debe ser una letra y es «6»"),
        ("curp", "HEGG560427NVZRRL04", "su carácter 11 debe señalar el sexo (H, M o X)"),
        ("curp", "HEGG560427MZZRRL04", "sus caracteres 12 y 13 no son la clave de ninguna entidad federativa"),
        ("curp", "HEGG560431MVZRRL04", "sus caracteres 5 a 10 no forman una fecha de nacimiento que exista"),
        ("nss", "1234567890", "tiene 10 dígitos y debe tener 11"),
        ("nss", "2345678908", "tiene 10 dígitos y debe tener 11"),
        ("nss", "1.23E+10", "está en notación científica y perdió dígitos; la celda debe ser de texto"),
        ("nss", "1234567890A", "contiene caracteres que no son dígitos"),
        ("rfc", "GODE561231", "le falta la homoclave (tres caracteres)"),
        ("rfc", "GODE561331GR8", "sus caracteres 5 a 10 no forman una fecha que exista"),
        ("rfc", "G0DE561231GR8", "su carácter 2 debe ser una letra y es «0»"),
        ("rfc", "GODE561231GRX", "su último carácter debe ser un dígito o la letra A y es «X»"),
        ("rfc", "GODE56", "tiene 6 caracteres y debe tener 13 (personas físicas) o 12 (personas morales)"),
        ("phone", "1234567890", "comienza con 1, y ningún número nacional comienza con 0 ni con 1"),
        ("phone", "+52 1 (55) 1234-5678", "con el prefijo internacional tiene 13 dígitos y debe tener 10"),
        ("phone", "0052 55 1234 5678", "con el prefijo internacional tiene 14 dígitos y debe tener 10"),
        ("phone", "+525512345678", "con el prefijo internacional tiene 12 dígitos y debe tener 10"),
        ("phone", "044 55 1234 5678", "con el prefijo 044 tiene 13 dígitos y debe tener 10"),
        ("phone", "01.55.1234.5678", "con el prefijo 01 tiene 12 dígitos y debe tener 10"),
        ("phone", "12345678", "tiene 8 dígitos y debe tener 10"),
        ("phone", "55 1234 5678 ext. 10", "contiene caracteres que no son dígitos"),
        ("phone", "5.51E+09", "está en notación científica y perdió dígitos; la celda debe ser de texto"),
        ("email", "ana.imss.gob.mx", "no lleva «@»"),
        ("email", "ana@@imss.gob.mx", "lleva más de una «@»"),
        ("email", "@imss.gob.mx", "no lleva nombre antes de «@»"),
        ("email", "ana@", "no lleva dominio después de «@»"),
        ("email", "ana@imss..mx", "lleva puntos donde no pueden ir"),
        ("email", "peña@imss.gob.mx", "lleva «ñ», que una dirección de correo no admite"),
        ("email", "ana@imss", "su dominio no lleva punto (por ejemplo, «.mx»)"),
        ("email", "ana@imss.gob.m-", "no tiene la forma de una dirección de correo"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(what: IdentifierName, text: str, problem: str) -> None:
    assert identifier(what).problem_of(text) == problem
    assert identifier(what).examine(text).standing == "shape"


def test_a_lost_leading_zero_is_guessed() -> None:
    whole = "0234567890" + nss.check_digit("0234567890")
    assert nss.accepts(whole)
    assert nss.problem_of(whole[1:]).endswith("acaso la hoja de cálculo quitó el cero inicial")


def test_the_seventeenth_place_says_the_century() -> None:
    """29 February exists in 2000 and not in 1900."""
    for homonym, fine in (("A", True), ("0", False)):
        text = f"ROSA000229MDFLRN{homonym}"
        assert curp.accepts(text + curp.check_digit(text)) is fine


def test_the_third_sex_is_written_x() -> None:
    text = "ROSA850312XDFLRN0"
    assert curp.accepts(text + curp.check_digit(text))


CURPS = st.builds(
    lambda letters, day, rest: letters + day.strftime("%y%m%d") + rest + ("0" if day.year < 2000 else "A"),
    st.text("ABCÑ", min_size=4, max_size=4),
    st.dates(dt.date(1900, 3, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["HDFBCD", "MNEXYZ", "XQTÑBC"]),
).map(lambda text: text + curp.check_digit(text))


@given(CURPS, st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_what_is_wrong_with_a_slip_never_repeats_it(text: str, place: int, char: str) -> None:
    assert curp.accepts(text)
    slip = text[:place] + char + text[place + 1 :]
    assert slip not in curp.problem_of(slip)
    assert slip[:8] not in curp.problem_of(slip)


@given(st.text("0123456789", min_size=10, max_size=10), st.integers(0, 9), st.integers(1, 9))
def test_luhn_sees_every_single_slip(ten: str, place: int, by: int) -> None:
    whole = ten + nss.check_digit(ten)
    slip = whole[:place] + str((int(whole[place]) + by) % 10) + whole[place + 1 :]
    assert nss.accepts(whole)
    assert nss.examine(slip).standing == "digit"


@given(st.text(max_size=40), st.sampled_from(["curp", "nss", "rfc", "phone", "email"]))
def test_any_text_gets_an_answer(text: str, what: IdentifierName) -> None:
    found = identifier(what).examine(text)
    assert bool(found.problem) is (found.standing in ("digit", "shape"))
    if found.normal and found.standing != "digit":
        for part in found.normal.split("; "):
            assert identifier(what).accepts(part)


@pytest.mark.parametrize("module", [curp, nss, rfc, phone, email])
def test_the_fast_path_takes_microseconds(module: object) -> None:
    good = {curp: CURP, nss: "12345678903", rfc: "GODE561231GR8", phone: "5512345678", email: "ana.ruiz@imss.gob.mx"}
    value = good[module]  # type: ignore[index]
    assert min(timeit.repeat(lambda: module.problem_of(value), number=2000, repeat=5)) / 2000 < 30e-6  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("hegg 560427-mvzrrl04", CURP, True),
        ("(no) Curso", "(NO)  curso", True),
        ("12-2025", "1-22025", False),
        ("GODE-561231-GR8", "gode561231gr8", True),
        ("Ana.", "ANA", True),
    ],
)
def test_values_are_the_same_under_one_form(one: str, other: str, same: bool) -> None:
    assert (identity(one) == identity(other)) is same
