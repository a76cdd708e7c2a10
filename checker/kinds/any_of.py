"""``any_of``: at least one of several fields is there."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, joined
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    fields: tuple[str, ...]


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether one is present; one that could not be read may be."""
    states = {submission.fields[name].state for name in params.fields}
    there = "yes" if "present" in states else "unsure" if "undetermined" in states else "no"
    titles = joined([f"«{field_title(submission, name)}»" for name in params.fields])
    place = next((p for name in params.fields if (p := submission.fields[name].place)), None)
    yield Fact("any_of", rule, {"there": there}, params.fields[0], place, "", (), {"titles": titles})


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """None is there, or none for certain."""
    return (
        Clause("any_of", rule, (Test("there", "==", "no"),), "violated", "no"),
        Clause("any_of", rule, (Test("there", "==", "unsure"),), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The fields of which one is owed."""
    if say == "unsure":
        return f"No se pudo determinar si el documento lleva alguno de estos datos: {fact.words['titles']}."
    return f"El documento no lleva ninguno de estos datos: {fact.words['titles']}."
