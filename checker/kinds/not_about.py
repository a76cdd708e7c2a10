"""``not_about``: a document is not issued for certain things: no constancia for a webinar."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from checker.engine.form import Clause, Test
from checker.facts import Fact
from checker.kinds.protocol import Context
from checker.kinds.values import short
from checker.recognise.model import Recognised
from checker.spanish.text import flat, label_form, squeeze
from parsers.model import paragraphs_of


class Params(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of the kind."""

    fields: tuple[str, ...]
    """Fields that say what the document is for."""
    words: tuple[str, ...]
    """What it may not be for."""


def observe(rule: str, params: Params, submission: Recognised, context: Context) -> Iterator[Fact]:
    """Where one of the words names what the document is for, and where it is only mentioned: a course may be about webinars."""
    named = "|".join(re.escape(flat(word)) for word in params.words)
    opens = re.compile(rf"^\W*(?:{named})(?:s|es)?\b")
    taken = re.compile(
        rf"\b(?:asist\w+|particip\w+|acredit\w+|conclu\w+|curs\w+)\s+(?:\w+\s+){{0,3}}(?:{named})(?:s|es)?\b"
    )
    about, place, quote = "no", None, ""
    for name in params.fields:
        value = submission.fields[name]
        text = flat(value.value if isinstance(value.value, str) else value.text)
        if value.state == "present" and opens.search(text):
            about, place, quote = "yes", value.place, value.text
            break
        if value.state == "present" and re.search(named, label_form(value.label)):
            about, place, quote = "yes", value.place, f"{value.label} {value.text}"
            break
        if about == "no" and value.state == "present" and re.search(rf"\b(?:{named})", text):
            about, place, quote = "unsure", value.place, value.text
    if about != "yes":
        for paragraph in paragraphs_of(submission.document.blocks):
            if taken.search(flat(squeeze(paragraph.text))):
                about, place, quote = "yes", paragraph.place, paragraph.text
                break
    subject = params.fields[0]
    yield Fact(
        "not_about",
        rule,
        {"about": about},
        subject,
        place,
        quote,
        (),
        {"quote": short(quote.replace("«", "").replace("»", ""))},
    )


def clauses(rule: str, params: Params) -> tuple[Clause, ...]:
    """It is for one of them, or may be."""
    return (
        Clause("not_about", rule, (Test("about", "==", "yes"),), "violated", "yes"),
        Clause("not_about", rule, (Test("about", "==", "unsure"),), "undetermined", "unsure"),
    )


def message(params: Params, fact: Fact, say: str) -> str:
    """What it is for."""
    quote = fact.words["quote"]
    if say == "unsure":
        return f"No se pudo determinar si el documento se expide por «{quote}», por lo que no procede expedirlo."
    return f"El documento se expide por «{quote}», por lo que no procede expedirlo."
