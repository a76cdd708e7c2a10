"""Closed lists: other ways to write a name, and words that may stand before it."""

from __future__ import annotations

import pytest

from checker.packs.load import load_packs
from checker.packs.tables import Catalogue
from checker.resources import rules_root

LIST = Catalogue(
    "ooad", "OOAD", "1", {"Jalisco": ("jal.",), "Veracruz Norte": ()}, before=("OOAD", "OOAD Estatal", "de")
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("JALISCO", "Jalisco"),
        ("Jal.", "Jalisco"),
        ("ooad  estatal Jalisco", "Jalisco"),
        ("OOAD de Veracruz Norte", "Veracruz Norte"),
        ("Veracruz", None),
        ("OOAD", None),
        ("Jalisco OOAD", None),
        ("OOADJalisco", None),
        ("", None),
    ],
)
def test_find(written: str, name: str | None) -> None:
    assert LIST.find(written) == name


def test_the_list_of_the_procedure_has_every_unit_under_the_names_that_offices_use() -> None:
    (pack,) = (p for p in load_packs([rules_root()]) if p.info.id == "imss/programas-virtuales")
    units = pack.catalogue("ooad")
    assert len(units.entries) == 35
    for written, name in {
        "Órgano de Operación Administrativa Desconcentrada Estatal Aguascalientes": "Aguascalientes",
        "D.F. Norte": "Ciudad de México Norte",
        "Sur del Distrito Federal": "Ciudad de México Sur",
        "OOAD Regional Estado de México Poniente": "Estado de México Poniente",
        "Estado de Jalisco": "Jalisco",
        "Delegación Veracruz Sur": "Veracruz Sur",
        "MICHOACAN": "Michoacán",
    }.items():
        assert units.find(written) == name
    for stranger in ("Veracruz", "Ciudad de México", "UMAE Hospital de Cardiología", "Texas"):
        assert units.find(stranger) is None
