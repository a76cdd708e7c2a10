"""What a check kind is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from checker.engine.form import Clause
from checker.facts import Fact
from checker.recognise.model import FieldValue, Recognised

if TYPE_CHECKING:
    from checker.cases.model import Case
    from checker.packs.pack import Pack


class Related(msgspec.Struct, frozen=True):
    """Another submission of the same check, as far as rules across documents need it."""

    path: str
    type: str
    """``pack#type``."""
    title: str
    """Of its type, as the norm calls it."""
    fields: dict[str, FieldValue]


class Context(msgspec.Struct, frozen=True):
    """What an observation may know besides its own submission."""

    pack: Pack
    """What the norm says elsewhere: its roles, its tables."""
    readings: Mapping[str, str] = {}
    """The user's choices among interpretations."""
    other: Related | None = None
    """For a rule ``with`` another document: that document; such a rule is not observed without it."""
    others: tuple[Pack, ...] = ()
    """Other packs in force, for what their norms say that this one cites."""


class Kind(Protocol):
    """A module of :mod:`checker.kinds`, registered under the key that rules write."""

    Params: type[msgspec.Struct]

    def observe(self, rule: str, params: Any, submission: Recognised, context: Context) -> Iterator[Fact]:
        """Facts of kind ``t`` = the kind's name and ``k`` = ``rule``, one per subject, located; lazily or not, in document order."""
        ...

    def clauses(self, rule: str, params: Any) -> tuple[Clause, ...]:
        """When the rule answers, and with which sentence."""
        ...

    def message(self, params: Any, fact: Fact, say: str) -> str:
        """The sentence ``say`` about ``fact``, in administrative Spanish."""
        ...


class CaseKind(Protocol):
    """A module of :mod:`checker.kinds.cases`: as :class:`Kind`, but it observes a case."""

    Params: type[msgspec.Struct]

    def observe(self, rule: str, params: Any, case: Case, context: Context) -> Iterator[Fact]:
        """Facts about what is notable in the case: what is as it should be gives none, as cases are long and mostly right."""
        ...

    def clauses(self, rule: str, params: Any) -> tuple[Clause, ...]:
        """When the rule answers, and with which sentence."""
        ...

    def message(self, params: Any, fact: Fact, say: str) -> str:
        """The sentence ``say`` about ``fact``, in administrative Spanish."""
        ...
