"""A pack as it runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from checker.kinds import kind
from checker.packs.authority import Unit
from checker.packs.model import DocumentType, Interpretation, Obligation, PackInfo, Role, RuleHead
from checker.packs.tables import Catalogue, DecisionTable, Register


class Rule(msgspec.Struct, frozen=True, dict=True):
    """One checkable statement.

    Two may share an id where one deviation shows in two places: a column, and the section that stands for it.
    """

    head: RuleHead
    kind: str
    """Key of the check kind in :mod:`checker.kinds`."""
    words: Any
    """The kind's words: an instance of its ``Params``, or the mapping of which one is made when the rule is first asked."""
    origin: str
    """File of the pack that says it, relative to the pack's folder."""
    derived: bool = False
    """Follows from ``required_by`` of a field or column; its examples stand in the document type."""

    @cached_property
    def params(self) -> Any:
        """The kind's words, an instance of its ``Params``; for a pack known to be valid the kind is loaded only here."""
        return (
            self.words
            if isinstance(self.words, msgspec.Struct)
            else msgspec.convert(self.words, kind(self.kind).Params)
        )

    @property
    def obligations(self) -> tuple[str, ...]:
        """Every obligation that it serves, that of its id first."""
        return tuple(dict.fromkeys((self.head.id.split(".")[0], *self.head.obligations)))


class Pack(msgspec.Struct, frozen=True):
    """One edition of a norm, validated; ids are keys."""

    info: PackInfo
    sha256: str
    """Of its files, names included."""
    roles: dict[str, Role]
    obligations: dict[str, Obligation]
    interpretations: dict[str, Interpretation]
    types: dict[str, DocumentType]
    tables: dict[str, Catalogue | DecisionTable | Register]
    rules: tuple[Rule, ...]
    """Declared and derived, by id."""
    path: Path
    authority: dict[str, Unit] = {}
    """Who may do what, by id of the role that heads the unit; empty where the norm is no manual of organisation."""

    def governs(self, day: dt.date) -> bool:
        """Whether this edition is in force on ``day``; an open end is in force."""
        start, end = self.info.in_force.start, self.info.in_force.end
        return (start is None or start <= day) and (end is None or day <= end)

    def cited(self, numeral: str) -> str:
        """A numeral as a person cites it."""
        for prefix, words in self.info.numerals.items():
            if numeral.startswith(prefix):
                return f"{words}{numeral.removeprefix(prefix)}"
        return numeral

    def taken(self, interpretation: str, readings: Mapping[str, str]) -> str | None:
        """Reading that holds: the user's choice, else the pack's own; None when there is no such interpretation."""
        known = self.interpretations.get(interpretation)
        return readings.get(interpretation, known.taken) if known else None

    def catalogue(self, name: str) -> Catalogue:
        """A closed list of the pack; raises ``KeyError`` where it has none of that name."""
        found = self.tables[name]
        if not isinstance(found, Catalogue):
            raise KeyError(name)
        return found

    def register(self, name: str) -> Register:
        """A register of instruments of the pack; raises ``KeyError`` where it has none of that name."""
        found = self.tables[name]
        if not isinstance(found, Register):
            raise KeyError(name)
        return found

    def decision_table(self, name: str) -> DecisionTable:
        """A decision table of the pack; raises ``KeyError`` where it has none of that name."""
        found = self.tables[name]
        if not isinstance(found, DecisionTable):
            raise KeyError(name)
        return found
