"""Every command that README and docs show runs, and answers as a reader expects."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "README.es.md", "docs/tutorial.md", "docs/commands.md")
VOBO = Path(sys.executable).with_name("vobo")


def shown(page: str) -> list[str]:
    """Commands of the ``console`` blocks, in order."""
    text = (ROOT / page).read_text("utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("page", PAGES)
def test_commands_run(page: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "fixtures" / "demo", tmp_path / "fixtures" / "demo")
    commands = shown(page)
    assert len(commands) >= 6
    for command in commands:
        line = re.sub(r"\bvobo(?= (check|explain|template|rules|types|inspect|map|who)\b)", f"'{VOBO}'", command)
        done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
        falls_short = " check " in command and "--exit-zero" not in command and "plan-cumple" not in command
        assert done.returncode == (1 if falls_short else 0), f"{command}\n{done.stdout}\n{done.stderr}"
        assert done.stdout or "--output" in command, command
        for option in ("--output", "--annotate", "--correct", "--reply", "-o"):
            for made in re.findall(rf"(?<!-){option} (?:\w+=)?(\S+)", command):
                path = tmp_path / made
                assert path.is_file() or any(path.iterdir()), f"{command} made no {made}"


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
