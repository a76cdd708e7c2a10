"""Tables of a norm (``tables/*.yaml``): closed lists of names, and decision tables with explicit intervals."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

import msgspec

from checker.packs.model import Name, Slug
from checker.spanish.text import flat

Interval = Annotated[str, msgspec.Meta(pattern=r"^[\[(] *-?[0-9]+(\.[0-9]+)? *, *-?[0-9]+(\.[0-9]+)? *[\])]$")]
"""``[1, 5]``, ``(5, 10]``: square where the end belongs to it."""


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A closed list: name → other ways to write it. Case, accents and spaces do not matter."""

    id: Slug
    title: str
    source: str
    entries: dict[str, tuple[str, ...]]

    @cached_property
    def _names(self) -> dict[str, str]:
        return {flat(written): name for name, others in self.entries.items() for written in (name, *others)}

    def find(self, written: str) -> str | None:
        """The name that ``written`` stands for, None when it is none of the list."""
        return self._names.get(" ".join(flat(written).split()))


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a decision table: where every input lies in its interval, the outputs are these."""

    when: dict[Name, Interval]
    then: dict[Name, str]
    interpretation: str | None = None
    reading: Slug | None = None
    """The line stands only under this reading of the interpretation."""


class DecisionTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision table: ``inputs`` bounds each number, ``lines`` cover what lies within, each point once."""

    id: Slug
    title: str
    source: str
    inputs: dict[Name, Interval]
    lines: tuple[Line, ...]
