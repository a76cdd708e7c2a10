"""``shown``: what the norm has a document represent stands in a table, or perhaps in a picture."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact, Scalar
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, rows_of
from checker.recognise.model import Recognised
from parsers.model import paragraphs_of


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """Table field."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether the table has rows; where it has none, whether the document has pictures."""
    value = submission.fields[params.field]
    body = (p for p in paragraphs_of(submission.document.blocks) if p.origin in ("body", "textbox"))
    attributes: dict[str, Scalar] = {
        "rows": any(rows_of(value)),
        "unsure": value.state == "undetermined" or any(p.images for p in body),
    }
    words = {"title": field_title(submission, params.field)}
    yield Fact("shown", rule, attributes, params.field, value.place, value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Nowhere; or perhaps in a picture."""
    none = Test("rows", "==", False)
    return (
        Clause("shown", rule, (none, Test("unsure", "==", False)), "violated", "missing"),
        Clause("shown", rule, (none, Test("unsure", "==", True)), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What is not shown."""
    title = fact.words["title"]
    if say == "unsure":
        return f"No se pudo determinar «{title}»: el documento trae imágenes, que no se leen, y no los relaciona en una tabla."
    return f"El documento no muestra «{title}»: no se encontró la tabla que los relacione ni imagen alguna."
