"""Numbers of agreements that hold their own date (``ACDO.AS2.HCT.310822/226.P.DA``), wherever a norm cites them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from checker.norms.text import Line, NormText
from checker.spanish.dates import find_dates

_PLACE = re.compile(r"<([a-z0-9]+)>")
_PIECES = {"date": r"(?P<date>\d{6})", "n": r"\d{1,4}", "letters": r"[A-Z]{1,5}", "letters2": r"[A-Z]{2}\d"}
_SEPARATORS = r"[.,\s]{0,2}"


class Agreement(msgspec.Struct, frozen=True):
    """One citation of an agreement."""

    written: str
    key: str
    """Letters and digits alone: the same for every way to write the same number."""
    exact: bool
    """Written as the shape has it, every separator in its place."""
    date: dt.date | None
    """The date in the number; None when it is no date."""
    stated: tuple[dt.date, ...]
    """Dates that the same passage states for it: those right before or after the number."""
    line: Line


def agreements(text: NormText, shape: str) -> Iterator[Agreement]:
    """Every citation of a number of ``shape``: literal text with ``<date>`` (DDMMAA), ``<n>``, ``<letters>``, ``<letters2>`` (``SA2``)."""
    loose, exact = _compiled(shape)
    for passage in text.passages:
        for found in loose.finditer(passage.text):
            written = found[0].rstrip(" .,")
            yield Agreement(
                written,
                re.sub(r"[^A-Z0-9]", "", written.upper()),
                exact.fullmatch(written) is not None,
                embedded(found["date"]),
                tuple(_stated(passage.text, found.start(), found.end())),
                passage,
            )


def embedded(digits: str) -> dt.date | None:
    """The day that ``310822`` is; of this century, as the numbering is."""
    try:
        return dt.date(2000 + int(digits[4:]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return None


@lru_cache(maxsize=64)
def _compiled(shape: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The shape as it may be found, and as it must be written; raises ``ValueError`` for what is no shape."""
    loose, exact = [], []
    for number, part in enumerate(_PLACE.split(shape)):
        if number % 2:
            if part not in _PIECES:
                raise ValueError(f"no placeholder <{part}>; there are: {', '.join(f'<{p}>' for p in _PIECES)}")
            loose.append(_PIECES[part])
            exact.append(_PIECES[part].replace("?P<date>", "?:"))
        else:
            exact.append(re.escape(part))
            loose.append("".join(_SEPARATORS if c in ". " else re.escape(c) for c in part))
    if "<date>" not in shape:
        raise ValueError("the shape of an agreement's number has <date>")
    return re.compile(rf"(?<![\w/-]){''.join(loose)}(?!\d)"), re.compile("".join(exact))


def _stated(passage: str, start: int, end: int) -> Iterator[dt.date]:
    """Dates that the sentence gives for the number: right after it («, de fecha …», «en sesión celebrada el …»), or right before."""
    for reading in find_dates(passage):
        if reading.date is None:
            continue
        between = passage[end : reading.start] if reading.start >= end else passage[reading.end : start]
        if len(between) <= 60 and _binds(between, after=reading.start >= end):
            yield reading.date


def _binds(between: str, *, after: bool) -> bool:
    words = between.strip(" .,:")
    if after:
        return (
            re.fullmatch(
                r"(?:,?\s*(?:emitid[oa]|dictad[oa]|aprobad[oa])?\s*(?:por\s+el\s+(?:H\.?\s+)?Consejo\s+T[eé]cnico)?,?\s*)?"
                r"(?:en\s+(?:[a-z]+\s+){0,4}sesi\w+\s+(?:ordinaria\s+|extraordinaria\s+)?(?:celebrada\s+)?)?"
                r"(?:de\s+fecha|del?\s+d[ií]a|el\s+d[ií]a|del?|el|con\s+fecha)?",
                words,
                re.IGNORECASE,
            )
            is not None
        )
    return (
        re.fullmatch(
            r"(?:,?\s*(?:con\s+n[uú]mero|con\s+el\s+n[uú]mero|bajo\s+el\s+(?:acuerdo|n[uú]mero)(?:\s+no\.?)?))",
            words,
            re.IGNORECASE,
        )
        is not None
    )
