"""Columns that hold what several columns of the type ask for: «Tema / Ponente», «Fecha y hora»."""

from __future__ import annotations

import re
from collections.abc import Mapping

from checker.packs.model import Field
from checker.recognise.items import Grid
from checker.recognise.labels import LabelIndex
from checker.recognise.row_lines import reads_as
from checker.recognise.row_values import Draft
from checker.spanish.text import is_placeholder, label_form, squeeze
from parsers.model import Place

_JOIN = re.compile(r"\s*[,/]\s*|\s+[ye]\s+|\s*&\s*|\s+-\s+")
_CUTS = (r"\s+/\s+|\n", r"\s*;\s*", r"\s+[–—-]\s+", r"\s*/\s*(?!\d)", r",\s+")
"""Where a cell is cut, the surest first: a list of authors has commas of its own."""


def joint_columns(grid: Grid, name: str, columns: Mapping[int, str], index: LabelIndex) -> dict[int, tuple[str, ...]]:
    """Position → the columns that its header names together, where no header of their own tells all of them."""
    found: dict[int, tuple[str, ...]] = {}
    for position, text in grid.header.items():
        targets = _named(index, name, text)
        others = {c for p, c in columns.items() if p != position}
        if len(targets) > 1 and not others & set(targets):
            found[position] = targets
    return found


def _named(index: LabelIndex, table: str, text: str) -> tuple[str, ...]:
    """The columns that the parts of a header name, in its order; none where one of them is no column's, or several columns'."""
    form, labels = label_form(text), index.columns.get(table, {})
    if form in labels:
        return ()
    named = [labels.get(squeeze(part), []) for part in _JOIN.split(form) if part.strip()]
    return tuple(dict.fromkeys(n[0] for n in named)) if all(len(n) == 1 for n in named) else ()


def take_joint(draft: Draft, text: str, place: Place, targets: tuple[str, ...], field: Field) -> None:
    """Give each of ``targets`` its part of the cell; where the parts are not told apart, what the kinds tell, and the rest in doubt."""
    if is_placeholder(text):
        draft.columns.update(dict.fromkeys(targets, ("", place)))
        return
    if parts := _parts(text, targets, field):
        draft.columns.update({t: (p, place) for t, p in zip(targets, parts, strict=True)})
        return
    for target in targets:
        if field.columns[target].kind in ("date", "period") and reads_as(field.columns[target], text):
            draft.columns[target] = (text, place)
        else:
            with_ = " y ".join(f"«{field.columns[t].title}»" for t in targets if t != target)
            draft.doubts[target] = f"está junto a {with_} en una sola celda, «{squeeze(text)[:60]}», y no se distingue"
            draft.columns[target] = (text, place)


def _parts(text: str, targets: tuple[str, ...], field: Field) -> list[str] | None:
    """As many parts as targets, each of which reads as its kind; in the order of the header."""
    for cut in _CUTS:
        parts = [p.strip(" ,;") for p in re.split(cut, text) if p.strip(" ,;")]
        if len(parts) == len(targets) and all(
            _may_be(field.columns[t].kind, reads_as(field.columns[t], p)) for t, p in zip(targets, parts, strict=True)
        ):
            return parts
    return None


def _may_be(kind: str, reads: bool) -> bool:
    return reads or kind in ("text", "number")
