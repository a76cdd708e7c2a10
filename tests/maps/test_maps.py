"""``vobo map``: what a matrix gives as a map, in every format."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from checker.cli import main

from .books import MUPOI, MURO, Row, book

ROWS: list[Row] = [
    ("P-01", "Diferimiento de <b>cirugías</b> & más", 8, 9),
    ("P-02", "Espera en ventanilla", 3, 6),
    ("P-03", "Desabasto", 4, 5),
    ("P-04", "Convenio sin renovar", 7, 4),
]
SVG = "{http://www.w3.org/2000/svg}"


def _drawn(folder: Path, *files: Path, form: str = "svg") -> str:
    target = folder / f"mapa.{form}"
    assert main(["map", *map(str, files), "-o", str(target)]) == 0
    return target.read_text("utf-8")


def _texts(svg: str) -> list[str]:
    root = etree.fromstring(svg.encode())
    return ["".join(e.itertext()) for e in root.iter(f"{SVG}text")]


def test_an_svg_shows_quadrants_axes_entries_and_says_them_in_words(tmp_path: Path) -> None:
    svg = _drawn(tmp_path, book(tmp_path / "mupoi.xlsx", (MUPOI, ROWS)))
    texts = _texts(svg)
    for words in (
        "Mapa de Problemáticas Operativas",
        "Magnitud de impacto (1 a 10)",
        "Frecuencia de ocurrencia (1 a 10)",
        "Problemáticas de vigilancia permanente",
        "Problemáticas de vigilancia constante",
        "Problemáticas de vigilancia periódica",
        "Problemáticas de vigilancia continua",
        "Rojo · 1 registro",
        "Diferimiento de <b>cirugías</b> & más",
    ):
        assert words in texts, words
    assert {"I", "II", "III", "IV"} <= set(texts)
    assert {str(n) for n in range(1, 11)} <= set(texts)
    root = etree.fromstring(svg.encode())
    assert root.get("role") == "img"
    told = root.findtext(f"{SVG}desc") or ""
    assert "cuadrante I, Problemáticas de vigilancia permanente (rojo): 1" in told
    assert not list(root.iter(f"{SVG}script"))
    assert "OT-i01" in svg  # P-03 rests on a reading, and the map says so


def _quadrant_of(svg: str, key: str) -> str:
    texts = _texts(svg)
    return texts[texts.index(key, texts.index("Cuad.")) :][4]


def test_the_reading_of_the_user_decides_the_quadrant(tmp_path: Path) -> None:
    file = book(tmp_path / "mupoi.xlsx", (MUPOI, ROWS))
    config = tmp_path / "vobo.toml"
    config.write_text("[interpretations]\nOT-i01 = 'alta'\n", "utf-8")
    assert _quadrant_of(_drawn(tmp_path, file), "P-03") == "III"
    target = tmp_path / "alta.svg"
    assert main(["map", str(file), "-o", str(target), "--config", str(config)]) == 0
    assert _quadrant_of(target.read_text("utf-8"), "P-03") == "II"


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        ([(f"P-{n:03}", f"Problema {n}", 10, 10) for n in range(60)], 60),
        ([(f"P-{n:03}", f"Problema {n}", 1 + n % 10, 1 + n // 10 % 10) for n in range(120)], 120),
        ([(f"P-{n:03}", "Problema largo " * 30, 1, 1) for n in range(12)], 12),
    ],
)
def test_every_entry_is_labelled_and_listed(tmp_path: Path, rows: list[Row], keys: int) -> None:
    svg = _drawn(tmp_path, book(tmp_path / "mupoi.xlsx", (MUPOI, rows)))
    texts = _texts(svg)
    for n in range(keys):
        labels = [t for t in texts if t == f"P-{n:03}" or t.startswith(f"P-{n:03} · ")]
        assert len(labels) == 2, labels  # on the map and in the list
    assert "por falta de espacio" not in svg


def test_what_has_no_place_is_listed_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[Row] = [
        *ROWS,
        ("P-05", "Sin valor", None, 3),
        ("P-06", "Con palabra", "alto", 3),
        ("P-07", "Fuera", 12, 3),
    ]
    svg = _drawn(tmp_path, book(tmp_path / "mupoi.xlsx", (MUPOI, rows)))
    texts = "\n".join(_texts(svg))
    assert "Sin ubicar en el mapa (3)" in texts
    assert "P-05 · Sin valor: falta magnitud de impacto." in texts
    assert "P-06 · Con palabra: magnitud de impacto: «alto» no es un número." in texts
    assert "P-07 · Fuera: magnitud de impacto: 12 está fuera de la escala de 1 a 10." in texts
    assert "3 entries without a place" in capsys.readouterr().err


def test_entries_without_keys_of_their_own_are_numbered(tmp_path: Path) -> None:
    rows: list[Row] = [(None, "Uno", 2, 3), (None, "Dos", 8, 8)]
    texts = _texts(_drawn(tmp_path, book(tmp_path / "mupoi.xlsx", (MUPOI, rows))))
    assert "1 · Uno" in texts
    assert "2 · Dos" in texts


def test_the_page_is_itself_a_map_that_complies_with_its_matrix(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = book(tmp_path / "mupoi.xlsx", (MUPOI, ROWS))
    page = _drawn(tmp_path, file, form="html")
    assert "<script" not in page
    assert "http" not in re.sub(r'xmlns="[^"]+"|http-equiv', "", page)
    assert "Diferimiento de &lt;b&gt;cirugías&lt;/b&gt; &amp; más" in page
    capsys.readouterr()
    assert main(["check", str(tmp_path / "mapa.html"), str(file), "--format", "json"]) == 0
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    first = report["results"][0]
    assert (first["type"], first["verdict"]) == ("mapa-problematicas", "compliant")
    assert [f for f in first["findings"] if f["severity"] != "info"] == []
    assert not any("No se comparó" in f["message"] for f in first["findings"])


def test_a_map_that_says_otherwise_than_its_matrix_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _drawn(tmp_path, book(tmp_path / "vieja.xlsx", (MUPOI, ROWS)), form="html")
    now: list[Row] = [("P-01", "Diferimiento de cirugías", 6, 9), *ROWS[1:], ("P-08", "Nueva", 2, 2)]
    file = book(tmp_path / "mupoi.xlsx", (MUPOI, now[:3] + now[4:]))
    capsys.readouterr()
    assert main(["check", str(tmp_path / "mapa.html"), str(file), "--format", "json"]) == 1
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    found = {(f["rule"], f["subject"]) for f in report["results"][0]["findings"]}
    assert {
        ("OT-057.registrado", "puntos[1].impacto"),
        ("OT-057.registrado", "puntos[4]"),
        ("OT-057.completo", "puntos"),
    } <= found


def test_both_matrices_give_two_maps(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    risks: list[Row] = [("R-01", "Vencimiento de contratos", 9, 7)]
    whole = book(tmp_path / "ambas.xlsx", (MUPOI, ROWS), (MURO, risks))
    apart = book(tmp_path / "mupoi.xlsx", (MUPOI, ROWS)), book(tmp_path / "muro.xlsx", (MURO, risks))
    for files in ((whole,), apart):
        target = tmp_path / "mapa.svg"
        assert main(["map", *map(str, files), "-o", str(target)]) == 0
        assert capsys.readouterr().out.split() == [str(tmp_path / "mapa-mupoi.svg"), str(tmp_path / "mapa-muro.svg")]
        assert not target.exists()
        muro = _texts((tmp_path / "mapa-muro.svg").read_text("utf-8"))
        assert "Riesgos de Atención Inmediata" in muro
        assert not any("P-01" in t for t in muro)


def test_the_same_matrix_gives_the_same_bytes(tmp_path: Path) -> None:
    file = book(tmp_path / "mupoi.xlsx", (MUPOI, ROWS))
    assert _drawn(tmp_path, file) == _drawn(tmp_path, file)


def test_a_picture(tmp_path: Path) -> None:
    pytest.importorskip("resvg_py")
    from PIL import Image

    file = book(tmp_path / "mupoi.xlsx", (MUPOI, ROWS))
    target = tmp_path / "mapa.png"
    assert main(["map", str(file), "-o", str(target), "--zoom", "1"]) == 0
    with Image.open(target) as picture:
        assert picture.width > 1000
        colours = {picture.convert("RGB").getpixel((x, y)) for x in range(100, 800, 7) for y in range(150, 800, 7)}
    assert {(243, 154, 146), (252, 191, 128), (180, 223, 176), (251, 238, 143)} <= colours


def test_personal_data_is_masked_unless_asked_for(tmp_path: Path) -> None:
    file = book(tmp_path / "mupoi.xlsx", (MUPOI, [("P-01", "Queja de GOMC850101HDFLRR09", 3, 3)]))
    assert "GOMC850101HDFLRR09" not in _drawn(tmp_path, file)
    target = tmp_path / "abierto.svg"
    assert main(["map", str(file), "-o", str(target), "--show-personal-data"]) == 0
    assert "GOMC850101HDFLRR09" in target.read_text("utf-8")


def test_bad_usage_is_told_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = book(tmp_path / "mupoi.xlsx", (MUPOI, ROWS))
    note = tmp_path / "nota.txt"
    note.write_text("Minuta de reunión\nFecha: 3 de mayo de 2025\nAsunto: otro\n", "utf-8")
    blank = book(tmp_path / "vacia.xlsx", (MUPOI, []))
    for arguments, told in (
        ([note, "-o", tmp_path / "m.svg"], "not a matrix that can be drawn; there are maps of: mapa-problematicas"),
        ([blank, "-o", tmp_path / "m.svg"], "no rows were found"),
        ([tmp_path / "falta.xlsx", "-o", tmp_path / "m.svg"], "falta.xlsx"),
        ([file, "-o", tmp_path / "m.gif"], "end it in .svg, .png or .html"),
        ([file, "-o", tmp_path / "no" / "m.svg"], "there is no folder"),
        ([file, "-o", file, "--format", "svg"], "is one of the files to read"),
        ([file, "-o", tmp_path / "m.png", "--zoom", "0"], "--zoom 0"),
    ):
        assert main(["map", *map(str, arguments)]) == 2, arguments
        assert told in capsys.readouterr().err
    assert not (tmp_path / "m.svg").exists()
