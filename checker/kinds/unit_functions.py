"""``unit_functions``: the functions that a manual of organisation gives its units are written as it must write them.

``infinitive``: each begins with an infinitive · ``residual``: the last is the residual clause · ``alike``: none is that of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import joined, short
from checker.norms.functions import Function, Unit, units
from checker.norms.text import norm_text
from checker.recognise.model import Recognised
from checker.spanish.text import flat, squeeze
from checker.spanish.wording import begins_with_infinitive

_RESIDUAL = 70  # percentage from which a function is the residual clause, however it was read


_IDENTICAL = 98  # percentage from which functions of two units are the same


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    ask: Literal["infinitive", "residual", "alike"]
    chapter: tuple[str, ...]
    """Titles of the chapter of functions."""
    residual: tuple[str, ...] = ()
    """How a residual clause begins."""
    alike: int = 90
    """Percentage from which two functions of one unit are the same."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact for each function, or for each unit (``residual``)."""
    found = units(norm_text(submission.document), params.chapter)
    if not found:
        yield Fact("unit_functions", rule, {"state": "unread"}, "unidades", None, "", (), {"unit": ""})
    elif params.ask == "infinitive":
        for unit in found:
            for function in unit.functions:
                answer, word = begins_with_infinitive(function.text)
                if _is_residual(function.text, params.residual):
                    answer = "yes"  # «Las demás que …» has no verb of its own
                state = "right" if answer == "yes" else "other" if answer == "no" and function.numbered else "doubt"
                yield _fact(rule, unit, function, state, word=word)
    elif params.ask == "residual":
        for unit in found:
            if unit.functions:
                last = unit.functions[-1]
                yield _fact(rule, unit, last, "right" if _is_residual(last.text, params.residual) else "unclosed")
    else:
        yield from _alike(rule, params, found)


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """What is asked; what may be only the rest of the function before is a doubt."""
    says = {"infinitive": "other", "residual": "unclosed", "alike": "same"}
    fault = says[params.ask]
    doubts = [
        Clause("unit_functions", rule, (Test("state", "==", d),), "undetermined", d)
        for d in ("doubt", "shared", "unread")
    ]
    return (Clause("unit_functions", rule, (Test("state", "==", fault),), "violated", fault), *doubts)


def message(params: Params, fact: Fact, say: str) -> str:
    """The function by its unit and place."""
    w = fact.words
    where = f"La función {w.get('number')} de {w['unit']}"
    return {
        "other": f"{where} empieza con «{w.get('word')}», que no es un verbo en infinitivo.",
        "doubt": f"{where} parece empezar con «{w.get('word')}», que no es un infinitivo; podría ser parte de la anterior.",
        "unclosed": f"La última función de {w['unit']} no es la cláusula residual de competencia.",
        "same": f"{where} repite la función {w.get('other')} de la misma unidad.",
        "shared": f"{w.get('numbers')} de {w['unit']} se lee igual que en {w.get('of')}.",
        "unread": "No se encontraron las funciones de las unidades.",
    }[say]


def _fact(rule: str, unit: Unit, function: Function, state: str, **words: str) -> Fact:
    subject = f"unidades[{unit.numeral}].funciones[{function.position}]"
    told = {"unit": f"{unit.numeral} {short(unit.name)}", "number": str(function.position), **words}
    return Fact("unit_functions", rule, {"state": state}, subject, function.line.place, short(function.text), (), told)


def _is_residual(text: str, beginnings: Sequence[str]) -> bool:
    from rapidfuzz.fuzz import ratio

    words = squeeze(flat(text))
    return any(ratio(words[: len(b)], squeeze(flat(b))) >= _RESIDUAL for b in beginnings)


def _alike(rule: str, params: Params, found: Sequence[Unit]) -> Iterator[Fact]:
    """Each function that its own unit repeats; each unit with the first one whose functions it shares, residual clauses apart.

    Sister units may well have the same functions, each in its own field, so that is only a doubt.
    """
    from rapidfuzz.fuzz import ratio

    kept: list[tuple[Unit, list[tuple[Function, str]]]] = []
    for unit in found:
        own = [(f, squeeze(flat(f.text))) for f in unit.functions]
        own = [item for item in own if not _is_residual(item[1], params.residual)]
        for n, (function, words) in enumerate(own):
            same = next((f for f, other in own[:n] if ratio(words, other) >= params.alike), None)
            state = "right" if same is None else "same"
            yield _fact(rule, unit, function, state, other=str(same.position) if same else "")
        for other_unit, others in kept:
            shared = [f for f, words in own if any(ratio(words, o, score_cutoff=_IDENTICAL) for _, o in others)]
            if shared:
                numbers = joined([str(f.position) for f in shared])
                numbers = f"Lo que dicen las funciones {numbers}" if len(shared) > 1 else f"La función {numbers}"
                of = f"{other_unit.numeral} {short(other_unit.name)}"
                yield _fact(rule, unit, shared[0], "shared", numbers=numbers, of=of)
                break
        kept.append((unit, own))
