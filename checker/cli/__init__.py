"""The command line. Each command is a module of this package, imported only when it is named.

``vobo --version`` and ``vobo --help`` import nothing else, so that they cost what Python costs.
"""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False  # typing, and collections.abc, cost more than all of this module
if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = {
    "check": "check files against the norms that govern them, and hand back what to correct",
    "inspect": "show how a file was read: blocks with places, labels with their evidence, fields and runners-up",
    "rules": "list, test, lint and measure the rules, and print the schema of packs",
    "explain": "tell what a rule, an obligation or a numeral demands, and why",
    "types": "list the document types that vobo knows",
    "procedure": "list the procedures of the packs, or draw one (mermaid, svg, bpmn, pnml)",
    "case": "derive the record of a case from a folder or zip of its e-mails and documents",
    "next": "tell what is due next in a case: by whom, until when, with which documents",
    "who": "tell which unit elaborates, validates, approves or authorises something, and which numeral says so",
    "map": "draw the map of a matrix of problems or risks as SVG, PNG or HTML, with the list of its entries",
    "calendar": "list every deadline that a role or unit owes, as iCalendar, CSV, HTML or text",
    "template": "write the blank document of a type, every field a placeholder with its numeral",
}
"""Command → one line of help; each module's ``SUMMARY`` says the same."""

OK, FINDINGS, USAGE, DEFECT = 0, 1, 2, 3
"""Exit codes. Beside them, 130 when interrupted and 141 when the reader of standard output has gone."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; never raises."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    debug = _take(arguments, "--debug")
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_help())
        return OK if arguments else USAGE
    if arguments[0] in ("-V", "--version"):
        from checker import __version__

        print(f"vobo {__version__}")
        return OK
    if arguments[0] not in COMMANDS:
        return _unknown(arguments[0])
    # a short run makes little garbage; collecting it as often as Python does by default costs 4% of `vobo check FILE`
    gc.set_threshold(50_000, 20, 20)
    return _guarded(arguments[0], arguments[1:], debug)


def _guarded(name: str, arguments: list[str], debug: bool) -> int:
    """Run the command; turn what it may raise into an exit code and a line on standard error."""
    try:
        code = _run(name, arguments, debug)
        sys.stdout.flush()
    except SystemExit as exit_:
        return exit_.code if isinstance(exit_.code, int) else OK if exit_.code is None else USAGE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _forget_stdout()
        return 141
    except Exception as error:
        if _is_usage(error):
            print(f"vobo {name}: {error}", file=sys.stderr)
            return USAGE
        if debug:
            import traceback

            traceback.print_exc()
        else:
            print(
                f"vobo {name}: internal error: {type(error).__name__}: {error} (--debug shows where)", file=sys.stderr
            )
        return DEFECT
    return code


def _run(name: str, arguments: list[str], debug: bool) -> int:
    from importlib import import_module

    from checker.cli.parser import parse

    module = import_module(f"checker.cli.{name}")
    args = parse(name, module, arguments)
    args.debug = debug
    code: int = module.run(args)
    return code


def _is_usage(error: Exception) -> bool:
    """What the user can mend: options, configuration, packs. These modules are loaded if such an error was raised."""
    kinds = (
        ("checker.options", "BadOption"),
        ("checker.config", "ConfigError"),
        ("checker.collect", "NothingMatches"),
        ("checker.cli.outputs", "UsageError"),
        ("checker.packs.errors", "PackError"),
        ("checker.calendar.days", "CalendarError"),
        ("checker.agenda.model", "AgendaError"),
    )
    return any(isinstance(error, getattr(sys.modules[m], n)) for m, n in kinds if m in sys.modules)


def _take(arguments: list[str], flag: str) -> bool:
    """Remove ``flag`` from the options, wherever it stands before ``--``; whether it was there."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    there = flag in arguments[:end]
    arguments[:end] = [a for a in arguments[:end] if a != flag]
    return there


def _forget_stdout() -> None:
    """Python flushes standard output once more at exit; let that go nowhere instead of to a closed pipe."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unknown(name: str) -> int:
    import difflib

    what = "option" if name.startswith("-") else "command"
    near = difflib.get_close_matches(name, [*COMMANDS, "--version", "--help"], n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(COMMANDS)}"
    print(f"vobo: no {what} {name!r}; {hint}", file=sys.stderr)
    return USAGE


def _help() -> str:
    width = max(map(len, COMMANDS))
    lines = "\n".join(f"  {name.ljust(width)}  {summary}" for name, summary in COMMANDS.items())
    return f"""\
usage: vobo COMMAND [ARGUMENT ...]

Checks the documents and case records of Mexican public offices against the norms that govern them.

commands:
{lines}

options:
  -h, --help     this text; `vobo COMMAND --help` tells more, with examples
  -V, --version  the version
  --debug        with a command: show the traceback of an internal error

examples:
  vobo check minuta.docx
  vobo check entregas/ --format html --output informe.html
  vobo check entregas/ --annotate devueltos/ --correct corregidos/ --reply correos/

exit codes:
  0  everything complies
  1  something does not, at or above --fail-level
  2  bad usage, a file that cannot be read, or, under --strict, something undetermined
  3  a defect of vobo itself"""
