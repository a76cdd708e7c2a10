from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from checker.handback.annotate import annotate
from checker.handback.annotate.docx import annotate_docx
from checker.handback.marks import Mark
from parsers.docx import read_docx
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Document, Place, Signature, Table, paragraphs_of
from tests.word_files import W_STRICT, W, box, p, r, sdt, tbl, tc, tr, word_file

ALLOWED = {"[Content_Types].xml", "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels"}


def mark(place: Place | None, text: str = "Falta la fecha compromiso.\nNumeral 6, actividad 4") -> Mark:
    return Mark(place, text, "error", "violated")


def place_of(data: bytes, text: str) -> Place:
    document = read_docx(data, Limits())
    return next(block.place for block in paragraphs_of(document.blocks) if block.text.startswith(text))


def annotated(tmp_path: Path, data: bytes, *marks: Mark) -> bytes:
    source, target = tmp_path / "entrada.docx", tmp_path / "salida.docx"
    source.write_bytes(data)
    assert annotate_docx(source, marks, target) == target
    assert source.read_bytes() == data
    return target.read_bytes()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def anchored(data: bytes, namespace: str = W) -> dict[str, str]:
    """Text of each comment → text of the paragraph on which it stands."""
    parts = members(data)
    body = etree.fromstring(parts["word/document.xml"])
    found = {}
    for comment in etree.fromstring(parts["word/comments.xml"]):
        identity = comment.get(f"{{{namespace}}}id")
        text = "\n".join("".join(line.itertext()) for line in comment)
        (start,) = (
            e for e in body.iter(f"{{{namespace}}}commentRangeStart") if e.get(f"{{{namespace}}}id") == identity
        )
        (end,) = (e for e in body.iter(f"{{{namespace}}}commentRangeEnd") if e.get(f"{{{namespace}}}id") == identity)
        (reference,) = (
            e for e in body.iter(f"{{{namespace}}}commentReference") if e.get(f"{{{namespace}}}id") == identity
        )
        paragraph = start.getparent()
        assert paragraph is end.getparent()
        assert paragraph is reference.getparent().getparent()
        assert not any(above.tag.endswith(("sdtContent", "txbxContent")) for above in paragraph.iterancestors())
        found[text] = "".join(t.text or "" for t in paragraph.iter(f"{{{namespace}}}t"))
    return found


def test_comments_stand_on_their_paragraphs_and_python_docx_reads_them(tmp_path: Path) -> None:
    file = docx.Document()
    file.add_heading("Minuta de reunión", 0)
    file.add_paragraph("Asunto: seguimiento")
    table = file.add_table(2, 2)
    table.cell(1, 1).text = "pendiente"
    buffer = io.BytesIO()
    file.save(buffer)
    data = buffer.getvalue()
    cells = next(b for b in read_docx(data, Limits()).blocks if isinstance(b, Table)).cells
    out = annotated(
        tmp_path,
        data,
        mark(None, "Faltan las firmas."),
        mark(place_of(data, "Asunto"), "uno"),
        mark(place_of(data, "Asunto"), "dos\nnumeral 5"),
        mark(cells[3].place, "celda"),
        mark(cells[0].place, "celda vacía"),
    )
    assert anchored(out) == {
        "Faltan las firmas.": "Minuta de reunión",
        "uno": "Asunto: seguimiento",
        "dos\nnumeral 5": "Asunto: seguimiento",
        "celda": "pendiente",
        "celda vacía": "",
    }
    comments = list(docx.Document(io.BytesIO(out)).comments)
    assert [(c.author, c.initials) for c in comments] == [("Vo. Bo.", "VB")] * 5
    assert comments[2].text == "dos\nnumeral 5"
    assert [b.text for b in paragraphs_of(read_docx(out, Limits()).blocks) if b.origin == "body"] == [
        b.text for b in paragraphs_of(read_docx(data, Limits()).blocks)
    ]


def test_every_other_part_is_the_same_and_what_was_there_survives(tmp_path: Path) -> None:
    old = (
        '<w:commentRangeStart w:id="3"/>'
        + r("comentado")
        + '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>'
    )
    deleted = '<w:del w:id="8" w:author="a"><w:r><w:delText>viejo</w:delText></w:r></w:del>'
    changes = f'<w:ins w:id="9" w:author="a">{r("nuevo")}</w:ins>{deleted}'
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    data = word_file(
        f'<w:p w14:paraId="0A">{old}</w:p><w:p>{r("con cambios ")}{changes}{note}</w:p>',
        {
            "comments": f'<w:comment w:id="3" w:author="Ana" w:date="2025-01-01T00:00:00Z">{p("revisar")}</w:comment>',
            "footnotes": f'<w:footnote w:id="1">{p("al pie")}</w:footnote>',
            "styles": "",
        },
        raw={"word/media/imagen.png": bytes(range(256)), "customXml/item1.xml": b"<x/>"},
    )
    out = annotated(tmp_path, data, mark(place_of(data, "con cambios")), mark(place_of(data, "comentado"), "otro"))
    before, after = members(data), members(out)
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml", "word/comments.xml"}
    for kept in (
        b'<w:commentRangeStart w:id="3"/>',
        b'<w:ins w:id="9"',
        b"<w:delText>viejo",
        b'<w:footnoteReference w:id="1"/>',
        b"paraId",
    ):
        assert kept in after["word/document.xml"]
    assert b'w:author="Ana"' in after["word/comments.xml"]
    assert list(anchored(out).values()) == ["comentado", "con cambios nuevo", "comentado"]
    ids = [comment.get(f"{{{W}}}id") for comment in etree.fromstring(after["word/comments.xml"])]
    assert ids == ["3", "4", "5"]


def test_a_file_without_comments_gains_only_their_registration(tmp_path: Path) -> None:
    data = word_file(p("hola"), {"styles": ""}, raw={"word/media/a.bin": b"\x00" * 9})
    before, after = members(data), members(annotated(tmp_path, data, mark(None)))
    assert {name for name in after if before.get(name) != after[name]} == ALLOWED
    assert members(annotated(tmp_path, data)) == before


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    data = word_file(p("hola"))
    assert annotated(tmp_path, data, mark(None)) == annotated(tmp_path, data, mark(None))


def test_content_controls_are_anchored_from_outside(tmp_path: Path) -> None:
    data = word_file(
        p("Fecha de la reunión")
        + sdt(p("valor en control"))
        + p("Asunto")
        + tbl(tr(tc(p("Responsable")), sdt(tc(p("valor en celda")))), sdt(tr(tc(p("renglón en control")))))
        + f"<w:p>{sdt(r('control en línea'))}<w:fldSimple w:instr='DATE'>{r(' campo')}</w:fldSimple></w:p>"
    )
    out = annotated(
        tmp_path,
        data,
        *(mark(place_of(data, t), "x " + t) for t in ("valor en control", "valor en celda", "control en línea")),
    )
    assert anchored(out) == {
        "En un control de contenido: «valor en control»\nx valor en control": "Fecha de la reunión",
        "En un control de contenido: «valor en celda»\nx valor en celda": "Responsable",
        "x control en línea": "control en línea campo",
    }
    body = members(out)["word/document.xml"]
    assert body.count(b"<w:sdtContent>") == members(data)["word/document.xml"].count(b"<w:sdtContent>")


def test_a_file_that_is_all_control_gains_a_paragraph_to_hold_the_comment(tmp_path: Path) -> None:
    data = word_file(sdt(p("todo en un control")))
    assert anchored(annotated(tmp_path, data, mark(None, "a"), mark(place_of(data, "todo"), "b"))) == {
        "a": "",
        "En un control de contenido: «todo en un control»\nb": "",
    }


def test_headers_notes_and_text_boxes_are_told_on_the_body(tmp_path: Path) -> None:
    section = '<w:sectPr><w:headerReference r:id="rId-header1"/><w:footerReference r:id="rId-footer1"/></w:sectPr>'
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    data = word_file(
        "<w:p/>"
        + p("Título")
        + f"<w:p>{r('con nota')}{note}</w:p><w:p>{r('con caja')}{box(p('dentro de la caja'))}</w:p>"
        + section,
        {
            "header1": p("membrete " + "largo " * 30),
            "footer1": p("pie"),
            "footnotes": f'<w:footnote w:id="1">{p("texto de nota")}</w:footnote>',
        },
    )
    out = annotated(
        tmp_path, data, *(mark(place_of(data, t), "x") for t in ("membrete", "pie", "texto de nota", "dentro"))
    )
    found = anchored(out)
    header = next(text for text in found if "encabezado" in text)
    assert found.pop(header) == "Título"
    assert len(header) < 120
    assert found == {
        "En el pie de página: «pie»\nx": "Título",
        "En una nota al pie: «texto de nota»\nx": "con nota",
        "En un cuadro de texto: «dentro de la caja»\nx": "con cajadentro de la cajadentro de la caja",
    }


def test_strict_files_keep_their_namespace(tmp_path: Path) -> None:
    data = word_file(p("hola"), strict=True)
    out = annotated(tmp_path, data, mark(None, "x"))
    assert anchored(out, W_STRICT) == {"x": "hola"}
    assert b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in members(out)["word/_rels/document.xml.rels"]
    assert [b.text for b in paragraphs_of(read_docx(out, Limits()).blocks)] == ["hola", "x"]


def test_a_stray_comments_part_is_not_taken_for_the_files_own(tmp_path: Path) -> None:
    data = word_file(p("hola"), raw={"word/comments.xml": b"<ajeno/>"})
    after = members(annotated(tmp_path, data, mark(None)))
    assert after["word/comments.xml"] == b"<ajeno/>"
    assert b"Vo. Bo." in after["word/comments2.xml"]


def test_characters_that_xml_cannot_hold_do_not_stop_it(tmp_path: Path) -> None:
    out = annotated(tmp_path, word_file(p("hola")), mark(None, "a\x00b\ufffe\ud800 & <c> «ñ»"))
    assert list(anchored(out)) == ["a b   & <c> «ñ»"]


def test_the_source_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(word_file(p("hola")))
    with pytest.raises(ValueError, match="overwrite"):
        annotate_docx(source, [mark(None)], source)
    document = read_docx(source.read_bytes(), Limits())
    written = annotate(source, document, [mark(None)], tmp_path)
    assert written == tmp_path / "a.observaciones.docx"
    assert annotate(source, document, [mark(None)], tmp_path, "otra").name == "otra.observaciones.docx"
    assert source.read_bytes() == word_file(p("hola"))


def test_signed_converted_and_uncommentable_files_get_a_page_beside_them(tmp_path: Path) -> None:
    source = tmp_path / "firmado.docx"
    source.write_bytes(word_file(p("hola")))
    document = read_docx(source.read_bytes(), Limits())
    signature = Signature(True, "Ana", None, True, Place())
    signed = Document(document.media_type, document.blocks, signatures=(signature,))
    out = annotate(
        source,
        signed,
        [mark(Place(page=2, paragraph=7)), Mark(None, "b", "error", "undetermined")],
        tmp_path / "salida",
    )
    assert out.name == "firmado.docx.observaciones.md"
    text = out.read_text(encoding="utf-8")
    assert "página 2, párrafo 7" in text
    assert "Numeral 6, actividad 4" in text
    assert "Incumplimiento" in text
    assert "Por verificar" in text
    legacy = tmp_path / "viejo.doc"
    legacy.write_bytes(b"\xd0\xcf\x11\xe0" + b"\x00" * 600)
    assert annotate(legacy, document, [mark(None)], tmp_path / "salida").name == "viejo.doc.observaciones.md"
    untyped = tmp_path / "sin-tipos.docx"
    untyped.write_bytes(word_file(p("hola")).replace(b"[Content_Types].xml", b"[Content_Typos].xml"))
    document = read_docx(untyped.read_bytes(), Limits())
    assert annotate(untyped, document, [mark(None)], tmp_path / "salida").name == "sin-tipos.docx.observaciones.md"
    mail = tmp_path / "correo.eml"
    mail.write_bytes(b"Subject: a\n\nb")
    hostile = Mark(None, "![x](http://ejemplo.mx/a.png) <script>alert(1)</script>\n# título", "info", "violated")
    page = annotate(mail, Document("message/rfc822", ()), [hostile], tmp_path / "salida").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "![x](" not in page
    assert "\n# título" not in page


def test_a_broken_file_is_unreadable_not_half_written(tmp_path: Path) -> None:
    source = tmp_path / "a.docx"
    source.write_bytes(word_file(p("hola"))[:200])
    with pytest.raises(Unreadable):
        annotate_docx(source, [mark(None)], tmp_path / "b.docx")
    assert not (tmp_path / "b.docx").exists()
    damaged = bytearray(word_file(p("hola"), raw={"word/media/a.bin": bytes(range(256)) * 40}))
    damaged[damaged.index(b"word/media/a.bin") + 40] ^= 0xFF
    source.write_bytes(bytes(damaged))
    with pytest.raises(Unreadable):
        annotate_docx(source, [mark(None)], tmp_path / "b.docx")
    assert not (tmp_path / "b.docx").exists()


def test_libreoffice_shows_every_comment_and_all_of_the_text(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    data = word_file(
        p("Minuta")
        + sdt(p("valor en control"))
        + tbl(tr(tc(p("Responsable")), sdt(tc(p("valor en celda")))))
        + f"<w:p><w:fldSimple w:instr='AUTHOR'>{r('campo')}</w:fldSimple></w:p><w:p>{r('con caja')}{box(p('dentro'))}</w:p><w:sectPr/>"
    )
    wanted = ("Minuta", "valor en control", "valor en celda", "campo")
    out = annotated(tmp_path, data, *(mark(place_of(data, text), f"observación sobre {text}") for text in wanted))
    (tmp_path / "salida.docx").write_bytes(out)
    profile = (tmp_path / "perfil").as_uri()
    command = [
        soffice,
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "fodt",
        "--outdir",
        str(tmp_path),
        "salida.docx",
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    tree = etree.parse(tmp_path / "salida.fodt")
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    notes = ["".join(note.itertext()) for note in tree.iter(f"{office}annotation")]
    assert len(notes) == 4
    for text in wanted:
        assert any(f"observación sobre {text}" in note for note in notes)
    body = "".join(tree.find(f"{office}body").itertext())
    assert body.count("valor en control") == 3  # the text itself, and the two lines of its comment
    assert body.count("valor en celda") == 3
