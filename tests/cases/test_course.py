"""Each way of leaving the flow is told once, by its activity, in the norm's words."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.cases.language import accepts, random_walk
from checker.cases.sample import made_record
from checker.packs.pack import Pack
from tests.cases.conftest import WHOLE, court_of, told

A1, A2, NO, A4, YES, A5, A6 = WHOLE


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (WHOLE, []),
        ([A1, A2, YES, A5, A6], []),
        ([A1, A2, NO, A4, NO, A4, YES, A5, A6], []),
        ([A1, YES, A5, A6], [("ZZ-002.2-en-su-lugar", "violated", "2")]),
        ([A2, A1, YES, A5, A6], [("ZZ-001.1-en-su-lugar", "violated", "1")]),
        ([A1, A2, A2, YES, A5, A6], [("ZZ-002.2-en-su-lugar", "violated", "2")]),
        ([A1, A2, YES, A4, A5, A6], [("ZZ-004.4-en-su-lugar", "violated", "4")]),
        ([A1, A2, NO, A4], [("ZZ-003.3-en-su-lugar", "violated", "3")]),
        ([A1, A2], [("ZZ-003.3-en-su-lugar", "violated", "3")]),
        ([A1, A2, NO, A5, A6], [("ZZ-003.3-rama", "violated", "3")]),
        ([A1, A2, YES, A5, A6, "8 TD"], [("ZZ-008.actividad-desconocida", "violated", "8")]),
        ([A1, "consulta TJAP", A2, YES, "consulta TJAP", A5, A6], []),
    ],
)
def test_a_deviation_is_told_once(demo: Pack, lines: list[str], found: list[tuple[str, str, str]]) -> None:
    assert told(lines, demo) == found


def test_what_was_told(demo: Pack) -> None:
    court, law = court_of(demo)
    from tests.cases.conftest import record

    def messages(lines: list[str]) -> list[str]:
        return [i.finding.message for i in court.findings(court.case(record(lines), law)[0], law)]

    assert messages([A1, YES, A5, A6]) == [
        "La actividad 2 («Elaborar el plan») no consta en el registro: debió ocurrir después de la 1 («Convocar a la reunión») "
        "y antes de la 3 («Analizar el plan»)."
    ]
    assert messages([A1, A2, NO, A4]) == [
        "El asunto se devolvió y no consta que volviera: después de la actividad 4 («Atender las observaciones») debía seguir "
        "la 3 («Analizar el plan»)."
    ]
    assert messages([A1, A2]) == [
        "El asunto se detuvo después de la actividad 2 («Elaborar el plan»): no consta la actividad 3 («Analizar el plan»), "
        "que debía seguir, ni las posteriores."
    ]


def test_an_extract_is_not_complained_of(demo: Pack) -> None:
    assert told([NO, A4, YES], demo, partial=True) == []
    assert told([NO, YES], demo, partial=True) == [("ZZ-004.4-en-su-lugar", "violated", "4")]


PROCEDURES = [
    ("PV", "programas-virtuales"),
    ("PD", "formalizacion"),
    ("PD", "funcionalidad"),
    ("SC", "normatividad"),
    ("SC", "concertacion"),
    ("SC", "pd-02-it-04"),
]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), which=st.sampled_from(PROCEDURES))
def test_a_walk_complies_and_a_missing_activity_is_named(
    packs: tuple[Pack, ...], seed: int, which: tuple[str, str]
) -> None:
    """A trace made from a procedure has no deviation; without one activity it has one, which names it, or is another walk."""
    prefix, name = which
    pack = next(p for p in packs if p.info.prefix == prefix)
    court, law = court_of(pack, name)
    assert law.nets is not None
    chance = random.Random(seed)
    path = random_walk(law.nets.flow, chance, max_loops=1)
    whole = court.case(made_record(law.procedure, pack, path, "A"), law)[0]
    assert whole.course is not None
    assert (whole.course.deviations, whole.course.cost) == ((), 0)
    gone = chance.randrange(len(path))
    rest = path[:gone] + path[gone + 1 :]
    if accepts(law.nets.flow, rest):
        return
    course = court.case(made_record(law.procedure, pack, rest, "A"), law)[0].course
    assert course is not None
    assert course.cost == 1
    (deviation,) = course.deviations
    if deviation.kind in ("skipped", "open-loop", "abandoned"):
        # where two ways are equally short, the one that lacks the activity left out is not the only explanation
        repaired = [*rest[: deviation.after.position + 1 if deviation.after else 0], deviation.activity]
        repaired += rest[deviation.after.position + 1 if deviation.after else 0 :]
        assert accepts(law.nets.flow, repaired) or deviation.kind != "skipped"


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), edits=st.integers(1, 4), which=st.sampled_from(PROCEDURES))
def test_the_cost_is_never_above_the_number_of_edits(
    packs: tuple[Pack, ...], seed: int, edits: int, which: tuple[str, str]
) -> None:
    prefix, name = which
    pack = next(p for p in packs if p.info.prefix == prefix)
    court, law = court_of(pack, name)
    assert law.nets is not None
    chance = random.Random(seed)
    path = list(random_walk(law.nets.flow, chance, max_loops=1))
    for _ in range(edits):
        if chance.random() < 0.5 and len(path) > 1:
            del path[chance.randrange(len(path))]
        else:
            path.insert(chance.randrange(len(path) + 1), chance.choice(law.nets.flow.labels))
    course = court.case(made_record(law.procedure, pack, path, "A"), law)[0].course
    assert course is not None
    assert course.cost <= edits
    assert bool(course.deviations) == bool(course.cost)
