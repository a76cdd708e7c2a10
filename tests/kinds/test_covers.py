"""``covers``: the three platforms, every unit of a list."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from checker.kinds.covers import Params
from checker.packs.tables import Catalogue

from .asking import answers, told

PLATFORM = {"kind": "choice", "choices": {"EduTK": ["edu tk"], "CLIMSS": ["clims"], "webinar": ["videoconferencia"]}}
SPEC = {"cursos": {"curso": "text", "plataforma": PLATFORM}}
WORDS = {"field": "cursos.plataforma", "all_of": ["EduTK", "CLIMSS", "webinar"]}


def _courses(*platforms: str | None) -> dict[str, Any]:
    rows = [{"curso": f"Curso {n}", **({"plataforma": p} if p is not None else {})} for n, p in enumerate(platforms)]
    return {"cursos": rows}


@pytest.mark.parametrize(
    ("platforms", "outcome"),
    [
        (("EduTK", "CLIMSS", "webinar"), None),
        (("videoconferencia", "clims", "edu tk", "EduTK"), None),
        (("EduTK", "CLIMSS"), "violated"),
        (("EduTK", "CLIMSS", None), "undetermined"),
        (("EduTK", "CLIMSS", "Zoom"), "undetermined"),
        (("EduTK", None), "violated"),
        ((None, None), None),
        ((), None),
    ],
)
def test_every_value_is_borne_by_some_row(platforms: tuple[str | None, ...], outcome: str | None) -> None:
    assert told("covers", WORDS, SPEC, _courses(*platforms)) == ([("cursos", outcome)] if outcome else [])


def test_words_name_a_value_in_running_text() -> None:
    words = {"field": "acciones.medio", "all_of": {"material impreso": ["cartel", "tríptico"], "correo": []}}
    spec = {"acciones": {"accion": "text", "medio": "text"}}
    given = {"acciones": [{"accion": "a", "medio": "Carteles en la unidad y TRIPTICOS"}]}
    (finding,) = answers("covers", words, spec, given)
    assert finding.message == "«Medio» no comprende: correo."


def test_a_long_list_is_told_by_its_first_names() -> None:
    units = Catalogue("ooad", "OOAD", "1", {f"Unidad {n}": () for n in range(10)})
    given = {"fechas": [{"ooad": "unidad 3"}, {"ooad": "UNIDAD 4"}]}
    words = {"field": "fechas.ooad", "catalogue": "ooad"}
    (finding,) = answers("covers", words, {"fechas": {"ooad": "text"}}, given, catalogues={"ooad": units})
    assert finding.message == (
        "«Ooad» no comprende: Unidad 0, Unidad 1, Unidad 2, Unidad 5, Unidad 6, Unidad 7 y otros 2."
    )


@pytest.mark.parametrize("words", [{"field": "a"}, {"field": "a", "all_of": ["x"], "catalogue": "y"}])
def test_one_list_is_given(words: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError, match="either"):
        msgspec.convert(words, Params)
