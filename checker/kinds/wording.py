"""``wording``: how a text is written, where the norm says so: its first word, what it must not contain, how long it may be.

Only what closed lists and plain forms tell; what depends on judgement is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.comparing import text_key
from checker.kinds.data import Datum, called, data_of
from checker.kinds.protocol import Context
from checker.kinds.values import joined, short
from checker.recognise.model import Recognised
from checker.spanish.text import flat, squeeze
from checker.spanish.wording import abbreviations, acronyms, begins_with_infinitive, qualifying_adjectives
from parsers.model import paragraphs_of

Fault = Literal["acronyms", "abbreviations", "qualifying-adjectives", "underlining"]
_FINDERS: dict[str, Callable[[str], list[str]]] = {
    "acronyms": acronyms,
    "abbreviations": abbreviations,
    "qualifying-adjectives": qualifying_adjectives,
}


_QUANTITY = re.compile(
    r"\d|\b(?:un[oa]?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|veinte|treinta|cien|ciento|cientos|mil)\b"
)


_MARKED = re.compile(r"<u>(.*?)</u>", re.IGNORECASE)


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind; at least one demand."""

    field: str
    begins: Literal["infinitive"] | None = None
    without: tuple[Fault, ...] = ()
    mentions: tuple[str, ...] = ()
    """One of these words or phrases stands in the text."""
    at_most_words: int | None = None
    quantified: bool = False
    """It says how much, in figures or in words."""

    def __post_init__(self) -> None:
        if not (self.begins or self.without or self.mentions or self.at_most_words or self.quantified):
            raise ValueError("wording takes `begins`, `without`, `mentions`, `at_most_words` or `quantified`")


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """One fact a text and demand; a text that a merged cell repeats in every row is judged once."""
    known: set[str] = set()
    for datum in data_of(submission, params.field):
        key = text_key(datum.text)
        if key in known:
            continue
        known.add(key)
        words = {"called": called(submission, params.field, datum.row), "text": short(datum.text)}
        if params.begins:
            answer, first = begins_with_infinitive(datum.text)
            yield _fact(rule, datum, "begins", answer, {**words, "first": first})
        for fault in params.without:
            found = _FINDERS[fault](datum.text) if fault != "underlining" else _underlined(submission, datum)
            yield _fact(
                rule, datum, fault, "no" if found else "yes", {**words, "found": joined([f"«{f}»" for f in found])}
            )
        if params.mentions:
            yield _fact(rule, datum, "mentions", "yes" if _mentions(datum.text, params.mentions) else "no", words)
        if params.quantified:
            yield _fact(rule, datum, "quantified", "yes" if _QUANTITY.search(flat(datum.text)) else "no", words)
        if params.at_most_words:
            count = len(datum.text.split())
            yield _fact(
                rule, datum, "long", "no" if count > params.at_most_words else "yes", {**words, "count": str(count)}
            )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """One per demand, and one for a first word that may be an infinitive or not."""
    named = [*(("begins",) if params.begins else ()), *params.without]
    named += ["quantified"] if params.quantified else []
    named += [*(("mentions",) if params.mentions else ()), *(("long",) if params.at_most_words else ())]
    doubted = (Test("aspect", "==", "begins"), Test("holds", "==", "unsure"))
    return (
        *(Clause("wording", rule, (Test("aspect", "==", n), Test("holds", "==", "no")), "violated", n) for n in named),
        *((Clause("wording", rule, doubted, "undetermined", "unsure"),) if params.begins else ()),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """The text and what is to be changed in it."""
    w = fact.words
    if say in ("begins", "unsure"):
        if say == "unsure":
            return f"No se pudo confirmar que {w['called']} inicie con verbo en infinitivo: «{w['text']}»."
        return f"{w['called']} no inicia con verbo en infinitivo, sino con «{w['first']}»: «{w['text']}»."
    if say == "mentions":
        return f"En {w['called']} no se distingue lo que se pide («{w['text']}»): no dice {_either(params.mentions)}."
    if say == "quantified":
        return f"{w['called']} no se cuantifica: dice «{w['text']}»."
    if say == "long":
        return f"{w['called']} tiene {w['count']} palabras; conviene que no pase de {params.at_most_words}."
    if say == "underlining":
        return f"{w['called']} subraya {w['found']}."
    what = {"acronyms": "siglas", "abbreviations": "abreviaturas", "qualifying-adjectives": "adjetivos calificativos"}[
        say
    ]
    return f"{w['called']} contiene {what}: {w['found']}."


def _fact(rule: str, datum: Datum, aspect: str, holds: str, words: dict[str, str]) -> Fact:
    return Fact("wording", rule, {"aspect": aspect, "holds": holds}, datum.subject, datum.place, datum.text, (), words)


def _underlined(submission: Recognised, datum: Datum) -> list[str]:
    """What the format says to be underlined where the text stands, or the text itself does (``<u>…</u>``)."""
    marked = [squeeze(m) for m in _MARKED.findall(datum.text)]
    own = text_key(datum.text)
    # a text that was carried down from the label over it stands at the label's place
    here = (
        p
        for p in paragraphs_of(submission.document.blocks)
        if p.underlined and (p.place == datum.place or text_key(p.text).endswith(own))
    )
    return [*marked, *(short(p.underlined) for p in here)]


def _mentions(text: str, phrases: tuple[str, ...]) -> bool:
    folded = flat(text)
    return any(re.search(rf"(?<!\w){re.escape(flat(phrase))}(?!\w)", folded) for phrase in phrases)


def _either(phrases: tuple[str, ...]) -> str:
    named = [f"«{p}»" for p in phrases[:3]]
    return " ni ".join(named)
