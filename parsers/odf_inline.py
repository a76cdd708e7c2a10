"""What stands within one paragraph of an OpenDocument file: runs of text, and what is anchored among them."""

from __future__ import annotations

import re

import msgspec
from lxml import etree
from msgspec.structs import replace

from parsers.odf_styles import DRAW, FORM, OFFICE, TEXT, Styles, count
from parsers.xml_stream import local

_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1_000
_SHAPES = frozenset(
    DRAW + name
    for name in (
        "custom-shape",
        "rect",
        "ellipse",
        "circle",
        "line",
        "polygon",
        "polyline",
        "path",
        "connector",
        "caption",
    )
)
# Their content is no text of the paragraph: menus of choices, scripts, the ruby's reading aid, deleted text.
_SKIPPED = frozenset(
    (
        *(TEXT + name for name in ("label", "script", "ruby-text", "tracked-changes", "note-citation", "sheet-name")),
        *(OFFICE + name for name in ("annotation-end", "event-listeners")),
    )
)


class Inline(msgspec.Struct):
    """One paragraph taken apart."""

    runs: list[tuple[str, bool, bool, float | None]] = []
    """Text, bold, hidden, size."""
    boxes: list[etree._Element] = []
    """Text boxes and shapes that hold blocks."""
    notes: list[etree._Element] = []
    """Bodies of footnotes and endnotes."""
    comments: list[etree._Element] = []
    images: int = 0
    objects: int = 0
    """Embedded objects (formulas, charts, other documents), which are not read."""

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(run[0] for run in self.runs)

    @property
    def hidden(self) -> bool:
        """All that there is to see is marked hidden."""
        seen = [hidden for text, _, hidden, _ in self.runs if text.strip()]
        return bool(seen) and all(seen)

    def parted(self) -> tuple[Inline, Inline | None]:
        """What is seen with all that hangs on the paragraph, and its hidden text where only some is hidden."""
        if self.hidden or not any(hidden and text.strip() for text, _, hidden, _ in self.runs):
            return self, None
        seen = replace(self, runs=[run for run in self.runs if not run[2]])
        return seen, Inline([run for run in self.runs if run[2]])

    @property
    def weight(self) -> tuple[bool, int]:
        """Whether all of it is bold, and if not how many leading characters are."""
        seen = [bold for text, bold, _, _ in self.runs if text.strip()]
        if not seen or all(seen):
            return bool(seen), 0
        prefix = 0
        for text, bold, _, _ in self.runs:
            if not bold:
                break
            prefix += len(text)
        return False, prefix

    @property
    def size(self) -> float | None:
        """The size of most of the text, in points."""
        sizes: dict[float | None, int] = {}
        for text, _, _, size in self.runs:
            sizes[size] = sizes.get(size, 0) + len(text.strip())
        return max(sizes, key=lambda size: sizes[size]) if sizes else None


class _Manner(msgspec.Struct, frozen=True):
    bold: bool
    hidden: bool
    size: float | None


def inline(element: etree._Element, styles: Styles, controls: dict[str, str], family: str = "paragraph") -> Inline:
    """Take a ``text:p`` or ``text:h`` apart; ``controls`` gives the text of form controls by their id."""
    look = styles.look(family, element.get(TEXT + "style-name"))
    found = Inline()
    _walk(element, _Manner(bool(look.bold), bool(look.hidden), look.size), styles, controls, found)
    return found


def _walk(element: etree._Element, manner: _Manner, styles: Styles, controls: dict[str, str], found: Inline) -> None:
    _add(found, element.text, manner)
    for child in element:
        tag = child.tag
        if tag == TEXT + "span":
            look = styles.look("text", child.get(TEXT + "style-name")) if child.get(TEXT + "style-name") else None
            inner = manner
            if look is not None:
                inner = _Manner(
                    manner.bold if look.bold is None else look.bold,
                    manner.hidden if look.hidden is None else look.hidden,
                    manner.size if look.size is None else look.size,
                )
            _walk(child, inner, styles, controls, found)
        elif tag == TEXT + "s":
            found.runs.append(
                (" " * count(child.get(TEXT + "c"), 1, _MOST_SPACES), manner.bold, manner.hidden, manner.size)
            )
        elif tag == TEXT + "tab":
            found.runs.append(("\t", manner.bold, manner.hidden, manner.size))
        elif tag == TEXT + "line-break":
            found.runs.append(("\n", manner.bold, manner.hidden, manner.size))
        elif tag == TEXT + "note":
            found.notes.extend(child.iterfind(TEXT + "note-body"))
        elif tag == OFFICE + "annotation":
            found.comments.append(child)
        elif tag in (TEXT + "hidden-text", TEXT + "hidden-paragraph"):
            text = child.text or str(child.get(TEXT + "string-value", ""))
            found.runs.append((text, manner.bold, True, manner.size))
        elif tag == DRAW + "control":
            text = controls.get(str(child.get(DRAW + "control", "")), "")
            found.runs.append((text, manner.bold, manner.hidden, manner.size))
        elif tag in (DRAW + "frame", DRAW + "a", DRAW + "g") or tag in _SHAPES:
            anchored(child, found)
        elif tag not in _SKIPPED:
            _walk(child, manner, styles, controls, found)
        _add(found, child.tail, manner)


def anchored(element: etree._Element, found: Inline) -> None:
    """A frame, shape or group: its text boxes, pictures and objects. Alternatives of one frame are read once."""
    if element.tag in (DRAW + "a", DRAW + "g"):
        for child in element:
            anchored(child, found)
    elif element.tag == DRAW + "frame":
        # The first child is what is shown; those after it are replacements, such as the picture of an object.
        shown = next((c for c in element if local(c) in ("text-box", "image", "object", "object-ole", "plugin")), None)
        if shown is None:
            found.boxes.extend(element.iterfind("{*}table"))
        elif shown.tag == DRAW + "text-box":
            found.boxes.append(shown)
        elif shown.tag == DRAW + "image":
            found.images += 1
        else:
            found.objects += 1
    elif element.tag in _SHAPES:
        found.boxes.append(element)


def form_controls(body: etree._Element) -> dict[str, str]:
    """Text of the form controls by id: what is filled in, else the label of a button or box. Ticked boxes begin with ☒, others with ☐."""
    controls: dict[str, str] = {}
    for forms in body.iterfind(OFFICE + "forms"):
        for control in forms.iter():
            names = [str(v) for k, v in control.items() if str(k).endswith("}id")]
            if not names:
                continue
            label = str(control.get(FORM + "label") or "")
            if control.tag in (FORM + "checkbox", FORM + "radio"):
                state = control.get(FORM + "current-state") or control.get(FORM + "current-selected") or ""
                text = ("☒ " if state in ("checked", "true") else "☐ ") + label
            else:
                text = str(control.get(FORM + "current-value") or control.get(FORM + "value") or label)
                lines = [p.text or "" for p in control.iterfind(TEXT + "p")]
                text = text or "\n".join(lines)
            controls.update(dict.fromkeys(names, text.strip()))
    return controls


def _add(found: Inline, text: str | None, manner: _Manner) -> None:
    """Text as the format means it: white space is one space, none at the beginning or after another."""
    if not text:
        return
    text = _SPACES.sub(" ", text)
    before = found.runs[-1][0] if found.runs else ""
    if text.startswith(" ") and (not found.runs or before.endswith((" ", "\n", "\t"))):
        text = text[1:]
    if text:
        found.runs.append((text, manner.bold, manner.hidden, manner.size))
