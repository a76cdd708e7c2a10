"""The inside of a docx paragraph: runs, fields, breaks, controls, pictures; what of it a reader sees."""

from __future__ import annotations

import msgspec
from lxml import etree

from parsers.docx_styles import Look, Style, Styles, read_look
from parsers.docx_unseen import is_white, paints
from parsers.docx_xml import attr, child, local, number, relation_id, toggle, val

# Properties, and what a reader does not see. Anything else that is not known is looked into, never skipped.
UNSEEN = frozenset(
    (
        *("pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sectPr", "smartTagPr"),
        *("customXmlPr", "fldData", "del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "rt"),
    )
)
_SYMBOLS = {
    **dict.fromkeys((0xF0FE, 0xF052, 0xF053, 0xF0FD, 0xF078), "☒"),
    **dict.fromkeys((0xF0A8, 0xF06F, 0xF0A3, 0xF071, 0xF02A), "☐"),
    **dict.fromkeys((0xF0FC, 0xF050), "✓"),
    **dict.fromkeys((0xF0E0, 0xF0E8), "→"),
}
_OFFICE = "{urn:schemas-microsoft-com:office:office}"


class Span(msgspec.Struct, frozen=True):
    """Text of one look."""

    text: str
    bold: bool
    size: float
    hidden: bool
    struck: bool = False
    white: bool = False
    """White, with nothing behind it that the run itself says."""
    underlined: bool = False
    """By the author's hand; the style of a link underlines too, and says nothing."""


class SignatureLine(msgspec.Struct, frozen=True):
    """Word's own signature line: the setup id that a signature refers to, and who is to sign."""

    setup_id: str
    name: str
    charge: str


class Flow(msgspec.Struct):
    """What runs on from paragraph to paragraph within one part."""

    page: int | None = None
    """Page that is being read; None where the part does not say where its pages break."""
    fresh: bool = False
    """A page break was asked for and nothing written since: the rendered break that follows is the same one."""
    fields: list[bool] = []
    """Open complex fields, outermost first; True once the result has begun."""

    def break_page(self) -> None:
        """A break that the author asked for."""
        if self.page is not None:
            self.page += 1
        self.fresh = True

    def break_rendered(self) -> None:
        """A break that Word recorded when it last laid the file out."""
        if not self.fresh and self.page is not None:
            self.page += 1
        self.fresh = False


class Inline:
    """Gathers what paragraphs show; several ``read`` calls join paragraphs whose mark is deleted."""

    def __init__(self, styles: Styles, flow: Flow) -> None:
        self.spans: list[Span] = []
        self.images = 0
        self.boxes: list[etree._Element] = []
        """``txbxContent`` elements anchored here."""
        self.diagrams: list[str] = []
        """Relationship ids of SmartArt data."""
        self.lines: list[SignatureLine] = []
        self.page: int | None = None
        self._styles = styles
        self._flow = flow
        self._style = Style()
        self._cell_look = Look()

    def read(self, paragraph: etree._Element, style: Style, cell_look: Look, placeholder: bool) -> None:
        """Take in a paragraph; ``cell_look`` is what its table's style adds, ``placeholder`` drops text that only prompts."""
        self._style = style
        self._cell_look = cell_look
        self._walk(paragraph, placeholder)
        if self.page is None:
            self.page = self._flow.page

    def _walk(self, parent: etree._Element, placeholder: bool) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, placeholder)
            elif name == "sdt":
                if (content := child(element, "sdtContent")) is not None:
                    self._walk(content, placeholder or is_placeholder(element))
            elif name == "AlternateContent":
                if (choice := chosen(element)) is not None:
                    self._walk(choice, placeholder)
            elif name not in UNSEEN:
                self._walk(element, placeholder)

    def _run(self, run: etree._Element, placeholder: bool) -> None:
        pieces: list[str] = []
        properties: etree._Element | None = None
        for element in run:
            name = local(element)
            if name == "rPr":
                properties = element
            elif name == "t":
                if not placeholder and all(self._flow.fields):
                    pieces.append(element.text or "")
                    self._written()
            else:
                self._special(element, name, pieces, placeholder)
        if pieces:
            self._add("".join(pieces), properties)

    def _special(self, element: etree._Element, name: str, pieces: list[str], placeholder: bool) -> None:
        if name == "lastRenderedPageBreak":
            self._flow.break_rendered()
        elif name == "fldChar":
            self._field(element, pieces)
        elif name == "br" and attr(element, "type") == "page":
            self._flow.break_page()
        elif name in ("drawing", "pict", "object", "contentPart"):
            if not placeholder:
                self._graphic(element)
        elif name == "AlternateContent":
            for part in () if (choice := chosen(element)) is None else choice:
                self._special(part, local(part), pieces, placeholder)
        elif name == "ruby":
            if (base := child(element, "rubyBase")) is not None:
                self._walk(base, placeholder)
        elif not placeholder and all(self._flow.fields) and (text := _character(element, name)):
            pieces.append(text)

    def _written(self) -> None:
        self._flow.fresh = False
        if self.page is None:
            self.page = self._flow.page

    def _add(self, text: str, properties: etree._Element | None) -> None:
        direct = read_look(properties)
        named = self._styles.get(direct.style).look
        inherited, table, default = self._style.look, self._cell_look, self._styles.default
        bold = direct.bold
        if bold is None:
            # Bold toggles: a bold character style inside a bold paragraph style is not bold.
            bold = bool(named.bold) != bool(inherited.bold) or (
                inherited.bold is None and bool(table.bold or default.bold)
            )
        hidden = direct.hidden
        if hidden is None:
            hidden = bool(named.hidden) != bool(inherited.hidden) or bool(default.hidden)
        size = direct.size or named.size or inherited.size or table.size or default.size or 0.0
        struck = next((s for s in (direct.struck, named.struck, inherited.struck) if s is not None), False)
        color = direct.color or named.color or inherited.color or table.color or default.color
        white = color is not None and is_white(color) and not paints(properties)
        if white and direct.style is not None:
            white = not self._styles.painted(direct.style)
        self.spans.append(Span(text, bold, size, hidden, struck, white, direct.underlined))

    def _field(self, element: etree._Element, pieces: list[str]) -> None:
        kind = attr(element, "fldCharType")
        fields = self._flow.fields
        if kind == "begin":
            if (form := child(element, "ffData")) is not None and all(fields):
                pieces.append(_form_value(form))
            fields.append(False)
        elif fields and kind == "separate":
            fields[-1] = True
        elif fields and kind == "end":
            fields.pop()

    def _graphic(self, element: etree._Element) -> None:
        name = local(element)
        if name == "txbxContent":
            self.boxes.append(element)
        elif name in ("blip", "imagedata", "chart", "contentPart"):
            self.images += 1
        elif name == "relIds":
            self.diagrams.append(relation_id(element, "dm") or "")
        elif name == "signatureline":
            signer = element.get(f"{_OFFICE}suggestedsigner", ""), element.get(f"{_OFFICE}suggestedsigner2", "")
            self.lines.append(SignatureLine(element.get("id", ""), str(signer[0]), str(signer[1])))
        elif name == "AlternateContent":
            for part in () if (choice := chosen(element)) is None else choice:
                self._graphic(part)
        elif name != "Fallback":
            for part in element:
                self._graphic(part)


def floats(box: etree._Element) -> bool:
    """The text box stands where it was dragged to, not in a line of text."""
    for element in box.iterancestors():
        name = local(element)
        if name in ("anchor", "inline", "p"):
            return name == "anchor"
        if name in ("shape", "rect", "group") and "position:absolute" in element.get("style", "").replace(" ", ""):
            return True
    return False


def chosen(alternate: etree._Element) -> etree._Element | None:
    """The branch of ``mc:AlternateContent`` to read: its first choice, so that nothing comes twice."""
    choice = child(alternate, "Choice")
    return child(alternate, "Fallback") if choice is None else choice


def is_placeholder(control: etree._Element) -> bool:
    """A content control that shows its prompt (``Haga clic aquí…``): nothing was written in it."""
    properties = child(control, "sdtPr")
    showing = None if properties is None else child(properties, "showingPlcHdr")
    return showing is not None and toggle(showing)


def _character(element: etree._Element, name: str) -> str:
    if name in ("tab", "ptab"):
        return "\t"
    if name in ("br", "cr"):
        return "\n"
    if name == "noBreakHyphen":
        return "-"
    if name == "sym":
        code = attr(element, "char") or ""
        try:
            point = int(code[:8], 16)
        except ValueError:
            return ""
        return _SYMBOLS.get(point, "•" if 0xE000 <= point <= 0xF8FF else chr(point) if point < 0xD800 else "")
    return ""


def _form_value(form: etree._Element) -> str:
    """What a legacy form field shows by itself; text fields show the result that follows instead."""
    if (box := child(form, "checkBox")) is not None:
        state = child(box, "checked")
        state = child(box, "default") if state is None else state
        return "☒" if state is not None and toggle(state) else "☐"
    if (choice := child(form, "ddList")) is not None:
        entries = [val(e) or "" for e in choice if local(e) == "listEntry"]
        picked = val(child(choice, "result")) or val(child(choice, "default"))
        index = number(picked, 0)
        return entries[index] if 0 <= index < len(entries) else ""
    return ""
