"""``named_apart``: things that their numbers tell apart do not bear the same text: no strategy is written twice."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.comparing import Likeness, text_key, text_likeness
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, rows_of, short
from checker.recognise.model import Recognised, Row

_AT_MOST = 500
"""Things compared pair by pair for likeness; beyond, only equal texts are told."""


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: columns of ``table``."""

    table: str
    column: str
    """The text."""
    number: str
    """The number that tells one from another; a text that a merged cell repeats has one number."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """The first text that each repeats, exactly or nearly; without numbers, a text that goes on from row to row is one."""
    things: dict[tuple[str, str], Row] = {}
    group, before = 0, ""
    for row in rows_of(submission.fields[params.table]):
        text, number = row.cells[params.column], row.cells[params.number]
        if text.state != "present":
            continue
        group += text_key(text.text) != before
        before = text_key(text.text)
        which = text_key(number.text) if number.state == "present" else f"#{group}"
        things.setdefault((which, before), row)
    rows = [(which, key, row) for (which, key), row in things.items()]
    title = field_title(submission, params.table, params.column)
    for n, (which, key, row) in enumerate(rows):
        repeats, other = "no", None
        for earlier_which, earlier_key, earlier in rows[:n]:
            if which == earlier_which:
                continue
            if key == earlier_key:
                repeats, other = "yes", earlier
                break
            if len(rows) <= _AT_MOST and text_likeness(key, earlier_key) is Likeness.NEAR:
                repeats, other = "near", earlier
        cell = row.cells[params.column]
        words = {"title": title, "text": short(cell.text), "number": row.cells[params.number].text}
        if other is not None:
            words |= {"other": short(other.cells[params.column].text), "as": other.cells[params.number].text}
        subject = f"{params.table}[{row.index}].{params.column}"
        yield Fact("named_apart", rule, {"repeats": repeats}, subject, cell.place or row.place, cell.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """The same text, or nearly."""
    return (
        Clause("named_apart", rule, (Test("repeats", "==", "yes"),), "violated", "yes"),
        Clause("named_apart", rule, (Test("repeats", "==", "near"),), "undetermined", "near"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """Both texts."""
    w = fact.words
    own = f"«{w['title']}» {w['number']}".strip()
    other = f"{w['as']} («{w['other']}»)" if w["as"] else f"«{w['other']}»"
    if say == "near":
        return f"{own} («{w['text']}») se parece mucho a {other}: confirme que no se duplica."
    return f"{own} repite el texto de {other}."
