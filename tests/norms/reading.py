"""Norms written in Markdown, and a rule of any kind on them, through the function that every check goes through."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from checker.evaluate import evaluate
from checker.findings import Finding
from checker.kinds import kind
from checker.norms.text import NormText, norm_text
from checker.packs.examples import submission_of
from checker.packs.model import DocumentType, Example, Obligation, On, PackInfo, Role, RuleHead
from checker.packs.pack import Pack, Rule
from checker.packs.tables import Catalogue, Register
from checker.recognise.model import Recognised

TYPE: dict[str, Any] = {
    "id": "norma",
    "title": "Norma",
    "kind": "norm",
    "source": "1",
    "recognise": {"titles": ["norma"]},
    "fields": {
        "clave": {"title": "Clave", "kind": "text", "labels": ["clave"]},
        "fecha": {"title": "Fecha", "kind": "date", "labels": ["fecha"]},
    },
}


def norm(text: str, **fields: Any) -> Recognised:
    """A norm of this Markdown."""
    return submission_of(Example(fields=fields, text=text), msgspec.convert(TYPE, DocumentType), "demo/norma")


def read(text: str) -> NormText:
    """The lines of a norm of this Markdown."""
    return norm_text(norm(text).document)


def judged(
    name: str,
    words: dict[str, Any],
    given: Recognised,
    tables: dict[str, Catalogue | Register] | None = None,
    roles: dict[str, Role] | None = None,
) -> list[Finding]:
    """What a rule of the kind ``name`` tells of a norm."""
    head = RuleHead("DE-001.regla", "Regla", On(document="norma"), "Corregir.")
    rule = Rule(head, name, msgspec.convert(words, kind(name).Params), "rules/reglas.yaml")
    pack = Pack(
        PackInfo("demo/norma", "DE", "Norma", "Oficina", "2025"),
        "0" * 64,
        roles or {},
        {"DE-001": Obligation("1", "Algo")},
        {},
        {"norma": msgspec.convert(TYPE, DocumentType)},
        {**(tables or {})},
        (rule,),
        Path("demo"),
    )
    return [item.finding for item in evaluate(pack, given, readings={}, signed=False)]


def told(name: str, words: dict[str, Any], text: str, **more: Any) -> list[tuple[str, str]]:
    """(subject, outcome) of each answer about a norm of this Markdown; ``tables`` and ``roles`` are the pack's, the rest fields."""
    tables, roles = more.pop("tables", None), more.pop("roles", None)
    return [(f.subject, f.outcome) for f in judged(name, words, norm(text, **more), tables, roles)]
