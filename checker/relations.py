"""Which other submission of the check a rule across documents compares with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from checker.kinds.protocol import Related
from checker.packs.model import With
from checker.recognise.model import FieldValue, Person, Recognised
from checker.spanish.text import flat, squeeze

if TYPE_CHECKING:
    from checker.packs.pack import Pack


def takes_part(packs: Sequence[Pack]) -> frozenset[str]:
    """Ids of the document types that some rule across documents reads, on either side."""
    found: set[str] = set()
    for pack in packs:
        for rule in pack.rules:
            if rule.head.with_ is not None:
                found.add(rule.head.with_.document)
                found.add((rule.head.on.document or "").rpartition("#")[2])
    return frozenset(found)


def partner(
    wanted: With, submission: Recognised, own_path: str, related: Mapping[str, Sequence[Related]]
) -> Related | str:
    """The one submission that ``wanted`` means, or the reason, in Spanish, why there is none.

    Of those whose matching fields do not disagree, the one with most that agree.
    """
    given = [r for r in related.get(wanted.document, ()) if r.path != own_path]
    if not given:
        return "no se entregó en esta revisión"
    fit: dict[int, list[Related]] = {}
    for other in given:
        answers = [_agrees(submission, other, name) for name in wanted.match]
        if False not in answers:
            fit.setdefault(answers.count(True), []).append(other)
    if not fit:
        return "el que se entregó es de otro periodo, unidad o ámbito"
    best = fit[max(fit)]
    if len(best) > 1:
        return f"se entregaron {len(best)} que podrían corresponderle; señale cuál con --relate"
    return best[0]


def _agrees(submission: Recognised, other: Related, name: str) -> bool | None:
    """Whether both state the same; None where either does not state it."""
    own_name, _, other_name = name.partition("=")
    own, theirs = _key(submission.fields.get(own_name)), _key(other.fields.get(other_name or own_name))
    return None if own is None or theirs is None else own == theirs


def _key(value: FieldValue | None) -> object:
    if value is None or value.state != "present" or value.problem:
        return None
    found = value.value
    if isinstance(found, dt.date | int | float):
        return found
    if isinstance(found, tuple) and found and isinstance(found[0], Person):
        return frozenset(squeeze(flat(p.name)) for p in found if isinstance(p, Person))
    return squeeze(flat(found if isinstance(found, str) else value.text)) or None
