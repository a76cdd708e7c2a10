"""How text reports show weight: colours of verdicts and severities, and their marks."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

_CODES: Mapping[str, str] = {
    "bold": "1",
    "dim": "2",
    "compliant": "1;32",
    "noncompliant": "1;31",
    "undetermined": "1;33",
    "unreadable": "1;35",
    "error": "31",
    "warning": "33",
    "info": "34",
}
_ASCII: Mapping[str, str] = {"✔": "+", "✘": "x"}


class Style(msgspec.Struct, frozen=True):
    """How a stream is written to."""

    colour: bool = False
    unicode: bool = True
    """The stream's encoding has the marks ✔ and ✘."""

    def paint(self, name: str, text: str) -> str:
        """``text`` in the colour of a verdict, a severity, ``bold`` or ``dim``."""
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self.colour and text else text

    def bold(self, text: str) -> str:
        """What a reader looks for first."""
        return self.paint("bold", text)

    def dim(self, text: str) -> str:
        """What a reader may skip."""
        return self.paint("dim", text)

    def mark(self, mark: str) -> str:
        """``mark``, or what stands for it in ASCII."""
        return mark if self.unicode else _ASCII.get(mark, mark)


PLAIN = Style()
