"""``work_instructions``: the instruction sheets of a norm agree with themselves and with the procedure that applies them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import joined
from checker.norms.instructions import Applied, Sheet, applied, form, sheets
from checker.norms.text import norm_text
from checker.recognise.model import Recognised
from checker.spanish.text import flat

_SAME = 90  # percentage from which two names of an instruction are the same


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    ask: Literal["total", "name", "responsible"]
    """The tasks counted are those declared · clave and name are those of the procedure · who does the tasks is who applies the sheet."""
    subtasks: bool = False
    """Tasks such as 6.1 count in the total."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact for each sheet (``responsible``: each wording of who is responsible)."""
    text = norm_text(submission.document)
    table = applied(text)
    for number, sheet in enumerate(sheets(text), 1):
        words = {"sheet": sheet.clave or sheet.name or str(number)}
        subject = f"instrucciones[{number}]"
        match params.ask:
            case "total":
                yield _total(rule, sheet, params.subtasks, subject, words)
            case "name":
                yield _name(rule, sheet, table, subject, words)
            case _:
                yield from _responsible(rule, sheet, table, subject, words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """What is asked, one outcome each."""
    says = {
        "total": ("total", "no-total"),
        "name": ("clave", "name", "unapplied"),
        "responsible": ("other",),
    }[params.ask]
    return tuple(Clause("work_instructions", rule, (Test("state", "==", s),), "violated", s) for s in says)


def message(params: Params, fact: Fact, say: str) -> str:
    """Which sheet."""
    w = fact.words
    sheet = f"La instrucción de trabajo {w['sheet']}"
    return {
        "total": f"{sheet} declara {w.get('total')} actividades y enumera {w.get('counted')}.",
        "no-total": f"{sheet} no declara el total de actividades.",
        "clave": f"{sheet} se llama «{w.get('name')}»; en la tabla del procedimiento ese nombre tiene la clave {w.get('other')}.",
        "name": f"{sheet} se llama «{w.get('name')}» y la tabla del procedimiento la llama «{w.get('other')}».",
        "unapplied": f"{sheet} no la cita ninguna actividad de los procedimientos.",
        "other": f"{sheet}: de las tareas {w.get('tasks')} responde «{w.get('who')}» y la instrucción la aplica «{w.get('applies')}».",
    }[say]


def _total(rule: str, sheet: Sheet, subtasks: bool, subject: str, words: dict[str, str]) -> Fact:
    counted = sum(subtasks or number.isdigit() for number in sheet.tasks)
    words |= {"total": str(sheet.total), "counted": str(counted)}
    state = "no-total" if sheet.total is None else "right" if sheet.total == counted else "total"
    return Fact("work_instructions", rule, {"state": state}, subject, sheet.line.place, sheet.clave, (), words)


def _name(rule: str, sheet: Sheet, table: Sequence[Applied], subject: str, words: dict[str, str]) -> Fact:
    from rapidfuzz.fuzz import partial_ratio

    words["name"] = sheet.name
    own = form(sheet.name)
    same = next((a for a in table if a.clave.lower() == sheet.clave.lower()), None)
    like = max(table, key=lambda a: partial_ratio(form(a.name), own), default=None)
    rests = ()
    state = "right"
    if same is None or partial_ratio(form(same.name), own) < _SAME:
        if like is not None and own and partial_ratio(form(like.name), own) >= _SAME:
            state, words["other"] = "clave", like.clave
        elif same is not None:
            state, words["other"] = "name", " ".join(same.name.split())[-90:]
        else:
            state = "unapplied"
    return Fact("work_instructions", rule, {"state": state}, subject, sheet.line.place, sheet.name, rests, words)


def _responsible(
    rule: str, sheet: Sheet, table: Sequence[Applied], subject: str, words: dict[str, str]
) -> Iterator[Fact]:
    from rapidfuzz.fuzz import partial_ratio

    same = next((a for a in table if a.clave.lower() == sheet.clave.lower()), None)
    if same is None or partial_ratio(form(same.name), form(sheet.name)) < _SAME:
        # claves crossed between table and sheets are told once, by their name; the sheet of that name is meant
        same = max(table, key=lambda a: partial_ratio(form(a.name), form(sheet.name)), default=same)
    if same is None:
        return
    applies = _units(same.activity.who)
    groups: dict[str, list[str]] = {}
    for number, who, _ in sheet.whos:
        groups.setdefault(who, []).append(number)
    for who, numbers in groups.items():
        state = "right" if _units(who) <= applies else "other"
        line = next(line for _, w, line in sheet.whos if w == who)
        told = {**words, "who": who, "applies": same.activity.who, "tasks": joined(numbers)}
        yield Fact("work_instructions", rule, {"state": state}, subject, line.place, line.text[:90], (), told)


def _units(who: str) -> frozenset[str]:
    """The units that a cell names, by acronym where it gives them."""
    acronyms = re.findall(r"\b[A-Z]{2,}\b", who)
    return frozenset(acronyms) or frozenset(flat(part).strip(" .") for part in re.split(r"[/;,]", who))
