"""``activities``: the table of activities of each procedure of a norm hangs together.

``numbering``: consecutive from 1 · ``references``: to an activity that exists, and is another · ``ends``: every way through reaches an
end · ``decisions``: a question and where each answer leads · ``filled``: each has who and documents · ``total``: as many as declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import short
from checker.norms.activities import Activity, Procedure, procedures
from checker.norms.text import norm_text
from checker.recognise.model import Recognised

_SAYS = {
    "numbering": ("number",),
    "references": ("nowhere", "itself"),
    "ends": ("endless",),
    "decisions": ("no-question", "no-branches"),
    "filled": ("no-one", "no-papers"),
    "total": ("total",),
}


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    ask: Literal["numbering", "references", "ends", "decisions", "filled", "total"]
    documents: bool = True
    """``filled`` asks for documents too, where the table has a column for them."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact for each activity (``total``: each procedure); of a table that lost its numbers, that it did."""
    found = procedures(norm_text(submission.document))
    if not found:
        yield Fact("activities", rule, {"state": "unread"}, "procedimientos", None, "", (), {"of": ""})
    for number, procedure in enumerate(found, 1):
        subject = f"procedimientos[{number}]"
        words = {"of": short(procedure.name) or str(number)}
        if procedure.lost and params.ask != "total":
            yield Fact("activities", rule, {"state": "lost"}, subject, procedure.line.place, "", (), words)
        elif params.ask == "total":
            counted = sum(a.number.isdigit() for a in procedure.activities)
            wrong = procedure.total is not None and procedure.total != counted
            words |= {"total": str(procedure.total), "counted": str(counted)}
            state = "total" if wrong else "right"
            yield Fact("activities", rule, {"state": state}, subject, procedure.line.place, "", (), words)
        else:
            yield from _each(rule, params, procedure, subject, words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """What is asked, and what could not be read."""
    told = [Clause("activities", rule, (Test("state", "==", s),), "violated", s) for s in _SAYS[params.ask]]
    doubts = [Clause("activities", rule, (Test("state", "==", s),), "undetermined", s) for s in ("lost", "unread")]
    return (*told, *doubts)


def message(params: Params, fact: Fact, say: str) -> str:
    """The activity by its number and procedure."""
    w = fact.words
    where = f"La actividad {w.get('number')} de «{w['of']}»"
    return {
        "number": f"En «{w['of']}» a la actividad {w.get('before')} sigue la {w.get('number')}: la numeración no es consecutiva.",
        "nowhere": f"{where} remite a la actividad {w.get('to')}, que no existe.",
        "itself": f"{where} remite a sí misma.",
        "endless": f"{where} no llega al término del procedimiento.",
        "no-question": f"{where} tiene ramas SI o NO sin la pregunta que se decide.",
        "no-branches": f"{where} pregunta «{w.get('question')}» y no da destino a ambas respuestas (SI y NO).",
        "no-one": f"{where} no señala responsable.",
        "no-papers": f"{where} no señala documentos o productos.",
        "total": f"«{w['of']}» declara {w.get('total')} actividades y contiene {w.get('counted')}.",
        "lost": f"La numeración de las actividades de «{w['of']}» no se pudo leer completa en el archivo.",
        "unread": "No se encontró ninguna tabla de actividades que se pueda leer.",
    }[say]


def _each(rule: str, params: Params, procedure: Procedure, subject: str, words: dict[str, str]) -> Iterator[Fact]:
    numbers = [a.number for a in procedure.activities]
    reach = _reaching(procedure)
    before = "0"
    for position, activity in enumerate(procedure.activities):
        told = {**words, "number": activity.number, "before": before}
        match params.ask:
            case "numbering":
                state = _numbering(activity, before)
            case "references":
                state = _reference(activity, numbers, told)
            case "ends":
                state = "right" if position in reach else "endless"
            case "decisions":
                state = _decision(activity, told)
            case _:
                state = _filled(activity, params.documents)
        if activity.number.isdigit():
            before = activity.number
        place = f"{subject}.actividades[{activity.number}]"
        yield Fact("activities", rule, {"state": state}, place, activity.line.place, short(activity.text), (), told)


def _numbering(activity: Activity, before: str) -> str:
    if not activity.number.isdigit():
        return "right"
    return "right" if int(activity.number) == int(before) + 1 else "number"


def _reference(activity: Activity, numbers: list[str], told: dict[str, str]) -> str:
    for to in activity.jumps:
        if to == activity.number:
            return "itself"
        if to not in numbers:
            told["to"] = to
            return "nowhere"
    return "right"


def _decision(activity: Activity, told: dict[str, str]) -> str:
    told["question"] = short(activity.question)
    answers = activity.answers
    if activity.question:
        return "right" if answers.get("si") and answers.get("no") else "no-branches"
    return "no-question" if len(answers) == 2 and len(activity.jumps) >= 2 else "right"


def _filled(activity: Activity, documents: bool) -> str:
    if not activity.who:
        return "no-one"
    return "no-papers" if documents and activity.papers == "" else "right"


def _reaching(procedure: Procedure) -> set[int]:
    """Positions of the activities from which an end can be reached."""
    activities = procedure.activities
    at = {a.number: n for n, a in reversed(list(enumerate(activities)))}
    onward: list[set[int]] = []
    for n, activity in enumerate(activities):
        targets = {at[to] for to in activity.jumps if to in at and at[to] != n}
        always = bool(activity.jumps) and (not activity.answers or len(activity.answers) == 2)
        if n + 1 < len(activities) and not always and not (activity.ends and not activity.answers):
            targets.add(n + 1)
        onward.append(targets)
    reaching = {n for n, a in enumerate(activities) if a.ends}
    grown = True
    while grown:
        more = {n for n, targets in enumerate(onward) if n not in reaching and targets & reaching}
        grown = bool(more)
        reaching |= more
    return reaching
