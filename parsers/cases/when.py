"""Times as records write them: ISO 8601, Mexican and Spanish forms, serial days of spreadsheets, seconds since 1970.

Numbers are read day first, as in Mexico. Where no offset is given the time is Mexico City's.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata

from parsers.cases.model import MEXICO_CITY, When

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years that a record can credibly name."""
_MIDNIGHT = dt.time()
_LONGEST = 120
"""Characters that a time may have."""

_MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
_MONTH_OF = {name: n for n, name in enumerate(_MONTHS, 1)} | {name[:3]: n for n, name in enumerate(_MONTHS, 1)}
_MONTH_OF |= {"sept": 9, "setiembre": 9, "set": 9, "mzo": 3, "jan": 1, "apr": 4, "aug": 8, "dec": 12}
_MONTH = "|".join(sorted(_MONTH_OF, key=len, reverse=True))

_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(?P<day>\d{1,2})\s*([/.-])\s*(?P<month>\d{1,2})\s*\2\s*(?P<year>\d{4}|\d{2})(?!\d)")
_TEXTUAL = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:°|º|o\b|er\b)?[\s./-]*(?:(?:dias?\s+)?del?\s+)?(?:mes\s+de\s+)?(?P<name>{_MONTH})\b\.?"
    r"(?:[\s,./-]*(?:del?\s+)?(?:ano\s+)?(?P<year>\d{4}|\d{2})(?![\d:]))?"
)
_MONTH_FIRST = re.compile(rf"\b(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})\s*,\s*(?P<year>\d{{4}})(?!\d)")
_FORMS = (_ISO, _NUMERIC, _MONTH_FIRST, _TEXTUAL)
_COMPACT = re.compile(r"(?:19|20)\d{6}(?:[t ]?\d{4,6}z?)?")
_NO_DAY = re.compile(
    rf"(?:(?:19|20)\d{{2}}(?:-\d{{1,2}})?|\d{{1,2}}/(?:19|20)\d{{2}}|(?:{_MONTH})\.?(?:\s+del?)?\s+\d{{4}})"
)
_FILLING = re.compile(
    r"\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|(?:lun|mar|mie|jue|vie|sab|dom|mon|tue|wed|thu|fri|sat|sun)\b\.?"
    r"|el|dia|a las?|hora|fecha|siendo las?)\b|[(),;]"
)
_CLOCK = re.compile(
    r"t?\s*(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?)?\s*(?P<unit>hrs?\b\.?|hs\b\.?|h\b\.?|horas?\b)?"
    r"\s*(?:(?P<zero>z|utc|gmt)|(?:utc|gmt)?\s*(?P<sign>[+\-−])(?P<ahead>\d{1,2}):?(?P<aside>\d{2})?)?"
)
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d{1,15})?")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}|\d{15,16}|\d{18,19}")


def read_time(text: str) -> tuple[When, str]:
    """The time that ``text`` gives, and a note in Spanish on what was inferred to read it, mostly empty. Never raises.

    Where the day can be read and the hour cannot, the day is given, with the problem. Midnight sharp without an offset is how programs
    write a day without its hour, and is taken for that.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return When(text[:_LONGEST], None, problem="es más largo que una fecha"), ""
    if text[4:5] == "-":
        try:
            value = dt.datetime.fromisoformat(text)
        except ValueError:
            pass
        else:
            if FIRST_YEAR <= value.year <= LAST_YEAR:
                if value.tzinfo is not None:
                    return When(text, value), _of_midnight(text, value)
                return When(text, value.replace(tzinfo=MEXICO_CITY), is_midnight(value)), ""
    return _read(text)


def is_midnight(value: dt.datetime) -> bool:
    """A time that is rather none: what it says needs a second look."""
    return not value.hour and value.time() == _MIDNIGHT


def _of_midnight(text: str, value: dt.datetime) -> str:
    """The note on a midnight of Greenwich: mostly a day that lost its place on the way, told but not corrected."""
    if not is_midnight(value) or value.utcoffset():
        return ""
    return f"«{text}» es medianoche en Greenwich; en la Ciudad de México es todavía el día anterior"


def _read(text: str) -> tuple[When, str]:
    plain = _plain(text)
    if _COMPACT.fullmatch(plain):
        try:
            return _given(text, dt.datetime.fromisoformat(plain.replace(" ", "T").upper()), len(plain) == 8), ""
        except ValueError:
            return When(text, None, problem=f"«{text}» no es una fecha del calendario"), ""
    if _SERIAL.fullmatch(plain):
        return _serial(text, plain)
    if _EPOCH.fullmatch(plain):
        return _epoch(text, plain)
    for form in _FORMS:
        if match := form.search(plain):
            break
    else:
        return When(text, None, problem=_why_none(text, plain)), ""
    day, problem = _day(match)
    if day is None:
        return When(text, None, problem=problem), ""
    rest = " ".join(_FILLING.sub(" ", plain[: match.start()] + " " + plain[match.end() :]).split())
    if rest.startswith("t") and rest[1:2].isdigit():
        rest = rest[1:]
    if not rest:
        return _given(text, dt.datetime.combine(day, dt.time()), True), ""
    return _with_clock(text, day, rest), ""


def _plain(text: str) -> str:
    """Lower case, without accents, single spaces; ``°`` and ``º`` stay."""
    kept = text.replace("º", "°")
    kept = "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())


def _given(text: str, value: dt.datetime, day_only: bool = False, problem: str = "") -> When:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        return When(text, None, problem=f"el año {value.year:04} no es creíble")
    return When(text, value if value.tzinfo else value.replace(tzinfo=MEXICO_CITY), day_only, problem)


def _day(match: re.Match[str]) -> tuple[dt.date | None, str]:
    groups = match.groupdict()
    month = _MONTH_OF[groups["name"]] if "name" in groups else int(groups["month"])
    day, written = int(groups["day"]), groups["year"]
    if written is None:
        return None, f"«{match[0]}» no dice el año"
    year = int(written) + (2000 if len(written) == 2 else 0)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None, f"el año {written} no es creíble"
    if not 1 <= month <= 12:
        return None, f"no hay mes {month}; ¿se escribió el mes antes que el día?"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        of_year = f" de {year}" if (day, month) == (29, 2) else ""
        return None, f"el {day} de {_MONTHS[month - 1]}{of_year} no existe"
    return dt.date(year, month, day), ""


def _with_clock(text: str, day: dt.date, rest: str) -> When:
    """The time of ``day`` that ``rest``, what stands beside the date, gives."""
    match = _CLOCK.fullmatch(rest)
    midnight = dt.datetime.combine(day, dt.time())
    if match is None or not (match["minute"] or match["half"] or match["unit"]):
        if any(map(str.isdigit, rest)) and ":" not in rest:
            return When(text, None, problem=f"no se entiende «{rest}» junto a la fecha")
        return _given(text, midnight, True, f"no se entiende «{rest}»; solo se leyó el día")
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    wrong = minute > 59 or second > 59 or hour > 23
    if match["half"]:
        wrong = wrong or not 1 <= hour <= 12
        hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
    zone: dt.tzinfo = MEXICO_CITY
    if match["zero"]:
        zone = dt.UTC
    elif match["sign"]:
        ahead = int(match["ahead"]) * 60 + int(match["aside"] or 0)
        wrong = wrong or ahead > 14 * 60
        if not wrong:
            zone = dt.timezone(dt.timedelta(minutes=ahead if match["sign"] == "+" else -ahead))
    if wrong:
        return _given(text, midnight, True, f"la hora «{rest}» no existe; solo se leyó el día")
    if zone is MEXICO_CITY and not (hour or minute or second or match["part"]):
        return _given(text, midnight, True)
    part = int((match["part"] or "0").ljust(6, "0")[:6])
    return _given(text, dt.datetime.combine(day, dt.time(hour, minute, second, part), zone))


def _serial(text: str, plain: str) -> tuple[When, str]:
    """Days since 1900, as spreadsheets store dates; from 1954 to 2119."""
    from parsers.xlsx_styles import from_serial

    moment = from_serial(float(plain.replace(",", ".")), False)
    if moment is None:
        return When(text, None, problem=_why_none(text, plain)), ""
    when = _given(text, moment, moment.time() == dt.time())
    return when, f"«{text}» se leyó como número de serie de Excel"


def _epoch(text: str, plain: str) -> tuple[When, str]:
    """Seconds since 1970, or thousandths, millionths, billionths of them by the number of digits; an instant, so UTC."""
    whole, _, part = plain.partition(".")
    scale = 10 ** max(0, (len(whole) - 10 + 2) // 3 * 3)
    seconds, below = divmod(int(whole), scale)
    micros = below * 1_000_000 // scale or int(part.ljust(6, "0")[:6] or 0)
    try:
        value = dt.datetime.fromtimestamp(seconds, dt.UTC).replace(microsecond=micros)
    except (OverflowError, OSError, ValueError):
        return When(text, None, problem=_why_none(text, plain)), ""
    return _given(text, value), f"«{text}» se leyó como tiempo de sistema (desde 1970, UTC)"


def _why_none(text: str, plain: str) -> str:
    if _NO_DAY.fullmatch(plain):
        return f"«{text}» no dice el día"
    return f"«{text[:80]}» no es una fecha que se pueda leer"
