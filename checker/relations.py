"""Which other submission of the check a rule across documents compares with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from checker.kinds.protocol import Related
from checker.packs.model import With
from checker.recognise.model import FieldValue, Period, Person, Recognised, Row
from checker.spanish.text import flat, squeeze

if TYPE_CHECKING:
    from checker.packs.pack import Pack


def full_id(pack: str, type_id: str) -> str:
    """``pack#type``, whichever way a rule of ``pack`` writes it."""
    return type_id if "#" in type_id else f"{pack}#{type_id}"


def asks_for(packs: Sequence[Pack]) -> dict[str, frozenset[str]]:
    """``pack#type`` → those that rules across documents compare it with."""
    found: dict[str, set[str]] = {}
    for pack in packs:
        for rule in pack.rules:
            if rule.head.with_ is not None and rule.head.on.document:
                own, other = (full_id(pack.info.id, t) for t in (rule.head.on.document, rule.head.with_.document))
                found.setdefault(own, set()).add(other)
    return {own: frozenset(others) for own, others in found.items()}


def takes_part(packs: Sequence[Pack]) -> frozenset[str]:
    """``pack#type`` of the document types that some rule across documents reads, on either side."""
    asked = asks_for(packs)
    return frozenset(asked).union(*asked.values())


def shared(submission: Recognised, path: str) -> Related | None:
    """What other submissions may compare themselves with; None where no type was told."""
    if submission.type is None or submission.pack is None:
        return None
    fields = {name: _lean(value) for name, value in submission.fields.items()}
    return Related(path, full_id(submission.pack, submission.type.id), submission.type.title, fields)


def _lean(value: FieldValue) -> FieldValue:
    """Without what only handing back needs; it crosses to other processes."""
    found = value.value
    if isinstance(found, tuple) and found and isinstance(found[0], Row):
        rows = (r for r in found if isinstance(r, Row))
        found = tuple(replace(r, cells={n: _lean(c) for n, c in r.cells.items()}) for r in rows)
    return replace(value, value=found, blocks=(), evidence=(), runners_up=())


def partners(
    wanted: With, pack: str, submission: Recognised, own_path: str, related: Mapping[str, Sequence[Related]]
) -> tuple[Related, ...] | str:
    """The submissions that ``wanted``, written in ``pack``, means; or the reason, in Spanish, why there is none.

    All of those whose matching fields do not disagree where it wants each; otherwise the one with most that agree.
    """
    given = [r for r in related.get(full_id(pack, wanted.document), ()) if r.path != own_path]
    if not given:
        return "no se entregó en esta revisión"
    fit: dict[int, list[Related]] = {}
    for other in given:
        answers = [_agrees(submission, other, name) for name in wanted.match]
        if False not in answers:
            fit.setdefault(answers.count(True), []).append(other)
    if not fit:
        return "el que se entregó es de otro periodo, unidad o ámbito"
    if wanted.each:
        return tuple(other for other in given if any(other in group for group in fit.values()))
    best = fit[max(fit)]
    if len(best) > 1:
        return f"se entregaron {len(best)} que podrían corresponderle; señale cuál con --relate"
    return (best[0],)


def _agrees(submission: Recognised, other: Related, name: str) -> bool | None:
    """Whether both state the same; None where either does not state it."""
    own_name, _, other_name = name.partition("=")
    own, theirs = _key(submission.fields.get(own_name)), _key(other.fields.get(other_name or own_name))
    return None if own is None or theirs is None else own == theirs


def _key(value: FieldValue | None) -> object:
    if value is None or value.state != "present" or value.problem:
        return None
    found = value.value
    if isinstance(found, dt.date | int | Decimal | Period):
        return found
    if isinstance(found, tuple) and found and isinstance(found[0], Person):
        return frozenset(squeeze(flat(p.name)) for p in found if isinstance(p, Person))
    return squeeze(flat(found if isinstance(found, str) else value.text)) or None
