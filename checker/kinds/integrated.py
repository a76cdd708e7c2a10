"""``integrated``: the rows of a table of this document are taken up in the other one, into which the norm has it integrated."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.comparing import place_of, text_key
from checker.kinds.protocol import Context
from checker.kinds.values import row_name, rows_of, short
from checker.recognise.model import FieldValue, Recognised

_NEAR = 80.0
"""Likeness (0–100) of their words from which a row may be another one, put otherwise."""
_PHRASE = 3
"""Words from which a text that stands within another is that text, and not a word by chance."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    table: str
    column: str
    """What names a row."""
    other: tuple[str, ...]
    """Tables, lists or texts of the other document; any cell or entry of them may take the row up."""
    owner: str | None = None
    """Field of the other document that says whose it is, for the message."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact for each row, or a single one where no row is taken up; silent where either table has no rows."""
    other = context.other
    assert other is not None, "a rule across documents is observed only with the other one"
    value = submission.fields[params.table]
    own = [(r, text_key(r.cells[params.column].text)) for r in rows_of(value)]
    own = [(r, key) for r, key in own if key]
    theirs = [key for name in params.other for key in _keys(other.fields[name])]
    if not own or not theirs:
        return
    owner = short(other.fields[params.owner].text) if params.owner else ""
    words = {"document": other.title, "owner": owner, "where": place_of(other.path, None)}
    found = [(row, _found(key, theirs)) for row, key in own]
    if all(how == "no" for _, how in found):
        words["count"] = str(len(found))
        yield Fact("integrated", rule, {"found": "none"}, params.table, value.place, "", (), words)
        return
    for row, how in found:
        told = {**words, "row": row_name(submission, params.table, row), "of": short(row.cells[params.column].text)}
        yield Fact("integrated", rule, {"found": how}, f"{params.table}[{row.index}]", row.place, row.text, (), told)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A row is not taken up, or only something like it; none is."""
    return (
        Clause("integrated", rule, (Test("found", "==", "none"),), "violated", "none"),
        Clause("integrated", rule, (Test("found", "==", "no"),), "violated", "missing"),
        Clause("integrated", rule, (Test("found", "==", "near"),), "undetermined", "near"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The row, and the document that should have it."""
    w = fact.words
    there = f"«{w['document']}» de «{w['owner']}» ({w['where']})" if w["owner"] else f"«{w['document']}» ({w['where']})"
    if say == "none":
        return f"Ninguno de los {w['count']} renglones del programa figura en {there}, en el que ha de integrarse."
    if say == "near":
        return f"No se pudo confirmar que «{w['of']}» ({w['row']}) figure en {there}: sólo hay algo parecido."
    return f"«{w['of']}» ({w['row']}) no figura en {there}, en el que ha de integrarse."


def _keys(value: FieldValue) -> Iterator[str]:
    """Every cell, entry or line of a field."""
    texts = [c.text for r in rows_of(value) for c in r.cells.values()]
    if not texts and isinstance(value.value, tuple):
        texts = [entry for entry in value.value if isinstance(entry, str)]
    yield from (key for text in texts or value.text.split("\n") if (key := text_key(text)))


def _found(key: str, theirs: list[str]) -> str:
    if key in theirs:
        return "yes"
    if any(_within(key, other) or _within(other, key) for other in theirs):
        return "yes"
    from rapidfuzz.fuzz import token_sort_ratio
    from rapidfuzz.process import extractOne

    return "near" if extractOne(key, theirs, scorer=token_sort_ratio, score_cutoff=_NEAR) else "no"


def _within(part: str, whole: str) -> bool:
    return part.count(" ") + 1 >= _PHRASE and f" {part} " in f" {whole} "
