"""``vobo map FILE…``: the map of a matrix, drawn as the norm asks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.maps.model import Chart
    from checker.options import Options
    from checker.packs.pack import Pack
    from checker.recognise.model import Recognised
    from parsers.model import Document

SUMMARY = "draw the map of a matrix of problems or risks as SVG, PNG or HTML, with the list of its entries"
EXAMPLES = """\
  vobo map mupoi.xlsx -o mapa.svg
  vobo map mupoi.xlsx -o mapa.html                 a page with the map and its tables, to print or to read aloud
  vobo map muro.xlsx -o mapa.png --zoom 3          larger, for a poster
  vobo map mupoi.xlsx muro.xlsx -o mapa.svg        one file a map: mapa-mupoi.svg and mapa-muro.svg

readings of what the norm leaves open are taken from vobo.toml, as `vobo check` does"""
_FORMATS = ("svg", "png", "html")


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument(
        "files", metavar="FILE", type=Path, nargs="+", help="a matrix, or a map that lists its points, in any format"
    )
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="where to write the map")
    parser.add_argument("--format", choices=_FORMATS, help="default: what the name of the output ends in")
    parser.add_argument("--type", metavar="ID", help="take the files for this document type (see `vobo types`)")
    parser.add_argument("--rules", metavar="DIR", type=Path, action="append", default=[], help="folder with more packs")
    parser.add_argument(
        "--config", metavar="FILE", type=Path, help="vobo.toml to read (default: the nearest one above)"
    )
    parser.add_argument(
        "--zoom", metavar="N", type=float, default=2.0, help="PNG: pixels for each of the drawing's own (default: 2)"
    )
    parser.add_argument(
        "--show-personal-data", action="store_true", help="do not mask CURP, NSS, e-mails and telephones"
    )


def run(args: argparse.Namespace) -> int:
    """Write the maps and print their paths; 2 where a file cannot be read or holds no matrix, and then nothing is written."""
    from checker.cli.outputs import UsageError
    from checker.maps.model import MapError
    from checker.options import BadOption
    from checker.packs.errors import PackError

    try:
        form = _format(args.output, args.format)
        if not 0 < args.zoom <= 20:
            raise UsageError(f"--zoom {args.zoom:g}: write a number above 0, at most 20")
        charts = _charts(args.files, _options(args), args.show_personal_data, debug=getattr(args, "debug", False))
        if isinstance(charts, int):
            return charts
        for chart, target in zip(charts, _targets(charts, args.output), strict=True):
            if any(target.resolve() == file.resolve() for file in args.files):
                raise UsageError(f"{target} is one of the files to read")
            target.write_bytes(_drawn(chart, form, args.zoom))
            print(target)
            _tell(chart)
    except (MapError, BadOption, PackError, UsageError) as error:
        print(f"vobo map: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"vobo map: {error.filename or args.output}: {error.strerror or error}", file=sys.stderr)
        return 2
    return 0


def _format(output: Path, wanted: str | None) -> str:
    from checker.cli.outputs import UsageError

    ending = {"htm": "html"}.get(name := output.suffix.lower().removeprefix("."), name)
    if wanted is None and ending not in _FORMATS:
        raise UsageError(f"which format is {str(output)!r}? end it in .svg, .png or .html, or give --format")
    if not output.resolve().parent.is_dir():
        raise UsageError(f"--output {output}: there is no folder {str(output.parent)!r}")
    return wanted or ending


def _options(args: argparse.Namespace) -> Options:
    from checker.config import Config, discover, read
    from checker.options import Options

    path = args.config or discover(Path.cwd())
    config = read(path) if path else Config()
    return Options(
        type=args.type,
        rules=tuple(args.rules) or config.rules or (),
        as_of=config.as_of,
        readings=config.readings,
    )


def _charts(files: list[Path], options: Options, personal: bool, *, debug: bool) -> list[Chart] | int:
    """Every map that the files hold, in their order; the exit code, after a line about each, when some cannot be read or drawn."""
    from checker.check import load
    from checker.maps.model import MapError
    from parsers.worker import Failure, run_guarded

    packs = load(options)
    limits = options.limits

    def work(path: Path) -> tuple[Chart, ...] | str:
        try:
            return tuple(_of_file(path, packs, options, personal))
        except MapError as error:
            return str(error)

    charts: list[Chart] = []
    failed = 0
    for path, answer in run_guarded(work, files, workers=1, seconds=limits.seconds, memory=limits.memory):
        if isinstance(answer, Failure | str):
            print(
                f"vobo map: {path}: {answer.told(debug=debug) if isinstance(answer, Failure) else answer}",
                file=sys.stderr,
            )
            failed = max(failed, 3 if isinstance(answer, Failure) and answer.code == "defect" else 2)
        else:
            charts += answer
    return failed or charts


def _of_file(path: Path, packs: tuple[Pack, ...], options: Options, personal: bool) -> Iterator[Chart]:
    """The maps of one file: of the whole of it, or of the sheets of a workbook that holds several matrices."""
    from checker.judge import candidates
    from checker.maps.gather import drawable, sheets
    from checker.maps.model import MapError
    from checker.packs.load import pack_in_force
    from checker.recognise.recognise import recognise
    from parsers import read

    known = candidates(packs, options.as_of, options.type)
    governing = {i: pack_in_force(packs, i, options.as_of) for i in dict.fromkeys(p.info.id for p in packs)}
    types = {(i, name): pack for i, pack in governing.items() for name in drawable(pack)}

    def maps_of(document: Document) -> list[Recognised]:
        forced = options.type.rpartition("#")[2] if options.type else None
        return [r for r in recognise(document, known, forced) if r.type and (r.pack, r.type.id) in types]

    document = read(path, options.limits)
    found = maps_of(document)
    parts = sheets(document)
    if len(parts) > 1 and not options.type:
        by_sheet = [r for part in parts for r in maps_of(part)]
        if len({r.type.id for r in by_sheet if r.type}) > 1:
            found = by_sheet
    if not found:
        drawn = ", ".join(sorted(name for _, name in types))
        raise MapError(f"not a matrix that can be drawn; there are maps of: {drawn} (--type says which one it is)")
    for submission in found:
        assert submission.pack is not None, "what is recognised has a pack"
        assert submission.type is not None, "only what is recognised is drawn"
        pack = types[submission.pack, submission.type.id]
        yield _chart(submission, pack, options, path, personal)


def _chart(submission: Recognised, pack: Pack, options: Options, path: Path, personal: bool) -> Chart:
    from msgspec.structs import replace

    from checker.maps.gather import chart_of
    from checker.report.masking import mask

    chart = chart_of(submission, pack, options.readings, path.name)
    if personal:
        return chart
    return replace(
        chart,
        points=tuple(replace(p, key=mask(p.key), name=mask(p.name)) for p in chart.points),
        undrawn=tuple(replace(u, key=mask(u.key), name=mask(u.name), why=mask(u.why)) for u in chart.undrawn),
    )


def _targets(charts: list[Chart], output: Path) -> list[Path]:
    """The output itself for one map; for several, one file each, named after their types."""
    if len(charts) == 1:
        return [output]
    seen: dict[str, int] = {}
    targets = []
    for chart in charts:
        seen[chart.type] = seen.get(chart.type, 0) + 1
        number = f"-{seen[chart.type]}" if seen[chart.type] > 1 else ""
        targets.append(output.with_name(f"{output.stem}-{chart.type}{number}{output.suffix}"))
    return targets


def _drawn(chart: Chart, form: str, zoom: float) -> bytes:
    if form == "html":
        from checker.maps.page import page

        return page(chart).encode()
    from checker.maps.svg import svg

    drawing = svg(chart)
    if form == "svg":
        return drawing.encode()
    from checker.maps.png import png

    return png(drawing, zoom)


def _tell(chart: Chart) -> None:
    """What did not come on the map."""
    if chart.undrawn:
        keys = ", ".join(entry.key for entry in chart.undrawn[:10])
        more = f" and {len(chart.undrawn) - 10} more" if len(chart.undrawn) > 10 else ""
        print(
            f"vobo map: {len(chart.undrawn)} entries without a place, listed under the map: {keys}{more}",
            file=sys.stderr,
        )
