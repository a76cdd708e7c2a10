"""Rules that follow from the activities of a procedure."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from checker.findings import Severity
from checker.kinds.cases import branch, done_by, known_activity, made_before, produced, recorded, step
from checker.packs.model import On, RuleHead
from checker.packs.procedures import Activity, Procedure, Sends
from checker.packs.rule import Rule


def derived_case_rules(procedure: Procedure, origin: str) -> Iterator[Rule]:
    """What each activity owes: its place in the flow, its branch, its role, its artefacts; and what the procedure knows at all."""
    yield _rule(
        procedure,
        origin,
        f"{procedure.told_by}.{procedure.id}-actividad-desconocida",
        "toda actividad del registro es del procedimiento",
        "Registrar la actividad con el número o el nombre que le da la norma.",
        "known_activity",
        known_activity.Params(),
    )
    if _made_later(procedure):
        yield _rule(
            procedure,
            origin,
            f"{procedure.told_by}.{procedure.id}-documento-anticipado",
            "ningún documento se usa antes de la actividad que lo produce",
            "Documentar la actividad de la que resulta, o corregir la fecha o el nombre del documento.",
            "made_before",
            made_before.Params(),
        )
    yield _rule(
        procedure,
        origin,
        f"{procedure.told_by}.{procedure.id}-registro",
        "el registro dice cuándo ocurrió cada actividad, y ninguna dos veces",
        "Completar o corregir el registro.",
        "recorded",
        recorded.Params(),
    )
    for name, activity in procedure.activities.items():
        yield from _of_activity(procedure, origin, name, activity)


def _of_activity(procedure: Procedure, origin: str, name: str, activity: Activity) -> Iterator[Rule]:
    called, numeral = procedure.title_of(name), activity.numeral
    obligation = activity.obligation or procedure.told_by
    unique = f"{procedure.id}-{name.replace('.', '-')}"
    if procedure.starts and not activity.anywhere:
        yield _rule(
            procedure,
            origin,
            f"{obligation}.{unique}-en-su-lugar",
            f"la actividad {called} ocurre donde el flujo la pone",
            activity.remedy or f"Documentar la actividad {called} en el lugar que le corresponde.",
            "step",
            step.Params(activity=name),
            numeral=numeral,
        )
    if len({branch.next for branch in activity.decides.values()}) > 1:
        yield _rule(
            procedure,
            origin,
            f"{obligation}.{unique}-rama",
            f"después de la actividad {called} se sigue lo que su resultado indica",
            "Seguir la actividad que corresponde al resultado, o corregir el resultado registrado.",
            "branch",
            branch.Params(activity=name),
            numeral=numeral,
        )
    if activity.roles:
        owner = activity.roles_by or procedure.roles_by or obligation
        yield _rule(
            procedure,
            origin,
            f"{owner}.{unique}-quien",
            f"la actividad {called} la realiza quien la norma señala",
            "Que la realice, o la haga suya por escrito, quien la norma señala.",
            "done_by",
            done_by.Params(activity=name, roles=activity.roles),
            numeral=numeral,
            severity=activity.roles_severity,
            obligations=(obligation,) if obligation != owner else (),
            interpretation=activity.roles_interpretation,
            reading=activity.roles_reading,
        )
    for sent in (*(Sends(artefact) for artefact in activity.does), *activity.sends):
        if sent.optional and not (sent.to or sent.to_any or sent.via):
            continue
        yield _rule(
            procedure,
            origin,
            f"{sent.obligation or obligation}.{unique}-{sent.artefact}",
            f"la actividad {called} deja su documento y lo hace llegar a quien corresponde",
            "Integrar el documento al expediente, dirigido a quien corresponde y por el conducto que la norma señala.",
            "produced",
            produced.Params(activity=name, sends=sent),
            numeral=numeral,
        )


def _made_later(procedure: Procedure) -> bool:
    """Whether the procedure makes any document that could be used before its time."""
    made = {name: {*a.does, *(s.artefact for s in a.sends)} for name, a in procedure.activities.items()}
    first = set().union(*(made[name] for name in procedure.starts if name in made))
    return bool(procedure.starts) and any(artefacts - first for artefacts in made.values())


def _rule(
    procedure: Procedure,
    origin: str,
    name: str,
    title: str,
    remedy: str,
    kind: str,
    params: msgspec.Struct,
    *,
    numeral: str | None = None,
    severity: Severity = "error",
    obligations: tuple[str, ...] = (),
    interpretation: str | None = None,
    reading: str | None = None,
) -> Rule:
    head = RuleHead(
        id=name,
        title=f"{procedure.title}: {title}",
        on=On(case=procedure.id),
        remedy=remedy,
        severity=severity,
        numeral=numeral,
        obligations=obligations,
        interpretation=interpretation,
        reading=reading,
    )
    return Rule(head, kind, params, origin, derived=True)
