"""Formats that LibreOffice must convert first: Word, Excel and PowerPoint 97-2003, RTF, presentations, flat XML."""

from __future__ import annotations

import io
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Document
from parsers.sniff import Kind


class _Format(NamedTuple):
    name: str
    extension: str
    media_type: str
    target: str
    """Extension of the format to convert to."""


_FORMATS = {
    Kind.DOC: _Format("Word 97-2003 (.doc)", "doc", "application/msword", "docx"),
    Kind.RTF: _Format("RTF", "rtf", "application/rtf", "docx"),
    Kind.WORD_XML: _Format("XML de Word o LibreOffice", "xml", "application/xml", "docx"),
    Kind.XLS: _Format("Excel 97-2003 (.xls)", "xls", "application/vnd.ms-excel", "xlsx"),
    Kind.XLSB: _Format(
        "Excel binario (.xlsb)", "xlsb", "application/vnd.ms-excel.sheet.binary.macroenabled.12", "xlsx"
    ),
    Kind.SHEET_XML: _Format("XML de Excel o LibreOffice", "xml", "application/xml", "xlsx"),
    Kind.PPT: _Format("PowerPoint 97-2003 (.ppt)", "ppt", "application/vnd.ms-powerpoint", "pdf"),
    Kind.PPTX: _Format(
        "PowerPoint (.pptx)", "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pdf"
    ),
    Kind.ODP: _Format("presentación ODF (.odp)", "odp", "application/vnd.oasis.opendocument.presentation", "pdf"),
}

_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}</oor:items>
"""
_ITEM = '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
# No macros, no links brought up to date, nothing fetched: what a document refers to is never followed.
_SETTINGS = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def read_legacy(kind: Kind, data: bytes, limits: Limits) -> Document:
    """Convert with LibreOffice, where it is installed, and read the result; a note says so.

    Raises Unreadable: ``legacy-format`` without LibreOffice, ``encrypted``, ``timeout``, or as the reader of the result.
    """
    form = _FORMATS[kind]
    if _is_encrypted(kind, data):
        raise Unreadable("encrypted", "El archivo está protegido con contraseña; solicite una copia sin protección.")
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Unreadable(
            "legacy-format",
            f"El archivo está en formato {form.name}; ábralo y guárdelo como .{form.target}, o instale LibreOffice.",
        )
    converted = _convert(program, data, form, limits)
    document = _read(converted, form.target, limits)
    note = f"Se leyó una copia en .{form.target}, convertida por LibreOffice del formato {form.name}; los lugares son los de la copia."
    return replace(document, media_type=form.media_type, notes=(note, *document.notes))


def _read(data: bytes, target: str, limits: Limits) -> Document:
    if target == "docx":
        from parsers.docx import read_docx

        return read_docx(data, limits)
    if target == "xlsx":
        from parsers.xlsx import read_xlsx

        return read_xlsx(data, limits)
    from parsers.pdf import read_pdf

    return read_pdf(data, limits)


def _convert(program: str, data: bytes, form: _Format, limits: Limits) -> bytes:
    with tempfile.TemporaryDirectory(prefix="vobo-") as folder:
        home = Path(folder)
        (home / "profile" / "user").mkdir(parents=True)
        items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
        (home / "profile" / "user" / "registrymodifications.xcu").write_text(_PROFILE.format(items=items))
        source = home / f"entrada.{form.extension}"
        source.write_bytes(data)
        command = [program, f"-env:UserInstallation={(home / 'profile').as_uri()}", "--headless", "--norestore"]
        command += [
            "--nologo",
            "--nolockcheck",
            "--convert-to",
            form.target,
            "--outdir",
            str(home / "out"),
            str(source),
        ]
        # It stays in the process group of the worker, and dies with it.
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=home,
            env={**os.environ, "HOME": folder, "SAL_USE_VCLPLUGIN": "svp"},
            preexec_fn=_unbounded,
        )
        try:
            process.wait(limits.seconds)
        except subprocess.TimeoutExpired as error:
            _kill(process.pid)
            process.wait()
            raise Unreadable(
                "timeout", f"La conversión del formato {form.name} pasó de {limits.seconds:g} segundos y se detuvo."
            ) from error
        results = list((home / "out").glob(f"*.{form.target}"))
        if not results or results[0].stat().st_size > limits.file_size:
            raise Unreadable(
                "malformed", f"LibreOffice no pudo abrir el archivo ({form.name}): está dañado o protegido."
            )
        return results[0].read_bytes()


def _kill(pid: int) -> None:
    """Kill a process and what it has started, for LibreOffice's launcher is a script that waits for another process."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGSTOP)  # or it could start another while its children are counted
        for child in _children(pid):
            _kill(child)
        os.kill(pid, signal.SIGKILL)


def _children(pid: int) -> list[int]:
    """Processes that any thread of this one has started."""
    found: list[int] = []
    for listing in Path("/proc").glob(f"{pid}/task/[0-9]*/children"):
        with suppress(OSError):  # the thread has ended
            found += map(int, listing.read_text().split())
    return found


def _unbounded() -> None:
    """LibreOffice reserves far more address space than it uses, so the worker's soft limit would stop it."""
    resource.setrlimit(resource.RLIMIT_AS, (resource.getrlimit(resource.RLIMIT_AS)[1],) * 2)


_ENCRYPTED_BIT = 0x0100  # of the flags at offset 10 of the file information block, [MS-DOC] 2.5.2
_FILEPASS = 0x002F  # [MS-XLS] 2.4.117, the record right after the first


def _is_encrypted(kind: Kind, data: bytes) -> bool:
    if kind not in (Kind.DOC, Kind.XLS):
        return False
    from olefile import OleFileIO  # type: ignore[import-untyped]

    with OleFileIO(io.BytesIO(data)) as ole:
        name = next((name for name in ("WordDocument", "Workbook", "Book") if ole.exists(name)), None)
        if name is None:
            return False
        with ole.openstream(name) as stream:
            head = stream.read(4096)
    if kind is Kind.DOC:
        return bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED_BIT)
    after = 4 + int.from_bytes(head[2:4], "little")
    return int.from_bytes(head[after : after + 2], "little") == _FILEPASS
