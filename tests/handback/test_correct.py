"""The corrected document: nothing lost, gaps visible, and the same again when it is corrected once more."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.shared import Cm
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from checker.check import load
from checker.findings import Citation, Finding
from checker.handback.correct import correct
from checker.handback.letterhead import TemplateError
from checker.judge import candidates
from checker.options import Options
from checker.packs.pack import Pack
from checker.recognise.model import FieldValue, Recognised, SignatureBlock
from checker.recognise.recognise import recognise
from parsers.dispatch import read_bytes
from parsers.limits import Limits
from parsers.model import Document, Paragraph, Place, Table, paragraphs_of

PACK_ID = "imss/programas-virtuales"
MINUTA = """\
# Minuta de reunión DCAT/05/2025

**Lugar y fecha:** Sala 3, Ciudad de México, 14 de octubre de 2025, 10:00 horas

**Asunto:** Programación anual & oferta <2026>

## Participantes
| No. | Nombre | Cargo | Correo |
|---|---|---|---|
| 1 | Lic. Laura Méndez Ríos | Titular de la División | laura.mendez@imss.gob.mx |
| 2 | Jorge Salas Pérez | TJAP | jorge.salas@imss.gob.mx |

## Temas a tratar
1. Lista de asistencia
2. Oferta de cursos 2026

## Antecedentes
En la sesión previa se acordó revisar la oferta con el área jurídica, lo que quedó pendiente.

## Compromisos
| Clave | Compromiso | Responsable | Fecha de cumplimiento | Prioridad |
|---|---|---|---|---|
| A-01 | Elaborar la planeación anual | Jorge Salas Pérez | 30/10/2025 | Alta |
| A-02 | Revisar la oferta de CLIMSS |  | 15 NOV 2025 | Media |
| A-03 | Solicitar los carteles | Laura Méndez Ríos | | Baja |
"""
PLAN = """\
# Plan anual de difusión de programas virtuales de capacitación 2026

Unidad Operativa: CSS Legaria

## Cursos por difundir
| Curso | Plataforma | Fecha | Duración |
|---|---|---|---|
| Primeros auxilios | CLIMSS | 12 de enero de 2026 | 20 h |
| Ofimática | EduTK | | 40 h |

## Medios de difusión
- Carteles
- Redes sociales
"""
_PLACEHOLDER = re.compile(r"\[(?:Anote|Escriba|Indique|Relacione|Enuncie|Firme|Asiente)\b[^\[\]]* — numeral [^\[\]]+\]")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return next(p for p in load(Options()) if p.info.id == PACK_ID)


def read(data: bytes, name: str, pack: Pack) -> Recognised:
    found = recognise(read_bytes(data, name, Limits()), candidates((pack,), None))
    assert len(found) == 1
    return found[0]


def document_text(path: Path) -> list[str]:
    read_back = read_bytes(path.read_bytes(), path.name, Limits())
    return [p.text for p in paragraphs_of(read_back.blocks) if p.text.strip()]


def tables(path: Path) -> list[list[list[str]]]:
    return [[[c.text for c in row.cells] for row in table.rows] for table in docx.Document(str(path)).tables]


def finding(subject: str, message: str = "Falta.", remedy: str = "Anotarlo.", **changes: object) -> Finding:
    values: dict[str, object] = {
        "rule": "PV-040.x", "obligations": ("PV-040",), "outcome": "violated", "severity": "error", "subject": subject,
        "message": message, "evidence": "", "remedy": remedy,
        "citation": Citation("Procedimiento", None, "6, actividad 4, NOTA"), "location": None, "fingerprint": "0" * 16,
    }  # fmt: skip
    return Finding(**(values | changes))  # type: ignore[arg-type]


def test_what_the_minuta_had_is_in_its_place_and_only_gaps_are_placeholders(pack: Pack, tmp_path: Path) -> None:
    path = correct(read(MINUTA.encode(), "m.md", pack), (), pack, tmp_path, "m", None)
    assert path == tmp_path / "m.corregido.docx"
    form, people, agreements, signatures = tables(path)
    assert form == [
        ["Fecha", "Sala 3, Ciudad de México, 14 de octubre de 2025, 10:00 horas"],
        ["Asunto", "Programación anual & oferta <2026>"],
    ]
    assert people[0] == ["Nombre", "Cargo", "Correo"]
    assert people[1] == ["Lic. Laura Méndez Ríos", "Titular de la División", "laura.mendez@imss.gob.mx"]
    assert agreements[0] == ["Acuerdo", "Responsable", "Fecha compromiso", "Clave", "Prioridad"]
    assert agreements[1] == ["Elaborar la planeación anual", "Jorge Salas Pérez", "30/10/2025", "A-01", "Alta"]
    assert _PLACEHOLDER.fullmatch(agreements[2][1])
    assert _PLACEHOLDER.fullmatch(agreements[3][2])
    assert [row[:2] for row in signatures[1:]] == [
        ["Lic. Laura Méndez Ríos", "Titular de la División"],
        ["Jorge Salas Pérez", "TJAP"],
    ]
    assert all(_PLACEHOLDER.fullmatch(row[2]) for row in signatures[1:])
    gaps = [t for t in document_text(path) if _PLACEHOLDER.search(t)]
    assert len(gaps) == 4


def test_headings_follow_the_order_of_the_norm(pack: Pack, tmp_path: Path) -> None:
    path = correct(read(MINUTA.encode(), "m.md", pack), (), pack, tmp_path, "m", None)
    blocks = read_bytes(path.read_bytes(), path.name, Limits()).blocks
    headings = [b.text for b in blocks if isinstance(b, Paragraph) and b.level]
    assert headings == [
        "Personas asistentes", "Orden del día", "Estrategias y acuerdos", "Firmas", "Otros contenidos de la entrega",
    ]  # fmt: skip
    others = [b.text for b in blocks if isinstance(b, Paragraph)]
    assert "En la sesión previa se acordó revisar la oferta con el área jurídica, lo que quedó pendiente." in others


@pytest.mark.parametrize("source", [MINUTA, PLAN])
def test_no_word_of_the_submission_is_lost(source: str, pack: Pack, tmp_path: Path) -> None:
    submission = read(source.encode(), "s.md", pack)
    kept = " ".join(document_text(correct(submission, (), pack, tmp_path, "s", None)))
    labels = {"lugar", "participantes", "temas", "tratar", "compromisos", "compromiso", "cumplimiento", "no", "medios"}
    known = set(re.findall(r"\w+", kept.lower())) | labels
    had = [w for p in paragraphs_of(submission.document.blocks) for w in re.findall(r"\w+", p.text.lower())]
    assert [w for w in had if w not in known and not w.isdigit()] == []


@pytest.mark.parametrize("source", [MINUTA, PLAN])
def test_correcting_a_corrected_document_changes_nothing(source: str, pack: Pack, tmp_path: Path) -> None:
    once = correct(read(source.encode(), "s.md", pack), (), pack, tmp_path / "1", "s", None)
    twice = correct(read(once.read_bytes(), "s.docx", pack), (), pack, tmp_path / "2", "s", None)
    assert document_text(twice) == document_text(once)
    assert twice.read_bytes() == once.read_bytes()


def test_gaps_read_as_empty_and_the_rest_as_it_was(pack: Pack, tmp_path: Path) -> None:
    first = read(MINUTA.encode(), "m.md", pack)
    again = read(correct(first, (), pack, tmp_path, "m", None).read_bytes(), "m.docx", pack)
    assert again.type is first.type
    assert {n: v.state for n, v in again.fields.items()} == {n: v.state for n, v in first.fields.items()} | {
        "firmas": "empty"
    }
    assert again.fields["orden_del_dia"].value == first.fields["orden_del_dia"].value
    rows = again.fields["acuerdos"].value
    assert isinstance(rows, tuple)
    assert [[c.state for c in r.cells.values()] for r in rows] == [  # type: ignore[union-attr]
        ["present", "present", "present"],
        ["present", "empty", "present"],
        ["present", "present", "empty"],
    ]


def test_a_column_that_a_section_serves_is_no_gap(pack: Pack, tmp_path: Path) -> None:
    path = correct(read(PLAN.encode(), "p.md", pack), (), pack, tmp_path, "p", None)
    text = document_text(path)
    assert [t for t in text if _PLACEHOLDER.search(t)] == [t for t in text if "periodo de difusión" in t]
    assert len([t for t in text if "periodo de difusión" in t]) == 1
    assert any("Carteles" in t for t in text)


def test_a_wrong_date_stays_visible_with_its_note(pack: Pack, tmp_path: Path) -> None:
    wrong = MINUTA.replace("14 de octubre de 2025", "31 de febrero de 2025").replace("30/10/2025", "30/10/2024")
    findings = (
        finding(
            "fecha", "La fecha «31 de febrero de 2025» no existe en el calendario.", "Anotar el día en que se celebró."
        ),
        finding("acuerdos[1].fecha_compromiso", "El 30/10/2024 es anterior a la reunión."),
    )
    path = correct(read(wrong.encode(), "m.md", pack), findings, pack, tmp_path, "m", None)
    form, _, agreements, _ = tables(path)
    kept, note = form[0][1].split("\n")
    assert "31 de febrero de 2025" in kept
    assert note.startswith("[Indique lo que proceda: La fecha «31 de febrero de 2025» no existe")
    assert agreements[1][2].startswith("30/10/2024\n[Indique lo correcto (véase la nota bajo la tabla) — numeral ")
    assert any(
        t.startswith("[Indique lo que proceda: El 30/10/2024 es anterior a la reunión.") for t in document_text(path)
    )
    again = read(path.read_bytes(), "m.docx", pack)
    assert again.fields["fecha"].problem
    assert again.fields["fecha"].value is None


def test_findings_that_no_gap_answers_stand_where_they_belong(pack: Pack, tmp_path: Path) -> None:
    findings = (
        finding("documento", "Consta [de] otra reunión.", citation=Citation("P", None, "4.1")),
        finding("acuerdos[2]", "El acuerdo repite el primero."),
        finding("orden_del_dia", "Falta un punto.", outcome="undetermined"),
        finding("otra_cosa", "De un campo que no existe."),
    )
    path = correct(read(MINUTA.encode(), "m.md", pack), findings, pack, tmp_path, "m", None)
    text = document_text(path)
    assert "[Indique lo que proceda: Consta (de) otra reunión. Anotarlo — numeral 4.1]" in text
    assert any("De un campo que no existe" in t for t in text[:5])
    after = text.index("Firmas")
    assert "El acuerdo repite el primero" in text[after - 1]
    assert any(t.startswith("[Indique lo correcto, una vez verificado: Falta un punto") for t in text)


@pytest.mark.parametrize(
    ("mark", "begins"),
    [("line", "____"), ("text", "[Firme de nuevo"), ("digital", "[Firme de nuevo"), ("none", "[Firme aquí")],
)
def test_a_signature_does_not_pass_to_another_version(mark: str, begins: str, pack: Pack, tmp_path: Path) -> None:
    submission = read(MINUTA.encode(), "m.md", pack)
    block = SignatureBlock("Laura Méndez Ríos", "Titular de la División", mark, None)  # type: ignore[arg-type]
    submission.fields["firmas"] = FieldValue("present", (block,))
    cells = tables(correct(submission, (), pack, tmp_path, "m", None))[-1]
    assert len(cells) == 2
    assert cells[1][2].startswith(begins)


def test_pictures_merged_cells_and_nested_tables_are_carried(pack: Pack, tmp_path: Path) -> None:
    source = docx.Document()
    source.add_heading("Minuta de reunión", 1)
    source.add_paragraph("Fecha: 14 de octubre de 2025")
    source.add_paragraph("Asunto:")
    source.add_heading("Anexo fotográfico", 2)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    source.add_picture(io.BytesIO(picture.getvalue()))
    table = source.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Presupuesto del ejercicio"
    nested = table.cell(1, 0).add_table(1, 2)
    nested.cell(0, 0).text, nested.cell(0, 1).text = "Partida 33901", "$1,200.00"
    stream = io.BytesIO()
    source.save(stream)
    path = correct(read(stream.getvalue(), "m.docx", pack), (), pack, tmp_path, "m", None)
    text = " ".join(document_text(path))
    for part in ("Presupuesto del ejercicio", "Partida 33901", "$1,200.00", "una imagen del original"):
        assert part in text


def test_a_submission_without_a_type_is_refused(pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="without a type"):
        correct(Recognised(Document("text/plain", ()), None, None, 0.0), (), pack, tmp_path, "x", None)


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(_TEXT, min_size=1, max_size=4), subject=_TEXT)
def test_any_text_gives_a_document_that_opens(texts: list[str], subject: str, pack: Pack, tmp_path: Path) -> None:
    blocks = tuple(Paragraph(t, Place(paragraph=n), level=n % 3) for n, t in enumerate(texts))
    fields = {
        "asunto": FieldValue("present", subject, subject[:200], "Asunto", blocks=blocks[:1]),
        "orden_del_dia": FieldValue("present", tuple(texts), texts[0], blocks=blocks),
    }
    submission = Recognised(
        Document("text/plain", blocks), pack.types["minuta-de-reunion"], PACK_ID, 1.0, fields, other=blocks
    )
    path = correct(submission, [finding(subject, texts[0], subject)], pack, tmp_path, "t", None)
    assert docx.Document(str(path)).tables


# Letterhead -------------------------------------------------------------------------------------------------------------


def letterhead(folder: Path, name: str, *paragraphs: str, header: str = "INSTITUTO MEXICANO DEL SEGURO SOCIAL") -> Path:
    folder.mkdir(exist_ok=True)
    paper = docx.Document()
    logo = io.BytesIO()
    Image.new("RGB", (90, 30), "#691C32").save(logo, "PNG")
    top = paper.sections[0].header.paragraphs[0]
    top.add_run().add_picture(io.BytesIO(logo.getvalue()), width=Cm(3))
    top.add_run(header)
    for text in paragraphs:
        paper.add_paragraph(text)
    paper.save(str(folder / name))
    return folder


def body_text(path: Path) -> list[str]:
    return [p.text for p in docx.Document(str(path)).paragraphs if p.text]


def test_content_goes_where_the_letterhead_says(pack: Pack, tmp_path: Path) -> None:
    folder = letterhead(
        tmp_path / "t", "membrete.docx", "{{ titulo | upper }}", "Antes", "{{ contenido }}", "Después",
        header="{{ norma }}, {{ numeral }}",
    )  # fmt: skip
    path = correct(read(MINUTA.encode(), "m.md", pack), (), pack, tmp_path, "m", folder)
    text = body_text(path)
    assert text[:2] == ["MINUTA DE REUNIÓN DCAT/05/2025", "Antes"]
    assert text[-1] == "Después"
    assert "Personas asistentes" in text
    header = docx.Document(str(path)).sections[0].header
    assert header.paragraphs[0].text == "Procedimiento de programas virtuales de capacitación, 6, actividad 4, NOTA"
    assert any("media/" in n for n in zipfile.ZipFile(path).namelist())
    assert len(tables(path)) == 4


def test_a_letterhead_that_says_nothing_gets_the_content_after_its_own(pack: Pack, tmp_path: Path) -> None:
    folder = letterhead(tmp_path / "t", "minuta-de-reunion.docx", "", "Oficio circular")
    path = correct(read(MINUTA.encode(), "m.md", pack), (), pack, tmp_path, "m", folder)
    text = body_text(path)
    assert text[:2] == ["Oficio circular", "Minuta de reunión DCAT/05/2025"]
    assert docx.Document(str(path)).sections[0].header.paragraphs[0].text.startswith("INSTITUTO")


def test_single_fields_and_what_the_letterhead_does_not_name(pack: Pack, tmp_path: Path) -> None:
    folder = letterhead(
        tmp_path / "t",
        "membrete.docx",
        "Asunto: {{ campos.asunto }}. Día: {{ campos.fecha }}",
        "{{ campos.acuerdos }}",
        "Fin",
    )
    path = correct(read(MINUTA.encode(), "m.md", pack), (), pack, tmp_path, "m", folder)
    text = body_text(path)
    assert text[0].startswith("Asunto: Programación anual & oferta <2026>. Día: Sala 3")
    assert text[1] == "Fin"
    assert text[2:4] == ["Personas asistentes", "Orden del día"]
    assert tables(path)[0][0][0] == "Acuerdo"
    assert "Otros contenidos de la entrega" in text


def test_a_letterhead_of_the_type_goes_before_the_common_one(pack: Pack, tmp_path: Path) -> None:
    folder = letterhead(tmp_path / "t", "membrete.docx", "común {{ contenido }}".replace("común ", ""))
    letterhead(folder, "plan-anual-de-difusion.docx", "sólo planes")
    assert "sólo planes" in body_text(correct(read(PLAN.encode(), "p.md", pack), (), pack, tmp_path, "p", folder))
    assert "sólo planes" not in body_text(correct(read(MINUTA.encode(), "m.md", pack), (), pack, tmp_path, "m", folder))


@pytest.mark.parametrize(
    ("placeholder", "says"),
    [
        ("{{ ''.__class__.__mro__ }}", "__class__"),
        ("{{ titulo.__class__ }}", "__class__"),
        ("{{ titulo['__class__'] }}", "not allowed"),
        ("{{ titulo | attr('__class__') }}", "attr"),
        ("{{ cycler.__init__.__globals__.os.popen('id').read() }}", "not allowed"),
        ("{% for i in titulo %}{{ i }}{% endfor %}", "for"),
        ("{{ titulo * 999999999 }}", "not allowed"),
        ("{{ range(999999999) }}", "not allowed"),
        ("{% set x = 1 %}", "set"),
        ("{% include 'x' %}", "include"),
        ("{{ oficina }}", "oficina"),
        ("{{ campos.inexistente }}", "inexistente"),
        ("{{ titulo", "membrete.docx"),
        ("véase {{ contenido }} aquí", "paragraph of its own"),
        ("{{ campos.acuerdos }} y más", "paragraph of its own"),
    ],
)
def test_a_hostile_or_wrong_letterhead_is_a_clear_error(
    placeholder: str, says: str, pack: Pack, tmp_path: Path
) -> None:
    folder = letterhead(tmp_path / "t", "membrete.docx", placeholder)
    with pytest.raises(TemplateError, match=re.escape(says)) as raised:
        correct(read(MINUTA.encode(), "m.md", pack), (), pack, tmp_path, "m", folder)
    assert "membrete.docx" in str(raised.value)
    assert not (tmp_path / "m.corregido.docx").exists()


def test_a_letterhead_that_fetches_from_elsewhere_is_refused(pack: Pack, tmp_path: Path) -> None:
    folder = letterhead(tmp_path / "t", "membrete.docx", "{{ contenido }}")
    path = folder / "membrete.docx"
    with zipfile.ZipFile(path) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    parts["word/_rels/settings.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
        b'"http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://x.example/a.dotm" '
        b'TargetMode="External"/></Relationships>'
    )
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
    with pytest.raises(TemplateError, match="attachedTemplate"):
        correct(read(MINUTA.encode(), "m.md", pack), (), pack, tmp_path, "m", folder)


@pytest.mark.parametrize("content", [b"", b"no es un zip", b"PK\x03\x04 truncado"])
def test_a_letterhead_that_is_no_docx_is_refused(content: bytes, pack: Pack, tmp_path: Path) -> None:
    (tmp_path / "membrete.docx").write_bytes(content)
    with pytest.raises(TemplateError, match=r"membrete\.docx"):
        correct(read(MINUTA.encode(), "m.md", pack), (), pack, tmp_path / "out", "m", tmp_path)


def test_a_folder_of_letterheads_that_is_not_there_is_refused(pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="no such folder"):
        correct(read(MINUTA.encode(), "m.md", pack), (), pack, tmp_path, "m", tmp_path / "no")


def test_every_table_of_the_document_has_a_grid_that_adds_up(pack: Pack, tmp_path: Path) -> None:
    path = correct(read(MINUTA.encode(), "m.md", pack), (), pack, tmp_path, "m", None)
    blocks = read_bytes(path.read_bytes(), path.name, Limits()).blocks
    found = [b for b in blocks if isinstance(b, Table)]
    assert len(found) == 4
    for table in found:
        assert set(table.grid()) == {(r, c) for r in range(1, table.rows + 1) for c in range(1, table.columns + 1)}
