"""Looking a function up by where it stands in the manual: «7.1.1 (8)»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from checker.packs.authority import Power, Unit, Verb
from checker.packs.pack import Pack


class Found(msgspec.Struct, frozen=True):
    """A power with the unit under whose numeral it stands."""

    unit: str
    numeral: str
    power: Power

    @property
    def citation(self) -> str:
        """``7.1.1, subnumeral 8``."""
        return f"{self.numeral}, subnumeral {self.power.at}"


def every_power(authority: Mapping[str, Unit]) -> Iterator[Found]:
    """Every power under whatever reading, in the manual's order."""
    for name, unit in authority.items():
        yield from (Found(name, unit.numeral, power) for power in unit.powers)


def powers(pack: Pack, readings: Mapping[str, str]) -> Iterator[Found]:
    """The powers that stand under the user's choices among interpretations."""
    for found in every_power(pack.authority):
        asked, reading = found.power.interpretation, found.power.reading
        if asked is None or reading is None or pack.taken(asked, readings) == reading:
            yield found


def powers_at(pack: Pack, readings: Mapping[str, str], numeral: str, at: int, verb: Verb) -> tuple[Found, ...]:
    """Those of that subnumeral to do ``verb``."""
    return tuple(
        f for f in powers(pack, readings) if f.numeral == numeral and f.power.at == at and f.power.verb == verb
    )
