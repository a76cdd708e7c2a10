"""How a document calls itself: its title lines against the titles of every known type at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from checker.packs.model import DocumentType
from checker.recognise.table_rows import in_crowded_rows
from checker.spanish.text import NUMBERING, flat, label_form, numbered_form, squeeze
from parsers.model import Block, Document, Paragraph, Table, paragraphs_of

_LONGEST_TITLE = 18  # words
_FIRST_LINES = 30
_FAR = 10**6
_APART = 4  # lines; what stands closer is one block of titles
_DEFAULT_SHEET = re.compile(r"^(?:hoja|sheet|tabla|table)\s*\d*$", re.IGNORECASE)
_EXPLAINS = re.compile(
    r"^(?:comunicado de prensa|boletin de prensa|nota de prensa|nomina|factura|recibo de|curriculum|solicitud de empleo|"
    r"instructivo|instrucciones|guia|manual de llenado|manual de usuario|como (?:llenar|elaborar))\b"
)
_LEAD = re.compile(
    r"^(?:(?:anexo|apendice|formato|cedula) (?:no |num |numero )?(?:[0-9]{1,2}|[ivx]{1,4}|[a-h])\b ?"
    r"|(?:formato|formulario|machote|plantilla)"
    r"(?: de(?:l| la| los| las)?| para(?: el| la)?)?\b ?)+"
)
"""«Anexo 2.», «Formato de» before the title proper."""


class TitleEvidence(msgspec.Struct, frozen=True):
    """How strongly the document calls itself by one of a type's titles, and by titles of other things."""

    own: float
    own_at: int
    words: int
    """Of the title found: «minuta» alone is also what a menu or a draft decree is called."""
    against: float
    against_at: int
    beyond: tuple[str, ...] = ()
    """Words that go on after the title in its line, «escolar», «sanitarios del municipio»: they may make it another thing."""


NO_TITLE = TitleEvidence(0.0, _FAR, 0, 0.0, _FAR)


class _Hit(msgspec.Struct, frozen=True):
    """A title found in a line, from word ``start`` to ``end``."""

    start: int
    end: int
    grade: float
    owner: int
    own: bool
    beyond: tuple[str, ...] = ()


class TitleIndex:
    """The titles of all types, and the titles against each; look up once per line, whatever the number of types."""

    def __init__(self, types: Sequence[DocumentType]) -> None:
        self._ids = [t.id for t in types]
        self._titles: dict[str, list[tuple[int, bool]]] = {}
        for number, document_type in enumerate(types):
            for titles, own in ((document_type.recognise.titles, True), (document_type.recognise.against, False)):
                for form in dict.fromkeys(map(title_form, titles)):
                    self._titles.setdefault(form, []).append((number, own))
        self._longest = max((len(t.split()) for t in self._titles), default=0)
        self._generic = {t for t in self._titles if " " not in t}

    def evidence(self, document: Document) -> list[TitleEvidence]:
        """For every type, in the order in which they were given."""
        found = [_Found() for _ in self._ids]
        for position, (form, weight) in enumerate(title_lines(document)):
            if _EXPLAINS.match(form) and form not in self._titles:
                for one in found:
                    one.explains = min(one.explains, position)
                continue
            for hit in self._hits(form, document.ocr):
                found[hit.owner].take(hit, weight, position)
        if _is_instructions(document):
            for one in found:
                one.explains = -3
        first = min((f.own_at for f in found if f.own >= 0.9), default=_FAR)
        return [f.told(first) for f in found]

    def _hits(self, form: str, ocr: bool) -> list[_Hit]:
        """The titles in a line; of one type's, those that a longer title of another contains count half."""
        lead = _LEAD.match(form)
        words = form.split()
        offset = len(form[: lead.end()].split()) if lead and form not in self._titles else 0
        hits: list[_Hit] = []
        for start in range(len(words)):
            opens = start in (0, offset)
            if not opens and len(words) > 12:
                break  # running text that mentions a title somewhere is not called by it
            for end in range(min(len(words), start + self._longest), start, -1):
                title = " ".join(words[start:end])
                if title not in self._titles or (not opens and title in self._generic):
                    continue
                whole = opens and all(w.isdigit() for w in words[end:])
                grade = 1.0 if whole else 0.95 if opens else 0.7
                if not opens and _TELLS.search(" ".join(words[:start])):
                    grade = 0.3  # «el Instituto presenta su plan»: a sentence about it
                beyond = _beyond(form, words, end)
                hits.extend(_Hit(start, end, grade, owner, own, beyond) for owner, own in self._titles[title])
        if ocr and not any(h.grade >= 0.9 for h in hits):
            hits.extend(self._misread(form, len(words)))
        own = [h for h in hits if h.own]
        opened = {h.owner for h in own if h.grade >= 0.9}
        return [
            _Hit(h.start, h.end, h.grade / 2, h.owner, True, h.beyond)
            if h.own
            and any(_contains(o, h) for o in own if self._ids[o.owner] != self._ids[h.owner])
            and not _stands(h, own)
            else h
            for h in hits
            if h.own or h.owner not in opened
        ]

    def _misread(self, form: str, words: int) -> Iterator[_Hit]:
        from rapidfuzz import fuzz, process

        known = [t for t in self._titles if len(t) > 8 and abs(len(t) - len(form)) <= 6]
        for title, _, _ in process.extract(form, known, scorer=fuzz.ratio, score_cutoff=85, limit=3):
            yield from (_Hit(0, words, 0.9, owner, own) for owner, own in self._titles[title])


class _Found(msgspec.Struct):
    """The best of one type while the lines are read."""

    own: float = 0.0
    own_at: int = _FAR
    words: int = 0
    against: float = 0.0
    against_at: int = _FAR
    beyond: tuple[str, ...] = ()
    explains: int = _FAR
    """First line that calls the document the explanation of another."""

    def take(self, hit: _Hit, weight: float, position: int) -> None:
        score = weight * hit.grade
        if hit.own and score > self.own + 0.05:
            self.own, self.own_at = score, position
            self.words, self.beyond = hit.end - hit.start, hit.beyond
        elif hit.own and score >= self.own - 0.05 and not hit.beyond:
            self.beyond = ()  # called so plainly elsewhere
        elif hit.own and position == self.own_at:
            self.words = max(self.words, hit.end - hit.start)
        elif not hit.own and score > self.against + 0.05:
            self.against, self.against_at = score, position

    def told(self, first: int) -> TitleEvidence:
        """``first`` is the line of the first plain title of any type: what calls itself something else well below is a part of that."""
        if self.explains < min(self.own_at + 3, _FAR):
            return TitleEvidence(0.5 * self.own, self.own_at, self.words, 1.0, self.explains)
        own = self.own
        if own < 0.9 and first < self.own_at:
            own *= 0.6  # mentioned below the title of something else
        elif first + _APART < self.own_at < _FAR:
            own *= 0.8
        return TitleEvidence(own, self.own_at, self.words, self.against, self.against_at, self.beyond)


_TELLS = re.compile(
    r"\b(?:presenta|presento|publica|publico|anuncia|anuncio|remite|envia|entrega|solicita|informa|da a conocer|aprueba|celebra)\b"
)
_NEUTRAL = re.compile(
    r"^(?:\d+|de|del|la|el|los|las|y|e|a|al|en|por|para|con|su|sus|no|num|numero|ano|mes|ejercicio|fiscal|periodo|trimestre|semestre|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|i{1,3}|iv|vi{0,3}|primer\w*|segund\w*|"
    r"tercer\w*|cuart\w*|quint\w*|ordinaria|extraordinaria|sesion|reunion|version|final|preliminar|anual|mensual|semanal|trimestral)$"
)


def _beyond(form: str, words: Sequence[str], end: int) -> tuple[str, ...]:
    """The words after a title that say something; what a number opens is the document's own name."""
    following = words[end:]
    if words[end - 1].isdigit() or (following and following[0].isdigit()):
        return ()
    return tuple(w for w in following if not _NEUTRAL.match(w) and len(w) > 2)


def _contains(longer: _Hit, hit: _Hit) -> bool:
    return longer.start <= hit.start and hit.end <= longer.end and longer.end - longer.start > hit.end - hit.start


def _stands(hit: _Hit, hits: list[_Hit]) -> bool:
    """The type has a title as long as any in the line."""
    own = max(h.end - h.start for h in hits if h.owner == hit.owner)
    return all(h.end - h.start <= own for h in hits if _contains(h, hit))


@lru_cache(maxsize=4096)
def title_form(text: str) -> str:
    """A title as it is compared: words only; the number of an «Anexo 2» stays."""
    words = " ".join(re.findall(r"\w+", numbered_form(text)))
    return re.sub(r"\b(anexo|apendice|formato) (?:no|num|numero) (?=\d)", r"\1 ", words)


def title_lines(document: Document) -> list[tuple[str, float]]:
    """The first lines, headings, running headers, sheets' names and the mail's subject as compared, each with its weight 0–1."""
    lines: list[tuple[str, float]] = []
    seen = 0
    listed_in_rows = in_crowded_rows(document.blocks[: 2 * _FIRST_LINES], 8 * _FIRST_LINES)
    for paragraph in paragraphs_of(document.blocks):
        if seen > _FIRST_LINES and not paragraph.level:
            continue
        if paragraph.origin in ("footer", "footnote", "comment") or not paragraph.text.strip():
            continue
        seen += paragraph.origin == "body"
        if seen > _FIRST_LINES and not paragraph.level:
            continue
        if id(paragraph) in listed_in_rows:
            lines.append(("", 0.0))
            continue
        first = paragraph.text.strip().split("\n")[0]
        listed = paragraph.label or NUMBERING.match(flat(first))
        if listed and not (paragraph.level or paragraph.bold):
            lines.append((first, 0.4))  # «1. Lista de asistencia» of an agenda
        elif len(first.split()) <= _LONGEST_TITLE:
            lines.append((first, 1.0 if seen <= 12 or paragraph.level else 0.8))
        else:
            lines.append((" ".join(first.split()[:8]), 0.7))
        whole = squeeze(paragraph.text)
        if whole != squeeze(first) and len(whole.split()) <= _LONGEST_TITLE:
            lines.append((whole, 1.0))
    sheets = dict.fromkeys(b.title for b in document.blocks if isinstance(b, Table) and b.title and not b.hidden)
    lines.extend((title, 0.7) for title in sheets if not _DEFAULT_SHEET.match(title) and len(title.split()) <= 8)
    if document.mail:
        lines.append((re.sub(r"^(?:\s*(?:re|rv|fw|fwd)\s*:)+", "", document.mail.subject, flags=re.IGNORECASE), 0.5))
    elif document.title:
        lines.append((document.title, 0.6))
    return [(title_form(text), weight) for text, weight in lines]


def _is_instructions(document: Document) -> bool:
    """Its tables are those of an «instructivo de llenado»: No., dato, anotar; a form with its instructions behind has others too."""
    rows = explaining = 0
    for block in document.blocks:
        if isinstance(block, Table):
            head = {label_form(c.text) for c in block.cells if c.row == 1}
            rows += block.rows
            explaining += block.rows if "anotar" in head and head & {"dato", "datos", "concepto"} else 0
    return explaining >= 3 and 2 * explaining > rows


def title_positions(document: Document, document_type: DocumentType) -> list[int]:
    """Indexes of the top-level blocks that open a submission of this type with its title."""
    titles = frozenset(map(title_form, document_type.recognise.titles))
    found = []
    for position, block in enumerate(document.blocks):
        if block.origin not in ("body", "textbox"):
            continue
        paragraphs = (
            [block]
            if isinstance(block, Paragraph)
            else [p for c in block.cells[:2] for p in paragraphs_of(c.blocks)][:2]
        )
        if any(_opens(p, titles, document.ocr) for p in paragraphs):
            found.append(position)
    blocks = document.blocks
    return [
        p
        for i, p in enumerate(found)
        if not i
        or p - found[i - 1] > _APART
        or any(isinstance(b, Table) or b.text.strip().endswith(":") for b in blocks[found[i - 1] : p])
        or _same(blocks[p], blocks[found[i - 1]])
    ]  # a second line of one block of titles opens nothing


def _same(block: Block, other: Block) -> bool:
    """Both are paragraphs of the same words: the title again, not its continuation."""
    return isinstance(block, Paragraph) and isinstance(other, Paragraph) and flat(block.text) == flat(other.text)


def _opens(paragraph: Paragraph, titles: frozenset[str], ocr: bool) -> bool:
    if len(paragraph.text) > 200:
        return False
    form = title_form(paragraph.text)
    words = form.split()
    if not words or len(words) > _LONGEST_TITLE:
        return False
    lead = _LEAD.match(form)
    for begins in {form, form[lead.end() :]} if lead else {form}:
        if any(begins == t or begins.startswith(f"{t} ") for t in titles):
            return True
    if not ocr:
        return False
    from rapidfuzz import fuzz

    return any(len(t) > 8 and abs(len(form) - len(t)) <= 6 and fuzz.ratio(form, t) >= 85 for t in titles)
