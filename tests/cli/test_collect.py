from pathlib import Path

import pytest

from checker.collect import NothingMatches, collect


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in (
        "b/2.docx",
        "b/10.docx",
        "b/c/x.pdf",
        "a.docx",
        "b/~$2.docx",
        "b/.oculto",
        "b/.git/x",
        "b/Thumbs.db",
        "b/vobo.toml",
    ):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    return tmp_path


def found(*arguments: str, stdin=(), skip=()) -> list[str]:
    return [str(path) for path in collect(arguments, stdin, skip)]


def test_folders_are_walked_in_order_without_what_is_hidden(here):
    assert found("b", "a.docx") == ["b/10.docx", "b/2.docx", "b/c/x.pdf", "a.docx"]


def test_what_is_named_is_taken_even_if_hidden(here):
    assert found("b/.oculto") == ["b/.oculto"]


def test_patterns(here):
    assert found("b/*.docx") == ["b/10.docx", "b/2.docx"]
    assert found("**/*.pdf") == ["b/c/x.pdf"]
    assert found("b/**") == ["b/10.docx", "b/2.docx", "b/c/x.pdf"]
    assert found("b/*") == ["b/10.docx", "b/2.docx", "b/c/x.pdf"]
    assert found(str(here / "?.docx")) == [str(here / "a.docx")]


def test_a_pattern_without_files_is_bad_usage(here):
    with pytest.raises(NothingMatches, match=r"no file matches '\*\.odt'"):
        found("*.odt")


def test_a_name_that_looks_like_a_pattern_is_a_name(here):
    Path("minuta[1].docx").touch()
    assert found("minuta[1].docx") == ["minuta[1].docx"]


def test_what_does_not_exist_is_passed_on(here):
    assert found("nowhere.docx") == ["nowhere.docx"]


def test_standard_input(here):
    assert found("-", "a.docx", stdin=[b"b/c\n", b"\n", b"nope \r\n", b"*.x\n", b"\xf3.docx"]) == [
        "b/c/x.pdf", "nope ", "*.x", "\udcf3.docx", "a.docx",
    ]  # fmt: skip


def test_links_in_a_circle_end(here):
    Path("b/c/up").symlink_to("..")
    Path("b/self").symlink_to("self")
    Path("b/z.docx").symlink_to("../a.docx")
    # ``up`` leads back into ``b`` itself; a link to itself is no folder, and is told as unreadable.
    assert found("b") == ["b/10.docx", "b/2.docx", "b/c/x.pdf", "b/self", "b/z.docx"]


def test_results_are_not_checked_again(here):
    Path("b/devueltos").mkdir()
    Path("b/devueltos/2.docx").touch()
    Path("b/r.json").touch()
    assert found("b", skip=[Path("b/devueltos"), Path("b/r.json")]) == ["b/10.docx", "b/2.docx", "b/c/x.pdf"]


def test_a_folder_that_cannot_be_listed_is_passed_on(here, monkeypatch):
    true = Path.iterdir

    def refuse(folder: Path):
        if folder.name == "c":
            raise PermissionError(13, "Permission denied")
        return true(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)  # root may list anything, so the refusal is made here
    assert found("b") == ["b/10.docx", "b/2.docx", "b/c"]


def test_depth_has_no_limit_of_ours(here):
    deep = Path("d/" * 900)
    deep.mkdir(parents=True)
    (deep / "x").touch()
    assert found("d") == [str(deep / "x")]
