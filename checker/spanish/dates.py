"""Dates in formal Spanish, in all the forms in which offices write them; pure and without a clock.

``14 de octubre de 2025`` · ``24 OCT 2024`` · ``1° de abril de 2026`` · ``01/10/2022`` · ``14-oct-25`` · ``12marzo / 2019`` ·
``catorce de octubre de dos mil veinticinco`` · ``a los 14 días del mes de octubre de 2025`` · ``octubre 14, 2025`` · ``2025-10-14``.
Numbers are read day/month/year, as in Mexico.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from checker.spanish.text import flat, squeeze

_MONTH_NAMES = (
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
MONTHS: dict[str, int] = {name: n for n, name in enumerate(_MONTH_NAMES, 1)}
MONTHS |= {name[:3]: n for n, name in enumerate(_MONTH_NAMES, 1)} | {"sept": 9, "setiembre": 9, "set": 9, "mzo": 3}
_UNITS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis "
    "veintisiete veintiocho veintinueve treinta"
).split()
_WORDS: dict[str, int] = {w: n for n, w in enumerate(_UNITS)} | {"primero": 1, "primer": 1, "un": 1, "veintiun": 21}
_TENS = {"treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80, "noventa": 90}
for _ten, _base in _TENS.items():
    _WORDS[_ten] = _base
    _WORDS |= {f"{_ten} y {u}": _base + n for n, u in enumerate(_UNITS[1:10], 1)}
# written out by their beginnings: an alternation of all hundred words takes 25 ms to compile at every start
_TEEN = r"(?:uno?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\w{4,6}|veint[ei]\w{0,6}|primero?)"
_TEN = r"(?:treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa)"
_NUMBER_WORD = rf"(?:{_TEN}(?:\s+y\s+(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve))?|{_TEEN})"
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = rf"(?:(?P<day>\d{{1,2}})\s*(?:°|º|o\b|er\b|ero\b|ro\b)?\.?|(?P<dayword>treinta(?:\s+y\s+un[oa]?)?|{_TEEN}))"
_YEAR = rf"(?:(?P<year>(?:19|20)\d{{2}}|0\d{{3}}|'?\d{{2}}(?![\d:/]|\s\d\d\b(?!:)))|dos\s+mil(?:\s+(?P<yearword>{_NUMBER_WORD}))?)"
_OF = r"(?:[\s./,\-–]|\b(?:de|del|dias?|mes|ano|al?)\b)*"
_TEXTUAL = re.compile(rf"(?<![\w]){_DAY}(?P<gap>{_OF})(?P<month>{_MONTH})\b\.?(?:{_OF}{_YEAR}(?!\w))?")
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})\s*,?\s+(?:de\s+|del\s+)?(?P<year>(?:19|20)\d{{2}})(?!\d)"
)
_NUMERIC = re.compile(
    r"(?<![\d/.\-])(?P<day>\d{1,2})\s*(?P<sep>[/.\-–])\s*(?P<month>\d{1,2})\s*(?P=sep)\s*(?P<year>\d{4}|\d{2})(?![\d/]|[.\-]\d)"
)
_ISO = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)")
# what the patterns cannot do without, looked for first: most words that are asked about are no dates
_DIGIT = re.compile(r"\d")
_MONTH_BEGINS = re.compile("|".join(dict.fromkeys(name[:3] for name in MONTHS)))
_BOXES = re.compile(
    rf"(?:\bdia\W*)?(?P<day>\d{{1,2}})\W+mes\W+(?P<month>\d{{1,2}}|{_MONTH})\W+ano\W+(?P<year>(?:19|20)\d{{2}})(?!\d)"
)
_GLUED_BREAK = re.compile(r"(?<=[a-z])-\s+(?=[a-z])")


class DateReading(msgspec.Struct, frozen=True):
    """A date as written at ``text[start:end]``; ``date`` is None when ``problem`` says why (Spanish) or the year is missing."""

    start: int
    end: int
    text: str
    date: dt.date | None
    problem: str = ""
    partial: tuple[int, int] | None = None
    """Day and month of a date written without its year."""


class PeriodReading(msgspec.Struct, frozen=True):
    """Days as written: ``start`` to ``end``, both included; both None when ``problem`` says why."""

    start: dt.date | None
    end: dt.date | None
    problem: str = ""
    whole_months: bool = False
    """Only months were named, no days."""


def _day(day: int, month: int, year: int, written: str) -> tuple[dt.date | None, str]:
    written = squeeze(written)
    if not 1900 <= year <= 2100:
        return None, f"el año de «{written}» no es verosímil"
    if not 1 <= month <= 12:
        return None, f"«{written}» no es una fecha en el orden día, mes y año"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None, f"«{written}» no existe en el calendario"
    return dt.date(year, month, day), ""


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if groups.get("yearword"):
        return 2000 + _WORDS[squeeze(groups["yearword"])] if squeeze(groups["yearword"]) in _WORDS else None
    if groups.get("year"):
        digits = groups["year"].lstrip("'")
        return int(digits) + (2000 if len(digits) == 2 else 0)
    if "year" in groups and re.search(r"dos\s+mil\s*$", match.group()):
        return 2000
    return None


@lru_cache(maxsize=2048)
def find_dates(text: str) -> tuple[DateReading, ...]:
    """Every date of ``text`` in order, impossible ones included (with their problem)."""
    folded = flat(text)
    patterns = [_ISO, _NUMERIC] if _DIGIT.search(folded) else []
    if _MONTH_BEGINS.search(folded):
        patterns += [_MONTH_FIRST, _TEXTUAL]
    if "mes" in folded:
        patterns.insert(0, _BOXES)
    found: list[DateReading] = []
    for pattern in patterns:
        for match in pattern.finditer(folded):
            if any(match.start() < f.end and f.start < match.end() for f in found):
                continue
            if reading := _reading(pattern, match, text):
                found.append(reading)
    return tuple(sorted(found, key=lambda f: f.start))


def _reading(pattern: re.Pattern[str], match: re.Match[str], text: str) -> DateReading | None:
    groups = match.groupdict()
    written = text[match.start() : match.end()].rstrip(" ,.")
    day = int(groups["day"]) if groups.get("day") else _WORDS.get(squeeze(groups["dayword"]), 0)
    if not day and not groups.get("day"):
        return None  # «diecinoseis» is no number
    if pattern is _TEXTUAL:
        month = MONTHS[groups["month"]]
        if (
            len(groups["month"]) <= 4
            and groups["month"] not in _MONTH_NAMES
            and not groups["gap"]
            and groups.get("dayword")
        ):
            return None  # «dosmar» is no date
        year = _year(match)
        if year is None:
            date, problem = _day(day, month, 2024, written)  # a leap year: 29 de febrero may exist
            return DateReading(
                match.start(), match.end(), written, None, problem, None if problem or date is None else (day, month)
            )
    else:
        month = MONTHS.get(groups["month"]) or int(groups["month"])
        year = _year(match)
        assert year is not None  # these patterns demand one
    date, problem = _day(day, month, year, written)
    return DateReading(match.start(), match.end(), written, date, problem)


def nearest_year(partial: tuple[int, int], around: dt.date) -> dt.date | None:
    """The day and month in the year that brings them closest to ``around``; None for 29 February where no near year has it."""
    day, month = partial
    days = [d for y in (-1, 0, 1) if (d := _day(day, month, around.year + y, "")[0]) is not None]
    return min(days, key=lambda d: (abs((d - around).days), d), default=None)


def read_date(text: str, around: dt.date | None = None) -> DateReading | None:
    """The first date of ``text``; one without a year takes the year nearest to ``around``. None when there is none."""
    for reading in find_dates(text):
        if reading.partial and around and (day := nearest_year(reading.partial, around)):
            return DateReading(reading.start, reading.end, reading.text, day)
        return reading
    return None


_ORDINAL = {"primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4, "quinto": 5, "sexto": 6}
_ORDINAL |= {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6} | {str(n): n for n in range(1, 7)}
_SPAN = {"cuat": 4, "trim": 3, "sem": 6, "bim": 2}
_NTH = "primer|segundo|tercer|cuarto|quinto|sexto|[1-6]|iii|ii|iv|vi|i|v"
_PART = r"(?:cua)?trimestre|trim\.?|semestre|bimestre|bim\.?"
_NTH_ALONE = re.compile(rf"^(?:{_NTH})|(?<=[\s.])(?:{_NTH})$|[1-6]")


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<iso>(?<!\d)(?:19|20)\d\d-\d\d?-\d\d?(?!\d))|(?P<full>(?<!\d)\d{{1,2}}\s*[/.\-]\s*\d{{1,2}}\s*[/.\-]\s*(?:\d{{4}}|\d{{2}})(?!\d))"
        rf"|(?P<monthyear>(?<![\d/\-])\d{{1,2}}\s*[/\-]\s*(?:19|20)\d\d(?![\d/\-])|\b(?:{_MONTH})\.?\s*[\-/'’]\s*[23]\d(?!\d))"
        rf"|(?P<year>(?<!\d)(?:19|20)\d\d(?!\d))|(?P<month>\b(?:{_MONTH})\b|(?<=\d)(?:{_MONTH})\b)"
        rf"|(?P<part>\b(?:{_NTH})(?:er|ero|ra|ro|do|to|o|a|°|º)?\.?\s*(?:{_PART})\b|\b(?:{_PART})\s*(?:no\.?\s*)?(?:{_NTH})\b|\b[1-4]t\b|\bt[1-4]\b)"
        r"|(?P<half>\b(?:primera|segunda|1a|2a|1ra|2da)\s+quincena\b)|(?P<week>\b(?:primera|segunda|tercera|cuarta|ultima|1a|2a|3a|4a)\s+semana\b)"
        r"|(?P<all>\btodo\s+el\s+ano\b|\bpermanentes?\b|\banual\b|\bmensual(?:mente)?\b|\btodos\s+los\s+meses\b|\bcada\s+mes\b|\bde\s+manera\s+permanente\b)"
        r"|(?P<number>(?<!\d)\d{1,2}(?!\d|:))"
    )


def read_period(text: str, year: int | None = None) -> PeriodReading | None:
    """The days that ``text`` names, from the first to the last; ``year`` serves where none is written. None when it names none.

    >>> read_period("del 3 al 7 de mayo de 2026").end
    datetime.date(2026, 5, 7)
    """
    dates = find_dates(text)
    if problem := next((d.problem for d in dates if d.problem), ""):
        return PeriodReading(None, None, problem)
    groups = list(_groups(flat(text)))
    years = [y for *_, y in groups if y is not None]
    spans: list[tuple[dt.date, dt.date]] = []
    named_days = False
    for days, months, own in reversed(groups):
        effective = own if own is not None else (years[-1] if years else year)
        if effective is None:
            return PeriodReading(None, None, f"«{squeeze(text)}» no dice el año")
        named_days |= bool(days)
        for day in days or (0,):
            first, problem = _day(day or 1, months[0], effective, text)
            last, worse = _day(day or calendar.monthrange(effective, months[1])[1], months[1], effective, text)
            if first is None or last is None:
                return PeriodReading(None, None, problem or worse)
            spans.append((first, last))
    if not spans:
        return None
    return PeriodReading(min(s for s, _ in spans), max(e for _, e in spans), whole_months=not named_days)


def _groups(folded: str) -> Iterator[tuple[tuple[int, ...], tuple[int, int], int | None]]:
    """(days, (first month, last month), year) in order; a year written after several groups is given to the last, readers carry it back."""
    pending: list[int] = []
    groups: list[tuple[tuple[int, ...], tuple[int, int], int | None]] = []
    halves: tuple[int, ...] = ()
    alone: int | None = None
    always = False
    for match in _tokens().finditer(folded):
        kind, token = match.lastgroup, match.group()
        if kind in ("iso", "full"):
            numbers = [int(n) for n in re.findall(r"\d+", token)]
            y, m, d = numbers if kind == "iso" else reversed(numbers)
            groups.append(((d,), (m, m), y + 2000 if y < 100 else y))
            pending = []
        elif kind == "number":
            pending.append(int(token))
        elif kind == "half":
            halves = (1, 15) if token[0] in "p1" else (16, 28)
        elif kind == "week":
            week = {"p": 0, "1": 0, "s": 1, "2": 1, "t": 2, "3": 2, "c": 3, "4": 3, "u": 3}[token[0]]
            halves = (7 * week + 1, 7 * week + 7)
        elif kind == "month":
            month = MONTHS[token]
            groups.append((halves or tuple(d for d in pending if 1 <= d <= 31), (month, month), None))
            pending, halves = [], ()
        elif kind == "part":
            nth = _NTH_ALONE.search(token)
            length = next((n for unit, n in _SPAN.items() if unit in token), 3)
            first = (_ORDINAL[nth.group()] - 1) * length + 1 if nth else 13
            if first + length - 1 <= 12:
                groups.append(((), (first, first + length - 1), None))
        elif kind == "monthyear":
            name, number = re.findall(r"[a-z]+|\d+", token)[:2]
            month = MONTHS.get(name) or int(name)
            if 1 <= month <= 12:
                groups.append(((), (month, month), int(number) if len(number) == 4 else 2000 + int(number)))
                pending = []
        elif kind == "all":
            always = True
        elif kind == "year":
            alone = int(token)
            groups = [(d, m, y if y is not None else alone) for d, m, y in groups]
    if not groups and (alone is not None or always):
        groups.append(((), (1, 12), alone))  # «anual 2026»; beside a month, «mensual» says how often and not when
    yield from groups


_PERIOD_WORDS = re.compile(
    r"\b(?:periodo|mes|corte|correspondiente|informe|ejercicio|fiscal|de|del|al|a|el|la|y|e|que|se|informa|reporta|ano|semana)\b|\W+"
)


def only_a_period(text: str) -> bool:
    """The text names days or months and nothing else: ``Segundo trimestre de 2026``, ``Periodo: enero–marzo 2026``."""
    folded = flat(text)
    return bool(_tokens().search(folded)) and not _PERIOD_WORDS.sub("", _tokens().sub(" ", folded))


def find_year(text: str) -> int | None:
    """The first plausible year that stands alone in ``text`` (2000–2099), not one inside a clave or a number."""
    match = re.search(r"(?<![\d/\-.])(20\d{2})(?![\d\-]|/\d)", text)
    return int(match.group(1)) if match else None
