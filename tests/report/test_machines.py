"""SARIF, JUnit and workflow commands."""

import json
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest

from checker.report import Aside, render

REPORTS = ["report", "hostile", "empty"]


@pytest.fixture(scope="session")
def sarif_schema(pytestconfig):
    return json.loads((pytestconfig.rootpath / "tests/data/sarif-schema-2.1.0.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_is_valid(name, request, sarif_schema):
    made = json.loads(render("sarif", request.getfixturevalue(name)))
    validator = jsonschema.Draft202012Validator(sarif_schema, format_checker=jsonschema.FormatChecker())
    assert [error.message for error in validator.iter_errors(made)] == []


def test_sarif_tells_every_finding_by_its_level(report):
    run = json.loads(render("sarif", report))["runs"][0]
    told = {r["ruleId"]: (r["kind"], r["level"]) for r in run["results"]}
    assert told == {
        "PV-040.firmas": ("open", "none"),
        "PV-040.fechas-compromiso": ("fail", "error"),
        "PV-040.firmantes-asistentes": ("fail", "warning"),
        "PV-039.asunto": ("fail", "note"),
    }
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"] == {"vobo/v1": "fedcba9876543210"}
    assert "celda Hoja1!B3" in run["results"][2]["message"]["text"]


def test_sarif_says_what_was_not_read(report, empty):
    (invocation,) = json.loads(render("sarif", report))["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    assert [n["level"] for n in invocation["toolExecutionNotifications"]] == ["warning", "error"]
    assert json.loads(render("sarif", empty))["runs"][0]["invocations"][0]["executionSuccessful"] is True


def test_sarif_names_files_by_uri_and_lines_only_in_text(report, hostile):
    uris = [a["location"]["uri"] for a in json.loads(render("sarif", report))["runs"][0]["artifacts"]]
    assert uris[1:] == [
        "entregas/minuta%20febrero%20%C3%B1.docx",
        "entregas/escaneo.pdf",
        "file:///abs/da%C3%B1ado.docx",
    ]
    (result,) = json.loads(render("sarif", hostile))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 3}
    assert unquote(place["artifactLocation"]["uri"], errors="surrogateescape") == hostile.results[0].path


def test_junit_counts_what_it_holds(report):
    root = ElementTree.fromstring(render("junit", report))
    assert {k: root.get(k) for k in ("tests", "failures", "errors", "skipped")} == {
        "tests": "7", "failures": "1", "errors": "1", "skipped": "2",
    }  # fmt: skip
    assert [suite.get("name") for suite in root] == [r.path for r in report.results]
    failure = root.find(".//failure")
    assert failure is not None
    assert failure.get("message") == "El acuerdo 2 no indica fecha de compromiso."
    assert "numeral 6, actividad 4, NOTA" in failure.text
    error = root.find(".//error")
    assert error is not None
    assert error.get("message") == "El archivo está truncado; vuelva a guardarlo."


def test_junit_fails_from_the_level_on_that_fails_the_run(report):
    counts = [
        ElementTree.fromstring(render("junit", report, Aside(fail_level=level))).get("failures")
        for level in ("error", "warning", "info")
    ]
    assert counts == ["1", "2", "3"]


def test_junit_survives_any_text(hostile):
    root = ElementTree.fromstring(render("junit", hostile))
    assert "<script>" in root.find(".//failure").get("message")


def test_a_document_cannot_give_workflow_commands(hostile):
    lines = render("github", hostile).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("::error file=a%2Cb%3Ac%25%0A�<x>.txt,line=3,title=Incumplimiento PV-040.a::")
    assert "%250A::error::%0A" in lines[0]  # its own %0A stays text, its line break is escaped


def test_github_annotates_by_weight(report):
    told = render("github", report)
    assert [line.split(" ")[0] for line in told.splitlines()] == [
        "::warning", "::error", "::warning", "::notice", "::warning", "::error",
    ]  # fmt: skip
    assert "::error file=/abs/dañado.docx,title=No se pudo leer::El archivo está truncado" in told
