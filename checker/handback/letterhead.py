"""The document an outline is drawn into: our plain one, or the office's own letterhead with its placeholders.

A letterhead is a docx that may say ``{{ titulo }}``, ``{{ norma }}``, ``{{ numeral }}``, ``{{ contenido }}`` (the whole content) and
``{{ campos.fecha }}`` (one field). Templates come from others and are not trusted: they are expressions of names and a few filters,
without calls, loops or arithmetic, in Jinja's sandbox.
"""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.handback import render_docx
from checker.handback.outline import Grid, Outline, Run, Section, Text
from checker.handback.render_docx import Paper
from parsers.errors import Unreadable
from parsers.limits import Limits
from parsers.package import open_package

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

CONTENT = "contenido"
_FILTERS = ("upper", "lower", "title", "capitalize", "trim", "e")
_TOKENS = frozenset(
    "data whitespace variable_begin variable_end block_begin block_end comment_begin comment comment_end raw_begin raw_end "
    "name string dot pipe tilde eq ne linecomment linecomment_begin linecomment_end".split()
)
_STATEMENTS = frozenset(("if", "elif", "else", "endif"))
_MARK = re.compile("⟦vobo:(\\w+)⟧")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EPOCH = (1980, 1, 1, 0, 0, 0)


class TemplateError(Exception):
    """A letterhead cannot be used; the message names the file and says why, in English."""


def find(folder: Path | None, document_type: str) -> Path | None:
    """The letterhead for a type: ``<type>.docx``, else ``membrete.docx``, else None. Raises TemplateError without such a folder."""
    if folder is None:
        return None
    if not folder.is_dir():
        raise TemplateError(f"{folder}: no such folder of templates")
    return next((path for name in (document_type, "membrete") if (path := folder / f"{name}.docx").is_file()), None)


def draw(outline: Outline, letterhead: Path | None, target: Path) -> Path:
    """Write the outline to ``target``, on the letterhead where one is given. The same outline gives the same bytes."""
    document = _plain(outline) if letterhead is None else _on_letterhead(outline, letterhead)
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = outline.title, "Vo. Bo.", "Vo. Bo."
    properties.comments = properties.keywords = properties.subject = ""
    target.parent.mkdir(parents=True, exist_ok=True)
    stream = io.BytesIO()
    document.save(stream)
    target.write_bytes(_undated(stream.getvalue()))
    return target


def _undated(package: bytes) -> bytes:
    """The package with one fixed time on all its parts."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


# Without letterhead -----------------------------------------------------------------------------------------------------


def _plain(outline: Outline) -> Any:
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
    _append(document, render_docx.body(outline, _paper(document)))
    return document


def _columns(outline: Outline) -> int:
    return max((p.columns for s in outline.sections for p in s.pieces if isinstance(p, Grid) and s.field), default=0)


def _paper(document: Any) -> Paper:
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
        empty = f'<w:numbering xmlns:w="{_W[1:-1]}"/>'.encode()
        added = NumberingPart.load(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, part.package)
        part.relate_to(added, RELATIONSHIP_TYPE.NUMBERING)
    root = part.numbering_part.element
    kind = 1 + max((int(e.get(f"{_W}abstractNumId")) for e in root.iter(f"{_W}abstractNum")), default=0)
    number = 1 + max((int(e.get(f"{_W}numId")) for e in root.iter(f"{_W}num")), default=0)
    abstract = parse_xml(
        f'<w:abstractNum xmlns:w="{_W[1:-1]}" w:abstractNumId="{kind}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    )
    first = root.find(f"{_W}num")
    if first is None:
        root.append(abstract)
    else:
        first.addprevious(abstract)  # the schema wants kinds before lists
    last = [*root.iter(f"{_W}abstractNum"), *root.iter(f"{_W}num")][-1]
    last.addnext(parse_xml(f'<w:num xmlns:w="{_W[1:-1]}" w:numId="{number}"><w:abstractNumId w:val="{kind}"/></w:num>'))
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

    from checker.handback.compose import FOOTER

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
    for run in paragraph._p.iter(f"{_W}rPr"):
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
        if not own or style.font.color is None or style.element.find(f".//{_W}rFonts[@{_W}asciiTheme]") is not None:
            style.font.bold, style.font.italic = True, False
            style.font.size = Pt({1: 12, 2: 11}.get(level, 10.5))
            style.font.color.rgb = RGBColor(0x1F, 0x4E, 0x45)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10), Pt(4)
            for fonts in style.element.iter(f"{_W}rFonts"):
                fonts.attrib.clear()
        outline_level = style.element.get_or_add_pPr().find(f"{_W}outlineLvl")
        if outline_level is None:
            outline_level = style.element.get_or_add_pPr().makeelement(f"{_W}outlineLvl", {})
            style.element.get_or_add_pPr().append(outline_level)
            outline_level.set(f"{_W}val", str(level - 1))
        found[level] = style.style_id
    return found


def _append(document: Any, elements: list[Any]) -> None:
    body = document.element.body
    last = body.find(f"{_W}sectPr")
    for element in elements:
        if last is not None:
            last.addprevious(element)
        else:
            body.append(element)


# On letterhead ----------------------------------------------------------------------------------------------------------


def _on_letterhead(outline: Outline, path: Path) -> Any:
    document = _rendered(outline, path)
    paper = _paper(document)
    sections = {section.field: section for section in outline.sections if section.field}
    marked = {match[1] for text in _texts(document) for match in _MARK.finditer(text.text or "")}
    for text in list(_texts(document)):
        while match := _MARK.search(text.text or ""):
            if match[1] == CONTENT:
                text = _insert(text, match, render_docx.body(outline, paper)[1:], path)
            else:
                text = _insert_field(text, match, sections.get(match[1]), paper, path)
    if CONTENT in marked:
        return document
    left = tuple(s for s in outline.sections if s.field not in marked)
    if marked:
        _append(document, render_docx.sections(left, paper))
        return document
    for paragraph in list(document.element.body):
        if paragraph.tag == f"{_W}p" and not _holds(paragraph):
            document.element.body.remove(paragraph)
    _append(document, render_docx.body(outline, paper))
    return document


def _holds(paragraph: Any) -> bool:
    """Text, pictures or a section break: what a letterhead's paragraph is there for."""
    kept = {f"{_W}t", f"{_W}drawing", f"{_W}pict", f"{_W}sectPr", f"{_W}object"}
    return any(element.tag in kept for element in paragraph.iter())


def _texts(document: Any) -> Iterator[Any]:
    """Every text element of body, headers and footers."""
    roots = [document.element.body]
    for section in document.sections:
        roots += [part._element for part in _headers(section) if not part.is_linked_to_previous]
    seen: set[int] = set()
    for root in roots:
        if id(root) not in seen:
            seen.add(id(root))
            yield from root.iter(f"{_W}t")


def _headers(section: Any) -> tuple[Any, ...]:
    return (
        section.header,
        section.footer,
        section.first_page_header,
        section.first_page_footer,
        section.even_page_header,
        section.even_page_footer,
    )


def _insert_field(text: Any, match: re.Match[str], section: Section | None, paper: Paper, path: Path) -> Any:
    if section is None:
        return _insert_runs(text, match, ())
    if all(isinstance(p, Text) and not p.label for p in section.pieces) and len(section.pieces) <= 3:
        inline: list[Run] = []
        for piece in section.pieces:
            assert isinstance(piece, Text)
            inline += [*([Run(" ")] if inline else []), *piece.runs]
        return _insert_runs(text, match, tuple(inline))
    return _insert(text, match, render_docx.pieces(section.pieces, paper), path)


def _insert_runs(text: Any, match: re.Match[str], inline: tuple[Run, ...]) -> Any:
    """Replace the mark by runs in the look of the run around it; the element with the text after the mark."""
    run = text.getparent()
    before, after = text.text[: match.start()], text.text[match.end() :]
    text.text = before
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    rest = copy.deepcopy(run)
    rest_text = next(rest.iter(f"{_W}t"))
    rest_text.text = after
    rest_text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(rest)
    for element in render_docx.runs(inline):
        _inherit(run, element)
        rest.addprevious(element)
    return rest_text


def _inherit(run: Any, element: Any) -> None:
    """Give ``element`` the properties of ``run`` that it does not set itself, in the order that the schema asks for."""
    theirs, ours = run.find(f"{_W}rPr"), element.find(f"{_W}rPr")
    if theirs is None:
        return
    merged = copy.deepcopy(theirs)
    for own in ours:
        for same in merged.findall(own.tag):
            merged.remove(same)
        merged.append(own)
    element.replace(ours, merged)


def _insert(text: Any, match: re.Match[str], elements: list[Any], path: Path) -> Any:
    """Put blocks where the mark is, which must have a paragraph of the body for itself."""
    paragraph = next(text.iterancestors(f"{_W}p"))
    whole = "".join(t.text or "" for t in paragraph.iter(f"{_W}t")).strip()
    in_body = any(a.tag == f"{_W}body" for a in paragraph.iterancestors())
    if whole != match[0] or not in_body:
        raise TemplateError(
            f"{path}: {{{{ {'' if match[1] == CONTENT else 'campos.'}{match[1]} }}}} needs a paragraph of its own in the body, "
            "since it holds lists or tables"
        )
    for element in elements:
        paragraph.addprevious(element)
    text.text = ""
    parent = paragraph.getparent()
    if parent.tag != f"{_W}tc" and paragraph.find(f"{_W}pPr/{_W}sectPr") is None:
        parent.remove(paragraph)
    return text


def _rendered(outline: Outline, path: Path) -> Any:
    """The letterhead with its names filled in and marks where content goes."""
    import jinja2
    from docxtpl import DocxTemplate

    _guard(path)
    context = {
        "titulo": outline.title,
        "subtitulo": outline.subtitle,
        "norma": outline.norm,
        "numeral": outline.numeral,
        CONTENT: f"⟦vobo:{CONTENT}⟧",
        "campos": {name: f"⟦vobo:{name}⟧" for name in outline.fields},
    }
    try:
        template = DocxTemplate(str(path))
        template.render(context, jinja_env=_environment(), autoescape=True)
    except jinja2.TemplateError as error:
        raise TemplateError(f"{path}: {error}") from error
    except (ValueError, KeyError, zipfile.BadZipFile) as error:
        raise TemplateError(f"{path} is not a docx that can be used: {error}") from error
    return template.docx


def _guard(path: Path) -> None:
    """Refuse bombs, and letterheads that fetch something from elsewhere when they are opened."""
    try:
        package = open_package(path, Limits())
        for name in package.names:
            if name.endswith(".rels"):
                folder, _, base = name.removesuffix(".rels").rpartition("_rels/")
                for relation in package.relations(folder + base):
                    if relation.external and relation.kind != "hyperlink":
                        raise TemplateError(
                            f"{path}: refers to a {relation.kind} outside of the file ({relation.target})"
                        )
            elif name.endswith(".xml"):
                package.xml(name)
            else:
                package.read(name)
    except Unreadable as error:
        raise TemplateError(f"{path}: {error.reason}") from error


@cache
def _environment() -> SandboxedEnvironment:
    import jinja2
    from jinja2.ext import Extension
    from jinja2.sandbox import SandboxedEnvironment

    class Restricted(Extension):
        """Only names, dots, strings, comparisons, a few filters and ``if``: what a letterhead needs, and nothing that can run long."""

        def filter_stream(self, stream: Any) -> Any:
            """Pass tokens on; raise at the first that is not allowed."""
            previous = ""
            for token in stream:
                bad = token.type not in _TOKENS
                bad |= previous == "block_begin" and token.value not in _STATEMENTS
                bad |= previous == "pipe" and token.value not in _FILTERS
                bad |= previous == "dot" and str(token.value).startswith("_")
                if bad:
                    raise jinja2.TemplateSyntaxError(f"{token.value!r} is not allowed in a letterhead", token.lineno)
                previous = token.type
                yield token

    environment = SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined, extensions=[Restricted])
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    return environment
