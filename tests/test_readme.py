"""Every command that README and docs show runs, and answers as a reader expects."""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from checker.cli import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "README.es.md", "docs/tutorial.md", "docs/commands.md", "docs/cases.md", "docs/calendar.md")
RECORDED = ("README.md", "README.es.md", "docs/cases.md")
"""Pages that show a case record, ``caso.yaml``, and what is told of it."""
VOBO = Path(sys.executable).with_name("vobo")


def blocks_of(page: str, language: str) -> list[str]:
    """What the blocks of a language hold, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", (ROOT / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)


def shown(page: str) -> list[str]:
    """Commands of the ``console`` blocks, in order."""
    return [line[2:] for block in blocks_of(page, "console") for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("page", PAGES)
def test_commands_run(page: str, tmp_path: Path) -> None:
    for folder in ("demo", "expedientes"):
        shutil.copytree(ROOT / "fixtures" / folder, tmp_path / "fixtures" / folder)
    if page in RECORDED:
        (tmp_path / "caso.yaml").write_text(blocks_of(page, "yaml")[0], "utf-8")
    commands = shown(page)
    assert len(commands) >= 3
    for command in commands:
        line = re.sub(rf"\bvobo(?= ({'|'.join(COMMANDS)})\b)", f"'{VOBO}'", command)
        done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
        falls_short = " check " in command and "--exit-zero" not in command and "plan-cumple" not in command
        assert done.returncode == (1 if falls_short else 0), f"{command}\n{done.stdout}\n{done.stderr}"
        assert done.stdout or "--output" in command or " -o " in command, command
        for option in ("--output", "--annotate", "--correct", "--reply", "-o"):
            for made in re.findall(rf"(?<!-){option} (?:\w+=)?(\S+)", command):
                path = tmp_path / made
                assert path.is_file() or any(path.iterdir()), f"{command} made no {made}"


@pytest.mark.parametrize("page", RECORDED)
def test_what_is_told_of_the_case_is_what_is_shown(page: str, tmp_path: Path) -> None:
    (tmp_path / "caso.yaml").write_text(blocks_of(page, "yaml")[0], "utf-8")
    told = subprocess.run([VOBO, "check", "caso.yaml"], cwd=tmp_path, capture_output=True, text=True, check=False)
    excerpts = blocks_of(page, "text")
    assert excerpts
    for excerpt in excerpts:
        assert " ".join(excerpt.split()) in " ".join(told.stdout.split()), excerpt


def test_commands_are_told_of_with_their_options() -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    for name in COMMANDS:
        assert f"`vobo {name}" in page, name
    page += (ROOT / "docs" / "calendar.md").read_text("utf-8")
    for name in ("next", "procedure", "case", "calendar"):
        module = import_module(f"checker.cli.{name}")
        parser = argparse.ArgumentParser(prog=name, add_help=False)
        module.configure(parser)
        for option in options_of(parser):
            assert f"`{option}" in page, f"{name} {option}"


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """Every long option of a parser and of the parsers within it."""
    found: set[str] = set()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found.update(*(options_of(one) for one in action.choices.values()))
        found.update(name for name in action.option_strings if name.startswith("--") and name != "--help")
    return found


def test_links_of_the_readme_lead_somewhere() -> None:
    for page in ("README.md", "README.es.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text("utf-8")):
            assert (ROOT / target).exists(), f"{page}: {target}"


def test_both_readmes_show_the_same_commands() -> None:
    def shape(page: str) -> list[tuple[str, ...]]:
        return [tuple(re.findall(r"(?:^vobo \w+|--?[a-z-]+|fixtures/\S+)", c)) for c in shown(page)]

    assert shape("README.md") == shape("README.es.md")


def test_extending_is_what_contributing_says() -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    shared = contributing[contributing.index("Modules have") :]
    assert (ROOT / "docs" / "extending.md").read_text("utf-8").endswith(shared)
