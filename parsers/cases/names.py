"""The names under which records keep what they say: keys of YAML and JSON, columns of tables, attributes of XES."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

Field = Literal[
    "case", "procedure", "events", "id", "activity", "milestone", "at", "hour", "role", "person", "unit", "outcome",
    "artefacts", "to", "cc", "via", "period", "transition",
]  # fmt: skip
"""What a value is about. Three complete others: ``hour`` is that of ``at`` where it has a column of its own, ``cc`` adds to ``to``, and
``transition`` is that of XES."""

OF_CASE: frozenset[Field] = frozenset(("case", "procedure", "events"))

_NAMES: dict[Field, str] = {
    "case": "case|case:concept:name|case id|caseid|caso|id de caso|id del caso|expediente|numero de expediente|no. de expediente",
    "procedure": "procedure|case:procedure|procedimiento",
    "events": "events|eventos",
    "id": "id|event id|identity:id|id de evento|id del evento",
    "activity": "activity|concept:name|actividad|act|act.|numero de actividad|num. de actividad|no. de actividad|nombre de la actividad",
    "milestone": "event|evento|hito",
    "at": "at|time:timestamp|timestamp|time|date|fecha|fecha y hora|fecha/hora|fecha-hora|momento",
    "hour": "hora",
    "role": "role|org:role|rol|puesto|cargo",
    "person": "person|org:resource|resource|persona|usuario",
    "unit": "unit|org:group|unidad|unidad administrativa|area",
    "outcome": "outcome|resultado|result",
    "artefacts": "artefacts|artifacts|artefactos|artefacto|documentos|documento|documento(s)",
    "to": "to|para|destinatario|destinatarios|dirigido a",
    "cc": "cc|copia|con copia|con copia a|con copia para|c.c.p.|ccp",
    "via": "via|por conducto de|por conducto|a traves de",
    "period": "period|periodo|periodo que informa|periodo reportado",
    "transition": "lifecycle:transition",
}
_BY_NAME: dict[str, Field] = {name: field for field, names in _NAMES.items() for name in names.split("|")}
IN_TABLES: dict[str, tuple[Field, ...]] = {
    "asunto": ("case",),
    "folio": ("case",),
    "responsable": ("role", "person"),
}
"""Headings that stand for the first of these fields that no other column has. By themselves they make no table a log."""
_LONGEST = 60
"""Characters that a name may have."""
_SHOWN = tuple(names.partition("|")[0] for names in _NAMES.values())
"""The keys of the design, which are those that a correction proposes."""


def field_of(name: str) -> Field | None:
    """What the key, column or attribute ``name`` is about, however it is capitalised, accented or spaced; None where it is not known."""
    return _BY_NAME.get(folded(name)) if len(name) <= _LONGEST else None


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Lower case, without accents; spaces, underscores and line breaks alike."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[\s_]+", " ", plain.casefold()).strip(" :*\ufeff")


def unknown(name: str) -> str:
    """The Spanish note on a key that is not known, with the nearest one that is."""
    return _unknown(name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…")


@lru_cache(maxsize=1024)
def _unknown(name: str) -> str:
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extractOne

    best = extractOne(folded(name), list(_BY_NAME), scorer=ratio, score_cutoff=70)
    said = f"la clave «{name}» no se conoce y no se tomó en cuenta"
    if best is None:
        return said
    meant = best[0] if best[0] in _SHOWN else _NAMES[_BY_NAME[best[0]]].partition("|")[0]
    return f"{said}; ¿quiso decir «{meant}»?"
