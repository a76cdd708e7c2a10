"""The check kinds on norms: what each tells, and about what."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from checker.packs.model import Role
from checker.packs.tables import Catalogue, Instrument, Register
from tests.norms.reading import judged, norm, told

SECTIONS = {
    "sections": [{"title": "Objetivo"}, {"title": "Alcance", "also": ["Ámbito"]}, {"number": "6.2", "title": "Fin"}]
}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("1 Objetivo\n\n2 Ámbito\n\n6.2 Fin", []),
        ("1 Objetivo\n\n6.2 Fin", [("secciones[2]", "violated")]),
        ("1 Alcance\n\n2 Objetivo\n\n6.2 Fin", [("secciones[2]", "violated")]),
        ("1 Objetivo\n\n2 Alcance\n\n6.3 Fin", [("secciones[3]", "violated")]),
    ],
)
def test_sections_in_order(text: str, answers: list[tuple[str, str]]) -> None:
    assert told("sections_in_order", SECTIONS, text) == answers


def test_sections_of_each_procedure() -> None:
    words = {"repeats": True, "sections": [{"title": "Objetivo"}, {"title": "Diagrama"}]}
    text = "1. Uno\n\na) Objetivo\n\nb) Diagrama\n\n2. Dos\n\na) Objetivo\n\n3. Tres\n\na) Objetivo\n\nb) Diagrama"
    assert told("sections_in_order", words, text) == [("procedimientos[2].secciones[2]", "violated")]


INDEX = "Página {a} de 4\n\nÍNDICE\n\n1. Objetivo .... {x}\n\n2. Alcance .... {y}\n\nPágina {b} de 4\n\n1. Objetivo\n\nPágina {c} de 4\n\n2. Alcance"


def _index(x: int, y: int) -> str:
    return INDEX.format(a=1, b=2, c=3, x=x, y=y) + "\n\nTRANSITORIOS"


def test_index_matches() -> None:
    assert told("index_matches", {}, _index(2, 3)) == []
    assert told("index_matches", {}, _index(2, 4)) == [("indice[2]", "violated")]
    assert told("index_matches", {"lists": ["Transitorios"]}, _index(2, 3)) == [("indice", "violated")]
    assert told("index_matches", {}, "1. Objetivo") == [("indice", "violated")]
    told_otherwise = judged("index_matches", {}, norm(_index(2, 3).replace("2. Alcance .", "2. Alcances .")))
    assert [f.message for f in told_otherwise] == [
        "El índice dice «2 Alcances» y el título del documento es «2. Alcance»."
    ]


def test_an_index_whose_entries_cannot_be_read_is_undetermined() -> None:
    assert told("index_matches", {}, "ÍNDICE\n\nObjetivo\n\nAlcance\n\n1. Objetivo") == [("indice", "undetermined")]


def test_an_index_without_pages_to_compare_is_undetermined() -> None:
    text = "ÍNDICE\n\n1. Objetivo .... 2\n\n2. Alcance .... 3\n\n1. Objetivo\n\n2. Alcance"
    assert told("index_matches", {}, text) == [("indice", "undetermined")]


CLAUSE = {
    "title": "la cláusula",
    "about": ["código de conducta + acuerdo"],
    "cites": ["ACDO.1|ACDO.2"],
    "dates": ["2024-01-26"],
}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("1.1 Según el Código de Conducta, acuerdo A.C.D.O.2, de 26 de enero de 2024.", []),
        ("1.1 Según el Código de Conducta, acuerdo ACDO.2, de 27 de enero de 2024.", [("clausula", "violated")]),
        ("1.1 Según el Código de Conducta, acuerdo ACDO.3, de 26 de enero de 2024.", [("clausula", "violated")]),
        ("1.1 Según el Código de Ética.", [("clausula", "violated")]),
        (
            "1.1 Según el Código de Conducta.\n\n1.2 El acuerdo ACDO.2 es de 26 de enero de 2024.",
            [("clausula", "violated")],
        ),
    ],
)
def test_clause_present(text: str, answers: list[tuple[str, str]]) -> None:
    assert told("clause_present", CLAUSE, text) == answers


def test_a_clause_of_an_appendix_does_not_serve_the_norm() -> None:
    text = "1 Objetivo\n\n# APÉNDICE A\n\n1.1 Según el Código de Conducta, acuerdo ACDO.2, de 26 de enero de 2024."
    assert told("clause_present", {**CLAUSE, "before": ["Apéndice A"]}, text) == [("clausula", "violated")]
    assert told("clause_present", {**CLAUSE, "within": ["Apéndice A"]}, text) == []


GLOSSARY = (
    "# 1 Siglas\n\nCST: Coordinación de Servicios Tecnológicos.\n\nDAF: Dirección Financiera.\n\n# 2 Objetivo\n\n"
)


def test_terms_defined() -> None:
    body = GLOSSARY + "La Coordinación de los Servicios de Tecnología (CST) y la DCAJ."
    assert told("terms_defined", {"ask": "acronyms", "sections": ["Siglas"]}, body) == [("siglas[DCAJ]", "violated")]
    assert told("terms_defined", {"ask": "uses", "sections": ["Siglas"]}, body) == [("terminos[DAF]", "violated")]
    assert told("terms_defined", {"ask": "expansions", "sections": ["Siglas"]}, body) == [("siglas[CST]", "violated")]
    assert told("terms_defined", {"ask": "acronyms", "sections": ["Glosario"]}, body) == []


def _paged(*margins: str) -> str:
    return "\n\n".join(f"{margin}\n\nTexto {n}" for n, margin in enumerate(margins))


def test_every_page() -> None:
    words = {"shows": ["Clave"], "same": ["Clave"], "numbered": True}
    pages = [f"Clave: X-1 Página {n} de 4" for n in range(1, 5)]
    assert told("every_page", words, _paged(*pages)) == []
    assert told("every_page", words, _paged(*pages[:3], "Clave: X-2 Página 4 de 4")) == [("paginas[4]", "violated")]
    assert told("every_page", words, _paged(*pages[:3], "Clave: X-1 Página 4 de 5")) == [("paginas[4]", "violated")]
    assert told("every_page", words, _paged(*pages[:3], "Clave: X-1 Página 6 de 4")) == [("paginas[6]", "violated")]
    assert told("every_page", words, "Texto sin encabezado") == [("encabezado", "undetermined")]


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Nuevo ( ) Modificación (X)", []),
        ("Nuevo ☐ Modificación ☒", []),
        ("Nuevo (x) Modificación (X)", [("casillas", "violated")]),
        ("Nuevo ( ) Modificación ( )", [("casillas", "violated")]),
        ("Modificación del manual", [("casillas", "undetermined")]),
    ],
)
def test_one_marked(text: str, answers: list[tuple[str, str]]) -> None:
    assert told("one_marked", {"boxes": ["Nuevo", "Modificación"]}, text) == answers


def test_one_date() -> None:
    words = {"field": "fecha", "labels": ["Fecha del cambio"]}
    assert told("one_date", words, "Fecha del cambio: 3 de mayo de 2025.", fecha="3 de mayo de 2025") == []
    assert told("one_date", words, "Fecha del cambio: 4 de mayo de 2025.", fecha="3 de mayo de 2025") == [
        ("fechas[1]", "violated")
    ]


PARTS = {"part": ["Ficha"], "labels": {"a": ["Nombre"], "b": ["Alcance"]}, "paired": ["a", "b"]}


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Ficha\n\nNombre: uno\n\nAlcance: dos", []),
        ("Ficha\n\nNombre: uno", [("partes[1].b", "violated")]),
        ("Ficha\n\nNombre: uno\n\nAlcance:", [("partes[1].b", "violated"), ("partes[1]", "violated")]),
        ("Ficha\n\nNombre:\n\n1. uno\n\n2. dos\n\nAlcance: tres", [("partes[1]", "violated")]),
        ("Otra cosa", [("partes", "violated")]),
    ],
)
def test_labelled_parts(text: str, answers: list[tuple[str, str]]) -> None:
    assert told("labelled_parts", PARTS, text) == answers


def _table(*rows: str) -> str:
    return "# Directorio\n\n| Cargo | Teléfono |\n|---|---|\n" + "\n".join(rows)


def test_section_table() -> None:
    words = {
        "section": ["Directorio"],
        "columns": ["Cargo", "Teléfono|Tel"],
        "lists": ["Dirección"],
        "last_is": "clave",
    }
    assert told("section_table", words, _table("| Dirección | 1 |", "| X-1 | 2 |"), clave="X-1") == []
    assert told("section_table", words, _table("| Dirección | 1 |"), clave="X-1") == [("tabla[1]", "violated")]
    assert told("section_table", words, _table("| X-1 | 2 |"), clave="X-1") == [("tabla", "violated")]
    elsewhere = "# Directorio\n\nVacío\n\n# Otro\n\n| Uno | Dos |\n|---|---|\n| 1 | 2 |"
    assert told("section_table", words, elsewhere, clave="X-1") == [("tabla", "violated")]
    assert told("section_table", words, "# Directorio\n\nVacío", clave="X-1") == [("tabla", "undetermined")]


SHAPE = "ACDO.<letters2>.HCT.<date>/<n>.P.<letters>"


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Acuerdo ACDO.SA2.HCT.260124/19.P.DA, de fecha 26 de enero de 2024. El ACDO.SA2.HCT.260124/19.P.DA.", []),
        ("El 5 de mayo de 2025 se revisó lo que dispone el Acuerdo ACDO.SA2.HCT.260124/19.P.DA sobre el personal.", []),
        ("Acuerdo ACDO.SA2.HCT.260124/19.P.DA, de fecha 25 de enero de 2024.", [("acuerdos_citados[1]", "violated")]),
        ("Acuerdo ACDO.SA2.HCT260124/19.P.DA.", [("acuerdos_citados[1]", "violated")]),
        ("Acuerdo ACDO.SA2.HCT.320124/19.P.DA.", [("acuerdos_citados[1]", "violated")]),
    ],
)
def test_agreement_numbers(text: str, answers: list[tuple[str, str]]) -> None:
    assert told("agreement_numbers", {"shape": SHAPE}, text) == answers


def test_agreements_in_order() -> None:
    words = {"earlier": "COM-<n>-<date>", "later": "CD ME <n>-<date>"}
    assert told("agreements_in_order", words, "Acuerdos COM-1-090524 y CD ME 5-250724.") == []
    assert told("agreements_in_order", words, "Acuerdos COM-1-260724 y CD ME 5-250724.") == [
        ("acuerdos_citados", "violated")
    ]
    assert told("agreements_in_order", words, "Acuerdo COM-1-260724.") == []


def _steps(*rows: str) -> str:
    return "# 1. Uno\n\n| Responsable | Descripción de actividades | Documentos |\n|---|---|---|\n" + "\n".join(rows)


FIRST, LAST = (
    "| Ana | 1. Revisa. ¿Procede? NO, regresa a la actividad No. 2. SI, continúa en la actividad No. 2. | Oficio |",
    "| Luis | 2. Envía. TERMINA. | Oficio |",
)


@pytest.mark.parametrize(
    ("ask", "rows", "answers"),
    [
        ("numbering", (FIRST, LAST), []),
        (
            "numbering",
            (FIRST, LAST.replace("2. Envía", "3. Envía")),
            [("procedimientos[1].actividades[3]", "violated")],
        ),
        ("references", (FIRST, LAST), []),
        (
            "references",
            (FIRST.replace("No. 2. SI", "No. 1. SI"), LAST),
            [("procedimientos[1].actividades[1]", "violated")],
        ),
        (
            "references",
            (FIRST.replace("No. 2. SI", "No. 8. SI"), LAST),
            [("procedimientos[1].actividades[1]", "violated")],
        ),
        ("ends", (FIRST, LAST), []),
        (
            "ends",
            (FIRST, LAST.replace(" TERMINA.", "")),
            [("procedimientos[1].actividades[1]", "violated"), ("procedimientos[1].actividades[2]", "violated")],
        ),
        ("decisions", (FIRST, LAST), []),
        (
            "decisions",
            (FIRST.replace("¿Procede? ", ""), LAST),
            [("procedimientos[1].actividades[1]", "violated")],
        ),
        (
            "decisions",
            (FIRST.replace("SI, continúa", "Continúa"), LAST),
            [("procedimientos[1].actividades[1]", "violated")],
        ),
        ("filled", (FIRST, LAST.replace("Oficio", "")), [("procedimientos[1].actividades[2]", "violated")]),
        ("filled", (FIRST, LAST), []),
        (
            "references",
            ("| Ana | Revisa y envía el oficio. | Oficio |", "| Luis | 1. Archiva. | Oficio |"),
            [("procedimientos[1]", "undetermined")],
        ),
    ],
)
def test_activities(ask: str, rows: tuple[str, ...], answers: list[tuple[str, str]]) -> None:
    assert told("activities", {"ask": ask}, _steps(*rows)) == answers


def test_activities_without_a_table_are_undetermined() -> None:
    assert told("activities", {"ask": "ends"}, "Texto") == [("procedimientos", "undetermined")]


def test_activity_actors() -> None:
    roles = {
        "ana": Role("ana", "Titular de División", "1"),
        "luis": Role("luis", "Unidad de Comunicación Social", "1"),
    }
    words = {"roles": ["ana"]}
    row = "| {} | 1. Revisa. | Oficio |"
    asked: dict[str, Any] = {"roles": roles}
    assert told("activity_actors", words, _steps(row.format("Titular de División")), **asked) == []
    where = "procedimientos[1].actividades[1]"
    assert told("activity_actors", words, _steps(row.format("Unidad de Comunicación Social")), **asked) == [
        (where, "violated")
    ]
    assert told("activity_actors", words, _steps(row.format("Titular de Almacén")), **asked) == [
        (where, "undetermined")
    ]


SHEET = """
| No. | Unidad administrativa | Descripción de la actividad |
|---|---|---|
| 1 | CST | Aplica Instrucción de Trabajo: "Reunión de trabajo" Pr-X-Pd-01-It-01 |

Instrucción de Trabajo

Nombre: Reunión de Trabajo

Clave: Pr-X-Pd-01-It-01

| Etapa | Tarea | Responsable |
|---|---|---|
| 1 | Citar | CST |
| 1.1 | Avisar | CST |

Total de actividades: 1
"""


@pytest.mark.parametrize(
    ("ask", "change", "violated"),
    [
        ("total", ("x", "x"), False),
        ("total", ("actividades: 1", "actividades: 2"), True),
        ("name", ("x", "x"), False),
        ("name", ("Nombre: Reunión de Trabajo", "Nombre: Registro de metas"), True),
        ("name", ("Clave: Pr-X-Pd-01-It-01", "Clave: Pr-X-Pd-01-It-02"), True),
        ("responsible", ("x", "x"), False),
        ("responsible", ("| 1 | CST |", "| 1 | DSTC |"), True),
    ],
)
def test_work_instructions(ask: str, change: tuple[str, str], violated: bool) -> None:
    expected = [("instrucciones[1]", "violated")] if violated else []
    assert told("work_instructions", {"ask": ask}, SHEET.replace(*change)) == expected


def test_subtasks_count_where_the_reading_says_so() -> None:
    assert told("work_instructions", {"ask": "total", "subtasks": True}, SHEET) == [("instrucciones[1]", "violated")]


UNITS = """
# 7 Funciones

## 7.1 Unidad de Prensa

1. Elaborar el programa de difusión del Instituto.

2. Las demás que le encomiende la Dirección.

## 7.2 División de Radio

1. Producir los programas de radio del Instituto.

2. Las demás que le encomiende la Dirección.
"""


@pytest.mark.parametrize(
    ("ask", "change", "answers"),
    [
        ("infinitive", ("x", "x"), []),
        ("infinitive", ("1. Producir", "1. Produce"), [("unidades[7.2].funciones[1]", "violated")]),
        ("infinitive", ("1. Producir", "Produce"), [("unidades[7.2].funciones[1]", "undetermined")]),
        ("residual", ("x", "x"), []),
        ("alike", ("x", "x"), []),
        (
            "alike",
            ("Producir los programas de radio del Instituto.", "Elaborar el programa de difusión del Instituto."),
            [("unidades[7.2].funciones[1]", "undetermined")],
        ),
    ],
)
def test_unit_functions(ask: str, change: tuple[str, str], answers: list[tuple[str, str]]) -> None:
    words = {"ask": ask, "chapter": ["Funciones"], "residual": ["Las demás que"]}
    assert told("unit_functions", words, UNITS.replace(*change)) == answers


def test_a_unit_closes_with_the_residual_clause_and_repeats_nothing() -> None:
    words = {"chapter": ["Funciones"], "residual": ["Las demás que"]}
    text = "# 7 Funciones\n\n## 7.1 Unidad de Prensa\n\n1. Elaborar el programa de difusión.\n\n2. Elaborar el programa de difusión."
    assert told("unit_functions", {**words, "ask": "residual"}, text) == [("unidades[7.1].funciones[2]", "violated")]
    assert told("unit_functions", {**words, "ask": "alike"}, text) == [("unidades[7.1].funciones[2]", "violated")]


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("la Unidad de Prensa y la División de Radio de la Dirección General", []),
        ("la Unidad de Prenza y la División de Radio", []),
        ("la Unidad de Prensa", [("unidades[2]", "violated")]),
        ("la Unidad de Prensa, la División de Radio y la Coordinación de Archivo", [("unidades", "violated")]),
        ("la Unidad de Prensa y la División de Radio Internacional", []),
    ],
)
def test_units_listed(said: str, answers: list[tuple[str, str]]) -> None:
    tables = {"sujetos": Catalogue("sujetos", "Sujetos", "3", {"Unidad de Prensa": (), "División de Radio": ()})}
    words = {"section": ["Ámbito"], "catalogue": "sujetos", "beside": ["Dirección General"]}
    assert told("units_listed", words, f"# 3 Ámbito\n\nObliga a {said}.", tables=tables) == answers


REGISTER = Register(
    "citadas",
    "Citadas",
    "6",
    (
        Instrument("Norma uno", "1000-001-001", dt.date(2023, 10, 11)),
        Instrument("Norma dos", "1000-001-002", dt.date(2020, 1, 2), by="la norma uno"),
        Instrument("Ley de Antes", "", dt.date(2001, 1, 1), dt.date(2017, 7, 19), "otra ley"),
        Instrument("Ley de Siempre", "", dt.date(2015, 5, 4), dt.date(2025, 3, 21), "otra ley", namesake=True),
    ),
)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("Norma uno, clave 1000-001-001 registrada el 11 de octubre de 2023.", []),
        ("Norma uno, clave 1000-001-001.", []),
        ("Norma uno, clave 1000-001-001 registrada el 12 de octubre de 2023.", [("citas[1]", "violated")]),
        ("Deja sin efecto la clave 1000-001-002. Véase 1000-001-001.", []),
        ("Conforme a la clave 1000-001-002.\n\nVéase 1000-001-001.", [("citas[1]", "violated")]),
        ("Conforme a la clave 9999-001-002.", [("citas", "violated")]),
    ],
)
def test_cited_norms(text: str, answers: list[tuple[str, str]]) -> None:
    words = {"register": "citadas", "must": ["1000-001-001"]}
    assert told("cited_norms", words, text, tables={"citadas": REGISTER}) == answers


@pytest.mark.parametrize(
    ("ask", "entries", "answers"),
    [
        ("dates", ("1. Ley de Uno; publicada el 5 de enero de 1983.", "2. Ley de Dos, vigente."), []),
        ("dates", ("1. Ley de Uno; publicada en el Diario.",), [("marco_juridico[1]", "violated")]),
        ("dates", ("1. Ley de Uno; publicada el 31 de febrero de 1983.",), [("marco_juridico[1]", "violated")]),
        ("numbering", ("1. Ley de Uno.", "2. Ley de Dos."), []),
        ("numbering", ("1. Ley de Uno.", "4. Ley de Dos."), [("marco_juridico[2]", "violated")]),
        ("laws", ("1. Ley de Uno.", "2. Reglamento de la Ley de Uno."), []),
        ("laws", ("1. Ley de Uno.", "2. Reglamento de la Ley de Cinco."), [("marco_juridico[2]", "violated")]),
        ("in_force", ("1. Ley de Uno.",), []),
        ("in_force", ("1. Ley de Antes.",), [("marco_juridico[1]", "violated")]),
        ("in_force", ("1. Ley de Siempre.",), []),
        ("in_force", ("1. Ley de Siempre; publicada el 4 de mayo de 2015.",), [("marco_juridico[1]", "violated")]),
    ],
)
def test_legal_framework(ask: str, entries: tuple[str, ...], answers: list[tuple[str, str]]) -> None:
    words = {"ask": ask, "sections": ["Marco jurídico"], "register": "citadas"}
    text = "# IV. Marco jurídico\n\n" + "\n\n".join(entries)
    assert (
        told("legal_framework", words, text, tables={"citadas": REGISTER}, fecha="20 de noviembre de 2025") == answers
    )


def test_a_law_repealed_later_governed_then_and_is_doubted_without_a_date() -> None:
    words = {"ask": "in_force", "sections": ["Marco jurídico"], "register": "citadas"}
    text = "# IV. Marco jurídico\n\n1. Ley de Antes."
    tables = {"citadas": REGISTER}
    assert told("legal_framework", words, text, tables=tables, fecha="1 de enero de 2010") == []
    assert told("legal_framework", words, text, tables=tables) == [("marco_juridico[1]", "undetermined")]


CHANGES = "# II. Cambios\n\nEliminar los procedimientos:\n\n1. Encuestas.\n\nIncluir los procedimientos:\n\n1. Campañas.\n\n# V. Procedimientos\n\n"


@pytest.mark.parametrize(
    ("body", "answers"),
    [
        ("## 1. CAMPAÑAS", []),
        ("## 1. OTRA COSA", [("incluidos[1]", "violated"), ("procedimientos[1]", "undetermined")]),
        ("## 1. CAMPAÑAS\n\n## 2. ENCUESTAS", [("eliminados[1]", "violated"), ("procedimientos[2]", "undetermined")]),
    ],
)
def test_listed_changes(body: str, answers: list[tuple[str, str]]) -> None:
    words = {
        "section": ["Cambios"],
        "included": ["Incluir los procedimientos"],
        "eliminated": ["Eliminar los procedimientos"],
        "chapter": ["Procedimientos"],
    }
    assert sorted(told("listed_changes", words, CHANGES + body)) == sorted(answers)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        ("6.1.1 Unidad de Prensa\n\n7.1.1 Unidad de Prensa", []),
        (
            "6.1.1 Unidad de Prensa\n\n6.1.2 División de Radio\n\n7.1.1 Unidad de Prensa",
            [("apartados[6.1.2]", "violated")],
        ),
        (
            "6.1.1 Unidad de Prensa\n\n6.1.2 División de Radio\n\n7.1.1 Unidad de Prensa\n\n7.1.2.1 Oficina de Cabina",
            [("apartados[6.1.2]", "undetermined")],
        ),
        ("7.1.1 Unidad de Prensa", [("apartados", "undetermined")]),
    ],
)
def test_chapters_answer(text: str, answers: list[tuple[str, str]]) -> None:
    assert told("chapters_answer", {"chapter": "6.1", "other": "7.1"}, text) == answers
