"""``accompanied``, ``gathers`` and ``never``: what a case must hold, and what it must not."""

from __future__ import annotations

import pytest

from .judging import answers, event, told

WITH = {"of": {"activity": ["3"]}, "artefacts": ["oficio"], "any": ["minuta", "informe"]}


@pytest.mark.parametrize(
    ("artefacts", "outcome"),
    [
        (["oficio", "Minuta de la reunión"], None),
        (["oficio", "informe"], None),
        (["oficio"], "violated"),
        ([], "violated"),
        (None, "undetermined"),
    ],
)
def test_documents_of_an_event(artefacts: list[str] | None, outcome: str | None) -> None:
    given = event("3", "2026-02-03", **({} if artefacts is None else {"artefacts": artefacts}))
    assert told("accompanied", WITH, [given]) == ([("3", outcome)] if outcome else [])


def test_what_is_wanting_is_named() -> None:
    (found,) = answers("accompanied", WITH, [event("3", "2026-02-03", artefacts=[])])
    assert found.message.endswith("sin que le acompañe «Oficio» y «Minuta de la reunión» o «Informe ejecutivo».")
    kept = [event("1", "2026-02-01", artefact="minuta"), event("3", "2026-02-03")]
    assert told("accompanied", WITH, kept) == [("3", "violated")]
    lenient = {**WITH, "absent": "undetermined"}
    (found,) = answers(
        "accompanied", lenient, [event("3", "2026-02-03", artefacts=[]), event("3", "2026-02-04", artefacts=[])]
    )
    assert (found.outcome, "(y otra vez más)" in found.message) == ("undetermined", True)


def test_documents_that_only_the_words_of_an_activity_name_are_no_statement() -> None:
    told_so = event("Autorizar el plan con la minuta de la reunión", "2026-02-03")
    assert told("accompanied", {"of": {"activity": ["3"]}, "artefacts": ["oficio"]}, [told_so]) == [
        ("3", "undetermined")
    ]
    assert told("accompanied", {"of": {"activity": ["3"]}, "artefacts": ["minuta"]}, [told_so]) == []


def test_a_complete_expediente() -> None:
    words = {"artefacts": ["oficio", "minuta"], "any": ["informe", "reporte"], "when": {"activity": ["3"]}}
    whole = [event("1", "2026-02-01", artefacts=["oficio", "minuta"]), event("3", "2026-02-03", artefact="reporte")]
    assert told("gathers", words, whole) == []
    assert told("gathers", words, [event("1", "2026-02-01", artefact="oficio")]) == []
    found = answers("gathers", words, [event("3", "2026-02-01", artefact="oficio")])
    assert [(f.subject, f.message) for f in found] == [
        ("minuta", "El expediente no contiene «Minuta de la reunión»."),
        ("informe", "El expediente no contiene «Informe ejecutivo» o «Reporte mensual»."),
    ]
    assert told("gathers", words, [event("3", "2026-02-01")]) == [("oficio", "undetermined")]
    assert told("gathers", words, [event("3", "2026-02-01", artefact="oficio")], partial=True) == []
    assert told("gathers", {**words, "absent": "undetermined"}, [event("3", artefact="oficio")]) == [
        ("minuta", "undetermined"),
        ("informe", "undetermined"),
    ]


def test_what_must_not_be() -> None:
    words = {"of": {"activity": ["2"], "outcome": "no-cumple"}}
    (found,) = answers("never", words, [event("2", "2026-02-03", outcome="no", role="TD")])
    assert found.message == (
        "La actividad 2 («Revisar el plan») consta el 3 de febrero de 2026, a cargo de Titular de la Dirección, y no debe ocurrir."
    )
    assert told("never", words, [event("2", "2026-02-03", outcome="sí")]) == []
    (found,) = answers("never", words, [event("2", "2026-02-03"), event("2", "2026-02-04", outcome="quién sabe")])
    assert (found.outcome, "(y otra vez más)" in found.message) == ("undetermined", True)
