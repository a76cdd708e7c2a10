"""Who signs, where the mark stands beside or below the name."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest

from checker.recognise.model import Person, Recognised, SignatureBlock
from tests.recognise.types_at_hand import candidate, read_one

KIND = candidate({"firma": {"kind": "signatures", "labels": ["firma"], "required_by": "PV-001"}})


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        ("Jorge Salas Pérez, Jefe del Área de Producción (rúbrica)", "text"),
        ("Jorge Salas Pérez\n\nJefe del Área de Producción\n\n(Rúbrica)", "text"),
        ("Jorge Salas Pérez\n\nJefe del Área de Producción\n\n(firma)", "line"),
        ("______________\n\n(firma)\n\nJorge Salas Pérez\n\nJefe del Área de Producción", "line"),
    ],
)
@pytest.mark.parametrize("label", ["", "## Firma\n\n"])
def test_name_charge_and_mark(lines: str, mark: str, label: str) -> None:
    value = read_one(KIND, "t.md", f"# Cédula de prueba\n\nTexto de la cédula.\n\n{label}{lines}\n").fields["firma"]
    assert isinstance(value.value, tuple)
    blocks = [b for b in value.value if isinstance(b, SignatureBlock)]
    assert [(b.name, b.charge, b.mark) for b in blocks] == [("Jorge Salas Pérez", "Jefe del Área de Producción", mark)]


def test_two_captions_are_two_people() -> None:
    text = "# Cédula de prueba\n\nAna Ruiz Gil\n\nJefa de Oficina\n\n(firma)\n\nJorge Salas Pérez\n\nJefe de Área\n\n(firma)\n"
    value = read_one(KIND, "t.md", text).fields["firma"].value
    assert isinstance(value, tuple)
    blocks = [b for b in value if isinstance(b, SignatureBlock)]
    assert [(b.name, b.charge) for b in blocks] == [
        ("Ana Ruiz Gil", "Jefa de Oficina"),
        ("Jorge Salas Pérez", "Jefe de Área"),
    ]


WORK = candidate(
    {
        "actividades": {"kind": "list", "labels": ["actividades"], "required_by": "PV-001"},
        "elaboro": {"kind": "people", "labels": ["elaboró"], "required_by": "PV-001"},
        "autorizo": {"kind": "people", "labels": ["autorizó"], "required_by": "PV-001"},
        "firmas": {"kind": "signatures", "labels": ["firmas"]},
    }
)
A = ("Lic. Laura Méndez Ríos", "Coordinadora de Evaluación de la Calidad Médica")
B = ("Mtra. Ana Torres Luna", "Titular de la Coordinación Administrativa")
RULE = "________________"
Rows = list[tuple[str, ...]]


@pytest.mark.parametrize(
    "rows",
    [
        [("Elaboró", "Autorizó"), ("", ""), (A[0], B[0]), (A[1], B[1])],
        [("Elaboró", "", "Autorizó"), (RULE, "", RULE), (A[0], "", B[0]), (A[1], "", B[1])],
        [(f"Elaboró\n\n{RULE}\n{A[0]}\n{A[1]}", f"Autorizó\n\n{RULE}\n{B[0]}\n{B[1]}")],
        [(RULE, RULE), (A[0], B[0]), (A[1], B[1]), ("Elaboró", "Autorizó")],
        [
            ("Elaboró", "Revisó", "Autorizó"),
            (A[0], "Lic. Luis Gil Soto", B[0]),
            (A[1], "Jefe de Oficina", "Titular de la Coordinación"),
            ("", "", "Administrativa"),
        ],
    ],
)
def test_verbs_side_by_side_in_a_table(rows: Rows) -> None:
    document = docx.Document()
    document.add_paragraph("CÉDULA DE PRUEBA")
    document.add_paragraph("Actividades: visitar; informar")
    table = document.add_table(len(rows), len(rows[0]))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    _check_who(read_one(WORK, "t.docx", buffer.getvalue()))


def test_verbs_and_names_apart_in_a_sheet() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for place, text in {
        "A1": "CÉDULA DE PRUEBA",
        "A2": "Actividades",
        "B2": "visitar; informar",
        "A5": "Elaboró",
        "C5": "Autorizó",
    }.items():
        sheet[place] = text
    for row, texts in {8: (A[0], B[0]), 9: (A[1], B[1])}.items():
        sheet.cell(row, 1, texts[0])
        sheet.cell(row, 3, texts[1])
    buffer = io.BytesIO()
    book.save(buffer)
    _check_who(read_one(WORK, "t.xlsx", buffer.getvalue()))


@pytest.mark.parametrize(
    "lines",
    [
        f"ELABORÓ\t\tAUTORIZÓ\n\n{RULE}\t\t{RULE}\n\n{A[0]}\t\t{B[0]}\n\n{A[1]}\t\t{B[1]}",
        f"{RULE}\n\n{A[0]}\n\n{A[1]}\n\nElaboró\n\n{RULE}\n\n{B[0]}\n\nTitular de la Coordinación\n\nAdministrativa\n\nAutorizó",
        f"ELABORÓ\n\n{RULE}\n\n{A[0]}\n\nAUTORIZÓ\n\n{RULE}\n\n{B[0]}\n\n{A[1]}\t{B[1]}",
        f"Elaboró\n\n{A[0]}\n\n{A[1]}\n\nAutorizó\n\n{B[0]}\n\n{B[1]}",
    ],
)
def test_verbs_among_lines(lines: str) -> None:
    text = f"CÉDULA DE PRUEBA\n\nActividades: visitar; informar\n\n{lines}\n"
    _check_who(read_one(WORK, "t.txt", text))


def _check_who(found: Recognised) -> None:
    told = {
        name: [(p.name, p.charge) for p in value.value if isinstance(p, Person)]
        for name in ("elaboro", "autorizo")
        if isinstance((value := found.fields[name]).value, tuple)
    }
    assert told == {"elaboro": [("Laura Méndez Ríos", A[1])], "autorizo": [("Ana Torres Luna", B[1])]}
    assert found.fields["actividades"].value == ("visitar", "informar")


def test_the_last_rows_of_a_table_of_something_else() -> None:
    rows = [("Actividades", "visitar; informar"), (RULE, RULE), (A[0], B[0]), (A[1], B[1]), ("Elaboró", "Autorizó")]
    cells = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    _check_who(read_one(WORK, "t.html", f"<h1>Cédula de prueba</h1><table>{cells}</table>"))


def test_the_address_of_the_office_is_nobody() -> None:
    text = (
        f"CÉDULA DE PRUEBA\n\nActividades: visitar; informar\n\nElaboró\n\n{A[0]}\n\n{A[1]}\n\nAutorizó\n\n{B[0]}\n\n{B[1]}\n\n"
        "Av. Paseo de la Reforma 476, Col. Juárez, C.P. 06600, Ciudad de México. Tel. 55 5238 2700 www.imss.gob.mx\n"
    )
    _check_who(read_one(WORK, "t.txt", text))
