"""Every word of a submission is in its corrected document, as often as it stood there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import docx
import pytest

from checker.check import load
from checker.handback.correct import correct
from checker.handback.ledger import content, words
from checker.judge import candidates
from checker.options import Options
from checker.packs.pack import Pack
from checker.recognise.model import Recognised
from checker.recognise.recognise import recognise
from checker.recognise.stream import CARRIED
from checker.spanish.text import is_placeholder
from parsers.dispatch import read_bytes
from parsers.limits import Limits
from parsers.model import Block, paragraphs_of
from tests.corpus import FIXTURES, files

PACKS = load(Options())
NUMBERING = re.compile(
    r"^\W*(?:(?:acuerdo|compromiso|punto|tema|no|n[uú]m)\W{0,3})?"
    r"(?:\d{1,3}|[a-z]|[ivx]+|primer[oa]?|segund[oa]|tercer[oa]?|cuart[oa]|quint[oa])\s*[.):\-–—°]+\s|^\W*\d{1,3}\W*$",
    re.IGNORECASE,
)


def counted(blocks: Iterable[Block]) -> Counter[str]:
    """Words of more than a letter, how often; of running headers and footers each line once; numbering left out."""
    seen: set[str] = set()
    found: Counter[str] = Counter()
    for block in blocks:
        for paragraph in paragraphs_of((block,)):
            for line in content(paragraph.text).split("\n"):
                if block.origin in ("header", "footer"):
                    if line in seen:
                        continue
                    seen.add(line)
                if not is_placeholder(line):
                    found.update(w for w in words(NUMBERING.sub("", line)) if len(w) > 1)
    return found


def declared(submission: Recognised) -> set[str]:
    """Words that the norm's own titles and labels replace, and those by which signatures are put in place of new ones."""
    assert submission.type
    names = [
        submission.type.title,
        *submission.type.recognise.titles,
        "nombre",
        "cargo",
        "firma",
        "número",
        "núm",
        "no",
    ]
    for field in submission.type.fields.values():
        names += [field.title, *field.labels]
        for column in field.columns.values():
            names += [column.title, *column.labels]
    names += [value.label for value in submission.fields.values()]
    return {word for name in names for word in words(name)}


def lost(submission: Recognised, pack: Pack, folder: Path) -> Counter[str]:
    path = correct(submission, (), pack, folder, "c", None)
    kept = counted(read_bytes(path.read_bytes(), path.name, Limits()).blocks)
    missing = counted(submission.document.blocks) - kept
    return Counter({w: n for w, n in missing.items() if w not in declared(submission)})


@pytest.mark.parametrize("file", [f for f in files() if not f.startswith("bad/")])
def test_every_word_of_the_corpus_is_handed_back(file: str, tmp_path: Path) -> None:
    document = read_bytes((FIXTURES / file).read_bytes(), file, Limits())
    for part in recognise(document, candidates(PACKS, None)):
        if part.type and part.pack and part.type.kind == "document":
            pack = next(p for p in PACKS if p.info.id == part.pack)
            assert lost(part, pack, tmp_path) == Counter()


# Forms that lost something once -----------------------------------------------------------------------------------------------


def minuta(agreements: str, people: str = "- Ana Torres Vidal, Jefa de Oficina\n- Luis Romero Paz, Enlace") -> str:
    return (
        f"# Minuta de reunión\n\n**Fecha:** 14 de octubre de 2025\n\n**Asunto:** Aulas\n\n## Asistentes\n{people}\n\n"
        f"## Orden del día\n1. Estado de las aulas\n\n{agreements}\n\n## Firmas\n\n____________\n\nAna Torres Vidal\n\n"
        "____________\n\nLuis Romero Paz\n"
    )


def handed_back(source: str, name: str, folder: Path) -> tuple[list[str], list[list[list[str]]], Path]:
    """Paragraphs of the body, tables and the path of the corrected document; nothing of ``source`` is lost in it."""
    (part,) = recognise(read_bytes(source.encode(), name, Limits()), candidates(PACKS, None))
    pack = next(p for p in PACKS if p.info.id == part.pack)
    assert lost(part, pack, folder) == Counter()
    path = folder / "c.corregido.docx"
    document = docx.Document(str(path))
    tables = [[[c.text for c in row.cells] for row in table.rows] for table in document.tables]
    return [p.text for p in document.paragraphs if p.text], tables, path


def test_a_column_of_its_own_is_kept_over_two_tables(tmp_path: Path) -> None:
    table = "| Curso | Plataforma | Medio | Fecha | Meta |\n|---|---|---|---|---|\n"
    source = (
        "# Plan anual de difusión 2026\n\n"
        f"{table}| Ofimática | EduTK | Cartel | marzo de 2026 | 50 |\n\nSegunda hoja\n\n"
        f"{table}| Duelo | CLIMSS | Volante | mayo de 2026 | 90 |\n"
    )
    _, tables, _ = handed_back(source, "p.md", tmp_path)
    courses = next(t for t in tables if t[0][0] == "Curso")
    assert [(row[0], row[-1]) for row in courses] == [("Curso", "Meta"), ("Ofimática", "50"), ("Duelo", "90")]


def test_a_line_over_a_table_says_over_which(tmp_path: Path) -> None:
    table = "| Acuerdo | Fecha compromiso |\n|---|---|\n"
    text, _, _ = handed_back(
        minuta(
            f"## Acuerdos\n\nEquipo de Ana Torres Vidal\n\n{table}| Enviar la cédula | 12/12/2025 |\n\n"
            f"Equipo de Luis Romero Paz\n\n{table}| Respaldar equipos | 19/12/2025 |\n"
        ),
        "m.md",
        tmp_path,
    )
    told = text[text.index(CARRIED) :]
    assert any(t.startswith("Equipo de Luis Romero Paz") and "«Respaldar equipos»" in t for t in told)
    assert any(t.startswith("Equipo de Ana Torres Vidal") and "«Enviar la cédula»" in t for t in told)


def test_a_table_that_no_field_read_is_carried_as_a_table_with_names_that_are_told_elsewhere(tmp_path: Path) -> None:
    inventory = "| Equipo | Resguarda | Estado | Piso |\n|---|---|---|---|\n| Proyector | Ana Torres Vidal | x | 2 |\n"
    agreements = "## Acuerdos\n| Acuerdo | Responsable | Fecha compromiso |\n|---|---|---|\n| Pintar | Luis Romero Paz | 28/11/2025 |\n"
    text, tables, _ = handed_back(minuta(f"{agreements}\n## Inventario del aula\n\n{inventory}"), "m.md", tmp_path)
    assert tables[-1] == [["Equipo", "Resguarda", "Estado", "Piso"], ["Proyector", "Ana Torres Vidal", "x", "2"]]
    assert "Inventario del aula" in text[text.index(CARRIED) :]


def test_what_was_carried_is_not_read_as_fields(tmp_path: Path) -> None:
    carried = "| Acuerdo | Responsable | Fecha compromiso |\n|---|---|---|\n| Comprar pintura | Ana Torres Vidal | 15/09/2025 |\n"
    own = carried.replace("Comprar pintura", "Pintar el aula").replace("15/09", "28/11")
    source = minuta(f"## Acuerdos\n{own}") + f"\n## {CARRIED}\n\n{carried}\nAsunto: otro\n"
    (part,) = recognise(read_bytes(source.encode(), "m.md", Limits()), candidates(PACKS, None))
    rows = part.fields["acuerdos"].value
    assert isinstance(rows, tuple)
    assert [r.text for r in rows] == ["Pintar el aula"]  # type: ignore[union-attr]
    assert part.fields["asunto"].value == "Aulas"
    text, tables, _ = handed_back(source, "m.md", tmp_path)
    assert tables[-1][1] == ["Comprar pintura", "Ana Torres Vidal", "15/09/2025"]
    assert text.count(CARRIED) == 1


def test_a_list_that_only_refers_elsewhere_keeps_its_words_in_their_place(tmp_path: Path) -> None:
    source = minuta("").replace("1. Estado de las aulas", "El que se anexa")
    text, _, _ = handed_back(source, "m.md", tmp_path)
    assert text.index("El que se anexa") < text.index("Estrategias y acuerdos")
