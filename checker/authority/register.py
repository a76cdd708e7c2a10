"""Looking a function up by where it stands in the manual: «7.1.1 (8)»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from checker.packs.authority import Power, Unit, Verb


class Found(msgspec.Struct, frozen=True):
    """A power with the unit under whose numeral it stands."""

    unit: str
    numeral: str
    power: Power

    @property
    def citation(self) -> str:
        """``7.1.1, subnumeral 8``."""
        return f"{self.numeral}, subnumeral {self.power.at}"


def powers(authority: Mapping[str, Unit]) -> Iterator[Found]:
    """Every power, in the manual's order."""
    for name, unit in authority.items():
        yield from (Found(name, unit.numeral, power) for power in unit.powers)


def unit_at(authority: Mapping[str, Unit], numeral: str) -> str | None:
    """Id of the unit whose numeral it is."""
    return next((name for name, unit in authority.items() if unit.numeral == numeral), None)


def powers_at(authority: Mapping[str, Unit], numeral: str, at: int, verb: Verb) -> tuple[Found, ...]:
    """The powers of that subnumeral to do ``verb``."""
    return tuple(f for f in powers(authority) if f.numeral == numeral and f.power.at == at and f.power.verb == verb)
