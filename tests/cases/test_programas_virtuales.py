"""Records of programas virtuales as offices would write them, from the norm's text: what is faithful complies, each single fault is told."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checker.cases.judge import Court
from checker.findings import Finding
from checker.options import Options
from checker.packs.load import load_packs
from checker.packs.pack import Pack
from parsers.cases.nested import record_of

Row = dict[str, Any]
Edit = Callable[[list[Row]], None]
_DATA = Path(__file__).parent.parent / "data" / "programas-virtuales.csv"


@cache
def _packs() -> tuple[Pack, ...]:
    return load_packs([Path(__file__).parents[2] / "rules" / "imss" / "programas-virtuales"])


@cache
def _plain_court() -> Court:
    return Court(_packs(), Options())


@cache
def _activities() -> dict[str, Row]:
    with _DATA.open(encoding="utf-8", newline="") as file:
        return {row["activity"]: _row(row) for row in csv.DictReader(file)}


def _row(cells: dict[str, str]) -> Row:
    listed = {key: cells[key].split("; ") for key in ("artefacts", "to") if cells[key]}
    return {key: text for key, text in cells.items() if text} | listed


def _span(text: str) -> Iterator[Row]:
    """``1-8 11`` → the rows of these activities; ``8=No autoriza`` with that outcome."""
    for part in text.split():
        name, _, outcome = part.partition("=")
        first, _, last = name.partition("-")
        for number in range(int(first), int(last or first) + 1):
            row = deepcopy(_activities()[str(number)])
            yield row | {"outcome": outcome.replace("_", " ")} if outcome else row


def _route(text: str, days: dict[str, list[str]], roles: dict[str, str]) -> list[Row]:
    """Events three hours apart on working days, but for the activities that ``days`` put on one of their own, in turn."""
    at = dt.datetime(2025, 10, 13, 9)
    turns = {name: iter(own) for name, own in days.items()}
    found = []
    for row in _span(text):
        if row["activity"] in turns and (own := next(turns[row["activity"]], "")):
            at = dt.datetime.fromisoformat(own)
        row["at"] = at.isoformat(timespec="minutes")
        row["role"] = roles.get(row["activity"], row["role"])
        found.append(row)
        at += dt.timedelta(hours=3) if at.hour < 15 else dt.timedelta(hours=24 + 9 - at.hour)
        while at.weekday() > 4:
            at += dt.timedelta(days=1)
    return found


def _again(rows: list[Row], activity: str, old: str, new: str) -> list[Row]:
    """Every time but the first, the activity receives another e-mail."""
    for row in [r for r in rows if r["activity"] == activity][1:]:
        row["artefacts"] = [new if a == old else a for a in row["artefacts"]]
    return rows


def _plain_course(report: str = "2025-12-03T10:00") -> list[Row]:
    return _route(
        "1-8 11-16 19-23 25-31 34-38 42-47 75-84 86-91 110-112",
        {"44": [report], "75": ["2026-01-12T09:00"]},
        {},
    )


def _course_with_loops() -> list[Row]:
    rows = _route(
        "1-7 8=No_autoriza 9 10 8=No 9 10 8 11-15 16=No_valida 17 18 16=Devuelta 17 18 16 19-22 23=No_fue_validado 24 23=no 24 23 25-30 "
        "31=No_están_disponibles 32 33 31=no 32 33 31 34-37 38=No_cumple 39-41 38=Con_comentarios 39-41 38 42=A.1.2 48-51 75=CLIMSS 103-112",
        {},
        {"75": "TJAP"},
    )
    _again(rows, "16", "Correo electrónico de revisión", "Correo electrónico de revisión 2")
    return _again(rows, "38", "Correo electrónico de propuesta", "Correo de atención")


def _webinars_with_loops() -> list[Row]:
    rows = _route(
        "1-8 11 12 13=Webinars 52 53 54=No_aprueba 55 56 54=Rechazada 55 56 54 57-63 64=No_aprueba 65-68 64=no 65-68 64 69-74 75=B.2 92-102 111 112",
        {"95": ["2026-02-11T10:00"], "96": ["2026-02-12T10:00"], "97": ["2026-02-13T11:00"]},
        {"75": "RWDCAT"},
    )
    _again(rows, "54", "Correo electrónico de propuesta", "Correo electrónico de atención")
    return _again(rows, "64", "Correo electrónico de ponencia", "Correo de ponencia 2")


def _three_webinars() -> list[Row]:
    days = {
        "1": ["2026-03-02T09:00"],
        "95": ["2026-03-09T10:00", "2026-03-19T10:00", "2026-03-26T10:00"],
        "96": ["2026-03-10T10:00", "2026-03-20T10:00", "2026-03-27T10:00"],
        "97": ["2026-03-11T11:00", "2026-03-23T11:00", "2026-03-30T11:00"],
    }
    return _route("1=Modalidad_B 75=Webinars 92-102 92-102 92-102 111 112", days, {"1": "RWDCAT", "75": "RWDCAT"})


def _three_months() -> list[Row]:
    met, missed = "76-84 86-91 110", "76-82 83=No_se_cumplieron_las_metas 85-91 110"
    rows = _route(
        f"1=B 75 {met} {missed} {met} 111 112",
        {"76": ["2026-01-12T09:00", "2026-02-09T09:00", "2026-03-09T09:00"]},
        {"1": "PAE"},
    )
    told = next(n for n, r in enumerate(rows) if r["activity"] == "85")
    rows[told + 1]["artefacts"] = ["Correo electrónico de incumplimiento", "Reporte mensual"]
    rows[told + 2]["artefacts"].append("Estrategias aplicadas")
    return rows


def _several_programmes() -> list[Row]:
    return _route(
        "1-8 11-16 19-23 25-31 34-38 42-47 42=CLIMSS 48-51 13=A.2 52-54 57-64 69-74 75=CLIMSS 103-112",
        {"44": ["2025-12-03T10:00"]},
        {"75": "TJAP"},
    )


ROUTES: dict[str, Callable[[], list[Row]]] = {
    "A.1.1 to B.1": _plain_course,
    "A.1.2 to B.3, loops twice": _course_with_loops,
    "A.2 to B.2, loops twice": _webinars_with_loops,
    "three webinars": _three_webinars,
    "three months of B.1": _three_months,
    "several programmes": _several_programmes,
}


def _told(rows: list[Row], **options: Any) -> tuple[Finding, ...]:
    record = record_of(
        {"case": "A-2026-017", "procedure": "imss/programas-virtuales#programas-virtuales", "events": rows}
    )
    court = Court(_packs(), Options(**options)) if options else _plain_court()
    return court.judge(record, "caso.yaml", "0" * 64, "application/yaml").result.findings


def _first(rows: list[Row], activity: str) -> Row:
    return next(row for row in rows if row["activity"] == activity)


@pytest.mark.parametrize("route", ROUTES)
def test_a_faithful_record_complies(route: str) -> None:
    assert _told(ROUTES[route]()) == ()


@pytest.mark.parametrize("route", ["A.1.1 to B.1", "A.1.2 to B.3, loops twice", "A.2 to B.2, loops twice"])
def test_what_is_left_out_is_told_by_its_numeral(route: str) -> None:
    rows = ROUTES[route]()
    for n, row in enumerate(rows):
        told = _told(rows[:n] + rows[n + 1 :])
        assert any(f.rule.endswith(f"-{row['activity']}-en-su-lugar") and f.outcome == "violated" for f in told), row
        assert len(told) <= 2, (row, [f.rule for f in told])


@pytest.mark.parametrize("route", ["A.1.1 to B.1", "A.1.2 to B.3, loops twice", "A.2 to B.2, loops twice"])
def test_another_role_is_told_and_nothing_else(route: str) -> None:
    rows = ROUTES[route]()
    for n, row in enumerate(rows):
        told = _told([*rows[:n], row | {"role": "Titular de la Jefatura de Servicios"}, *rows[n + 1 :]])
        jointly = {"4": "PV-039.quienes", "60": "PV-100.quienes", "95": "PV-140.quienes", "99": "PV-144.quienes"}
        rules = {f.rule for f in told} - {jointly.get(row["activity"], "")}
        assert len(rules) == 1, row
        assert rules.pop().endswith(f"-{row['activity']}-quien")
        assert told[0].severity == ("warning" if row["activity"] in ("42", "58", "59") else "error")


@pytest.mark.parametrize("route", ["A.1.1 to B.1", "A.2 to B.2, loops twice"])
def test_what_goes_to_another_or_not_through_whom_it_must_is_told_once(route: str) -> None:
    rows = ROUTES[route]()
    for n, row in enumerate(rows):
        if row.get("via"):
            told = _told([*rows[:n], row | {"via": "Persona Administradora de EduTK"}, *rows[n + 1 :]])
            assert [f.outcome for f in told] == ["violated"], row
        if row.get("to"):
            told = _told([*rows[:n], row | {"to": ["Titular de la Jefatura de Servicios"]}, *rows[n + 1 :]])
            assert [f.outcome for f in told] == ["violated"], row


def _change(activity: str, **changes: Any) -> Edit:
    return lambda rows: _first(rows, activity).update(changes)


def _lose(activity: str, artefact: str) -> Edit:
    return lambda rows: _first(rows, activity)["artefacts"].remove(artefact)


def _name(activity: str, artefact: str) -> Edit:
    return lambda rows: _first(rows, activity).setdefault("artefacts", []).append(artefact)


@pytest.mark.parametrize(
    ("route", "edit", "rule"),
    [
        ("A.1.1 to B.1", _change("2", at="2025-09-30T09:00"), "PV-037.ultimo-trimestre"),
        ("A.1.1 to B.1", _change("44", at="2025-12-08T09:00"), "PV-032.llenado"),
        ("A.1.1 to B.1", _change("23", outcome="no aprobado"), "PV-005.aprobado-antes"),
        ("A.1.1 to B.1", _change("38", outcome="no cumple"), "PV-075.programas-virtuales-38-rama"),
        ("A.1.1 to B.1", _lose("37", "Plan anual de difusión de programas virtuales de capacitación"), "PV-074.programas-virtuales-37-plan-anual-de-difusion"),
        ("A.1.1 to B.1", _lose("44", "Correo electrónico de difusión"), "PV-082.programas-virtuales-44-correo-de-difusion"),
        ("A.1.1 to B.1", _lose("25", "Correo electrónico de revisión"), "PV-062.programas-virtuales-25-correo-de-revision-de-comunicacion-social"),
        ("A.1.1 to B.1", _name("16", "Correo electrónico de revisión 2"), "PV-053.tras-devolucion"),
        ("A.1.1 to B.1", _name("38", "Correo electrónico de atención"), "PV-076.tras-comentarios"),
        ("A.1.1 to B.1", _name("87", "Estrategias aplicadas"), "PV-132.sin-motivo"),
        ("three months of B.1", lambda rows: next(r for r in rows if "Estrategias aplicadas" in r.get("artefacts", ()))["artefacts"].pop(), "PV-132.obligatorias"),
        ("three webinars", _name("98", "Constancia de participación"), "PV-019.webinar-sin-constancia"),
        ("three webinars", _change("95", at="2026-03-06T18:00"), "PV-140.plazo"),
        ("three webinars", _change("96", at="2026-03-11T10:00"), "PV-141.plazo"),
        ("three webinars", _change("95", role="TJD"), "PV-140.quienes"),
        ("A.1.1 to B.1", lambda rows: [r.update(person="p-002") for r in rows if r["activity"] in ("6", "8")], "PV-044.otra-persona"),
    ],
)  # fmt: skip
def test_each_fault_is_told_by_its_rule(route: str, edit: Edit, rule: str) -> None:
    rows = ROUTES[route]()
    edit(rows)
    assert rule in {f.rule for f in _told(rows) if f.outcome == "violated"}


def test_the_reading_of_the_five_days_decides() -> None:
    rows = _plain_course(report="2026-01-08T10:00")
    assert [f.rule for f in _told(rows)] == ["PV-032.llenado"]
    assert _told(rows, readings={"PV-i01": "habiles"}) == ()
    rows = _plain_course(report="2026-01-09T10:00")
    assert [f.rule for f in _told(rows, readings={"PV-i01": "habiles"})] == ["PV-032.llenado-en-dias-habiles"]


def test_two_offices_may_each_record_their_part() -> None:
    rows = _three_webinars()
    split = [
        row | {"role": role}
        for row in rows
        for role in (("TJD", "TJO") if row["activity"] in ("95", "99") else (row["role"],))
    ]
    assert _told(split) == ()


def test_the_pack_knows_each_activity_that_the_norm_numbers() -> None:
    activities = _packs()[0].casebook.procedures["programas-virtuales"].activities
    assert [int(a) for a in activities if a.isdigit()] == list(range(1, 113))


def test_under_another_reading_any_role_may_send_the_annual_calendar() -> None:
    rows = _webinars_with_loops()
    _change("58", role="TD")(rows)
    assert [f.rule for f in _told(rows)] == ["PV-159.programas-virtuales-58-quien"]
    assert _told(rows, readings={"PV-i04": "cualquiera"}) == ()
