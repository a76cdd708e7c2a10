"""``periodicity``: the instances that are missing, by name."""

from __future__ import annotations

from .judging import answers, event, told

MONTHLY = {"of": {"artefact": "reporte"}, "every": "month"}


def reports(*days: str, **more: object) -> list[dict[str, object]]:
    return [event("entrega", day, artefact="reporte", **more) for day in days]


YEAR = [event("1", "2026-01-01", artefacts=[]), event("3", "2026-06-30", artefacts=[])]


def test_missing_months_are_named() -> None:
    events = [*YEAR, *reports("2026-01-30", "2026-03-30", "2026-05-29", "2026-06-30")]
    (found,) = answers("periodicity", MONTHLY, events)
    assert found.message == (
        "No consta «Reporte mensual» de febrero de 2026 y de abril de 2026: debe haber uno cada mes; "
        "en el registro, del 1 de enero de 2026 al 30 de junio de 2026, hay 4."
    )
    assert (found.outcome, found.evidence) == ("violated", "entrega · 2026-01-30")


def test_months_that_the_record_only_touches_are_not_asked() -> None:
    events = [event("1", "2026-01-20"), *reports("2026-02-27", "2026-03-31"), event("3", "2026-04-29")]
    assert told("periodicity", MONTHLY, events) == []
    assert told("periodicity", MONTHLY, events, as_of="2026-05-05") == [("reporte", "violated")]


def test_a_case_that_shows_none_owes_none() -> None:
    assert told("periodicity", MONTHLY, YEAR) == []


def test_the_period_that_a_report_states_counts() -> None:
    stated = [
        event("entrega", "2026-02-05", artefact="reporte", period="enero de 2026"),
        event("entrega", "2026-04-05", artefact="reporte", period="2026-03"),
    ]
    (found,) = answers("periodicity", MONTHLY, stated)
    assert "de febrero de 2026:" in found.message
    assert (
        told("periodicity", MONTHLY, [*stated, event("entrega", "2026-04-06", artefact="reporte", period="2026-T1")])
        == []
    )


def test_once_for_each_unit() -> None:
    events = [
        *YEAR,
        *reports("2026-01-30", "2026-02-27", "2026-03-30", "2026-04-30", "2026-05-29", "2026-06-30", unit="Norte"),
    ]
    sur = reports("2026-01-30", "2026-02-27", "2026-03-30", "2026-05-29", "2026-06-30", unit="Sur")
    (found,) = answers("periodicity", MONTHLY, [*events, *sur])
    assert "de abril de 2026 (unidad: Sur)" in found.message
    unsaid = event("entrega", "2026-04-30", artefact="reporte")
    assert told("periodicity", MONTHLY, [*events, *sur, unsaid]) == [("reporte", "undetermined")]


def test_what_the_record_does_not_date_leaves_a_doubt() -> None:
    events = [*YEAR, *reports("2026-01-30", "2026-03-30", "2026-04-30", "2026-05-29", "2026-06-30")]
    assert told("periodicity", MONTHLY, events) == [("reporte", "violated")]
    for unread in (event("entrega", "2026-02-31", artefact="reporte"), event("entrega", None, artefact="reporte")):
        assert told("periodicity", MONTHLY, [*events, unread]) == [("reporte", "undetermined")]


def test_an_event_that_may_be_one_leaves_a_doubt_about_its_own_period() -> None:
    events = [*YEAR, *reports("2026-01-30", "2026-03-30", "2026-04-30", "2026-05-29", "2026-06-30")]
    silent = [event("2", f"2026-{month}-10") for month in ("02", "03", "04", "05", "06") for _ in range(3)]
    assert told("periodicity", MONTHLY, [*events, *silent]) == [("reporte", "undetermined")]
    assert told("periodicity", MONTHLY, [*events, *silent[3:], *silent[3:]]) == [("reporte", "violated")]


def test_periods_of_other_lengths() -> None:
    def missing(every: str, *days: str, **words: object) -> list[str]:
        found = answers("periodicity", {**MONTHLY, "every": every, **words}, [*YEAR, *reports(*days)])
        return [f.message.split(": debe")[0] for f in found]

    assert missing("quarter", "2026-02-01") == ["No consta «Reporte mensual» del segundo trimestre de 2026"]
    assert missing("semester", "2026-02-01") == []
    assert missing("year", "2026-02-01") == []
    (weeks,) = missing("week", "2026-01-06")
    assert "de la semana del 12 al 18 de enero de 2026" in weeks
    assert "de otros 17 periodos, el último de la semana del 22 al 28 de junio de 2026" in weeks
    (twice,) = missing("quarter", "2026-02-01", "2026-03-01", "2026-05-01", times=2)
    assert twice == "No consta las veces debidas «Reporte mensual» del segundo trimestre de 2026"


def test_days_are_business_days() -> None:
    words = {"of": {"artefact": "reporte"}, "every": "day", "once_begun": True}
    given = reports("2026-01-29", "2026-01-30", "2026-02-03", "2026-02-05")
    (found,) = answers("periodicity", words, given)
    assert "«Reporte mensual» del 4 de febrero de 2026:" in found.message


def test_natural_days_where_the_norm_means_them() -> None:
    words = {"of": {"artefact": "reporte"}, "every": "day", "natural": True}
    (found,) = answers("periodicity", words, reports("2026-01-30", "2026-02-02"))
    assert (
        "«Reporte mensual» del 31 de enero de 2026 y del 1 de febrero de 2026: debe haber uno cada día;"
        in found.message
    )


def test_what_is_made_in_the_first_days_of_the_next_month_counts_for_the_last() -> None:
    made = [*YEAR[:1], *reports("2026-01-29", "2026-03-03", "2026-03-31")]
    assert told("periodicity", MONTHLY, made) == []
    assert told("periodicity", MONTHLY, [*YEAR[:1], *reports("2026-01-29", "2026-03-20", "2026-03-31")]) == [
        ("reporte", "violated")
    ]
    shifted = reports("2026-02-03", "2026-03-03", "2026-04-03", "2026-04-28")
    assert told("periodicity", MONTHLY, [*YEAR[:1], *shifted]) == []


def test_months_after_the_last_that_is_stated_are_asked_once_the_next_is_over() -> None:
    words = {**MONTHLY, "once_begun": True}
    one = [event("entrega", "2026-02-05", artefact="reporte", period="enero 2026")]
    (found,) = answers("periodicity", words, one, as_of="2026-04-15")
    assert "«Reporte mensual» de febrero de 2026: debe" in found.message
    assert told("periodicity", words, one, as_of="2026-03-30") == []


def test_other_extents() -> None:
    events = [*YEAR, *reports("2026-03-02", "2026-05-29")]
    (found,) = answers("periodicity", {**MONTHLY, "span": {"artefact": "reporte"}}, events)
    assert "de abril de 2026:" in found.message
    (found,) = answers("periodicity", {**MONTHLY, "once_begun": True}, events)
    assert "de abril de 2026 y de junio de 2026:" in found.message
