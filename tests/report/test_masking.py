import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.findings import FieldReport
from checker.report import assemble, render
from checker.report.masking import mask, mask_value, masked

from .conftest import finding, result


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Escriba a ana.ruiz@imss.gob.mx, por favor", "Escriba a a***@imss.gob.mx, por favor"),
        ("luis.pena@correo", "l***@correo"),
        ("CURP: GOML850312MDFNRS09.", "CURP: GOML******…."),
        ("curp goml850312mdfnrs09", "curp goml******…"),
        ("CURP GOML 850312 MDFNRS 09", "CURP GOML******…"),
        ("CURP GOML-850312-MDFNRS-09 (sic)", "CURP GOML******… (sic)"),
        ("CURP GOML850312MDFNRS0", "CURP GOML******…"),
        ("CURP GOML85O3l2MDFNRS09", "CURP GOML******…"),
        ("CURP GOML851312MDFNRS09", "CURP GOML******…"),
        ("CURP GOM7850312MDFNRS09", "CURP GOM7******…"),
        ("RFC GOML850312AB1 y otros", "RFC GOML******… y otros"),
        ("RFC GOML 850312 AB1", "RFC GOML******…"),
        ("RFC GOML850312 del solicitante", "RFC GOML******… del solicitante"),
        ("NSS 12345678901", "NSS *********01"),
        ("NSS 1234-56-7890-1", "NSS *********01"),
        ("NSS 12 34 56 7890 1", "NSS *********01"),
        ("cel. 5512345678", "cel. ********78"),
        ("Celular: 55 1234 5678", "Celular: ********78"),
        ("+52 1 55 1234 5678", "***********78"),
        ("(55) 1234-5678", "********78"),
        ("722-123-4567", "********67"),
    ],
)  # fmt: skip
def test_personal_data_is_masked(text, shown):
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "tel. 55 5238 2700",
        "Teléfono: 5552382700",
        "folio 2025-000123",
        "folio 2025000123",
        "14 de octubre de 2025",
        "052/2025/ABC",
        "3B13-003-064",
        "PROG202501",
        "RFC MAB9307148T4",
        "123456789012",
        "del 12/03/2025 al 15/03/2025",
        "$ 2,500,000.00",
        "Curso 850312",
        "a @ b",
        "síganos en @imss_mx",
    ],
)
def test_what_is_not_personal_stays(text):
    assert mask(text) == text


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("curp", "GOML85", "GOML******…"),
        ("curp", "", ""),
        ("correo_electronico", "ana en imss", "a***"),
        ("correo", "ana@imss.gob.mx", "a***@imss.gob.mx"),
        ("celular", "551234", "******34"),
        ("numero_celular", "55-12-34-56-78-9", "*********89"),
        ("nss", "1234", "******"),
        ("curso", "Excel 2025", "Excel 2025"),
    ],
)
def test_a_field_named_for_it_is_masked_whatever_it_holds(name, text, shown):
    assert mask_value(name, text) == shown


@given(st.text())
def test_masking_twice_changes_nothing_more(text):
    assert mask(mask(text)) == mask(text)


@given(
    st.from_regex(r"[A-Z]{4}8[0-9](0[1-9])(1[0-9])[HM][A-Z]{5}[0-9]{2}", fullmatch=True),
    st.sampled_from([" ", "-", ""]),
)
def test_no_form_of_a_curp_stays(curp, joint):
    written = f"Se anotó {joint.join((curp[:4], curp[4:10], curp[10:16], curp[16:])).lower()}, y ya"
    assert mask(written) == f"Se anotó {curp[:4].lower()}******…, y ya"


SECRETS = "ana.ruiz@imss.gob.mx goml 850312-mdfnrs09 GOML850312AB1 12345678901 5561239987"
LEAK = re.compile("ana.ruiz|850312|12345678|6123998")


@pytest.mark.parametrize("name", ["text", "json", "sarif", "junit", "github", "md", "html"])
def test_no_report_lets_personal_data_out(receipt, name):
    told = finding(message=SECRETS, evidence=SECRETS, remedy=SECRETS)
    rows = [{"nombre": SECRETS, "celular": "55 876 54321", "nss": 12345678901.0}, (SECRETS,)]
    whole = result(
        verdict="noncompliant",
        fields={"asistentes": FieldReport("present", rows)},
        findings=(told,),
        reason=SECRETS,
        notes=(SECRETS,),
    )
    open_, shut = (render(name, assemble([r], receipt)) for r in (whole, masked(whole)))
    assert LEAK.search(open_)
    assert not LEAK.search(shut)
    assert "55 876" not in shut


def test_a_sentence_that_quotes_the_evidence_is_masked_with_it():
    told = finding(subject="personas[3].celular", evidence="55123", message="«Celular» dice «55123», que no es válido.")
    (shown,) = masked(result(findings=(told,))).findings
    assert (shown.evidence, shown.message) == ("******23", "«Celular» dice «******23», que no es válido.")


def test_masking_keeps_everything_else():
    whole = result(findings=(finding(),))
    assert msgspec.structs.asdict(masked(whole)) == msgspec.structs.asdict(whole)
