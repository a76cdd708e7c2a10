"""The walk over all parts of a docx: it numbers paragraphs and tables, and turns them into blocks."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

import msgspec
from lxml import etree
from msgspec.structs import replace

from parsers.boxes import opens, stands_apart
from parsers.docx_numbering import Numbering
from parsers.docx_runs import UNSEEN, Flow, Inline, SignatureLine, Span, chosen, floats, is_placeholder
from parsers.docx_styles import Look, Style, Styles, outline_level, read_numbering
from parsers.docx_tables import Grid, GridCell, lay_out, styled_corners
from parsers.docx_unseen import on_paper
from parsers.docx_xml import child, local, toggle, val
from parsers.limits import Limits
from parsers.model import Block, Cell, Gap, Origin, Paragraph, Place, Table
from parsers.package import Package

_PLAIN = Look()


class Context(msgspec.Struct, frozen=True):
    """Where the walk stands."""

    origin: Origin = "body"
    hidden: bool = False
    placeholder: bool = False
    """Inside a content control that shows its prompt."""
    table: int | None = None
    row: int | None = None
    column: int | None = None
    look: Look = _PLAIN
    """What the table's style gives the cell."""
    depth: int = 0


class Walk:
    """One reading of one file. Parts are walked in the order in which they are given; numbers run on from part to part."""

    def __init__(self, package: Package, limits: Limits, styles: Styles, numbering: Numbering) -> None:
        self.gaps: list[Gap] = []
        self.located: list[tuple[str, etree._Element]] = []
        """Part and element of every paragraph; the n-th paragraph stands at n - 1."""
        self.signature_lines: list[tuple[SignatureLine, Place]] = []
        self.unseen: set[str] = set()
        """Why text that was read is not seen: ``hidden``, ``struck``, ``white``."""
        self._package = package
        self._limits = limits
        self._styles = styles
        self._numbering = numbering
        self._tables = 0
        self._part = ""
        self._flow = Flow()

    def part(self, name: str, containers: Iterable[etree._Element], context: Context, page: int | None) -> list[Block]:
        """Blocks of one part; ``page`` is 1 where the part says where its pages break, else None."""
        self._part = name
        self._flow = Flow(page=page)
        return [block for container in containers for block in self._blocks(container, context)]

    @property
    def page(self) -> int | None:
        """Page reached in the part walked last."""
        return self._flow.page

    def _blocks(self, parent: etree._Element, context: Context) -> list[Block]:
        blocks: list[Block] = []
        # A paragraph whose mark is deleted runs on into the next one.
        pending: tuple[Inline, etree._Element] | None = None
        apart: list[Block] = []
        for element in parent:
            name = local(element)
            if name == "p":
                inline = self._read(element, pending[0] if pending else None, context)
                if _mark_deleted(element):
                    pending = inline, element
                else:
                    pending = None
                    found, boxed = self._finish(inline, element, context)
                    if apart and found and opens(found[0]):
                        blocks += apart
                        apart = []
                    blocks += found
                    apart += boxed
                continue
            if name in UNSEEN:
                continue
            if pending is not None and name in ("tbl", "sdt"):
                blocks += chain.from_iterable(self._finish(*pending, context))
                pending = None
            blocks += self._other(element, name, context)
        if pending is not None:
            blocks += chain.from_iterable(self._finish(*pending, context))
        return blocks + apart

    def _other(self, element: etree._Element, name: str, context: Context) -> list[Block]:
        if name == "tbl":
            return self._table(element, context)
        if name == "sdt":
            content = child(element, "sdtContent")
            empty = context.placeholder or is_placeholder(element)
            return [] if content is None else self._blocks(content, replace(context, placeholder=empty))
        if name == "AlternateContent":
            choice = chosen(element)
            return [] if choice is None else self._blocks(choice, context)
        if name in ("altChunk", "subDoc"):
            self.gaps.append(Gap("contenido incrustado de otro archivo sin leer", self._place(context)))
            return []
        return self._blocks(element, context) if len(element) else []

    def _read(self, element: etree._Element, pending: Inline | None, context: Context) -> Inline:
        self.located.append((self._part, element))
        properties = child(element, "pPr")
        style = self._style(properties)
        breaks = None if properties is None else child(properties, "pageBreakBefore")
        if breaks is not None and toggle(breaks) and not self._flow.fresh:
            self._flow.break_page()
        inline = pending or Inline(self._styles, self._flow)
        inline.read(element, style, context.look, context.placeholder)
        return inline

    def _style(self, properties: etree._Element | None) -> Style:
        return self._styles.paragraph(None if properties is None else val(child(properties, "pStyle")))

    def _place(self, context: Context, page: int | None = None) -> Place:
        return Place(
            page=page if page is not None else self._flow.page,
            paragraph=len(self.located) or None,
            table=context.table,
            row=context.row,
            column=context.column,
        )

    def _finish(self, inline: Inline, element: etree._Element, context: Context) -> tuple[list[Block], list[Block]]:
        """Blocks of a paragraph, and those of its text boxes that are to come after the lines around it."""
        properties = child(element, "pPr")
        style = self._style(properties)
        place = self._place(context, inline.page)
        level, label = style.level, ""
        if properties is not None:
            direct = outline_level(properties)
            level = style.level if direct is None else direct
        emptied = not inline.spans and _mark_deleted(element)
        if not emptied:
            label = self._label(properties, style)
        blocks: list[Block] = []
        concealed, visible = self._parted(inline.spans, element)
        paragraph = _paragraph(visible, place, level, label, inline.images, context)
        if paragraph.text or paragraph.images or (paragraph.label and not concealed):
            blocks.append(paragraph)
        if concealed:
            extra = _paragraph(concealed, place, level, "" if blocks else label, 0, replace(context, hidden=True))
            if extra.text:
                blocks.append(extra)
        for line in inline.lines:
            self.signature_lines.append((line, place))
            text = "\n".join(part for part in (line.name, line.charge) if part)
            if text:
                blocks.append(Paragraph(text, place, origin="textbox", hidden=context.hidden))
        for diagram in inline.diagrams:
            blocks += self._diagram(diagram, place, context)
        apart: list[Block] = []
        for box in inline.boxes:
            boxed = self._boxed(box, replace(context, origin="textbox", look=_PLAIN))
            (apart if stands_apart(boxed, floating=floats(box)) else blocks).extend(boxed)
        if properties is not None and (section := child(properties, "sectPr")) is not None:
            kind = val(child(section, "type"))
            if kind not in ("continuous", "nextColumn"):
                self._flow.break_page()
        return blocks, apart

    def _parted(self, spans: list[Span], element: etree._Element) -> tuple[list[Span], list[Span]]:
        """Spans that a reader does not see, and those that one does."""
        if not any(span.hidden or span.struck or span.white for span in spans):
            return [], spans
        white = any(span.white for span in spans) and on_paper(element, self._styles)
        concealed: list[Span] = []
        visible: list[Span] = []
        for span in spans:
            why = "hidden" if span.hidden else "struck" if span.struck else "white" if span.white and white else ""
            if why and span.text.strip():
                self.unseen.add(why)
            (concealed if why else visible).append(span)
        return concealed, visible

    def _boxed(self, box: etree._Element, context: Context) -> list[Block]:
        # What a text box holds has its own fields and its own breaks; its page is its anchor's.
        outer = self._flow
        self._flow = Flow(page=outer.page)
        blocks = self._blocks(box, context)
        self._flow = outer
        return blocks

    def _label(self, properties: etree._Element | None, style: Style) -> str:
        num_id, ilvl = (None, None) if properties is None else read_numbering(properties)
        if num_id is None:
            num_id = style.num_id
            if ilvl is None:
                ilvl = style.ilvl
            if ilvl is None and num_id is not None:
                ilvl = self._numbering.level_of_style(num_id, style.numbered_by)
        return "" if num_id is None else self._numbering.label(num_id, ilvl or 0)

    def _diagram(self, relation: str, place: Place, context: Context) -> list[Block]:
        """Texts of a SmartArt, which stand in a part of their own."""
        targets = {found.id: found.target for found in self._package.relations(self._part) if not found.external}
        part = targets.get(relation)
        if part is None or part not in self._package:
            self.gaps.append(Gap("diagrama sin leer", place))
            return []
        texts = ("".join(t.text or "" for t in p.iter("{*}t")).strip() for p in self._package.xml(part).iter("{*}p"))
        return [Paragraph(text, place, origin="textbox", hidden=context.hidden) for text in texts if text]

    def _table(self, element: etree._Element, context: Context) -> list[Block]:
        if context.depth >= self._limits.depth:
            self.gaps.append(
                Gap(f"tablas anidadas a más de {self._limits.depth} niveles sin leer", self._place(context))
            )
            return []
        self._tables += 1
        grid = lay_out(element, self._limits.span)
        inside = replace(context, table=self._tables, depth=context.depth + 1, row=None, column=None)
        first = len(self.located) + 1
        page = self._flow.page
        cells = self._cells(element, grid, inside)
        hidden = context.hidden or bool(cells and all(cell.hidden for cell in cells))
        place = Place(page=page, paragraph=first if len(self.located) >= first else None, table=inside.table)
        return [
            Table(tuple(cells), grid.rows, grid.columns, place, grid.title, grid.header_rows, context.origin, hidden)
        ]

    def _cells(self, element: etree._Element, grid: Grid, context: Context) -> list[Cell]:
        style = self._styles.get(grid.style)
        bold_row, bold_column = styled_corners(element)
        bold_row, bold_column = bold_row and style.first_row_bold, bold_column and style.first_column_bold
        bold_look = replace(style.look, bold=True)
        cells: list[Cell] = []
        flow = self._flow
        row, row_page, row_end = 0, flow.page, flow.page
        for shape in grid.cells:
            if shape.row != row:
                row, row_page = shape.row, row_end
            flow.page, flow.fresh = row_page, flow.fresh and not cells
            strong = (bold_row and shape.row == 1) or (bold_column and shape.column == 1)
            cell = self._cell(shape, context, bold_look if strong else style.look)
            cells.append(cell)
            # Word marks a row that begins a page in its first cell only; a row that a page cuts, in each.
            if shape.column == 1 and cell.place.page is not None:
                row_page = cell.place.page
            if flow.page is not None and (row_end is None or flow.page > row_end):
                row_end = flow.page
        flow.page = row_end
        return cells

    def _cell(self, shape: GridCell, context: Context, look: Look) -> Cell:
        hidden = context.hidden or shape.hidden
        inside = replace(context, row=shape.row, column=shape.column, hidden=hidden, look=look)
        first = len(self.located) + 1
        blocks: list[Block] = []
        page = self._flow.page
        for element, placeholder in shape.elements:
            blocks += self._blocks(element, replace(inside, placeholder=True) if placeholder else inside)
        if blocks and blocks[0].place.page is not None:
            page = blocks[0].place.page
        place = Place(
            page=page,
            paragraph=first if len(self.located) >= first else None,
            table=inside.table,
            row=shape.row,
            column=shape.column,
        )
        return Cell(shape.row, shape.column, tuple(blocks), place, shape.rowspan, shape.colspan, hidden=hidden)


def _mark_deleted(paragraph: etree._Element) -> bool:
    properties = child(paragraph, "pPr")
    mark = None if properties is None else child(properties, "rPr")
    return mark is not None and any(local(element) in ("del", "moveFrom") for element in mark)


def _paragraph(spans: list[Span], place: Place, level: int, label: str, images: int, context: Context) -> Paragraph:
    text = "".join([span.text for span in spans])
    lead = len(text) - len(text.lstrip())
    sizes: dict[float, int] = {}
    prefix = position = 0
    leading = True
    bold = bool(spans)
    for span in spans:
        position += len(span.text)
        if span.text.isspace():
            continue
        sizes[span.size] = sizes.get(span.size, 0) + len(span.text)
        if not span.bold:
            bold = leading = False
        elif leading:
            prefix = position
    text = text.strip()
    bold = bold and bool(text)
    prefix = 0 if bold or not prefix else len(text[: max(prefix - lead, 0)].rstrip())
    size = max(sizes, key=sizes.__getitem__) if sizes else None
    marked = " ".join([t for span in spans if span.underlined and (t := span.text.strip())])
    return Paragraph(
        text, place, level, label, bold, prefix, size, context.origin, context.hidden, images, underlined=marked
    )
