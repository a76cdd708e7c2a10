"""Recognising, observing and deciding, against parsing the same file."""

from __future__ import annotations

from pathlib import Path

from bench.documents import as_pdf, minuta
from bench.measure import Measured, ms, side_by_side
from checker.check import Job, check_file, load
from checker.options import Options
from parsers.dispatch import load_file, read_bytes


def measure(folder: Path, rounds: int = 15) -> list[Measured]:
    """A short and a long minuta, in docx and in pdf."""
    found = []
    for name, agreements, paragraphs in (("4 pages", 6, 40), ("40 pages", 60, 480)):
        docx = minuta(folder / f"{paragraphs}.docx", agreements=agreements, paragraphs=paragraphs)
        for path, bound in ((docx, 0.50), (as_pdf(docx), 0.25)):
            found.append(_on_top(path, name, bound, rounds))
    return found


def _on_top(path: Path, name: str, bound: float, rounds: int) -> Measured:
    options = Options()
    packs = load(options)

    def parse() -> object:
        return read_bytes(load_file(path, options.limits), path.name, options.limits)

    def whole() -> object:
        return check_file(Job(path, path.stem), options, packs)

    parsing, checking = side_by_side(parse, whole, rounds)
    return Measured(
        f"recognise, observe and decide, on top of parsing a {path.suffix[1:]} of {name}",
        f"parsing {ms(parsing)}, the rest {ms(checking - parsing)}",
        (checking - parsing) / parsing,
        bound,
    )
