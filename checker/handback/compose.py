"""The outline of the document that the norm asks for, with what a submission already had in its place and every gap visible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from checker.findings import Finding
from checker.handback.carry import carried
from checker.handback.extra_columns import extra_columns
from checker.handback.ledger import Ledger, content
from checker.handback.leftovers import OTHER_TITLE, leftovers, own_title
from checker.handback.notes import Notes
from checker.handback.outline import (
    Outline,
    Piece,
    Run,
    Section,
    Text,
    placeholder,
    texts_of,
    without_placeholders,
)
from checker.handback.pieces import as_written, cell, followed_by, grid, unnumbered
from checker.handback.values import Names, people_of, rows_of, shown
from checker.packs.model import Column, DocumentType, Field
from checker.packs.pack import Pack
from checker.recognise.items import CHARGE_HEADERS, NAME_HEADERS
from checker.recognise.labels import OTHER
from checker.recognise.model import FieldValue, Row, SignatureBlock
from checker.recognise.recognise import label_index
from checker.spanish.text import flat, label_form, squeeze
from parsers.model import Block, Place

LINE = "_" * 24
"""A place to sign."""
_ABSENT = FieldValue("absent")
_COMMON_LABELS = ("nombre", "cargo", "firma", "número", "no", "núm")
_SENTENCE = 160
"""Characters up to which a date or a subject is shown with the words that surround it."""
_HINT = "en cada texto resaltado lo que falta; al terminar, quite los corchetes y esta nota"
_SHORT_KINDS = ("text", "date", "year", "number", "period", "choice")
"""Kinds that stand beside their label."""
_SHORT = 80
"""Characters up to which a note stands in its cell."""


def compose(
    document_type: DocumentType,
    pack: Pack,
    fields: Mapping[str, FieldValue],
    findings: Sequence[Finding] = (),
    everything: Sequence[Block] = (),
    spare_rows: int = 0,
) -> Outline:
    """The outline; without ``fields`` every field is a placeholder.

    ``everything`` is the whole submission, of which what the fields do not say is carried too.
    ``spare_rows`` is how many empty rows follow in each table, for a blank template. Findings that no placeholder answers stand as
    notes where they belong, so that nothing that was found is lost.
    """
    return _Composer(
        document_type, dict(fields), Notes(document_type, pack, tuple(findings)), spare_rows, tuple(everything)
    ).outline()


class _Composer(msgspec.Struct):
    type: DocumentType
    fields: dict[str, FieldValue]
    notes: Notes
    spare_rows: int
    everything: tuple[Block, ...]
    """The whole submission."""
    below: list[Run] = []
    """Notes too long for a cell of the table being composed."""
    headers: set[Place] = set()
    """Where the headers stand of the tables whose rows were taken up."""
    served: dict[tuple[str, str], bool] = {}
    """Table and column → whether a section of its own serves it."""

    def outline(self) -> Outline:
        sections = [s for name, f in self.type.fields.items() if (s := self._section(name, f))]
        subtitle, rest = own_title(self.type, self.everything)
        tables = {n: f.any_of_column.split(".")[0] for n, f in self.type.fields.items() if f.any_of_column}
        ledger = Ledger(self.everything, self.fields, sections, self._labels(), tables)
        pieces = leftovers(rest, ledger, frozenset(self.headers))
        if pieces:
            sections.append(Section("", OTHER_TITLE, pieces))
        notes = tuple(Text((self.notes.note(f),)) for f in self.notes.about("documento"))
        own = flat(subtitle).startswith(flat(self.type.title))
        outline = Outline(
            self.type.id,
            subtitle if own else self.type.title,
            "" if own else subtitle,
            self.notes.pack.info.title,
            self.type.source,
            notes,
            tuple(sections),
            tuple(self.type.fields),
        )
        if not outline.gaps:
            return outline
        return replace(outline, notes=(Text((Run(f"[Escriba {_HINT}]", "gap"),)), *notes))

    # Sections

    def _section(self, name: str, spec: Field) -> Section | None:
        value = self.fields.get(name, _ABSENT)
        if spec.any_of_column and not self._stands_alone(name, spec):
            return None
        blank = not self.fields
        if not (blank or spec.required_by or value.state != "absent" or self.notes.about(name, below=True)):
            return None
        pieces = self._pieces(name, spec, value)
        notes = [self.notes.note(f) for f in self.notes.about(name, below=True) if f.subject not in self.notes.answered]
        self.notes.answered |= {f.subject for f in self.notes.about(name, below=True)}
        inline = spec.kind in _SHORT_KINDS and len(pieces) <= 3 and all(isinstance(p, Text) for p in pieces)
        return Section(name, spec.title, (*pieces, *(Text((n,)) for n in notes)), inline)

    def _pieces(self, name: str, spec: Field, value: FieldValue) -> tuple[Piece, ...]:
        match spec.kind:
            case "people":
                return self._people(name, spec, value)
            case "table":
                return self._table(name, spec, value)
            case "signatures":
                return self._signatures(name, spec, value)
            case "list":
                return self._list(name, spec, value)
            case _:
                return self._scalar(name, spec, value)

    def _scalar(self, name: str, spec: Field, value: FieldValue) -> tuple[Piece, ...]:
        doubts = self.notes.doubts(name, value)
        pieces = carried(value.blocks, value.label)
        whole = len(pieces) == 1 and isinstance(pieces[0], Text) and len(pieces[0].text) <= _SENTENCE
        text = content(texts_of(pieces)[0].text) if whole else shown(value)
        if text and (whole or not (pieces and spec.kind == "text")):
            pieces = (Text((Run(text, "doubt" if doubts else "plain"),)),)
        if not pieces or value.state in ("absent", "empty"):
            return (Text((self.notes.gap(name, spec),)),)
        return followed_by(pieces, doubts)

    def _list(self, name: str, spec: Field, value: FieldValue) -> tuple[Piece, ...]:
        if value.state in ("absent", "empty"):
            return (
                Text((self.notes.gap(name, spec),), "1."),
                *(Text((), f"{n}.") for n in range(2, 2 + self.spare_rows)),
            )
        items = [i for i in value.value if isinstance(i, str)] if isinstance(value.value, tuple) else []
        kept = as_written(value)
        plain = all(isinstance(p, Text) and re.fullmatch(r"(?:\d{1,3}[.)-]*|\W)?", p.label) for p in kept)
        pieces: tuple[Piece, ...] = kept
        if items and plain:
            texts = [t for i in items if (t := squeeze(without_placeholders(i)))]
            pieces = tuple(Text((Run(unnumbered(t, n)),), f"{n}.") for n, t in enumerate(texts, 1))
        return followed_by(pieces or (Text((self.notes.gap(name, spec),)),), self.notes.doubts(name, value))

    def _people(self, name: str, spec: Field, value: FieldValue) -> tuple[Piece, ...]:
        people = people_of(value)
        written = Names(self.everything)
        names = [written.full(p.name) for p in people]
        rows = [[cell(n), cell(squeeze(p.charge))] for n, p in zip(names, people, strict=True)]
        for i, row in enumerate(rows, 1):
            row[0] += tuple(Text((self.notes.note(f),)) for f in self.notes.about(f"{name}[{i}]"))
            self.notes.answered.add(f"{name}[{i}]")
        said = [f"{n} {p.charge}" for n, p in zip(names, people, strict=True)]
        extra = self._extra_columns(name, [p.place for p in people], said)
        missing = max(spec.at_least - len(people), 0 if people else 1)
        rows += [[cell(self.notes.gap(name, spec)), ()] for _ in range(missing if value.state != "undetermined" else 0)]
        kept = () if people or value.state in ("absent", "empty") else as_written(value)
        table = grid(["Nombre", "Cargo"], rows, extra, self.spare_rows)
        return followed_by((*kept, *((table,) if rows else ())), self.notes.doubts(name, value) if not missing else ())

    def _table(self, name: str, spec: Field, value: FieldValue) -> tuple[Piece, ...]:
        rows = rows_of(value)
        shown_columns = {c: col for c, col in spec.columns.items() if self._shows(name, c, col, rows)}
        self.below = [self.notes.note(f) for row in rows for f in self.notes.about(f"{name}[{row.index}]")]
        self.notes.answered |= {f"{name}[{row.index}]" for row in rows}
        body = [
            [self._cell(name, row, c, col, first=i == 0) for i, (c, col) in enumerate(shown_columns.items())]
            for row in rows
        ]
        kept: tuple[Piece, ...] = ()
        if not rows and value.state not in ("absent", "empty"):
            kept = as_written(value)
        if not rows and not kept:
            body.append([cell(self.notes.gap(f"{name}[1].{c}", col)) for c, col in shown_columns.items()])
            self.notes.answered.add(name)
        said = [" ".join(t.text for cell in cells for t in texts_of(cell)) for cells in body[: len(rows)]]
        extra = self._extra_columns(name, [row.place for row in rows], said)
        table = grid([col.title for col in shown_columns.values()], body, extra, self.spare_rows)
        notes = (*self.below, *(self.notes.doubts(name, value) if rows or kept else ()))
        return followed_by((*kept, *((table,) if body else ())), notes)

    def _extra_columns(
        self, name: str, places: Sequence[Place | None], said: Sequence[str]
    ) -> Mapping[str, tuple[str, ...]]:
        index = label_index(self.type)

        def known(head: str) -> bool:
            if name in index.columns:
                return any(match.target != OTHER for match in index.column(name, head))
            return label_form(head) in NAME_HEADERS | CHARGE_HEADERS

        found = extra_columns(self.everything, places, said, known)
        self.headers |= found.headers
        return found.texts

    def _shows(self, name: str, column: str, spec: Column, rows: Sequence[Row]) -> bool:
        if any(shown(row.cells.get(column, _ABSENT)) for row in rows):
            return True
        if not rows:
            return not self._forbidden(f"{name}.{column}")
        if any(f.subject.startswith(f"{name}[") and f.subject.endswith(f".{column}") for f in self.notes.findings):
            return True
        return (spec.required_by is not None or column == next(iter(self.type.fields[name].columns))) and not (
            rows and self._served(name, column)
        )

    def _forbidden(self, path: str) -> bool:
        """Whether a rule says that the document bears no such thing: no blank offers a place for it."""
        return any(
            rule.kind == "forbidden"
            and rule.head.on.document == self.type.id
            and getattr(rule.params, "field", "") == path
            for rule in self.notes.pack.rules
        )

    def _cell(self, name: str, row: Row, column: str, spec: Column, *, first: bool) -> tuple[Piece, ...]:
        subject = f"{name}[{row.index}].{column}"
        value = row.cells.get(column, _ABSENT)
        doubts = self.notes.doubts(subject, value)
        text = shown(value)
        if text and value.problem and spec.kind == "choice":  # quoting the options would read as having chosen one
            unknown = f"lo que proceda: «{text}» no es de las opciones previstas"
            doubts = (placeholder("Indique", unknown, self.notes.numeral(subject, spec)),)
        if not text:
            owed = bool(doubts) or first or (spec.required_by and not self._served(name, column))
            return cell(self.notes.gap(subject, spec)) if owed else ()
        if not doubts:
            return cell(text)
        chosen = spec.kind == "choice" and not value.problem  # a note that names another option would read as that one
        self.below += [doubt for doubt in doubts if chosen or len(doubt.text) > _SHORT]
        below = placeholder("Indique", "lo correcto (véase la nota bajo la tabla)", self.notes.numeral(subject, spec))
        return cell(Run(text, "doubt"), *(below if chosen or len(doubt.text) > _SHORT else doubt for doubt in doubts))

    def _signatures(self, name: str, spec: Field, value: FieldValue) -> tuple[Piece, ...]:
        self.notes.answered |= {f.subject for f in self.notes.about(name, below=True) if f.outcome == "undetermined"}
        blocks = [b for b in value.value if isinstance(b, SignatureBlock)] if isinstance(value.value, tuple) else []
        numeral = self.notes.numeral(name, spec)
        sign = placeholder("Firme", "aquí, o ponga una línea para firmar en papel", numeral)
        again = placeholder("Firme", "de nuevo: la firma del original no pasa a esta versión", numeral)
        who = placeholder("Anote", "nombre de quien firma", numeral)
        places = [
            (b.name, b.charge, Run(LINE) if b.mark == "line" else sign if b.mark == "none" else again)
            for b in blocks
            if b.name
        ]
        if not places:
            people = next(
                (people_of(self.fields.get(n, _ABSENT)) for n, f in self.type.fields.items() if f.kind == "people"), ()
            )
            places = [(p.name, p.charge, sign) for p in people] or [("", "", sign)] * 2
        if any(run.tone == "gap" for *_, run in places) and not self._asks_for_others(name):
            self.notes.answered.add(name)
        written = Names(self.everything)
        rows = [[cell(written.full(n) or who), cell(squeeze(c)), cell(run)] for n, c, run in places]
        return (grid(["Nombre", "Cargo", "Firma"], rows, {}, min(self.spare_rows, 2), look="signatures"),)

    def _asks_for_others(self, name: str) -> bool:
        """Whether a finding is about who signs, which a place to sign does not answer."""
        told = {f.rule for f in self.notes.about(name) if f.outcome == "violated"}
        return any(r.head.id in told and r.kind != "required" for r in self.notes.pack.rules)

    def _labels(self) -> Iterator[str]:
        """The words by which the type's fields and columns are called: content of their own they are not."""
        yield from (*_COMMON_LABELS, self.type.title, *self.type.recognise.titles)
        for spec in self.type.fields.values():
            yield from (spec.title, *spec.labels)
            for column in spec.columns.values():
                yield from (column.title, *column.labels)

    # Fields that a column of a table may stand for

    def _stands_alone(self, name: str, spec: Field) -> bool:
        """Whether the submission had the field besides the column, in words of its own."""
        value = self.fields.get(name, _ABSENT)
        if value.state != "present" or not spec.any_of_column:
            return False
        table, column = spec.any_of_column.split(".")
        rows = rows_of(self.fields.get(table, _ABSENT))
        if not any(shown(row.cells.get(column, _ABSENT)) for row in rows):
            return True
        tables = {row.place.table for row in rows if row.place and row.place.table}
        within = (
            value.place is None
            or value.place.table in tables
            or value.place in [c.place for r in rows for c in r.cells.values()]
        )
        return bool(value.blocks) and not within

    def _served(self, table: str, column: str) -> bool:
        key = (table, column)
        if key not in self.served:
            standing = (
                n
                for n, f in self.type.fields.items()
                if f.any_of_column == f"{table}.{column}" and self._stands_alone(n, f)
            )
            self.served[key] = next(standing, None) is not None
        return self.served[key]
