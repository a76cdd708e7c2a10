"""The intermediate form to which every check kind compiles."""

from __future__ import annotations

from typing import Literal

import msgspec

from checker.facts import Scalar
from checker.findings import Outcome

Operator = Literal["==", "!=", "<", "<=", ">", ">="]


class Test(msgspec.Struct, frozen=True):
    """``attribute operator value``; ordering only between ints. A fact without the attribute does not match."""

    __test__ = False  # not a pytest class

    attribute: str
    operator: Operator
    value: Scalar


class Clause(msgspec.Struct, frozen=True):
    """All tests hold on one fact of kind ``t`` and key ``k`` → the rule answers ``outcome``.

    ``say`` names the sentence of the check kind that tells it. Clauses of one rule exclude each other.
    """

    t: str
    k: str
    tests: tuple[Test, ...]
    outcome: Outcome
    say: str


class Activation(msgspec.Struct, frozen=True):
    """Clause ``clause`` (index) matched fact ``fact`` (index)."""

    fact: int
    clause: int
