"""From fields to findings and verdict: what is told, where, how often, and when it is only a doubt."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from checker.evaluate import Located, evaluate, verdict
from checker.findings import Finding
from checker.packs.examples import submission_of
from checker.packs.load import Pack
from checker.packs.model import Example
from checker.recognise.model import FieldValue, Recognised, SignatureBlock
from parsers.model import Document, Gap, Paragraph, Place

MINUTA: dict[str, Any] = {
    "fecha": "14 de octubre de 2025",
    "asunto": "Mantenimiento",
    "asistentes": ["Laura Méndez Ríos", "Jorge Salas Pérez"],
    "orden_del_dia": ["Bienvenida"],
    "acuerdos": [{"acuerdo": "Pintar", "responsable": "Jorge Salas Pérez", "fecha_compromiso": "30/10/2025"}],
    "firmas": [{"nombre": "Laura Méndez Ríos", "firma": "rúbrica"}],
}


def _minuta(pack: Pack, **changes: Any) -> Recognised:
    fields = {k: v for k, v in {**MINUTA, **changes}.items() if v is not ...}
    return submission_of(Example(fields=fields), pack.types["minuta-de-reunion"], pack.info.id)


def _told(pack: Pack, submission: Recognised, signed: bool = False, **readings: str) -> list[Finding]:
    chosen = {name.replace("_", "-"): reading for name, reading in readings.items()}
    return [item.finding for item in _located(pack, submission, signed, chosen)]


def _located(
    pack: Pack, submission: Recognised, signed: bool = False, readings: dict[str, str] | None = None
) -> tuple[Located, ...]:
    return evaluate(pack, submission, readings=readings or {}, signed=signed)


def _brief(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(f.rule, f.subject, f.outcome) for f in findings]


def test_a_complete_minuta_complies(built_in: Pack) -> None:
    submission = _minuta(built_in)
    assert _told(built_in, submission) == []
    assert verdict([], submission) == "compliant"


def test_empty_and_absent_are_told_apart(built_in: Pack) -> None:
    absent, empty = (_told(built_in, _minuta(built_in, fecha=f))[0] for f in (..., ""))
    assert absent.message == "Falta el dato «Fecha»: no se encontró en el documento."
    assert empty.message == "El dato «Fecha» está, pero vacío."
    assert absent.citation.numeral == "6.4 NOTA"
    assert absent.obligations == ("PV-040",)


def test_a_wrong_date_quotes_itself(built_in: Pack) -> None:
    (finding,) = _told(built_in, _minuta(built_in, fecha="31 de febrero de 2025"))
    assert "«31 de febrero de 2025» no existe en el calendario" in finding.message
    assert finding.evidence == "31 de febrero de 2025"


def test_each_deviation_is_told_once(built_in: Pack) -> None:
    rows = [{"acuerdo": "Pintar", "responsable": "Jorge Salas Pérez"}]
    assert _brief(_told(built_in, _minuta(built_in, acuerdos=rows))) == [
        ("PV-040.fechas-compromiso", "acuerdos[1].fecha_compromiso", "violated")
    ]
    assert _brief(_told(built_in, _minuta(built_in, acuerdos=[]))) == [
        ("PV-040.acuerdos", "acuerdos", "violated"),
        ("PV-040.fechas-compromiso", "fechas_compromiso", "violated"),
    ]


def test_an_early_due_date_names_both_dates(built_in: Pack) -> None:
    rows = [{"acuerdo": "Pintar", "responsable": "Jorge Salas Pérez", "fecha_compromiso": "3/10/2025"}]
    (finding,) = _told(built_in, _minuta(built_in, acuerdos=rows))
    assert (
        finding.message
        == "«Fecha compromiso» del acuerdo 1 («3 de octubre de 2025») es anterior a «Fecha» («14 de octubre de 2025»)."
    )


def test_an_unsigned_place_among_signed_ones_is_told(built_in: Pack) -> None:
    firmas = [{"nombre": "Laura Méndez Ríos", "firma": "rúbrica"}, {"nombre": "Jorge Salas Pérez", "firma": ""}]
    assert _brief(_told(built_in, _minuta(built_in, firmas=firmas))) == [("PV-040.firmas", "firmas[2]", "violated")]


def test_nobody_signed_is_one_finding(built_in: Pack) -> None:
    firmas = [{"nombre": "Laura Méndez Ríos", "firma": ""}, {"nombre": "Jorge Salas Pérez", "firma": ""}]
    assert _brief(_told(built_in, _minuta(built_in, firmas=firmas))) == [("PV-040.firmas", "firmas", "violated")]


def test_a_line_to_sign_is_a_doubt_that_counts_only_in_signed_finals(built_in: Pack) -> None:
    submission = _minuta(built_in, firmas=["Laura Méndez Ríos"])
    (draft,) = _told(built_in, submission)
    (final,) = _told(built_in, submission, signed=True)
    assert (draft.outcome, draft.severity, verdict([draft], submission)) == ("undetermined", "info", "compliant")
    assert (final.outcome, final.severity, verdict([final], submission)) == ("undetermined", "error", "undetermined")
    assert "Sin firma visible" in draft.message


def test_another_reading_lifts_the_rule_that_rests_on_it(built_in: Pack) -> None:
    rows = [{"acuerdo": "Pintar", "fecha_compromiso": "30/10/2025"}]
    (finding,) = _told(built_in, _minuta(built_in, acuerdos=rows))
    assert finding.rule == "PV-040.responsable"
    assert "PV-i07" in finding.message
    assert _told(built_in, _minuta(built_in, acuerdos=rows), PV_i07="sin-responsable") == []


def test_warnings_do_not_change_the_verdict(built_in: Pack) -> None:
    submission = _minuta(built_in, firmas=[{"nombre": "Ana Torres Luna", "firma": "rúbrica"}])
    (finding,) = _told(built_in, submission)
    assert (finding.rule, finding.severity) == ("PV-040.firmantes-asistentes", "warning")
    assert verdict([finding], submission) == "compliant"


def test_charges_given_among_the_attendees_serve_the_signatures(built_in: Pack) -> None:
    submission = _minuta(built_in, asunto="Planeación de programas virtuales")
    people = submission.fields["asistentes"].value
    assert isinstance(people, tuple)
    charges = ("Titular de la División de Capacitación y Adiestramiento Técnico", "TJAP")
    asistentes = tuple(replace(p, charge=c) for p, c in zip(people, charges, strict=True))  # type: ignore[type-var]
    blocks = tuple(SignatureBlock(p.name, "", "text", None) for p in asistentes)  # type: ignore[union-attr]
    fields = submission.fields | {
        "asistentes": replace(submission.fields["asistentes"], value=asistentes),  # type: ignore[arg-type]
        "firmas": FieldValue("present", blocks, "firmas"),
    }
    assert _told(built_in, replace(submission, fields=fields)) == []


# Poor reading ------------------------------------------------------------------------------------------------------------


def _scanned(submission: Recognised, confidence: float, line: int = 1) -> Recognised:
    place = Place(page=1, line=line)
    document = Document(
        "application/pdf", (Paragraph("31 de febrero de 2025", place, confidence=confidence),), ocr=True
    )
    fecha = replace(submission.fields["fecha"], place=place)
    return replace(submission, document=document, fields=submission.fields | {"fecha": fecha})


@pytest.mark.parametrize(("confidence", "outcome"), [(0.72, "undetermined"), (0.80, "violated"), (0.95, "violated")])
def test_what_rests_on_poor_ocr_is_only_a_doubt(built_in: Pack, confidence: float, outcome: str) -> None:
    submission = _scanned(_minuta(built_in, fecha="31 de febrero de 2025"), confidence)
    (finding,) = _told(built_in, submission)
    assert finding.outcome == outcome
    assert ("lectura por OCR poco fiable (72%)" in finding.message) is (confidence == 0.72)
    assert verdict([finding], submission) == ("undetermined" if outcome == "undetermined" else "noncompliant")


def test_poor_ocr_of_the_other_date_counts_too(built_in: Pack) -> None:
    rows = [{"acuerdo": "Pintar", "responsable": "Jorge Salas Pérez", "fecha_compromiso": "3/10/2025"}]
    submission = _scanned(_minuta(built_in, acuerdos=rows), 0.5)
    (finding,) = _told(built_in, submission)
    assert (finding.rule, finding.outcome) == ("PV-040.compromiso-posterior", "undetermined")


def test_what_may_stand_on_an_unread_page_is_not_said_to_be_missing(built_in: Pack) -> None:
    gap = Gap("página 2 sin texto", Place(page=2))
    submission = replace(_minuta(built_in, firmas=...), document=Document("application/pdf", (), gaps=(gap,)))
    (finding,) = _told(built_in, submission)
    assert (finding.rule, finding.outcome) == ("PV-040.firmas", "undetermined")
    assert "página 2 sin texto" in finding.message
    assert verdict([finding], submission) == "undetermined"


def test_a_gap_hides_nothing_from_a_row_that_was_read(built_in: Pack) -> None:
    gap = Gap("página 2 sin texto", Place(page=2))
    rows = [{"acuerdo": "Pintar", "responsable": "Jorge Salas Pérez"}]
    submission = replace(_minuta(built_in, acuerdos=rows), document=Document("application/pdf", (), gaps=(gap,)))
    assert _brief(_told(built_in, submission)) == [
        ("PV-040.fechas-compromiso", "acuerdos[1].fecha_compromiso", "violated")
    ]


def test_a_gap_alone_keeps_a_document_from_complying(built_in: Pack) -> None:
    gap = Gap("página 2 sin texto", Place(page=2))
    submission = replace(_minuta(built_in), document=Document("application/pdf", (), gaps=(gap,)))
    assert verdict([], submission) == "undetermined"


# Order and identity -------------------------------------------------------------------------------------------------------


def test_findings_come_in_document_order_and_what_is_nowhere_last(built_in: Pack) -> None:
    submission = _minuta(built_in, fecha="", asunto="", orden_del_dia=...)
    first, second = Place(paragraph=1), Place(paragraph=2)
    blocks = (Paragraph("Asunto:", first), Paragraph("Fecha:", second))
    fields = submission.fields | {
        "asunto": replace(submission.fields["asunto"], place=first),
        "fecha": replace(submission.fields["fecha"], place=second),
    }
    located = _located(built_in, replace(submission, document=Document("x", blocks), fields=fields))
    assert [i.finding.subject for i in located] == ["asunto", "fecha", "orden_del_dia"]
    assert [i.place for i in located] == [first, second, None]


def test_fingerprints_are_stable_and_apart(built_in: Pack) -> None:
    rows = [{"acuerdo": "Pintar", "fecha_compromiso": ""}, {"acuerdo": "Barrer", "fecha_compromiso": ""}]
    prints = [f.fingerprint for f in _told(built_in, _minuta(built_in, acuerdos=rows))]
    again = [f.fingerprint for f in _told(built_in, _minuta(built_in, acuerdos=rows))]
    assert prints == again
    assert len(set(prints)) == len(prints) == 4
    assert all(len(p) == 16 for p in prints)


def test_evidence_is_cut(built_in: Pack) -> None:
    submission = _minuta(built_in, firmas=[{"nombre": "X" * 400, "firma": "rúbrica"}])
    assert max(len(f.evidence) for f in _told(built_in, submission)) == 200


# The plan -----------------------------------------------------------------------------------------------------------------


def _plan(pack: Pack, *cursos: dict[str, object], **fields: object) -> list[Finding]:
    example = Example(fields={"cursos": list(cursos), **fields})
    submission = submission_of(example, pack.types["plan-anual-de-difusion"], pack.info.id)
    found = [i.finding for i in evaluate(pack, submission, readings={}, signed=False)]
    return [f for f in found if f.rule != "PV-008.en-la-planeacion"]  # there is no planning to compare with


def _curso(fecha: str, **more: str) -> dict[str, object]:
    return {"curso": "Ofimática", "plataforma": "EduTK", "medio": "cartel", "fecha": fecha, **more}


def test_a_period_must_lie_wholly_in_the_year(built_in: Pack) -> None:
    (finding,) = _plan(built_in, _curso("del 20 de diciembre de 2026 al 5 de enero de 2027"), anio=2026)
    assert (finding.rule, finding.subject) == ("PV-008.anio", "cursos[1].fecha")
    assert "queda fuera del año 2026" in finding.message


def test_an_unstated_year_is_a_doubt_only_where_dates_disagree(built_in: Pack) -> None:
    assert _plan(built_in, _curso("marzo de 2026"), _curso("4/05/2026")) == []
    (finding,) = _plan(built_in, _curso("marzo de 2026"), _curso("4/05/2027"))
    assert (finding.rule, finding.subject, finding.outcome) == ("PV-008.anio", "anio", "undetermined")
    assert "2026 y 2027" in finding.message


def test_webinars_owe_their_commemorative_date(built_in: Pack) -> None:
    (finding,) = _plan(built_in, _curso("marzo de 2026", plataforma="webinar"), anio=2026)
    assert (finding.rule, finding.severity) == ("PV-008.fecha-conmemorativa", "warning")
    assert (
        _plan(built_in, _curso("marzo de 2026", plataforma="webinar", fecha_conmemorativa="Día Mundial"), anio=2026)
        == []
    )


def test_unknown_type_says_nothing_and_is_undetermined(built_in: Pack) -> None:
    unknown = Recognised(Document("x", ()), None, None, 0.0)
    assert evaluate(built_in, unknown, readings={}, signed=False) == ()
    assert verdict([], unknown) == "undetermined"
    assert built_in.governs(dt.date(2026, 1, 1))
