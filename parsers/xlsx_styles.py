"""Styles of a workbook: what a number shows as, and how a cell looks."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeVar

import msgspec

if TYPE_CHECKING:
    from lxml import etree

    from parsers.bulk import Typed

T = TypeVar("T")
Kind = Literal["number", "percent", "zeros", "date", "datetime", "time", "elapsed", "month"]

_MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
_LAST_SERIAL = 2_958_465  # 31 December 9999
_BUILT_IN = {
    **dict.fromkeys((9, 10), "0%"),
    **dict.fromkeys((14, 15, 16, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "d-m-yy"),
    17: "mmm-yy",
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56), "h:mm:ss"),
    22: "d-m-yy h:mm",
    46: "[h]:mm:ss",
}
# Quoted text, escaped characters, padding and fillers: none of it is a token of the format.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_BRACKET = re.compile(r"\[[^\]]*\]")


class Look(msgspec.Struct, frozen=True):
    """How the cells of one style look."""

    kind: Kind = "number"
    width: int = 0
    """Digits at least, with ``zeros``: 5 for the format ``00000``."""
    months: str = ""
    """With ``month``: which of month and year the format shows, ``my``, ``m`` or ``y``."""
    bold: bool = False
    size: float | None = None
    bordered: bool = False
    invisible: bool = False
    """The format ``;;;`` shows nothing."""


PLAIN = Look()


def looks_of(styles: etree._Element | None) -> list[Look]:
    """The looks of ``styles.xml`` by their index; empty without the part."""
    if styles is None:
        return []
    codes = {str(f.get("numFmtId")): str(f.get("formatCode") or "") for f in styles.iterfind("{*}numFmts/{*}numFmt")}
    fonts = [_font(font) for font in styles.iterfind("{*}fonts/{*}font")]
    borders = [
        any(side.get("style") not in (None, "none") for side in b) for b in styles.iterfind("{*}borders/{*}border")
    ]
    looks = []
    for xf in styles.iterfind("{*}cellXfs/{*}xf"):
        number = _index(xf.get("numFmtId"))
        code = codes.get(str(number)) or _BUILT_IN.get(number, "General")
        bold, size = _at(fonts, _index(xf.get("fontId")), (False, None))
        kind, width, months = _kind(code)
        bordered = _at(borders, _index(xf.get("borderId")), False)
        looks.append(Look(kind, width, months, bold, size, bordered, code.replace(" ", "") == ";;;"))
    return looks


def is_on(element: etree._Element | None) -> bool:
    """A switch such as ``<b/>`` is there and not turned off."""
    return element is not None and str(element.get("val", "1")) not in ("0", "false", "off")


def _font(font: etree._Element) -> tuple[bool, float | None]:
    size = font.find("{*}sz")
    try:
        points = float(str(size.get("val"))) if size is not None else None
    except ValueError:
        points = None
    return is_on(font.find("{*}b")), points


def _index(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() else 0


def _at(items: list[T], index: int, default: T) -> T:
    return items[index] if index < len(items) else default


@lru_cache(maxsize=1024)
def _kind(code: str) -> tuple[Kind, int, str]:
    """What a format code shows, digits at least, and which of month and year without a day."""
    tokens = _LITERAL.sub("", code).split(";")[0].lower()
    if _ELAPSED.search(tokens):
        return "elapsed", 0, ""
    tokens = _BRACKET.sub("", tokens)
    if "%" in tokens:
        return "percent", 0, ""
    if re.fullmatch(r"0{2,}", tokens):
        return "zeros", len(tokens), ""
    if "general" in tokens or not re.search(r"[dmyahs]", tokens):
        return "number", 0, ""
    clock = re.search(r"h|s|am/pm|a/p", tokens) is not None
    # «m» beside hours or seconds is minutes.
    calendar = re.sub(r"am/pm|a/p", "", re.sub(r"(?<=h)(\W*)m{1,2}|m{1,2}(?=\W*s)", "", tokens))
    day, month, year = "d" in calendar, "m" in calendar, "y" in calendar or "a" in calendar
    if day or (month and year and clock):
        return ("datetime" if clock else "date"), 0, ""
    if month or year:
        return "month", 0, "m" * month + "y" * year
    return ("time" if clock else "number"), 0, ""


def shown(number: str, look: Look, epoch_1904: bool) -> tuple[str, Typed]:
    """A stored number → what a reader sees and its typed value.

    Dates show as ``2026-03-01`` (and `` 10:30`` where the format has a time), months without a day as ``marzo de 2026``.
    A number that is no valid date shows as the number; what is no number at all comes back as text.
    """
    if look.kind == "number" and number.isascii() and number.isdigit() and len(number) < 16:
        whole = int(number)
        return str(whole), whole
    try:
        value = float(number)
    except ValueError:
        return number, number
    if value != value or value in (float("inf"), float("-inf")):
        return number, number
    kind = look.kind
    if kind == "number":
        return plain(value), _exact(value)
    if kind == "percent":
        return f"{plain(float(f'{value * 100:.15g}'))}%", _exact(value)
    if kind == "zeros":
        return (plain(round(value)).zfill(look.width) if value >= 0 else plain(value)), _exact(value)
    if kind == "elapsed":
        minutes = round(abs(value) * 1440)
        return f"{'-' * (value < 0)}{minutes // 60}:{minutes % 60:02d}", value
    moment = from_serial(value, epoch_1904)
    if moment is None:
        return plain(value), _exact(value)
    if kind == "time":
        return moment.time().isoformat("seconds" if moment.second else "minutes"), moment.time()
    if kind == "datetime":
        return f"{moment.date()} {moment.time().isoformat('seconds' if moment.second else 'minutes')}", moment
    if kind == "month":
        parts = [_MONTHS[moment.month - 1]] * ("m" in look.months) + [f"{moment.year}"] * ("y" in look.months)
        return " de ".join(parts), moment.date()
    return moment.date().isoformat(), moment.date()


def from_serial(serial: float, epoch_1904: bool) -> dt.datetime | None:
    """Serial days → moment, to the second. None before the epoch and after the year 9999.

    In the 1900 system day 1 is 1 January 1900, and day 60 a 29 February 1900 that never was: it comes back as 28 February.
    """
    if not 0 <= serial < _LAST_SERIAL + 1:
        return None
    seconds = round(serial * 86_400)
    if epoch_1904:
        base = dt.datetime(1904, 1, 1)
    else:
        base = dt.datetime(1899, 12, 30) if serial >= 60 else dt.datetime(1899, 12, 31)
        if 60 <= serial < 61:
            seconds -= 86_400
            base = dt.datetime(1899, 12, 31)
    try:
        return base + dt.timedelta(seconds=seconds)
    except OverflowError:
        return None


def plain(value: float) -> str:
    """A number without needless decimals or exponent, to the fifteen digits that spreadsheets keep: ``15``, ``0.3``."""
    text = f"{value:.15g}"
    return format(Decimal(text), "f") if "e" in text else text


def _exact(value: float) -> int | float:
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
