"""``vobo inspect FILE``: what was read and why it was taken for what it was taken for."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.options import Options
    from checker.recognise.model import Recognised

SUMMARY = "show how a file was read: blocks with places, labels with their evidence, fields and runners-up"
EXAMPLES = """\
  vobo inspect minuta.docx              everything
  vobo inspect minuta.docx --fields     only the fields and their runners-up
  vobo inspect scan.pdf --type minuta-de-reunion"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to look into")
    parser.add_argument("--type", metavar="ID", help="take it for this document type (see `vobo types`)")
    parser.add_argument("--rules", metavar="DIR", type=Path, action="append", default=[], help="folder with more packs")
    parser.add_argument(
        "--ocr", choices=("auto", "off"), default="auto", help="read pages without text with tesseract (default: auto)"
    )
    parser.add_argument(
        "--show-personal-data", action="store_true", help="do not mask CURP, NSS, e-mails and telephones"
    )
    only = parser.add_mutually_exclusive_group()
    only.add_argument("--blocks", action="store_true", help="only the blocks with their places")
    only.add_argument("--labels", action="store_true", help="only the labels with their evidence")
    only.add_argument("--fields", action="store_true", help="only the fields")


def run(args: argparse.Namespace) -> int:
    """Print the picture; 2 when the file cannot be read."""
    from checker.options import Options
    from checker.report.masking import mask
    from parsers.limits import Limits
    from parsers.worker import Failure, run_guarded

    limits = Limits(ocr=args.ocr)
    options = Options(
        type=args.type, rules=tuple(args.rules), limits=limits, show_personal_data=args.show_personal_data
    )

    def work(path: Path) -> str:
        parts = ("blocks", "labels", "fields")
        chosen = [p for p in parts if getattr(args, p)] or list(parts)
        picture = "\n".join(_picture(path, options, chosen))
        return picture if args.show_personal_data else mask(picture)

    for path, answer in run_guarded(work, [args.file], workers=1, seconds=limits.seconds, memory=limits.memory):
        if isinstance(answer, Failure):
            print(f"vobo: {path}: {answer.told(debug=getattr(args, 'debug', False))}", file=sys.stderr)
            return 3 if answer.code == "defect" else 2
        print(answer)
    return 0


def _picture(path: Path, options: Options, parts: list[str]) -> Iterator[str]:
    from checker.check import load
    from checker.judge import candidates
    from checker.recognise.recognise import recognise
    from parsers import read

    document = read(path, options.limits)
    yield f"{path}  {document.media_type}" + (f"  {document.pages} pages" if document.pages else "")
    yield from (f"  note: {note}" for note in document.notes)
    yield from (f"  gap: {gap.reason}" for gap in document.gaps)
    if "blocks" in parts:
        yield "\nBLOCKS"
        yield from _blocks(document.blocks, 1)
    named = options.type and options.type.rpartition("#")[2]
    found = recognise(document, candidates(load(options), options.as_of, options.type), named)
    for submission in found:
        name = f" (part {submission.part})" if submission.part else ""
        kind = submission.type.id if submission.type else "not recognised"
        yield f"\nTYPE{name}: {kind}, confidence {submission.confidence:.2f}"
        if submission.runner_up:
            yield f"  runner-up: {submission.runner_up[0]} {submission.runner_up[1]:.2f}"
        if submission.reason:
            yield f"  reason: {submission.reason}"
        if submission.type and "labels" in parts:
            yield "\nLABELS"
            yield from _labels(submission)
        if submission.type and "fields" in parts:
            yield "\nFIELDS"
            yield from _fields(submission, options.show_personal_data)


def _place(place: object) -> str:
    names = ("page", "paragraph", "table", "row", "column", "cell", "line")
    known = [f"{n} {v}" for n in names if (v := getattr(place, n, None)) is not None]
    return ", ".join(known) or "no place"


def _blocks(blocks: tuple[object, ...], depth: int) -> Iterator[str]:
    from parsers.model import Paragraph, Table

    indent = "  " * depth
    for block in blocks:
        if isinstance(block, Paragraph):
            marks = [f"H{block.level}"] if block.level else []
            marks += [
                w
                for w, on in (("bold", block.bold), ("hidden", block.hidden), (block.origin, block.origin != "body"))
                if on
            ]
            marks += [f"list {block.label!r}"] if block.label else []
            marks += [f"{block.images} images"] if block.images else []
            marks += [f"ocr {block.confidence:.0%}"] if block.confidence is not None else []
            text = block.text.replace("\n", " ⏎ ")
            yield f"{indent}[{_place(block.place)}]{' (' + ', '.join(marks) + ')' if marks else ''} {text[:160]}"
        elif isinstance(block, Table):
            title = f" «{block.title}»" if block.title else ""
            yield f"{indent}[{_place(block.place)}] table of {block.rows} × {block.columns}{title}"
            for cell in block.cells:
                span = f" spans {cell.rowspan}×{cell.colspan}" if cell.rowspan > 1 or cell.colspan > 1 else ""
                yield f"{indent}  ({cell.row}, {cell.column}){span}"
                yield from _blocks(cell.blocks, depth + 2)


def _labels(submission: Recognised) -> Iterator[str]:
    from checker.recognise.labels import OTHER
    from checker.recognise.recognise import label_index
    from checker.recognise.segments import Segmenter
    from checker.recognise.stream import own_part, stream

    assert submission.type is not None
    index = label_index(submission.type)
    fuzzy = submission.document.ocr
    items = stream(own_part(submission.document), index, fuzzy)
    for segment in Segmenter(submission.type, index, fuzzy).segments(items):
        if not segment.label:
            continue
        targets = (
            ", ".join(f"{m.target if m.target != OTHER else '(other)'} {m.similarity:.2f}" for m in segment.matches)
            or "(unknown)"
        )
        where = _place(segment.place) if segment.place else ""
        how = f"[{segment.form}, strength {segment.strength:.1f}; {', '.join(segment.evidence)}]"
        yield f"  «{segment.label[:60]}» → {targets}  {how} {where}"


def _fields(submission: Recognised, personal: bool) -> Iterator[str]:
    from checker.recognise.model import Row
    from checker.report.masking import mask_value

    def told(name: str, text: str) -> str:
        return text if personal else mask_value(name, text)

    for name, value in submission.fields.items():
        words = value.problem or value.reason or told(name, value.text)
        yield f"  {name}: {value.state}" + (f"  «{words[:120]}»" if words else "")
        if value.place:
            yield f"      at {_place(value.place)}"
        if value.label or value.evidence:
            label = f"label «{value.label}» " if value.label else ""
            yield f"      by {label}({', '.join(value.evidence)}) score {value.score:.2f}"
        for row in value.value if isinstance(value.value, tuple) else ():
            if isinstance(row, Row):
                cells = "; ".join(
                    f"{n}: {c.state}{' «' + told(n, c.text)[:40] + '»' if c.text else ''}" for n, c in row.cells.items()
                )
                yield f"      {row.index}. {cells}"
        for score, quote in value.runners_up:
            yield f"      runner-up {score:.2f}: {quote}"
