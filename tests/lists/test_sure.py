"""The quick tests pass nothing of which a check kind would tell a fault."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.identifiers import IdentifierName, curp, identifier, nss
from checker.kinds.full_name import name_words
from checker.lists.check_digits import wrong
from checker.lists.sure import full_names, identifiers, written
from checker.packs.model import Column
from checker.recognise.scalars import cell_value
from tests.lists.people import persons

_PEOPLE = list(persons(40))
_BLANKS = (
    "vacante asunto texto lorem ipsum por definir a la brevedad posible no aplica ningunos nombre y firma completo "
    "pendiente de confirmar s/n sn n/a nd tbd sin dato fecha escriba anote indique haga clic dd/mm/aaaa ___ XX de XXXX 20 … "
    "[Anote el nombre] <nombre> (anotar) dia mes año ? Pendientes Ana María Antonio De la O Santa Lic. Dra"
).split()


@pytest.mark.parametrize("column", [2, 3])
def test_faultless_identifiers_pass(column: int) -> None:
    texts = [row[column] for row in _PEOPLE]
    assert identifiers("curp" if column == 2 else "nss")(texts) == []


def test_a_wrong_digit_is_found_in_its_place() -> None:
    texts = [row[2] for row in _PEOPLE]
    texts[7] = texts[7][:-1] + str((int(texts[7][-1]) + 1) % 10)
    numbers = [row[3] for row in _PEOPLE]
    numbers[3] = numbers[3][:-1] + str((int(numbers[3][-1]) + 1) % 10)
    assert wrong(texts, "curp") == [7]
    assert wrong(numbers, "nss") == [3]


@given(st.data())
def test_what_passes_has_no_problem(data: st.DataObject) -> None:
    names: list[IdentifierName] = ["curp", "nss", "phone", "email", "rfc"]
    name = data.draw(st.sampled_from(names))
    seeds = [*_PEOPLE[0], *_PEOPLE[1], "5512345678", "GOMC8001011A5", "XAXX010101000", ""]
    texts = data.draw(st.lists(st.one_of(st.sampled_from(seeds), st.text("AÑ0129hHDF.@ -x", max_size=20)), min_size=1))
    spoiled = [t[:n] + c + t[n + 1 :] for t in texts for n, c in [(data.draw(st.integers(0, 17)), "7")]]
    for found in (texts, spoiled):
        doubtful = set(identifiers(name)(found))
        problems = {n for n, t in enumerate(found) if t and identifier(name).problem_of(t)}
        assert problems <= doubtful


@given(st.lists(st.sampled_from("0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"), min_size=17, max_size=17).map("".join))
def test_the_sums_are_those_of_the_identifier(body: str) -> None:
    assert wrong([body + curp.check_digit(body)], "curp") == []
    assert wrong([body + str((int(curp.check_digit(body)) + 3) % 10)], "curp") == [0]


@given(st.integers(0, 10**10 - 1))
def test_luhn_too(number: int) -> None:
    body = f"{number:010}"
    assert wrong([body + nss.check_digit(body)], "nss") == []


@given(
    st.lists(
        st.one_of(st.lists(st.sampled_from(_BLANKS), min_size=1, max_size=4).map(" ".join), st.text(max_size=12)),
        min_size=1,
    )
)
def test_what_counts_as_written_has_a_value(texts: list[str]) -> None:
    column = Column("Nombre")
    test = written(column)
    assert test is not None
    doubtful = set(test(texts))
    lacking = {n for n, t in enumerate(texts) if cell_value(t, None, column, None, None).state != "present"}
    assert lacking <= doubtful


@given(
    st.lists(
        st.lists(st.sampled_from([*_BLANKS, "López", "RUIZ", "MTRA", "Maestra"]), min_size=1, max_size=5).map(" ".join)
    )
)
def test_what_counts_as_a_full_name_has_its_words(texts: list[str]) -> None:
    doubtful = set(full_names(2)(texts))
    assert {n for n, t in enumerate(texts) if name_words(t) < 2} <= doubtful
