"""Personal data out of results before anything is made of them: reports, notes on annotated copies, replies.

CURP, RFC of persons, NSS, e-mail addresses and telephone numbers are masked wherever text of a submission is repeated: by their shape,
which takes in mistyped ones, and whatever their shape where the field or column is named for them. Paths are not masked: they are the
caller's own words, and a report that cannot be followed to its file helps nobody.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from checker.findings import FieldReport, Finding, Result

_EMAIL = re.compile(r"(?<![\w.+-])(\w)([\w.+'-]*)@([\w-]+(?:\.[\w-]+)*)")
_SEP = r"[ \-–./_\u00a0]?"
_DAY = r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
# CURP and RFC begin alike: letters of the name and the date of birth. What follows is theirs too, if it is joined or bears a digit.
_PERSON = re.compile(
    rf"(?<![A-ZÑ0-9])([A-ZÑ&]{{4}}){_SEP}{_DAY}"
    rf"(?:{_SEP}[HMX][A-ZÑ]{{2}}{_SEP}[A-ZÑ]{{3}}{_SEP}[A-Z0-9]{{0,3}}|-?[A-Z0-9]{{3}}|{_SEP}(?=[A-Z]{{0,2}}\d)[A-Z0-9]{{3}})?(?![A-ZÑ0-9])",
    re.IGNORECASE,
)
# A CURP with a slip in it: digits that were typed or read as letters, a letter as a digit, a place too many or missing.
_SLIPPED = re.compile(
    rf"(?<![A-ZÑ0-9])(?=[A-Z]*\d)([A-ZÑ]{{3}}[A-ZÑ0-9]){_SEP}[0-9OILSB]{{5,7}}{_SEP}[HMNXK][A-ZÑ0-9]{{4,6}}{_SEP}[A-Z0-9]{{0,3}}(?![A-ZÑ0-9])",
    re.IGNORECASE,
)
# Eleven digits, together or in the groups in which people write them. The check digit is not asked for: a mistyped number
# is as personal as a right one.
_NSS = re.compile(
    r"(?<![\d-])(?:\d{11}|\d{4}[ -]\d{2}[ -]\d{4}[ -]\d|\d{2}[ -]\d{2}[ -]\d{2}[ -]\d{4}[ -]\d|\d{10}[ -]\d)(?![\d-])"
)
# Ten digits in the groups of telephone numbers, or together (none begins with 0, 1 or 20: a folio that begins with its year stays).
_PHONE = re.compile(
    r"(?<![\w.,-])(?:\+?52[ -]?(?:1[ -]?)?|04[45][ -]?)?"
    r"(?:\(?[2-9]\d\)?[ .-]\d{4}[ .-]?\d{4}|\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]?\d{4}|[2-9]\d(?:[ .-]\d\d){4}|(?!20)[2-9]\d{9})(?![\w-])"
)
_OFFICE = re.compile(r"(?:\btel(?:s|éfonos?|efonos?)?|conmutador|\bfax|\bext(?:ensi[óo]n)?)\b[.:\s]*$", re.IGNORECASE)
"""What announces the telephone of an office rather than that of a person."""


def mask(text: str) -> str:
    """``text`` with personal data unrecognisable: ``GOML******…``, ``*********01``, ``a***@imss.gob.mx``, ``********78``."""
    if "@" in text:
        text = _EMAIL.sub(lambda m: f"{m[1]}***@{m[3]}", text)
    if not any(c.isdigit() for c in text):
        return text
    text = _PERSON.sub(_initials, text)
    text = _SLIPPED.sub(_initials, text)
    text = _NSS.sub(lambda m: _last(m[0]), text)
    return _PHONE.sub(lambda m: m[0] if _OFFICE.search(text, max(0, m.start() - 20), m.start()) else _last(m[0]), text)


def masked(result: Result) -> Result:
    """``result`` with personal data masked in its findings, field values, reason and notes; fingerprints stay as they are."""
    return msgspec.structs.replace(
        result,
        fields={name: _field(name, found) for name, found in result.fields.items()},
        findings=tuple(masked_finding(finding) for finding in result.findings),
        reason=None if result.reason is None else mask(result.reason),
        notes=tuple(mask(note) for note in result.notes),
    )


def masked_finding(finding: Finding) -> Finding:
    """A finding with personal data masked in its sentences and its evidence."""
    name = re.sub(r"\[\d+\]", "", finding.subject).rpartition(".")[2]
    evidence, message = mask_value(name, finding.evidence), finding.message
    if evidence != finding.evidence:
        message = message.replace(f"«{finding.evidence}»", f"«{evidence}»")
    return msgspec.structs.replace(finding, message=mask(message), evidence=evidence, remedy=mask(finding.remedy))


def _field(name: str, found: FieldReport) -> FieldReport:
    return msgspec.structs.replace(found, value=_value(name, found.value))


def _value(name: str, value: object) -> object:
    """Values as reports carry them: text, numbers, dates, lists and maps of these."""
    if isinstance(value, str):
        return mask_value(name, value)
    if isinstance(value, int | float) and not isinstance(value, bool) and _hider(name):
        return mask_value(name, str(int(value)))
    if isinstance(value, list | tuple):
        return [_value(name, item) for item in value]
    if isinstance(value, dict):
        return {key: _value(str(key), item) for key, item in value.items()}
    return value


def mask_value(name: str, text: str) -> str:
    """The text of the field or column ``name``: masked whole where its name says that it is personal, else by its shape."""
    known = mask(text)
    hide = _hider(name)
    return hide(text) if hide and text and known == text and "***" not in text else known


def _hider(name: str) -> Callable[[str], str] | None:
    return next((_HIDDEN[word] for word in name.lower().split("_") if word in _HIDDEN), None)


def _initials(match: re.Match[str]) -> str:
    return f"{match[1]}******…"


def _first_four(text: str) -> str:
    return f"{text[:4]}******…" if len(text) > 4 else "******…"


def _last(text: str) -> str:
    """As many stars as digits, but for the last two."""
    digits = [c for c in text if c.isdigit()]
    return "*" * max(6, len(digits) - 2) + "".join(digits[-2:] if len(digits) > 4 else [])


def _first_letter(text: str) -> str:
    return f"{text[:1]}***"


_HIDDEN: dict[str, Callable[[str], str]] = {
    "curp": _first_four,
    "nss": _last,
    "correo": _first_letter,
    "correos": _first_letter,
    "email": _first_letter,
    "celular": _last,
    "movil": _last,
    "telefono": _last,
    "whatsapp": _last,
}
"""Words in the names of fields and columns that hold personal data, and how it is hidden where its shape does not tell it."""
