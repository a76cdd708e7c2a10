"""``precedes``, ``followed_by``, ``same_order`` and ``window``: what comes before what, and when."""

from __future__ import annotations

import pytest

from .judging import answers, event, refused, told

FIRST = {"of": {"activity": ["3"]}, "first": [{"activity": ["2"], "outcome": "cumple"}, {"artefact": "oficio"}]}
REVIEWED = {"of": {"activity": ["3"]}, "first": [{"activity": ["2"]}]}


def test_all_that_must_come_first() -> None:
    office = event("1", "2026-02-01", artefact="oficio")
    assert told("precedes", FIRST, [office, event("2", "2026-02-02", outcome="sí"), event("3", "2026-02-03")]) == []
    found = answers(
        "precedes",
        FIRST,
        [event("2", "2026-02-02", outcome="no", artefact="minuta"), event("3", "2026-02-03", artefacts=[])],
    )
    assert [f.message for f in found] == [
        "La actividad 3 («Autorizar el plan») consta el 3 de febrero de 2026, sin que conste la actividad 2 («Revisar el plan») "
        "con el resultado «cumple», que debe precederle.",
        "La actividad 3 («Autorizar el plan») consta el 3 de febrero de 2026, sin que conste «Oficio», que debe precederle.",
    ]
    assert (
        told("precedes", {**FIRST, "absent": "undetermined"}, [event("3", "2026-02-03", artefacts=[])])
        == [("3", "undetermined")] * 2
    )


def test_too_late_is_another_thing_than_never() -> None:
    (found,) = answers("precedes", REVIEWED, [event("3", "2026-02-03", role="TD"), event("2", "2026-02-04")])
    assert found.message == (
        "La actividad 3 («Autorizar el plan») consta el 3 de febrero de 2026, a cargo de Titular de la Dirección, antes que la actividad 2 "
        "(«Revisar el plan»), del 4 de febrero de 2026, que debe precederle."
    )
    late = [event("3", "2026-02-03"), event("2", "2026-02-04")]
    assert told("precedes", {**REVIEWED, "absent": "undetermined"}, late) == [("3", "violated")]
    assert told("precedes", {**REVIEWED, "order": "untold"}, late) == []
    assert told("precedes", {**REVIEWED, "order": "untold"}, late[:1]) == [("3", "violated")]


@pytest.mark.parametrize(
    ("approved", "reviewed", "outcome"),
    [
        ("2026-02-03", "2026-02-03", "undetermined"),
        ("2026-02-03T10:00", "2026-02-03", "undetermined"),
        ("2026-02-03T10:00", "2026-02-03T11:00", "violated"),
        ("2026-02-03T11:00", "2026-02-03T10:00", None),
        (None, None, "violated"),
        ("2026-02-03", None, "undetermined"),
        ("2026-02-31", "2026-02-03", "undetermined"),
    ],
)
def test_what_times_do_not_order_is_a_doubt(approved: str | None, reviewed: str | None, outcome: str | None) -> None:
    given = [event("3", approved), event("2", reviewed)]
    assert told("precedes", REVIEWED, given) == ([("3", outcome)] if outcome else [])
    assert told("precedes", REVIEWED, given[::-1]) == (
        [("3", "violated")] if approved and reviewed and outcome == "violated" else []
    )


def test_one_of_several_suffices() -> None:
    words = {"of": {"activity": ["3"]}, "first_any": [{"activity": ["1"]}, {"activity": ["2"]}]}
    assert told("precedes", words, [event("2", "2026-02-02"), event("3", "2026-02-03")]) == []
    (found,) = answers("precedes", words, [event("3", "2026-02-03")])
    assert "sin que conste la actividad 1 («Elaborar el plan») o la actividad 2 («Revisar el plan»)" in found.message


def test_a_document_that_the_event_bears_was_there_before() -> None:
    words = {"of": {"activity": ["3"]}, "first_any": [{"activity": ["1"]}, {"artefact": "oficio"}]}
    assert told("precedes", words, [event("3", "2026-02-03", artefact="oficio")]) == []
    assert told("precedes", words, [event("3", "2026-02-03", artefact="minuta")]) == [("3", "violated")]


def test_units_and_periods_have_each_their_own() -> None:
    events = [
        event("2", "2026-02-02", unit="Norte"),
        event("3", "2026-02-03", unit="Norte"),
        event("3", "2026-02-04", unit="Sur"),
    ]
    (found,) = answers("precedes", REVIEWED, events)
    assert "4 de febrero" in found.message
    assert (
        told("precedes", REVIEWED, [event("2", "2026-02-02", unit="DSRPI"), event("3", "2026-02-03", unit="CAPSOI")])
        == []
    )
    months = [event("2", "2026-02-02", period="2026-01"), event("3", "2026-03-03", period="2026-02")]
    assert told("precedes", REVIEWED, months) == [("3", "violated")]


def test_unsaid_outcomes_and_extracts_are_doubts_or_nothing() -> None:
    unsaid = [event("1", "2026-02-01", artefact="oficio"), event("2", "2026-02-02"), event("3", "2026-02-03")]
    assert told("precedes", FIRST, unsaid) == [("3", "undetermined")]
    assert told("precedes", REVIEWED, [event("3", "2026-02-03")], partial=True) == []
    late = [event("3", "2026-02-03"), event("2", "2026-02-04")]
    assert told("precedes", REVIEWED, late, partial=True) == [("3", "undetermined")]


def test_only_where_the_case_has_it() -> None:
    words = {**REVIEWED, "when": {"artefact": "oficio"}}
    assert told("precedes", words, [event("3", "2026-02-03", artefact="minuta")]) == []
    assert told("precedes", words, [event("3", "2026-02-03", artefact="oficio")]) == [("3", "violated")]
    words = {**REVIEWED, "unless": {"artefact": "oficio"}}
    assert told("precedes", words, [event("3", "2026-02-03", artefact="minuta")]) == [("3", "violated")]
    assert told("precedes", words, [event("3", "2026-02-03", artefact="oficio")]) == []


AFTER = {"of": {"activity": ["1"]}, "by": [{"activity": ["2"]}, {"activity": ["3"]}]}


def test_what_must_follow() -> None:
    assert (
        told("followed_by", AFTER, [event("1", "2026-02-01"), event("2", "2026-02-02"), event("3", "2026-02-03")]) == []
    )
    (found,) = answers(
        "followed_by", AFTER, [event("3", "2026-01-31"), event("1", "2026-02-01"), event("2", "2026-02-02")]
    )
    assert found.message == (
        "La actividad 1 («Elaborar el plan») consta el 1 de febrero de 2026, sin que después conste la actividad 3 («Autorizar el plan»), que debe seguirle."
    )
    assert [o for _, o in told("followed_by", AFTER, [event("1", "2026-02-01")])] == ["undetermined"] * 2
    assert told("followed_by", AFTER, [event("1", "2026-02-01"), event("reunion", "2026-02-02")], partial=True) == []
    any_of = {"of": {"activity": ["1"]}, "by_any": AFTER["by"]}
    assert told("followed_by", any_of, [event("1", "2026-02-01"), event("3", "2026-02-02")]) == []
    assert told("followed_by", any_of, [event("3", "2026-02-01"), event("1", "2026-02-01")]) == [("1", "undetermined")]


def test_rules_that_ask_for_nothing_are_refused() -> None:
    of = {"of": {"activity": ["1"]}}
    assert "first or first_any" in refused("precedes", of)
    assert "by or by_any" in refused("followed_by", of)
    assert "artefacts or any" in refused("accompanied", of)
    assert "artefacts or any" in refused("gathers", {})
    assert "to, to_any or via" in refused("addressed", of)


TURNS = {"of": {"activity": ["2"]}, "as": {"activity": ["1"]}}


def test_units_in_their_turn() -> None:
    came = [
        event("1", "2026-02-02", unit="UCS"),
        event("1", "2026-02-03", unit="UAD"),
        event("1", "2026-02-04", unit="CV"),
    ]
    assert (
        told(
            "same_order",
            TURNS,
            [*came, *(event("2", f"2026-02-1{n}", unit=u) for n, u in enumerate(("ucs", "UAD", "CV")))],
        )
        == []
    )
    (found,) = answers(
        "same_order", TURNS, [*came, *(event("2", f"2026-02-1{n}", unit=u) for n, u in enumerate(("UCS", "CV", "UAD")))]
    )
    assert (
        "para «CV» antes que para «UAD», que llegó primero (la actividad 1 («Elaborar el plan») del 3 de febrero"
        in found.message
    )
    roles = [event("1", "2026-02-02", role="TD"), event("1", "2026-02-03", role="TJD")]
    turned = [event("2", "2026-02-10", role="TJD"), event("2", "2026-02-11", role="TD")]
    assert told("same_order", TURNS, [*roles, *turned]) == [("2", "violated")]
    same_day = [event("1", "2026-02-02", unit="UCS"), event("1", "2026-02-02", unit="UAD")]
    assert (
        told(
            "same_order", TURNS, [*same_day, event("2", "2026-02-10", unit="UAD"), event("2", "2026-02-11", unit="UCS")]
        )
        == []
    )
    unsaid = [
        event("1", "2026-02-02"),
        event("1", "2026-02-03", unit="UAD"),
        event("2", "2026-02-10"),
        event("2", "2026-02-11"),
    ]
    assert told("same_order", TURNS, unsaid) == [("2", "undetermined")]


@pytest.mark.parametrize(
    ("words", "day", "said"),
    [
        ({"months": [10, 11, 12]}, "2025-10-06", ""),
        (
            {"months": [10, 11, 12]},
            "2025-09-30",
            "consta el 30 de septiembre de 2025, y debe ocurrir de octubre a diciembre.",
        ),
        ({"months": [3, 6, 9, 12]}, "2026-04-01", "debe ocurrir en marzo, junio, septiembre y diciembre."),
        ({"days": [1, 5]}, "2026-04-06", "debe ocurrir entre los días 1 y 5 de cada mes."),
        ({"days": [1, 5], "months": [1]}, "2026-01-05", ""),
        ({"days": [1, 5], "months": [1]}, "2026-02-05", "debe ocurrir entre los días 1 y 5 de enero."),
        ({"months": [1]}, "2026-02-31", "el registro no da una fecha que pueda leerse."),
    ],
)
def test_months_and_days(words: dict[str, list[int]], day: str, said: str) -> None:
    found = answers("window", {"of": {"activity": ["1"]}, **words}, [event("1", day)])
    assert [f.message.endswith(said) for f in found] == [True] * bool(said)
