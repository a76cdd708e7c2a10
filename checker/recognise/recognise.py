"""The public door: a document and the document types in force → the submissions that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec
from msgspec.structs import replace

from checker.packs.model import DocumentType
from checker.recognise.choices import first_choice
from checker.recognise.fields import Reading, read_fields
from checker.recognise.items import FIELDS, Grid
from checker.recognise.labels import LabelIndex
from checker.recognise.model import Recognised, SignatureBlock
from checker.recognise.segments import Segment, original_blocks
from checker.recognise.stream import own_part
from checker.recognise.types import (
    THRESHOLD,
    TitleEvidence,
    confidence,
    title_evidence,
    title_lines,
    title_positions,
    words_of,
)
from checker.spanish.people import is_charge, is_name
from checker.spanish.text import flat, is_placeholder, label_form, squeeze
from parsers.model import Attachment, Block, Document, Paragraph, Place, paragraphs_of

_RESEMBLES = 0.2  # confidence below which naming the nearest type would only puzzle
_FULL_READINGS = 6  # types whose fields are read when titles do not settle the matter


class Candidate(msgspec.Struct, frozen=True):
    """A document type with the pack that defines it."""

    pack: str
    type: DocumentType
    speakers: tuple[str, ...] = ()
    """Words that name the pack's issuer and its units: what tells two types of one name apart."""


def recognise(document: Document, candidates: Sequence[Candidate], forced: str | None = None) -> list[Recognised]:
    """The submissions in ``document``: usually one; several where a file holds several meetings or a message several attachments.

    ``forced`` is a document type id: the type is not doubted then. What cannot be told has type None and says why.
    """
    found = _of_one(document, candidates, forced)
    if not document.attachments:
        return found
    inner = [part for attachment in document.attachments for part in _of_attachment(attachment, candidates, forced)]
    told = [r for r in inner if r.type]
    failed = [r for r in inner if not r.type and r.confidence < 0]
    notes = [f"El adjunto «{r.part}» no es de un tipo conocido." for r in inner if not r.type and r.confidence >= 0]
    if any(r.type and _is_whole(r) for r in found):
        # the file is the submission; what it carries besides is told, and decides nothing
        notes += [f"El adjunto «{r.part}» no se pudo leer: {r.reason}." for r in failed]
        failed = []
    elif told:
        found = []
    result = [*found, *told, *failed]
    if notes and (told or any(r.type for r in found)):
        first = result[0]
        result[0] = replace(first, document=replace(first.document, notes=(*first.document.notes, *notes)))
    if len(result) == 1 and result[0].type:
        result[0] = replace(result[0], part=None)
    return result


def _is_whole(recognised: Recognised) -> bool:
    """The body is itself the submission, not only a cover letter that names it."""
    return sum(v.state == "present" for v in recognised.fields.values()) >= 3


def _of_attachment(attachment: Attachment, candidates: Sequence[Candidate], forced: str | None) -> list[Recognised]:
    if attachment.document is None:
        if attachment.media_type.startswith("image/"):
            return []  # logos and signatures of mail programs
        reason = attachment.reason or "no se pudo leer"
        return [Recognised(Document(attachment.media_type, ()), None, None, -1.0, reason=reason, part=attachment.name)]
    parts = recognise(attachment.document, candidates, forced)
    return [replace(r, part=f"{attachment.name}#{r.part}" if r.part else attachment.name) for r in parts]


def _of_one(document: Document, candidates: Sequence[Candidate], forced: str | None) -> list[Recognised]:
    if forced:
        chosen = next((c for c in candidates if c.type.id == forced), None)
        if chosen is None:
            raise ValueError(f"no document type {forced!r} in the packs loaded")
        return _submissions(document, chosen, 1.0, None, _reading(document, chosen.type))
    if not any(p.text.strip() for p in paragraphs_of(document.blocks)):
        reason = "; ".join(g.reason for g in document.gaps) or "el documento no tiene texto"
        return [Recognised(document, None, None, 0.0, reason=reason)]
    lines = title_lines(document)
    titles = [(c, title_evidence(document, c.type, lines)) for c in candidates]
    titles.sort(key=lambda item: -item[1].own)
    sure = [t for t in titles if t[1].own >= 0.9 and (t[1].against < t[1].own or t[1].own_at < t[1].against_at)]
    words = words_of(document)
    readings = [_scored(document, words, c, t) for c, t in (sure if len(sure) == 1 else titles[:_FULL_READINGS])]
    readings.sort(key=lambda item: -item[0])
    if not readings:
        return [Recognised(document, None, None, 0.0, reason="no hay tipos de documento contra los cuales comparar")]
    best, chosen, whole = readings[0]
    others = sorted(
        ((confidence(words, c.type, t, None), c) for c, t in titles if c is not chosen), key=lambda o: -o[0]
    )
    ranked = [(score, candidate) for score, candidate, _ in readings[1:]] or others
    runner_up = (ranked[0][1].type.id, ranked[0][0]) if ranked else None
    if best < THRESHOLD:
        reason = _unrecognised(chosen.type, best)
        return [Recognised(document, None, None, best, reason=reason, runner_up=(chosen.type.id, best))]
    return _submissions(document, chosen, best, runner_up, whole)


def _unrecognised(nearest: DocumentType, best: float) -> str:
    if best < _RESEMBLES:
        return (
            "no se parece a ninguno de los tipos de documento que se conocen; si es uno de ellos, indíquelo con --type"
        )
    return (
        f"no se reconoció el tipo de documento: lo más parecido es «{nearest.title}» ({best:.0%}); "
        f"indíquelo con --type {nearest.id} si lo es"
    )


def _scored(
    document: Document, words: str, candidate: Candidate, titles: TitleEvidence
) -> tuple[float, Candidate, Reading]:
    reading = _reading(document, candidate.type)
    return confidence(words, candidate.type, titles, reading), candidate, reading


@lru_cache(maxsize=128)
def _index(document_type_id: int) -> LabelIndex:
    return LabelIndex(_TYPES[document_type_id])


_TYPES: dict[int, DocumentType] = {}  # keeps the types alive whose id() keys the cache


def label_index(document_type: DocumentType) -> LabelIndex:
    """The labels of a type, indexed once per process."""
    _TYPES[id(document_type)] = document_type
    return _index(id(document_type))


def _reading(document: Document, document_type: DocumentType) -> Reading:
    return read_fields(own_part(document), document_type, label_index(document_type))


# Several submissions in one file -------------------------------------------------------------------------------------------


def _submissions(
    document: Document, candidate: Candidate, sure: float, runner_up: tuple[str, float] | None, whole: Reading
) -> list[Recognised]:
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
        readings = [_reading(s, candidate.type) for s in slices]
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
    return Recognised(
        document=document,
        type=candidate.type,
        pack=candidate.pack,
        confidence=sure,
        fields=reading.fields,
        runner_up=runner_up,
        part=part,
        other=_other(reading, candidate.type),
    )


def _other(reading: Reading, document_type: DocumentType) -> tuple[Block, ...]:
    """Content that belongs to no field; titles, rules to sign on and names already told as signatories left out."""
    titles = {label_form(t) for t in document_type.recognise.titles}
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
            and label_form(segment.label) not in titles
            and (found or segment.rest)
        ):
            text = segment.label if not segment.rest else f"{segment.label}: {segment.rest.text}"
            blocks.append(Paragraph(squeeze(text), segment.place or Place(), bold=not segment.rest))
        for paragraph in found:
            if len(paragraph.text) > 200 and paragraph.origin in ("body", "textbox"):
                blocks.append(paragraph)  # prose: neither title, name nor blank
                continue
            form = label_form(paragraph.text)
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
