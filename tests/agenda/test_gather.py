"""Duties of a pack: dated where they hang on the calendar, listed apart where something else sets them off."""

import datetime as dt
from pathlib import Path

import pytest

from checker.agenda.gather import gather
from checker.agenda.ics import uid
from checker.agenda.model import Agenda
from checker.agenda.owners import of_unit, with_role
from checker.packs.load import load_packs
from checker.packs.pack import Pack
from tests.agenda.packs import written

D = dt.date
START, END = D(2026, 1, 1), D(2026, 12, 31)


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Pack:
    monkeypatch.setenv("VOBO_CACHE_DIR", str(tmp_path / "cache"))
    return load_packs((written(tmp_path),))[0]


def days(agenda: Agenda, rule: str) -> list[dt.date]:
    return [item.last for item in agenda.dated if item.duty.rule == rule]


def test_what_hangs_on_the_calendar_has_dates(pack: Pack) -> None:
    agenda = gather([pack], START, END)
    assert days(agenda, "DP-001.cierre")[:3] == [D(2026, 1, 8), D(2026, 2, 9), D(2026, 3, 6)]
    assert len(days(agenda, "DP-001.cierre")) == 12
    assert days(agenda, "DP-003.primeros-naturales") == [D(2026, 1, 5), D(2026, 4, 5)]
    assert days(agenda, "DP-004.ventana") == [D(2026, 12, 31)]
    assert len(days(agenda, "DP-005.semanal")) == 53
    assert days(agenda, "DP-005.semanal")[-1] == D(2026, 12, 31)  # of the week whose Friday is 1 January
    assert [item.last for item in agenda.dated] == sorted(item.last for item in agenda.dated)
    assert len({uid(item) for item in agenda.dated}) == len(agenda.dated)


def test_a_period_is_not_told_beside_its_deadline(pack: Pack) -> None:
    agenda = gather([pack], START, END)
    assert days(agenda, "DP-002.cada-mes") == []
    assert days(agenda, "DP-014.acta-semestral") == []


def test_what_is_of_many_activities_is_called_after_the_procedure(pack: Pack) -> None:
    (item,) = (i for i in gather([pack], START, END).dated if i.duty.rule == "DP-015.ventana")
    assert (item.duty.what, item.last, item.period) == (
        "Actividades de «Informar»",
        D(2026, 9, 30),
        "septiembre de 2026",
    )


def test_what_something_sets_off_is_listed_apart(pack: Pack) -> None:
    agenda = gather([pack], START, END)
    assert {item.duty.rule: item.when for item in agenda.undated} == {
        "DP-006.diario": "cada día hábil",
        "DP-007.acta": "cada semestre, dentro de los 5 días hábiles posteriores a «Reunión de resultados»",
        "DP-007.consta-la-vigilancia": "dentro de los 9 días hábiles posteriores a «Convocar»",
        "DP-008.mismo-dia": "cada semestre, el mismo día que «Reunión de resultados»",
        "DP-009.antes": "entre 1 y 2 días hábiles antes de «Reunión de resultados»",
        "DP-010.un-dia-antes": "1 día hábil antes de «Reunión de resultados»",
        "DP-011.a-mas-tardar": "a más tardar 7 días naturales antes de «Reunión de resultados»",
        "DP-012.un-dia-despues": "cada semestre, dentro del día hábil posterior a «Informe mensual»",
        "DP-013.no-antes": "no antes de 1 mes después de «Reunión de resultados»",
    }


def test_a_duty_says_what_whose_and_where_it_is_laid_down(pack: Pack) -> None:
    agenda = gather([pack], START, END, readings={"DP-i01": "habiles"})
    duty = next(item.duty for item in agenda.dated if item.duty.rule == "DP-001.cierre")
    assert (duty.what, duty.who, duty.short) == ("Informe mensual", ("Área de Informes",), ("AI",))
    assert (duty.numeral, duty.clave, duty.edition) == ("1", "DP-01", "2025")
    waiting = next(item.duty for item in agenda.undated if item.duty.rule == "DP-008.mismo-dia")
    assert (waiting.numeral, waiting.note) == ("8.1", "Sólo cuando hay «Mapa».")
    unsaid = next(item.duty for item in agenda.undated if item.duty.rule == "DP-006.diario")
    assert unsaid.whose == "sin responsable señalado"
    assert agenda.norms == ("Norma de plazos, clave DP-01, edición 2025",)


def test_readings_choose_the_rule(pack: Pack) -> None:
    agenda = gather([pack], START, END, readings={"DP-i01": "habiles"})
    assert days(agenda, "DP-003.primeros-naturales") == []
    assert days(agenda, "DP-003.primeros-habiles") == [D(2026, 1, 8), D(2026, 4, 7)]
    assert "Conforme al criterio de interpretación DP-i01." in {item.duty.note for item in agenda.dated}


def test_days_that_an_office_closes_move_its_deadlines_and_not_their_uids(pack: Pack) -> None:
    plain = gather([pack], START, D(2026, 1, 31))
    moved = gather([pack], START, D(2026, 1, 31), closed=((D(2026, 1, 8), "Aniversario"),), opened=(D(2026, 1, 3),))
    assert days(moved, "DP-001.cierre") == [D(2026, 1, 7)]
    closed = gather([pack], START, D(2026, 1, 31), closed=((D(2026, 1, 8), "Aniversario"),))
    assert days(closed, "DP-001.cierre") == [D(2026, 1, 9)]
    assert closed.calendar == "mx-federal; closed 2026-01-08"
    assert {uid(i) for i in plain.dated} == {uid(i) for i in closed.dated}


@pytest.mark.parametrize(
    ("role", "rules"),
    [
        ("AI", {"DP-001.cierre", "DP-015.ventana"}),
        (
            "Titular de la AI",
            {
                "DP-003.primeros-naturales",
                "DP-009.antes",
                "DP-010.un-dia-antes",
                "DP-011.a-mas-tardar",
                "DP-013.no-antes",
                "DP-015.ventana",
            },
        ),
        (
            "ou",
            {
                "DP-004.ventana",
                "DP-005.semanal",
                "DP-015.ventana",
                "DP-007.acta",
                "DP-008.mismo-dia",
                "DP-012.un-dia-despues",
            },
        ),
    ],
)
def test_only_what_a_role_owes(pack: Pack, role: str, rules: set[str]) -> None:
    agenda = gather([pack], START, END, with_role([pack], role), owned_by=(role,))
    assert {item.duty.rule for item in (*agenda.dated, *agenda.undated)} == rules
    assert agenda.title == f"Plazos: {role}"


def test_a_unit_owes_what_its_titular_owes(pack: Pack) -> None:
    agenda = gather([pack], START, END, of_unit([pack], "Área de Informes"))
    assert {"DP-001.cierre", "DP-003.primeros-naturales"} <= {item.duty.rule for item in agenda.dated}
    assert "DP-004.ventana" not in {item.duty.rule for item in agenda.dated}
