"""Obligations × rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from checker.packs.pack import Pack

State = Literal["ruled", "unchecked", "pending"]


class Covered(msgspec.Struct, frozen=True):
    """One obligation; the fields of the JSON contract, in its order."""

    id: str
    numeral: str
    state: State
    rules: tuple[str, ...]
    reason: str | None
    """Why no machine can check it, for ``unchecked``."""


class Coverage(msgspec.Struct, frozen=True):
    """What ``vobo rules coverage --format json`` prints."""

    obligations: tuple[Covered, ...]


def coverage(packs: Sequence[Pack]) -> Coverage:
    """Every obligation of the packs. One with neither rules nor a reason counts as pending: nothing checks it."""
    return Coverage(tuple(item for pack in packs for item in _of(pack)))


def _of(pack: Pack) -> list[Covered]:
    rules: dict[str, dict[str, None]] = {}
    for rule in pack.every_rule:
        for served in rule.obligations:
            rules.setdefault(served, {})[rule.head.id] = None
    found = []
    for name, obligation in sorted(pack.obligations.items()):
        state: State = "ruled" if name in rules else "unchecked" if obligation.unchecked else "pending"
        reason = (obligation.reason or obligation.unchecked) if state == "unchecked" else None
        found.append(Covered(name, obligation.numeral, state, tuple(rules.get(name, ())), reason))
    return found
