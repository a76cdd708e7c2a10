"""The verbs of authority in any form: «autorizó», «aprobación», «Vo. Bo.»."""

from __future__ import annotations

import re
from typing import get_args

from checker.packs.authority import Verb
from checker.spanish.text import flat

RANK: tuple[Verb, ...] = ("elaborar", "validar", "visto-bueno", "aprobar", "autorizar")
"""From the least to the most; approving and authorising are worth the same (OD-i02)."""
_STEMS: tuple[tuple[str, Verb], ...] = (
    (r"elabor", "elaborar"),
    (r"formul", "elaborar"),
    (r"valid", "validar"),
    (r"visto\s+bueno|vo\.?\s*bo\b|vobo\b|\baval", "visto-bueno"),
    (r"apr(?:o|ue)b", "aprobar"),
    (r"autoriz", "autorizar"),
    (r"acuerd|acord", "acordar"),
    (r"acredit", "acreditar"),
    (r"determin|defin", "determinar"),
    (r"dirig|dirij|direccion", "dirigir"),
    (r"establec|establezc|dict", "establecer"),
    (r"exp[ie]d", "expedir"),
    (r"instru[iy]", "instruir"),
    (r"integr", "integrar"),
    (r"prop(?:o|u)[ns]|propuest", "proponer"),
    (r"seleccion", "seleccionar"),
    (r"suscri", "suscribir"),
)
_DOES: dict[Verb, str] = {
    "visto-bueno": "da visto bueno a",
    "acordar": "acuerda",
    "aprobar": "aprueba",
    "dirigir": "dirige",
    "establecer": "establece",
    "expedir": "expide",
    "instruir": "instruye",
    "proponer": "propone",
    "suscribir": "suscribe",
}


def verb_of(written: str) -> Verb | None:
    """The verb of which ``written`` is a form; None when it is of none."""
    text = flat(written).strip()
    return next((verb for stem, verb in _STEMS if re.match(stem.replace(r"\b", ""), text)), None)


def does(verb: Verb) -> str:
    """In the third person: ``autoriza``."""
    return _DOES.get(verb) or f"{verb[:-2]}a"


def infinitive(verb: Verb) -> str:
    """As one asks for it: ``autorizar``, ``dar visto bueno a``."""
    return "dar visto bueno a" if verb == "visto-bueno" else verb


def nearness(asked: Verb, other: Verb) -> int:
    """How far ``other`` stands from ``asked``: 0 the same; within the rank its distance; what has no rank comes last."""
    if asked == other:
        return 0
    if asked in RANK and other in RANK:
        return abs(RANK.index(asked) - RANK.index(other))
    return len(RANK)


VERBS: tuple[Verb, ...] = get_args(Verb)
