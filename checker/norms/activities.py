"""The activities of the procedures of a norm, as their tables write them: number, who, what, documents, where each goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from checker.norms.headings import heading_of
from checker.norms.text import Line, NormText
from checker.spanish.text import flat, label_form, squeeze

_WHO = ("responsable", "unidad administrativa", "unidad", "area", "puesto", "actor")
_WHAT = (
    "descripcion de actividades",
    "descripcion de la actividad",
    "descripcion de las actividades",
    "descripcion",
    "actividades",
    "actividad",
)
_PAPERS = ("documento", "producto", "formato", "registro", "evidencia")
_NUMBER = ("no", "num", "numero", "actividad no")
_JUMP = re.compile(
    r"(?:continua|pasa|regresa|vuelve|remite(?:se)?|va|dirig\w+|retorna)\s+(?:a\s+|en\s+|con\s+)?(?:la\s+|el\s+)?(?:siguiente\s+)?actividad\s*(?:no\.?|num\.?|numero)?\s*(?P<to>\d{1,3}(?:\.\d{1,2})*|[a-z]\b)"
)
_ENDS = re.compile(
    r"\b(?:termina|fin)\s*(?:del?\s+)?(?:el\s+)?(?:procedimiento|proceso|actividades)?\b(?=\s*(?:[.,;:]|$|\n|[¿A-Z]))"
)
_ANSWER = re.compile(
    r"(?<!\w)(?<!actividad )(si|no)(?:\s*[,:.]|\s+(?=continua|regresa|pasa|termina|procede|es|hay|se)|\s*$|\s*\n)"
)
_QUESTION = re.compile(r"¿[^?]+\?")
_ITEM = re.compile(r"(?:(?<=^)|(?<=[\s.;:?]))(?P<n>\d{1,3}(?:\.\d{1,2})?)\s*[.)]\s*(?=[A-ZÁÉÍÓÚ¿])")
_NOT_ITEM = re.compile(r"(?:actividad(?:es)?|no\.?|num\.?|numero|y|o)\s*$")


class Activity(msgspec.Struct, frozen=True):
    """An activity of a procedure."""

    number: str
    who: str
    text: str
    papers: str | None
    """Documents or products; None where the table has no such column."""
    line: Line

    @property
    def jumps(self) -> tuple[str, ...]:
        """Numbers of the activities to which it sends."""
        return tuple(m["to"].upper() for m in _JUMP.finditer(flat(self.text)))

    @property
    def question(self) -> str:
        """The question that it decides, empty when it decides nothing."""
        found = _QUESTION.search(self.text)
        return found[0] if found else ""

    @property
    def answers(self) -> dict[str, bool]:
        """``si`` and ``no``, where it names them, with whether a destination follows."""
        words = squeeze(flat(_QUESTION.sub(" ", self.text)))
        marks = list(_ANSWER.finditer(words))
        found = {}
        for n, mark in enumerate(marks):
            end = marks[n + 1].start() if n + 1 < len(marks) else len(words)
            said = words[mark.end() : end]
            found[mark[1]] = bool(_JUMP.search(said) or re.search(r"\btermina\b|\bfin\b", said))
        return found

    @property
    def ends(self) -> bool:
        """Whether the procedure may end here."""
        return bool(_ENDS.search(flat(self.text)))


class Procedure(msgspec.Struct, frozen=True):
    """The activities of one procedure."""

    name: str
    activities: tuple[Activity, ...]
    line: Line
    lost: bool = False
    """Some activity has no legible number: the file has lost them, and nothing about numbers can be told."""
    total: int | None = None
    """Activities that it declares."""


def procedures(text: NormText) -> tuple[Procedure, ...]:
    """Every procedure whose table of activities can be read, in order."""
    return text.once("procedures", _procedures)


def _procedures(text: NormText) -> tuple[Procedure, ...]:
    reader = _Reader()
    for line in text.body:
        reader.take(line)
    reader.close()
    return tuple(reader.found)


class _Columns(msgspec.Struct, frozen=True):
    number: int | None
    who: int
    what: int
    papers: int | None


class _Reader:
    def __init__(self) -> None:
        self.found: list[Procedure] = []
        self.columns: _Columns | None = None
        self.name = ""
        self.opened: Line | None = None
        self.activities: list[Activity] = []
        self.who = ""
        self.lost = False
        self.total: int | None = None

    def take(self, line: Line) -> None:
        columns = _columns(line)
        if columns:
            if self.columns is None:
                self.opened = line
            self.columns = columns
            return
        title = self._title(line)
        if title:
            if self.activities:
                self.close()
            self.name = title
            return
        if self.columns is None:
            return
        declared = re.search(r"\btotal,? de actividades:?\D{0,6}(\d{1,3})\b", line.flat)
        if declared:
            self.total = int(declared[1])
            return
        if not line.cells:
            self._alone(line)
            return
        self._row(line, self.columns)

    def _title(self, line: Line) -> str:
        words = squeeze(" ".join(c for c in (line.cells or (line.text,)) if c))
        if re.match(r"procedimiento\s*:\s*\S", flat(words)) and not line.margin:
            return words.partition(":")[2].strip(" .")
        if flat(words).startswith("instruccion de trabajo"):
            self.close()
            return ""
        heading = heading_of(line) if not line.cells else None
        if heading and (heading.number or line.level):
            self.close()
            return heading.title if heading.number[:1].isdigit() or line.level else ""
        return ""

    def _alone(self, line: Line) -> None:
        """A line between rows: an end, a beginning, or what ends the table."""
        if re.match(r"\W*(?:termina|fin)\b", line.flat):
            self._append(line.text)
            self._finish()
        elif re.match(r"\W*inici[ao]\b", line.flat):
            if self.activities:
                self._finish()
        elif self.columns and self.columns.number is None and self._continues(line.text):
            # a row of which a text file kept one cell; what its other cells said is not known
            self._narrated_row(line, ["", line.text], msgspec.structs.replace(self.columns, who=0, what=1, papers=None))
        elif self.activities:
            self._append(line.text)
        elif not self.name and len(line.text.split()) <= 6:
            self.name = line.text

    def _continues(self, text: str) -> bool:
        found = _ITEM.match(text)
        return found is not None and found["n"] == str(self._next())

    def _row(self, line: Line, columns: _Columns) -> None:
        cells = list(line.cells)
        said = [c for c in cells if c]
        if len(said) == 1 and re.match(r"\W*(?:inici[ao]|termina|fin)\b", flat(said[0])):
            self._alone(msgspec.structs.replace(line, text=said[0], cells=()))
            return
        if columns.number is not None:
            self._numbered_row(line, cells, columns)
        else:
            self._narrated_row(line, cells, columns)

    def _numbered_row(self, line: Line, cells: list[str], columns: _Columns) -> None:
        cells += [""] * (max(columns.what, columns.papers or 0, columns.who) + 1 - len(cells))
        number = cells[columns.number or 0].strip(" .")
        what = " ".join(c for c in cells[columns.what :] if c)
        if re.fullmatch(r"\d{1,3}(?:\.\d{1,2})?|[A-Z]", number):
            papers = cells[columns.papers] if columns.papers is not None else None
            if columns.papers is not None:
                what = cells[columns.what]
            self._add(number, cells[columns.who] or self.who, what, papers, line)
        elif not number and self.activities:
            self._append(" ".join(c for c in cells if c))

    def _narrated_row(self, line: Line, cells: list[str], columns: _Columns) -> None:
        """A row whose description numbers its activities itself."""
        if len(cells) <= max(columns.what, columns.papers or 0) and _ITEM.match(cells[0]):
            cells.insert(columns.who, "")  # a text file keeps no empty first cell: the one above goes on
        cells += [""] * (max(columns.what, columns.papers or 0, columns.who) + 1 - len(cells))
        who = squeeze(cells[columns.who])
        what, papers = cells[columns.what], cells[columns.papers] if columns.papers is not None else None
        if re.match(r"(?:entrada|salida)\s*:", flat(who)):
            return
        self.who = who or self.who
        pieces = list(_items(what, self._next()))
        if not pieces:
            if re.match(r"\W*inicio", flat(what)):
                return
            if self.activities and not who:
                self._append(what)
            elif re.search(r"[a-z]{4}", flat(what)):
                ends = re.match(r"\W*termina", flat(what))
                self.lost = self.lost or not ends
                if ends:
                    self._append(what)
            return
        lead = what[: pieces[0][0]].strip()
        if lead and self.activities and not re.match(r"\W*inicio", flat(lead)):
            self._append(lead)
        for _, number, said in pieces:
            self._add(number, self.who, said, papers, line)

    def _next(self) -> int:
        numbers = [int(a.number) for a in self.activities if a.number.isdigit()]
        return max(numbers, default=0) + 1

    def _add(self, number: str, who: str, what: str, papers: str | None, line: Line) -> None:
        if number == "1" and self.activities:
            self._finish()
        self.who = squeeze(who)
        self.activities.append(Activity(number, self.who, what.strip(), papers, line))

    def _append(self, words: str) -> None:
        if self.activities:
            last = self.activities[-1]
            self.activities[-1] = msgspec.structs.replace(last, text=f"{last.text}\n{words}")

    def _finish(self) -> None:
        if self.activities:
            line = self.activities[0].line
            self.found.append(Procedure(self.name, tuple(self.activities), line, self.lost))
            self.name = ""
        self.activities, self.lost, self.who = [], False, ""

    def close(self) -> None:
        """The table is over."""
        self._finish()
        if self.total is not None and self.found:
            self.found[-1] = msgspec.structs.replace(self.found[-1], total=self.total)
        self.columns, self.total = None, None


def _columns(line: Line) -> _Columns | None:
    """The columns that a row of headers gives; None for any other row."""
    if len(line.cells) < 2:
        return None
    cells = [label_form(cell) for cell in line.cells]

    def at(names: Sequence[str]) -> int | None:
        return next((cells.index(name) for name in names if name in cells), None)

    who, what = at(_WHO), at(_WHAT)
    if who is None or what is None or who == what:
        return None
    papers = next((n for n, cell in enumerate(cells) if cell.startswith(_PAPERS)), None)
    number = at(_NUMBER)
    if number is None and "actividad" in cells and cells.index("actividad") != what:
        number = cells.index("actividad")  # «Actividad | Responsable | Descripción»: the first holds the number
    return _Columns(number, who, what, papers)


def _items(what: str, expected: int) -> Iterator[tuple[int, str, str]]:
    """(start, number, text) of the activities that a cell numbers itself, one after another from ``expected``.

    A number out of turn is taken only at the beginning of the cell or of a line, so that «actividad No. 7. Sí» is none.
    """
    starts: list[tuple[int, int, str]] = []
    for found in _ITEM.finditer(what):
        before = flat(what[: found.start()])
        if _NOT_ITEM.search(before):
            continue
        number = found["n"]
        opens = not before.strip() or before.rstrip(" ").endswith("\n")
        if opens or number == str(expected):
            starts.append((found.start(), found.end(), number))
            expected = int(number.split(".")[0]) + 1
    for n, (start, end, number) in enumerate(starts):
        until = starts[n + 1][0] if n + 1 < len(starts) else len(what)
        yield start, number, what[end:until]
