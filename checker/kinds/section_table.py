"""``section_table``: a section of a norm holds a table with certain columns, every cell filled, and the rows that it must have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.norms.headings import section_lines, title_form
from checker.norms.text import Line, norm_text
from checker.recognise.model import Recognised
from checker.spanish.text import flat, is_placeholder, squeeze


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    section: tuple[str, ...]
    """Titles of the section."""
    columns: tuple[str, ...]
    """Headers of the columns, in order; ways to write one are parted by ``|``."""
    lists: tuple[str, ...] = ()
    """What stands in the first cell of rows that it must have."""
    last_is: str | None = None
    """Field of the norm that stands in the first cell of the last row."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """The table, its columns, each row's empty cells, the rows that are not there."""
    lines = section_lines(norm_text(submission.document), params.section)
    title = params.section[0]
    header = next((n for n, line in enumerate(lines) if _is_header(line, params.columns)), None)
    if header is None:
        place = lines[0].place if lines else None
        text = norm_text(submission.document)
        state = "absent" if any(line.cells for line in text.lines) else "unread"
        yield Fact("section_table", rule, {"state": state}, "tabla", place, "", (), {"section": title})
        return
    rows = [line for line in lines[header + 1 :] if len([c for c in line.cells if c]) > 1]
    for number, row in enumerate(rows, 1):
        for column, cell in zip(params.columns, (*row.cells, *[""] * len(params.columns)), strict=False):
            state = "empty" if not cell or is_placeholder(cell) else "present"
            words = {"section": title, "column": column.split("|")[0], "row": squeeze(row.cells[0]) or str(number)}
            yield Fact("section_table", rule, {"state": state}, f"tabla[{number}]", row.place, row.text[:80], (), words)
    if not rows:
        yield Fact("section_table", rule, {"state": "absent"}, "tabla", lines[header].place, "", (), {"section": title})
        return
    for wanted in params.lists:
        there = any(title_form(wanted) in title_form(row.cells[0]) for row in rows)
        words = {"section": title, "row": wanted}
        yield Fact(
            "section_table", rule, {"state": "present" if there else "lacks"}, "tabla", rows[0].place, "", (), words
        )
    if params.last_is:
        value = submission.fields[params.last_is].text
        same = not value or squeeze(flat(value)) in squeeze(flat(rows[-1].cells[0]))
        words = {"section": title, "row": squeeze(rows[-1].cells[0]), "value": value}
        state = "present" if same else "last"
        yield Fact("section_table", rule, {"state": state}, f"tabla[{len(rows)}]", rows[-1].place, "", (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """No such table, an empty cell, a row that is not there, another last row; a file that keeps no tables."""
    states = ("absent", "empty", "lacks", "last")
    told = [Clause("section_table", rule, (Test("state", "==", s),), "violated", s) for s in states]
    return (*told, Clause("section_table", rule, (Test("state", "==", "unread"),), "undetermined", "unread"))


def message(params: Params, fact: Fact, say: str) -> str:
    """What the table lacks."""
    w = fact.words
    columns = ", ".join(c.split("|")[0] for c in params.columns)
    return {
        "absent": f"En «{w['section']}» no se encontró la tabla con las columnas {columns}.",
        "unread": f"No se pudo revisar la tabla de «{w['section']}»: el archivo no conserva ninguna tabla.",
        "empty": f"En «{w['section']}», el renglón «{w.get('row')}» no llena «{w.get('column')}».",
        "lacks": f"«{w['section']}» no incluye «{w.get('row')}».",
        "last": f"El último renglón de «{w['section']}» es «{w.get('row')}» y el documento es «{w.get('value')}».",
    }[say]


def _is_header(line: Line, columns: Sequence[str]) -> bool:
    cells = [title_form(cell) for cell in line.cells]
    return len(cells) >= len(columns) and all(
        any(title_form(way) in cell for way in column.split("|") for cell in cells) for column in columns
    )
