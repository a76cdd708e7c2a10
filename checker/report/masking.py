"""Personal data out of results before any report is made of them.

E-mail addresses, CURP and NSS are masked wherever text of a submission is repeated. Paths are not: they are the caller's own
words, and a report that cannot be followed to its file helps nobody.
"""

from __future__ import annotations

import re

import msgspec

from checker.findings import FieldReport, Finding, Result

_EMAIL = re.compile(r"(?<![\w.+-])([\w])([\w.+'-]*)@([\w-]+(?:\.[\w-]+)+)")
# Eighteen places: four letters, six digits of the birth date, sex, entity, three consonants, homonymy and check digit.
_CURP = re.compile(r"(?<![A-Z0-9])([A-ZÑX]{4})(\d{6}[HMX][A-Z]{2}[A-ZÑ]{3}[A-Z0-9]\d)(?![A-Z0-9])", re.IGNORECASE)
# Eleven digits, together or in the groups in which people write them. The check digit is not asked for: a mistyped number
# is as personal as a right one. Telephones have ten digits, or twelve with the country's.
_NSS = re.compile(r"(?<![\d-])(?:\d{11}|\d{4}[ -]\d{2}[ -]\d{4}[ -]\d|\d{2}[ -]\d{2}[ -]\d{2}[ -]\d{4}[ -]\d)(?![\d-])")


def mask(text: str) -> str:
    """``text`` with e-mail addresses, CURP and NSS unrecognisable: ``a•••@imss.gob.mx``, ``GOML••••••••••••••``, ``•••••••••01``."""
    text = _EMAIL.sub(lambda m: f"{m[1]}•••@{m[3]}", text)
    text = _CURP.sub(lambda m: m[1] + "•" * len(m[2]), text)
    return _NSS.sub(lambda m: "•" * 9 + re.sub(r"\D", "", m[0])[-2:], text)


def masked(result: Result) -> Result:
    """``result`` with personal data masked in its findings, field values, reason and notes; fingerprints stay as they are."""
    return msgspec.structs.replace(
        result,
        fields={name: _field(found) for name, found in result.fields.items()},
        findings=tuple(_finding(finding) for finding in result.findings),
        reason=None if result.reason is None else mask(result.reason),
        notes=tuple(mask(note) for note in result.notes),
    )


def _finding(finding: Finding) -> Finding:
    return msgspec.structs.replace(
        finding, message=mask(finding.message), evidence=mask(finding.evidence), remedy=mask(finding.remedy)
    )


def _field(found: FieldReport) -> FieldReport:
    return msgspec.structs.replace(found, value=_value(found.value))


def _value(value: object) -> object:
    """Values as reports carry them: text, numbers, dates, lists and maps of these."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, (list, tuple)):
        return [_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _value(item) for key, item in value.items()}
    return value
