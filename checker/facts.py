"""The flat records that rules see."""

from __future__ import annotations

import msgspec

from parsers.model import Place

Scalar = str | int | bool


class Fact(msgspec.Struct, frozen=True):
    """What an observation established about one subject.

    ``t`` is the check kind, ``k`` the rule's id; ``attributes`` is all that the evaluators see. The rest is for telling.
    """

    t: str
    k: str
    attributes: dict[str, Scalar]
    subject: str
    place: Place | None = None
    quote: str = ""
    rests_on: tuple[Place, ...] = ()
    """Other places that the answer depends on: the meeting's date, for an agreement that is due before it."""
    words: dict[str, str] = {}
    """Pieces of the message: names, dates, counts as text."""
