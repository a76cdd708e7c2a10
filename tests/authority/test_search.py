"""Who does what."""

from __future__ import annotations

import pytest

from checker.authority.search import of_unit, who
from checker.authority.verbs import verb_of
from checker.packs.authority import Verb
from checker.packs.load import Pack


@pytest.mark.parametrize(
    ("verb", "written", "citation", "by"),
    [
        (
            "autorizar",
            "Plan General de Comunicación Social",
            "7.1, subnumeral 5",
            "Dirección de Operación y Evaluación",
        ),
        ("autorizar", "plan de comunicacion social", "7.1, subnumeral 5", "Dirección de Operación y Evaluación"),
        ("aprobar", "política de identidad gráfica", "7.1, subnumeral 6", "Dirección de Operación y Evaluación"),
        ("validar", "POLITICAS DE IDENTIDAD GRAFICA", "7.1.2, subnumeral 2", "Unidad de Comunicación Social"),
        ("autorizar", "planes de mejora", "7.1.1, subnumeral 8", "Unidad de Evaluación de Órganos Desconcentrados"),
        (
            "autorizar",
            "anteproyecto presupuestal de comunicación social",
            "7.1.2, subnumeral 14",
            "Coordinación Administrativa",
        ),
        (
            "elaborar",
            "programa anual de adquisiciones",
            "7.1.6.2, subnumeral 5",
            "División de Recursos Materiales y Financieros",
        ),
        (
            "visto-bueno",
            "opinión institucional",
            "7.1.4.1.2, subnumeral 9",
            "Coordinación Técnica de Vinculación con el Congreso",
        ),
    ],
)
def test_the_first_answer(packs: tuple[Pack, ...], verb: Verb, written: str, citation: str, by: str) -> None:
    best = who(packs, verb, written).asked[0]
    assert (best.found.citation, best.actors) == (citation, (by,))


def test_where_nobody_does_it_the_nearest_verbs_are_told(packs: tuple[Pack, ...]) -> None:
    answers = who(packs, "aprobar", "Plan General de Comunicación Social")
    assert answers.asked == ()
    assert [a.power.verb for a in answers.instead] == ["autorizar", "integrar"]


def test_of_something_that_no_manual_names_nobody_does_anything(packs: tuple[Pack, ...]) -> None:
    answers = who(packs, "autorizar", "dragones")
    assert (answers.asked, answers.instead) == ((), ())


@pytest.mark.parametrize("named", ["UCS", "7.1.2", "unidad de comunicacion social", "unidad-de-comunicacion-social"])
def test_a_unit_by_any_of_its_names(packs: tuple[Pack, ...], named: str) -> None:
    found = of_unit(packs, named)
    assert found is not None
    name, answers = found
    assert name == "Unidad de Comunicación Social"
    assert all(name in a.actors for a in answers)
    assert ("7.1.6.2", 10) in {(a.found.numeral, a.power.at) for a in answers}, (
        "what stands under another's numeral is its own too"
    )


@pytest.mark.parametrize(
    ("written", "verb"),
    [
        *((w, "autorizar") for w in ("autoriza", "autorizar", "Autorizó", "AUTORIZACIÓN", "autorizado por")),
        *((w, "aprobar") for w in ("aprueba", "aprobó", "aprobación")),
        *((w, "visto-bueno") for w in ("visto bueno", "Vo. Bo.", "vobo", "Vo.Bo.", "avala")),
        *((w, "elaborar") for w in ("elabora", "Elaboró", "elaboración", "formula")),
        ("valida", "validar"),
        ("suscribe", "suscribir"),
        ("dirige", "dirigir"),
        ("baila", None),
        ("bueno", None),
    ],
)
def test_verbs_in_any_form(written: str, verb: str | None) -> None:
    assert verb_of(written) == verb
