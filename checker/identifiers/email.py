"""E-mail addresses as people write them in forms: one or several, bare or ``Nombre <correo>``."""

from __future__ import annotations

import re

from checker.identifiers.reading import Reading, unblanked

_EXACT = re.compile(
    r"[A-Za-z0-9_+&'%-]+(?:\.[A-Za-z0-9_+&'%-]+)*@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_NAMED = re.compile(r"[^<>@]*<([^<>]*)>")
_MAX = 254
"""Characters that RFC 5321 allows an address."""


def accepts(text: str) -> bool:
    """One address, without anything around it."""
    return len(text) <= _MAX and _EXACT.fullmatch(text) is not None


def examine(text: str) -> Reading:
    """How ``text`` stands; blanks, ``mailto:``, the name before ``<…>`` and a closing point do not count."""
    if accepts(text):
        return Reading("fine", text)
    found = [_bare(part) for part in re.split(r"[;,]|\s+(?:y|o)\s+|/|\s+(?=\S+@)", text.strip()) if part.strip()]
    if found and all(accepts(part) for part in found):
        return Reading("normalised", "; ".join(found))
    whole = _bare(text)
    if accepts(whole):
        return Reading("normalised", whole)
    return Reading("shape", "", _misshapen(whole))


def problem_of(text: str) -> str:
    """What is wrong with ``text``, in Spanish and without repeating it; empty where it is fine, at once or once normalised."""
    return "" if accepts(text) else examine(text).problem


def _bare(text: str) -> str:
    named = _NAMED.fullmatch(text.strip())
    bare = unblanked(named[1] if named else text)
    return bare.removeprefix("mailto:").strip("<>").rstrip(".;,")


def _misshapen(text: str) -> str:
    if "@" not in text:
        return "no lleva «@»"
    name, _, domain = text.rpartition("@")
    if "@" in name:
        return "lleva más de una «@»"
    if not name:
        return "no lleva nombre antes de «@»"
    if not domain:
        return "no lleva dominio después de «@»"
    if ".." in text or text.startswith(".") or name.endswith("."):
        return "lleva puntos donde no pueden ir"
    strange = next((c for c in text if not c.isascii()), None)
    if strange is not None:
        return f"lleva «{strange}», que una dirección de correo no admite"
    if "." not in domain:
        return "su dominio no lleva punto (por ejemplo, «.mx»)"
    if len(text) > _MAX:
        return f"tiene más de {_MAX} caracteres"
    return "no tiene la forma de una dirección de correo"
