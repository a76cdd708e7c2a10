"""Norms as lines: pages, running headers, headings, the index, acronyms, activities, functions, instruments, agreements."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.norms.acronyms import defined, key, used
from checker.norms.activities import procedures
from checker.norms.agreements import agreements, embedded
from checker.norms.functions import units
from checker.norms.headings import headings, index_entries, section_lines, title_form
from checker.norms.identity import identity
from checker.norms.instruments import ordinances
from checker.norms.text import plain
from tests.norms.reading import norm, read

PAGES = "\n\n".join(
    f"| Proceso: Servicios | Código: X-1 |\n|---|---|\n| Revisión: 09 | Página {n} de 4 |\n\n{n}. Capítulo {name}\n\nTexto {name}.\n\n"
    f"Elaboró Ana Ruiz"
    for n, name in enumerate(("uno", "dos", "tres", "cuatro"), 1)
)


def test_lines_that_repeat_around_printed_page_numbers_are_margins_of_their_page() -> None:
    text = read(PAGES)
    assert [page.number for page in text.pages] == [1, 2, 3, 4]
    assert {page.total for page in text.pages} == {4}
    assert all(any("Revisión" in line.text for line in page.margin) for page in text.pages)
    assert [line.text for line in text.body if line.page == 3] == ["3. Capítulo tres", "Texto tres."]


def test_without_page_numbers_no_line_has_a_page() -> None:
    text = read("# 1 Objetivo\n\nAlgo.\n\nPágina 1 de 9")
    assert not text.paged
    assert len(text.pages) == 1


@pytest.mark.parametrize(
    ("written", "number", "title"),
    [
        ("7.2.1 Etapa de Monitoreo", "7.2.1", "Etapa de Monitoreo"),
        ("8.2.1.-Objetivo del Procedimiento:", "8.2.1", "Objetivo del Procedimiento:"),
        ("IV. MARCO JURÍDICO", "IV", "MARCO JURÍDICO"),
        ("a) Objetivo", "a", "Objetivo"),
        ("TRANSITORIOS", "", "TRANSITORIOS"),
    ],
)
def test_headings_are_told_by_number_or_capitals(written: str, number: str, title: str) -> None:
    assert [(h.number, h.title) for h in headings(read(written))] == [(number, title)]


@pytest.mark.parametrize(
    "written", ["1. Cambio de funcionarios.", "2. ley de planeación", "El presente manual rige desde hoy"]
)
def test_items_and_prose_are_no_headings(written: str) -> None:
    assert headings(read(written)) == ()


def test_the_index_is_no_part_of_the_text_and_joins_broken_titles() -> None:
    text = read(
        "ÍNDICE\n\n1. Objetivo ..... 3\n\n2. Descripción de las\n\nactividades ..... 4 de 9\n\n1. Objetivo\n\nTexto."
    )
    assert [(e.number, e.title, e.page) for e in index_entries(text)] == [
        ("1", "Objetivo", 3),
        ("2", "Descripción de las actividades", 4),
    ]
    assert [h.number for h in headings(text)] == ["1"]


def test_a_section_ends_at_the_next_of_its_rank() -> None:
    text = read("IV. Marco\n\nLEYES\n\n1. Ley de Planeación.\n\nV. Procedimientos\n\nOtro texto.")
    assert [line.text for line in section_lines(text, ["Marco"])] == ["LEYES", "1. Ley de Planeación."]


@given(st.text(alphabet="ABCÁÑ áé.-–:1234567890()", max_size=40))
def test_the_form_of_a_title_is_the_form_of_its_form(title: str) -> None:
    once = title_form(title)
    assert title_form(once) in (once, title_form(title_form(once)))


def test_marks_of_markdown_and_html_are_no_words() -> None:
    assert plain('**Clave:** uno <ul style="x"><li>dos</li></ul>').split() == ["Clave:", "uno", "dos"]


def test_acronyms_are_neither_emphasis_nor_numbers_nor_words_in_capitals() -> None:
    text = read(
        "# 1 Siglas\n\nCST: Coordinación de Servicios.\n\n# 2 Objetivo\n\nLa CST, con la DCAJ, envía el Acuerdo No. CD ME 59-250724. "
        "Es COPIA NO CONTROLADA del capítulo IV. NOTA: la nota obliga."
    )
    assert set(defined(text, ["Siglas"])) == {"CST"}
    assert [use.name for use in used(text, ["Siglas"])] == ["CST", "DCAJ"]


@pytest.mark.parametrize(("name", "same"), [("D.O.F.", "DOF"), ("CT's", "CT"), ("CFDIs", "CFDI"), ("SECyT", "SECYT")])
def test_an_acronym_is_the_same_pointed_or_in_the_plural(name: str, same: str) -> None:
    assert key(name) == same


TABLE = """
# 1. Campañas

| Responsable | Descripción de actividades | Documentos |
|---|---|---|
| Titular | 1. Solicita. 2. Revisa. ¿Procede? NO, regresa a la actividad No. 1. SI, continúa en la actividad No. 3. | Correo |
| Personal | 3. Envía. TERMINA PROCEDIMIENTO. | Testigo |
"""


def test_a_cell_may_number_several_activities() -> None:
    [procedure] = procedures(read(TABLE))
    assert [(a.number, a.who, a.jumps, a.ends) for a in procedure.activities] == [
        ("1", "Titular", (), False),
        ("2", "Titular", ("1", "3"), False),
        ("3", "Personal", (), True),
    ]
    assert procedure.activities[1].answers == {"no": True, "si": True}


def test_a_table_without_numbers_has_lost_them() -> None:
    [procedure] = procedures(read(TABLE.replace("1. Solicita. 2. Revisa.", "Solicita y revisa.")))
    assert procedure.lost


def test_rows_may_be_activities_and_a_total_is_read() -> None:
    text = read(
        "| No. | Unidad administrativa | Descripción de la actividad |\n|---|---|---|\n| 1 | DSTC | Instruye. |\n| 2 | CSC | Aplica. |\n"
        "| Total de Actividades | | 3 |"
    )
    [procedure] = procedures(text)
    assert ([a.who for a in procedure.activities], procedure.total) == (["DSTC", "CSC"], None) or procedure.total == 3


def test_functions_join_what_a_page_has_cut() -> None:
    text = read(
        "# 7 Funciones\n\n## 7.1 Unidad de Prensa\n\n1. Coordinar con los Órganos\n\nDesconcentrados la difusión.\n\n2. Otra función es esta misma."
    )
    [unit] = units(text, ["Funciones"])
    assert [f.text for f in unit.functions] == [
        "Coordinar con los Órganos Desconcentrados la difusión.",
        "Otra función es esta misma.",
    ]


def test_ordinances_have_their_rubric_and_dates() -> None:
    text = read(
        "# IV. Marco jurídico\n\nSe enlistan los que aplican al Instituto.\n\nLEYES\n\n1. Ley de Planeación; publicada el 05 de enero de 1983.\n\n2. Código de Comercio; publicado el 07 de octubre 1889."
    )
    found = ordinances(text, ["Marco jurídico"])
    assert [(o.rubric, o.number, o.title, o.open) for o in found] == [
        ("LEYES", 1, "Ley de Planeación", False),
        ("LEYES", 2, "Código de Comercio", True),
    ]


@given(st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_the_date_inside_a_number_is_read_back(day: dt.date) -> None:
    assert embedded(f"{day:%d%m%y}") == day
    text = read(f"Mediante Acuerdo ACDO.AS2.HCT.{day:%d%m%y}/226.P.DA, de fecha {day:%d/%m/%Y}.")
    [found] = agreements(text, "ACDO.<letters2>.HCT.<date>/<n>.P.<letters>")
    assert (found.date, found.stated, found.exact) == (day, (day,), True)


def test_a_shape_says_which_placeholders_there_are() -> None:
    with pytest.raises(ValueError, match="no placeholder <year>"):
        list(agreements(read("x"), "COM-<year>-<date>"))


def test_a_norm_says_what_it_is_on_its_cover() -> None:
    given_norm = norm(
        "G000-A01-003\n\nNORMA DEL MODELO\n\nNUEVA ELABORACIÓN 24 OCT 2024\n\n# 1 Objetivo\n\nEl 3 de mayo de 2025 se revisa."
    )
    assert given_norm.type is not None
    found = identity(given_norm.document, given_norm.type)
    assert (found["clave"].value, found["fecha"].value) == ("G000-A01-003", dt.date(2024, 10, 24))


def test_the_number_may_stand_under_actividad() -> None:
    text = read(
        "| Actividad | Responsable | Descripción |\n|---|---|---|\n| 1 | Ana | Revisa. |\n| 2 | Luis | Envía. |"
    )
    [procedure] = procedures(text)
    assert [(a.number, a.who, a.text) for a in procedure.activities] == [
        ("1", "Ana", "Revisa."),
        ("2", "Luis", "Envía."),
    ]
