"""``numbering``: arabic numbers, of one level or several (1, 1.1, 1.1.1), that follow one another and hang from the level above."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.comparing import text_key
from checker.kinds.protocol import Context
from checker.kinds.values import cells_of, field_title, short
from checker.recognise.model import FieldValue, Recognised, Row

_ARABIC = re.compile(r"\d{1,9}(?:\.\d{1,9})*")


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    field: str
    """A column (``table.column``) or a field that holds the number."""
    depth: int = 1
    """Levels of the number: 3 for 1.1.1."""
    under: str | None = None
    """Column or field with the number of the level above, from which it hangs."""
    starts_at: int | None = 1
    """First number of each group; null where another document may hold the earlier ones, so that any will do."""
    consecutive: bool = True
    """Whether no number may be left out; without it only the form and what it hangs from count."""
    owed: bool = False
    """Whether what a ``numbers`` column names owes its number; told once for each thing so named."""


class _Item(msgspec.Struct, frozen=True):
    subject: str
    value: FieldValue
    row: Row | None
    named: str
    """What it numbers."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How each number stands: its form, what it hangs from, what it follows. A number that a merged cell repeats is one number."""
    last: dict[tuple[int, ...], int] = {}
    seen: dict[tuple[int, ...], str] = {}
    for item in _items(submission, params.field):
        place = item.value.place or (item.row.place if item.row else None)
        words = {
            "title": field_title(submission, *_parts(params.field)),
            "given": short(item.value.text),
            "named": short(item.named),
        }
        if item.value.state != "present":
            if params.owed and item.named and item.value.state in ("absent", "empty"):
                yield Fact("numbering", rule, {"stands": "missing"}, item.subject, place, item.named, (), words)
            continue
        number = _read(item.value.text)
        stands = "right"
        if len(number) != params.depth:
            stands, words["form"] = "malformed", ".".join(["1"] * params.depth)
        else:
            above = _above(submission, params.under, item.row)
            group, position = number[:-1], number[-1]
            expected = last[group] + 1 if group in last else params.starts_at
            words["expected"] = ".".join(map(str, (*group, expected))) if expected is not None else ""
            if above and number[: len(above)] != above:
                stands, words["above"] = "elsewhere", ".".join(map(str, above))
            elif params.consecutive and expected is not None and position != expected:
                stands = _misplaced(number, expected, group in last, number in seen)
            last[group] = expected if stands == "cut" and expected is not None else position
            seen[number] = item.named
        yield Fact("numbering", rule, {"stands": stands}, item.subject, place, item.value.text, (), words)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """One per way of standing wrong."""

    def clause(say: str, doubted: bool = False) -> Clause:
        return Clause("numbering", rule, (Test("stands", "==", say),), "undetermined" if doubted else "violated", say)

    return (
        clause("missing"),
        clause("malformed"),
        clause("elsewhere"),
        clause("repeated"),
        clause("skips"),
        clause("starts", doubted=True),
        clause("cut", doubted=True),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The number, and what it should be."""
    w = fact.words
    named = f" («{w['named']}»)" if w["named"] else ""
    given = f"«{w['title']}» dice «{w['given']}»{named}"
    return {
        "missing": f"«{w['named']}» no lleva «{w['title'].lower()}».",
        "malformed": f"{given}: no tiene la forma {w.get('form', '')}, en números arábigos.",
        "elsewhere": f"{given}: no depende de «{w.get('above', '')}», que es el número del nivel superior.",
        "repeated": f"{given}: ese número ya se usó; correspondería {w.get('expected', '')}.",
        "skips": f"{given}: no es consecutivo; correspondería {w.get('expected', '')}.",
        "starts": f"{given}: la numeración no comienza en {w.get('expected', '')}; confirme que lo anterior consta en otro formato.",
        "cut": f"{given}: podría ser {w.get('expected', '')}, que la hoja de cálculo recorta.",
    }[say]


def _misplaced(number: tuple[int, ...], expected: int, follows: bool, seen: bool) -> str:
    if len(number) > 1 and str(number[-1]) == str(expected).rstrip("0") and expected % 10 == 0:
        return "cut"  # a sheet keeps 1.10 as the number 1.1
    if not follows:
        return "starts"
    return "repeated" if seen else "skips"


def _items(submission: Recognised, path: str) -> Iterator[_Item]:
    """Each number once: what stands in a merged cell, or is carried down to the rows below, comes with every row."""
    table, column = _parts(path)
    assert submission.type is not None, "rules run on submissions whose type is known"
    spec = submission.type.fields[table]
    held = spec.columns[column] if column else spec
    carried = bool(column and spec.columns[column].inherits)
    before: tuple[str, str] | None = None
    for subject, value, row in cells_of(submission, path):
        if row is not None:
            named = row.cells[held.numbers].text if held.numbers else row.text
        else:
            named = submission.fields[held.numbers].text if held.numbers else ""
        key = (text_key(value.text), text_key(named))
        if carried and key == before:
            continue
        before = key
        yield _Item(subject, value, row, named)


def _above(submission: Recognised, under: str | None, row: Row | None) -> tuple[int, ...]:
    if under is None:
        return ()
    field, column = _parts(under)
    value = row.cells[column] if column and row is not None else submission.fields[field]
    return _read(value.text) if value.state == "present" else ()


def _read(text: str) -> tuple[int, ...]:
    """The levels of a number, ``2.2.`` with its closing point included; nothing where it is not one."""
    bare = text.strip().rstrip(".").strip()
    return tuple(int(level) for level in bare.split(".")) if _ARABIC.fullmatch(bare) else ()


def _parts(path: str) -> tuple[str, str | None]:
    field, _, column = path.partition(".")
    return field, column or None
