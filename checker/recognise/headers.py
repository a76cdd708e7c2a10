"""Header rows of tables: one line deep, or groups over leaves («Residual / Impacto», «Año 2026 / Enero / Pr»), whatever names them."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec

from checker.recognise.items import (
    CHARGE_HEADERS,
    FIELDS,
    NAME_HEADERS,
    NEUTRAL_HEADERS,
    PEOPLE,
    SIGNATURE_HEADERS,
    months_of,
)
from checker.recognise.labels import BY_GROUP, OTHER, LabelIndex
from checker.recognise.sheet_fields import all_told
from checker.recognise.table_rows import Cells, leaves_room, paths, row_number
from checker.spanish.numbers import read_number
from checker.spanish.people import is_name
from checker.spanish.text import label_form, squeeze
from parsers.model import Cell

_DEEPEST = 3
_LONGEST = 90  # characters of a header


class Header(msgspec.Struct, frozen=True):
    """What the header of a grid says."""

    target: str
    """Table field, :data:`PEOPLE` or :data:`FIELDS`."""
    also: tuple[str, ...]
    """Other table fields that it heads nearly as well: the heading over the table decides."""
    texts: dict[int, str]
    """Column → its own words: the deepest cell that stands over it."""
    matched: int
    """Header cells that named a column."""
    groups: dict[int, str] = {}
    """Column → the words of the cells above its own, ``Año 2026 / Enero``."""
    height: int = 1
    printed: tuple[Mapping[int, str], ...] = ()
    """Each of its rows as printed, to know it again on the next page."""
    spans: tuple[tuple[int, int], ...] = ()
    """(first column, columns) of lowest cells that cover several."""
    above: tuple[Cell, ...] = ()
    """Cells that only group others."""

    def repeats(self, row: Cells) -> bool:
        """One of its rows printed again, as on the next page."""
        texts = [(c, squeeze(cell.text).casefold()) for c, cell in row if cell.text.strip()]
        return bool(texts) and any(all(line.get(c, "").casefold() == t for c, t in texts) for line in self.printed)


class _Named(msgspec.Struct, frozen=True):
    target: str
    matched: int
    also: tuple[str, ...]


class HeaderReader(msgspec.Struct):
    """Finds headers for one document type."""

    index: LabelIndex
    fuzzy: bool

    def find(self, rows: Sequence[Cells], position: int) -> Header | None:
        """The header that begins at ``position``, as deep as its groups go."""
        upper = rows[position]
        single = self.row(upper)
        best = single
        for height in range(_DEEPEST, 1, -1):
            deep = self._stacked(rows[position : position + height]) if position + height <= len(rows) else None
            if deep and (best is None or deep.matched > best.matched or deep.target == best.target):
                return deep
        if single and position + 1 > len(rows) - 1 and single.matched < 3:
            return None
        return single or self._names_only(rows, position) or self._one_column(rows, position)

    def _one_column(self, rows: Sequence[Cells], position: int) -> Header | None:
        """«No. | Actividad»: the first column of a table field beside an ordinal, over rows that are numbered."""
        texts = {c: squeeze(cell.text) for c, cell in rows[position] if cell.text.strip()}
        if position or len(texts) != 2:
            return None
        (ordinal, number), (_, name) = sorted(texts.items())
        if label_form(number) not in NEUTRAL_HEADERS and label_form(number):
            return None
        numbered = [dict(row).get(ordinal) for row in rows[1:]]
        if not numbered or not all(cell is not None and cell.text.strip(" .)").isdigit() for cell in numbered):
            return None
        targets = [t for t in self.index.columns if self.names_first(t, name)]
        return Header(targets[0], tuple(targets[1:]), texts, 1, printed=(texts,)) if targets else None

    def names_first(self, target: str, text: str) -> bool:
        """The text is a label of the column that names the rows of the table field."""
        first = next(iter(self.index.columns[target].values()))[0]
        return any(m.target == first and m.similarity == 1.0 for m in self.index.column(target, text))

    def _names_only(self, rows: Sequence[Cells], position: int) -> Header | None:
        """«No. | Nombre» over a list of names and nothing else."""
        texts = {c: squeeze(cell.text) for c, cell in rows[position] if cell.text.strip()}
        names = [c for c, t in texts.items() if label_form(t) in NAME_HEADERS]
        others = [label_form(t) for c, t in texts.items() if c not in names]
        if len(names) != 1 or len(texts) < 2 or not all(not f or f in NEUTRAL_HEADERS for f in others):
            return None
        below = [cell.text for row in rows[position + 1 :] for c, cell in row if c == names[0] and cell.text.strip()]
        if not below or sum(map(is_name, below)) < 0.6 * len(below):
            return None
        return Header(PEOPLE, (), texts, 1, printed=(texts,))

    def row(self, cells: Cells) -> Header | None:
        """The header that these cells alone are."""
        texts = {c: squeeze(cell.text) for c, cell in cells if cell.text.strip()}
        found = self._named(texts, {})
        if found is None:
            return None
        spans = tuple((c, cell.colspan) for c, cell in cells if cell.colspan > 1 and cell.text.strip())
        return Header(found.target, found.also, texts, found.matched, printed=(texts,), spans=spans)

    def names_column(self, target: str, text: str, group: str = "") -> bool:
        """The text could head a column of the target, under ``group``."""
        if target == PEOPLE:
            return label_form(text) in NAME_HEADERS | CHARGE_HEADERS | SIGNATURE_HEADERS
        if months_of(text) or self.index.worded(target, text):
            return True
        if target not in self.index.columns:
            return False
        matches = self.index.column(target, text, self.fuzzy, group)
        return bool(matches) and matches[0].target != OTHER and matches[0].similarity > (BY_GROUP if group else 0.0)

    def _stacked(self, block: Sequence[Cells]) -> Header | None:
        """The rows as one header, where each upper one groups what the lower ones name."""
        if any(len(row) < 2 for row in block) or not all(leaves_room(a, b) for a, b in itertools.pairwise(block)):
            return None
        bottom = row_number(block[-1])
        texts: dict[int, str] = {}
        groups: dict[int, str] = {}
        lowest: dict[int, Cell] = {}
        for column, path in paths(block):
            filled = list(dict.fromkeys(id(cell) for cell in path if cell.text.strip()))
            words = [next(c for c in path if id(c) == i) for i in filled]
            if not words:
                continue
            lowest[column] = words[-1]
            texts[column] = squeeze(words[-1].text)
            if words[:-1]:
                groups[column] = " / ".join(squeeze(c.text) for c in words[:-1])
        own = {c: cell for c, cell in lowest.items() if cell.row == bottom and cell.column == c}
        if not own or not groups:
            return None
        starts = {c: t for c, t in texts.items() if lowest[c].column == c or lowest[c].row < bottom}
        shown = {c: t for c, t in starts.items() if lowest[c].column == c}
        found = self._named(shown, groups)
        if found is None:
            return None
        over = Counter(groups.values())
        apart = len(own) < len(shown) and all(
            over[groups.get(c, "")] > 1 for c in own
        )  # the rest of the header stands above this row
        strange = [texts[c] for c in own if not self._leaf(found.target, texts[c], groups.get(c, ""), apart)]
        if len(strange) > len(own) / 4 or any(len(t) > 30 or read_number(t) is not None for t in strange):
            return None
        printed = tuple({c: squeeze(cell.text) for c, cell in row if cell.text.strip()} for row in block)
        above = [
            cell
            for row in block[:-1]
            for _, cell in row
            if cell.text.strip() and all(cell is not low for low in lowest.values())
        ]
        spans = tuple((c, cell.colspan) for c, cell in lowest.items() if cell.column == c and cell.colspan > 1)
        return Header(found.target, found.also, shown, found.matched, groups, len(block), printed, spans, tuple(above))

    def _leaf(self, target: str, text: str, group: str, apart: bool) -> bool:
        """A cell of the lowest row heads a column: by its words, by its group's, or as the number of a week under its month."""
        if self.names_column(target, text, group):
            return True
        if _last_months(group) and (not label_form(text) or len(text) <= 4):
            return True
        named = self.index.column(target, text, self.fuzzy, group) if target in self.index.columns and apart else ()
        return len(text) <= 25 and text.replace(" ", "").isalpha() and any(m.target != OTHER for m in named)

    def _named(self, texts: Mapping[int, str], groups: Mapping[int, str]) -> _Named | None:
        """What ``texts`` head, when they read as a header of anything."""
        if len(texts) < 2 or any(len(t) > _LONGEST for t in texts.values()):
            return None
        may = sum(c in groups or _may_head(self.index, t, self.fuzzy) for c, t in texts.items())
        if may < 0.6 * len(texts):
            return None  # a body row, as most are: what follows demands as much of a header
        forms = {c: label_form(t) or t for c, t in texts.items()}
        neutral = sum(f in NEUTRAL_HEADERS or not label_form(f) for f in forms.values())
        found = [*self._tables(texts, groups), *_people(list(forms.values()))]
        if not groups:
            fields = {
                m.target
                for t in texts.values()
                for m in self.index.field(t, self.fuzzy)[:1]
                if m.target != OTHER and m.similarity >= 0.8
            }
            if len(fields) >= 2 and len(fields) > max((count for count, _, _ in found), default=0):
                common = sum(bool(self.index.field(t)) for t in texts.values())
                found.append((common, FIELDS, 0.0))
        best = max(found, key=lambda f: (f[0], f[2], f[1]), default=None)
        if best is None:
            return None
        told = best[0] + neutral
        if told < 0.6 * len(texts) and not all_told(texts, best[1], best[0], told, self.index):
            return None
        also = tuple(t for count, t, _ in found if t != best[1] and t in self.index.columns and count >= best[0] - 1)
        return _Named(best[1], best[0], also)

    def _tables(self, texts: Mapping[int, str], groups: Mapping[int, str]) -> Iterator[tuple[int, str, float]]:
        """(header cells that name something, table field, share of the field's own columns that they are)."""
        for target in self.index.columns:
            named: set[str] = set()
            months = crossed = 0
            for column, text in texts.items():
                group = groups.get(column, "")
                by_group = BY_GROUP if group else 0.0
                matches = self.index.column(target, text, self.fuzzy, group)
                choice = next(
                    (m.target for m in matches if m.target not in {OTHER, *named} and m.similarity > by_group), None
                )
                if choice:
                    named.add(choice)
                elif months_of(text) or _last_months(group):
                    months += 1
                elif self.index.worded(target, text) or matches:
                    crossed += 1  # a medium or platform to mark, a second column of a period
            count = len(named) + (months if months >= 3 else 0) + crossed
            if len(named) >= (1 if months >= 3 else 2):
                yield count, target, len(named) / self.index.widths[target]


def _people(words: Sequence[str]) -> Iterator[tuple[int, str, float]]:
    names = sum(f in NAME_HEADERS for f in words)
    told = sum(
        f in CHARGE_HEADERS or f in SIGNATURE_HEADERS or f in NAME_HEADERS or f.startswith("asist") for f in words
    )
    if names and told >= 2:
        yield told, PEOPLE, 0.0


def _last_months(group: str) -> tuple[int, ...]:
    return months_of(group.rpartition(" / ")[2]) if group else ()


@lru_cache(maxsize=8192)
def _may_head(index: LabelIndex, text: str, fuzzy: bool) -> bool:
    """The text could stand in a header: a label of any sort, a month, a mere number."""
    text = squeeze(text)
    form = label_form(text)
    return bool(
        not form
        or form in NEUTRAL_HEADERS
        or form in NAME_HEADERS
        or form in CHARGE_HEADERS
        or form in SIGNATURE_HEADERS
        or months_of(text)
        or index.field(text, fuzzy)
        or index.field(text)
        or any(index.column(table, text, fuzzy) or index.worded(table, text) for table in index.columns)
    )
