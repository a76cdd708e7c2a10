import json

import jsonschema
import msgspec
import pytest

from checker.findings import Report
from checker.report import assemble, render
from checker.report.schema import FILE, rendered, schema

from .conftest import result


@pytest.mark.parametrize("name", ["report", "hostile", "empty"])
def test_every_report_keeps_the_contract(name, request):
    made = json.loads(render("json", request.getfixturevalue(name)))
    jsonschema.Draft202012Validator(schema()).validate(made)
    assert msgspec.convert(made, Report).summary.submissions == len(made["results"])


@pytest.mark.parametrize(
    "break_it",
    [
        lambda r: r.pop("receipt"),
        lambda r: r.update(schema="vobo.report/2"),
        lambda r: r["results"][0].update(verdict="fine"),
        lambda r: r["results"][1]["findings"][0].pop("location"),
    ],
)
def test_the_schema_refuses_what_breaks_the_contract(report, break_it):
    made = json.loads(render("json", report))
    break_it(made)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(made, schema())


def test_the_schema_in_docs_is_current(pytestconfig):
    assert (pytestconfig.rootpath / FILE).read_text(encoding="utf-8") == rendered(), (
        "run python -m checker.report.schema"
    )


def test_the_same_answers_give_the_same_bytes(receipt):
    fields = result().fields
    backwards = dict(reversed(fields.items()))
    one, other = (render("json", assemble([result(fields=f)], receipt)) for f in (fields, backwards))
    assert one == other
    assert one.endswith("}\n")
    assert one.splitlines()[1] == '  "schema": "vobo.report/1",'


def test_spanish_is_written_as_it_is_and_odd_file_names_survive(receipt):
    told = render("json", assemble([result(path="\udcf3.docx", reason="dañado")], receipt))
    assert '"dañado"' in told
    assert json.loads(told)["results"][0]["path"] == "\\udcf3.docx"


def test_the_four_verdicts_add_up(report):
    summary = report.summary
    assert (summary.compliant, summary.noncompliant, summary.undetermined, summary.unreadable) == (1, 1, 1, 1)
    assert summary.submissions == 4
