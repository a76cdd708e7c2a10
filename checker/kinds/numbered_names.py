"""``numbered_names``: fields that give the number and the name of something, each one hanging from the one before: 1, 1.2, 1.2.3."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import field_title, short
from checker.recognise.model import Recognised
from checker.spanish.text import squeeze

_NUMBERED = re.compile(
    r"^[^\w]*(?:[^\W\d]+\s+){0,3}?(?:no\.?|n[uú]m(?:ero|\.)?)?\s*(?P<n>\d{1,9}(?:\.\d{1,9})*|[IVX]+)(?=[\s.:,)–—-]|$)[\s.:,)–—-]*(?P<name>.*)$",
    re.DOTALL | re.IGNORECASE,
)


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind: fields from the highest level down."""

    fields: tuple[str, ...]


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Whether each has a number and a name, and hangs from the one before; silent about fields that are not there.

    Numbers of other depths than their level, and roman ones, are taken as they come: only arabic ones of one more level can be compared.
    """
    above: tuple[int, ...] = ()
    above_title = ""
    for field in params.fields:
        value = submission.fields[field]
        if value.state != "present":
            above = ()
            continue
        title = field_title(submission, field)
        found = _NUMBERED.match(squeeze(value.text))
        number = tuple(map(int, found["n"].split("."))) if found and found["n"][0].isdigit() else ()
        named = bool(found and re.search(r"[^\W\d_]{3}", found["name"])) if found else bool(value.text.strip())
        stands = "right" if found and named else "unnumbered" if not found else "unnamed"
        if stands == "right" and above and len(number) == len(above) + 1 and number[: len(above)] != above:
            stands = "elsewhere"
        words = {"title": title, "given": short(value.text), "above": ".".join(map(str, above)), "over": above_title}
        yield Fact("numbered_names", rule, {"stands": stands}, field, value.place, value.text, (), words)
        # what hangs from a number that is wrong cannot be judged
        above, above_title = () if stands == "elsewhere" else number, title


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """No number, no name, or another's number."""
    states = ("unnumbered", "unnamed", "elsewhere")
    return tuple(Clause("numbered_names", rule, (Test("stands", "==", s),), "violated", s) for s in states)


def message(params: Params, fact: Fact, say: str) -> str:
    """What the field lacks."""
    w = fact.words
    given = f"«{w['title']}» dice «{w['given']}»"
    return {
        "unnumbered": f"{given}: falta su número.",
        "unnamed": f"{given}: falta su nombre.",
        "elsewhere": f"{given}, cuyo número no depende de {w['above']}, el de «{w['over']}».",
    }[say]
