"""Recognising, observing and deciding, against parsing the same file."""

from __future__ import annotations

import hashlib
import statistics
import time
from pathlib import Path

from bench.documents import as_pdf, minuta
from bench.measure import Measured, ms, settle
from checker.check import load
from checker.judge import Setting, check_document
from checker.judged import Job
from checker.options import Options
from parsers.dispatch import load_file, read_bytes


def measure(folder: Path, rounds: int = 15) -> list[Measured]:
    """A short and a long minuta, in docx and in pdf; in every round one with words of its own, as no two documents are alike."""
    found = []
    for name, agreements, paragraphs in (("4 pages", 6, 40), ("40 pages", 60, 480)):
        docx = [
            minuta(folder / f"{paragraphs}-{n}.docx", agreements=agreements, paragraphs=paragraphs, variant=n)
            for n in range(rounds + 1)
        ]
        for paths, bound in ((docx, 0.50), (as_pdf(docx), 0.25)):
            found.append(_on_top(paths, name, bound))
    return found


def _on_top(paths: list[Path], name: str, bound: float) -> Measured:
    """Parsing and judging take turns; the first document only warms up."""
    options = Options()
    packs = load(options)
    parsing, judging = [], []
    for path in paths:
        settle()
        start = time.perf_counter()
        data = load_file(path, options.limits)
        document = read_bytes(data, path.name, options.limits)
        parsing.append(time.perf_counter() - start)
        settle()
        start = time.perf_counter()
        check_document(Job(path, path.stem), document, hashlib.sha256(data).hexdigest(), Setting(options, packs))
        judging.append(time.perf_counter() - start)
    parsed, judged = statistics.median(parsing[1:]), statistics.median(judging[1:])
    return Measured(
        f"recognise, observe and decide, on top of parsing a {paths[0].suffix[1:]} of {name}",
        f"parsing {ms(parsed)}, the rest {ms(judged)}",
        judged / parsed,
        bound,
    )
