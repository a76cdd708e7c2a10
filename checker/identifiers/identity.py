"""The form under which two written values are the same one."""

from __future__ import annotations

import re

from checker.spanish.text import flat

_JOINTS = re.compile(r"[\s.\-–—/_]+")
_PERSONAL = re.compile(r"[a-zñ&]{3,4}\d{6}[a-z0-9]{2,8}|\d{10,11}")
"""A CURP or an RFC, an NSS or a telephone number, once flat and without what joins its parts."""


def identity(text: str) -> str:
    """Flat, with single blanks and without closing points; identifiers without the blanks and hyphens in which people group them."""
    plain = " ".join(flat(text).split()).strip(" .;,:«»\"'")
    if not any(c.isdigit() for c in plain):
        return plain
    joined = _JOINTS.sub("", plain)
    return joined if _PERSONAL.fullmatch(joined) else plain
