"""``among``: each person of one field is among the people of another."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.names import same_person
from checker.kinds.protocol import Context
from checker.kinds.values import bearers_of, field_title
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: fields of people or signatures."""

    each: str
    of: str


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """The best likeness of each name; silent where either field names nobody, which ``required`` tells."""
    others = [p for p in bearers_of(submission, params.of) if p.name]
    title = field_title(submission, params.of)
    for person in bearers_of(submission, params.each) if others else ():
        if not person.name:
            continue
        found = {same_person(person.name, other.name): other for other in reversed(others)}
        # someone named only by charge may be any of the others
        charged = person.name == person.charge or any(o.name == o.charge for o in others)
        like = "yes" if "yes" in found else "unsure" if "unsure" in found or charged else "no"
        words = {"name": person.name, "title": title, "near": found["unsure"].name if "unsure" in found else ""}
        yield Fact("among", rule, {"found": like}, person.subject, person.place, person.name, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Not found, or found only nearly."""
    return (
        Clause("among", rule, (Test("found", "==", "no"),), "violated", "missing"),
        Clause("among", rule, (Test("found", "==", "unsure"),), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The name, and the one it resembles."""
    w = fact.words
    if say == "missing":
        return f"{w['name']} no figura en «{w['title']}»."
    doubt = f"; se parece a «{w['near']}»" if w["near"] else ""
    return f"No se pudo confirmar que {w['name']} figure en «{w['title']}»{doubt}."
