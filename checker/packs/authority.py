"""Who may do what in an organisation (``authority.yaml``): its units with their numerals, and the functions that these give them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from checker.packs.model import Slug

Verb = Literal[
    "elaborar",
    "validar",
    "visto-bueno",
    "aprobar",
    "autorizar",
    "acordar",
    "acreditar",
    "determinar",
    "dirigir",
    "establecer",
    "expedir",
    "instruir",
    "integrar",
    "proponer",
    "seleccionar",
    "suscribir",
]
"""What a unit does with an object. The first five are in order of rank; the others have none."""
Numeral = Annotated[str, msgspec.Meta(pattern=r"^[0-9]+(\.[0-9]+)*$")]
Count = Annotated[int, msgspec.Meta(ge=1)]


class Power(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One function: under subnumeral ``at`` of its unit somebody does ``verb`` with ``object``."""

    at: Count
    verb: Verb
    object: str
    """The document or matter, in few words."""
    also: tuple[str, ...] = ()
    """Names by which people call it."""
    by: tuple[Slug, ...] = ()
    """Roles that do it, any of them, where that is another than the unit under whose numeral it stands."""
    of: tuple[Slug, ...] = ()
    """Units whose document it is, where a document of that name is of one of many."""
    into: Slug | None = None
    """Unit into whose document it is integrated."""
    via: Slug | None = None
    """Unit through which it goes there."""
    note: str = ""
    """A condition, as a sentence."""
    interpretation: str | None = None
    """Id of the interpretation on which the entry rests."""
    reading: Slug | None = None
    """The entry stands only under this reading of it."""


class Unit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A unit as the manual describes it. Its names stand in ``roles.yaml``, under the same id."""

    numeral: Numeral
    functions: Count
    """Subnumerals of its numeral: 1 … this."""
    under: Slug | None = None
    """Unit above it, or a role outside the register that is its superior."""
    powers: tuple[Power, ...] = ()


Authority = dict[Slug, Unit]
"""``authority.yaml``: id of a role → the unit that it heads."""
