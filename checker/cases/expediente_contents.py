"""What an expediente holds: its messages, each once, its documents with their types, and what of it nobody could read."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

import msgspec
from msgspec.structs import replace

from checker.cases.expediente_files import Piece, pieces
from checker.cases.expediente_names import DESCRIPTION, DIRECTORY
from checker.cases.expediente_text import Words, name_signed, subject_of, words_of
from checker.cases.expediente_times import Sent, sent
from checker.recognise.candidates import Candidate
from checker.recognise.model import Recognised, SignatureBlock
from checker.recognise.recognise import recognise
from parsers.cases.recognise import is_case_record
from parsers.dispatch import read_bytes
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.model import Attachment, Document, Mail, paragraphs_of

_HEAD = 1 << 16
_NAMED = 5
"""Copies that a note names."""
_BODY = 0.75
"""Confidence from which the body of a message is itself a document: every message speaks of some."""


class Paper(msgspec.Struct, frozen=True):
    """A document that lies in the expediente or is attached to a message."""

    name: str
    """``carpeta/archivo.docx``, ``correo.eml#anexo.docx``."""
    sha256: str
    type: str | None = None
    pack: str | None = None
    confidence: float = 0.0
    day: dt.date | None = None
    """Its own date."""
    signers: tuple[tuple[str, str], ...] = ()
    """Name and charge of those who signed it."""
    reason: str = ""
    """Why nobody can tell what it is."""


class Letter(msgspec.Struct, frozen=True):
    """A message."""

    name: str
    mail: Mail
    words: Words
    subject: str
    """Without «RE:», «RV:»."""
    kind: str
    """``reply``, ``forward``, or empty."""
    sent: Sent
    signed: str
    """Name in the signature."""
    papers: tuple[Paper, ...] = ()
    unread: bool = False
    """Some of it could not be read."""


class Contents(msgspec.Struct, frozen=True):
    """An expediente, read."""

    letters: tuple[Letter, ...]
    papers: tuple[Paper, ...]
    """Those that lie in the folder by themselves."""
    directory: bytes | None
    """Source of its ``directorio.yaml``."""
    description: bytes | None
    """Source of its ``expediente.yaml``."""
    sha256: str
    """Over the names and the bytes of all files."""
    notes: tuple[str, ...]
    gaps: tuple[str, ...]
    """What could not be read, each piece named."""


Seen = Callable[[Piece, Document, str], None]
"""Told of each file that could be read, with its hash; the bodies of messages that are no document themselves are left out."""


def contents_of(path: Path, known: Sequence[Candidate], limits: Limits, seen: Seen | None = None) -> Contents:
    """Read the expediente at ``path``. Raises :class:`parsers.errors.Unreadable` only where nothing of it can be opened."""
    reader = _Reader(known)
    digest = hashlib.sha256()
    aside: dict[str, bytes] = {}
    for piece in pieces(path, limits):
        own = hashlib.sha256(piece.data or b"").hexdigest()
        digest.update(f"{piece.name}\0{own}\n".encode("utf-8", "surrogateescape"))
        if piece.data is None:
            reader.gaps.append(f"«{piece.name}»: {piece.reason}")
        elif piece.name in (DIRECTORY, DESCRIPTION):
            aside[piece.name] = piece.data
        elif _is_record(piece):
            reader.notes.append(f"«{piece.name}» es un registro de casos, no parte del expediente; revíselo aparte")
        else:
            try:
                document = read_bytes(piece.data, PurePosixPath(piece.name).name, limits)
            except Unreadable as error:
                reader.gaps.append(f"«{piece.name}»: {error.reason}")
                continue
            document = reader.take(piece.name, document, own)
            if seen is not None:
                seen(piece, document, own)
    return Contents(
        tuple(reader.letters.values()),
        tuple(reader.papers),
        aside.get(DIRECTORY),
        aside.get(DESCRIPTION),
        digest.hexdigest(),
        tuple(dict.fromkeys((*reader.notes, *_told(reader.copies)))),
        tuple(dict.fromkeys(reader.gaps)),
    )


def _told(copies: Sequence[str]) -> Iterator[str]:
    if copies:
        some = ", ".join(f"«{name}»" for name in copies[:_NAMED])
        more = f" y otros {len(copies) - _NAMED}" if len(copies) > _NAMED else ""
        yield f"son copias de otros correos del expediente, que se tomaron una sola vez: {some}{more}"


def _is_record(piece: Piece) -> bool:
    return PurePosixPath(piece.name).suffix.lower() in (".yaml", ".yml", ".json", ".xes") and is_case_record(
        (piece.data or b"")[:_HEAD], piece.name
    )


class _Reader:
    """Sorts what was read into messages and documents."""

    def __init__(self, known: Sequence[Candidate]) -> None:
        self.letters: dict[str, Letter] = {}
        """By message id, or by what they say where they have none."""
        self.papers: list[Paper] = []
        self.notes: list[str] = []
        self.gaps: list[str] = []
        self.copies: list[str] = []
        """Files that are messages which were read before."""
        self._known = known
        self._recognised: dict[str, list[Recognised]] = {}
        """By hash: one document may be attached to many messages."""

    def take(self, name: str, document: Document, sha256: str) -> Document:
        """A file of the expediente; of messages only what in them is a document is given back."""
        if document.mail is not None:
            return self._letter(name, document, document.mail)
        if document.media_type == "application/mbox":
            kept, papers = self._enclosed(name, document.attachments)
            self.papers += papers
            return replace(document, blocks=(), attachments=kept)
        self.gaps += [f"«{name}»: {gap.reason}" for gap in document.gaps]
        self.papers += self._papers(name, document, sha256)
        return document

    def _letter(self, name: str, document: Document, mail: Mail) -> Document:
        words = words_of(document)
        key = mail.message_id or _fingerprint(mail, words)
        if key in self.letters:
            self.copies.append(name)
            return replace(document, blocks=(), attachments=())
        subject, kind = subject_of(mail.subject)
        letter = Letter(name, mail, words, subject, kind, sent(mail), name_signed(words))
        self.letters[key] = letter  # before what it encloses, which may be itself
        before = len(self.gaps)
        self.gaps += [f"«{name}»: {gap.reason}" for gap in document.gaps]
        kept, papers = self._enclosed(name, document.attachments)
        body = self._body(name, document) if not papers else []
        self.letters[key] = replace(letter, papers=(*papers, *body), unread=len(self.gaps) > before)
        return replace(document, blocks=document.blocks if body else (), attachments=kept)

    def _body(self, name: str, document: Document) -> list[Paper]:
        """The document that a message is itself: a minuta written in its body."""
        alone = replace(document, attachments=())
        found = recognise(alone, self._known)
        sure = [one for one in found if one.type is not None and one.confidence >= _BODY]
        return [_paper(name, hash_of(alone), one) for one in sure]

    def _enclosed(self, name: str, attachments: Sequence[Attachment]) -> tuple[tuple[Attachment, ...], list[Paper]]:
        """The documents among attachments; a message among them is one of its own. What cannot be read is among the gaps."""
        kept: list[Attachment] = []
        papers: list[Paper] = []
        for attachment in attachments:
            inner = attachment.document
            called = f"{name}#{attachment.name}"
            if inner is None:
                kept.append(attachment)
                if not _is_decoration(attachment):
                    self.gaps.append(f"«{called}»: {attachment.reason or 'no se pudo leer'}")
            elif inner.mail is not None:
                left = self._letter(called, inner, inner.mail)
                if left.blocks or left.attachments:
                    kept.append(replace(attachment, document=left))
            elif attachment.media_type == "text/calendar" or attachment.name.lower().endswith(".ics"):
                self.notes.append(f"«{called}» es una invitación de calendario; se leyó como parte de su correo")
            else:
                kept.append(attachment)
                self.gaps += [f"«{called}»: {gap.reason}" for gap in inner.gaps]
                papers += self._papers(called, inner, hash_of(inner))
        return tuple(kept), papers

    def _papers(self, name: str, document: Document, sha256: str) -> list[Paper]:
        if sha256 not in self._recognised:
            self._recognised[sha256] = recognise(document, self._known)
        found = self._recognised[sha256]
        papers = []
        for one in found:
            called = f"{name}#{one.part}" if one.part else name
            if one.type is None:
                self.notes.append(f"«{called}»: {one.reason or 'no se reconoce qué documento es'}")
            papers.append(_paper(called, sha256, one))
        return papers


def _is_decoration(attachment: Attachment) -> bool:
    """Logos and signatures of mail programs."""
    return attachment.media_type.startswith("image/") and "incrustada" in (attachment.reason or "")


def _paper(name: str, sha256: str, found: Recognised) -> Paper:
    if found.type is None:
        return Paper(name, sha256, confidence=max(0.0, found.confidence), reason=found.reason or "no se reconoce")
    day = next((v.value for v in found.fields.values() if isinstance(v.value, dt.date)), None)
    blocks = [b for v in found.fields.values() for b in _signatures(v.value) if b.name or b.charge]
    signers = tuple((b.name, b.charge) for b in blocks)
    return Paper(name, sha256, found.type.id, found.pack, found.confidence, day, signers)


def _signatures(value: object) -> Iterator[SignatureBlock]:
    if isinstance(value, tuple):
        yield from (item for item in value if isinstance(item, SignatureBlock))


def _fingerprint(mail: Mail, words: Words) -> str:
    said = "\0".join((mail.sender, *mail.to, mail.subject, str(mail.date), words.text))
    return hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()


def hash_of(document: Document) -> str:
    """Hash of a file within another: of its bytes where they are at hand, else of its text."""
    source = document.source or "\n".join(p.text for p in paragraphs_of(document.blocks)).encode(
        "utf-8", "surrogateescape"
    )
    return hashlib.sha256(source).hexdigest()
