"""The project's doors: what stands at the root does what it says."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]


def tracked() -> list[Path]:
    """Files under version control."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name]


def test_every_target_of_make_that_is_promised_exists() -> None:
    for target in ("demo", "test", "lint", "bench", "docs", "clean"):
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_lock_satisfies_what_the_project_asks_for() -> None:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    locked = {
        canonicalize_name(r.name): r for r in (Requirement(line) for line in lines if line and line[0] not in " #")
    }
    asked = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    for text in asked:
        requirement = Requirement(text)
        version = str(next(iter(locked[canonicalize_name(requirement.name)].specifier)).version)
        assert requirement.specifier.contains(version), f"{text} is locked at {version}"


def test_hooks_fetch_nothing() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert {repo["repo"] for repo in config["repos"]} == {"local"}
    assert {hook["language"] for repo in config["repos"] for hook in repo["hooks"]} == {"system"}


def test_ci_is_a_script_that_bash_understands() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & 0o111
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0
    assert "VOBO_CI=1" in script.read_text("utf-8")


def test_skipping_fails_in_ci(tmp_path: Path) -> None:
    import sys

    (tmp_path / "conftest.py").write_text((ROOT / "tests" / "conftest.py").read_text("utf-8"))
    (tmp_path / "test_one.py").write_text("import pytest\ndef test_one():\n    pytest.skip('no tool')\n")
    (tmp_path / "test_two.py").write_text(
        "import pytest\n@pytest.mark.skipif(True, reason='no tool')\ndef test_two():\n    pass\n"
    )
    codes = []
    for ci in ("0", "1"):
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
        codes.append(
            subprocess.run(command, cwd=tmp_path, env={"VOBO_CI": ci}, capture_output=True, check=False).returncode
        )
    assert codes == [0, 1]


def test_nothing_under_version_control_is_stray() -> None:
    large = [str(p) for p in tracked() if p.is_file() and p.stat().st_size > 400_000]
    assert large == []


def test_docs_name_every_check_kind() -> None:
    from checker.kinds import KINDS

    pages = {p.stem for p in (ROOT / "docs" / "rules").glob("*.md")} - {"index"}
    assert pages == set(KINDS)
    index = (ROOT / "docs" / "rules" / "index.md").read_text("utf-8")
    assert set(re.findall(r"\[`(\w+)`\]", index)) == set(KINDS)


def test_docs_build_strictly(tmp_path: Path) -> None:
    import os
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(tmp_path / "site")],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    fetched = [p.name for p in (tmp_path / "site").rglob("*.html") if "fonts.googleapis" in p.read_text("utf-8")]
    assert fetched == []
