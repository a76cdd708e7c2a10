"""A rule of any kind on a note of any fields, with or without another document, through the function that every check goes through."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from checker.evaluate import Scope, evaluate
from checker.findings import Finding
from checker.kinds import kind
from checker.packs.examples import submission_of
from checker.packs.model import DocumentType, Example, Obligation, On, PackInfo, Role, RuleHead, With
from checker.packs.pack import Pack, Rule
from checker.packs.tables import Catalogue
from checker.relations import shared

Spec = dict[str, Any]
"""Field → its kind, or for a table column → kind; a kind may be a map with its other words (``choices``)."""


def document_type(name: str, spec: Spec) -> DocumentType:
    """A type of these fields, each called by its own name."""
    fields = {}
    for field, what in spec.items():
        columns = what if isinstance(what, dict) and "kind" not in what else None
        words = {"kind": "table"} if columns else what if isinstance(what, dict) else {"kind": what}
        fields[field] = {"title": field.replace("_", " ").capitalize(), "labels": [field], **words}
        if columns:
            fields[field]["columns"] = {
                c: {"title": c.replace("_", " ").capitalize(), **(k if isinstance(k, dict) else {"kind": k})}
                for c, k in columns.items()
            }
    made = {"id": name, "title": name.capitalize(), "source": "1", "recognise": {"titles": [name]}, "fields": fields}
    return msgspec.convert(made, DocumentType)


def answers(
    name: str,
    words: dict[str, Any],
    spec: Spec,
    given: dict[str, Any],
    *,
    other: tuple[Spec, dict[str, Any]] | None = None,
    catalogues: dict[str, Catalogue] | None = None,
    roles: dict[str, Role] | None = None,
    **example: Any,
) -> list[Finding]:
    """What a rule of the kind ``name`` tells of a note with the fields ``given``; ``example`` are words of an :class:`Example`."""
    own = document_type("nota", spec)
    types = {"nota": own, **({"otra": document_type("otra", other[0])} if other else {})}
    head = RuleHead("DE-001.regla", "Regla", On(document="nota"), "Corregir.", with_=With("otra") if other else None)
    rule = Rule(head, name, msgspec.convert(words, kind(name).Params), "rules/reglas.yaml")
    pack = Pack(
        PackInfo("demo/norma", "DE", "Norma", "Oficina", "2025"),
        "0" * 64,
        roles or {},
        {"DE-001": Obligation("1", "Algo")},
        {},
        types,
        {**(catalogues or {})},
        (rule,),
        Path("demo"),
    )
    related = {}
    if other:
        there = shared(submission_of(Example(fields=other[1]), types["otra"], "demo/norma"), "otra.xlsx")
        assert there is not None
        related = {there.type: (there,)}
    submission = submission_of(Example(fields=given, **example), own, "demo/norma")
    return [i.finding for i in evaluate(pack, submission, readings={}, signed=False, scope=Scope(related=related))]


def told(*asked: Any, **more: Any) -> list[tuple[str, str]]:
    """(subject, outcome) of each answer; arguments as for :func:`answers`."""
    return [(f.subject, f.outcome) for f in answers(*asked, **more)]
