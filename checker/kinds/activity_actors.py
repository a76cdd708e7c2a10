"""``activity_actors``: who answers for an activity of a procedure is one of the roles that the norm binds."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import short
from checker.norms.activities import procedures
from checker.norms.text import norm_text
from checker.packs.roles import role_of
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    roles: tuple[str, ...]
    """Ids of the roles of the pack that may answer."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact for each activity whose table can be read; that none can, once."""
    found = procedures(norm_text(submission.document))
    if not found:
        yield Fact("activity_actors", rule, {"state": "unread"}, "procedimientos", None, "", (), {})
    for number, procedure in enumerate(found, 1):
        for activity in procedure.activities:
            named = [
                role_of(who, context.pack.roles) for who in re.split(r"[/;\n]| o | y ", activity.who) if who.strip()
            ]
            state = "unknown" if None in named or not named else "bound" if set(named) <= set(params.roles) else "other"
            words = {"number": activity.number, "who": short(activity.who)}
            subject = f"procedimientos[{number}].actividades[{activity.number}]"
            yield Fact("activity_actors", rule, {"state": state}, subject, activity.line.place, activity.who, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """A role of others; one that is not known; no table."""
    other = Clause("activity_actors", rule, (Test("state", "==", "other"),), "violated", "other")
    doubts = [
        Clause("activity_actors", rule, (Test("state", "==", s),), "undetermined", s) for s in ("unknown", "unread")
    ]
    return (other, *doubts)


def message(params: Params, fact: Fact, say: str) -> str:
    """Which activity, and who."""
    w = fact.words
    return {
        "other": f"De la actividad {w.get('number')} responde «{w.get('who')}», que no pertenece al ámbito de aplicación.",
        "unknown": f"No se pudo determinar si «{w.get('who')}», que responde de la actividad {w.get('number')}, pertenece al ámbito.",
        "unread": "No se encontró ninguna tabla de actividades que se pueda leer.",
    }[say]
