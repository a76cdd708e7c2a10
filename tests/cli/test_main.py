import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from checker import __version__
from checker.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
WRITTEN = [name for name in COMMANDS if (ROOT / "checker/cli" / f"{name}.py").exists()]


def vobo(*arguments: str, **options) -> subprocess.CompletedProcess[bytes]:
    code = "import sys; from checker.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, cwd=ROOT, timeout=60, **options
    )


@pytest.mark.parametrize("flag", ["--version", "-V"])
def test_version(flag, capsys):
    assert main([flag]) == 0
    assert capsys.readouterr().out == f"vobo {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"]])
def test_help_names_every_command(arguments, capsys):
    assert main(arguments) == 0
    told = capsys.readouterr().out
    assert all(f"  {name}" in told and summary in told for name, summary in COMMANDS.items())


def test_nothing_asked_is_bad_usage_with_help(capsys):
    assert main([]) == 2
    assert "usage: vobo" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_what_needs_nothing_imports_nothing(arguments):
    code = (
        "import sys; before = set(sys.modules); from checker.cli import main; main(sys.argv[1:]);"
        "print(sorted(set(sys.modules) - before), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT, check=True)
    # gc is built in: nothing is read from disk for it
    assert set(ast.literal_eval(ran.stderr)) <= {"__future__", "checker", "checker.cli", "gc"}


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [("chek", "did you mean 'check'?"), ("--versoin", "did you mean '--version'?"), ("zzz", "there are: check")],
)
def test_an_unknown_command_is_told_with_the_nearest(wrong, hint, capsys):
    assert main([wrong]) == 2
    assert hint in capsys.readouterr().err


@pytest.mark.parametrize("name", WRITTEN)
def test_each_command_tells_itself(name, capsys):
    module = importlib.import_module(f"checker.cli.{name}")
    assert COMMANDS[name] == module.SUMMARY
    assert main([name, "--help"]) == 0
    told = capsys.readouterr().out
    assert f"usage: vobo {name}" in told
    assert module.EXAMPLES.splitlines()[0] in told


def test_a_misspelt_option_is_told_with_the_nearest(capsys):
    assert main(["check", "--fromat", "json", "x"]) == 2
    assert "did you mean --format?" in capsys.readouterr().err


def test_an_abbreviated_option_is_not_guessed(capsys):
    assert main(["check", "--stric", "x"]) == 2
    assert "did you mean --strict?" in capsys.readouterr().err


@pytest.fixture
def broken(monkeypatch):
    """A command with a defect, an interruption or a reader that has gone."""

    def install(error: BaseException) -> None:
        def run(args):
            raise error

        monkeypatch.setattr("checker.cli.check.run", run)

    return install


def test_a_defect_is_one_line_and_3(broken, capsys):
    broken(ZeroDivisionError("division by zero"))
    assert main(["check", "x"]) == 3
    told = capsys.readouterr().err
    assert told == "vobo check: internal error: ZeroDivisionError: division by zero (--debug shows where)\n"


def test_debug_shows_where(broken, capsys):
    broken(ZeroDivisionError("division by zero"))
    assert main(["check", "x", "--debug"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_an_interruption_is_130(broken):
    broken(KeyboardInterrupt())
    assert main(["check", "x"]) == 130


def test_a_reader_that_goes_is_no_noise():
    shell = f"{sys.executable} -c 'import sys; from checker.cli import main; sys.exit(main())' check nowhere-{{1..3}} 2>&1 | true"
    ran = subprocess.run(["bash", "-c", shell], capture_output=True, cwd=ROOT, timeout=60, check=True)
    assert ran.stdout == b""
    assert ran.stderr == b""


def test_the_console_script_is_the_same_function():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"]["vobo"] == "checker.cli:main"
