"""``visible_mark``: signatures can be seen, not only the room left for them. A docx cannot show ink, so this is never more than a doubt."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import blocks_of, joined
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: a field of signatures."""

    field: str


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How many signatories have only a line; those with nothing at all are told by ``required``."""
    unseen = [b for b in blocks_of(submission.fields[params.field]) if b.mark == "line"]
    names = [b.name for b in unseen if b.name]
    if unseen:
        place = unseen[0].place or submission.fields[params.field].place
        words = {"names": joined(names)}
        quote = "; ".join(names)
        yield Fact("visible_mark", rule, {"unseen": len(unseen)}, params.field, place, quote, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """At least one is not seen."""
    return (Clause("visible_mark", rule, (Test("unseen", ">", 0),), "undetermined", "unseen"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """Whose signature is not seen."""
    of = f" de {fact.words['names']}" if fact.words["names"] else ""
    return f"Sin firma visible{of}: sólo se distingue el espacio para firmar."
