"""``covers``: among the values of a field or column are all that the norm names: the three platforms, every unit of a catalogue."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact, Scalar
from checker.kinds.protocol import Context
from checker.kinds.values import cells_of, field_title, joined
from checker.recognise.model import FieldValue, Recognised
from checker.spanish.text import flat

_TOLD = 6
"""Missing values named in the sentence; of more only the first, and how many they are."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: either ``all_of`` or ``catalogue``."""

    field: str
    all_of: tuple[str, ...] | dict[str, tuple[str, ...]] = ()
    """Values; or what each is called → the words by which running text names it."""
    catalogue: str | None = None
    """Every entry of this closed list."""

    def __post_init__(self) -> None:
        if bool(self.all_of) == bool(self.catalogue):
            raise ValueError("covers takes either `all_of` or `catalogue`")


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How many of the values no cell bears; silent where there is no cell at all, which ``required`` tells."""
    cells = list(cells_of(submission, params.field))
    stated = [value for _, value, _ in cells if value.state == "present" and not value.problem]
    if not stated:
        return
    table, _, column = params.field.partition(".")
    missing = _missing(params, stated, context)
    # a cell that is not stated, or could not be read, may be the one that is missed
    unknown = len(cells) - len(stated)
    found: Scalar = "yes" if not missing else "unsure" if unknown >= len(missing) else "no"
    named = joined(missing) if len(missing) <= _TOLD else f"{', '.join(missing[:_TOLD])} y otros {len(missing) - _TOLD}"
    words = {"title": field_title(submission, table, column or None), "missing": named, "unknown": str(unknown)}
    value = submission.fields[table]
    yield Fact("covers", rule, {"found": found}, table, value.place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Some are not there, or may hide in what is not stated."""
    return (
        Clause("covers", rule, (Test("found", "==", "no"),), "violated", "missing"),
        Clause("covers", rule, (Test("found", "==", "unsure"),), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What is not covered."""
    w = fact.words
    if say == "missing":
        return f"«{w['title']}» no comprende: {w['missing']}."
    unread = "un renglón no lo señala" if w["unknown"] == "1" else f"{w['unknown']} renglones no lo señalan"
    return f"No se pudo determinar si «{w['title']}» comprende {w['missing']}: {unread}."


def _missing(params: Params, stated: list[FieldValue], context: Context) -> list[str]:
    if params.catalogue:
        known = context.pack.catalogue(params.catalogue)
        there = {known.find(value.text) for value in stated}
        return [name for name in known.entries if name not in there]
    texts = [flat(f"{value.value if isinstance(value.value, str) else ''} {value.text}") for value in stated]
    named = params.all_of if isinstance(params.all_of, dict) else dict.fromkeys(params.all_of, ())
    return [
        name
        for name, words in named.items()
        if not any(flat(word) in text for word in (name, *words) for text in texts)
    ]
