"""The document of our own, for offices without a letterhead, and what any document needs to be drawn into."""

from __future__ import annotations

from typing import Any

from checker.handback import render_docx
from checker.handback.leftovers import FOOTER
from checker.handback.outline import Grid, Outline, Run
from checker.handback.render_docx import Paper

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def plain(outline: Outline) -> Any:
    """A document with the outline on plain paper."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = docx.Document()
    _keep_only_fonts(document)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    _font(normal.element)
    normal.paragraph_format.space_after = Pt(4)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(27.94)
    if _columns(outline) >= 5:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    section.left_margin = section.right_margin = Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    _footer(section, outline)
    append(document, render_docx.body(outline, paper_of(document)))
    return document


def _columns(outline: Outline) -> int:
    return max((p.columns for s in outline.sections for p in s.pieces if isinstance(p, Grid) and s.field), default=0)


def paper_of(document: Any) -> Paper:
    """What the document offers to what is drawn at its end."""
    section = document.sections[-1]
    width = int((section.page_width - section.left_margin - section.right_margin) / 635)
    return Paper(width, _headings(document), lambda: _new_list(document))


def _new_list(document: Any) -> int:
    """A numbered list of its own, ``1. 2. 3.``, in the document's numbering, which is added where there is none."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.oxml import parse_xml
    from docx.parts.numbering import NumberingPart

    part = document.part
    if not any(r.reltype == RELATIONSHIP_TYPE.NUMBERING for r in part.rels.values()):
        empty = f'<w:numbering xmlns:w="{W[1:-1]}"/>'.encode()
        added = NumberingPart.load(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, part.package)
        part.relate_to(added, RELATIONSHIP_TYPE.NUMBERING)
    root = part.numbering_part.element
    kind = 1 + max((int(e.get(f"{W}abstractNumId")) for e in root.iter(f"{W}abstractNum")), default=0)
    number = 1 + max((int(e.get(f"{W}numId")) for e in root.iter(f"{W}num")), default=0)
    abstract = parse_xml(
        f'<w:abstractNum xmlns:w="{W[1:-1]}" w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    )
    first = root.find(f"{W}num")
    if first is None:
        root.append(abstract)
    else:
        first.addprevious(abstract)  # the schema wants kinds before lists
    last = [*root.iter(f"{W}abstractNum"), *root.iter(f"{W}num")][-1]
    last.addnext(parse_xml(f'<w:num xmlns:w="{W[1:-1]}" w:numId="{number}"><w:abstractNumId w:val="{kind}"/></w:num>'))
    return number


def _font(style: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = style.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), "Noto Sans")
    properties.insert(0, fonts)


def _keep_only_fonts(document: Any) -> None:
    """Tell the word processor what to use where Noto Sans, the typeface of federal offices, is not installed."""
    fonts = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts xmlns:w="http://schemas.openxmlformats.org/'
        'wordprocessingml/2006/main"><w:font w:name="Noto Sans"><w:altName w:val="Calibri"/><w:family w:val="swiss"/>'
        '<w:pitch w:val="variable"/></w:font></w:fonts>'
    )
    for part in document.part.package.parts:
        if part.partname.endswith("/fontTable.xml"):
            part._blob = fonts.encode()


def _footer(section: Any, outline: Outline) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    said = Run(f"{FOOTER}: {outline.norm}, numeral {outline.numeral}.", "faint")
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for element in render_docx.runs((said, Run("\nPágina ", "faint"))):
        paragraph._p.append(element)
    for name, between in (("PAGE", " de "), ("NUMPAGES", "")):
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), name)
        for element in render_docx.runs((Run("1", "faint"),)):
            field.append(element)
        paragraph._p.append(field)
        for element in render_docx.runs((Run(between, "faint"),)):
            paragraph._p.append(element)
    for run in paragraph._p.iter(f"{W}rPr"):
        size = OxmlElement("w:sz")
        size.set(qn("w:val"), "15")
        run.append(size)


def _headings(document: Any) -> dict[int, str]:
    """Level → style id; built-in headings that the document lacks are added."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    found: dict[int, str] = {}
    for level in range(1, 5):
        name = f"Heading {level}"
        own = name in document.styles
        style = document.styles[name] if own else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        if not own or style.font.color is None or style.element.find(f".//{W}rFonts[@{W}asciiTheme]") is not None:
            style.font.bold, style.font.italic = True, False
            style.font.size = Pt({1: 12, 2: 11}.get(level, 10.5))
            style.font.color.rgb = RGBColor(0x1F, 0x4E, 0x45)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(4)
            for fonts in style.element.iter(f"{W}rFonts"):
                fonts.attrib.clear()
        outline_level = style.element.get_or_add_pPr().find(f"{W}outlineLvl")
        if outline_level is None:
            outline_level = style.element.get_or_add_pPr().makeelement(f"{W}outlineLvl", {})
            style.element.get_or_add_pPr().append(outline_level)
            outline_level.set(f"{W}val", str(level - 1))
        found[level] = style.style_id
    return found


def append(document: Any, elements: list[Any]) -> None:
    """Put elements at the end of the body, before the properties of its last section."""
    body = document.element.body
    last = body.find(f"{W}sectPr")
    for element in elements:
        if last is not None:
            last.addprevious(element)
        else:
            body.append(element)
