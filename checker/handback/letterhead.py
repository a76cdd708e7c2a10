"""The office's own letterhead, with its placeholders filled in.

A letterhead is a docx that may say ``{{ titulo }}``, ``{{ norma }}``, ``{{ numeral }}``, ``{{ contenido }}`` (the whole content) and
``{{ campos.fecha }}`` (one field). Templates come from others and are not trusted: they are expressions of names and a few filters,
without calls, loops or arithmetic, in Jinja's sandbox.
"""

from __future__ import annotations

import copy
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.handback import render_docx
from checker.handback.outline import Outline, Run, Section, Text
from checker.handback.plain_paper import W, append, paper_of
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


class TemplateError(Exception):
    """A letterhead cannot be used; the message names the file and says why, in English."""


def find(folder: Path | None, document_type: str) -> Path | None:
    """The letterhead for a type: ``<type>.docx``, else ``membrete.docx``, else None. Raises TemplateError without such a folder."""
    if folder is None:
        return None
    if not folder.is_dir():
        raise TemplateError(f"{folder}: no such folder of templates")
    return next((path for name in (document_type, "membrete") if (path := folder / f"{name}.docx").is_file()), None)


def on_letterhead(outline: Outline, path: Path) -> Any:
    """The letterhead with the outline where it asks for it; what it does not name comes after. Raises TemplateError."""
    document = _rendered(outline, path)
    paper = paper_of(document)
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
        append(document, render_docx.sections(left, paper))
        return document
    for paragraph in list(document.element.body):
        if paragraph.tag == f"{W}p" and not _holds(paragraph):
            document.element.body.remove(paragraph)
    append(document, render_docx.body(outline, paper))
    return document


def _holds(paragraph: Any) -> bool:
    """Text, pictures or a section break: what a letterhead's paragraph is there for."""
    kept = {f"{W}t", f"{W}drawing", f"{W}pict", f"{W}sectPr", f"{W}object"}
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
            yield from root.iter(f"{W}t")


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
    rest_text = next(rest.iter(f"{W}t"))
    rest_text.text = after
    rest_text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.addnext(rest)
    for element in render_docx.runs(inline):
        _inherit(run, element)
        rest.addprevious(element)
    return rest_text


def _inherit(run: Any, element: Any) -> None:
    """Give ``element`` the properties of ``run`` that it does not set itself, in the order that the schema asks for."""
    theirs, ours = run.find(f"{W}rPr"), element.find(f"{W}rPr")
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
    paragraph = next(text.iterancestors(f"{W}p"))
    whole = "".join(t.text or "" for t in paragraph.iter(f"{W}t")).strip()
    in_body = any(a.tag == f"{W}body" for a in paragraph.iterancestors())
    if whole != match[0] or not in_body:
        raise TemplateError(
            f"{path}: {{{{ {'' if match[1] == CONTENT else 'campos.'}{match[1]} }}}} needs a paragraph of its own in the body, "
            "since it holds lists or tables"
        )
    for element in elements:
        paragraph.addprevious(element)
    text.text = ""
    parent = paragraph.getparent()
    if parent.tag != f"{W}tc" and paragraph.find(f"{W}pPr/{W}sectPr") is None:
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
