"""``step``: an activity takes place where the flow has it."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.cases.course import Deviation
from checker.cases.model import Case, Step
from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.cases.telling import the_activity
from checker.kinds.protocol import Context
from checker.spanish.saying import either, spoken


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    activity: str


_KINDS = ("skipped", "gap", "begun-late", "moved", "repeated", "stray", "open-loop", "abandoned")


def observe(rule: str, params: Params, case: Case, context: Context) -> Iterator[Fact]:
    """Each way in which the course of the case leaves the flow at this activity."""
    for deviation in case.deviations_of(params.activity):
        words = {
            "activity": case.name(params.activity),
            "after": _said(case, deviation.after),
            "before": _said(case, deviation.before),
            "until": case.name(deviation.until) if deviation.until else "",
            "due": _due(case, deviation),
            "day": spoken(deviation.step.day) if deviation.step and deviation.step.day else "",
        }
        anchor = deviation.step or deviation.after or deviation.before
        yield Fact(
            "step",
            rule,
            {"deviation": deviation.kind, "doubtful": deviation.doubtful},
            params.activity,
            anchor.place if anchor else case.record.place,
            anchor.quote if deviation.step and anchor else "",
            words=words,
        )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Every deviation; one that rests on an order that the record's times leave open is only a doubt."""
    violated = (
        Clause("step", rule, (Test("deviation", "==", kind), Test("doubtful", "==", False)), "violated", kind)
        for kind in _KINDS
    )
    doubt = Clause(
        "step", rule, (Test("deviation", "==", "moved"), Test("doubtful", "==", True)), "undetermined", "order"
    )
    return (*violated, doubt)


def message(params: Params, fact: Fact, say: str) -> str:
    """The activity, and where it should stand."""
    w = fact.words
    activity, when = f"La actividad {w['activity']}", f", el {w['day']}" if w["day"] else ""
    place = _place(w["after"], w["before"])
    if say == "gap":
        return f"No constan las actividades de {the_activity(w['activity'])} a {the_activity(w['until'])}, que debieron ocurrir {place}."
    if say == "begun-late":
        return f"El registro comienza en la actividad {w['before']}: no constan las anteriores, desde {the_activity(w['activity'])}."
    if say == "skipped":
        return f"{activity} no consta en el registro: debió ocurrir {place}."
    if say == "moved":
        return f"{activity} consta fuera de orden{when}: debió ocurrir {place}."
    if say == "order":
        return (
            f"{activity} consta fuera de orden{when}, pero el registro no da la hora: no puede asegurarse que no "
            f"ocurriera {place}."
        )
    if say == "repeated":
        return f"{activity} consta otra vez{when}, sin que el procedimiento la repita en ese punto."
    if say == "stray":
        return f"{activity} consta{when}, donde el procedimiento no la tiene{_follows(w['after'])}."
    if say == "open-loop":
        back = the_activity(w["activity"])
        return (
            f"El asunto se devolvió y no consta que volviera: después de la actividad {w['after']} debía seguir {back}."
        )
    started = f"se detuvo después de la actividad {w['after']}" if w["after"] else "no se inició"
    return f"El asunto {started}: no consta la actividad {w['due']}, que debía seguir, ni las posteriores."


def _follows(after: str) -> str:
    return f": no puede seguir a {the_activity(after)}" if after else ""


def _due(case: Case, deviation: Deviation) -> str:
    """Where a case broke off: whatever might have followed, as far as its outcome tells."""
    step = deviation.after
    if deviation.kind != "abandoned" or step is None or step.activity is None:
        return case.name(deviation.activity)
    activity = case.procedure.activities[step.activity]
    branch = activity.decides.get(step.outcome or "")
    names = (branch.next if branch else activity.may_follow) or (deviation.activity,)
    return either([case.name(name) for name in names])


def _said(case: Case, step: Step | None) -> str:
    return case.name(step.activity) if step is not None and step.activity else ""


def _place(after: str, before: str) -> str:
    if after and before:
        return f"después de {the_activity(after)} y antes de {the_activity(before)}"
    if after:
        return f"después de {the_activity(after)}"
    return f"antes de {the_activity(before)}" if before else "en el procedimiento"
