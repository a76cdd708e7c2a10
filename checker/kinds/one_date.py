"""``one_date``: the date that a norm repeats (sheet of authorisation, running header, history of changes) is the same everywhere."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import spoken
from checker.norms.identity import parts_date
from checker.norms.text import Line, NormText, norm_text
from checker.recognise.model import Recognised
from checker.spanish.dates import find_dates
from checker.spanish.text import flat, squeeze


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """Field that holds the norm's date."""
    labels: tuple[str, ...] = ()
    """Labels in the body after which the date stands again: ``Fecha de aprobación del cambio``."""
    headers: bool = True
    """The running header bears it."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Each repetition against the one of the field; where the field has none, against the most repeated."""
    stated = submission.fields[params.field].value
    text = norm_text(submission.document)
    found = list(_repeated(text, params))
    if not found:
        return
    usual = stated if isinstance(stated, dt.date) else Counter(day for day, *_ in found).most_common(1)[0][0]
    for number, (day, line, where) in enumerate(found, 1):
        words = {"where": where, "day": spoken(day), "usual": spoken(usual)}
        yield Fact(
            "one_date", rule, {"same": day == usual}, f"fechas[{number}]", line.place, squeeze(line.text), (), words
        )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another date."""
    return (Clause("one_date", rule, (Test("same", "==", False),), "violated", "differs"),)


def message(params: Params, fact: Fact, say: str) -> str:
    """Where, which, and which it should be."""
    w = fact.words
    return f"{w['where']} lleva la fecha {w['day']} y el documento es del {w['usual']}."


def _repeated(text: NormText, params: Params) -> Iterator[tuple[dt.date, Line, str]]:
    if params.headers:
        for page in text.pages:
            words = squeeze(" ".join(line.text for line in page.margin))
            day = parts_date(flat(words)) or next((d.date for d in find_dates(words) if d.date), None)
            if day:
                where = f"El encabezado de la página {page.number}" if page.number else "El encabezado"
                yield day, page.margin[0], where
    labels = [re.compile(rf"(?<!\w){re.escape(squeeze(flat(label)))}(?!\w)") for label in params.labels]
    for line in text.body:
        words = line.flat
        label = next((n for n, pattern in enumerate(labels) if pattern.search(words)), None)
        day = next((d.date for d in find_dates(line.text) if d.date), None) if label is not None else None
        if label is not None and day:
            yield day, line, f"«{params.labels[label]}»"
