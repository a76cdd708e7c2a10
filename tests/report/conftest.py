"""Reports to render: every verdict, every weight, places in every format, and text that wants to break out."""

from __future__ import annotations

import pytest

from checker.findings import (
    Citation,
    FieldReport,
    Finding,
    Location,
    PackRef,
    Receipt,
    Report,
    Result,
)
from checker.report import assemble

NORM = Citation("Procedimiento de programas virtuales de capacitación", "3B13-003-064", "6, actividad 4, NOTA")


def finding(**changes: object) -> Finding:
    """A violated rule about the second agreement of a minuta."""
    told: dict[str, object] = {
        "rule": "PV-040.fechas-compromiso",
        "obligations": ("PV-040",),
        "outcome": "violated",
        "severity": "error",
        "subject": "acuerdos[2].fecha_compromiso",
        "message": "El acuerdo 2 no indica fecha de compromiso.",
        "evidence": "Enviar el programa anual a la Coordinación",
        "remedy": "Anotar la fecha de compromiso del acuerdo.",
        "citation": NORM,
        "location": Location(page=1, paragraph=31, table=1, row=3, column=3),
        "fingerprint": "fedcba9876543210",
    }
    return Finding(**{**told, **changes})  # type: ignore[arg-type]


def result(**changes: object) -> Result:
    """A minuta that complies."""
    told: dict[str, object] = {
        "path": "entregas/minuta.docx",
        "sha256": "a" * 64,
        "media_type": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "kind": "document",
        "type": "minuta-de-reunion",
        "confidence": 0.974,
        "verdict": "compliant",
        "fields": {
            "fecha": FieldReport("present", "2025-10-14", Location(page=1, paragraph=4)),
            "asistentes": FieldReport("present", ["Ana Ruiz", "Luis Peña"], Location(page=1, paragraph=6)),
        },
    }
    return Result(**{**told, **changes})  # type: ignore[arg-type]


HOSTILE = "\x1b[31m</td><script>alert(1)</script> | `a` *b* %0A::error::\r\n\x00 {{7*7}} ]]> &amp; \u202eabc"


@pytest.fixture
def receipt() -> Receipt:
    return Receipt(
        "0.1.0",
        "2026-02-03",
        (PackRef("imss/programas-virtuales", "2025", "b" * 64),),
        "mx-federal",
        ("reference", "durable-rules"),
        {"PV-i01": "business"},
    )


@pytest.fixture
def report(receipt: Receipt) -> Report:
    """All verdicts and weights."""
    return assemble(
        [
            result(notes=("Se leyó con los cambios de control aceptados.",)),
            result(
                path="entregas/minuta febrero ñ.docx",
                verdict="noncompliant",
                findings=(
                    finding(
                        rule="PV-040.firmas",
                        outcome="undetermined",
                        subject="firmas",
                        message="La firma de Ana Ruiz no se puede ver en el archivo.",
                        evidence="",
                    ),
                    finding(),
                    finding(
                        rule="PV-040.firmantes-asistentes",
                        severity="warning",
                        message="Firma Eva Sol, que no figura entre las personas asistentes.",
                        location=Location(cell="Hoja1!B3"),
                    ),
                    finding(rule="PV-039.asunto", severity="info", location=None, subject="documento"),
                ),
            ),
            result(
                path="entregas/escaneo.pdf",
                type=None,
                confidence=None,
                verdict="undetermined",
                fields={},
                reason="Sin texto: ninguna página se pudo reconocer.",
            ),
            result(
                path="/abs/dañado.docx",
                sha256=None,
                media_type=None,
                type=None,
                confidence=None,
                verdict="unreadable",
                fields={},
                reason="El archivo está truncado; vuelva a guardarlo.",
            ),
        ],
        receipt,
    )


@pytest.fixture
def hostile(receipt: Receipt) -> Report:
    """Every text that a submission can bring, bent on breaking out of its place."""
    bad = finding(
        rule="PV-040.a",
        message=HOSTILE,
        evidence=HOSTILE,
        remedy=HOSTILE,
        subject="a[1].b",
        citation=Citation(HOSTILE, HOSTILE, HOSTILE),
        location=Location(line=3),
    )
    return assemble(
        [
            result(path="a,b:c%\n\udcf3<x>.txt", media_type="text/plain", verdict="noncompliant", findings=(bad,)),
            result(path="b" + HOSTILE, verdict="unreadable", reason=HOSTILE, notes=(HOSTILE,)),
        ],
        receipt,
    )


@pytest.fixture
def empty(receipt: Receipt) -> Report:
    """Nothing was given."""
    return assemble([], receipt)
