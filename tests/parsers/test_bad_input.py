"""Every bad input has a code and one clear line in Spanish, never blocks, and never takes others with it."""

from __future__ import annotations

import io
import os
import shutil
import socket
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from parsers import read
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Document, paragraphs_of
from parsers.worker import Failure, run_guarded
from tests.parsers.ole_files import ole_file

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
Parts = dict[str, str | bytes]
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def zipped(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def office(main: str, kind: str, parts: Parts) -> bytes:
    shell: Parts = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats'
        f'-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}"'
        f' ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
        f' Target="{main}"/></Relationships>',
    }
    return zipped(shell | parts)


def docx(
    body: str = "<w:p><w:r><w:t>Minuta de reunión</w:t></w:r></w:p>", before: str = "", more: Parts | None = None
) -> bytes:
    document = f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return office("word/document.xml", "wordprocessingml.document", {"word/document.xml": document, **(more or {})})


def xlsx(rows: str) -> bytes:
    workbook = f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="Hoja1" sheetId="1" r:id="r1"/></sheets></workbook>'
    return office(
        "xl/workbook.xml",
        "spreadsheetml.sheet",
        {
            "xl/workbook.xml": workbook,
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1"'
            f' Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>',
        },
    )


def many_rows(count: int) -> bytes:
    return xlsx(
        "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>1</v></c></row>' for n in range(1, count + 1))
    )


def pdf(pages: int) -> bytes:
    """A pdf of empty pages that share one object, with its cross-reference table."""
    kids = " ".join(["3 0 R"] * pages)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>",
    ]
    data = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return (
        data
        + f"xref\n0 4\n0000000000 65535 f \n{table}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF".encode()
    )


def encrypted_pdf() -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secreto")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def billion_laughs() -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE w:document [<!ENTITY e0 "ja">{entities}]>'
    return docx("<w:p><w:r><w:t>&e9;</w:t></w:r></w:p>", before=doctype)


def external_entity() -> bytes:
    doctype = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return docx("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>", before=doctype)


def lying_zip() -> bytes:
    """A member that declares a small size and holds a large one."""
    data = bytearray(docx("x" * (4 << 20)))
    at = data.rindex(b"word/document.xml") - 46
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


def encrypted_zip() -> bytes:
    data = bytearray(docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


ENCRYPTED = ole_file({"EncryptionInfo": b"x" * 200, "EncryptedPackage": b"x" * 5000})
FIB = b"\xec\xa5\xc1\0\0\0\0\0\0\0\0\x01" + b"\0" * 5000
FILEPASS = b"\x09\x08\x10\0" + b"\0" * 16 + b"\x2f\0\x36\0" + b"\0" * 5000

BAD: list[tuple[str, Callable[[], bytes], str, str]] = [
    ("vacio.docx", lambda: b"", "empty", "vacío"),
    ("blancos.txt", lambda: b" \r\n\t\n", "empty", "vacío"),
    ("cortado.docx", lambda: docx()[:-60], "truncated", "incompleto"),
    ("cortado.xlsx", lambda: many_rows(50)[:-100], "truncated", "incompleto"),
    ("mitad.docx", lambda: docx()[: len(docx()) // 2], "truncated", "incompleto"),
    ("cortado.zip", lambda: zipped({"foto": os.urandom(999)})[:-30], "truncated", "incompleto"),
    ("cifrado.docx", lambda: ENCRYPTED, "encrypted", "contraseña"),
    ("cifrado.xlsx", lambda: ENCRYPTED, "encrypted", "contraseña"),
    ("cifrado.zip.docx", encrypted_zip, "encrypted", "contraseña"),
    ("cifrado.pdf", encrypted_pdf, "encrypted", "contraseña"),
    ("cifrado.doc", lambda: ole_file({"WordDocument": FIB}), "encrypted", "contraseña"),
    ("cifrado.xls", lambda: ole_file({"Workbook": FILEPASS}), "encrypted", "contraseña"),
    ("bomba.docx", lambda: docx(more={"word/x.xml": b"\0" * (64 << 20)}), "zip-bomb", "bomba"),
    ("miente.docx", lying_zip, "zip-bomb|malformed|truncated", "archivo"),
    ("entradas.docx", lambda: zipped({str(n): b"" for n in range(10_001)}), "zip-bomb", "bomba"),
    ("risas.docx", billion_laughs, "xml-bomb", "entidades"),
    ("externa.docx", external_entity, "xml-bomb", "entidades"),
    ("xml.docx", lambda: docx("<w:p>"), "malformed", "dañado"),
    ("sin-parte.docx", lambda: office("word/document.xml", "wordprocessingml.document", {}), "malformed", "dañado"),
    ("paginas.pdf", lambda: pdf(5_000), "too-many-pages", "páginas"),
    ("cortado.pdf", lambda: pdf(3)[:150], "truncated|malformed", "PDF"),
    ("paquete.zip", lambda: zipped({"minuta.txt": "hola"}), "unknown-format", "extraiga"),
    ("programa.docx", lambda: b"\x7fELF\2\1\1" + bytes(64), "unknown-format", "formato"),
    ("foto.webp", lambda: b"RIFF\0\0\0\0WEBPVP8 ", "unknown-format", "imagen"),
    ("otro.doc", lambda: ole_file({"Contents": b"x"}), "unknown-format", "guárdelo como"),
    ("datos.xml", lambda: b"<?xml version='1.0'?><datos/>", "unknown-format", "XML"),
    (
        "roto.msg",
        lambda: ole_file({"__properties_version1.0": b"x" * 32})[:1100],
        "malformed|unknown-format",
        "archivo",
    ),
    ("vacia.html", lambda: b"<html><body></body></html>", "empty", "texto"),
]


def refusal(path: Path, limits: Limits | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read(path, limits)
    error = refused.value
    assert "\n" not in error.reason
    assert 20 < len(error.reason) < 160
    assert error.reason[0].isupper()
    assert error.reason.endswith(".")
    return error


@pytest.mark.parametrize(("name", "make", "code", "word"), BAD, ids=[bad[0] for bad in BAD])
def test_each_bad_file_has_its_code_and_reason(
    tmp_path: Path, name: str, make: Callable[[], bytes], code: str, word: str
) -> None:
    path = tmp_path / name
    path.write_bytes(make())
    began = time.monotonic()
    error = refusal(path)
    assert time.monotonic() - began < 10
    assert error.code in code.split("|")
    assert word in error.reason


def text(document: Document) -> str:
    return "\n".join(p.text for p in paragraphs_of(document.blocks))


@pytest.mark.parametrize("name", ["minuta.pdf", "minuta.txt", "minuta.xls", "minuta", "minuta.DOCX.exe"])
def test_a_wrong_extension_does_not_matter(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(docx())
    assert text(read(path)) == "Minuta de reunión"


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    loop = tmp_path / "lazo.docx"
    loop.symlink_to(loop)
    dangling = tmp_path / "suelto.docx"
    dangling.symlink_to(tmp_path / "no-existe")
    plain = tmp_path / "nota.txt"
    plain.write_text("hola")
    cases = [
        (tmp_path / "no-existe.docx", "not-found", "no existe"),
        (dangling, "not-found", "no existe"),
        (loop, "not-found", "enlace simbólico"),
        (plain / "dentro.docx", "not-found", "ruta"),
        (tmp_path / ("x" * 300), "not-found", "no existe"),
        (tmp_path / "nu\0lo", "not-found", "nulo"),
        (tmp_path, "not-a-file", "carpeta"),
    ]
    for path, code, word in cases:
        error = refusal(path)
        assert (error.code, word in error.reason) == (code, True), path


def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "ajeno.docx"
    path.write_bytes(docx())
    path.chmod(0)
    tmp_path.chmod(0o755)

    def as_nobody(target: Path) -> str:
        if os.geteuid() == 0:  # root reads what no mode allows; in the forked child it can step down
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        return read(target).media_type

    ((_, answer),) = run_guarded(as_nobody, [path], workers=1, seconds=10, memory=2**30)
    assert answer == Failure("permission", "No hay permiso para abrir el archivo; solicite acceso de lectura.")


def test_what_is_no_regular_file_never_blocks(tmp_path: Path) -> None:
    fifo = tmp_path / "tubo.docx"
    os.mkfifo(fifo)
    began = time.monotonic()
    assert refusal(fifo).code == "not-a-file"
    assert refusal(Path("/dev/zero")).code == "not-a-file"
    with socket.socket(socket.AF_UNIX) as server:
        folder = os.open(tmp_path, os.O_RDONLY)
        server.bind(f"/proc/self/fd/{folder}/s")  # the full path may be too long for a socket
        os.close(folder)
        assert refusal(tmp_path / "s").code == "not-a-file"
    assert time.monotonic() - began < 2


def test_a_file_above_the_size_limit(tmp_path: Path) -> None:
    path = tmp_path / "grande.docx"
    with path.open("wb") as stream:
        stream.truncate(300 << 20)  # sparse
    error = refusal(path)
    assert (error.code, "200 MiB" in error.reason) == ("too-large", True)


def test_a_sheet_of_a_hundred_thousand_rows_is_read_or_refused_by_its_cells(tmp_path: Path) -> None:
    path = tmp_path / "larga.xlsx"
    path.write_bytes(many_rows(100_000))

    def count(target: Path) -> int:
        return read(target).blocks[0].rows  # type: ignore[union-attr]

    ((_, answer),) = run_guarded(count, [path], workers=1, seconds=Limits().seconds, memory=Limits().memory)
    assert answer == 100_000
    error = refusal(path, Limits(cells=150_000))
    assert (error.code, "150,000" in error.reason) == ("too-many-cells", True)


LEGACY = {
    "viejo.doc": (ole_file({"WordDocument": b"\xec\xa5" + b"\0" * 5000}), ".docx"),
    "viejo.xls": (ole_file({"Workbook": b"\x09\x08\x10\0" + b"\0" * 5000}), ".xlsx"),
    "viejo.rtf": (b"{\\rtf1 hola}", ".docx"),
    "viejo.ppt": (ole_file({"PowerPoint Document": b"x" * 5000}), ".pdf"),
}


@pytest.mark.parametrize("name", LEGACY)
def test_legacy_formats_say_how_to_convert(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))  # a machine without LibreOffice
    data, target = LEGACY[name]
    path = tmp_path / name
    path.write_bytes(data)
    error = refusal(path)
    assert error.code == "legacy-format"
    assert f"guárdelo como {target}" in error.reason


needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
RTF = rb"{\rtf1\ansi\ansicpg1252 {\b Minuta de reuni\'f3n}\par Fecha: 14 de octubre\par}"


@needs_office
def test_legacy_formats_are_read_through_libreoffice_within_the_worker(tmp_path: Path) -> None:
    path = tmp_path / "minuta.doc"
    path.write_bytes(RTF)
    ((_, answer),) = run_guarded(read, [path], workers=1, seconds=60, memory=2**30)
    assert isinstance(answer, Document)
    assert text(answer) == "Minuta de reunión\nFecha: 14 de octubre"
    assert answer.media_type == "application/rtf"
    assert "LibreOffice" in answer.notes[0]


@needs_office
@pytest.mark.parametrize("seconds", [0.02, 0.1, 0.3])
def test_a_conversion_out_of_time_leaves_nothing_running(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    path = tmp_path / "minuta.rtf"
    path.write_bytes(RTF)
    error = refusal(path, Limits(seconds=seconds))
    assert error.code == "timeout"
    assert list(tmp_path.glob("vobo-*")) == []
    end = time.monotonic() + 5  # a process that was killed takes a moment to go
    while running := [pid for pid, command in processes() if str(tmp_path) in command]:
        assert time.monotonic() < end, running
        time.sleep(0.02)


def processes() -> Iterator[tuple[int, str]]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended meanwhile
            yield int(path.parent.name), path.read_text(errors="replace")


@needs_office
def test_nothing_that_a_converted_file_refers_to_is_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        port = server.getsockname()[1]
        names = " ".join(
            f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
            for prefix, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
        )
        path = tmp_path / "plano.fodt"
        path.write_text(
            f'<?xml version="1.0"?><office:document {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"'
            ' office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text><text:p>Hola<draw:frame'
            ' text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"><draw:image xlink:type="simple"'
            f' xlink:href="http://127.0.0.1:{port}/x.png"/></draw:frame></text:p></office:text></office:body></office:document>'
        )
        assert "Hola" in text(read(path, Limits(seconds=60)))
        with pytest.raises(TimeoutError):
            server.accept()


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    good = tmp_path / "buena.txt"
    good.write_text("Fecha: hoy")
    paths = [good]
    for name, make, _, _ in BAD[:8]:
        (tmp_path / name).write_bytes(make())
        paths += [tmp_path / name, good]
    answers = list(run_guarded(read, paths, workers=2, seconds=20, memory=2**30))
    assert [path for path, _ in answers] == paths
    assert all(isinstance(answer, Document) for path, answer in answers if path == good)
    assert all(isinstance(answer, Failure) and answer.code != "defect" for path, answer in answers if path != good)
