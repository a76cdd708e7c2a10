"""Which document a record names, and which names are of none."""

from __future__ import annotations

import pytest

from checker.cases.artefacts import Artefacts
from checker.cases.outcomes import branch_of
from checker.packs.pack import Pack

PLAN, MINUTA = "plan-anual-de-difusion", "minuta-de-reunion"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Minuta de reunión (digital)", MINUTA),
        ("MINUTA DE REUNION", MINUTA),
        ("minuta-de-reunion", MINUTA),
        ("Minuta de reunión sin observaciones", MINUTA),
        ("Minuta de reunión (sin costo)", MINUTA),
        ("Plan anual de difusion de programas virtuales de capacitación", PLAN),
        ("Plan anual de difución", PLAN),
        ("e-mail de convocatoria", "correo-de-convocatoria"),
        ("Borrador del Plan anual de difusión", None),
        ("Proyecto de Plan anual de difusión", None),
        ("Plan anual de difusión (pendiente)", None),
        ("Minuta de reunión (sin firmas)", None),
        ("Sin minuta de reunión", None),
        ("Correo electrónico de convocatoria (no localizado)", None),
        ("Plan anual de difusión, no entregado", None),
        ("Oficio 123", None),
    ],
)
def test_a_document_is_known_by_what_people_call_it(packs: tuple[Pack, ...], text: str, found: str | None) -> None:
    pack = next(p for p in packs if p.info.prefix == "PV")
    known = Artefacts(pack.casebook.procedures["programas-virtuales"], pack)
    assert known.called(text, ()) == (found or text)


@pytest.mark.parametrize(
    ("text", "branch"),
    [
        ("se autoriza", "autoriza"),
        ("No se autoriza", "no-autoriza"),
        ("no autorizada", "no-autoriza"),
        ("Sí", "autoriza"),
        ("sí, se autoriza con observaciones", "autoriza"),
        ("quizá", None),
    ],
)
def test_what_is_denied_names_no_branch(demo: Pack, text: str, branch: str | None) -> None:
    assert branch_of(text, demo.casebook.procedures["plan"].activities["3"].decides) == branch
