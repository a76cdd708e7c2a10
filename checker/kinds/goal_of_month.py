"""``goal_of_month``: what a monthly report reached against the goal that the yearly programme sets for that month."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.comparing import place_of, text_key
from checker.kinds.protocol import Context
from checker.kinds.values import MONTHS, capital, field_title, rows_of, short, the_row
from checker.recognise.model import FieldValue, Period, Recognised, Row


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    table: str
    by: str
    """Column that tells which row is which; ``own=other`` where the programme calls it otherwise."""
    month: str
    """Field of kind ``period``: the month reported."""
    other: str
    """Table of the programme, with a column for each month, by its name."""
    reached: str | None = None
    """Column of what was reached: it is not below the goal."""
    states: str | None = None
    """Column that states the goal: it is the same."""

    def __post_init__(self) -> None:
        if bool(self.reached) == bool(self.states):
            raise ValueError("goal_of_month takes either `reached` or `states`")


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each row that the programme has too reached its goal, or states it; silent without the month, the goal or the figure."""
    other = context.other
    assert other is not None, "a rule across documents is observed only with the other one"
    month = _month(submission.fields[params.month])
    if month is None:
        return
    column = params.reached or params.states or ""
    own_name, _, other_name = params.by.partition("=")
    goals = {_key(r, other_name or own_name): r for r in rows_of(other.fields.get(params.other, FieldValue("absent")))}
    for row in rows_of(submission.fields[params.table]):
        goal_row = goals.get(_key(row, own_name))
        figure, goal = row.cells[column], goal_row.cells.get(month) if goal_row else None
        if goal is None or goal_row is None or not (_is_number(figure) and _is_number(goal)):
            continue
        words = {
            "row": the_row(submission, params.table, row),
            "of": short(row.text),
            "title": field_title(submission, params.table, column),
            "given": figure.text,
            "goal": goal.text,
            "month": month,
            "where": place_of(other.path, goal.place or goal_row.place),
        }
        own, asked = Decimal(str(figure.value)), Decimal(str(goal.value))
        met = own >= asked if params.reached else own == asked
        subject = f"{params.table}[{row.index}].{column}"
        yield Fact("goal_of_month", rule, {"met": met}, subject, figure.place or row.place, figure.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """The goal was not met, or is another."""
    say = "short" if params.reached else "other"
    return (Clause("goal_of_month", rule, (Test("met", "==", False),), "violated", say),)


def message(params: Params, fact: Fact, say: str) -> str:
    """The figure and the goal."""
    w = fact.words
    told = f"«{w['title']}» dice {w['given']}"
    goal = f"la meta es {w['goal']} ({w['where']})"
    row = f"{w['row']} («{w['of']}»)" if w["of"] else w["row"]
    if say == "other":
        return f"En {row} {told}; en el programa anual, {goal} para {w['month']}."
    return f"{capital(row)} no alcanzó su meta de {w['month']}: {told} y {goal}."


def _month(value: FieldValue) -> str | None:
    """Name of the month that the period is, None where it is not one month."""
    period = value.value
    if not isinstance(period, Period):
        return None
    same = (period.start.year, period.start.month) == (period.end.year, period.end.month)
    return MONTHS[period.start.month - 1] if same else None


def _key(row: Row, column: str) -> str:
    return text_key(row.cells[column].text)


def _is_number(value: FieldValue) -> bool:
    return value.state == "present" and isinstance(value.value, int | Decimal)
