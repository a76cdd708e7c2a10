"""``window``: something takes place in certain months of the year, or on certain days of the month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from checker.cases.model import Case
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams, silence
from checker.kinds.cases.telling import called, happened, subject
from checker.kinds.protocol import Context
from checker.kinds.values import capital
from checker.packs.procedures import Events
from checker.spanish.saying import MONTH_NAMES, joined


class Params(CaseParams, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Words of the kind."""

    of: Events
    months: tuple[Annotated[int, msgspec.Meta(ge=1, le=12)], ...] = tuple(range(1, 13))
    """Months of any year."""
    days: tuple[Annotated[int, msgspec.Meta(ge=1, le=31)], Annotated[int, msgspec.Meta(ge=1, le=31)]] = (1, 31)
    """First and last day of the month, both included."""


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Events outside the months or days, and those whose date cannot be read."""
    for step in case.select(params.of) if params.asked(case) else ():
        first, last = params.days
        if step.day is not None and step.day.month in params.months and first <= step.day.day <= last:
            continue
        words = {"what": called(case, params.of, step), "when": happened(case, step)}
        about = subject(params.of, step)
        silent = silence(case, "at") if step.day is None else ""
        attributes: dict[str, str | int | bool] = {"dated": step.day is not None, "silent": silent}
        yield Fact("window", rule, attributes, about, step.place, step.quote, words=words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Outside; or without a date that can be read."""
    return (
        Clause("window", rule, (Test("dated", "==", True),), "violated", "outside"),
        Clause("window", rule, (Test("dated", "==", False),), "undetermined", "undated"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The event, and when it should have been."""
    what, due = capital(fact.words["what"]), _window(params)
    if say == "undated":
        return f"{what} debe ocurrir {due}; el registro no da una fecha que pueda leerse."
    return f"{what} consta {fact.words['when']}, y debe ocurrir {due}."


def _window(params: Params) -> str:
    months = sorted(set(params.months))
    first, last = params.days
    said = [f"entre los días {first} y {last}"] if params.days != (1, 31) else []
    if len(months) == 12:
        said.append("de cada mes")
    elif len(months) > 2 and months == list(range(months[0], months[-1] + 1)):
        said.append(f"de {MONTH_NAMES[months[0] - 1]} a {MONTH_NAMES[months[-1] - 1]}")
    else:
        said.append(f"{'de' if params.days != (1, 31) else 'en'} {joined([MONTH_NAMES[m - 1] for m in months])}")
    return " ".join(said)
