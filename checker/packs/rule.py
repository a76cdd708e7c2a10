"""A rule as it runs."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import msgspec

from checker.kinds import case_kind, kind
from checker.packs.model import RuleHead


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
            else msgspec.convert(self.words, (case_kind if self.head.on.case else kind)(self.kind).Params)
        )

    @property
    def obligations(self) -> tuple[str, ...]:
        """Every obligation that it serves, that of its id first."""
        return tuple(dict.fromkeys((self.head.id.split(".")[0], *self.head.obligations)))
