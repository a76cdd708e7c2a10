"""``range``: a number lies between two limits, both included."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import called, data_of
from checker.kinds.protocol import Context
from checker.kinds.values import short
from checker.recognise.model import Recognised
from checker.spanish.numbers import read_number


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind; one limit may be left open."""

    field: str
    at_least: int | float | None = None
    at_most: int | float | None = None

    def __post_init__(self) -> None:
        if self.at_least is None and self.at_most is None:
            raise ValueError("range takes `at_least`, `at_most` or both")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError("`at_least` is above `at_most`")


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Where each number lies; silent where there is none, and where what stands there is told to be no number."""
    low, high = _exact(params.at_least), _exact(params.at_most)
    for datum in data_of(submission, params.field):
        if datum.value.problem:
            continue
        value = datum.value.value
        number = Decimal(value) if isinstance(value, int | Decimal) else read_number(datum.text)
        if number is None:
            lies = "unknown"
        elif low is not None and number < low:
            lies = "below"
        else:
            lies = "above" if high is not None and number > high else "inside"
        words = {}
        if lies != "inside":
            words = {"called": called(submission, params.field, datum.row), "given": short(datum.text)}
        yield Fact("range", rule, {"lies": lies}, datum.subject, datum.place, datum.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Below, above, or no number to compare."""
    return (
        Clause("range", rule, (Test("lies", "==", "below"),), "violated", "below"),
        Clause("range", rule, (Test("lies", "==", "above"),), "violated", "above"),
        Clause("range", rule, (Test("lies", "==", "unknown"),), "undetermined", "unknown"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The number and the limits."""
    w = fact.words
    if say == "unknown":
        return f"No se pudo determinar {w['called']}: en «{w['given']}» no se distingue un solo número."
    if params.at_least is not None and params.at_most is not None:
        limits = f"debe estar entre {_shown(params.at_least)} y {_shown(params.at_most)}"
    elif params.at_least is not None:
        limits = f"debe ser al menos {_shown(params.at_least)}"
    else:
        limits = f"debe ser a lo sumo {_shown(params.at_most)}"
    return f"{w['called']} dice «{w['given']}»; {limits}."


def _exact(limit: int | float | None) -> Decimal | None:
    return None if limit is None else Decimal(str(limit))


def _shown(limit: int | float | None) -> str:
    return f"{limit:,}" if isinstance(limit, int) else f"{limit:g}"
