"""``window``: something takes place in certain months of the year, or on certain days of the month."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import msgspec

from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.asking import CaseParams, silence
from checker.kinds.cases.telling import besides, called, happened, subject
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
    """Events outside the months or days, and once those whose date cannot be read."""
    undated: list[Step] = []
    first, last = params.days
    for step in case.select(params.of) if params.asked(case) else ():
        if step.day is None:
            undated.append(step)
        elif step.day.month not in params.months or not first <= step.day.day <= last:
            yield _fact(rule, params, case, [step], {"dated": True})
    if undated:
        yield _fact(rule, params, case, undated, {"dated": False, "silent": silence(case, "at")})


def _fact(rule: str, params: Params, case: Case, steps: list[Step], attributes: dict[str, str | int | bool]) -> Fact:
    step = steps[0]
    words = {"what": called(case, params.of, step), "when": happened(case, step), "more": besides(len(steps))}
    return Fact("window", rule, attributes, subject(params.of, step), step.place, step.quote, words=words)


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
        return f"{what}{fact.words['more']} debe ocurrir {due}; el registro no da una fecha que pueda leerse."
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
