"""Typed errors of reading."""

from __future__ import annotations


class Unreadable(Exception):
    """The file cannot be read. ``reason`` is one line in Spanish that says why and what to do.

    ``code`` is a stable slug: ``empty``, ``truncated``, ``encrypted``, ``legacy-format``, ``zip-bomb``, ``xml-bomb``, ``too-large``,
    ``too-many-pages``, ``too-many-cells``, ``not-found``, ``not-a-file``, ``permission``, ``unknown-format``, ``malformed``, ``timeout``,
    ``memory``, ``crashed``.
    """

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason

    def __reduce__(self) -> tuple[type[Unreadable], tuple[str, str]]:
        return (Unreadable, (self.code, self.reason))
