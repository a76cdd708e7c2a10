"""Headers several rows deep, printed again, of one column, beside each other; tables on their side."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from checker.recognise.model import Person
from tests.recognise.types_at_hand import candidate, read_one, rows_of, texts

TITLE = "<h1>Cédula de prueba</h1>"
RISKS = candidate(
    {
        "anio": {"kind": "year", "labels": ["año"]},
        "riesgos": {
            "kind": "table",
            "labels": ["riesgos"],
            "required_by": "PV-001",
            "columns": {
                "riesgo": {"labels": ["riesgo"]},
                "impacto": {"kind": "number", "labels": ["impacto", "impacto valor"]},
                "nivel": {"labels": ["nivel de impacto", "impacto nivel"]},
                "frecuencia": {"kind": "number", "labels": ["frecuencia", "frecuencia de ocurrencia"]},
                "porcentaje": {"labels": ["porcentaje de frecuencia"]},
                "residual": {"labels": ["impacto residual"]},
            },
        },
        "cuadrantes": {
            "kind": "table",
            "labels": ["cuadrantes"],
            "columns": {
                "riesgo": {"labels": ["riesgo"]},
                "color": {"labels": ["color"]},
                "impacto": {"labels": ["impacto"]},
            },
        },
        "total": {"kind": "number", "labels": ["total"]},
        "asistentes": {"kind": "people", "labels": ["asistentes"]},
    }
)


def _row(*cells: str, tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{c}</{tag}>" for c in cells) + "</tr>"


DEEP = (
    "<tr><td rowspan=3>Riesgo</td><td colspan=4>Valoración inherente</td><td>Residual</td></tr>"
    "<tr><td colspan=2>Impacto</td><td colspan=2>Frecuencia de ocurrencia</td><td rowspan=2>Impacto</td></tr>"
    "<tr><td>Valor</td><td>Nivel</td><td>Valor</td><td>%</td></tr>"
)


def test_three_rows_deep_and_printed_again() -> None:
    body = _row("Incendio", "8", "Grave", "9", "92%", "4") + DEEP + _row("Robo", "3", "Bajo", "6", "60%", "2")
    rows = read_one(RISKS, "a.html", f"{TITLE}<table>{DEEP}{body}</table>").fields["riesgos"]
    assert texts(rows, "riesgo", "impacto", "nivel", "frecuencia", "porcentaje", "residual") == [
        ("Incendio", "8", "Grave", "9", "92%", "4"),
        ("Robo", "3", "Bajo", "6", "60%", "2"),
    ]


def test_weeks_under_months_hold_crosses_and_the_year_stands_above() -> None:
    weeks = {f"{m}_{n}": {"labels": [f"{m} / {n}"]} for m in ("marzo", "abril") for n in (1, 2)}
    kind = candidate(
        {
            "anio": {"kind": "year", "labels": ["año"], "required_by": "PV-001"},
            "pasos": {"kind": "table", "labels": ["pasos"], "required_by": "PV-001", "columns": {"paso": {}, **weeks}},
        }
    )
    table = (
        "<tr><td rowspan=3>Paso</td><td colspan=4>Año 2026</td></tr><tr><td colspan=2>Marzo</td><td colspan=2>Abril</td></tr>"
        + _row("1", "2", "1", "2")
        + _row("Planear actividades", "X", "", "", "")
        + _row("Etapa dos", "1", "2", "1", "2")
        + _row("Revisar", "", "", "✓", "X")
    )
    fields = read_one(kind, "a.html", f"{TITLE}<table>{table}</table>").fields
    assert fields["anio"].value == 2026
    states = [[r.cells[w].state for w in weeks] for r in rows_of(fields["pasos"])]
    assert states == [["present", *["empty"] * 3], ["empty"] * 4, ["empty", "empty", "present", "present"]]


def test_a_table_is_that_of_the_heading_over_it_and_its_total_a_field() -> None:
    legend = "<h2>Cuadrantes</h2><table>" + _row("Riesgo", "Impacto", "Color") + _row("I", "alto", "rojo") + "</table>"
    main = "<h2>Riesgos</h2><table>" + _row("Riesgo", "Impacto") + _row("Robo", "3") + _row("Total", "3") + "</table>"
    fields = read_one(RISKS, "a.html", TITLE + legend + main).fields
    assert texts(fields["cuadrantes"], "riesgo", "color") == [("I", "rojo")]
    assert texts(fields["riesgos"], "riesgo", "impacto") == [("Robo", "3")]
    assert fields["total"].value == Decimal(3)


def test_on_its_side() -> None:
    table = _row("Riesgo", "Robo", "Incendio") + _row("Impacto", "3", "8") + _row("Frecuencia", "2", "5")
    rows = read_one(RISKS, "a.html", f"{TITLE}<table>{table}</table>").fields["riesgos"]
    assert texts(rows, "riesgo", "impacto", "frecuencia") == [("Robo", "3", "2"), ("Incendio", "8", "5")]


def test_one_column_is_enough_under_its_heading() -> None:
    people = "<h2>Asistentes</h2><table>" + _row("No.", "Nombre") + _row("1", "Laura Méndez Ríos") + "</table>"
    risks = "<h2>Riesgos</h2><table>" + _row("No.", "Riesgo") + _row("1", "Robo") + _row("2", "Incendio") + "</table>"
    fields = read_one(RISKS, "a.html", TITLE + people + risks).fields
    assert isinstance(fields["asistentes"].value, tuple)
    assert [p.name for p in fields["asistentes"].value if isinstance(p, Person)] == ["Laura Méndez Ríos"]
    assert texts(fields["riesgos"], "riesgo") == [("Robo",), ("Incendio",)]


def test_quarters_are_the_same_however_they_are_abbreviated() -> None:
    quarters = {
        f"t{n}": {"kind": "number", "labels": [label]}
        for n, label in enumerate(("primer trimestre", "segundo trimestre"), 1)
    }
    kind = candidate(
        {
            "metas": {
                "kind": "table",
                "labels": ["metas"],
                "required_by": "PV-001",
                "columns": {"plantel": {}, **quarters, "total": {}},
            }
        }
    )
    for first, second in (
        ("1er. trim.", "2do. trim."),
        ("T1", "T2"),
        ("Ene-Mar", "Abr-Jun"),
        ("Trimestre I", "Trimestre II"),
    ):
        table = _row("Plantel", first, second, "Total") + _row("Toluca", "5", "7", "12")
        rows = read_one(kind, "a.html", f"{TITLE}<table>{table}</table>").fields["metas"]
        assert texts(rows, "plantel", "t1", "t2", "total") == [("Toluca", "5", "7", "12")], first


def test_rows_of_signatories_go_to_whom_they_name() -> None:
    kind = candidate(
        {
            n: {"kind": "people", "labels": [v], "required_by": "PV-001"}
            for n, v in (("elaboro", "elaboró"), ("autorizo", "autorizó"), ("aprobo", "aprobó"))
        }
        | {"fecha": {"kind": "date", "labels": ["fecha"]}}
    )
    table = (
        _row("", "Nombre", "Cargo", "Firma")
        + _row("Elaboró", "Laura Méndez Ríos", "TJD", "")
        + _row("Autorizó", "Jorge Salas Pérez", "TD", "")
    )
    fields = read_one(kind, "a.html", f"{TITLE}<p>Fecha: 3/03/2026</p><table>{table}</table>").fields
    assert fields["fecha"].value == dt.date(2026, 3, 3)
    named = {
        n: [p.name for p in v.value if isinstance(p, Person)] if isinstance(v.value, tuple) else v.state
        for n, v in fields.items()
    }
    assert (named["elaboro"], named["autorizo"], named["aprobo"]) == (
        ["Laura Méndez Ríos"],
        ["Jorge Salas Pérez"],
        "absent",
    )
