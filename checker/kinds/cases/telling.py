"""How events of a case are called in a finding."""

from __future__ import annotations

from checker.cases.model import Case, Step
from checker.packs.procedures import Events
from checker.spanish.saying import either, joined, spoken


def called(case: Case, wanted: Events, step: Step | None = None) -> str:
    """``«Informe» (Entrega de informe)``, ``la actividad 37 («Elaborar …»)``; without a step, all that ``wanted`` may be."""
    names = (step.activity,) if step is not None and step.activity is not None else wanted.activity
    if wanted.artefact is not None:
        where = f" ({either([in_short(case, name) for name in names])})" if names else ""
        said = f"«{case.artefact_name(wanted.artefact)}»{where}"
    elif len(names) > 1:
        said = f"alguna de las actividades {either([case.name(name) for name in names])}"
    else:
        said = f"la actividad {case.name(names[0])}" if names else "una actividad"
    if step is None and wanted.outcome is not None:
        said += f" con el resultado «{wanted.outcome.replace('-', ' ')}»"
    if step is None and wanted.role is not None:
        said += f" a cargo de {case.role_name(wanted.role)}"
    return said


def in_short(case: Case, activity: str) -> str:
    """Between parentheses: ``actividad 37``, or its name where it has no number."""
    known = case.procedure.activities.get(activity)
    return known.name if known and (known.milestone or not activity[0].isdigit()) else f"actividad {activity}"


def any_called(case: Case, wanted: tuple[Events, ...]) -> str:
    """Several kinds of events, one of them."""
    return either([called(case, one) for one in wanted])


def dated(step: Step) -> str:
    """``del 3 de febrero de 2026``; the words of the record where they are no date."""
    if step.day is not None:
        return f"del {spoken(step.day)}"
    return f"con fecha «{step.event.at.text}»" if step.event.at else "sin fecha"


def happened(case: Case, step: Step) -> str:
    """``el 3 de febrero de 2026, a cargo de Titular de la Dirección``, as far as the record says it."""
    who = actor(case, step)
    at = step.event.at
    when = f"el {spoken(step.day)}" if step.day else f"con fecha «{at.text}»" if at else "sin fecha"
    return f"{when}, a cargo de {who}" if who else when


def actor(case: Case, step: Step) -> str:
    """Who did it: the roles as the norm calls them, else as the record has it; empty where it does not say."""
    return joined([case.role_name(r) for r in step.roles]) or step.event.role or step.event.person or ""


def subject(wanted: Events, step: Step | None = None) -> str:
    """What a finding is about: the artefact that ``wanted`` names, else the activity, else the whole case."""
    if wanted.artefact is not None:
        return wanted.artefact
    if step is not None and step.activity is not None:
        return step.activity
    return wanted.activity[0] if wanted.activity else "expediente"


def besides(number: int) -> str:
    """What a sentence about the first of ``number`` events adds of the others."""
    if number < 2:
        return ""
    return " (y otra vez más)" if number == 2 else f" (y otras {number - 1} veces)"


def the_activity(called: str) -> str:
    """«la 37 («Elaborar …»)», and «la actividad «Aprobar …»» where the norm has no number, of an activity as findings call it."""
    return f"la {called}" if called[:1].isdigit() else f"la actividad {called}"
