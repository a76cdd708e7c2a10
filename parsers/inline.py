"""Markdown within a line: emphasis, links, code and entities, to text with its bold parts."""

from __future__ import annotations

import html
import re

import msgspec

from parsers.compose import Spans

_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<ticks>`+)(?P<code>[^`]+?)(?P=ticks)(?!`)"
    r"|!\[(?P<alternative>[^\]\n]*)\]\([^)\n]*\)"
    r"|(?P<opened>\[)(?=[^\[\]\n]+\]\([^)\n]*\))"
    r"|(?P<closed>\])\([^)\n]*\)"
    r"|<(?P<address>(?:https?://|mailto:)[^<>\s]+|[^<>\s@/]+@[^<>\s@]+)>"
    r"|(?P<line><br\s*/?>)"
    r"|<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9]*)(?:\s[^<>]*)?/?>"
    r"|(?P<mark>\*{1,3}|(?<![_\w])_{1,3}(?![_\s])|(?<![_\s])_{1,3}(?![_\w])|~~)"
)
_TAGS = frozenset(
    "a abbr b big center code dd del div dl dt em font hr i ins kbd mark p pre s small span strong sub sup u".split()
)
_BOLD = frozenset(("**", "***", "__", "___"))


class _Mark(msgspec.Struct):
    """An emphasis mark, matched with its partner or left as the characters it is."""

    text: str
    opens: bool
    closes: bool
    turns: bool | None = None
    """True where it begins an emphasis, False where it ends one, None where it is text."""


def spans(source: str) -> tuple[Spans, int]:
    """The text of a line of Markdown in bold and other pieces, and the number of its images."""
    pieces: list[str | _Mark] = []
    images = links = position = 0
    for token in _TOKEN.finditer(source):
        before = html.unescape(source[position : token.start()])
        if before:
            pieces.append(before)
        position = token.end()
        kind = token.lastgroup
        if token["escaped"]:
            pieces.append(token["escaped"])
        elif token["code"]:
            pieces.append(token["code"].strip())
        elif token["alternative"] is not None:
            images += 1
            pieces.append(html.unescape(token["alternative"]))
        elif token["opened"]:
            links += 1
        elif token["closed"]:
            if links:
                links -= 1
            else:
                pieces.append(token[0])
        elif token["address"]:
            pieces.append(token["address"].removeprefix("mailto:"))
        elif token["line"]:
            pieces.append("\n")
        elif kind == "mark":
            pieces.append(_flanked(source, token))
        elif token["tag"].lower() in ("b", "strong"):
            pieces.append(_Mark("", not token["end"], bool(token["end"])))
        elif token["tag"].lower() not in _TAGS:
            pieces.append(token[0])
    pieces.append(html.unescape(source[position:]))
    _match([piece for piece in pieces if isinstance(piece, _Mark)])
    found: Spans = []
    depth = 0
    for piece in pieces:
        if isinstance(piece, str):
            found.append((piece, depth > 0))
        elif piece.turns is None:
            found.append((piece.text, depth > 0))
        elif piece.text in _BOLD or not piece.text:
            depth += 1 if piece.turns else -1
    return found, images


def _flanked(source: str, token: re.Match[str]) -> _Mark:
    """A mark opens before what is no space and closes after it; between letters only asterisks do."""
    before = source[token.start() - 1 : token.start()] or " "
    after = source[token.end() : token.end() + 1] or " "
    opens, closes = not after.isspace(), not before.isspace()
    if "_" in token[0]:
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    return _Mark(token[0], opens, closes)


def _match(marks: list[_Mark]) -> None:
    """Pair each closing mark with the nearest open one of its kind; what lies open between them stays text."""
    stack: list[_Mark] = []
    for mark in marks:
        partner = _last(stack, mark.text) if mark.closes else None
        if partner is not None:
            stack[partner].turns, mark.turns = True, False
            del stack[partner:]
        elif mark.opens:
            stack.append(mark)


def _last(stack: list[_Mark], text: str) -> int | None:
    return next((i for i in range(len(stack) - 1, -1, -1) if stack[i].text == text), None)
