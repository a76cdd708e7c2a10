"""Rules that follow from the fields of a document type."""

from __future__ import annotations

from collections.abc import Iterator

from checker.kinds.required import Params
from checker.packs.model import DocumentType, Field, On, RuleHead
from checker.packs.pack import Rule


def derived_rules(document: DocumentType, origin: str) -> Iterator[Rule]:
    """``<obligation>.<name>`` for every field and column with ``required_by``: it stands there, is not empty, is valid.

    A field whose content a column also bears is told by itself only where there are no rows, so that each deviation is told once.
    """
    on = On(document=document.id)
    for name, field in document.fields.items():
        for column_name, column in field.columns.items():
            if column.required_by:
                yield Rule(
                    RuleHead(
                        id=f"{column.required_by}.{column.rule or _slug(column_name)}",
                        title=f"{document.title}: cada renglón de «{field.title}» lleva «{column.title}»",
                        on=on,
                        remedy=column.remedy,
                        severity=column.severity,
                        interpretation=column.interpretation,
                        reading=column.reading,
                    ),
                    "required",
                    Params(field=name, column=column_name),
                    origin,
                    derived=True,
                )
        if field.required_by:
            yield Rule(
                RuleHead(
                    id=f"{field.required_by}.{_slug(name)}",
                    title=f"{document.title}: lleva «{field.title}»",
                    on=on,
                    remedy=field.remedy,
                    severity=field.severity,
                ),
                "required",
                Params(field=name, at_least=field.at_least, unless_rows=_told_by_rows(document, field)),
                origin,
                derived=True,
            )


def _told_by_rows(document: DocumentType, field: Field) -> str | None:
    """The table whose rows tell what the field lacks: its column is owed too."""
    if not field.any_of_column:
        return None
    table, _, column_name = field.any_of_column.partition(".")
    column = document.fields[table].columns[column_name]
    return table if column.required_by else None


def _slug(name: str) -> str:
    return name.replace("_", "-")
