"""A person who fills in a document that was handed back, with what the compliant example of its type says."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml import OxmlElement
from docx.text.paragraph import Paragraph

from checker.packs.model import DocumentType, Field
from fixtures.generator.types.pictures import qr

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_GAP = re.compile(r"\[(Anote|Escriba|Indique|Relacione|Enuncie|Firme|Asiente|Inserte)\b[^\]]*\]")
_SIGNED = "Rúbrica"
Values = Mapping[str, Any]


def fill(path: Path, target: Path, document_type: DocumentType, values: Values, *, anew: bool = False) -> int:
    """Write the filled document to ``target``; how many placeholders it had. ``anew`` writes everything that the example says.

    A cell or label that asks for something gets what the example says in its place; where a value is called in doubt, all that its
    section says is written anew; what the example does not say is struck out.
    """
    values = _in_columns(document_type, values)
    return (_fill_xlsx if path.suffix == ".xlsx" else _fill_docx)(path, target, document_type, values, anew)


def _in_columns(document_type: DocumentType, values: Values) -> Values:
    """What the example says once for all rows, in the column that the document has for it."""
    said = dict(values)
    for name, field in document_type.fields.items():
        table, _, column = (field.any_of_column or "").partition(".")
        if name in values and isinstance(values.get(table), list):
            said[table] = [{column: values[name], **row} for row in values[table]]
    return said


def rows_of(field: Field, value: Any) -> list[dict[str, str]]:
    """The rows of a grid, by the title of its columns."""
    items = value if isinstance(value, list) else [value] if value not in (None, "") else []
    if field.kind == "table":
        return [{field.columns[c].title: _text(v) for c, v in item.items()} for item in items]
    people = [item if isinstance(item, dict) else {"nombre": item} for item in items]
    return [{"Nombre": _text(p.get("nombre")), "Cargo": _text(p.get("cargo")), "Firma": _SIGNED} for p in people]


def _text(value: object) -> str:
    return "" if value is None else "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _items(value: Any) -> list[str]:
    return [_text(v) for v in value] if isinstance(value, list) else [_text(value)] if value not in (None, "") else []


# docx -------------------------------------------------------------------------------------------------------------------


def _fill_docx(path: Path, target: Path, document_type: DocumentType, values: Values, anew: bool) -> int:
    document = docx.Document(str(path))
    body = document.element.body
    gaps = len(_GAP.findall(_words(body)))
    fields = {f.title: (n, f) for n, f in document_type.fields.items()}
    heading: tuple[Any, str, Field] | None = None
    blocks: list[Any] = []
    sections: list[tuple[tuple[Any, str, Field], list[Any]]] = []
    for block in list(body):
        if block.tag == f"{_W}sectPr":
            continue
        text = _words(block)
        if block.tag == f"{_W}p" and block.find(f"{_W}pPr/{_W}pStyle") is not None:
            if heading:
                sections.append((heading, blocks))
            known = fields.get(text)
            heading, blocks = ((block, *known) if known else None), []
        elif block.tag == f"{_W}tbl" and block.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is None:
            if heading:
                sections.append((heading, blocks))
            heading, blocks = None, []
            for row in block.iter(f"{_W}tr"):
                label, cell = list(row.iter(f"{_W}tc"))[:2]
                if known := fields.get(_words(label)):
                    sections.append(((row, *known), [cell]))
        elif heading:
            blocks.append(block)
        elif _GAP.search(text):
            anew = anew or text.startswith("[Indique")
            body.remove(block)
    if heading:
        sections.append((heading, blocks))
    for (start, name, field), parts in sections:
        if anew or any(_GAP.search(_words(p)) for p in parts):
            _section(document, start, field, parts, values.get(name), anew)
    document.save(str(target))
    return gaps


def _section(document: Any, start: Any, field: Field, parts: list[Any], value: Any, anew: bool) -> None:
    if value in (None, "", []):
        for part in (start, *(p for p in parts if p.getparent() is start.getparent())):
            part.getparent().remove(part)
        return
    table = next((p for p in parts if p.tag == f"{_W}tbl"), None)
    if table is not None and field.kind in ("table", "people", "signatures"):
        noted = any(re.search(r"\[Indique", _words(p)) for p in parts)
        _grid(table, rows_of(field, value), anew or noted)
        for part in parts:
            if part is not table:
                part.getparent().remove(part)
        return
    if field.kind == "code":
        paragraph = Paragraph(parts[0], document)
        for run in list(paragraph.runs):
            parts[0].remove(run._r)
        paragraph.add_run().add_picture(io.BytesIO(qr(str(value))))
        return
    paragraphs = [p for part in parts for p in ([part] if part.tag == f"{_W}p" else part.iter(f"{_W}p"))]
    texts = _items(value)
    first = next(p for p in paragraphs if p.find(f".//{_W}t") is not None)
    for paragraph in paragraphs:
        if paragraph is not first:
            paragraph.getparent().remove(paragraph)
    for text in reversed(texts[1:]):
        other = copy.deepcopy(first)
        _write(other, text)
        first.addnext(other)
    _write(first, texts[0])


def _grid(table: Any, rows: list[dict[str, str]], anew: bool) -> None:
    header, *body = list(table.iter(f"{_W}tr"))
    titles = [_words(c) for c in header.iter(f"{_W}tc")]
    whole = anew or all(_GAP.search(_words(r)) or not _words(r) for r in body)
    if whole:
        for title in _lacking(titles, rows):
            for row in (header, *body):
                row.append(copy.deepcopy(list(row.iter(f"{_W}tc"))[-1]))
            _write_cell(list(header.iter(f"{_W}tc"))[-1], title)
            titles.append(title)
        while len(body) < len(rows):
            body.append(copy.deepcopy(body[-1]))
            body[-2].addnext(body[-1])
        for extra in body[len(rows) :]:
            table.remove(extra)
    for row, said in zip(body, rows if whole else _again(rows), strict=False):
        for cell, title in zip(row.iter(f"{_W}tc"), titles, strict=True):
            if whole or _GAP.search(_words(cell)):
                _write_cell(cell, said.get(title, ""))


def _lacking(titles: list[str], rows: list[dict[str, str]]) -> list[str]:
    """Columns that the document does not offer and a person has to add."""
    said = dict.fromkeys(
        title for row in rows for title, text in row.items() if text and title not in ("Cargo", "Firma")
    )
    return [title for title in said if title not in titles]


def _again(rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    """The rows, the last one for all that follow."""
    yield from rows
    while rows:
        yield rows[-1]


def _write_cell(cell: Any, text: str) -> None:
    first, *others = list(cell.iter(f"{_W}p"))
    for paragraph in others:
        paragraph.getparent().remove(paragraph)
    _write(first, text)


def _words(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(f"{_W}t"))


def _write(paragraph: Any, text: str) -> None:
    for run in list(paragraph.iter(f"{_W}r")):
        run.getparent().remove(run)
    run = OxmlElement("w:r")
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(OxmlElement("w:br"))
        node = OxmlElement("w:t")
        node.text = line
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(node)
    paragraph.append(run)


# xlsx -------------------------------------------------------------------------------------------------------------------


def _fill_xlsx(path: Path, target: Path, document_type: DocumentType, values: Values, anew: bool) -> int:
    book = openpyxl.load_workbook(path)
    sheet = book["Documento"]
    fields = {f.title: (n, f) for n, f in document_type.fields.items()}
    gaps = sum(len(_GAP.findall(str(c.value))) for row in sheet.iter_rows() for c in row if c.value)
    sections: list[tuple[int, str, Field]] = []
    for number in range(1, sheet.max_row + 1):
        text = str(sheet.cell(number, 1).value or "")
        if text in fields and sheet.cell(number, 1).font.b and not _within_grid(sheet, number, sections):
            sections.append((number, *fields[text]))
        elif not sections and _GAP.match(text):
            anew = anew or text.startswith("[Indique")
            sheet.cell(number, 1).value = None
    starts = [start for start, *_ in sections]
    for (start, name, field), until in reversed(list(zip(sections, [*starts[1:], _end(sheet)], strict=True))):
        texts = [str(c.value or "") for row in sheet.iter_rows(start, until - 1) for c in row]
        if anew or any(map(_GAP.search, texts)):
            noted = anew or any("[Indique" in t for t in texts)
            _xlsx_section(sheet, start, until, field, values.get(name), noted)
    book.save(target)
    return gaps


def _within_grid(sheet: Any, number: int, sections: list[tuple[int, str, Field]]) -> bool:
    """A header cell that reads like a field: the row below the heading of its table."""
    return (
        bool(sections) and sections[-1][0] == number - 1 and sections[-1][2].kind in ("table", "people", "signatures")
    )


def _end(sheet: Any) -> int:
    from checker.handback.leftovers import OTHER_TITLE

    for number in range(1, sheet.max_row + 1):
        if str(sheet.cell(number, 1).value or "").startswith(OTHER_TITLE):
            return number
    return int(sheet.max_row) + 1


def _xlsx_section(sheet: Any, start: int, until: int, field: Field, value: Any, noted: bool) -> None:
    beside = field.kind not in ("table", "people", "signatures", "list", "code")
    if value in (None, "", []):
        for row in sheet.iter_rows(start, until - 1):
            for cell in row:
                cell.value = None
        return
    if beside and sheet.cell(start, 2).value is not None:
        sheet.cell(start, 2).value = _text(value)
        for number in range(start + 1, until):
            for column in (1, 2):
                if _GAP.search(str(sheet.cell(number, column).value or "")):
                    sheet.cell(number, column).value = None
        return
    if field.kind not in ("table", "people", "signatures"):
        _lines(sheet, start + 1, until, _items(value))
        return
    titles = [str(c.value or "") for c in sheet[start + 1]]
    last = until - 1
    while last > start + 2 and not any(c.border.left.style for c in sheet[last]):
        for cell in sheet[last]:
            cell.value = None
        last -= 1
    body = list(range(start + 2, last + 1))
    rows = rows_of(field, value)
    whole = noted or all(_asks(sheet, n) for n in body)
    if whole:
        titles = [t for t in titles if t]
        for title in _lacking(titles, rows):
            titles.append(title)
            sheet.cell(start + 1, len(titles)).value = title
    if whole and len(rows) > len(body):
        sheet.insert_rows(body[-1] + 1, len(rows) - len(body))
        body = list(range(start + 2, start + 2 + len(rows)))
    for number, said in zip(body, (rows + [{}] * len(body))[: len(body)] if whole else _again(rows), strict=False):
        for column, title in enumerate(titles, 1):
            cell = sheet.cell(number, column)
            if title and (whole or _GAP.search(str(cell.value or ""))):
                cell.value = said.get(title) or None


def _lines(sheet: Any, start: int, until: int, texts: list[str]) -> None:
    """Texts one below the other, for which rows are made."""
    room = until - start
    if len(texts) > room:
        sheet.insert_rows(until, len(texts) - room + 1)
    for offset, text in enumerate([*texts, *[None] * max(0, room - len(texts))]):
        for column in range(1, sheet.max_column + 1):
            sheet.cell(start + offset, column).value = text if column == 1 else None


def _asks(sheet: Any, number: int) -> bool:
    texts = [str(c.value) for c in sheet[number] if c.value is not None]
    return not texts or any(map(_GAP.search, texts))
