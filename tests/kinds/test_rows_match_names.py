"""``rows_match`` where one name stands in several rows, is written in several ways, or belongs to another period."""

from __future__ import annotations

from typing import Any

from checker.packs.tables import Catalogue

from .asking import told

UNITS = {"ooad": Catalogue("ooad", "OOAD", "1", {"Norte": ("del Norte",), "Sur": ()}, before=("OOAD",))}
SPEC = {
    "mes": "period",
    "filas": {"ooad": "text", "curso": "text", "numero": "number", "hora": "text", "fecha": "date"},
}


def _told(
    words: dict[str, Any], own: list[dict[str, Any]], theirs: list[dict[str, Any]], **own_fields: Any
) -> list[tuple[str, str]]:
    given = {"filas": own, **own_fields}
    base = {"table": "filas", "other": "filas"}
    return told("rows_match", {**base, **words}, SPEC, given, other=(SPEC, {"filas": theirs}), catalogues=UNITS)


def test_two_ways_to_write_one_name_are_one() -> None:
    words = {"by": ["ooad"], "equal": ["numero"], "every": "both", "catalogues": {"ooad": "ooad"}}
    assert _told(words, [{"ooad": "OOAD del Norte", "numero": 1}], [{"ooad": "NORTE", "numero": 1}]) == []
    assert _told(words, [{"ooad": "OOAD del Norte", "numero": 1}], [{"ooad": "Norte", "numero": 2}]) == [
        ("filas[1].numero", "violated")
    ]


def test_numbers_of_one_name_are_added_up() -> None:
    words = {"by": ["ooad"], "equal": ["numero"], "every": "both"}
    own = [{"ooad": "Norte", "numero": 3}, {"ooad": "Sur", "numero": 1}, {"ooad": "Norte", "numero": 4}]
    assert _told(words, own, [{"ooad": "Norte", "numero": 7}, {"ooad": "Sur", "numero": 1}]) == []
    assert _told(words, own, [{"ooad": "Norte", "numero": 8}, {"ooad": "Sur", "numero": 1}]) == [
        ("filas[1].numero", "violated")
    ]


def test_of_several_rows_of_one_name_the_closest_is_compared() -> None:
    words = {"by": ["curso"], "equal": ["hora"]}
    theirs = [{"curso": "Uno", "hora": "9:00"}, {"curso": "Uno", "hora": "16:00"}]
    assert _told(words, [{"curso": "uno", "hora": "4:00 p. m."}], theirs) == []
    assert _told(words, [{"curso": "uno", "hora": "12:00"}], theirs) == [("filas[1].hora", "violated")]


def test_rows_of_other_periods_are_not_missed() -> None:
    words = {"by": ["curso"], "every": "other", "dated": {"fecha": "mes"}}
    own = [{"curso": "Uno"}]
    theirs = [{"curso": "Uno"}, {"curso": "Dos", "fecha": "3/10/2026"}, {"curso": "Tres", "fecha": "3/09/2026"}]
    assert _told(words, own, theirs, mes="septiembre de 2026") == [("filas", "violated")]
    assert _told(words, own, theirs) == [("filas", "violated"), ("filas", "violated")]


def test_a_name_within_another_is_only_doubted() -> None:
    words = {"by": ["curso"]}
    theirs = [{"curso": "Curso de primeros auxilios"}, {"curso": "Ofimática 2"}]
    assert _told(words, [{"curso": "Primeros auxilios"}], theirs) == [("filas[1]", "undetermined")]
    assert _told(words, [{"curso": "Auxilio"}], theirs) == [("filas[1]", "violated")]
    assert _told(words, [{"curso": "Ofimática"}], theirs) == [("filas[1]", "violated")]
