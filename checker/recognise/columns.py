"""Fields that a column also answers: a standing section serves the rows that lack it; a column makes the field present."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from checker.findings import State
from checker.packs.model import DocumentType
from checker.recognise.model import FieldValue, Period, Row
from checker.recognise.scalars import date_value
from checker.spanish.dates import read_period


def derive_from_columns(document_type: DocumentType, fields: dict[str, FieldValue]) -> None:
    """Fields that a column also answers, both ways: a standing section serves the rows that lack it; a column makes the field present."""
    for name, field in document_type.fields.items():
        if not field.any_of_column:
            continue
        table, column = field.any_of_column.split(".")
        standing, rows = fields[name], fields[table].value
        if not isinstance(rows, tuple) or not rows:
            continue
        spec = document_type.fields[table].columns[column]
        if standing.state == "present" and isinstance(standing.value, tuple):
            fields[table] = replace(fields[table], value=_served(rows, column, standing, spec.kind, fields))
            rows = fields[table].value
            assert isinstance(rows, tuple)
        cells = [r.cells[column] for r in rows if isinstance(r, Row)]
        filled = [c for c in cells if c.state == "present" and not c.problem]
        if filled and standing.state != "present":
            texts = tuple(dict.fromkeys(c.text for c in filled))
            fields[name] = FieldValue(
                "present", texts, filled[0].text, spec.title, filled[0].place, score=2.0, evidence=(f"column {column}",)
            )
        elif not filled and standing.state == "absent" and cells:
            worst = next((c for c in cells if c.state in ("undetermined", "present")), None)
            state: State = (
                "undetermined" if worst else ("empty" if any(c.state == "empty" for c in cells) else "absent")
            )
            fields[name] = FieldValue(
                state,
                place=cells[0].place,
                text=worst.text if worst else "",
                reason=(worst.reason or worst.problem) if worst else "",
            )


def _served(
    rows: tuple[object, ...], column: str, standing: FieldValue, kind: str, fields: dict[str, FieldValue]
) -> tuple[Row, ...]:
    """Rows with the entries of a standing section: one entry serves all; as many entries as rows serve one each."""
    entries = [str(e) for e in standing.value] if isinstance(standing.value, tuple) else []
    meeting = next((v.value for v in fields.values() if isinstance(v.value, dt.date)), None)
    year = next((v.value for v in fields.values() if isinstance(v.value, int)), None)
    served = []
    own = [r for r in rows if isinstance(r, Row)]
    for number, row in enumerate(own):
        if row.cells[column].state in ("present", "undetermined"):
            served.append(row)
            continue
        text = entries[number] if len(entries) == len(own) else "; ".join(entries)
        value = FieldValue("present", text, text[:200], standing.label, standing.place)
        if kind == "date":
            value = date_value(text, standing.place, meeting if isinstance(meeting, dt.date) else None)
            if len(entries) not in (1, len(own)):
                value = FieldValue(
                    "undetermined",
                    None,
                    text[:200],
                    standing.label,
                    standing.place,
                    reason="no se distingue cuál de las fechas corresponde al acuerdo",
                )
        elif kind == "period":
            period = read_period(text, year if isinstance(year, int) else None)
            if period is None:
                value = FieldValue(
                    "undetermined",
                    None,
                    text[:200],
                    standing.label,
                    standing.place,
                    reason=f"«{text[:60]}» no se pudo leer como fecha",
                )
            elif period.start and period.end:
                value = replace(value, value=Period(period.start, period.end))
            else:
                value = replace(value, value=None, problem="" if "no dice el año" in period.problem else period.problem)
        served.append(replace(row, cells={**row.cells, column: value}))
    return tuple(served)
