"""Citations of numerals and subnumerals of a manual: «numeral 7.1, subnumerales 3, 15 y 16; 7.1.1 (2)»."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from checker.spanish.text import fold

_INSTRUMENT = re.compile(
    r"\b(?:manual(?:es)?|normas?|ley(?:es)?|reglamentos?|lineamientos?|acuerdos?|codigos?|procedimientos?|constitucion|decretos?|"
    r"estatutos?|contrato colectivo)\b"
)
_TOKEN = re.compile(
    r"(?P<numeral>(?<![\w.-])\d{1,2}(?:\.\d{1,2})+(?![\w-]))"
    r"|(?P<cue>\bnumeral(?:es)?\b)"
    r"|(?P<sub>\bsub-?numeral(?:es)?\b|\bfraccion(?:es)?\b|\bpuntos?\b|\bfuncion(?:es)?\b)"
    r"|(?P<range>\b(?:al?|hasta)\b|[–—-])"
    r"|(?P<open>\()|(?P<close>\))"
    r"|(?P<number>(?<![\w.])\d{1,3}(?!\w|\.\d|°))"
    r"|(?P<roman>\b(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})\b)"
    r"|(?P<of>\bdel?\b)"
    r"|(?P<link>[,;.:]|\b(?:y|e|o|u|la|el|las|los|en|ambos|todos|asi|como)\b)"
    r"|(?P<other>[^\s,;.:()]+)"
)
_CITES = frozenset({"numeral", "cue", "sub"})
_TO_NAME = re.compile(
    r"\s*\)?\s*,?\s*(?:(?:todos|ambos|mismos)\s+)?del?\s+(?:(?:citado|referido|mencionado|propio|presente)\s+)?(?:la\s+)?$"
)
_SENTENCE_END = re.compile(r"\.\s+(?!\d)|\bse (?:expide|emite)")
_CLAVE_WITHIN = 90
"""Characters within which a second name of the instrument («…, clave G000-002-001») is still the same mention."""
_LONGEST_RANGE = 60
_LONGEST = 3_000
"""Characters that what is cited may take on either side of the name."""
_UNREAD = 60
"""Characters between what cites and the name, within which words that are not understood still belong to the citation."""
_OF_NAME = re.compile(r"\bdel?\s+(?:la\s+)?$")


class Citation(msgspec.Struct, frozen=True):
    """One thing cited: a numeral, or a subnumeral of it; ``numeral`` is empty where the words could not be made out."""

    numeral: str
    subnumeral: int | None
    start: int
    end: int
    """Where it stands: ``text[start:end]``."""


class _Token(msgspec.Struct, frozen=True):
    kind: str
    text: str
    start: int
    end: int


def citations_of(text: str, names: Sequence[str]) -> Iterator[Citation]:
    """What ``text`` cites of the instrument that goes by one of ``names``, in the order of the text.

    A citation leads to the name («numeral 7.1, subnumeral 3, del Manual …»), or follows it («Manual …, numerales 7.1 y 7.1.2»), within
    one sentence and without another instrument between.
    """
    folded = fold(text)
    mentions = _mentions(folded, names)
    if not mentions:
        return
    others = [m.span() for m in _INSTRUMENT.finditer(folded)]
    starts, ends = [s for s, _ in others], [e for _, e in others]
    stops = [m.span() for m in _SENTENCE_END.finditer(folded)]
    open_, closed = [s for s, _ in stops], [e for _, e in stops]
    for start, end in mentions:
        low = max(start - _LONGEST, _last(ends, start), _last(closed, start))
        high = min(end + _LONGEST, _next(starts, end, folded), _next(open_, end, folded))
        before = tokens = _run(_tokens(folded, low, start))
        if tokens and _TO_NAME.match(folded, tokens[-1].end, start):
            yield from _read(tokens)
            continue
        tokens = _from_cue(_tokens(folded, end, high))
        if tokens and ". " in folded[end : tokens[0].start]:
            tokens = []  # a numeral that opens the next sentence is the document's own
        if tokens and not (high < len(folded) and _TO_NAME.match(folded, tokens[-1].end, high)):
            yield from _read(tokens)
        elif before and start - before[-1].end < _UNREAD and _OF_NAME.search(folded, before[-1].end, start):
            yield Citation("", None, before[0].start, start)  # «numeral 7.1, inciso b), del Manual …»


def _last(places: list[int], before: int) -> int:
    """The last of sorted ``places`` up to ``before``; 0 when there is none."""
    position = bisect_right(places, before)
    return places[position - 1] if position else 0


def _next(places: list[int], after: int, folded: str) -> int:
    """The first of sorted ``places`` from ``after`` on; the end when there is none."""
    position = bisect_left(places, after)
    return places[position] if position < len(places) else len(folded)


def _mentions(folded: str, names: Sequence[str]) -> list[tuple[int, int]]:
    pattern = "|".join(re.sub(r"\\? ", r"\\s+", re.escape(fold(n))) for n in sorted(names, key=len, reverse=True))
    found: list[tuple[int, int]] = []
    for start, end in (m.span() for m in re.finditer(pattern, folded)):
        same = found and start - found[-1][1] < _CLAVE_WITHIN and not _INSTRUMENT.search(folded, found[-1][1], start)
        if same and not any(t.kind in _CITES for t in _tokens(folded, found[-1][1], start)):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _tokens(folded: str, start: int, end: int) -> list[_Token]:
    return [_Token(m.lastgroup or "", m[0], *m.span()) for m in _TOKEN.finditer(folded, start, end)]


def _from_cue(tokens: list[_Token]) -> list[_Token]:
    """From the first word or number that cites, to the last that belongs to it."""
    first = next((n for n, t in enumerate(tokens) if t.kind in _CITES), None)
    if first is None:
        return []
    tokens = tokens[first:]
    last = max(n for n, t in enumerate(tokens) if t.kind in ("numeral", "number", "roman", "sub", "cue"))
    if tokens[last].kind in ("number", "roman"):
        # «…, subnumeral 3, validado y registrado el 3 de octubre de 2024»: numbers after other words are none of it
        others = [n for n, t in enumerate(tokens) if t.kind == "other"]
        cites = [n for n, t in enumerate(tokens) if t.kind in _CITES]
        late = [n for n in others if n > cites[-1]]
        if late:
            last = max(n for n in range(late[0]) if tokens[n].kind in ("numeral", "number", "roman", "sub", "cue"))
    return tokens[: last + 1]


def _run(tokens: list[_Token]) -> list[_Token]:
    """What leads to the name: from the first «numeral» on; where nobody says so, from the last word that is none of a citation on."""
    if not any(t.kind in _CITES for t in tokens):
        return []
    cue = next((n for n, t in enumerate(tokens) if t.kind in ("cue", "sub")), None)
    if cue is None:
        cue = next((n + 1 for n in range(len(tokens) - 1, -1, -1) if tokens[n].kind == "other"), 0)
    tokens = _from_cue(tokens[cue:])
    return tokens


def _read(tokens: list[_Token]) -> Iterator[Citation]:
    numeral, position, bare = "", 0, False
    while position < len(tokens):
        token = tokens[position]
        if token.kind == "numeral" or (token.kind == "number" and _cued(tokens, position)):
            numeral, after = token.text, _skip(tokens, position + 1)
            bare = not (after < len(tokens) and tokens[after].kind in ("sub", "open"))
            if bare or _forward(tokens, _group(tokens, after)[1]):
                yield Citation(numeral, None, token.start, token.end)
            position += 1
        elif token.kind in ("sub", "open"):
            numbers, position = _group(tokens, position)
            ahead = _forward(tokens, position)
            owner = tokens[ahead].text if ahead else numeral
            # «las funciones establecidas en el Manual …» names none
            if (
                token.kind == "sub"
                and (not numbers or not owner)
                and (numbers or token.text.startswith(("sub", "frac")))
            ):
                yield Citation("", None, token.start, tokens[position - 1].end)
            if owner:
                yield from (Citation(owner, n, token.start, end) for n, end in numbers)
            if ahead:
                numeral, position = owner, ahead + 1
            bare = False
        else:
            if token.kind in ("number", "roman") and bare:
                yield Citation("", None, token.start, token.end)
            bare = bare and token.kind in ("link", "number", "roman", "range")
            position += 1


def _cued(tokens: list[_Token], position: int) -> bool:
    """«numeral 4»: a chapter cited without points."""
    return position > 0 and tokens[position - 1].kind == "cue"


def _skip(tokens: list[_Token], position: int) -> int:
    while position < len(tokens) and (tokens[position].kind == "link" and tokens[position].text != "."):
        position += 1
    return position


def _forward(tokens: list[_Token], position: int) -> int | None:
    """Where «del numeral 7.1» follows a group: the numeral that the group belongs to."""
    position = _skip(tokens, position)
    if position >= len(tokens) or tokens[position].kind != "of":
        return None
    position = _skip(tokens, position + 1)
    if position < len(tokens) and tokens[position].kind == "cue":
        position += 1
    return position if position < len(tokens) and tokens[position].kind == "numeral" else None


def _group(tokens: list[_Token], position: int) -> tuple[list[tuple[int, int]], int]:
    """Subnumerals from ``position`` on, each with the end of what was read, and the position after them; ranges are told one by one."""
    numbers: list[tuple[int, int]] = []
    ranging, position = False, position + 1
    done = position
    while position < len(tokens):
        token = tokens[position]
        if token.kind in ("number", "roman"):
            value = int(token.text) if token.kind == "number" else _roman(token.text)
            if ranging and numbers and value - numbers[-1][0] <= _LONGEST_RANGE:
                numbers.extend((n, token.end) for n in range(numbers[-1][0] + 1, value))
            numbers.append((value, token.end))
            ranging, done = False, position + 1
        elif token.kind == "range":
            ranging = bool(numbers)
        elif token.kind == "close":
            done = position + 1
            break
        elif token.kind not in ("link", "sub", "open") or token.text == ".":
            break
        position += 1
    return numbers, done


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[c] for c in text]
    return sum(-v if v < max(values[n:]) else v for n, v in enumerate(values))
