"""From the blocks of single pages to one document: running headers, tables and paragraphs that go on overleaf, headings, numbering."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from parsers.pdf_draft import Block as Draft
from parsers.pdf_draft import Grid, GridCell, Line, TextBlock
from parsers.pdf_frame import Box, Frame

_PAGE_NUMBER = re.compile(
    r"(?:p[aá]g(?:ina)?\.?|hoja|foja)\s*:?\s*\d+(?:\s*(?:de|/)\s*\d+)?|^\W*\d{1,4}\W*$|^\W*\d{1,4}\s*(?:de|/)\s*\d{1,4}\W*$",
    re.IGNORECASE,
)
_TOP_MARGIN = 60.0
"""Points from the top within which a repeated line is a letterhead and not the title of one of several records in a file."""
_HEADER_TEXT = 60
"""Characters; a longer cell is no header."""


class PageDraft(msgspec.Struct):
    """One page as laid out."""

    number: int
    frame: Frame
    blocks: list[Draft] = []
    comments: list[TextBlock] = []
    scanned: bool = False
    """A picture of a page: what leaves no ink here is the text layer of an OCR, and not hidden."""


def texts_of(blocks: Sequence[Draft]) -> Iterator[TextBlock]:
    """Every text block, those in cells included, in reading order."""
    for block in blocks:
        if isinstance(block, TextBlock):
            yield block
        else:
            for cell in block.cells:
                yield from texts_of(cell.blocks)


def number_lines(page: PageDraft) -> None:
    """Stamp page and line numbers on a freshly laid out page."""
    _stamp(page.blocks, page.number)
    for number, line in enumerate((line for block in texts_of(page.blocks) for line in block.lines), 1):
        line.number = number
    for comment in page.comments:
        comment.page = page.number


def _stamp(blocks: Sequence[Draft], number: int) -> None:
    for block in blocks:
        block.page = number
        if isinstance(block, Grid):
            for cell in block.cells:
                cell.page = number
                _stamp(cell.blocks, number)


def place_pictures(blocks: list[Draft], pictures: Sequence[Box]) -> None:
    """Count each picture on the line nearest to it: a signature stands over the name it signs."""
    for picture in pictures:
        home = _cell_at(blocks, picture)
        if home is not None and not home.blocks:
            home.blocks.append(TextBlock([Line([], home.box, "", 0.0)], pictures=1))
            continue
        near = list(texts_of(home.blocks if home is not None else blocks))
        if near:
            min(near, key=lambda block: min(_distance(picture, line.box) for line in block.lines)).pictures += 1


def _cell_at(blocks: Sequence[Draft], picture: Box) -> GridCell | None:
    x, y = (picture[0] + picture[2]) / 2, (picture[1] + picture[3]) / 2
    for block in blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                if cell.box[0] <= x <= cell.box[2] and cell.box[1] <= y <= cell.box[3]:
                    return _cell_at(cell.blocks, picture) or cell
    return None


def _distance(picture: Box, line: Box) -> float:
    aside = max(line[0] - picture[2], picture[0] - line[2], 0.0)
    below = max(picture[1] - line[3], 0.0)
    above = max(line[1] - picture[3], 0.0)
    return aside + below + 1.5 * above


def mark_running(pages: Sequence[PageDraft], body: float) -> None:
    """Give running headers and footers their origin: the same text at the same height on several pages, and page numbers."""
    seen: dict[str, list[tuple[str, float]]] = {}
    whole: dict[int, str] = {}
    for page in pages:
        keys = [key_of(block) for block in page.blocks]
        whole[page.number] = "\n".join(block.text for block in page.blocks)
        for key, block in zip(keys, page.blocks, strict=True):
            seen.setdefault(key, []).append((whole[page.number], block.box[1]))
    flows = _flows(pages)
    for page in pages:
        height = page.frame.height

        def repeated(block: Draft, page: PageDraft = page) -> bool:
            # the copy of a page repeats all of it, and is no evidence
            return any(text != whole[page.number] and abs(y - block.box[1]) <= 5 for text, y in seen[key_of(block)])

        def numbered(block: Draft) -> bool:
            return isinstance(block, TextBlock) and len(block.text) < 40 and bool(_PAGE_NUMBER.search(block.text))

        above: Draft | None = None
        for block in sorted(page.blocks, key=lambda b: -b.box[3]):
            high = height - block.box[3]
            if block.origin != "body":
                continue
            if block.box[1] < 0.72 * height or not (repeated(block) or (numbered(block) and high < 0.1 * height)):
                break
            title = isinstance(block, TextBlock) and (block.size >= 1.15 * body or all(w.bold for w in block.words))
            apart = above is None or above.box[1] - block.box[3] > 1.2 * body
            if apart and high > _TOP_MARGIN and (title or not flows):
                break
            block.origin = "header"
            above = block
        for block in sorted(page.blocks, key=lambda b: b.box[1]):
            if block.origin != "body":
                continue
            if block.box[3] > 0.2 * height or not (
                repeated(block) or (numbered(block) and block.box[1] < 0.1 * height)
            ):
                break
            block.origin = "footer"


def _flows(pages: Sequence[PageDraft]) -> bool:
    """Whether most pages are full, so that text runs on from one to the next; pages that end early are records of their own."""
    ends = [[block.box[1] / page.frame.height for block in page.blocks] for page in pages[:-1]]
    full = sum(any(0.1 < end < 0.25 for end in page) for page in ends)
    return full >= 0.5 * max(len(ends), 1)


def key_of(block: Draft) -> str:
    return _PAGE_NUMBER.sub("#", " ".join(block.text.split()))


def join_tables(pages: Sequence[PageDraft]) -> None:
    """A table broken over pages becomes one again."""
    open_table: Grid | None = None
    open_height = 0.0
    for page in pages:
        body = [block for block in page.blocks if block.origin == "body"]
        first = body[0] if body else None
        if open_table is not None and isinstance(first, Grid) and _goes_on(open_table, first, open_height):
            _append(open_table, first)
            page.blocks.remove(first)
            if len(body) == 1:
                open_height = first.box[1] / page.frame.height
                continue
            open_table = None
        last = body[-1] if body else None
        open_table = last if isinstance(last, Grid) else None
        open_height = last.box[1] / page.frame.height if last is not None else 0.0


def _goes_on(table: Grid, rest: Grid, bottom: float) -> bool:
    """Same columns; and either the header comes again, or the table ran down to the foot of its page."""
    if table.columns != rest.columns or table.ruled != rest.ruled:
        return False
    slack = 5.0 if table.ruled else 30.0
    if any(abs(a - b) > slack for a, b in zip(table.edges, rest.edges, strict=False)):
        return False
    return bottom < 0.35 or _repeated_rows(table, rest) > 0


def _repeated_rows(table: Grid, rest: Grid) -> int:
    """How many rows at the top of ``rest`` repeat the header of ``table``: one, or as many as its merged cells span.

    Never more: two rows of data may well read the same, and none of them may be lost.
    """
    head = _row(table, 1)
    if any(len(cell.text) > _HEADER_TEXT for cell in head):
        return 0
    deep = max((cell.rowspan for cell in head), default=1)
    if deep == 1 and len(head) > 1 and any(cell.colspan > 1 for cell in head):
        deep = 2
    if min(table.rows, rest.rows) < deep:
        return 0
    return deep if all(_same_row(_row(table, row), _row(rest, row)) for row in range(1, deep + 1)) else 0


def _same_row(one: list[GridCell], other: list[GridCell]) -> bool:
    """The same texts in the same columns; OCR may have lost some of them, but not most."""
    if [cell.column for cell in one] != [cell.column for cell in other]:
        return False
    pairs = [(a.text, b.text) for a, b in zip(one, other, strict=True) if a.blocks or b.blocks]
    equal = sum(a == b for a, b in pairs)
    lost = sum(not a or not b for a, b in pairs)
    return equal > 0 and equal + lost == len(pairs) and lost <= equal / 2


def _row(grid: Grid, row: int) -> list[GridCell]:
    return [cell for cell in grid.cells if cell.row == row]


def _append(table: Grid, rest: Grid) -> None:
    repeated = _repeated_rows(table, rest)
    table.header_rows = max(table.header_rows, repeated)
    shift = table.rows - repeated
    fresh = [cell for cell in rest.cells if cell.row > repeated]
    last = {cell.column: cell for cell in table.cells if cell.row + cell.rowspan - 1 == table.rows}
    head = [cell for cell in fresh if cell.row == repeated + 1]
    if _split_row(last, head):
        for cell in head:
            last[cell.column].blocks = _joined(last[cell.column].blocks, cell.blocks)
        fresh = [cell for cell in fresh if cell.row > repeated + 1]
        shift -= 1
    for cell in fresh:
        cell.row += shift
        table.cells.append(cell)
    table.rows = rest.rows + shift


def _split_row(last: dict[int, GridCell], head: list[GridCell]) -> bool:
    """Whether the row ``head`` is the rest of a row that the page break cut: some cells are empty, the others go on in mid-sentence."""
    filled = [cell for cell in head if cell.blocks]
    if not filled or len(filled) == len(head):
        return False
    return all(
        cell.column in last
        and cell.rowspan == 1
        and cell.text[:1].islower()
        and last[cell.column].text[-1:] not in ("", ".", ":", ";")
        for cell in filled
    )


def _joined(before: list[Draft], after: list[Draft]) -> list[Draft]:
    if before and after and isinstance(before[-1], TextBlock) and isinstance(after[0], TextBlock):
        _extend(before[-1], after[0])
        return before + after[1:]
    return before + after


def _extend(block: TextBlock, rest: TextBlock) -> None:
    block.here = block.here or len(block.lines)
    block.lines.extend(rest.lines)
    block.pictures += rest.pictures


def join_paragraphs(pages: Sequence[PageDraft]) -> None:
    """A paragraph that a page break cut in mid-sentence becomes one again."""
    for before, after in pairwise(pages):
        above = [block for block in before.blocks if block.origin == "body"]
        below = [block for block in after.blocks if block.origin == "body"]
        if not above or not below:
            continue
        last, first = above[-1], below[0]
        if not (isinstance(last, TextBlock) and isinstance(first, TextBlock)) or last.page != before.number:
            continue
        same = abs(last.size - first.size) < 0.5 and abs(last.lines[-1].box[0] - first.lines[0].box[0]) < 4 * last.size
        if same and first.text[:1].islower() and not last.text.rstrip().endswith((".", ":", "!", "?")):
            _extend(last, first)
            after.blocks.remove(first)
