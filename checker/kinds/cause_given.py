"""``cause_given``: where a row reports no progress, it says why."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.selection import number_of
from checker.kinds.values import capital, field_title, of_the, rows_of, short, the_row
from checker.recognise.model import Recognised
from checker.spanish.text import flat, is_placeholder, squeeze

_CAUSE = re.compile(
    r"\b(?:debido|porque|por\s+(?:falta|causas?|motivos?|razon|razones|encontrarse|haber|tratarse|cambios?)|a causa|a raiz|"
    r"en virtud|toda vez|ya que|derivado|dado que|puesto que|por lo que|motivos?|causas?|(?:se )?reprogram\w+|pospuest\w+|"
    r"se pospus\w+|no se program\w+|no estaba programad\w+|sin programacion|(?:esta|encuentra|tiene|estan) programad\w+|"
    r"programad\w+ para|se iniciar\w+|iniciar\w* en|en espera|pendient\w+ de|se cancel\w+|suspend\w+)\b"
)
_NONE = re.compile(
    r"^(?:sin|no (?:hubo|hay|existio|existe|se (?:tiene|tuvo|registro|reporta|reporto|presento))|ningun[oa]?)?\s*(?:de\s+)?(?:ningun\s+)?"
    r"(?:avances?|actividad(?:es)?|acciones|movimientos?|novedad(?:es)?|progresos?)?(?:\s+(?:en el|durante el|en este|al)\s+"
    r"(?:periodo|trimestre|cierre)(?:\s+que se (?:informa|reporta))?)?\s*\.?$"
)


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    table: str
    progress: str
    """Column with the number whose zero is no progress."""
    column: str
    """Column in which the cause is told."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Of each row without progress, whether its words give a cause; silent where the words are missing, which ``required`` tells."""
    title = field_title(submission, params.table, params.column)
    for row in rows_of(submission.fields[params.table]):
        cell = row.cells[params.column]
        if number_of(row.cells[params.progress]) != 0 or cell.state != "present":
            continue
        folded = squeeze(flat(cell.text))
        bare = is_placeholder(cell.text) or bool(_NONE.match(folded))
        given = "no" if bare else "yes" if _CAUSE.search(folded) else "unsure"
        words = {"title": title, "row": the_row(submission, params.table, row), "said": short(cell.text)}
        subject = f"{params.table}[{row.index}].{params.column}"
        yield Fact("cause_given", rule, {"given": given}, subject, cell.place or row.place, cell.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """No cause, or none that is told as such."""
    return (
        Clause("cause_given", rule, (Test("given", "==", "no"),), "violated", "no"),
        Clause("cause_given", rule, (Test("given", "==", "unsure"),), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The row and what it says."""
    w = fact.words
    if say == "unsure":
        return f"No se pudo confirmar que «{w['title']}» {of_the(w['row'])}, sin avance, indique la causa: dice «{w['said']}»."
    return f"{capital(w['row'])} no reporta avance y «{w['title']}» («{w['said']}») no indica la causa."
