"""What the rules answered to the rows of a list: the first answers one by one, all others counted and named by their rows."""

from __future__ import annotations

import hashlib

import msgspec
from msgspec.structs import replace

from checker.evaluate import Located
from checker.findings import Location, Outcome
from checker.lists.ranges import Ranges
from parsers.model import Place

TOLD = 1_000
"""Findings of one rule that are told one by one."""


class _Rest(msgspec.Struct):
    """Rows of one sheet beyond those that were told."""

    place: Place
    """Of the first of them."""
    sheet: str
    rows: Ranges


class Tally:
    """Counts answers as they come, rule by rule in the order of the rows."""

    def __init__(self, table: str, told: int = TOLD) -> None:
        self._table = table
        self._most = told
        self._told: dict[str, list[Located]] = {}
        self._rest: dict[tuple[str, Outcome, str], _Rest] = {}

    def room(self, rule: str) -> int:
        """How many more answers of ``rule`` are told."""
        return self._most - len(self._told.get(rule, ()))

    def tell(self, item: Located) -> None:
        """An answer to be told by itself."""
        self._told.setdefault(item.finding.rule, []).append(item)

    def count(self, rule: str, outcome: Outcome, sheet: str, row: int, place: Place) -> None:
        """One more answer, of which only the row is kept."""
        rest = self._rest.get((rule, outcome, sheet))
        if rest is None:
            self._rest[rule, outcome, sheet] = rest = _Rest(place, sheet, Ranges())
        rest.rows.add(row)

    def located(self) -> list[Located]:
        """Everything that was answered, in the order of the rows; what was only counted comes last."""
        told = [item for items in self._told.values() for item in items]
        told.sort(key=lambda item: _order(item.place))
        return [*told, *(self._summed(*key, rest) for key, rest in self._rest.items())]

    def _summed(self, rule: str, outcome: Outcome, sheet: str, rest: _Rest) -> Located:
        """One finding for all the rows that were only counted."""
        like = self._told[rule]
        model = next((item for item in reversed(like) if item.finding.outcome == outcome), like[-1])
        many = rest.rows.count
        rows = f"{many:,} renglones más" if many > 1 else "un renglón más"
        noun = "filas" if rest.place.cell else "líneas"
        where = f" de la hoja «{sheet}»" if sheet else ""
        says = f"en {rows} tampoco se pudo determinar" if outcome == "undetermined" else f"en {rows} ocurre"
        message = (
            f"Además de los {len(like):,} casos que se señalan uno por uno, {says} lo mismo: "
            f"{noun} {rest.rows.told()}{where}."
        )
        identity = "\0".join((rule, self._table, outcome, sheet))
        return Located(
            replace(
                model.finding,
                outcome=outcome,
                subject=self._table,
                message=message,
                evidence="",
                location=Location.of(rest.place),
                fingerprint=hashlib.sha256(identity.encode()).hexdigest()[:16],
            ),
            rest.place,
        )


def _order(place: Place | None) -> tuple[int, int, int]:
    if place is None:
        return (0, 0, 0)
    return (place.page or 0, place.row or place.line or 0, place.column or 0)
