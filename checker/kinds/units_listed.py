"""``units_listed``: a section of a norm names exactly the units that it binds."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import joined
from checker.norms.headings import find_heading, headings, portion, under
from checker.norms.text import norm_text
from checker.recognise.model import Recognised
from checker.spanish.text import flat, squeeze

_SAME = 90  # percentage from which a name is the one of the catalogue, but for a letter or an accent
_UNIT = re.compile(
    r"\b(?:Unidad|Coordinaci[oó]n|Divisi[oó]n|Direcci[oó]n|Subdirecci[oó]n|Jefatura|Departamento|Oficina|Gerencia)(?:es)?\s+"
    r"(?:(?:de|del|la|las|los|el|y|e|en|a|con|para)\s+)*[A-ZÁÉÍÓÚÑ][\wáéíóúüñ]+(?:,?\s+(?:(?:de|del|la|las|los|el|y|e|en|a|con|para)\s+)*[A-ZÁÉÍÓÚÑ][\wáéíóúüñ]+)*"
)


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    section: tuple[str, ...]
    """Titles of the section."""
    catalogue: str
    """Catalogue of the pack with the units that it must name, all of them."""
    beside: tuple[str, ...] = ()
    """Units that may be named besides: the one to which they belong."""
    within: tuple[str, ...] = ()
    """Titles of the part of the norm (an appendix) that is meant."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Each unit of the catalogue, and each other one that the section names."""
    text = portion(norm_text(submission.document), params.within)
    found = headings(text) if text else ()
    heading = find_heading(found, params.section)
    if text is None or heading is None:
        words = {"section": params.section[0], "unit": ""}
        yield Fact("units_listed", rule, {"state": "unread"}, "unidades", None, "", (), words)
        return
    said = squeeze(" ".join(squeeze(line.text) for line in under(text, heading, found)))
    place = heading.line.place
    entries = context.pack.catalogue(params.catalogue).entries
    rest = flat(said)
    for number, (name, others) in enumerate(entries.items(), 1):
        span = next((s for way in (name, *others) if (s := _span(rest, way))), None)
        if span:
            rest = f"{rest[: span[0]]}{'#' * (span[1] - span[0])}{rest[span[1] :]}"
        words = {"section": params.section[0], "unit": name}
        state = "named" if span else "missing"
        yield Fact("units_listed", rule, {"state": state}, f"unidades[{number}]", place, "", (), words)
    for beside in params.beside:
        while span := _span(rest, beside):
            rest = f"{rest[: span[0]]}{'#' * (span[1] - span[0])}{rest[span[1] :]}"
    left = "".join(c if mark != "#" else "#" for c, mark in zip(said, rest, strict=True))
    more = list(dict.fromkeys(m[0] for m in _UNIT.finditer(left) if "#" not in m[0]))
    if more:
        words = {"section": params.section[0], "unit": joined([f"«{m}»" for m in more])}
        yield Fact("units_listed", rule, {"state": "more"}, "unidades", place, more[0], (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """One that is not named, one more; no such section."""
    told = [Clause("units_listed", rule, (Test("state", "==", s),), "violated", s) for s in ("missing", "more")]
    return (*told, Clause("units_listed", rule, (Test("state", "==", "unread"),), "undetermined", "unread"))


def message(params: Params, fact: Fact, say: str) -> str:
    """Which unit."""
    w = fact.words
    return {
        "missing": f"«{w['section']}» no nombra a «{w['unit']}».",
        "more": f"«{w['section']}» nombra además a {w['unit']}, a quien esta norma no obliga.",
        "unread": f"No se encontró el apartado «{w['section']}».",
    }[say]


def _span(words: str, name: str) -> tuple[int, int] | None:
    """Where flat ``words`` hold ``name``, but for a letter or two."""
    wanted = squeeze(flat(name))
    at = words.find(wanted)
    if at >= 0:
        return at, at + len(wanted)
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(wanted, words, score_cutoff=_SAME)
    # letters that differ, not words: «Coordinación de Vinculación» is not «Coordinación de Vinculación Internacional»
    if found is None or found.dest_end - found.dest_start < len(wanted) - 2:
        return None
    return (found.dest_start, found.dest_end) if wanted[:8] in words[found.dest_start : found.dest_end] else None
