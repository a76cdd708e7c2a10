"""How many submissions of one type a file holds, and what in each belongs to no field."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from msgspec.structs import replace

from checker.packs.model import DocumentType
from checker.recognise.candidates import Candidate
from checker.recognise.choices import first_choice
from checker.recognise.codes import with_codes
from checker.recognise.fields import Reading, read_fields
from checker.recognise.items import FIELDS, Grid
from checker.recognise.labels import LabelIndex
from checker.recognise.model import Recognised, SignatureBlock
from checker.recognise.segments import Segment, original_blocks
from checker.recognise.stream import own_part
from checker.recognise.titles import title_form, title_positions
from checker.spanish.people import is_charge, is_name
from checker.spanish.text import flat, is_placeholder, squeeze
from parsers.model import Block, Document, Paragraph, Place, paragraphs_of


@lru_cache(maxsize=128)
def _index(document_type_id: int) -> LabelIndex:
    return LabelIndex(_TYPES[document_type_id])


_TYPES: dict[int, DocumentType] = {}  # keeps the types alive whose id() keys the cache


def label_index(document_type: DocumentType) -> LabelIndex:
    """The labels of a type, indexed once per process."""
    _TYPES[id(document_type)] = document_type
    return _index(id(document_type))


def read_as(document: Document, document_type: DocumentType) -> Reading | None:
    """The document's own part read under one type; None for a norm, which says what it is on its cover."""
    if document_type.kind == "norm":
        return None
    return _read(document, document_type)


def _read(document: Document, document_type: DocumentType) -> Reading:
    return read_fields(own_part(document), document_type, label_index(document_type))


def submissions(
    document: Document, candidate: Candidate, sure: float, runner_up: tuple[str, float] | None, whole: Reading | None
) -> list[Recognised]:
    """What the file holds of the type that was told: one submission, several, or a table of them that nobody can judge.

    ``whole`` is the file read as one by its labels; None for a norm, which is not read so.
    """
    if candidate.type.kind == "norm" or whole is None:
        from checker.norms.identity import identity

        # its title stands in the running header of every page, and its cover says what it is, not its labels
        fields = identity(document, candidate.type)
        return [Recognised(document, candidate.type, candidate.pack, sure, fields, runner_up)]
    if table := _one_a_row(whole):
        reason = (
            f"la tabla «{squeeze(table.title) or 'única'}» trae {len(table.rows)} registros de «{candidate.type.title}»; "
            "entréguelos por separado para que cada uno se revise"
        )
        return [Recognised(document, None, None, sure, reason=reason, runner_up=(candidate.type.id, sure))]
    cuts = title_positions(own_part(document), candidate.type)
    if _one_a_choice(document, cuts, candidate.type):
        cuts = []
    slices = _slices(document, cuts) if len(cuts) > 1 else []
    if not slices:
        cuts = _label_cycle(document, candidate.type, whole)
        slices = _slices(document, cuts) if len(cuts) > 1 else []
    if slices:
        readings = [_read(s, candidate.type) for s in slices]
        if _distinct(readings, candidate.type):
            return [
                _recognised(part, candidate, reading, sure, runner_up, str(n))
                for n, (part, reading) in enumerate(zip(slices, readings, strict=True), 1)
            ]
    return [_recognised(document, candidate, whole, sure, runner_up, None)]


def _one_a_choice(document: Document, cuts: list[int], document_type: DocumentType) -> bool:
    """The titles differ by a choice of the type (a sheet a platform): parts of one submission, not several."""
    columns = [c for f in document_type.fields.values() for c in f.columns.values() if c.choices]
    blocks = [document.blocks[c] for c in cuts]
    texts = ["\n".join(p.text for p in paragraphs_of((b,))) for b in blocks]
    return len(cuts) > 1 and any(len({first_choice(t, c.choices) for t in texts} - {""}) == len(texts) for c in columns)


def _one_a_row(reading: Reading) -> Grid | None:
    return next((i for i in reading.items if isinstance(i, Grid) and i.target == FIELDS and len(i.rows) > 1), None)


def _slices(document: Document, cuts: list[int]) -> list[Document]:
    """The document cut at the blocks ``cuts``; what stands before the first goes with it, running headers and notes with none."""
    bounds = [0, *cuts[1:], len(document.blocks)]
    return [
        replace(
            document,
            blocks=document.blocks[start:end],
            signatures=tuple(s for s in document.signatures if len(cuts) < 2),
        )
        for start, end in pairwise(bounds)
    ]


def _distinct(readings: list[Reading], document_type: DocumentType) -> bool:
    """The slices repeat each other's fields, as several submissions do; the pages of one do not."""
    own = [
        {n for n, v in r.fields.items() if v.state in ("present", "empty") and document_type.fields[n].required_by}
        for r in readings
    ]
    full = [fields for fields in own if len(fields) >= 3]
    return len(full) >= 2 and all(len(a & b) >= 2 for a, b in pairwise(full))


def _label_cycle(document: Document, document_type: DocumentType, reading: Reading) -> list[int]:
    """Top-level blocks at which the first field comes round again, where at least three fields do; else nothing."""
    seen: dict[str, list[Segment]] = {}
    for segment in reading.segments:
        for match in segment.matches:
            single = match.target in document_type.fields and document_type.fields[match.target].kind in (
                "date",
                "text",
                "people",
                "list",
            )
            if (
                single
                and match.similarity >= 0.9
                and segment.form in ("run-in", "heading", "cell")
                and len(segment.matches) <= 2
            ):
                seen.setdefault(match.target, []).append(segment)
                break
    repeated = {n: s for n, s in seen.items() if len(s) >= 2}
    if len(repeated) < 3:
        return []
    first = min(repeated, key=lambda n: repeated[n][0].order)
    places = [s.place for s in repeated[first]]
    positions = [_block_at(document, p) for p in places if p]
    return sorted({p for p in positions if p is not None})


def _block_at(document: Document, place: Place) -> int | None:
    for position, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            if block.place == place:
                return position
        elif block.place == place or any(p.place == place for c in block.cells for p in paragraphs_of(c.blocks)):
            return position
    return None


def _recognised(
    document: Document,
    candidate: Candidate,
    reading: Reading,
    sure: float,
    runner_up: tuple[str, float] | None,
    part: str | None,
) -> Recognised:
    found = Recognised(
        document=document,
        type=candidate.type,
        pack=candidate.pack,
        confidence=sure,
        fields=reading.fields,
        runner_up=runner_up,
        part=part,
        other=_other(reading, candidate.type),
    )
    return with_codes(found)


def _other(reading: Reading, document_type: DocumentType) -> tuple[Block, ...]:
    """Content that belongs to no field; titles, rules to sign on and names already told as signatories left out."""
    titles = {title_form(t) for t in document_type.recognise.titles}
    signers = {
        flat(word)
        for value in reading.fields.values()
        for block in (value.value if isinstance(value.value, tuple) else ())
        if isinstance(block, SignatureBlock)
        for word in (block.name, block.charge)
        if word
    }
    blocks: list[Block] = []
    for segment in reading.segments:
        if segment.order in reading.used:
            continue
        found = [b for b in original_blocks(segment.items) if isinstance(b, Paragraph)]
        if (
            segment.label
            and segment.form != "header"
            and title_form(segment.label) not in titles
            and (found or segment.rest)
        ):
            text = segment.label if not segment.rest else f"{segment.label}: {segment.rest.text}"
            blocks.append(Paragraph(squeeze(text), segment.place or Place(), bold=not segment.rest))
        for paragraph in found:
            if len(paragraph.text) > 200 and paragraph.origin in ("body", "textbox"):
                blocks.append(paragraph)  # prose: neither title, name nor blank
                continue
            form = title_form(paragraph.text)
            told = flat(squeeze(paragraph.text)) in signers or (
                signers and (is_name(paragraph.text) or is_charge(paragraph.text))
            )
            if (
                not is_placeholder(paragraph.text)
                and form not in titles
                and not told
                and paragraph.origin in ("body", "textbox")
            ):
                blocks.append(paragraph)
    return tuple(blocks)
