"""``pattern``: a value is written in a given shape: ``<n> horas``."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.data import called, data_of, recognised_letters
from checker.kinds.protocol import Context
from checker.kinds.shapes import compiled, fits
from checker.kinds.values import joined, short
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    shape: str | tuple[str, ...]
    """Literal text with ``<n>``, ``<n:10>``, ``<letters>``, ``<text>``; of several, one is enough."""

    def __post_init__(self) -> None:
        if not self.shapes:
            raise ValueError("pattern takes at least one shape")
        for shape in self.shapes:
            compiled(shape)

    @property
    def shapes(self) -> tuple[str, ...]:
        """The shapes, one or several."""
        return (self.shape,) if isinstance(self.shape, str) else self.shape


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each value has one of the shapes; silent where there is none."""
    read = recognised_letters(submission)
    for datum in data_of(submission, params.field):
        fine = any(fits(datum.text, shape) for shape in params.shapes)
        has = "yes" if fine else "unsure" if read(datum.place) else "no"
        words = {}
        if not fine:
            words = {"called": called(submission, params.field, datum.row), "given": short(datum.text)}
        yield Fact("pattern", rule, {"has": has}, datum.subject, datum.place, datum.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Of another shape; what OCR read is only a doubt."""
    return (
        Clause("pattern", rule, (Test("has", "==", "no"),), "violated", "no"),
        Clause("pattern", rule, (Test("has", "==", "unsure"),), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The value and how it should be written."""
    w = fact.words
    shapes = joined([f"«{_shown(shape)}»" for shape in params.shapes])
    form = f"la forma {shapes}" if len(params.shapes) == 1 else f"ninguna de las formas {shapes}"
    if say == "unsure":
        return f"No se pudo confirmar que {w['called']} tenga la forma {shapes}: por OCR se leyó «{w['given']}»."
    return f"{w['called']} dice «{w['given']}», que no tiene {form}."


def _shown(shape: str) -> str:
    """A shape as a person reads it: ``<número> horas``."""
    import re

    def told(match: re.Match[str]) -> str:
        kind, _, count = match[1].partition(":")
        if count:
            return f"<{count} dígitos>" if count != "1" else "<1 dígito>"
        return {"n": "<número>", "letters": "<letras>", "text": "<texto>"}[kind]

    return re.sub(r"<([^<>]*)>", told, shape)
