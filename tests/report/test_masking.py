import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.findings import FieldReport
from checker.report import assemble, render
from checker.report.masking import mask, masked

from .conftest import finding, result


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Escriba a ana.ruiz@imss.gob.mx, por favor", "Escriba a a•••@imss.gob.mx, por favor"),
        ("CURP: GOML850312MDFNRS09.", "CURP: GOML••••••••••••••."),
        ("curp goml850312mdfnrs09", "curp goml••••••••••••••"),
        ("NSS 12345678901", "NSS •••••••••01"),
        ("NSS 1234-56-7890-1", "NSS •••••••••01"),
        ("NSS 12 34 56 7890 1", "NSS •••••••••01"),
    ],
)
def test_personal_data_is_masked(text, shown):
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "tel. 55 5238 2700",
        "folio 2025-000123",
        "14 de octubre de 2025",
        "052/2025/ABC",
        "3B13-003-064",
        "123456789012",
        "a @ b",
    ],
)
def test_what_is_not_personal_stays(text):
    assert mask(text) == text


@given(st.text())
def test_masking_twice_changes_nothing_more(text):
    assert mask(mask(text)) == mask(text)


SECRETS = "ana.ruiz@imss.gob.mx GOML850312MDFNRS09 12345678901"


def test_no_report_lets_personal_data_out(receipt):
    told = finding(message=SECRETS, evidence=SECRETS, remedy=SECRETS)
    whole = result(
        verdict="noncompliant",
        fields={"asistentes": FieldReport("present", [{"nombre": SECRETS}, (SECRETS,)])},
        findings=(told,),
        reason=SECRETS,
        notes=(SECRETS,),
    )
    for name in ("text", "json", "sarif", "junit", "github", "md", "html"):
        open_, shut = (render(name, assemble([r], receipt)) for r in (whole, masked(whole)))
        assert re.search("ana.ruiz|850312|12345678", open_), name
        assert not re.search("ana.ruiz|850312|12345678", shut), name


def test_masking_keeps_everything_else():
    whole = result(findings=(finding(),))
    assert msgspec.structs.asdict(masked(whole)) == msgspec.structs.asdict(whole)
