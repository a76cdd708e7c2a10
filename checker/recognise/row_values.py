"""What a row holds: its cells judged by the kind of their column, or told from its own sentence."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import cache

import msgspec
from msgspec.structs import replace

from checker.packs.model import Column, Field
from checker.recognise.choices import first_choice, is_mark
from checker.recognise.items import months_of
from checker.recognise.model import FieldValue, Period, Person, Row
from checker.recognise.scalars import cell_value, date_value
from checker.spanish.dates import find_dates, read_period
from checker.spanish.people import names_within
from checker.spanish.text import flat, label_form, squeeze
from parsers.model import Place


class Draft(msgspec.Struct):
    """A row in the making: text of the row itself and what its columns were seen to hold."""

    text: str
    place: Place | None
    columns: dict[str, tuple[str, Place | None]] = {}
    """Column → (text, place); an empty text is a column that is there and empty."""
    numbers: dict[str, Decimal] = {}
    """Column → the number that its cell holds, where the format has typed cells."""
    marked: set[str] = set()
    """Columns of which every filled cell is a mark: a cross there is a value, not a placeholder."""
    doubts: dict[str, str] = {}
    """Column → why what it holds cannot be told."""
    months: list[int] = []
    standing: dict[str, tuple[str, Place | None]] = {}
    """Column → what was said over this row for it and those below."""
    context: str = ""
    """Heading over the row: a platform, a sheet."""
    structured: bool = False
    """The row comes from a grid, so a missing value is not to be guessed from prose of other columns."""


_CITED = re.compile(r"\b\w+[ai]d[oa]s?\s+(?:(?:el|con fecha|de fecha|en fecha)\s+)*$|\b(?:de|con) fecha(?: del?)?\s*$")
_LETTER = re.compile(r"\b(?:oficio|memorandum|circular)\b.{0,40}$")
_COMMITMENT = re.compile(
    r"\b(?:a mas tardar|antes del?|fecha|para el|el dia|el proximo|hasta el|entreg\w+|plazo|limite|vence|concluy\w+)\b",
    re.IGNORECASE,
)


def rows(found: list[Draft], field_: Field, *, around: dt.date | None, year: int | None) -> tuple[Row, ...]:
    """The drafts as located rows, every column judged."""
    result = []
    for number, draft in enumerate(found, 1):
        cells: dict[str, FieldValue] = {}
        for position, (column, spec) in enumerate(field_.columns.items()):
            if column in draft.columns:
                text, place = draft.columns[column]
                if reason := draft.doubts.get(column):
                    cells[column] = FieldValue("undetermined", None, squeeze(text)[:160], place=place, reason=reason)
                    continue
                if column in draft.marked and is_mark(text):
                    cells[column] = FieldValue("present", text.strip(), text.strip(), place=place)
                    continue
                value = cell_value(text, place, spec, around, year, draft.numbers.get(column))
                if value.state == "empty" and spec.kind == "choice" and (choice := _choice_elsewhere(draft, spec)):
                    value = FieldValue("present", choice, choice, place=place)
            elif position == 0:
                value = (
                    FieldValue("present", draft.text, draft.text, place=draft.place)
                    if draft.text
                    else FieldValue("absent", place=draft.place)
                )
            else:
                value = _from_prose(draft, spec, around, year)
            if spec.words and value.state == "present" and _is_choice(value.text, field_):
                reason = f"«{value.text}» no dice qué {spec.title.lower()}"
                value = FieldValue("undetermined", None, value.text, place=value.place, reason=reason)
            cells[column] = value
        if draft.months and year:
            for column, spec in field_.columns.items():
                if spec.kind == "period" and cells[column].state in ("absent", "empty"):
                    months = sorted(draft.months)
                    period = read_period(f"1/{months[0]}/{year} al 28/{months[-1]}/{year}", year)
                    if period and period.start and period.end:
                        last = (dt.date(year + months[-1] // 12, months[-1] % 12 + 1, 1)) - dt.timedelta(days=1)
                        cells[column] = FieldValue(
                            "present",
                            Period(period.start, last),
                            f"meses marcados: {', '.join(map(str, months))}",
                            place=draft.place,
                        )
        elif draft.months:
            for column, spec in field_.columns.items():
                if spec.kind == "period" and cells[column].state in ("absent", "empty"):
                    cells[column] = FieldValue(
                        "present",
                        None,
                        f"meses marcados: {', '.join(map(str, sorted(draft.months)))}",
                        place=draft.place,
                    )
        result.append(
            Row(number, cells, draft.text or squeeze(" ".join(t for t, _ in draft.columns.values())), draft.place)
        )
    return tuple(result)


def _is_choice(text: str, field_: Field) -> bool:
    """The whole text is a choice of another column: a platform where a medium is asked for."""
    form = label_form(text)
    return any(form == label_form(w) for c in field_.columns.values() for v, ws in c.choices.items() for w in (v, *ws))


def _due_in_prose(text: str, place: Place | None, around: dt.date | None) -> FieldValue:
    """The day by which a sentence says that it will be done; a day that is only mentioned is no due date."""
    dates = [d for d in find_dates(text) if d.problem or d.partial or d.date != around]
    own = [d for d in dates if not _CITED.search(flat(text[: d.start]))]
    due = [d for d in own if _COMMITMENT.search(flat(text[max(0, d.start - 30) : d.start]))]
    loose = [d for d in own if not _LETTER.search(flat(text[: d.start]))]
    due = due or [d for d in loose if text.rstrip(" .)").endswith(d.text)]
    if due:
        return replace(date_value(due[-1].text, place, around), place=place)
    if dates:
        reason = f"se menciona «{dates[-1].text}» sin decir si es la fecha en que se cumplirá"
        return FieldValue("undetermined", None, squeeze(text)[:160], place=place, reason=reason)
    return FieldValue("absent", place=place)


def _by_words(text: str, place: Place | None, spec: Column) -> FieldValue:
    """A value named by its own words: «… mediante carteles y redes sociales», «Día Mundial de la Salud»."""
    if spec.words:
        words = "|".join(re.escape(flat(w)) for w in sorted(spec.words, key=len, reverse=True))
        match = re.search(rf"(?<!\w)(?:{words})(?!\w)[^,;.()|–—]*", flat(text))
        if match:
            found = squeeze(text[match.start() : match.end()])
            return FieldValue("present", found, found, place=place)
    return FieldValue("absent", place=place)


def _choice_elsewhere(draft: Draft, spec: Column) -> str:
    return first_choice(draft.context, spec.choices) or first_choice(draft.text, spec.choices)


def _from_prose(draft: Draft, spec: Column, around: dt.date | None, year: int | None) -> FieldValue:
    """A column that no label announced, from the row's own sentence: «Jorge Salas entregará … a más tardar el 30 de octubre»."""
    absent = FieldValue("absent", place=draft.place)
    text = draft.text
    if spec.kind == "choice":
        choice = _choice_elsewhere(draft, spec)
        return FieldValue("present", choice, choice, place=draft.place) if choice else absent
    if spec.kind == "text":
        told = _by_words(draft.text, draft.place, spec)
        return told if told.state == "present" else _by_words(draft.context, draft.place, spec)
    if spec.kind == "period" and months_of(draft.context):
        inner = None if draft.structured else read_period(text, year)
        text = text if inner else draft.context
    elif draft.structured and spec.kind == "period":
        return absent
    if draft.structured and spec.kind != "date":
        return absent
    if spec.kind == "date":
        return _due_in_prose(text, draft.place, around)
    if spec.kind == "period":
        period = read_period(text, year)
        if period and period.start and period.end:
            return FieldValue("present", Period(period.start, period.end), squeeze(text), place=draft.place)
        if period and "no dice el año" not in period.problem:
            return FieldValue("present", None, squeeze(text), place=draft.place, problem=period.problem)
        return FieldValue("present", None, squeeze(text), place=draft.place) if period else absent
    if spec.kind == "people":
        return _answerable(text, draft.place)
    return absent


_AGENT = (
    r"(?:a cargo de|por parte de|corresponde(?:ra)? a|compete a|responsables?(?:\s+es|\s+son)?|encomienda a|"
    r"asigna a|instruye a|que|(?<!ado )(?<!ido )(?<!ada )(?<!ida )por)\s+"
)


_CHARGED = (
    r"(?:persona\s+)?(?:titular|jef[ea]|director|coordinador|encargad[oa]|responsable|administrador|tjap|tjd|"
    r"tjo|rwdcat|division|jefatura|departamento|oficina|area|coordinacion|direccion|unidad|dcat|"
    r"enlace)\b[^,.;:]{0,80}?"
)


_WILL = r"(?:se\s+)?(?:\w+(?:ara|era|ira|aran|eran|iran)\b|compromet\w+|queda\w*\s+(?:a cargo|como responsable|encargad)|sera\b)"


@cache
def _by_charge() -> re.Pattern[str]:
    return re.compile(
        rf"^\W*(?:el|la|los|las)?\s*(?P<a>{_CHARGED})\s+{_WILL}|{_AGENT}(?:el|la|los|las|"
        rf"l)?\s*(?P<b>{_CHARGED})(?=[,.;:]|$|\s+a mas|\s+el dia)"
    )


def _answerable(text: str, place: Place | None) -> FieldValue:
    """Who a sentence says will do it; a person who is only mentioned is not told to answer for it."""
    names = names_within(text)
    folded = flat(text)
    agents: list[str] = []
    for name in names:
        at = text.find(name)
        before, after = folded[:at], folded[at + len(name) :]
        opening = re.fullmatch(r"\W*(?:(?:el|la|los|las|c|lic|ing|dr|dra|mtr[oa]|arq|y|profr?a?)\b[\s.,]*)*", before)
        if (
            opening
            or re.search(rf"{_AGENT}(?:(?:el|la|l)\s+)?(?:\w{{1,5}}\.\s*)*$", before)
            or re.match(rf"\s+{_WILL}", after)
        ) or (agents and re.search(r"(?:,|\by)\s+(?:(?:el|la)\s+)?(?:\w{1,5}\.\s*)*$", before)):
            agents.append(name)
    if agents:
        return FieldValue("present", tuple(Person(n, "", place) for n in agents), ", ".join(agents), place=place)
    if match := _by_charge().search(folded):
        group = "a" if match["a"] else "b"
        words = squeeze(text[match.start(group) : match.end(group)])
        return FieldValue("present", (Person(words, words, place),), words, place=place)
    if names:
        reason = f"se menciona a {', '.join(names)} sin decir si responde del acuerdo"
        return FieldValue("undetermined", None, squeeze(text)[:160], place=place, reason=reason)
    return FieldValue("absent", place=place)
