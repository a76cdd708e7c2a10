"""``vobo who``."""

from __future__ import annotations

import json

import pytest

from checker.cli import main


def test_who_authorises(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "autoriza", "Plan General de Comunicación Social"]) == 0
    out = capsys.readouterr().out
    assert "La Dirección de Operación y Evaluación autoriza: Plan General de Comunicación Social." in out
    assert "numeral 7.1, subnumeral 5" in out


def test_nobody_does_it_but_others_do_something_else(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "aprobar", "plan general de comunicación social"]) == 1
    out = capsys.readouterr().out
    assert out.startswith(
        "Conforme a los manuales de organización, nadie aprueba «plan general de comunicación social». Lo que dicen de ello:"
    )
    assert out.index("autoriza:") < out.index("integra:")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "visto bueno", "opinión institucional", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    (answer,) = data["answers"]
    assert (answer["numeral"], answer["subnumeral"]) == ("7.1.4.1.2", 9)
    assert answer["who"] == ["Coordinación Técnica de Vinculación con el Congreso"]
    assert answer["interpretation"] == "OD-i04"
    assert data["instead"] == []


def test_a_unit(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", "--unit", "División de Recursos Humanos"]) == 0
    out = capsys.readouterr().out
    assert "7.1.6.1 (5)" in out
    assert "autoriza: programación anual de vacaciones" in out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "give a VERB and an OBJECT"),
        (["autoriza"], "give a VERB and an OBJECT"),
        (["baila", "el plan"], "no verb 'baila'"),
        (["--unit", "Unidad de Comunicacion Sociall"], "did you mean Unidad de Comunicación Social"),
        (["autoriza", "vacaciones", "--unit", "UCS"], "--unit takes no VERB"),
    ],
)
def test_bad_usage(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["who", *arguments]) == 2
    assert says in capsys.readouterr().err
