"""A built wheel, installed in an empty environment and run from another folder, has all that it needs."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without isolation: what builds it is locked and installed."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run(
        [*command, "--wheel-dir", str(folder), str(ROOT)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return next(folder.glob("vobo-*.whl"))


@pytest.fixture(scope="module")
def vobo(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in an environment that holds the wheel and, by a path entry, the libraries it depends on, but not this checkout."""
    home = tmp_path_factory.mktemp("empty")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(install, check=True)
    libraries = Path(sysconfig.get_path("purelib"))
    # a plain path entry: path files of that folder, such as that of an editable vobo, are not read
    (Path(site) / "libraries.pth").write_text(f"{libraries}\n")
    return home / "bin" / "vobo"


def run(vobo: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """One command, away from the checkout and deaf to its environment."""
    return subprocess.run(
        [vobo, *arguments], cwd=folder, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False
    )


def test_carries_rules_templates_and_licence_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {n.split("/")[0] for n in names if ".dist-info" not in n} == {"checker", "parsers"}
    assert "checker/_data/rules/imss/programas-virtuales/pack.yaml" in names
    assert any(n.startswith("checker/_data/templates/") for n in names)
    assert any(n.endswith("licenses/LICENSE") for n in names)


def test_runs_from_another_folder(vobo: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [vobo.with_name("python"), "-c", "import checker; print(checker.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(vobo.parents[1])), "the checkout is imported, not the wheel"
    assert run(vobo, tmp_path, "--version").stdout.startswith("vobo ")
    assert "minuta-de-reunion" in run(vobo, tmp_path, "types").stdout
    good, bad = (str(ROOT / "fixtures" / "demo" / f"minuta-{n}.docx") for n in ("cumple", "no-cumple"))
    assert run(vobo, tmp_path, "check", good).returncode == 0
    told = run(vobo, tmp_path, "check", bad, "--output", "html=report.html")
    assert told.returncode == 1, told.stderr
    assert "PV-040" in (tmp_path / "report.html").read_text("utf-8")


def test_template_is_recognised_as_its_type(vobo: Path, tmp_path: Path) -> None:
    done = run(vobo, tmp_path, "template", "minuta-de-reunion", "-o", "blank.docx")
    assert done.returncode == 0, done.stderr
    told = run(vobo, tmp_path, "check", "blank.docx", "--format", "json")
    assert '"minuta-de-reunion"' in told.stdout
