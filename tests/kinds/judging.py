"""One rule on one submission, through the function that every check goes through."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from checker.evaluate import evaluate
from checker.findings import Finding
from checker.kinds import kind
from checker.packs.examples import submission_of
from checker.packs.model import DocumentType, Example, Obligation, On, PackInfo, RuleHead
from checker.packs.pack import Pack, Rule
from checker.packs.tables import Catalogue
from checker.recognise.model import Recognised

TYPE: dict[str, Any] = {
    "id": "nota",
    "title": "Nota",
    "source": "1",
    "recognise": {"titles": ["nota"]},
    "fields": {
        "nombre": {"title": "Nombre", "kind": "text", "labels": ["nombre"]},
        "curso": {"title": "Curso", "kind": "text", "labels": ["curso"]},
        "folio": {"title": "Folio", "kind": "text", "labels": ["folio"]},
        "duracion": {"title": "Duración", "kind": "text", "labels": ["duración"]},
        "fecha": {"title": "Fecha", "kind": "date", "labels": ["fecha"]},
        "impacto": {"title": "Impacto", "kind": "number", "labels": ["impacto"]},
        "unidades": {"title": "Unidades", "kind": "list", "labels": ["unidades"]},
        "qr": {"title": "Código QR", "kind": "code", "labels": ["qr"]},
        "personas": {
            "title": "Personas",
            "kind": "table",
            "labels": ["personas"],
            "columns": {
                "persona": {"title": "Persona"},
                "curp": {"title": "CURP"},
                "ooad": {"title": "OOAD"},
                "impacto": {"title": "Impacto", "kind": "number"},
            },
        },
    },
}
CATALOGUES = {
    "ooad": Catalogue(
        "ooad", "Catálogo de OOAD", "Anexo", {"Jalisco": ("Estatal Jalisco",), "Nuevo León": (), "Norte del D.F.": ()}
    )
}


def submission(**fields: Any) -> Recognised:
    """The note with these fields, as recognition would give it."""
    return submission_of(Example(fields=fields), msgspec.convert(TYPE, DocumentType), "demo/norma")


def judged(name: str, words: dict[str, Any], given: Recognised) -> list[Finding]:
    """What a rule of the kind ``name`` with these words tells of a submission."""
    head = RuleHead("DE-001.regla", "Regla", On(document="nota"), "Corregir.")
    rule = Rule(head, name, msgspec.convert(words, kind(name).Params), "rules/reglas.yaml")
    pack = Pack(
        PackInfo("demo/norma", "DE", "Norma", "Oficina", "2025"),
        "0" * 64,
        {},
        {"DE-001": Obligation("1", "Algo")},
        {},
        {"nota": msgspec.convert(TYPE, DocumentType)},
        dict(CATALOGUES),
        (rule,),
        Path("demo"),
    )
    return [item.finding for item in evaluate(pack, given, readings={}, signed=False)]


def told(name: str, words: dict[str, Any], **fields: Any) -> list[tuple[str, str]]:
    """(subject, outcome) of each answer, for a note with these fields."""
    return [(f.subject, f.outcome) for f in judged(name, words, submission(**fields))]


def scanned(given: Recognised, text: str = "leído") -> Recognised:
    """The same submission as OCR would give it."""
    from parsers.model import Document, Paragraph, Place

    paragraph = Paragraph(text, Place(page=1, line=1), confidence=0.97)
    fields = {n: msgspec.structs.replace(v, place=paragraph.place) for n, v in given.fields.items()}
    return msgspec.structs.replace(given, document=Document("application/pdf", (paragraph,), ocr=True), fields=fields)
