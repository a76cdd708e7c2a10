"""The public door: a document and the document types in force → the submissions that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from checker.packs.model import DocumentType
from checker.recognise.candidates import Candidate, Candidates
from checker.recognise.chapters import first_chapter
from checker.recognise.fields import Reading
from checker.recognise.model import Recognised
from checker.recognise.sheets import parts_by_sheet
from checker.recognise.submissions import label_index, read_as, submissions
from checker.recognise.titles import NO_TITLE, TitleEvidence, title_form, title_lines
from checker.recognise.types import THRESHOLD, confidence, coverage, words_of
from parsers.model import Attachment, Document, paragraphs_of

__all__ = ["Candidate", "label_index", "recognise"]

_RESEMBLES = 0.2  # confidence below which naming the nearest type would only puzzle
_SURE = 0.75  # confidence from which a title that stands alone is not compared with other types
_COVER = 5  # lines before which a title is the document's own, whatever chapters it has
_FULL_READINGS = 5  # types whose fields are read when titles do not settle the matter
_TIED = 0.15  # difference of confidence within which two types of the same title are told apart by who speaks


class _Wanted(msgspec.Struct, frozen=True):
    """What a document may be, and what the user says that it is."""

    candidates: Candidates
    type: str | None
    pack: str | None


class _Reading(msgspec.Struct, frozen=True):
    """A candidate with its evidence."""

    score: float
    candidate: Candidate
    titles: TitleEvidence
    fields: Reading | None


@lru_cache(maxsize=4)
def _indexed(_ids: tuple[int, ...]) -> Candidates:
    return Candidates(_KNOWN[_ids])


_KNOWN: dict[tuple[int, ...], tuple[Candidate, ...]] = {}  # keeps the types alive whose id() keys the cache


def _known(candidates: Sequence[Candidate]) -> Candidates:
    ids = tuple(id(c.type) for c in candidates)
    _KNOWN.setdefault(ids, tuple(candidates))
    return _indexed(ids)


def recognise(
    document: Document, candidates: Sequence[Candidate], forced: str | None = None, forced_pack: str | None = None
) -> list[Recognised]:
    """The submissions in ``document``: usually one; several where a file holds several meetings or a message several attachments.

    ``forced`` is a document type id: the type is not doubted then. ``forced_pack`` settles which pack's it is where the document
    does not say. What cannot be told has type None and says why. Raises ``ValueError`` when no candidate is of the forced type.
    """
    wanted = _Wanted(_known(candidates), forced, forced_pack)
    found = _of_one(document, wanted)
    if not document.attachments:
        return found
    inner = [part for attachment in document.attachments for part in _of_attachment(attachment, wanted)]
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


def _of_attachment(attachment: Attachment, wanted: _Wanted) -> list[Recognised]:
    if attachment.document is None:
        if attachment.media_type.startswith("image/"):
            return []  # logos and signatures of mail programs
        reason = attachment.reason or "no se pudo leer"
        return [Recognised(Document(attachment.media_type, ()), None, None, -1.0, reason=reason, part=attachment.name)]
    parts = recognise(attachment.document, wanted.candidates.known, wanted.type, wanted.pack)
    return [replace(r, part=f"{attachment.name}#{r.part}" if r.part else attachment.name) for r in parts]


def _of_one(document: Document, wanted: _Wanted) -> list[Recognised]:
    known = wanted.candidates.known
    if wanted.type:
        known = tuple(c for c in known if c.type.id == wanted.type)
        if not known:
            raise ValueError(f"no document type {wanted.type!r} in the packs loaded")
        if len(known) == 1:
            return submissions(document, known[0], 1.0, None, read_as(document, known[0].type))
    if not any(p.text.strip() for p in paragraphs_of(document.blocks)):
        reason = "; ".join(g.reason for g in document.gaps) or "el documento no tiene texto"
        return [Recognised(document, None, None, 0.0, reason=reason)]
    if not known:
        return [Recognised(document, None, None, 0.0, reason="no hay tipos de documento contra los cuales comparar")]
    if not wanted.type and (parts := parts_by_sheet(document, wanted.candidates.titles)):
        found = [(name, r) for name, part in parts for r in _of_one(part, wanted)]
        if len({r.type.id for _, r in found if r.type}) > 1:
            return [replace(r, part=f"{name}-{r.part}" if r.part else name) for name, r in found if r.type]
    words = words_of(document)
    if wanted.type:
        ranked = [_scored(document, words, wanted.candidates, c, NO_TITLE) for c in known]
        best = _settled(ranked, words, wanted)
        return submissions(document, best.candidate, 1.0, None, best.fields)
    ranked = _ranked(document, words, wanted.candidates)
    best = _settled(ranked, words, wanted)
    if best.score < THRESHOLD:
        reason = _unrecognised(best.candidate.type, best.score)
        return [
            Recognised(document, None, None, best.score, reason=reason, runner_up=(best.candidate.type.id, best.score))
        ]
    return submissions(document, best.candidate, best.score, _runner_up(best, ranked), best.fields)


def _ranked(document: Document, words: str, candidates: Candidates) -> list[_Reading]:
    """The candidates that may be it, best first: the one whose title stands alone, or those nearest by title and labels, read in full."""
    titles = candidates.titles.evidence(document)
    sure = [i for i, t in enumerate(titles) if t.own >= 0.9 and (t.against < t.own or t.own_at < t.against_at)]
    ranked = []
    if len(sure) == 1:
        ranked = [_scored(document, words, candidates, candidates.known[sure[0]], titles[sure[0]])]
    if not ranked or ranked[0].score < _SURE:
        likeness = candidates.likeness(document)
        order = sorted(
            (i for i in range(len(titles)) if i not in sure[:1] or not ranked),
            key=lambda i: -(likeness[i] + 4 * titles[i].own * min(3, titles[i].words)),
        )
        ranked += [_scored(document, words, candidates, candidates.known[i], titles[i]) for i in order[:_FULL_READINGS]]
    ranked.sort(key=lambda r: -r.score)
    return ranked


def _settled(ranked: Sequence[_Reading], words: str, wanted: _Wanted) -> _Reading:
    """The best; where several share its name, the one whose people speak in the document, or as the user says, or that finds most."""
    best = max(ranked, key=lambda r: r.score)
    near = [r for r in ranked if best.score - r.score <= _TIED]
    named = (best.titles.own_at, best.titles.words)
    tied = [
        r
        for r in near
        if r.candidate.type.id == best.candidate.type.id
        or ((r.titles.own_at, r.titles.words) == named != (NO_TITLE.own_at, 0))
    ]
    if len({r.candidate.pack for r in tied}) < 2:
        return best
    speaking = wanted.candidates.speaking(words, [r.candidate for r in tied])
    order = [c.pack for c in wanted.candidates.known]
    same = len({r.candidate.type.id for r in tied}) == 1

    def evidence(position: int) -> tuple[int, bool, int, float, int]:
        reading = tied[position]
        found = coverage(reading.candidate.type, reading.fields)[1] if reading.fields else 0
        pack, told = reading.candidate.pack, speaking[position]
        # types of one id are told by who speaks; others are different things, to which their own sections belong
        return told if same else found + min(told, 3), pack == wanted.pack, found, reading.score, -order.index(pack)

    return tied[max(range(len(tied)), key=evidence)]


def _runner_up(best: _Reading, ranked: Sequence[_Reading]) -> tuple[str, float] | None:
    other = next((r for r in ranked if r is not best), None)
    if other is None:
        return None
    same = other.candidate.type.id == best.candidate.type.id
    return (f"{other.candidate.pack}#{other.candidate.type.id}" if same else other.candidate.type.id), other.score


def _unrecognised(nearest: DocumentType, best: float) -> str:
    if best < _RESEMBLES:
        return (
            "no se parece a ninguno de los tipos de documento que se conocen; si es uno de ellos, indíquelo con --type"
        )
    return (
        f"no se reconoció el tipo de documento: lo más parecido es «{nearest.title}» ({best:.0%}); "
        f"indíquelo con --type {nearest.id} si lo es"
    )


def _scored(document: Document, words: str, known: Candidates, candidate: Candidate, titles: TitleEvidence) -> _Reading:
    fields = read_as(document, candidate.type)
    sure = confidence(words, candidate.type, titles, fields)
    if candidate.type.kind == "document" and sure >= _RESEMBLES and not _titled_above_chapters(document, titles):
        sure /= 2  # a norm speaks of the documents that it asks for, and brings their forms as annexes
    foreign = candidate.type.kind == "document" and bool(titles.beyond)
    if foreign and not known.knows(candidate, titles.beyond) and not known.speaking(words, [candidate])[0]:
        sure /= 2  # «Plan de mejora escolar»: the words that go on, and nobody in it, belong to this norm
    return _Reading(round(sure, 2), candidate, titles, fields)


def _titled_above_chapters(document: Document, titles: TitleEvidence) -> bool:
    """The document has no chapters as a norm has, or calls itself by a title of the type before the first of them."""
    if titles.own >= 0.9 and titles.own_at <= _COVER:
        return True
    chapter = first_chapter(document)
    if chapter is None:
        return True
    lines = [form for form, _ in title_lines(document)]
    form = title_form(chapter)
    return titles.own >= 0.9 and form in lines and titles.own_at < lines.index(form)
