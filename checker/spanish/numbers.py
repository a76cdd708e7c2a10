"""Numbers as offices write them."""

from __future__ import annotations

import re
from decimal import Decimal

from checker.spanish.text import flat

_BLANK = r"[\u00a0\u202f\u2009 ]"
_NUMBER = re.compile(
    rf"""(?<![^\W\d_])(?:(?P<sign>[-−+])\s*)?(?:\$\s*(?P<inner>[-−])?\s*)?
        (?:(?P<point>\d{{1,3}}(?:\.\d{{3}})+),(?P<point_part>\d+)                     # 1.250,50
          |(?P<points>\d{{1,3}}(?:\.\d{{3}}){{2,}})                                   # 1.250.000
          |(?P<comma>[1-9]\d{{0,2}}(?:,\d{{3}})+|[1-9]\d{{0,2}}(?:{_BLANK}\d{{3}})+)(?:\.(?P<comma_part>\d+))?
          |(?P<plain>\d+)(?:[.,](?P<plain_part>\d+))?)
        (?:e(?P<exponent>[-+]?\d{{1,3}})(?!\w))?(?!\d)
        (?:\s*(?P<scale>mil|millon(?:es)?|mdp)\b)?""",
    re.VERBOSE,
)
_PARENTHESISED = re.compile(r"^\(\s*(?=.*[$,.])[$\d,.\s]+\)$")
_SCALES = {"mil": 1_000, "millon": 1_000_000, "millones": 1_000_000, "mdp": 1_000_000}
_FRACTION = re.compile("[½¼¾⅓⅔⅛⅜⅝⅞]")
_ASIDE = re.compile(r"(?<=\S)\s*\([^()]*[a-z]{3}[^()]*\)")
"""«(mil pesos 00/100 M.N.)», «(300 minutos)» after a number say it again."""
_DATED = re.compile(r"\d\s*[/:]\s*\d")


def read_number(text: str) -> Decimal | None:
    """The one number that ``text`` is, with or without its unit.

    ``1,250`` · ``1 250.50`` · ``$ 3,000.00 M.N.`` · ``85 %`` (85) · ``12,5`` and ``1.250,50`` (decimal comma) · ``($1,200.00)`` (negative,
    as ledgers write it) · ``12 horas`` · ``3 millones``. None where it holds none, or more than one. A comma before exactly three
    digits groups thousands, as Mexico writes them; a point before three digits is a decimal point unless more groups follow.

    >>> read_number("1,250.5 pesos")
    Decimal('1250.5')
    """
    folded = _ASIDE.sub(" ", flat(text)).strip()
    match = _NUMBER.search(folded)
    if match is None or _DATED.search(folded) or _FRACTION.search(folded):
        return None
    if any(c.isdecimal() for c in folded[: match.start()] + folded[match.end() :]):
        return None
    groups = match.groupdict()
    whole = next(g for n in ("point", "points", "comma", "plain") if (g := groups[n]))
    part = groups["point_part"] or groups["comma_part"] or groups["plain_part"]
    value = Decimal(re.sub(r"\D", "", whole) + (f".{part}" if part else ""))
    if groups["exponent"]:
        value = value.scaleb(int(groups["exponent"]))
    value *= _SCALES.get(groups["scale"] or "", 1)
    negative = groups["sign"] in ("-", "−") or groups["inner"] or _PARENTHESISED.match(folded)
    return -value if negative else value


def number_of_cell(value: float, shown: str) -> Decimal:
    """The number that a spreadsheet cell holds, whatever its format rounds; per cent where it is shown so.

    >>> number_of_cell(0.855, "86%")
    Decimal('85.500')
    """
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return number * 100 if shown.rstrip().endswith("%") else number
