"""``cited_norms``: the instruments that a norm cites by clave are those of the register, with their date, and govern still."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import joined, spoken
from checker.norms.instruments import Citation, cited
from checker.norms.text import norm_text
from checker.packs.tables import Instrument
from checker.recognise.model import Recognised
from checker.spanish.text import flat

_REPEALS = re.compile(r"sin efecto|abroga|deroga|sustituye|deja de tener vigencia|cancela|actualiza y deja")


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    register: str
    """Register of the pack."""
    must: tuple[str, ...] = ()
    """Claves that the norm cites."""
    repealed: bool = False
    """Only that what no longer governs is cited only where it is said to be without effect."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Each citation of a clave of the register; each one that must be cited."""
    known = {i.clave: i for i in context.pack.register(params.register).instruments if i.clave}
    found = [c for c in cited(norm_text(submission.document)) if c.clave in known]
    for number, citation in enumerate(found, 1):
        instrument = known[citation.clave]
        state = _state(citation, instrument, params.repealed)
        words = {
            "clave": citation.clave,
            "title": instrument.title,
            "registered": spoken(instrument.registered) if instrument.registered else "",
            "stated": joined([spoken(d) for d in citation.dates]),
            "by": instrument.by,
        }
        subject = f"citas[{number}]"
        yield Fact("cited_norms", rule, {"state": state}, subject, citation.line.place, citation.clave, (), words)
    for clave in params.must:
        mentions = [c for c in found if c.clave == clave]
        if not mentions:
            words = {"clave": clave, "title": known[clave].title}
            yield Fact("cited_norms", rule, {"state": "missing"}, "citas", None, "", (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Not cited, of another date, or no longer governing."""
    states = ("repealed",) if params.repealed else ("missing", "date", "repealed")
    return tuple(Clause("cited_norms", rule, (Test("state", "==", s),), "violated", s) for s in states)


def message(params: Params, fact: Fact, say: str) -> str:
    """The instrument, and what is wrong with its citation."""
    w = fact.words
    return {
        "missing": f"No se cita «{w['title']}», clave {w['clave']}.",
        "date": f"La clave {w['clave']} está registrada el {w.get('registered')} y se cita con fecha {w.get('stated')}.",
        "repealed": f"Se cita la clave {w['clave']}, que quedó sin efecto ({w.get('by')}).",
    }[say]


def _state(citation: Citation, instrument: Instrument, only_repealed: bool) -> str:
    if instrument.by and not _REPEALS.search(flat(citation.words)):
        return "repealed"
    if only_repealed or instrument.registered is None or not citation.dates:
        return "right"
    return "right" if instrument.registered in citation.dates else "date"
