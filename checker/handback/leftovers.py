"""What of a submission belongs to no field: its own title, sections of its own, running headers; nothing of it is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from checker.handback.carry import Said, carried, is_empty, left_over
from checker.handback.outline import Piece, Run, Text
from checker.packs.model import DocumentType
from checker.spanish.text import flat, label_form, squeeze
from parsers.model import Block, Paragraph, paragraphs_of

OTHER_TITLE = "Otros contenidos de la entrega"
FOOTER = "Estructura conforme a"
"""Beginning of the footer of documents without letterhead."""
_ORIGINS = {"footnote": "Nota al pie", "comment": "Comentario"}
_LABEL = 40
"""Characters up to which what ends in a colon is a label."""
_TITLE_LENGTH, _TITLE_WITHIN = 160, 6
"""Characters that a submission's own title may have, and paragraphs among which it stands."""


def leftovers(
    document_type: DocumentType, labels: Iterable[str], other: Sequence[Block], everything: Sequence[Block], said: Said
) -> tuple[str, tuple[Piece, ...]]:
    """The submission's own title (empty where it says no more than the type's), and what the fields did not say.

    ``other`` comes first, as recognition told it apart; then whatever of ``everything`` is still not ``said``, which takes note of both.
    """
    titles = {flat(t) for t in (document_type.title, *document_type.recognise.titles)}
    title, whole = _own_title(everything, titles)
    _, rest = _own_title(other, titles)
    said.add(title)
    furniture = _furniture(everything)
    pieces = _told_apart((b for b in rest if not _is_furniture(b, furniture)), {label_form(w) for w in labels}, said)
    said.add_pieces(pieces)
    pieces += left_over((b for b in whole if not _is_ours(b) and not _is_furniture(b, furniture)), said)
    if running := [line for line in furniture if not said.covers(line)]:
        pieces.append(Text((Run(f"Encabezado y pie del original: {' · '.join(running)}", "faint"),)))
    return title, tuple(pieces)


def _own_title(blocks: Sequence[Block], titles: set[str]) -> tuple[str, list[Block]]:
    """The title where it says more than the type's, and the blocks without it."""
    title = ""
    rest: list[Block] = []
    seen = 0
    for block in blocks:
        text = squeeze(block.text) if isinstance(block, Paragraph) else ""
        named = flat(text).strip(" .:")
        seen += bool(text) and block.origin == "body"
        if named in titles:
            continue
        if not title and seen <= _TITLE_WITHIN and len(text) <= _TITLE_LENGTH and _begins(named, titles):
            title = text
        elif text != title or not text:
            rest.append(block)
    return title, rest


def _told_apart(blocks: Iterable[Block], labels: set[str], said: Said) -> list[Piece]:
    """Blocks that belong to no field, labels joined with what they name; without bare labels of fields and what was said."""
    pieces: list[Piece] = []
    for block in blocks:
        if is_empty((block,)) or _is_ours(block):
            continue
        if isinstance(block, Paragraph) and not block.images:
            sentence = len(block.text.split()) > 2  # a short heading may share its words with anything
            named = bool(pieces) and _names_what_follows(pieces[-1])
            if not named and (label_form(block.text) in labels or (sentence and said.covers(block.text))):
                continue
        own = carried((block,))
        if isinstance(block, Paragraph) and block.origin in _ORIGINS:
            origin = Run(f"{_ORIGINS[block.origin]}: ", "faint")
            own = tuple(replace(p, runs=(origin, *p.runs)) if isinstance(p, Text) else p for p in own)
        if pieces and own and isinstance(own[0], Text) and _names_what_follows(last := pieces[-1]):
            assert isinstance(last, Text)
            pieces[-1] = replace(last, runs=(*last.runs, Run(" "), *own[0].runs))
            own = own[1:]
        pieces += own
    if pieces and _names_what_follows(pieces[-1]):
        pieces.pop()  # what it names was told elsewhere; the sweep brings both if it was not
    return pieces


def _names_what_follows(piece: Piece) -> bool:
    """A label alone in its paragraph, as the cells of a form give it: ``Hora:``."""
    return isinstance(piece, Text) and not piece.level and piece.text.endswith(":") and len(piece.text) <= _LABEL


def _furniture(blocks: Iterable[Block]) -> dict[str, None]:
    """The lines of running headers and footers, each once; ours left out."""
    return {
        squeeze(line): None
        for block in blocks
        if block.origin in ("header", "footer") and not _is_ours(block)
        for paragraph in paragraphs_of((block,))
        for line in paragraph.text.split("\n")
        if line.strip()
    }


def _is_furniture(block: Block, lines: Mapping[str, None]) -> bool:
    texts = [line for p in paragraphs_of((block,)) for line in p.text.split("\n") if line.strip()]
    return block.origin in ("header", "footer") or bool(texts and all(squeeze(t) in lines for t in texts))


def _begins(text: str, titles: set[str]) -> bool:
    """``minuta de reunion 05/2025`` begins with a title; a run-in label does not."""
    return any(text.startswith(f"{title} ") for title in titles) and ":" not in text


def _is_ours(block: Block) -> bool:
    """Whether an earlier correction put it there."""
    return isinstance(block, Paragraph) and (
        flat(squeeze(block.text)) == flat(OTHER_TITLE) or squeeze(block.text).startswith(FOOTER)
    )
