"""``one_marked``: of several boxes of a form, exactly one is marked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import joined
from checker.norms.text import norm_text
from checker.recognise.model import Recognised
from checker.spanish.text import flat, squeeze

_MARKED = re.compile(
    r"\s*[:.]?\s*(?:[(\[]\s*(?:x|\u2713|\u2714|\u2611|\u2612|\u25a0)\s*[)\]]|[\u2611\u2612\u2713\u2714\u25a0])"
)
_BOX = re.compile(r"\s*[:.]?\s*(?:[(\[]\s*[^)\]]{0,2}\s*[)\]]|[\u2610\u2611\u2612\u25a1\u25a0])")


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    boxes: tuple[str, ...]
    """The options as the form names them, each with its box after it."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """How many boxes are marked in the first line that holds all the options."""
    wanted = [re.compile(rf"(?<!\w){re.escape(squeeze(flat(box)))}(?!\w)") for box in params.boxes]
    for line in norm_text(submission.document).lines:
        words = line.flat
        places = [found for pattern in wanted if (found := pattern.search(words))]
        if len(places) < len(wanted) or not all(_BOX.match(words, found.end()) for found in places):
            continue
        marked = [box for box, found in zip(params.boxes, places, strict=True) if _MARKED.match(words, found.end())]
        told = {"marked": joined([f"«{m}»" for m in marked]), "boxes": joined([f"«{b}»" for b in params.boxes])}
        yield Fact(
            "one_marked", rule, {"count": len(marked), "seen": True}, "casillas", line.place, line.text, (), told
        )
        return
    told = {"boxes": joined([f"«{b}»" for b in params.boxes]), "marked": ""}
    yield Fact("one_marked", rule, {"count": -1, "seen": False}, "casillas", None, "", (), told)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """None, several, or no boxes to be seen."""
    seen = Test("seen", "==", True)
    return (
        Clause("one_marked", rule, (seen, Test("count", "==", 0)), "violated", "none"),
        Clause("one_marked", rule, (seen, Test("count", ">", 1)), "violated", "several"),
        Clause("one_marked", rule, (Test("seen", "==", False),), "undetermined", "unseen"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """Which boxes."""
    w = fact.words
    return {
        "none": f"No está marcada ninguna de las casillas {w['boxes']}.",
        "several": f"Están marcadas a la vez las casillas {w['marked']}; sólo una procede.",
        "unseen": f"No se distinguieron las casillas {w['boxes']}.",
    }[say]
