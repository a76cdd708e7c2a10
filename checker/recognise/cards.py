"""Rows written as cards: a label and a value a line, or a small form table a record; or a whole row a line, «Jalisco: 12 de marzo»."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from checker.packs.model import Field
from checker.recognise.items import Item, Line, Pair, joined
from checker.recognise.labels import OTHER, LabelIndex
from checker.recognise.numbers import number_of_label
from checker.recognise.row_lines import reads_as
from checker.recognise.row_values import Draft
from checker.recognise.standing import Standing, stand, standing_heading, standing_label
from checker.spanish.text import is_placeholder, label_form, squeeze, undecorated
from parsers.model import Place


class Cards(msgspec.Struct):
    """Gathers cards for one table field; a label that comes round again begins the next."""

    field: Field
    found: list[Draft] = []
    _open: Draft | None = None
    _table: int | None = None

    def take(self, column: str, label: str, text: str, place: Place | None) -> bool:
        """Put a value into the card that is open, or begin one; False when no card is open and the label begins none."""
        first = next(iter(self.field.columns))
        table = place.table if place else None
        card = self._open
        again = card is not None and (column in card.columns or (column == first and bool(card.text)))
        if card is None or again or table != self._table:
            card = Draft("", place)
            self._open, self._table = card, table
            self.found.append(card)
        if column == first:
            if not is_placeholder(text):
                card.text, card.place = squeeze(text), place
            card.columns[first] = (text, place)
            for name, spec in self.field.columns.items():
                if spec.numbers == first and (number := number_of_label(label)):
                    card.columns.setdefault(name, (number, place))
        else:
            card.columns[column] = (text, place)
        return True

    def told(self) -> list[Draft]:
        """The cards that say something: the name of their row and more, or at least two things."""
        return [
            d
            for d in self.found
            if sum(not is_placeholder(t) for t, _ in d.columns.values()) >= 2 and (d.text or len(d.columns) >= 2)
        ]


def records(items: Iterable[Item], name: str, field_: Field, index: LabelIndex) -> list[Draft]:
    """All cards among ``items`` for the table field ``name``: ``Curso: … / Plataforma: … / Medio: …``."""
    cards = Cards(field_, [])
    pending: Standing = {}
    for item in items:
        if isinstance(item, Line):
            text, place = item.paragraph.text, item.paragraph.place
            over = standing_label(text, name, field_, index)
            if over is None and item.strength >= 0.5:
                over = standing_heading(text, name, field_, index)
            if over:
                stand(pending, field_, *over, place)
                continue
            label, colon, text = text.partition(":")
            if not colon:
                continue
        elif isinstance(item, Pair):
            label, text, place = item.label, joined(item.value), item.place
        else:
            continue
        target = next((m.target for m in index.column(name, label) if m.target != OTHER and m.similarity >= 0.9), None)
        if target is None:
            continue
        before = len(cards.found)
        cards.take(target, label, text, place)
        if len(cards.found) > before and pending:
            cards.found[-1].standing.update(pending)
            pending.clear()
    return cards.told()


_ENTRY = re.compile(r"^(?P<name>[^:–—\t\n]{2,60}?)\s*(?::|\s[–—-]\s|\t|\.{3,})\s*(?P<value>\S[^\n]*)$")


def entries(items: Iterable[Item], field_: Field, index: LabelIndex) -> list[Draft]:
    """Lines that are a row each, the name of the row and the date that is asked for it; of tables that ask for nothing else.

    One line may be anything; two of one shape, with no label of the type before their dates, are rows.
    """
    first, *rest = field_.columns
    asked = [n for n in rest if field_.columns[n].required_by]
    if len(asked) != 1 or field_.columns[asked[0]].kind not in ("date", "period"):
        return []
    found: list[Draft] = []
    for item in items:
        match = _ENTRY.match(undecorated(item.paragraph.text)) if isinstance(item, Line) else None
        if match is None or not isinstance(item, Line):
            continue
        name, value = squeeze(match["name"]), squeeze(match["value"])
        if label_form(name) not in index.known and reads_as(field_.columns[asked[0]], value):
            place = item.paragraph.place
            found.append(Draft(name, place, {first: (name, place), asked[0]: (value, place)}))
    return found if len(found) > 1 else []
