"""Parts of a norm that are filled in like a form: where each begins and ends, and what stands after its labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from checker.norms.headings import index_lines, title_form
from checker.norms.text import Line, NormText
from checker.spanish.text import flat, is_placeholder, squeeze

_LONGEST_LABEL = 90  # characters from the beginning of a line within which its label ends


def parts_of(text: NormText, titles: Sequence[str], until: Sequence[str] = ()) -> Iterator[tuple[Line, ...]]:
    """The lines of each part, from the line that is its title to the next one's, or to one of ``until``."""
    opening = {title_form(title) for title in titles}
    closing = {title_form(title) for title in until}
    inside = {line.order for line in index_lines(text)}
    part: list[Line] = []
    for line in text.body:
        if line.order in inside:
            continue
        first = title_form(next((c for c in line.cells if c), line.text))
        if first in opening:
            if part:
                yield tuple(part)
            part = [line]
        elif part and (first in closing or any(first.startswith(f"{c} ") for c in closing)):
            yield tuple(part)
            part = []
        elif part:
            part.append(line)
    if part:
        yield tuple(part)


def values_of(lines: Sequence[Line], labels: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[tuple[str, ...], Line]]:
    """Name → (what stands after its label, the label's line): the rest of the line, else the lines below up to the next label."""
    patterns = {
        name: re.compile(
            rf"(?<!\w)(?:{'|'.join(re.escape(squeeze(flat(w))) for w in sorted(ways, key=len, reverse=True))})(?!\w)"
        )
        for name, ways in labels.items()
    }
    marks: list[tuple[int, int, int, str]] = []  # line, start, end, name
    for n, line in enumerate(lines[1:], 1):
        words = line.flat
        for name, pattern in patterns.items():
            found = pattern.search(words)
            if found is None:
                continue
            # «Alcance Desde la notificación …»: a label that lost its colon opens the line, and its value a sentence
            opens = found.start() == 0 and squeeze(line.text)[found.end() + 1 :][:1].isupper()
            labelled = opens or bool(line.cells) or re.match(r"[ *]*(?:[:.\d]|$)", words[found.end() :]) is not None
            if labelled and found.start() <= _LONGEST_LABEL and name not in {m[3] for m in marks}:
                marks.append((n, found.start(), found.end(), name))
    marks.sort()
    values: dict[str, tuple[tuple[str, ...], Line]] = {}
    for position, (n, _, end, name) in enumerate(marks):
        nxt = marks[position + 1] if position + 1 < len(marks) else (len(lines), 0, 0, "")
        rest = lines[n].flat[end : nxt[1] if nxt[0] == n else None].strip(" :.*-\t")
        said = [rest] if rest and not is_placeholder(rest.strip("()")) else []
        said += [line.text for line in lines[n + 1 : nxt[0]] if not is_placeholder(line.text)] if nxt[0] > n else []
        if nxt[0] > n and nxt[0] < len(lines) and (before := lines[nxt[0]].flat[: nxt[1]].strip(" :.*-\t")):
            said += [before] if re.search("[a-z]", before) else []
        if not said and nxt[0] == n and lines[n].cells and n + 1 < len(lines):
            said = [c for c in lines[n + 1].cells if c]  # a row of labels over a row of values
        values[name] = (tuple(said), lines[n])
    return values
