"""``agreement_numbers``: the date inside an agreement's number is the one stated for it, and the number is written alike throughout."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import joined, spoken
from checker.norms.agreements import agreements
from checker.norms.text import norm_text
from checker.recognise.model import Recognised


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    shape: str
    """``ACDO.<letters2>.HCT.<date>/<n>.P.<letters>``: literal text, ``<date>`` as DDMMAA, ``<n>``, ``<letters>``, ``<letters2>``."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Each citation: its date against the one stated, its writing against the shape and against the other citations."""
    found = list(agreements(norm_text(submission.document), params.shape))
    written: dict[str, Counter[str]] = {}
    for agreement in found:
        written.setdefault(agreement.key, Counter())[agreement.written] += 1
    for number, agreement in enumerate(found, 1):
        ways = written[agreement.key]
        right = {a.written for a in found if a.key == agreement.key and a.exact}
        usual = max(right or ways, key=lambda way: (ways[way], way == agreement.written))
        state = "right"
        if agreement.date is None:
            state = "impossible"
        elif agreement.stated and agreement.date not in agreement.stated:
            state = "differs"
        elif not agreement.exact:
            state = "shape"
        elif agreement.written != usual and ways[agreement.written] < ways[usual]:
            state = "otherwise"
        words = {
            "written": agreement.written,
            "usual": usual,
            "inside": spoken(agreement.date) if agreement.date else "",
            "stated": joined([spoken(d) for d in agreement.stated]),
        }
        yield Fact(
            "agreement_numbers",
            rule,
            {"state": state},
            f"acuerdos_citados[{number}]",
            agreement.line.place,
            agreement.written,
            (),
            words,
        )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """No date inside, another date, not of the shape, written otherwise than elsewhere."""
    states = ("impossible", "differs", "shape", "otherwise")
    return tuple(Clause("agreement_numbers", rule, (Test("state", "==", s),), "violated", s) for s in states)


def message(params: Params, fact: Fact, say: str) -> str:
    """The number, and with what it does not agree."""
    w = fact.words
    return {
        "impossible": f"El número de acuerdo «{w['written']}» no contiene una fecha posible.",
        "differs": f"El acuerdo «{w['written']}» es, por su número, del {w['inside']}, y se le atribuye la fecha {w['stated']}.",
        "shape": f"El número de acuerdo «{w['written']}» no está escrito como corresponde (por ejemplo, le falta un punto).",
        "otherwise": f"El acuerdo se cita aquí como «{w['written']}» y en otras partes como «{w['usual']}».",
    }[say]
