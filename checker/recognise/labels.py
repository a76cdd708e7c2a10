"""The labels by which a document type knows its fields, and how words on the page match them."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from checker.packs.model import DocumentType
from checker.recognise.items import months_of
from checker.spanish.text import flat, label_form, numbered_form, squeeze

OTHER = ""
"""Target of a label that is known but asked for by no field; it ends what stands before it."""

_COMMON = (
    "lugar, hora, hora de inicio, hora de término, horario, hora inicio, hora término, sede, "
    "modalidad de la reunión, convoca, convocó, convocante, "
    "elaboró, elaborado por, revisó, autorizó, aprobó, vo. bo., no., número, número de minuta, folio, "
    "no. de minuta, minuta no., moderador, relator, "
    "secretario, observaciones, notas, nota, asuntos generales, desarrollo, desarrollo de la reunión, "
    "desarrollo de la sesión, antecedentes, "
    "cierre, cierre de la reunión, cierre de la sesión, cierre de la minuta, anexos, anexo, próxima reunión, fecha de la próxima reunión, "
    "fecha de próxima reunión, siguiente reunión, "
    "fecha de registro, fecha de solicitud, fecha de recepción, fecha del acuerdo, fecha de nacimiento, "
    "fecha de elaboración, fecha de impresión, fecha de emisión, fecha de actualización, fecha de validación, "
    "fecha de autorización, código, clave, "
    "versión, página, dependencia, dirección, área, área convocante, unidad administrativa, "
    "teléfono, correo, correo electrónico, presentación, introducción, justificación, objetivo general, objetivos, alcance, "
    "marco normativo, fundamento, conclusiones, comentarios, resumen, duración, tipo de reunión, ausentes, inasistencias, invitados, "
    "personas ausentes, c.c.p., ccp, atentamente, de, para, cc, enviado, enviado el, responsable del plan, "
    "presupuesto, indicadores, seguimiento, "
    "evaluación, población objetivo, público objetivo, dirigido a, metas, link, liga, enlace"
)
COMMON = frozenset(label_form(word) for word in _COMMON.split(","))
"""Labels of offices at large: known, and no field's."""

BY_GROUP = 0.7
"""Similarity of what only the group over a header cell names."""
_JOINT = re.compile(r"[,/&]| [ye-] ")
_JOIN = re.compile(r"\s*[,/]\s*|\s+y\s+|\s+e\s+|\s*&\s*|\s+-\s+")


class Match(msgspec.Struct, frozen=True):
    """Words that name a target: a field, ``table.column``, or :data:`OTHER`."""

    target: str
    similarity: float


class LabelIndex:
    """All labels of one document type; build once per type."""

    def __init__(self, document_type: DocumentType) -> None:
        self._numbered: set[str] = set()
        self._without_blanks: dict[str | None, dict[str, str]] = {}
        self.fields: dict[str, list[str]] = {}
        self.columns: dict[str, dict[str, list[str]]] = {}
        for name, field in document_type.fields.items():
            for label in (field.title, *field.labels):
                self._add(self.fields, label, name)
            for column, spec in field.columns.items():
                table = self.columns.setdefault(name, {})
                for label in (spec.title, *spec.labels):
                    self._add(table, label, column)
        self.choices = {
            name: {
                label_form(w): column
                for column, c in field.columns.items()
                for v, ws in c.choices.items()
                for w in (v, *ws)
            }
            for name, field in document_type.fields.items()
        }
        """Table → words of a choice → the column that it chooses: a header «CLIMSS» over crosses."""
        self.words = {
            (name, column): tuple(map(flat, spec.words))
            for name, field in document_type.fields.items()
            for column, spec in field.columns.items()
        }
        self._besides = {
            name: frozenset(map(flat, field.besides)) for name, field in document_type.fields.items() if field.besides
        }
        for index in (self.fields, *self.columns.values()):
            self._tell_by_number(index)
        self.known = {*self.fields, *COMMON, *(label for table in self.columns.values() for label in table)}
        self.openings = {label.split(" ")[0] for label in self.known}
        """First words of all labels: what begins with none of them is none."""
        # the same words come back in every row, and again for every field
        self._matches = lru_cache(maxsize=8192)(self._match)
        self._under = lru_cache(maxsize=2048)(self._joined)
        self.widths = {n: len(f.columns) for n, f in document_type.fields.items() if f.columns}
        self.numbers = {n for n, f in document_type.fields.items() if f.kind == "number"}
        self.people = {n for n, f in document_type.fields.items() if f.kind == "people"}
        self.years = {n for n, f in document_type.fields.items() if f.kind == "year"}

    @staticmethod
    def _add(index: dict[str, list[str]], label: str, name: str) -> None:
        for form in dict.fromkeys((label_form(label), numbered_form(label))):
            names = index.setdefault(form, [])
            if name not in names:
                names.append(name)

    def _glued(self, table: str | None) -> dict[str, str]:
        """Long labels without their blanks: a narrow column breaks «Frecuenci-a» where it likes."""
        known = self._without_blanks.get(table)
        if known is None:
            labels = self.fields if table is None else self.columns.get(table, {})
            known = {label.replace(" ", ""): label for label in labels if len(label) >= 8}
            self._without_blanks[table] = known
        return known

    def _tell_by_number(self, index: dict[str, list[str]]) -> None:
        """Labels that only their number tells apart («Trimestre 1», «Trimestre 2») are not known without it."""
        for form in [f for f in index if f[-1:].isdigit()]:
            bare = label_form(form)
            if bare != form and len(index.get(bare, ())) > 1:
                self._numbered.add(form)
        for form in self._numbered & index.keys():
            index.pop(label_form(form), None)

    def besides(self, field: str, text: str) -> bool:
        """Whether ``text`` has a word that makes it another thing than the field: «acuerdos de la reunión anterior»."""
        words = flat(text).split()
        return any(word.strip(".,:;()") in self._besides.get(field, ()) for word in words)

    def field(self, text: str, fuzzy: bool = False) -> tuple[Match, ...]:
        """Fields that ``text`` (a whole label) may name, best first; ``OTHER`` alone when it is an office's common label."""
        return self._matches(None, text, fuzzy)

    def worded(self, table: str, text: str) -> str | None:
        """The column one of whose own words ``text`` begins with: «Cartel» names a medium."""
        folded = flat(text).strip()
        if choice := self.choices.get(table, {}).get(label_form(text)):
            return choice
        return next((c for (t, c), words in self.words.items() if t == table and folded.startswith(words)), None)

    def column(self, table: str, text: str, fuzzy: bool = False, group: str = "") -> tuple[Match, ...]:
        """Columns of the table field that ``text`` (a header cell or run-in label) may name, best first.

        Under ``group``, the words of the header cells above it (``Residual``, ``Año 2026 / Enero``), a label may join both; what the
        words alone name comes after that, and what the group alone names last.
        """
        return self._under(table, text, fuzzy, group) if group else self._matches(table, text, fuzzy)

    def _synonyms(self, table: str, label: str) -> list[str]:
        """The other labels of the columns that ``label`` names: a group «Frecuencia de ocurrencia» is also «Frecuencia»."""
        labels = self.columns.get(table, {})
        names = labels.get(label_form(label), ())
        return [other for other, named in labels.items() if set(names) & set(named)]

    def _joined(self, table: str, text: str, fuzzy: bool, group: str) -> tuple[Match, ...]:
        labels = self.columns.get(table, {})
        parts = group.split(" / ")
        paths = [f"{group} / {text}", *(f"{part} / {text}" for part in reversed(parts))]
        spoken = text.replace("%", " porcentaje ").replace("#", " número ")
        if any(map(str.isalpha, spoken)):
            over = [alias for part in reversed(parts) for alias in (part, *self._synonyms(table, part))]
            paths += [w for part in over for w in (f"{part} {spoken}", f"{spoken} {part}", f"{spoken} de {part}")]
        found = [Match(n, 1.0) for path in paths for n in labels.get(label_form(path), ())]
        found += [Match(m.target, 0.9 * m.similarity) for m in self._matches(table, text, fuzzy)]
        if not any(m.target != OTHER for m in found):
            found += [Match(n, BY_GROUP) for part in reversed(parts) for n in labels.get(label_form(part), ())]
        best: dict[str, Match] = {}
        for match in sorted(found, key=lambda m: -m.similarity):
            best.setdefault(match.target, match)
        return tuple(best.values())

    def _match(self, table: str | None, text: str, fuzzy: bool) -> tuple[Match, ...]:
        labels = self.fields if table is None else self.columns.get(table, {})
        form = numbered_form(text)
        if form not in labels or form not in self._numbered:
            form = label_form(text)
        found = _match(form, labels, fuzzy, self.openings)
        if not found and ("%" in text or "#" in text):
            spoken = text.replace("%", " porcentaje ").replace("#", " número ")
            found = _match(label_form(spoken), labels, fuzzy, self.openings)
        if not found and table is not None and (months := months_of(text)):
            same = [n for label, names in labels.items() if months_of(label) == months for n in names]
            found = [Match(n, 0.95) for n in dict.fromkeys(same)]
        if not found and (roman := _ROMAN.search(form)):
            found = _match(form[: roman.start()], labels, False, self.openings)
        if not found and " " in form:
            glued = self._glued(table).get(form.replace(" ", ""))
            found = [Match(n, 0.9) for n in labels[glued]] if glued else []
        if table is None and any(self.besides(m.target, text) for m in found):
            found = [m for m in found if not self.besides(m.target, text)] or [Match(OTHER, 1.0)]
        return tuple(found)


_ROMAN = re.compile(r"(?<=[a-z]{4}) (?:i{1,3}|i?v|vi{1,3}|ix|xi{0,2}(?<! x))$")


def _match(form: str, index: dict[str, list[str]], fuzzy: bool, openings: set[str]) -> list[Match]:
    """``openings`` are the first words of all labels: what begins otherwise has none of them as its beginning."""
    if not form or len(form) > 90:
        return []
    if names := index.get(form):
        return [Match(n, 1.0) for n in names]
    if form in COMMON:
        return [Match(OTHER, 1.0)]
    matches = _by_parts(form, index)
    if not matches and form.partition(" ")[0] in openings:
        matches = _by_prefix(form, index)
    matches = matches or _by_suffix(form, index)
    if not matches and fuzzy and len(form) >= 5:
        matches = _by_distance(form, index)
    return matches


def _by_parts(form: str, index: dict[str, list[str]]) -> list[Match]:
    """«fecha, hora y lugar», «asistentes y firmas»: every part that is a label counts."""
    if not _JOINT.search(form):
        return []
    parts = [squeeze(p) for p in _JOIN.split(form) if p.strip()]
    if not 2 <= len(parts) <= 4:
        return []
    known = [n for p in parts for n in index.get(p, ())]
    strangers = [p for p in parts if p not in index and p not in COMMON]
    if not known or len(strangers) > 1 or any(len(p.split()) > 3 for p in strangers):
        return []
    return [Match(n, 0.9 if not strangers else 0.8) for n in dict.fromkeys(known)]


_TAIL = re.compile(
    r"^(?:de|del|de la|de los|de las|a|al|en|por|para|que|propuest[oa]s?|tomad[oa]s|acordad[oa]s|adoptad[oa]s|"
    r"anual|establecid[oa]s|generad[oa]s|alcanzad[oa]s|\d{4})\b"
)


def _by_prefix(form: str, index: dict[str, list[str]]) -> list[Match]:
    """«acuerdos de la segunda reunión», «participantes en la sesión»: a label with a tail that only qualifies it."""
    words = form.split(" ")
    if len(words) > 9:
        return []
    for count in range(len(words) - 1, 0, -1):
        head, tail = " ".join(words[:count]), " ".join(words[count:])
        if (names := index.get(head)) and _TAIL.match(tail):
            return [Match(n, 0.75) for n in names]
        if head in COMMON and _TAIL.match(tail):
            return [Match(OTHER, 0.75)]
    return []


_HEAD = re.compile(
    r"^(?:nombre (?:y cargo )?(?:del? |de la |de los |de las )?|persona (?:servidora publica )?|servidor(?:a)? public[oa] |"
    r"area |unidad |descripcion (?:del |de la |de los )|detalle (?:del |de la )|listado de |relacion de |registro de |"
    r"datos? (?:del |de la )|propuesta de )+"
)


def _by_suffix(form: str, index: dict[str, list[str]]) -> list[Match]:
    """«nombre del responsable», «unidad responsable»: a label behind words that only qualify it."""
    head = _HEAD.match(form)
    return [Match(n, 0.8) for n in index.get(form[head.end() :], ())] if head else []


def _by_distance(form: str, index: dict[str, list[str]]) -> list[Match]:
    from rapidfuzz import fuzz, process

    found = process.extractOne(form, _long_keys(tuple(index)), scorer=fuzz.ratio, score_cutoff=84)
    return [Match(n, 0.7 * found[1] / 100) for n in index[found[0]]] if found else []


@lru_cache(maxsize=256)
def _long_keys(keys: tuple[str, ...]) -> list[str]:
    return [k for k in keys if len(k) >= 5]
