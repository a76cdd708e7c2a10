"""Values inside running sentences, each after a phrase that asks for it: «… otorga la presente constancia a Rosa Gómez por haber …»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from checker.packs.model import DocumentType
from checker.spanish.text import flat, squeeze
from parsers.model import Paragraph, Place

_PHRASE = re.compile(
    r"^\W*(?:por|con|en|a|al|de|para|se|que|cuy[oa]|otorgan?|expiden?|imparti\w+|dirigid[oa]|celebrad[oa]|a traves)\b(?=.* .* )"
)
"""A label of three words or more that leads to its value as a sentence does; a noun leads to whatever is said about it."""
_END = re.compile(r"[,;](?=\s|$)|\.(?=\s|$)")
_STOP = re.compile(r"[.;](?=\s|$)")
QUOTED = re.compile(r"^\s*[«“\"](?P<words>[^»”\"]+)[»”\"]")
_QUALIFIES = r"(?:en linea|virtual(?:es)?|a distancia|denominad[oa]|titulad[oa]|llamad[oa])\b"
_QUALIFIED = re.compile(rf"(?:\s+{_QUALIFIES})+[\s:]*$")
_QUALIFIER = re.compile(rf"(?:[\s,]*{_QUALIFIES})+[\s:]*")
_LONGEST = 160  # characters of a value
_DIGIT = re.compile(r"\d")


def is_phrase(folded: str) -> bool:
    """The label leads to its value as a sentence does: «por haber acreditado el curso», «se otorga a»."""
    return bool(_PHRASE.match(folded))


def unqualified(folded: str) -> str:
    """A phrase label without what only says of which sort the thing is: «por haber concluido el curso *en línea denominado*»."""
    return _QUALIFIED.sub("", folded) if is_phrase(folded) else folded


def _without_title(text: str, opening: set[str]) -> str:
    """A line below a phrase without the word of the title that goes on with it: «otorga la presente / CONSTANCIA a: / …»."""
    first, _, rest = text.strip().partition(" ")
    return re.sub(r"^(?:al?|a la)\b\s*:?\s*", "", rest) if flat(first) in opening else text


class Said(msgspec.Struct, frozen=True):
    """What a sentence says of a field."""

    text: str
    label: str
    place: Place


def said(paragraphs: Sequence[Paragraph], document_type: DocumentType, name: str) -> Said | None:
    """The words that follow a phrase label of the field, up to the next one, a comma or a stop."""
    own = _phrases(document_type, (name,))
    if not own:
        return None
    every = _pattern(_phrases(document_type, tuple(document_type.fields)))
    mine = _pattern(own)
    opening = {flat(t).split()[0] for t in document_type.recognise.titles}
    for number, paragraph in enumerate(paragraphs):
        match = mine.search(flat(paragraph.text)) if len(paragraph.text) > 20 else None
        if match is None:
            continue
        text, rest = paragraph.text, paragraph.text[match.end() :]
        if not _QUALIFIER.sub("", flat(rest), count=1).strip(" :"):
            rest = " " + " ".join(_without_title(p.text, opening) for p in paragraphs[number + 1 : number + 3])
            text = text[: match.end()] + rest
        following = every.search(flat(text), match.end())
        words = rest[: following.start() - match.end()] if following else rest
        if qualifier := _QUALIFIER.match(flat(words)):
            words = words[qualifier.end() :]
        if quoted := QUOTED.match(words.lstrip(" :")):
            words = quoted["words"]
        elif stop := _END.search(words):
            words = words[: stop.start()]
        words = squeeze(words).strip(' :«»“”"')
        if words and len(words) <= _LONGEST:
            return Said(words, paragraph.text[match.start() : match.end()], paragraph.place)
    return None


def before_next(text: str, document_type: DocumentType, name: str) -> str:
    """The words of a value up to a phrase of four words or more that leads to another field's: «Rosa Gómez *por haber concluido …*»."""
    others = _phrases(document_type, tuple(n for n in document_type.fields if n != name))
    long = [p for p in others if len(p.split()) >= 4]
    match = _pattern(long).search(flat(text)) if long else None
    return text[: match.start()].rstrip(" ,") if match and match.start() else text


def worded(
    paragraphs: Iterator[Paragraph], document_type: DocumentType, name: str, *, only_codes: bool = False
) -> Said | None:
    """The sentence that has one of the words by which a field shows itself; titles and headings are none.

    A word with digits is a code, which stands anywhere, corners and running footers included: its value is the code alone. A sentence
    that has other fields' words too tells of all of them only with figures: «Se informa de EduTK, CLIMSS y webinars» tells of none.
    """
    field = document_type.fields[name]
    if not field.words:
        return None
    pattern = _any_of(field.words)
    others = [_any_of(f.words) for n, f in document_type.fields.items() if n != name and f.words]
    titles = {flat(t) for t in document_type.recognise.titles}
    for paragraph in paragraphs:
        folded = flat(paragraph.text)
        match = pattern.search(folded)
        if match is None:
            continue
        if _DIGIT.search(match.group()):
            return Said(paragraph.text[match.start() :].split()[0].rstrip(".,;:)»”"), "", paragraph.place)
        if only_codes or paragraph.level or paragraph.origin != "body" or any(t in folded for t in titles):
            continue
        start = max((m.end() for m in _STOP.finditer(folded, 0, match.start())), default=0)
        stop = _STOP.search(folded, match.end())
        sentence = squeeze(paragraph.text[start : stop.start() if stop else len(folded)])
        if any(o.search(flat(sentence)) for o in others) and not _DIGIT.search(sentence):
            continue
        return Said(sentence, "", paragraph.place)
    return None


def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(flat(w)) for w in sorted(words, key=len, reverse=True))})")


def _phrases(document_type: DocumentType, names: tuple[str, ...]) -> list[str]:
    labels = (flat(squeeze(label)) for n in names for label in document_type.fields[n].labels)
    return sorted({label for label in labels if _PHRASE.match(label)}, key=len, reverse=True)


def _pattern(phrases: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(p) for p in phrases)})(?!\w)")
