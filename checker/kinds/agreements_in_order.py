"""``agreements_in_order``: of two agreements whose numbers hold their dates, the one that must come first does."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import spoken
from checker.norms.agreements import agreements
from checker.norms.text import norm_text
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    earlier: str
    """Shape of the number of the one that comes first, as :mod:`checker.kinds.agreement_numbers` writes shapes."""
    later: str
    """Shape of the other's."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """The first citation of each; silent where either is not cited."""
    text = norm_text(submission.document)
    first = next((a for a in agreements(text, params.earlier) if a.date), None)
    then = next((a for a in agreements(text, params.later) if a.date), None)
    if first is None or then is None or first.date is None or then.date is None:
        return
    words = {"first": first.written, "then": then.written, "a": spoken(first.date), "b": spoken(then.date)}
    state = "right" if first.date < then.date else "late"
    yield Fact(
        "agreements_in_order", rule, {"state": state}, "acuerdos_citados", first.line.place, first.written, (), words
    )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Not before."""
    return (Clause("agreements_in_order", rule, (Test("state", "==", "late"),), "violated", "late"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """Both, with their dates."""
    w = fact.words
    return f"El acuerdo «{w['first']}» ({w['a']}) no es anterior al acuerdo «{w['then']}» ({w['b']})."
