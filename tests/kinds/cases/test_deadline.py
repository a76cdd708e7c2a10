"""``deadline``: terms after and before events, from closes of periods, and on their first days."""

from __future__ import annotations

import pytest

from .judging import answers, event, refused, told

AFTER = {
    "of": {"activity": ["entrega"], "artefact": "informe"},
    "within": "5 business days",
    "after": {"activity": ["reunion"]},
}
"""The meeting of Tuesday 3 February 2026 gives until the 10th."""


def delivered(at: str, **more: object) -> dict[str, object]:
    return event("entrega", at, artefact="informe", **more)


@pytest.mark.parametrize(("day", "late"), [("2026-02-03", 0), ("2026-02-10", 0), ("2026-02-11", 1), ("2026-02-16", 4)])
def test_the_last_day_is_in_time(day: str, late: int) -> None:
    found = answers("deadline", AFTER, [event("reunion", "2026-02-03"), delivered(day)])
    assert [f.outcome for f in found] == ["violated"] * bool(late)
    if late:
        assert f"{late} día{'s' * (late > 1)} hábil{'es' * (late > 1)} después de vencido el plazo" in found[0].message


def test_the_working_is_shown() -> None:
    (found,) = answers("deadline", AFTER, [event("reunion", "2026-01-28"), delivered("2026-02-09T10:15", role="TD")])
    assert found.message == (
        "«Informe ejecutivo» (Entrega de informe) consta el 9 de febrero de 2026, a cargo de Titular de la Dirección: 2 días hábiles después de vencido el plazo. "
        "Se cuenta desde el 28 de enero de 2026 (Reunión de resultados): 5 días hábiles; no se cuentan sábados y domingos "
        "ni el 2 de febrero (Día de la Constitución); el plazo venció el 5 de febrero de 2026."
    )
    assert (found.subject, found.citation.numeral) == ("informe", "6.1")
    assert found.evidence == "entrega · 2026-02-09T10:15 · TD"


def test_what_is_missing_past_its_last_day_is_told_at_what_asked_for_it() -> None:
    case = [event("reunion", "2026-02-03"), event("1", "2026-02-10")]
    assert told("deadline", AFTER, case) == []
    (found,) = answers("deadline", AFTER, case, as_of="2026-02-11")
    assert (found.subject, found.outcome) == ("informe", "violated")
    assert found.message.startswith(
        "No consta «Informe ejecutivo» (Entrega de informe), que debía constar a más tardar el 10 de febrero de 2026. Se cuenta"
    )
    assert found.evidence == "reunion · 2026-02-03"
    assert told("deadline", {**AFTER, "missing": "untold"}, case, as_of="2026-03-11") == []


def test_before_what_opens_the_term() -> None:
    (found,) = answers("deadline", AFTER, [delivered("2026-02-02"), event("reunion", "2026-02-03")])
    assert "antes del hecho que abre el plazo: la actividad «Reunión de resultados», del 3 de febrero" in found.message
    hours = [delivered("2026-02-03T09:00"), event("reunion", "2026-02-03T10:00")]
    assert told("deadline", AFTER, hours) == [("informe", "violated")]
    assert told("deadline", AFTER, [delivered("2026-02-03T09:00"), event("reunion", "2026-02-03")]) == []


def test_an_act_that_nothing_asked_for_is_a_doubt_told_once() -> None:
    (found,) = answers("deadline", AFTER, [delivered("2026-02-02"), delivered("2026-03-02"), delivered("2026-04-02")])
    assert found.outcome == "undetermined"
    assert "no consta la actividad «Reunión de resultados», desde donde se cuenta (y otras 2 veces)" in found.message
    assert told("deadline", AFTER, [delivered("2026-02-02")], partial=True) == []
    assert told("deadline", AFTER, [event("1", "2026-02-02")]) == []


def test_units_and_periods_keep_meetings_apart() -> None:
    meetings = [event("reunion", "2026-02-03", unit="Norte"), event("reunion", "2026-02-20", unit="Sur")]
    reports = [delivered("2026-02-23", unit="SUR"), delivered("2026-02-24", unit="norte")]
    (found,) = answers("deadline", AFTER, [*meetings, *reports])
    assert "24 de febrero" in found.message
    months = [event("reunion", "2026-02-03", period="2026-01"), event("reunion", "2026-02-20", period="2026-02")]
    late = [delivered("2026-02-23", period="febrero de 2026"), delivered("2026-02-24", period="enero de 2026")]
    (found,) = answers("deadline", AFTER, [*months, *late])
    assert "24 de febrero" in found.message


def test_each_meeting_has_its_own_report() -> None:
    meetings = [event("reunion", "2026-02-03"), event("reunion", "2026-02-05")]
    assert told("deadline", AFTER, [*meetings, delivered("2026-02-09"), delivered("2026-02-10")]) == []
    found = answers("deadline", AFTER, [*meetings, delivered("2026-02-09")], as_of="2026-03-01")
    assert [f.evidence for f in found] == ["reunion · 2026-02-05"]


def test_a_report_sent_again_is_no_matter() -> None:
    again = [event("reunion", "2026-02-03"), delivered("2026-02-05"), delivered("2026-03-05")]
    assert told("deadline", AFTER, again) == []


def test_what_the_record_does_not_say_is_a_doubt() -> None:
    unsaid = [event("reunion", "2026-02-03"), event("entrega", "2026-02-05"), event("1", "2026-03-05")]
    (found,) = answers("deadline", AFTER, unsaid)
    assert found.outcome == "undetermined"
    assert "el registro no dice si lo es la actividad del 5 de febrero de 2026" in found.message
    for at in (None, "2026-02-31"):
        events = [event("reunion", "2026-02-03"), event("entrega", at, artefact="informe"), event("1", "2026-03-05")]
        assert told("deadline", AFTER, events) == [("informe", "undetermined")]
        events = [event("reunion", at), delivered("2026-02-05")]
        assert told("deadline", AFTER, events) == [("informe", "undetermined")]


def test_a_record_that_keeps_its_documents_is_taken_at_its_word() -> None:
    kept = [
        event("reunion", "2026-02-03", artefact="minuta"),
        event("entrega", "2026-02-05"),
        event("1", "2026-03-05", artefact="oficio"),
    ]
    assert told("deadline", AFTER, kept) == [("informe", "violated")]


BEFORE = {
    "of": {"activity": ["1"]},
    "within": "2 business days",
    "at_least": "1 business day",
    "before": {"activity": ["reunion"]},
}
"""Tests one or two business days before the meeting of Tuesday 3 February 2026, a day after a holiday: 29 and 30 January."""


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-01-28", "1 día hábil antes de lo debido. No procede antes del 29 de enero de 2026: debe ocurrir a lo sumo 2 días hábiles antes"),
        ("2026-01-29", ""),
        ("2026-01-30", ""),
        ("2026-02-03", "1 día hábil después de vencido el plazo. Se cuenta hacia atrás desde el 3 de febrero de 2026"),
        ("2026-02-04", "2 días hábiles después de vencido el plazo."),
    ],
)  # fmt: skip
def test_a_window_before(day: str, said: str) -> None:
    found = answers("deadline", BEFORE, [event("1", day), event("reunion", "2026-02-03"), event("2", "2026-02-20")])
    assert [f.outcome for f in found] == ["violated"] * bool(said)
    assert not said or said in found[0].message


def test_what_must_come_before_and_does_not() -> None:
    (found,) = answers("deadline", BEFORE, [event("reunion", "2026-02-03")])
    assert found.message.startswith(
        "No consta la actividad 1 («Elaborar el plan») antes de la actividad «Reunión de resultados», del 3 de febrero de 2026: "
        "debía constar a más tardar el 30 de enero de 2026."
    )
    assert told("deadline", BEFORE, [event("reunion", "2026-02-03")], partial=True) == []
    assert told("deadline", BEFORE, [event("2", "2026-01-05"), event("reunion", "2026-02-03")], partial=True) != []


def test_the_same_day() -> None:
    words = {"of": {"activity": ["1"]}, "within": "0 days", "after": {"activity": ["reunion"]}}
    saturday = event("reunion", "2026-02-07T10:00")
    assert told("deadline", words, [saturday, event("1", "2026-02-07T18:00")]) == []
    assert told("deadline", words, [saturday, event("1", "2026-02-07")]) == []
    (found,) = answers("deadline", words, [saturday, event("1", "2026-02-09")])
    assert "Debe ocurrir el mismo día: 7 de febrero de 2026 (Reunión de resultados)." in found.message


CLOSE = {"of": {"artefact": "reporte"}, "within": "5 business days", "close_of": "month"}


def report(at: str | None, **more: object) -> dict[str, object]:
    return event("entrega", at, artefact="reporte", **more)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"at": "2026-02-09"}, ""),
        ({"at": "2026-02-10"}, "1 día hábil después de vencido el plazo. Se cuenta desde el 31 de enero de 2026 (cierre de enero de 2026)"),
        ({"at": "2026-02-10", "period": "febrero de 2026"}, "antes del hecho que abre el plazo: el cierre de febrero de 2026, el 28 de febrero"),
        ({"at": "2026-02-10", "period": "2025-12"}, "(cierre de diciembre de 2025)"),
        ({"at": "2026-01-31"}, ""),
        ({"at": "2026-03-20", "period": "el de siempre"}, "no dice con claridad de qué periodo es («el de siempre»)"),
    ],
)  # fmt: skip
def test_from_the_close_of_a_period(given: dict[str, str], said: str) -> None:
    found = answers("deadline", CLOSE, [report(**given)])
    assert len(found) == bool(said)
    assert not said or said in found[0].message


def test_only_some_closes_count() -> None:
    quarters = {**CLOSE, "months": [3, 6, 9, 12], "within": "3 business days"}
    assert told("deadline", quarters, [report("2026-04-06")]) == [("reporte", "violated")]
    assert told("deadline", quarters, [report("2026-04-03")]) == []
    assert told("deadline", quarters, [report("2026-03-25")]) == [("reporte", "violated")]
    assert told("deadline", {**quarters, "nearest": True}, [report("2026-03-25")]) == []
    assert told("deadline", {**CLOSE, "close_of": "quarter"}, [report("2026-04-20", period="2026-T1")]) != []


def test_a_second_one_of_the_same_month() -> None:
    twice = [report("2026-02-05"), report("2026-02-27")]
    assert told("deadline", CLOSE, twice) == [("reporte", "undetermined")]
    stated = [e | {"period": "2026-01"} for e in twice]
    assert told("deadline", CLOSE, stated) == [("reporte", "undetermined")]  # of which unit, nobody says
    assert told("deadline", CLOSE, [e | {"unit": "Norte"} for e in stated]) == []
    assert told("deadline", CLOSE, [e | {"role": "TD"} for e in stated]) == []
    assert told("deadline", CLOSE, [stated[0] | {"role": "TD"}, stated[1] | {"role": "TJD"}]) == [
        ("reporte", "violated")
    ]
    assert told("deadline", CLOSE, [report("2026-02-05", unit="Norte"), report("2026-02-27", unit="Sur")]) == [
        ("reporte", "violated")
    ]
    assert told("deadline", CLOSE, [report(None)]) == [("reporte", "undetermined")]


@pytest.mark.parametrize(
    ("day", "late"), [("2026-02-02", False), ("2026-02-05", False), ("2026-02-06", True), ("2026-02-28", True)]
)
def test_on_the_first_days_of_a_month(day: str, late: bool) -> None:
    words = {"of": {"artefact": "reporte"}, "within": "5 days", "opening_of": "month"}
    found = answers("deadline", words, [report(day)], days="calendar")
    assert [f.outcome for f in found] == ["violated"] * late
    if late:
        assert (
            "(febrero de 2026 comienza al día siguiente): 5 días naturales; el plazo venció el 5 de febrero"
            in found[0].message
        )


def test_only_what_never_came() -> None:
    words = {**AFTER, "missing": "only", "or": [{"activity": ["entrega"], "artefact": "minuta"}]}
    meeting, later = event("reunion", "2026-02-03"), event("1", "2026-03-05", artefact="oficio")
    assert told("deadline", words, [meeting, delivered("2026-02-20"), later]) == []
    assert told("deadline", words, [meeting, event("entrega", "2026-02-05", artefact="minuta"), later]) == []
    assert told("deadline", words, [meeting, later]) == [("informe", "violated")]
    assert told("deadline", words, [delivered("2026-02-05"), later]) == []
    assert "or belongs to missing: only" in refused("deadline", {**words, "missing": "told"})


def test_a_flow_tells_itself_what_was_skipped() -> None:
    flow = {"starts": ["reunion"], "next": {"reunion": ["entrega"], "entrega": ["1"]}}
    words = {"of": {"activity": ["entrega"]}, "within": "5 business days", "after": {"activity": ["reunion"]}}
    missed = [event("reunion", "2026-02-03"), event("1", "2026-03-05")]
    assert told("deadline", words, missed) == [("entrega", "violated")]
    assert told("deadline", words, missed, flow=flow) == []
    assert told("deadline", words, [event("entrega", "2026-02-20"), event("1", "2026-03-05")], flow=flow) == []
    late = [event("reunion", "2026-02-03"), event("entrega", "2026-02-20"), event("1", "2026-03-05")]
    assert told("deadline", words, late, flow=flow) == [("entrega", "violated")]


def test_one_event_may_be_both() -> None:
    words = {"of": {"artefact": "minuta"}, "within": "5 business days", "after": {"activity": ["reunion"]}}
    assert told("deadline", words, [event("reunion", "2026-02-03", artefact="minuta")], as_of="2026-03-03") == []


def test_from_one_to_the_next() -> None:
    words = {"of": {"activity": ["reunion"]}, "within": "1 month", "after": {"activity": ["reunion"]}}
    meetings = [event("reunion", f"2026-0{month}-03") for month in (1, 2, 3)]
    assert told("deadline", words, meetings) == []
    assert told("deadline", words, meetings, as_of="2026-04-04") == [("reunion", "violated")]
    (found,) = answers("deadline", words, [meetings[0], event("reunion", "2026-02-10")])
    assert "7 días naturales después de vencido el plazo" in found.message


def test_units_that_nothing_shares_say_only_where() -> None:
    held = [event("reunion", "2026-02-03", unit="OOAD Jalisco"), delivered("2026-02-20", unit="CAPSOI")]
    (found,) = answers("deadline", AFTER, held)
    assert "8 días hábiles después de vencido el plazo" in found.message


def test_words_that_say_no_term_are_refused() -> None:
    of = {"of": {"activity": ["1"]}}
    assert "exactly one of after" in refused("deadline", {**of, "within": "5 days"})
    assert "within or at_least" in refused("deadline", {**of, "after": of["of"]})
    assert "no duration" in refused("deadline", {**AFTER, "within": "5 busness days"})
    assert "months of a quarter" in refused(
        "deadline", {**of, "within": "5 days", "close_of": "quarter", "months": [2]}
    )
    assert refused("deadline", AFTER) == ""
