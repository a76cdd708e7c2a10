"""``vobo check PATH…``: the main job."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from checker.cli import DEFECT, FINDINGS, OK, USAGE
from checker.cli.outputs import Output, UsageError, outputs
from checker.cli.progress import Progress
from checker.cli.settings import Settings, settings
from checker.cli.style import style_of
from checker.findings import SEVERITIES, Result, Verdict
from checker.options import Options, matches
from checker.report import MODULES, Aside, assemble, render, summary_of, text, words
from checker.report.masking import masked

if TYPE_CHECKING:
    from checker.judged import Checked
    from checker.packs.pack import Pack

SUMMARY = "check files against the norms that govern them, and hand back what to correct"
EXAMPLES = """\
  vobo check minuta.docx                                 one file
  vobo check entregas/ 'otras/**/*.pdf'                  folders and patterns
  git diff --name-only | vobo check -                    paths from standard input, one a line
  vobo check entregas/ --format html --output informe.html
  vobo check entregas/ --format json,sarif --output json=r.json --output sarif=r.sarif
  vobo check plan.docx planeacion.docx                   relates what belongs together
  vobo check caso.yaml bitacora.csv registro.xes.gz      case records: who did what, when, in which order
  vobo check --expediente expedientes/A-2026-017         a folder of e-mails and documents as one case
  vobo check plan.docx --relate planeacion=p.docx        says what to compare with
  vobo check plan.docx --annotate devueltos/ --correct corregidos/ --reply correos/
  vobo check entregas/ --select PV-040 --ignore '*.firmantes-asistentes' --severity PV-039=info

exit codes, the gravest one where several apply:
  0  everything complies (or --exit-zero)
  1  a rule is violated at or above --fail-level
  2  bad usage, a file that cannot be read, or, under --strict, something undetermined
  3  a defect of vobo itself"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command. What is not given falls to ``vobo.toml``, then to the default; so no default stands here."""
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", help="file, folder, pattern, or - for a list on standard input"
    )

    report = parser.add_argument_group("report")
    add = report.add_argument
    add(
        "--format",
        action="append",
        default=[],
        metavar="FORMAT",
        help=f"{', '.join(MODULES)}; repeatable, or a list with commas (default: text)",
    )
    add(
        "--output",
        "-o",
        action="append",
        default=[],
        metavar="[FORMAT=]FILE",
        help="write to FILE; repeatable, in the order of the formats",
    )
    add("--quiet", "-q", action="store_true", help="no progress bar, and in text only what needs attention")
    add("--show-personal-data", action="store_true", help="do not mask CURP, NSS, e-mails and telephones")

    rules = parser.add_argument_group("rules")
    add = rules.add_argument
    add(
        "--select",
        action="append",
        metavar="RULE",
        help="only these: ids, obligations, prefixes (PV-04), patterns (*.firmas); repeatable, commas",
    )
    add("--ignore", action="append", metavar="RULE", help="not these; wins over --select")
    add(
        "--severity",
        action="append",
        metavar="RULE=LEVEL",
        help="error, warning or info for a rule, an obligation or a pattern",
    )
    add("--type", metavar="ID", help="document type of all files, as ID or PACK#ID, not recognised (see `vobo types`)")
    add(
        "--relate",
        action="append",
        default=[],
        metavar="TYPE=FILE",
        help="compare with this FILE as the other document, as planeacion-anual=p.docx; repeatable (default: told by content)",
    )
    add("--pack", action="append", metavar="ID", help="only this pack; repeatable")
    add("--rules", action="append", metavar="DIR", type=Path, help="folder with more packs; repeatable")
    add("--as-of", metavar="DATE", help="day whose editions govern, as 2026-02-03 (default: each file's own date)")
    add(
        "--signed",
        action=argparse.BooleanOptionalAction,
        help="files are signed finals: a signature that cannot be seen is a fault",
    )

    cases = parser.add_argument_group("case records")
    add = cases.add_argument
    add(
        "--procedure",
        metavar="ID",
        help="procedure of the cases, as ID or PACK#ID (default: what they say, or recognised)",
    )
    add("--partial", action="store_true", help="the records are extracts: no complaint about what lies outside them")
    add(
        "--directory",
        metavar="FILE",
        type=Path,
        help="who held which office when (default: directorio.yaml beside a record)",
    )
    add(
        "--expediente",
        action="store_true",
        help="each folder is one case: its events follow from the e-mails and documents in it",
    )

    outcome = parser.add_argument_group("exit code")
    add = outcome.add_argument
    add("--fail-level", choices=tuple(reversed(SEVERITIES)), help="lowest severity that exits with 1 (default: error)")
    add("--strict", action=argparse.BooleanOptionalAction, help="what is undetermined exits with 2")
    add(
        "--exit-zero",
        action="store_true",
        help="exit with 0 whatever the files say; bad usage and defects keep their codes",
    )

    back = parser.add_argument_group("handing back")
    add = back.add_argument
    add("--annotate", metavar="DIR", type=Path, help="copies with the findings where they belong")
    add("--correct", metavar="DIR", type=Path, help="corrected documents, with placeholders where a person must write")
    add("--reply", metavar="DIR", type=Path, help="draft e-mails that return or accept each file")
    add("--template-dir", metavar="DIR", type=Path, help="the office's own docx templates, for its letterhead")

    reading = parser.add_argument_group("reading")
    add = reading.add_argument
    add("--ocr", choices=("auto", "off"), help="read pages without text with tesseract (default: auto)")
    add(
        "--attachments",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="check attachments as files of their own (default: yes)",
    )
    add("--seconds", metavar="N", help="time for one file (default: 30)")
    add("--memory", metavar="MIB", help="memory for one file, in MiB (default: 1024)")
    add("--jobs", "-j", metavar="N", help="files at the same time (default: one for each processor)")
    add("--config", metavar="FILE", type=Path, help="instead of the nearest vobo.toml above the working folder")


def run(args: argparse.Namespace) -> int:
    """Check, tell each file as it is done, and answer with the exit code of the contract."""
    from checker.check import check, load, receipt
    from checker.collect import collect

    wanted = outputs(args.format, args.output)
    own = [*(output.file for output in wanted if output.file), *filter(None, (args.annotate, args.correct, args.reply))]
    stdin = sys.stdin.buffer if "-" in args.paths else ()
    paths = list(collect(args.paths, stdin, skip=own, whole=args.expediente))
    if not paths and "-" not in args.paths:
        raise UsageError(f"no files in {', '.join(args.paths)}")
    chosen = settings(args, len(paths), drawn=any(o.format == "html" for o in wanted))
    packs = load(chosen.options)
    _no_empty_selection(chosen.options, packs)
    titles = {id_: type_.title for pack in packs for id_, type_ in pack.types.items()}
    log = _Log(args, _TERMINAL in wanted, titles)
    kept = _Kept(keep=any(o != _TERMINAL for o in wanted))
    with Progress(len(paths), wanted=not args.quiet) as progress:
        for checked in check(progress.watch(paths), chosen.options):
            result = checked.result if args.show_personal_data else masked(checked.result)
            if checked.title:
                titles[result.path] = checked.title
            kept.add(result, checked)
            progress.clear()
            log.submission(result, checked)
            if not kept.keep:
                titles.pop(result.path, None)
    log.totals(kept)
    if kept.keep:
        report = assemble(kept.results, receipt(chosen.options))
        aside = Aside(titles, tuple(kept.written), tuple(kept.drawings), chosen.fail_level)
        for output in wanted:
            if output != _TERMINAL:
                _write(output, render(output.format, report, aside), args.quiet)
    return _exit_code(kept, chosen, args.exit_zero)


def _no_empty_selection(options: Options, packs: Iterable[Pack]) -> None:
    """A misspelt --select would let everything pass; a misspelt --ignore or --severity only lets findings stand."""
    if not options.select:
        return  # the rules on cases are made only where somebody asks for them
    rules = [rule for pack in packs for rule in pack.every_rule]
    for pattern in options.select:
        if not any(matches(pattern, rule.head.id, rule.obligations) for rule in rules):
            raise UsageError(f"no rule matches {pattern!r} (`vobo rules list` shows them)")


_TERMINAL = Output("text", None)
"""Written as files are done, and not from the whole report."""


class _Kept:
    """What the end of the run needs: totals, and the results themselves only when a report of all of them is wanted."""

    def __init__(self, keep: bool) -> None:
        self.keep = keep
        self.results: list[Result] = []
        self.written: list[tuple[Path, ...]] = []
        self.drawings: list[str] = []
        self.verdicts: Counter[Verdict] = Counter()
        self.weights: Counter[words.Weight] = Counter()
        self.defects = 0
        self.troubles = 0

    def add(self, result: Result, checked: Checked) -> None:
        self.verdicts[result.verdict] += 1
        self.weights.update(map(words.weight, result.findings))
        self.defects += bool(checked.defect)
        self.troubles += len(checked.trouble)
        if self.keep:
            self.results.append(result)
            self.written.append(checked.written)
            self.drawings.append(checked.drawing)


class _Log:
    """Text on standard output, submission by submission, and defects on standard error."""

    def __init__(self, args: argparse.Namespace, shown: bool, titles: words.Titles) -> None:
        self._shown = shown
        self._quiet: bool = args.quiet
        self._debug: bool = args.debug
        self._titles = titles
        self._style = style_of(sys.stdout, os.environ)
        self._width = shutil.get_terminal_size((100, 24)).columns

    def submission(self, result: Result, checked: Checked) -> None:
        if checked.defect:
            self._defect(words.one_line(result.path), checked.defect.strip())
        for trouble in checked.trouble:
            print(f"vobo check: {words.one_line(trouble)}", file=sys.stderr)
        if self._shown and not (self._quiet and result.verdict == "compliant" and not result.findings):
            _print(text.submission(result, checked.written, self._titles, self._style, self._width) + "\n")

    def _defect(self, path: str, trace: str) -> None:
        told = f"\n{trace}" if self._debug else f" {trace.splitlines()[-1]} (--debug shows where)"
        print(f"vobo check: internal error on {path}:{told}", file=sys.stderr)

    def totals(self, kept: _Kept) -> None:
        if self._shown:
            counts = {weight: kept.weights[weight] for weight in words.WEIGHTS}
            _print(text.totals(summary_of(kept.verdicts), counts, self._style))


def _print(shown: str) -> None:
    """To standard output at once; what its encoding does not have is written as an escape."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(shown.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def _write(output: Output, report: str, quiet: bool) -> None:
    """Reports for machines are UTF-8 whatever the terminal speaks."""
    if output.file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(report.encode())
        sys.stdout.buffer.flush()
        return
    try:
        output.file.write_text(report, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"--output {output.file}: {error.strerror}") from error
    if not quiet:
        print(f"vobo: {output.format} report in {output.file}", file=sys.stderr)


def _exit_code(kept: _Kept, chosen: Settings, zero: bool) -> int:
    """The gravest: a defect, then what could not be answered, then what was answered with no."""
    if kept.defects:
        return DEFECT
    if kept.troubles:
        return USAGE
    if zero:
        return OK
    if kept.verdicts["unreadable"] or (chosen.strict and kept.verdicts["undetermined"]):
        return USAGE
    return FINDINGS if any(kept.weights[s] for s in SEVERITIES[SEVERITIES.index(chosen.fail_level) :]) else OK
