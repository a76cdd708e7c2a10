"""``legal_framework``: the list of laws on which a norm rests is well made.

``dates``: each with a date of publication that is one · ``numbering``: consecutive within each rubric · ``laws``: every regulation has
its law in the list · ``in_force``: none had been repealed when the norm was issued.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import short, spoken
from checker.norms.headings import title_form
from checker.norms.instruments import Ordinance, ordinances
from checker.norms.text import norm_text
from checker.packs.tables import Instrument
from checker.recognise.model import Recognised
from checker.spanish.text import flat

_SAME = 93  # percentage from which two titles are of the same law
_OF_A_LAW = re.compile(r"^reglamento (?:interior )?de (?:la |el )?(ley .+)|^reglamento del (codigo .+)")


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    ask: Literal["dates", "numbering", "laws", "in_force"]
    sections: tuple[str, ...]
    """Titles of the section."""
    register: str = ""
    """Register of the pack with the instruments that were repealed, for ``in_force``."""
    field: str = "fecha"
    """Field that holds the norm's date."""
    undated: tuple[str, ...] = ()
    """Rubrics whose entries bear no date."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact for each entry of the list."""
    found = ordinances(norm_text(submission.document), params.sections)
    if not found:
        yield Fact("legal_framework", rule, {"state": "unread"}, "marco_juridico", None, "", (), {"title": ""})
    day = submission.fields[params.field].value
    before: dict[str, int] = {}
    for position, item in enumerate(found, 1):
        words = {"title": short(item.title), "rubric": item.rubric}
        match params.ask:
            case "dates":
                state = _dated(item, params.undated, words)
            case "numbering":
                state = _numbered(item, before, words)
            case "laws":
                state = _lawful(item, found, words)
            case _:
                known = context.pack.register(params.register).instruments
                state = _in_force(item, known, day if isinstance(day, dt.date) else None, words)
        subject = f"marco_juridico[{position}]"
        yield Fact("legal_framework", rule, {"state": state}, subject, item.line.place, short(item.text), (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """What is asked."""
    says = {
        "dates": ("undated", "no-date"),
        "numbering": ("number",),
        "laws": ("lawless",),
        "in_force": ("repealed",),
    }[params.ask]
    told = [Clause("legal_framework", rule, (Test("state", "==", s),), "violated", s) for s in says]
    doubts = [Clause("legal_framework", rule, (Test("state", "==", "unread"),), "undetermined", "unread")]
    if params.ask == "in_force":
        doubts.append(Clause("legal_framework", rule, (Test("state", "==", "perhaps"),), "undetermined", "perhaps"))
    return (*told, *doubts)


def message(params: Params, fact: Fact, say: str) -> str:
    """The entry, and what is wrong with it."""
    w = fact.words
    return {
        "undated": f"«{w['title']}» no señala su fecha de publicación.",
        "no-date": f"La fecha de publicación de «{w['title']}» no es válida: {w.get('why')}.",
        "number": f"En «{w.get('rubric')}», al número {w.get('before')} sigue el {w.get('number')}: la numeración no es consecutiva.",
        "lawless": f"Se cita «{w['title']}» y no figura en la lista «{w.get('law')}».",
        "repealed": f"«{w['title']}» ya no regía: quedó sin efecto el {w.get('day')} ({w.get('by')}).",
        "perhaps": f"«{w['title']}» quedó sin efecto el {w.get('day')} ({w.get('by')}); no se sabe la fecha de esta norma.",
        "unread": "No se encontró la lista de ordenamientos.",
    }[say]


def _dated(item: Ordinance, undated: Sequence[str], words: dict[str, str]) -> str:
    if item.impossible:
        words["why"] = item.impossible.rstrip(".")
        return "no-date"
    exempt = item.open or title_form(item.rubric) in {title_form(r) for r in undated}
    return "right" if item.dates or exempt else "undated"


def _numbered(item: Ordinance, before: dict[str, int], words: dict[str, str]) -> str:
    if item.number is None:
        return "right"
    last = before.get(item.rubric, 0)
    words |= {"before": str(last), "number": str(item.number)}
    before[item.rubric] = item.number
    # a list that begins again is another, whose rubric was not told
    return "right" if item.number in (1, last + 1) else "number"


def _lawful(item: Ordinance, found: Sequence[Ordinance], words: dict[str, str]) -> str:
    from rapidfuzz.fuzz import ratio

    law = _OF_A_LAW.match(flat(item.title))
    if not law:
        return "right"
    wanted = law[1] or law[2]
    start = len(item.title) - len(wanted)
    words["law"] = item.title[start:]
    titles = [re.sub(r"\s+y sus reformas.*", "", flat(other.title)) for other in found]
    # an acronym or a «… Gubernamental» less makes it another law, a misprint does not
    return "right" if any(ratio(title, wanted) >= _SAME for title in titles) else "lawless"


def _in_force(item: Ordinance, known: Sequence[Instrument], day: dt.date | None, words: dict[str, str]) -> str:
    from rapidfuzz.fuzz import ratio

    title = flat(item.title)
    for instrument in known:
        names = [flat(name) for name in (instrument.title, *instrument.also)]
        same_date = not item.dates or instrument.registered is None or instrument.registered in item.dates
        if instrument.repealed is None or not same_date or not any(ratio(title, n) >= _SAME for n in names):
            continue
        if not item.dates and instrument.namesake:
            continue
        words |= {"day": spoken(instrument.repealed), "by": instrument.by}
        if day is None:
            return "perhaps"
        return "repealed" if day >= instrument.repealed else "right"
    return "right"
