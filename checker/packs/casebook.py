"""What a pack says of cases, converted when a case first asks: checks of documents do without it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import msgspec

from checker.packs.derive_steps import derived_case_rules
from checker.packs.model import RuleHead
from checker.packs.pack import CaseData
from checker.packs.procedures import Procedure
from checker.packs.rule import Rule


class Casebook(msgspec.Struct, frozen=True, dict=True):
    """Procedures by id, and the rules on their cases."""

    procedures: dict[str, Procedure]
    rules: tuple[Rule, ...]
    """Declared and derived, by id."""

    @cached_property
    def _by_procedure(self) -> dict[str, tuple[Rule, ...]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.head.on.case or "", []).append(rule)
        return {name: tuple(rules) for name, rules in found.items()}

    def rules_on(self, procedure: str) -> tuple[Rule, ...]:
        """The rules on cases of one procedure."""
        return self._by_procedure.get(procedure, ())


def casebook_of(data: CaseData) -> Casebook:
    """The casebook that ``data`` makes."""
    procedures: dict[str, Procedure] = {}
    rules: list[Rule] = []
    for name, held in data.procedures.items():
        procedure = msgspec.convert(held, Procedure)
        procedures[procedure.id] = procedure
        rules.extend(derived_case_rules(procedure, name))
    rules.extend(_declared(data))
    return Casebook(procedures, tuple(sorted(rules, key=lambda r: r.head.id)))


def _declared(data: CaseData) -> Iterator[Rule]:
    for name, entry, kind in data.rules:
        head = {key: value for key, value in entry.items() if key != kind}
        yield Rule(msgspec.convert(head, RuleHead), kind, entry[kind], name)
