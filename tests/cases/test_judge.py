"""Roles, documents, addressees, times: what a record says, what it denies, and what it leaves open."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from checker.cases.directory import Directory, DirectoryError, Holder, read_directory
from checker.cases.judge import Court
from checker.cases.order import in_order
from checker.check import check
from checker.options import Options
from checker.packs.pack import Pack
from parsers.cases.nested import record_of
from tests.cases.conftest import FILES, WHOLE, court_of, record, told, write

A1, A2, NO, A4, YES, A5, A6 = WHOLE


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("2 TJAP", "2 TJD", [("ZZ-002.2-quien", "violated", "2")]),
        ("6 TJD", "6 encargada", []),
        ("2 TJAP", "2 Alguien", [("ZZ-002.2-quien", "undetermined", "2")]),
        ("2 TJAP", "2 -", [("ZZ-002.2-quien", "undetermined", "2")]),
        (" plan", " informe", [("ZZ-002.2-plan", "violated", "plan")]),
        (" plan", "", [("ZZ-002.2-plan", "violated", "plan")]),
        (">TJD", ">TJAP", [("ZZ-005.5-correo-de-envio", "violated", "correo-de-envio")]),
        (">TJD", ">Alguien", [("ZZ-005.5-correo-de-envio", "undetermined", "correo-de-envio")]),
        ("~TJAP", "", [("ZZ-005.5-correo-de-envio", "undetermined", "correo-de-envio")]),
        ("~TJAP", "~TD", [("ZZ-005.5-correo-de-envio", "violated", "correo-de-envio")]),
        ("=sí", "=quizá", [("ZZ-003.3-rama", "undetermined", "3")]),
        ("4 TJAP", "4 TJAP correo-de-envio", [("ZZ-008.documento-anticipado", "violated", "correo-de-envio")]),
    ],
)
def test_one_thing_wrong_is_one_finding(demo: Pack, old: str, new: str, found: list[tuple[str, str, str]]) -> None:
    lines = [line.replace(old, new) for line in WHOLE]
    assert lines != list(WHOLE)
    assert told(lines, demo) == found


def test_a_record_that_keeps_nothing_is_doubted_once(demo: Pack) -> None:
    """No roles, no documents: told once each, and never as a deviation."""
    found = told([line.split()[0] + " -" for line in WHOLE], demo)
    assert {outcome for _, outcome, _ in found} == {"undetermined"}
    assert len(found) == 2


def test_names_instead_of_numbers(demo: Pack) -> None:
    names = {
        "1": "Convoca a la reunión",
        "2": "Elaboración del plan",
        "3": "Analiza el plan",
        "5": "6.5",
        "6": "6. Archiva",
    }
    events = [{**e, "activity": names.get(str(e["activity"]), e["activity"])} for e in _events(WHOLE)]
    court, law = court_of(demo)
    case, _ = court.case(record_of({"case": "A", "events": events}), law)
    assert [s.activity for s in case.steps] == ["1", "2", "3", "4", "3", "5", "6"]
    assert case.steps[3].sure == 1
    assert 0.7 <= case.steps[0].sure < 1


def test_several_activities_on_one_line(demo: Pack) -> None:
    court, law = court_of(demo)
    for text in ("1, 2", "1 y 2", "1-2", "1 a 2", "Actividades 1 y 2"):
        case, _ = court.case(record_of({"case": "A", "events": [{"activity": text, "at": "2026-02-03"}]}), law)
        assert [s.activity for s in case.steps] == ["1", "2"], text


def test_dates_alone_leave_the_order_of_a_day_open(demo: Pack) -> None:
    events = [{**e, "at": "2026-02-03"} for e in _events([A2, A1, YES, A5, A6])]
    court, law = court_of(demo)
    case, _ = court.case(record_of({"case": "A", "events": events}), law)
    assert {(i.finding.rule.split(".")[0], i.finding.outcome) for i in court.findings(case, law)} == {
        ("ZZ-001", "undetermined")
    }


def test_events_are_ordered_by_time_and_else_as_recorded() -> None:
    at = ["2026-02-03T12:00", "2026-02-03", "2026-02-03T09:00", None, "2026-02-02", "31/02/2026"]
    events = [{"activity": str(n), **({"at": when} if when else {})} for n, when in enumerate(at)]
    found = [e.activity for e in in_order(record_of({"case": "A", "events": events}).events)]
    assert found == ["4", "5", "2", "1", "0", "3"]


def test_somebody_out_of_office_is_told(demo: Pack) -> None:
    left = Directory((Holder("p-0", "TD", end=dt.date(2025, 12, 31)), Holder("p-1", "TJAP"), Holder("p-2", "TJD")))
    court = Court((demo,), Options(), left)
    law = court.laws.law(demo, demo.casebook.procedures["plan"])
    found = [i.finding for i in court.findings(court.case(record(WHOLE), law)[0], law)]
    assert [(f.rule, f.subject) for f in found] == [("ZZ-001.plan-1-quien", "1"), ("ZZ-003.plan-3-quien", "3")]
    assert "p-0 no ocupaba ese cargo el 3 de febrero de 2026" in found[0].message


def test_a_directory_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    path = write(tmp_path, "directorio.yaml", "- {person: Ana, rol: TD}\n")
    with pytest.raises(DirectoryError, match=r"directorio.yaml:1: .*rol.*did you mean 'role'"):
        read_directory(path)


def test_a_file_of_cases_and_what_it_names(tmp_path: Path, demo: Pack) -> None:
    """Through the door that everybody uses: several cases in one file, a missing document, one outside the folder."""
    for name, text in FILES.items():
        (tmp_path / "pack" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "pack" / name).write_text(text, "utf-8")
    path = write(
        tmp_path,
        "casos.yaml",
        "- case: uno\n  procedure: demo/plan#plan\n  events:\n"
        "    - {activity: '1', at: 2026-02-03, artefacts: [{type: Plan anual, file: no-hay.docx}, {type: x, file: ../fuera.docx}]}\n"
        "- case: dos\n  procedure: no-existe\n  events: [{activity: '1', at: 2026-02-03}]\n",
    )
    results = [c.result for c in check([path], Options(rules=(tmp_path / "pack",)))]
    assert [(r.path.rpartition("/")[2], r.kind, r.verdict) for r in results] == [
        ("casos.yaml#uno", "case", "noncompliant"),
        ("casos.yaml#dos", "case", "undetermined"),
        ("no-hay.docx", "document", "unreadable"),
        ("fuera.docx", "document", "unreadable"),
    ]
    assert "fuera de su carpeta" in (results[3].reason or "")
    assert "no existe" in (results[1].reason or "")


def _events(lines: list[str] | tuple[str, ...]) -> list[dict[str, object]]:
    from tests.cases.conftest import _event

    return [_event(n, line) for n, line in enumerate(lines)]
