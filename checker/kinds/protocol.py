"""What a check kind is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from checker.engine.form import Clause
from checker.facts import Fact
from checker.recognise.model import Recognised

if TYPE_CHECKING:
    from checker.packs.pack import Pack


class Kind(Protocol):
    """A module of :mod:`checker.kinds`, registered under the key that rules write."""

    Params: type[msgspec.Struct]

    def observe(self, rule: str, params: Any, submission: Recognised, pack: Pack) -> Iterator[Fact]:
        """Facts of kind ``t`` = the kind's name and ``k`` = ``rule``, one per subject, located; lazily or not, in document order.

        ``pack`` gives what the norm says elsewhere: its roles.
        """
        ...

    def clauses(self, rule: str, params: Any) -> tuple[Clause, ...]:
        """When the rule answers, and with which sentence."""
        ...

    def message(self, params: Any, fact: Fact, say: str) -> str:
        """The sentence ``say`` about ``fact``, in administrative Spanish."""
        ...
