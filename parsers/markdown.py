"""Markdown, as people and programs write it: blocks with places, emphasis marks taken away."""

from __future__ import annotations

import re

import msgspec

from parsers.compose import Composer, Spans
from parsers.decoding import decode
from parsers.errors import Unreadable
from parsers.inline import spans
from parsers.limits import Limits
from parsers.model import Block, Document
from parsers.text import continues, encoding_note, illegible, join, split_lines, text_blocks

_FRONT = re.compile(r"\s*---[ \t]*\n(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_SETEXT = re.compile(r" {0,3}(=+|-{3,})[ \t]*$")
_RULE = re.compile(r" {0,3}([-*])[ \t]*(?:\1[ \t]*){2,}$")
_QUOTE = re.compile(r"^ {0,3}>[ \t]?")
_ITEM = re.compile(r"(\s*)(?:([-*+])|(\d{1,9})([.)]))(?:[ \t]+(.*)|$)")
_TASK = re.compile(r"\[([ xX])\](?:[ \t]+|$)")
_PIPE = re.compile(r"(?<!\\)\|")


def read_markdown(data: bytes, limits: Limits) -> Document:
    """Read a Markdown file in any encoding of :func:`parsers.decoding.decode`."""
    text, encoding = decode(data)
    blocks = markdown_blocks(text, Composer(limits))
    if not blocks:
        raise Unreadable("empty", "El archivo no contiene texto; solicite que se envíe de nuevo.")
    return Document("text/markdown", tuple(blocks), notes=encoding_note(encoding), gaps=illegible(blocks))


def markdown_blocks(text: str, composer: Composer) -> list[Block]:
    """Blocks of a Markdown text; front matter as its ``key: value`` lines, comments left out."""
    text = "\n".join(split_lines(text))
    reader = _Reader([], composer)
    front = _FRONT.match(text)
    if front and re.search(r"^[\w -]+:", front[1], re.MULTILINE):
        reader.front_matter(front[1], text[: front.start(1)].count("\n"))
        text = "\n" * front[0].count("\n") + text[front.end() :]
    text = _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), text)
    reader.lines = text.split("\n")
    reader.read()
    return reader.blocks


class _Reader(msgspec.Struct):
    lines: list[str]
    composer: Composer
    blocks: list[Block] = []
    numbers: list[tuple[int, int, int]] = []
    """Open numbered lists, outermost first: indentation, number shown last, number written last."""

    def front_matter(self, source: str, before: int) -> None:
        for number, line in enumerate(source.split("\n"), before + 1):
            text = re.sub(r"""^(\s*(?:-\s+)?[\w .-]+:\s+)(["'])(.*)\2\s*$""", r"\1\3", line).strip()
            if text and not text.startswith("#"):
                self.blocks.append(self.composer.paragraph(text, number))

    def read(self) -> None:
        i = 0
        while i < len(self.lines):
            while quote := _QUOTE.match(self.lines[i]):
                self.lines[i] = self.lines[i][quote.end() :]
            line = self.lines[i]
            if not line.strip() or _RULE.match(line):
                i += 1
            elif fence := _FENCE.match(line):
                i = self.fence(i, fence[1])
            elif heading := _HEADING.match(line):
                self.numbers.clear()
                self.paragraph(_without_closing(heading[2]), i, level=len(heading[1]))
                i += 1
            elif re.match(r"\s*<table\b", line, re.IGNORECASE):
                i = self.html_table(i)
            elif self.is_table(i):
                i = self.table(i)
            elif item := _ITEM.match(line):
                i = self.item(i, item)
            else:
                i = self.text(i)

    def text(self, i: int) -> int:
        """A paragraph, or a heading when underlined; lines are joined only where one sentence was wrapped."""
        if i + 1 < len(self.lines) and (rule := _SETEXT.match(self.lines[i + 1])):
            self.numbers.clear()
            self.paragraph(self.lines[i], i, level=1 if rule[1][0] == "=" else 2)
            return i + 2
        if not self.lines[i][0].isspace():
            self.numbers.clear()
        text, after = self.wrapped(i, self.lines[i])
        self.paragraph(text, i)
        return after

    def wrapped(self, i: int, text: str) -> tuple[str, int]:
        """``text`` of line ``i`` with the lines that go on with it, and the index of the line after them."""
        while i + 1 < len(self.lines):
            line = _QUOTE.sub("", self.lines[i + 1], count=1)
            if self.lines[i].endswith(("  ", "\\")) or self.is_table(i + 1) or not continues(self.lines[i], line):
                break
            if _SETEXT.match(line) or _ITEM.match(line):
                break
            text = join(text.rstrip(), line.strip())
            i += 1
        return text, i + 1

    def item(self, i: int, item: re.Match[str]) -> int:
        indent = len(item[1].expandtabs(4))
        while self.numbers and self.numbers[-1][0] > indent:
            self.numbers.pop()
        if item[2]:
            label = "•"
        else:
            written = shown = int(item[3])
            if self.numbers and self.numbers[-1][0] == indent:
                _, last_shown, last_written = self.numbers.pop()
                # "1. 1. 1." is how Markdown lets authors number lazily; any other number is the author's.
                shown = last_shown + 1 if written == last_written else written
            self.numbers.append((indent, shown, written))
            label = f"{shown}{item[4]}"
        text = item[5] or ""
        if task := _TASK.match(text):
            label = "☐" if task[1] == " " else "☑"
            text = text[task.end() :]
        heading = _HEADING.match(text)
        text, after = self.wrapped(i, text)
        if heading:
            self.paragraph(_without_closing(heading[2]), i, level=len(heading[1]), label=label)
        else:
            self.paragraph(text, i, label=label)
        return after

    def fence(self, i: int, mark: str) -> int:
        """Code as plain text; a fence that never closes holds the rest."""
        end = i + 1
        while end < len(self.lines) and not re.match(rf"\s*{re.escape(mark)}+\s*$", self.lines[end]):
            end += 1
        offset = self.composer.line_offset
        self.composer.line_offset += i + 1
        self.blocks += text_blocks("\n".join(self.lines[i + 1 : end]), self.composer)
        self.composer.line_offset = offset
        return end + 1

    def is_table(self, i: int) -> bool:
        """A row with a separator below it, or two rows within pipes."""
        if i + 1 >= len(self.lines) or "|" not in self.lines[i]:
            return False
        below = _QUOTE.sub("", self.lines[i + 1], count=1)
        if _is_separator(below):
            return "|" in below or len(_row(self.lines[i])) == 1
        return self.lines[i].strip().startswith("|") and below.strip().startswith("|") and len(_row(below)) > 1

    def table(self, i: int) -> int:
        rows: list[tuple[int, list[Spans | str]]] = []
        header = 0
        first = i
        while i < len(self.lines):
            line = _QUOTE.sub("", self.lines[i], count=1)
            if "|" not in line and not (i == first + 1 and _is_separator(line)):
                break
            if i == first + 1 and _is_separator(line):
                header = 1
            elif not (_is_separator(line)):
                rows.append((i + 1, [_cell(cell) for cell in _row(line)]))
            i += 1
        if header and not any(_said(cell) for cell in rows[0][1]):
            header = 0  # Markdown cannot write a table without header; an empty one is none
            rows = rows[1:] or rows
        self.blocks.append(self.composer.table(rows, header))
        return i

    def html_table(self, i: int) -> int:
        from parsers.html import html_blocks

        end = i
        while end + 1 < len(self.lines) and "</table" not in self.lines[end].lower():
            end += 1
        offset = self.composer.line_offset
        self.composer.line_offset += i
        self.blocks += html_blocks("\n".join(self.lines[i : end + 1]), self.composer)[0]
        self.composer.line_offset = offset
        return end + 1

    def paragraph(self, source: str, i: int, *, level: int = 0, label: str = "") -> None:
        source = source.strip()
        found, images = spans(source[:-1] if source.endswith("\\") and len(source) > 1 else source)
        made = self.composer.paragraph(found, i + 1, level=level, label=label, images=images)
        self.blocks.append(made)


def _row(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip() for cell in _PIPE.split(inner)]


def _is_separator(line: str) -> bool:
    """Whether a line parts the header of a table from its rows: nothing but hyphens, with colons for alignment."""
    return "-" in line and all(re.fullmatch(r":?-+:?", cell) for cell in _row(line))


def _without_closing(heading: str) -> str:
    """A heading without the number signs that may close it."""
    bare = heading.rstrip()
    text = bare.rstrip("#")
    return text if not text or text[-1] in " \t" else bare


def _cell(source: str) -> Spans | str:
    return spans(source)[0] if source else ""


def _said(cell: Spans | str) -> bool:
    return bool(cell.strip() if isinstance(cell, str) else "".join(text for text, _ in cell).strip())
