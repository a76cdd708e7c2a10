"""``vobo rules``, ``vobo explain`` and ``vobo types`` as a user meets them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from checker.cli import main
from checker.packs.load import load_packs
from tests.packs.conftest import FILES


def _pack(folder: Path, **changes: tuple[str, str]) -> Path:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        for old, new in changes.values():
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    return folder


def test_coverage_is_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "coverage", "--format", "json"]) == 0
    (found,) = json.loads(capsys.readouterr().out).values()
    (minuta,) = [o for o in found if o["id"] == "PV-040"]
    assert list(minuta) == ["id", "numeral", "state", "rules", "reason"]
    assert (minuta["numeral"], minuta["state"], minuta["reason"]) == ("6.4 NOTA", "ruled", None)
    assert "PV-040.firmas" in minuta["rules"]
    assert len(minuta["rules"]) == len(set(minuta["rules"]))
    assert {o["state"] for o in found} == {"ruled", "unchecked"}


def test_coverage_table_has_totals(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "coverage"]) == 0
    assert re.search(r"166 obligations: \d+ ruled, \d+ unchecked, 0 pending", capsys.readouterr().out)


def test_examples_and_lint_of_packs_of_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = _pack(tmp_path / "good")
    assert main(["rules", "test", "--rules", str(good)]) == 0
    assert main(["rules", "lint", "--rules", str(good)]) == 0
    bad = _pack(
        tmp_path / "bad", late=("dia: 2/05/2025", "dia: 9/05/2025"), unknown=("document: nota", "document: notas")
    )
    assert main(["rules", "test", "--rules", str(bad), "--pack", "demo/norma"]) == 1
    assert "DE-001.orden: no example fires it" in capsys.readouterr().out
    assert main(["rules", "lint", "--rules", str(bad)]) == 1
    assert "did you mean 'nota'?" in capsys.readouterr().out


def test_a_pack_in_error_is_bad_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "list", "--rules", str(_pack(tmp_path, key=("labels: [fecha]", "lables: [fecha]")))]) == 2
    assert "nota.yaml:9: unknown key 'lables'; did you mean 'labels'?" in capsys.readouterr().err


def test_the_schema_takes_every_file_of_the_built_in_packs(capsys: pytest.CaptureFixture[str]) -> None:
    import jsonschema

    from checker.packs.yaml_file import parse
    from checker.resources import rules_root

    assert main(["rules", "schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft202012Validator.check_schema(schema)
    for pack in load_packs([rules_root()]):
        for path in pack.path.rglob("*.yaml"):
            name = path.relative_to(pack.path).as_posix()
            name = name if name in schema["$defs"] else f"{name.partition('/')[0]}/*.yaml"
            one = {"$ref": f"#/$defs/{name.replace('/', '~1')}", "$defs": schema["$defs"]}
            jsonschema.Draft202012Validator(one).validate(parse(path, path.read_bytes()).data)
    rule = {"$ref": "#/$defs/Rule", "$defs": schema["$defs"]}
    wrong = {"id": "PV-008.x", "title": "x", "on": {}, "remedy": "x", "amng": {"each": "a", "of": "b"}}
    assert not jsonschema.Draft202012Validator(rule).is_valid(wrong)


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("PV-040.fechas-compromiso", "demanded by PV-040, numeral 6.4 NOTA"),
        ("pv-040", "PV-040.firmas (error)"),
        ("4.12", "PV-008"),
        ("PV-i06", "* todos:"),
        ("PV-015", "No mechanical check is possible"),
    ],
)
def test_explain(capsys: pytest.CaptureFixture[str], what: str, told: str) -> None:
    assert main(["explain", what]) == 0
    assert told in capsys.readouterr().out


def test_explain_suggests_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "PV-040.fimas"]) == 2
    assert "did you mean PV-040.firmas" in capsys.readouterr().err


def test_types(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["types", "--format", "json"]) == 0
    types = {t["id"]: t for t in json.loads(capsys.readouterr().out)["types"]}
    assert types["minuta-de-reunion"]["pack"] == "imss/programas-virtuales"
    assert types["minuta-de-reunion"]["fields"]["fecha"] == {"title": "Fecha", "kind": "date", "required_by": "PV-040"}
    assert main(["types", "nada"]) == 2
    assert main(["types", "minuta-de-reunion"]) == 0
    assert "fecha y hora" in capsys.readouterr().out
