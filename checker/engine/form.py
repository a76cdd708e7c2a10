"""The intermediate form to which every check kind compiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checker.facts import Scalar
from checker.findings import Outcome

Operator = Literal["==", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Test:
    """``attribute operator value``; ordering only between ints. A fact without the attribute does not match."""

    __test__ = False  # not a pytest class

    attribute: str
    operator: Operator
    value: Scalar


@dataclass(frozen=True, slots=True)
class Clause:
    """All tests hold on one fact of kind ``t`` and key ``k`` → the rule answers ``outcome``.

    ``say`` names the sentence of the check kind that tells it. Clauses of one rule exclude each other.
    """

    t: str
    k: str
    tests: tuple[Test, ...]
    outcome: Outcome
    say: str


@dataclass(frozen=True, slots=True)
class Activation:
    """Clause ``clause`` (index) matched fact ``fact`` (index)."""

    fact: int
    clause: int
