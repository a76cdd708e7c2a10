"""``code_says``: the code on a document states what the document prints."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.code_contents import Contents, Piece, contents_of
from checker.kinds.data import recognised_letters
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, joined, short
from checker.packs.model import Field
from checker.recognise.model import FieldValue, Recognised
from checker.spanish.dates import find_dates
from checker.spanish.numbers import read_number
from checker.spanish.text import flat, label_form

_NEAR = 85.0
"""Likeness, 0–100, from which another value may be the same one misspelt."""
_COMPACT = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_SMALL = frozenset("de del la las el los y e en".split())

Says = Literal["yes", "other", "near", "lacking"]


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    code: str
    """Field of kind ``code``."""
    fields: tuple[str, ...] = ()
    """What the code repeats, where the document prints it."""
    within: tuple[str, ...] = ()
    """What the code states even where the document does not print it; it is not compared."""

    def __post_init__(self) -> None:
        if not self.fields and not self.within:
            raise ValueError("code_says takes `fields`, `within` or both")


class _Asked(msgspec.Struct, frozen=True):
    """One field that the code owes, and how it says it."""

    name: str
    says: Says
    value: str = ""
    """What the code says instead."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact for each field; one for all of them where the code leads elsewhere. Silent without a code, which ``required`` tells."""
    code = submission.fields[params.code]
    if code.state != "present" or not isinstance(code.value, str):
        return
    contents = contents_of(code.value)
    asked = list(_asked(params, submission, contents))
    title = field_title(submission, params.code)
    # an address of which one part happens to be the folio states no data: they are shown where it leads
    elsewhere = not contents.data and sum(a.says == "yes" for a in asked) < 2
    lacking = [a for a in asked if a.says == "lacking"]
    if elsewhere and lacking:
        names = joined([f"«{field_title(submission, a.name)}»" for a in lacking])
        words = {
            "code": title,
            "names": names,
            "what": "una dirección electrónica" if contents.address else "un identificador",
        }
        yield Fact("code_says", rule, {"says": "elsewhere"}, params.code, code.place, code.text, (), words)
    read = recognised_letters(submission)
    for item in asked:
        if elsewhere and item.says == "lacking":
            continue
        printed = submission.fields[item.name]
        shown = printed.text if printed.state == "present" and item.name in params.fields else ""
        says: str = item.says
        if shown and says in ("other", "lacking") and read(printed.place):
            says = "near" if says == "other" else "unsure"
        words = {
            "code": title,
            "title": field_title(submission, item.name),
            "given": short(item.value),
            "printed": short(shown),
        }
        rests_on = (printed.place,) if printed.place else ()
        yield Fact("code_says", rule, {"says": says}, params.code, code.place, item.value or code.text, rests_on, words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """Another value, or none; nearly the same, or only an address."""

    def clause(say: str, outcome: Literal["violated", "undetermined"]) -> Clause:
        return Clause("code_says", rule, (Test("says", "==", say),), outcome, say)

    return (
        clause("other", "violated"),
        clause("lacking", "violated"),
        clause("near", "undetermined"),
        clause("unsure", "undetermined"),
        clause("elsewhere", "undetermined"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What the code says, and what the document prints."""
    w = fact.words
    if say == "elsewhere":
        return f"«{w['code']}» sólo contiene {w['what']}: no se pudo confirmar que señale {w['names']}."
    printed = f" («{w['printed']}»)" if w["printed"] else ""
    if say == "lacking":
        return f"«{w['code']}» no contiene «{w['title']}»{printed}."
    if say == "unsure":
        return f"No se pudo confirmar que «{w['code']}» contenga «{w['title']}»: en el documento se leyó por OCR «{w['printed']}»."
    both = f"el código señala «{w['given']}» y el documento, «{w['printed']}»"
    if say == "near":
        return f"No se pudo confirmar que «{w['code']}» repita «{w['title']}»: {both}."
    return f"«{w['code']}» no coincide en «{w['title']}»: {both}."


def _asked(params: Params, submission: Recognised, contents: Contents) -> Iterator[_Asked]:
    assert submission.type is not None, "rules run on submissions whose type is known"
    kinds = submission.type.fields
    owners = [_owner(piece.label, kinds) for piece in contents.pieces]
    printed = {n: v for n in params.fields if (v := submission.fields[n]).state == "present" and not v.problem}
    taken: set[int] = set()
    for name, value in printed.items():
        own = [p for p, owner in zip(contents.pieces, owners, strict=True) if owner == name]
        taken |= {n for n, p in enumerate(contents.pieces) if _repeats(p, value, owners[n] == name)}
        yield _compared(name, value, own, contents)
    for name in params.within:
        if name in printed:
            continue
        labelled = any(owner == name and p.text.strip() for p, owner in zip(contents.pieces, owners, strict=True))
        loose = [p for n, p in enumerate(contents.pieces) if n not in taken and not owners[n] and not p.label]
        stated = labelled or any(_may_be(kinds[name], p.text) for p in loose)
        yield _Asked(name, "yes" if stated else "lacking")


def _compared(name: str, printed: FieldValue, own: list[Piece], contents: Contents) -> _Asked:
    if any(_repeats(p, printed, p in own) for p in contents.pieces):
        return _Asked(name, "yes")
    wanted = " ".join(_tokens(printed.text))
    if own:
        near = any(_near(" ".join(_tokens(p.text)), wanted) for p in own)
        return _Asked(name, "near" if near else "other", own[0].text)
    like = next((p for p in contents.pieces if _near(" ".join(_tokens(p.text)), wanted)), None)
    return _Asked(name, "near", like.text) if like else _Asked(name, "lacking")


def _repeats(piece: Piece, printed: FieldValue, own: bool) -> bool:
    """The piece says what is printed; ``own`` where its label is that of the field, so that a bare number is enough."""
    if isinstance(printed.value, dt.date):
        return printed.value in _dates(piece.text)
    wanted, said = _tokens(printed.text), _tokens(piece.text)
    number = read_number(printed.text)
    if number is not None and wanted[0][:1].isdigit() and 1 < len(wanted) <= 3:
        # a quantity with its unit: 40 horas, 40 h, duración: 40
        if own and read_number(piece.text) == number:
            return True
        return bool(re.search(rf"(?<![\d.,]){number}\s*{re.escape(wanted[-1][0])}", flat(piece.text)))
    return bool(wanted) and set(wanted) <= set(said)


def _dates(text: str) -> set[dt.date]:
    found = {d.date for d in find_dates(text) if d.date}
    for year, month, day in _COMPACT.findall(text):
        try:
            found.add(dt.date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found


def _may_be(field: Field, text: str) -> bool:
    """A loose piece that could be the field's: a date, or something with digits that is no date."""
    if field.kind == "date":
        return bool(_dates(text))
    return any(c.isdigit() for c in text) and not _dates(text)


def _tokens(text: str) -> list[str]:
    """Words and numbers, flat; small words tell nothing apart."""
    return [w for w in re.findall(r"[^\W_]+", flat(text)) if w not in _SMALL]


def _near(one: str, other: str) -> bool:
    """Alike, with the same digits."""
    from rapidfuzz.fuzz import ratio

    digits = [[c for c in t if c.isdigit()] for t in (one, other)]
    return digits[0] == digits[1] and bool(other) and ratio(one, other) >= _NEAR


def _owner(label: str, kinds: dict[str, Field]) -> str:
    """The field that a label of the code names; empty where it names none."""
    if not label:
        return ""
    form = label_form(label)
    for name, field in kinds.items():
        if form in {label_form(w) for w in (*field.labels, field.title, name.replace("_", " "))}:
            return name
    words = label.split()
    # «nombre curso» names the course, «fecha conclusion» the date: the last word that is a field's decides
    found = [(words.index(w), n) for n in kinds for w in (flat(n),) if w in words]
    return max(found)[1] if found else ""
