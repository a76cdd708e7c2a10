from pathlib import Path

import pytest

from checker.cli.outputs import Output, UsageError, outputs

OUT = Output


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()


@pytest.mark.parametrize(
    ("formats", "files", "expected"),
    [
        ([], [], [("text", None)]),
        (["json"], [], [("json", None)]),
        (["json"], ["r"], [("json", "r")]),
        (["json", "html"], ["r", "s"], [("json", "r"), ("html", "s")]),
        (["json,html"], ["r", "s"], [("json", "r"), ("html", "s")]),
        ([], ["json=r", "html=s"], [("text", None), ("json", "r"), ("html", "s")]),
        (["json,html"], ["html=s"], [("json", None), ("html", "s")]),
        (["text,json"], ["json=r"], [("text", None), ("json", "r")]),
        (["html", "json"], ["json=r", "x.html"], [("json", "r"), ("html", "x.html")]),
        ([], ["informe.html"], [("text", None), ("html", "informe.html")]),
        (["text", "github"], [], [("text", None), ("github", None)]),
        (["text,json"], ["r.html", "r.json"], [("text", None), ("json", "r.html"), ("json", "r.json")]),
        (["text"], ["r.html"], [("text", None), ("html", "r.html")]),
        (["text"], ["r.log"], [("text", "r.log")]),
        (["json"], ["a=b.json"], [("json", "a=b.json")]),
        (["json", "json"], [], [("json", None)]),
    ],
)
def test_formats_find_their_files(formats, files, expected):
    assert outputs(formats, files) == tuple(Output(f, Path(p) if p else None) for f, p in expected)


@pytest.mark.parametrize(
    ("formats", "files", "told"),
    [
        (["jsn"], [], "no format 'jsn'; did you mean 'json'?"),
        (["zzzz"], [], "there are: text, json"),
        (["json,html"], [], "only one of json, html can go to standard output"),
        ([], ["informe"], "write --output FORMAT=informe"),
        (["json"], ["folder"], "a file is wanted, not a folder"),
        (["json"], ["nowhere/r.json"], "there is no folder 'nowhere'"),
        (["json"], [""], "a file is wanted"),
        (["json,html"], ["r", "html=r"], "two reports would be written to 'r'"),
    ],
)
def test_contradictions_are_told_before_the_work(formats, files, told):
    with pytest.raises(UsageError) as error:
        outputs(formats, files)
    assert told in str(error.value)
