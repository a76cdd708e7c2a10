"""A pack as it runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from checker.packs.authority import Unit
from checker.packs.model import DocumentType, Interpretation, Obligation, PackInfo, Role
from checker.packs.rule import Rule
from checker.packs.tables import Catalogue, DecisionTable, Register

if TYPE_CHECKING:
    from checker.packs.casebook import Casebook

__all__ = ["Pack", "Rule"]


class CaseData(msgspec.Struct, frozen=True):
    """Files of a pack as parsed and known to be valid."""

    procedures: Mapping[str, Any] = {}
    """File → what it holds."""
    rules: Sequence[tuple[str, dict[str, Any], str]] = ()
    """File, head and kind with words of every rule ``on: {case: …}``."""


class Pack(msgspec.Struct, frozen=True, dict=True):
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
    """Those on documents, declared and derived, by id; for those on cases see ``casebook``."""
    path: Path
    authority: dict[str, Unit] = {}
    """Who may do what, by id of the role that heads the unit; empty where the norm is no manual of organisation."""
    case_data: CaseData = CaseData()
    """What it says of cases, as parsed."""

    @cached_property
    def casebook(self) -> Casebook:
        """Its procedures and the rules on their cases."""
        from checker.packs.casebook import casebook_of

        return casebook_of(self.case_data)

    @cached_property
    def role_names(self) -> tuple[tuple[str, str], ...]:
        """Every name, abbreviation and alias of a role, with the role's official name."""
        return tuple((n, r.name) for r in self.roles.values() for n in (r.name, *r.abbreviations, *r.aliases))

    @property
    def every_rule(self) -> tuple[Rule, ...]:
        """Those on documents and those on cases."""
        return (*self.rules, *self.casebook.rules)

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
