"""The identifiers that Mexican offices ask people for: CURP, NSS, RFC, telephone and e-mail.

Pure functions of text, a few microseconds each.

Every module has ``accepts`` (the fast yes to a value written as it should be), ``examine`` (what is to be said of any value) and
``problem_of`` (the same as one sentence, empty where the value is fine).
"""

from __future__ import annotations

from typing import Literal, Protocol, cast

from checker.identifiers.reading import Reading, Standing

__all__ = ["Identifier", "IdentifierName", "Reading", "Standing", "identifier"]

IdentifierName = Literal["curp", "nss", "rfc", "phone", "email"]


class Identifier(Protocol):
    """A module of this package."""

    def accepts(self, text: str) -> bool:
        """Whether ``text`` is written exactly as it should be, check digit included."""
        ...

    def examine(self, text: str) -> Reading:
        """How ``text`` stands, its normal form, and what is wrong."""
        ...

    def problem_of(self, text: str) -> str:
        """What is wrong with ``text``, in Spanish and without repeating it; empty where it is fine, at once or once normalised."""
        ...


def identifier(name: IdentifierName) -> Identifier:
    """The module of that name, imported when first asked for."""
    from importlib import import_module

    return cast(Identifier, import_module(f"checker.identifiers.{name}"))
