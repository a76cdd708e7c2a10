"""The rows of a table field: from grids with or without a header, or from paragraphs, one agreement (or course) each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from checker.packs.model import Column, Field
from checker.recognise.labels import OTHER, LabelIndex
from checker.recognise.model import FieldValue, Period, Person, Row
from checker.recognise.stream import Grid, Item, Line, Pair, joined, month_of, numbering
from checker.spanish.dates import find_dates, nearest_year, read_period
from checker.spanish.people import bare_name, find_people, is_charge, is_name, names_within
from checker.spanish.text import NUMBERING, flat, is_placeholder, label_form, squeeze, undecorated
from parsers.model import Cell, Paragraph, Place, paragraphs_of


@dataclass(slots=True)
class Draft:
    """A row in the making: text of the row itself and what its columns were seen to hold."""

    text: str
    place: Place | None
    columns: dict[str, tuple[str, Place | None]] = field(default_factory=dict)
    """Column → (text, place); an empty text is a column that is there and empty."""
    months: list[int] = field(default_factory=list)
    context: str = ""
    """Heading over the row: a platform, a sheet."""
    structured: bool = False
    """The row comes from a grid, so a missing value is not to be guessed from prose of other columns."""


def drafts(items: Iterable[Item], name: str, field_: Field, index: LabelIndex, context: str = "") -> list[Draft]:
    """All rows of ``items`` for the table field ``name``."""
    found: list[Draft] = []
    first = next(iter(field_.columns))
    lines: list[Line] = []
    items = list(items)
    gridded = any(isinstance(i, Grid) and i.target == name for i in items)

    def flush() -> None:
        found.extend(_from_lines(lines, name, field_, index, context))
        lines.clear()

    for item in items:
        if isinstance(item, Line):
            if (choice := _choice_in(item.paragraph.text, field_)) and len(item.paragraph.text.split()) <= 6:
                flush()
                context = choice
            elif not gridded:  # words around a table of rows are not rows
                lines.append(item)
        elif isinstance(item, Pair):
            match = next((m.target for m in index.column(name, item.label) if m.target != OTHER), None)
            flush()
            value = joined(item.value)
            if match and match != first and found:
                found[-1].columns[match] = (value, item.place)
            elif match or index.field(item.label):
                inner = [Line(p, 0.0, *numbering(p)) for p in _single_lines(paragraphs_of(item.value))]
                found.extend(_from_lines(inner, name, field_, index, context))
        else:
            flush()
            rows_, context = _from_grid(item, name, field_, index, context)
            found.extend(rows_)
    flush()
    return found


def _single_lines(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """Paragraphs cut at their line breaks, blank ones left out."""
    for paragraph in paragraphs:
        for number, text in enumerate(paragraph.text.split("\n")):
            if text.strip():
                yield replace(paragraph, text=text, label=paragraph.label if number == 0 else "", bold_prefix=0)


def _choice_in(text: str, field_: Field) -> str:
    """The heading of a group of rows: ``CLIMSS``, ``Cursos EduTK``, ``Webinars``."""
    form = label_form(text)
    for column in field_.columns.values():
        for value, words in column.choices.items():
            for word in (value, *words):
                w = label_form(word)
                if form in (
                    w,
                    f"{w}s",
                    f"cursos {w}",
                    f"cursos de {w}",
                    f"cursos en {w}",
                    f"plataforma {w}",
                    f"oferta {w}",
                    f"programas {w}",
                    f"cursos de la plataforma {w}",
                    f"modalidad {w}",
                    f"cursos y talleres {w}",
                    f"cursos y talleres de {w}",
                    f"{w} conmemorativos",
                    f"{w}s conmemorativos",
                    f"cursos {w}s",
                ):
                    return value
    return ""


# Grids -----------------------------------------------------------------------------------------------------------------


def _from_grid(grid: Grid, name: str, field_: Field, index: LabelIndex, context: str) -> tuple[list[Draft], str]:
    """The rows of a grid, and the platform or group that its last sub-heading named."""
    columns = _columns_of_header(grid, name, index) if grid.header else _columns_by_content(grid, field_)
    if not columns:
        rows_ = [row for row in grid.rows if _filled(row)]
        return [
            Draft(squeeze(" ".join(c.text for _, c in row)), row[0][1].place, context=context) for row in rows_
        ], context
    for first_column, width in grid.spans:
        if first_column in columns:
            columns |= {
                c: columns[first_column] for c in range(first_column, first_column + width) if c not in grid.header
            }
    months = {c: m for c, text in grid.header.items() if (m := month_of(text))}
    title = _choice_in(grid.title, field_) if grid.title else ""
    found = []
    first = next(iter(field_.columns))
    for row in grid.rows:
        if not _filled(row):
            continue
        only = [cell for _, cell in row if cell.text.strip()]
        if len(only) == 1 and len(row) <= 2 and (choice := _choice_in(only[0].text, field_)):
            context = choice
            continue
        draft = Draft("", row[0][1].place, context=context or title, structured=True)
        for position, cell in row:
            covered = range(position, position + cell.colspan)
            target = next((columns[c] for c in covered if c in columns), None)
            if target and target not in draft.columns:
                draft.columns[target] = (cell.text, _first_place(cell))
            elif target and not is_placeholder(cell.text):
                draft.columns[target] = (f"{draft.columns[target][0]} al {cell.text}", draft.columns[target][1])
            marked = [months[c] for c in covered if c in months]
            if (marked and not is_placeholder(cell.text)) or (
                marked and cell.text.strip().lower() in ("x", "✓", "✔", "●", "si", "sí")
            ):
                draft.months.extend(marked)
        if is_placeholder("".join(draft.columns.get(c, ("", None))[0] for c in draft.columns)) and not draft.months:
            continue  # a row of the form left blank, number aside
        for column in set(columns.values()) - set(draft.columns):
            draft.columns[column] = ("", row[-1][1].place)
        if first in draft.columns:
            draft.text, place = draft.columns[first]
            draft.place = place or draft.place
        found.append(draft)
    return found, context


def _filled(row: tuple[tuple[int, Cell], ...]) -> bool:
    return any(not is_placeholder(cell.text) and not re.fullmatch(r"\s*\d{0,3}[.)]?\s*", cell.text) for _, cell in row)


def _first_place(cell: Cell) -> Place:
    return next((p.place for p in paragraphs_of(cell.blocks) if p.text.strip()), cell.place)


def _columns_of_header(grid: Grid, name: str, index: LabelIndex) -> dict[int, str]:
    """Column position → column name; the best match of each name, in the order of the header."""
    options = sorted(
        (
            (m.similarity, -position, position, m.target)
            for position, text in grid.header.items()
            for m in index.column(name, text)
            if m.target != OTHER
        ),
        reverse=True,
    )
    taken: dict[int, str] = {}
    for _, _, position, target in options:
        if position not in taken and target not in taken.values():
            taken[position] = target
    return taken


def _columns_by_content(grid: Grid, field_: Field) -> dict[int, str]:
    """Columns of a table without header, told by what they hold: dates, people, and the longest text."""
    positions = sorted({p for row in grid.rows for p, _ in row})
    texts = {p: [cell.text for row in grid.rows for q, cell in row if q == p and cell.text.strip()] for p in positions}
    found: dict[int, str] = {}
    for column, spec in field_.columns.items():
        share = {p: sum(_reads_as(spec, t) for t in ts) / len(ts) for p, ts in texts.items() if ts and p not in found}
        best = max(share, key=lambda p: share[p], default=None)
        if best is not None and share[best] > 0.5:
            found[best] = column
    if not found:
        return {}
    left = [p for p in positions if p not in found and texts[p]]
    if left:
        found[max(left, key=lambda p: sum(map(len, texts[p])))] = next(iter(field_.columns))
    return found


def _reads_as(spec: Column, text: str) -> bool:
    if spec.kind == "date":
        return bool(find_dates(text))
    if spec.kind == "period":
        return read_period(text, 2000) is not None and len(text.split()) <= 8
    if spec.kind == "people":
        return is_name(text) or is_charge(text)
    return spec.kind == "choice" and bool(choice_of(text, spec))


# Paragraphs ------------------------------------------------------------------------------------------------------------

_ITEM = re.compile(
    r"^\s*(?:acuerdo|compromiso|estrategia)\s*(?:no\.?|num\.?|#)?\s*(?:\d+|[a-z])?\s*[.:)\-–—]+\s*|^\s*(?:acuerdo|compromiso|estrategia)\s+\d+\s*",
    re.IGNORECASE,
)


_CLOSING = re.compile(
    r"^\W*(?:sin (?:otro|mas) asunto|no habiendo (?:otro|mas)|sin mas (?:por|que)|se da por (?:concluida|terminada)|siendo las|leida (?:la|que fue)|"
    r"previa lectura|al no haber|con lo anterior se|la presente (?:minuta|acta)|se levanta la presente|firman? (?:al calce|de conformidad)|"
    r"agotado el orden|los asistentes firman)"
)


def _from_lines(lines: list[Line], name: str, field_: Field, index: LabelIndex, context: str) -> list[Draft]:
    found: list[Draft] = []
    numbered = any(line.numbering or _ITEM.match(flat(line.paragraph.text)) for line in lines)
    inline = _inline_columns(name, index)
    top = next((line.numbering for line in lines if line.numbering), "")
    for line in lines:
        text = line.paragraph.text
        if is_placeholder(text):
            continue
        if found and _CLOSING.search(flat(text)):
            break
        own, columns = _cut(text, line.paragraph.place, name, inline, index)
        begins = (
            bool(_ITEM.match(flat(text)))
            or (line.numbering == top and bool(top))
            or (not numbered and bool(squeeze(own)))
        )
        bare = squeeze(undecorated(_strip_number(own)))
        if found and (not begins or (not bare and columns)):
            found[-1].text = squeeze(f"{found[-1].text} {bare}")
            found[-1].columns.update({k: v for k, v in columns.items() if k not in found[-1].columns})
        elif bare or columns:
            bare = _parts(bare, columns, line.paragraph.place, field_)
            if not numbered and not columns and bare.endswith(":") and len(lines) > 1:
                continue  # «Se tomaron los siguientes:»
            found.append(Draft(bare, line.paragraph.place, columns, context=context))
    if numbered and found and top:
        first_at = next(
            i for i, line in enumerate(lines) if line.numbering == top or _ITEM.match(flat(line.paragraph.text))
        )
        if (
            first_at
            and not found[0].columns
            and found[0].place == lines[0].paragraph.place
            and not _ITEM.match(flat(lines[0].paragraph.text))
        ):
            found.pop(0)  # the sentence that introduces the list
    return found


_PART = re.compile(r"\s+[–—|-]+\s+|\s*[|;·]\s*|\s/\s")


def _parts(text: str, columns: dict[str, tuple[str, Place | None]], place: Place, field_: Field) -> str:
    """«Ofimática — EduTK — carteles — marzo de 2026»: parts that read as a column fill it; returns the words of the row itself."""
    parts = [p for p in _PART.split(text) if p.strip()]
    if len(parts) < 2:
        return text
    left = []
    for part in parts[1:]:
        column = next(
            (
                n
                for n, c in list(field_.columns.items())[1:]
                if n not in columns and (_reads_as(c, part) or _worded(c, part))
            ),
            None,
        )
        if column:
            columns[column] = (part, place)
        else:
            left.append(part)
    return " — ".join([parts[0], *left]) if len(left) < len(parts) - 1 else text


def _worded(column: Column, text: str) -> bool:
    folded = flat(text).strip()
    return any(folded.startswith(flat(w)) for w in column.words)


def _strip_number(text: str) -> str:
    folded = flat(text)
    match = _ITEM.match(folded) or NUMBERING.match(folded)
    return text[match.end() :] if match else text


def _inline_columns(name: str, index: LabelIndex) -> re.Pattern[str]:
    words = sorted(index.columns.get(name, {}), key=len, reverse=True)
    alternatives = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words)
    return re.compile(
        rf"(?:^|(?<=[\s(;,.•|/\-–—]))[*_]*(?:con\s+)?(?P<label>{alternatives})[*_]*\s*(?:\([^()]{{0,30}}\))?\s*[:=：]\s*",
        re.IGNORECASE,
    )


def _cut(
    text: str, place: Place, name: str, inline: re.Pattern[str], index: LabelIndex
) -> tuple[str, dict[str, tuple[str, Place | None]]]:
    """The row's own words, and the run-in columns within: ``Elaborar … Responsable: X. Fecha: Y``."""
    matches = list(inline.finditer(flat(text)))
    if not matches:
        return text, {}
    columns: dict[str, tuple[str, Place | None]] = {}
    own = text[: matches[0].start()]
    for match, nxt in zip(matches, [*matches[1:], None], strict=True):
        value = text[match.end() : nxt.start() if nxt else len(text)].strip(" \t\n;,.()[]|-–—*")
        target = next((m.target for m in index.column(name, match["label"]) if m.target != OTHER), None)
        if target is None:
            continue
        if target == next(iter(index.columns[name].values()))[0] and not own.strip(" -–—•*"):
            own = value
        elif target not in columns:
            columns[target] = (value, place)
    return own.rstrip(" (;,-–—|"), columns


def records(items: Iterable[Item], name: str, field_: Field, index: LabelIndex) -> list[Draft]:
    """Rows written as cards, a label and a value a line: ``Curso: … / Plataforma: … / Medio: …``, each opened by the first column."""
    found: list[Draft] = []
    first = next(iter(field_.columns))
    for item in items:
        if isinstance(item, Line):
            label, colon, text = item.paragraph.text.partition(":")
            place = item.paragraph.place
            if not colon:
                continue
        elif isinstance(item, Pair):
            label, text, place = item.label, joined(item.value), item.place
        else:
            continue
        target = next((m.target for m in index.column(name, label) if m.target != OTHER and m.similarity >= 0.9), None)
        if target == first and not is_placeholder(text):
            found.append(Draft(squeeze(text), place))
        elif target and found and target not in found[-1].columns:
            found[-1].columns[target] = (text, place)
    return [draft for draft in found if draft.columns]


# Values ----------------------------------------------------------------------------------------------------------------


def choice_of(text: str, column: Column) -> str:
    """The canonical value that the words of ``text`` name, or ``""``."""
    folded = flat(text)
    for value, words in column.choices.items():
        if any(re.search(rf"(?<!\w){re.escape(flat(w))}(?!\w)", folded) for w in (value, *words)):
            return value
    return ""


def cell_value(
    kind: str, text: str, place: Place | None, spec: Column, around: dt.date | None, year: int | None
) -> FieldValue:
    """A cell's text judged by its column's kind."""
    bare = squeeze(text)
    if is_placeholder(bare) and bare.lower() not in ("x",):
        return FieldValue("empty", place=place, text=bare)
    value = FieldValue("present", bare, bare, place=place)
    if kind == "choice":
        choice = choice_of(bare, spec)
        return (
            replace(value, value=choice)
            if choice
            else replace(value, value=None, problem=f"«{bare[:60]}» no es {_or(tuple(spec.choices))}")
        )
    if kind == "people":
        people = tuple(Person(p.name, p.charge, place) for p in find_people(text))
        return replace(value, value=people or (Person(bare_name(bare), "", place),))
    if kind == "date":
        return date_value(text, place, around)
    if kind == "period":
        period = read_period(text, year)
        if period is None:
            return replace(value, state="undetermined", value=None, reason=f"«{bare[:60]}» no se pudo leer como fecha")
        if period.start is None or period.end is None:
            if "no dice el año" in period.problem:
                return replace(value, value=None)
            return replace(value, value=None, problem=period.problem)
        return replace(value, value=Period(period.start, period.end))
    return value


def _or(values: tuple[str, ...]) -> str:
    return ", ".join(values[:-1]) + f" ni {values[-1]}" if len(values) > 1 else values[0]


def date_value(text: str, place: Place | None, around: dt.date | None = None) -> FieldValue:
    """A date field's content: the first date in it; a wrong one has a problem, words that are no date are undetermined."""
    bare = squeeze(text)
    if is_placeholder(bare):
        return FieldValue("empty", place=place, text=bare)
    for reading in find_dates(text):
        if reading.date:
            return FieldValue("present", reading.date, squeeze(reading.text), place=place)
        if reading.problem:
            return FieldValue("present", None, squeeze(reading.text), place=place, problem=reading.problem)
        if reading.partial and around and (day := nearest_year(reading.partial, around)):
            return FieldValue("present", day, squeeze(reading.text), place=place)
        return FieldValue(
            "undetermined", None, squeeze(reading.text), place=place, reason=f"«{squeeze(reading.text)}» no dice el año"
        )
    return FieldValue("undetermined", None, bare[:120], place=place, reason=f"«{bare[:60]}» no se pudo leer como fecha")


_COMMITMENT = re.compile(
    r"\b(?:a mas tardar|antes del?|fecha|para el|el dia|el proximo|hasta el|entreg\w+|plazo|limite|vence|concluy\w+|el|al)\b",
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
                value = cell_value(spec.kind, text, place, spec, around, year)
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


def _by_words(draft: Draft, spec: Column) -> FieldValue:
    """A value named by its own words: «… mediante carteles y redes sociales», «Día Mundial de la Salud»."""
    if spec.words:
        words = "|".join(re.escape(flat(w)) for w in sorted(spec.words, key=len, reverse=True))
        match = re.search(rf"(?<!\w)(?:{words})(?!\w)[^,;.()|–—]*", flat(draft.text))
        if match:
            found = squeeze(draft.text[match.start() : match.end()])
            return FieldValue("present", found, found, place=draft.place)
    return FieldValue("absent", place=draft.place)


def _choice_elsewhere(draft: Draft, spec: Column) -> str:
    return choice_of(draft.context, spec) or choice_of(draft.text, spec)


def _from_prose(draft: Draft, spec: Column, around: dt.date | None, year: int | None) -> FieldValue:
    """A column that no label announced, from the row's own sentence: «Jorge Salas entregará … a más tardar el 30 de octubre»."""
    absent = FieldValue("absent", place=draft.place)
    text = draft.text
    if spec.kind == "choice":
        choice = _choice_elsewhere(draft, spec)
        return FieldValue("present", choice, choice, place=draft.place) if choice else absent
    if spec.kind == "text":
        return _by_words(draft, spec)
    if draft.structured and spec.kind != "date":
        return absent
    if spec.kind == "date":
        days = [
            d
            for d in find_dates(text)
            if _COMMITMENT.search(flat(text[max(0, d.start - 30) : d.start])) or text.rstrip(" .)").endswith(d.text)
        ]
        days = [d for d in days if d.problem or d.partial or d.date != around]
        return replace(date_value(days[-1].text, draft.place, around), place=draft.place) if days else absent
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


_AGENT = r"(?:a cargo de|por parte de|corresponde(?:ra)? a|compete a|responsables?(?:\s+es|\s+son)?|encomienda a|asigna a|instruye a|que|por)\s+"
_CHARGED = r"(?:persona\s+)?(?:titular|jef[ea]|director|coordinador|encargad[oa]|responsable|administrador|tjap|tjd|tjo|rwdcat|division|jefatura|departamento|oficina|area|coordinacion|direccion|unidad|dcat|enlace)\b[^,.;:]{0,80}?"
_WILL = r"(?:se\s+)?(?:\w+(?:ara|era|ira|aran|eran|iran)\b|compromet\w+|queda\w*\s+(?:a cargo|como responsable|encargad)|sera\b)"
_BY_CHARGE = re.compile(
    rf"^\W*(?:el|la|los|las)?\s*(?P<a>{_CHARGED})\s+{_WILL}|{_AGENT}(?:el|la|los|las|l)?\s*(?P<b>{_CHARGED})(?=[,.;:]|$|\s+a mas|\s+el dia)"
)


def _answerable(text: str, place: Place | None) -> FieldValue:
    """Who a sentence says will do it; a person who is only mentioned is not told to answer for it."""
    names = names_within(text)
    folded = flat(text)
    agents = []
    for name in names:
        at = text.find(name)
        before, after = folded[:at], folded[at + len(name) :]
        opening = re.fullmatch(r"\W*(?:(?:el|la|los|las|c|lic|ing|dr|dra|mtr[oa]|arq|y|profr?a?)\b[\s.,]*)*", before)
        if (
            opening
            or re.search(rf"{_AGENT}(?:(?:el|la|l)\s+)?(?:\w{{1,5}}\.\s*)*$", before)
            or re.match(rf"\s+{_WILL}", after)
        ):
            agents.append(name)
        elif agents and re.search(r"(?:,|\by)\s+(?:(?:el|la)\s+)?(?:\w{1,5}\.\s*)*$", before):
            agents.append(name)
    if agents:
        return FieldValue("present", tuple(Person(n, "", place) for n in agents), ", ".join(agents), place=place)
    if match := _BY_CHARGE.search(folded):
        group = "a" if match["a"] else "b"
        words = squeeze(text[match.start(group) : match.end(group)])
        return FieldValue("present", (Person(words, words, place),), words, place=place)
    if names:
        reason = f"se menciona a {', '.join(names)} sin decir si responde del acuerdo"
        return FieldValue("undetermined", None, squeeze(text)[:160], place=place, reason=reason)
    return FieldValue("absent", place=place)
