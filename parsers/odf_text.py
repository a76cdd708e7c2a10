"""Text of OpenDocument files: paragraphs, headings, lists with their labels, tables, in reading order."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from lxml import etree
from msgspec.structs import replace

from parsers.boxes import opens, stands_apart
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Block, Cell, Gap, Origin, Paragraph, Place, Table
from parsers.odf_inline import Inline, anchored, inline
from parsers.odf_styles import DRAW, OFFICE, STYLE, TABLE, TEXT, ListLevel, Styles, count
from parsers.xml_stream import local

_DEEPEST_LIST = 10
_ROWS_BLANK = 1
"""Empty rows kept of a row that is repeated: what is repeated a million times is only paper."""
_REGIONS = frozenset(STYLE + name for name in ("region-left", "region-center", "region-right"))
_ROW_GROUPS = frozenset(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group"))


_ANCHOR = TEXT + "anchor-type"


class Context(msgspec.Struct):
    """What goes on over all parts of one file."""

    limits: Limits
    controls: dict[str, str] = {}
    paragraphs: int = 0
    tables: int = 0
    cells: int = 0
    changes: int = 0
    hidden_text: bool = False
    footnotes: list[Block] = []
    comments: list[Block] = []
    gaps: list[Gap] = []


class _List(msgspec.Struct):
    """Numbers reached in one list, by level."""

    style: str
    numbers: list[int]


class Walker:
    """Walks one part (body, header) with its own styles; counters and notes go to the shared context."""

    def __init__(self, styles: Styles, context: Context, origin: Origin = "body") -> None:
        self._styles = styles
        self._context = context
        self._origin = origin
        self._outline = [0] * _DEEPEST_LIST
        self._lists: dict[str, _List] = {}
        self._last: dict[str, _List] = {}
        self._apart: list[Block] = []
        """Text boxes that wait for the lines around them."""

    def blocks(self, children: Iterable[etree._Element], hidden: bool = False, depth: int = 0) -> list[Block]:
        """The blocks of a sequence of elements; ``depth`` counts the tables around them."""
        found: list[Block] = []
        for element in children:
            tag = element.tag
            if tag in (TEXT + "p", TEXT + "h"):
                label = self._heading_label(element) if tag == TEXT + "h" else ""
                apart, self._apart = self._apart, []
                made = self._paragraph(element, label, hidden, depth)
                if opens(made[0]):
                    found.extend(apart)
                    apart = []
                found.extend(made)
                self._apart = apart + self._apart
            elif tag == TEXT + "list":
                found.extend(self._list(element, hidden, depth))
            elif tag == TEXT + "numbered-paragraph":
                found.extend(self.blocks(element, hidden, depth))
            elif tag == TABLE + "table":
                found.append(self._table(element, hidden, depth))
            elif tag == TEXT + "tracked-changes":
                self._context.changes += len(element)
            elif tag == TEXT + "section":
                concealed = element.get(TEXT + "display") == "none" or element.get(TEXT + "is-hidden") == "true"
                found.extend(self.blocks(element, hidden or concealed, depth))
            elif isinstance(tag, str) and tag.startswith(DRAW):
                holder = Inline()
                anchored(element, holder)
                found.extend(self._hanging(holder, hidden, depth))
            elif (
                local(element).endswith(("-index", "table-of-content", "index-body", "index-title", "bibliography"))
                or tag in _REGIONS
            ):
                found.extend(self.blocks(element, hidden, depth))
        found.extend(self._apart)
        self._apart = []
        return found

    def _paragraph(self, element: etree._Element, label: str, hidden: bool, depth: int) -> list[Block]:
        context = self._context
        parts, concealed = inline(element, self._styles, context.controls).parted()
        context.paragraphs += 1
        place = Place(paragraph=context.paragraphs)
        bold, prefix = parts.weight
        level = count(element.get(TEXT + "outline-level"), 1, 9) if element.tag == TEXT + "h" else 0
        text = parts.text.rstrip(" ")
        paragraph = Paragraph(
            text,
            place,
            level=level,
            label=label,
            bold=bold,
            bold_prefix=prefix,
            size=parts.size,
            origin=self._origin,
            hidden=hidden or parts.hidden,
            images=parts.images,
        )
        found: list[Block] = [paragraph]
        if concealed is not None:
            size = concealed.size
            found.append(Paragraph(concealed.text.strip(), place, size=size, origin=self._origin, hidden=True))
        context.hidden_text = context.hidden_text or found[-1].hidden
        return [*found, *self._hanging(_without_images(parts), hidden, depth, place)]

    def _hanging(self, parts: Inline, hidden: bool, depth: int, place: Place | None = None) -> list[Block]:
        """Text boxes after their paragraph; notes and comments to the end of the document."""
        context = self._context
        found: list[Block] = []
        if parts.images:
            context.paragraphs += 1
            at = Place(paragraph=context.paragraphs)
            found.append(Paragraph("", at, origin=self._origin, hidden=hidden, images=parts.images))
        if parts.objects:
            context.gaps.append(Gap("objeto incrustado que no se leyó", place or Place()))
        for box in parts.boxes:
            children = [box] if box.tag == TABLE + "table" else list(box)
            made = self._inside("textbox", children, hidden, depth)
            frame = box if box.get(_ANCHOR) is not None else box.getparent()
            floating = frame is not None and frame.get(_ANCHOR) not in (None, "as-char")
            (self._apart if stands_apart(made, floating=floating) else found).extend(made)
        for note in parts.notes:
            context.footnotes.extend(self._inside("footnote", list(note), hidden, depth))
        for comment in parts.comments:
            context.comments.extend(self._inside("comment", list(comment), hidden, depth))
        return found

    def _inside(self, origin: Origin, children: list[etree._Element], hidden: bool, depth: int) -> list[Block]:
        inner = Walker(self._styles, self._context, origin)
        blocks = inner.blocks(children, hidden, depth)
        return [b for b in blocks if not isinstance(b, Paragraph) or b.text.strip() or b.images]

    def _heading_label(self, heading: etree._Element) -> str:
        """Label by the outline numbering of the document."""
        levels = self._styles.outline
        level = count(heading.get(TEXT + "outline-level"), 1, _DEEPEST_LIST)
        if not levels or heading.get(TEXT + "is-list-header") == "true":
            return ""
        return self._advance(self._outline, level, levels, heading.get(TEXT + "start-value"))

    def _advance(self, numbers: list[int], level: int, levels: list[ListLevel], start: str | None) -> str:
        """Count one item on ``level`` (from 1) and give its label."""
        current = levels[level - 1]
        numbers[level - 1] = numbers[level - 1] + 1 if numbers[level - 1] else current.start
        if start is not None:
            numbers[level - 1] = count(start, 1, 100_000)
        numbers[level:] = [0] * (_DEEPEST_LIST - level)
        return current.label([number or 1 for number in numbers[:level]], levels)

    def _list(self, element: etree._Element, hidden: bool, depth: int) -> list[Block]:
        own = str(element.get(TEXT + "style-name", ""))
        name = next((str(v) for k, v in element.items() if str(k).endswith("}id")), "")
        continued = self._lists.get(str(element.get(TEXT + "continue-list", "")))
        if continued is None and element.get(TEXT + "continue-numbering") == "true":
            continued = self._last.get(own)
        state = _List(own, continued.numbers if continued is not None else [0] * _DEEPEST_LIST)
        if name:
            self._lists[name] = state
        self._last[own] = state
        return self._items(element, state, own, 1, hidden, depth)

    def _items(
        self, element: etree._Element, state: _List, style: str, level: int, hidden: bool, depth: int
    ) -> list[Block]:
        found: list[Block] = []
        for item in element:
            if item.tag not in (TEXT + "list-item", TEXT + "list-header"):
                continue
            labelled = item.tag == TEXT + "list-header"
            for child in item:
                if child.tag == TEXT + "list":
                    inner = str(child.get(TEXT + "style-name", "")) or style
                    deeper = min(level + 1, _DEEPEST_LIST)
                    found.extend(self._items(child, state, inner, deeper, hidden, depth))
                elif child.tag in (TEXT + "p", TEXT + "h"):
                    label = ""
                    if not labelled:
                        label = self._item_label(child, item, state, style, level)
                        labelled = True
                    found.extend(self._paragraph(child, label, hidden, depth))
                else:
                    found.extend(self.blocks([child], hidden, depth))
        return found

    def _item_label(self, paragraph: etree._Element, item: etree._Element, state: _List, style: str, level: int) -> str:
        if not style:
            look = self._styles.look("paragraph", paragraph.get(TEXT + "style-name"))
            style = look.list_style or ""
        levels = self._styles.list_levels(style)
        if not levels:
            return ""
        return self._advance(state.numbers, level, levels, item.get(TEXT + "start-value"))

    def _table(self, element: etree._Element, hidden: bool, depth: int) -> Table:
        context = self._context
        if depth >= context.limits.depth:
            raise Unreadable("malformed", "El archivo anida tablas a mayor profundidad de la que se lee.")
        context.tables += 1
        place = Place(table=context.tables)
        grid = _Grid()
        for row, is_header in _rows(element):
            repeated = count(row.get(TABLE + "number-rows-repeated"), 1, 2**31)
            concealed = hidden or row.get(TABLE + "visibility") in ("collapse", "filter")
            if repeated > _ROWS_BLANK and not _has_text(row):
                repeated = _ROWS_BLANK
            for _ in range(repeated):
                grid.row += 1
                grid.header_rows += is_header
                self._cells(row, grid, place, concealed, depth)
        title = str(element.get(TABLE + "name", ""))
        described = next((c.text or "" for c in element if local(c) in ("title", "desc") and c.text), "")
        # «Tabla1» is the program's own name for it, not the author's.
        return Table(
            tuple(grid.cells),
            grid.row,
            grid.columns,
            place,
            title=described or ("" if title.rstrip("0123456789_ ").lower() in ("tabla", "table") else title),
            header_rows=grid.header_rows,
            origin=self._origin,
            hidden=hidden or (bool(grid.cells) and all(cell.hidden for cell in grid.cells)),
        )

    def _cells(self, row: etree._Element, grid: _Grid, table: Place, hidden: bool, depth: int) -> None:
        span = self._context.limits.span
        column = 1
        for cell in row:
            if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                continue
            repeated = count(cell.get(TABLE + "number-columns-repeated"), 1, span)
            if cell.tag == TABLE + "covered-table-cell":
                column += repeated
                continue
            for _ in range(repeated):
                self._context.cells += 1
                if self._context.cells > self._context.limits.cells:
                    most = self._context.limits.cells
                    raise Unreadable(
                        "too-many-cells", f"El documento tiene más de {most:,} celdas, que es el máximo admitido."
                    )
                columns = count(cell.get(TABLE + "number-columns-spanned"), 1, span)
                first = self._context.paragraphs + 1
                blocks = tuple(self.blocks(cell, hidden, depth + 1))
                at = replace(table, paragraph=first, row=grid.row, column=column)
                rows = count(cell.get(TABLE + "number-rows-spanned"), 1, span)
                blocks = tuple(_placed(b, table, grid.row, column) for b in blocks)
                grid.cells.append(Cell(grid.row, column, blocks, at, rows, columns, hidden=hidden))
                grid.columns = max(grid.columns, column + columns - 1)
                column += 1


class _Grid(msgspec.Struct):
    cells: list[Cell] = []
    row: int = 0
    columns: int = 0
    header_rows: int = 0


def _without_images(parts: Inline) -> Inline:
    """What hangs on a paragraph whose pictures it has itself."""
    return Inline(boxes=parts.boxes, notes=parts.notes, comments=parts.comments, objects=parts.objects)


def _placed(block: Block, table: Place, row: int, column: int) -> Block:
    """A block of a cell knows its table, row and column; a nested table keeps its own."""
    if isinstance(block, Table):
        return block
    return replace(block, place=replace(block.place, table=table.table, row=row, column=column))


def _rows(table: etree._Element) -> Iterable[tuple[etree._Element, bool]]:
    pending = [(child, False) for child in reversed(table)]
    while pending:
        element, is_header = pending.pop()
        if element.tag == TABLE + "table-row":
            yield element, is_header
        elif element.tag in _ROW_GROUPS:
            heads = is_header or element.tag == TABLE + "table-header-rows"
            pending.extend((child, heads) for child in reversed(element))


def _has_text(row: etree._Element) -> bool:
    return any(str(text).strip() for text in row.itertext()) or row.find(f".//{DRAW}image") is not None


def header_blocks(
    styles_root: etree._Element, styles: Styles, context: Context, origin: Origin, used: set[str]
) -> list[Block]:
    """Headers or footers of the first page style and those ``used``, each text once."""
    kinds = (
        ("header", "header-first", "header-left") if origin == "header" else ("footer", "footer-first", "footer-left")
    )
    found: list[Block] = []
    seen: set[str] = set()
    masters = styles_root.findall(f"{OFFICE}master-styles/{STYLE}master-page")
    following = {str(m.get(STYLE + "next-style-name", "")) for m in masters if m.get(STYLE + "name") in used}
    for index, master in enumerate(masters):
        if index and master.get(STYLE + "name") not in used | following:
            continue
        for kind in kinds:
            for part in master.iterfind(STYLE + kind):
                text = " ".join(" ".join(map(str, part.itertext())).split())
                if part.get(STYLE + "display") == "false" or (text in seen and part.find(f".//{DRAW}image") is None):
                    continue
                seen.add(text)
                blocks = Walker(styles, context, origin).blocks(part)
                found.extend(b for b in blocks if not isinstance(b, Paragraph) or b.text.strip() or b.images)
    return found
