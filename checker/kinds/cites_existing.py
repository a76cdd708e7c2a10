"""``cites_existing``: the numerals and subnumerals that a document cites of a manual of organisation exist in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from checker.authority.citations import Citation, citations_of
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import short
from checker.packs.pack import Pack
from checker.recognise.model import Recognised
from checker.spanish.text import fold
from parsers.model import Paragraph, paragraphs_of


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    register: str
    """Id of the pack whose ``authority.yaml`` is the register of the manual's numerals."""
    names: tuple[str, ...]
    """How documents call the manual, its clave included."""
    chapters: str | None = None
    """Catalogue of that pack with the numerals that belong to no unit."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact for each numeral and subnumeral cited anywhere in the document; silent where the manual is not cited."""
    register = next((p for p in (context.pack, *context.others) if p.info.id == params.register), None)
    if register is None:
        return
    paragraphs = [p for p in paragraphs_of(submission.document.blocks) if p.text.strip()]
    text = "\n".join(p.text for p in paragraphs)
    folded = fold(text)
    if not any(fold(name) in folded.replace("\n", " ") for name in params.names):
        return
    starts = [0]
    for paragraph in paragraphs:
        starts.append(starts[-1] + len(paragraph.text) + 1)
    told: set[tuple[str, int | None, str]] = set()
    for citation in citations_of(text, params.names):
        found = _found(citation, register, params)
        quote = " ".join(text[citation.start : citation.end].split())
        key = (citation.numeral, citation.subnumeral, "" if citation.numeral else quote)
        if key in told:
            continue
        told.add(key)
        words = {
            "numeral": citation.numeral,
            "sub": str(citation.subnumeral or ""),
            "last": str(_functions(citation.numeral, register)),
            "manual": register.info.title,
            "cited": short(quote),
        }
        place = _paragraph(paragraphs, starts, citation.start).place
        subject = (
            f"{citation.numeral} ({citation.subnumeral})" if citation.subnumeral else citation.numeral or short(quote)
        )
        yield Fact("cites_existing", rule, {"found": found}, subject, place, quote, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A numeral, or a subnumeral of it, that the manual does not have; words that could not be made out."""
    return (
        Clause("cites_existing", rule, (Test("found", "==", "no-numeral"),), "violated", "no-numeral"),
        Clause("cites_existing", rule, (Test("found", "==", "no-subnumeral"),), "violated", "no-subnumeral"),
        Clause("cites_existing", rule, (Test("found", "==", "unclear"),), "undetermined", "unclear"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What is cited, and what the manual has."""
    w = fact.words
    if say == "unclear":
        return f"No se pudo determinar qué numeral del {w['manual']} se cita en «{w['cited']}»."
    if say == "no-numeral":
        return f"El numeral {w['numeral']} que se cita no existe en el {w['manual']}."
    if not int(w["last"]):
        return f"El numeral {w['numeral']} del {w['manual']} no tiene subnumerales, y se cita el {w['sub']}."
    return f"El subnumeral {w['sub']} del numeral {w['numeral']} no existe en el {w['manual']}: el último es el {w['last']}."


def _functions(numeral: str, register: Pack) -> int:
    return next((u.functions for u in register.authority.values() if u.numeral == numeral), 0)


def _found(citation: Citation, register: Pack, params: Params) -> str:
    if not citation.numeral:
        return "unclear"
    last = _functions(citation.numeral, register)
    if not last:
        if not params.chapters or register.catalogue(params.chapters).find(citation.numeral) is None:
            return "no-numeral"
        return "known" if citation.subnumeral is None else "no-subnumeral"
    return "known" if citation.subnumeral is None or 1 <= citation.subnumeral <= last else "no-subnumeral"


def _paragraph(paragraphs: list[Paragraph], starts: list[int], at: int) -> Paragraph:
    return paragraphs[min(bisect_right(starts, at) - 1, len(paragraphs) - 1)]
