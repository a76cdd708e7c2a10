"""``labelled_parts``: each part of a norm that is filled in like a form (a history of changes, an instruction sheet) has all its data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.norms.parts import parts_of, values_of
from checker.norms.text import Line, NormText, norm_text
from checker.recognise.model import Recognised
from checker.spanish.text import flat


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    part: tuple[str, ...]
    """Titles that open the part, each time that it comes."""
    labels: Mapping[str, tuple[str, ...]]
    """Name of the datum → labels by which it stands there."""
    until: tuple[str, ...] = ()
    """Titles at which the last part ends."""
    paired: tuple[str, ...] = ()
    """Two of the data, whose numbered items answer to each other one by one."""
    margin: Mapping[str, str] = {}
    """Datum → label of the running header of its page, whose value it holds."""
    expected: int = 1
    """Parts that there are at least."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Each datum of each part; the part's absence once."""
    text = norm_text(submission.document)
    parts = list(parts_of(text, params.part, params.until))
    if len(parts) < params.expected:
        words = {"part": params.part[0], "title": "", "of": ""}
        yield Fact("labelled_parts", rule, {"state": "missing"}, "partes", None, "", (), words)
    for number, lines in enumerate(parts, 1):
        data = values_of(lines, params.labels)
        for name in params.labels:
            found = data.get(name)
            state = "absent" if found is None else "present" if found[0] else "empty"
            place = found[1].place if found else lines[0].place
            words = {"part": params.part[0], "title": params.labels[name][0], "of": str(number)}
            yield Fact("labelled_parts", rule, {"state": state}, f"partes[{number}].{name}", place, "", (), words)
        for name, label in params.margin.items():
            found = data.get(name)
            shown = _shown(text, found[1], label) if found else ""
            if found and shown:
                said = flat(" ".join((found[1].text, *found[0])))
                words = {"part": params.part[0], "title": params.labels[name][0], "of": str(number), "shown": shown}
                state = "present" if shown in said else "margin"
                subject = f"partes[{number}].{name}"
                yield Fact("labelled_parts", rule, {"state": state}, subject, found[1].place, said[:90], (), words)
        if len(params.paired) == 2 and all(data.get(name) for name in params.paired):
            counts = [len(data[name][0]) for name in params.paired]
            state = "unpaired" if counts[0] != counts[1] else "present"
            first, then = (params.labels[name][0] for name in params.paired)
            words = {"part": params.part[0], "first": first, "then": then, "of": str(number)}
            words |= {"a": str(counts[0]), "b": str(counts[1]), "title": ""}
            place = data[params.paired[1]][1].place
            yield Fact("labelled_parts", rule, {"state": state}, f"partes[{number}]", place, "", (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """No such part, a datum that is not there or empty, lists that do not answer to each other."""
    states = ("missing", "absent", "empty", "unpaired", "margin")
    return tuple(Clause("labelled_parts", rule, (Test("state", "==", s),), "violated", s) for s in states)


def message(params: Params, fact: Fact, say: str) -> str:
    """Which part and which datum."""
    w = fact.words
    where = f"«{w['part']}» {w['of']}".strip()
    return {
        "missing": f"No se encontró «{w['part']}», o no las veces que corresponde.",
        "absent": f"En {where} falta «{w['title']}».",
        "empty": f"En {where} «{w['title']}» está vacío.",
        "margin": f"En {where}, «{w['title']}» no es el del encabezado de su página, {w.get('shown', '').upper()}.",
        "unpaired": f"En {where}, «{w.get('first')}» enumera {w.get('a')} y «{w.get('then')}» {w.get('b')}: no se corresponden.",
    }[say]


def _shown(text: NormText, line: Line, label: str) -> str:
    """What the running header of the line's page shows after ``label``, flat; empty where it shows nothing."""
    pattern = re.compile(rf"(?<!\w){re.escape(flat(label))}\s*:\s*(\S+)")
    for page in text.pages:
        if any(own.order == line.order for own in page.lines):
            return next((found[1] for own in page.margin if (found := pattern.search(own.flat))), "")
    return ""
