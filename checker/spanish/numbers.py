"""Numbers as offices write them."""

from __future__ import annotations

import re
from decimal import Decimal

_NUMBER = re.compile(
    r"""(?P<sign>[-−]?)\s*\$?\s*
        (?P<whole>\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d+)
        (?:(?P<mark>[.,])(?P<part>\d+))?
        \s*(?P<percent>%|por\s+ciento)?""",
    re.VERBOSE | re.IGNORECASE,
)
_UNITS = re.compile(r"[^\d]*$")


def read_number(text: str) -> Decimal | None:
    """The one number that ``text`` is: ``1,250``, ``1 250.50``, ``$ 3,000.00 M.N.``, ``85 %`` (85), ``12,5`` (decimal comma).

    None where it holds none, or more than one. A comma before exactly three digits groups thousands, as Mexico writes them.
    """
    found = list(_NUMBER.finditer(text))
    if len(found) != 1 or any(c.isdigit() for c in text[: found[0].start()] + text[found[0].end() :]):
        return None
    match = found[0]
    whole = re.sub(r"[,.\s\u00a0\u202f]", "", match["whole"])
    value = Decimal(f"{whole}.{match['part']}" if match["part"] else whole)
    return -value if match["sign"] else value
