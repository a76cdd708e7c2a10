"""Whatever a record says, every kind answers: no error, whole sentences, the same whichever way timed events are written down."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .judging import answers, event

ACT, TRIGGER = {"activity": ["3"], "artefact": "informe"}, {"activity": ["reunion"]}
WORDS: list[tuple[str, dict[str, Any]]] = [
    ("deadline", {"of": ACT, "within": "5 business days", "after": TRIGGER}),
    ("deadline", {"of": ACT, "within": "2 days", "at_least": "1 month", "after": TRIGGER}),
    ("deadline", {"of": ACT, "within": "2 months", "at_least": "1 business day", "before": TRIGGER}),
    ("deadline", {"of": {"activity": ["3"]}, "within": "0 days", "before": TRIGGER, "missing": "only"}),
    ("deadline", {"of": {"activity": ["3"]}, "within": "3 business days", "close_of": "quarter", "nearest": True}),
    ("deadline", {"of": {"activity": ["3"]}, "within": "5 days", "opening_of": "month", "months": [3, 9]}),
    ("window", {"of": ACT, "months": [1, 2], "days": [1, 5]}),
    ("periodicity", {"of": {"activity": ["3"]}, "every": "month"}),
    ("periodicity", {"of": ACT, "every": "week", "once_begun": True, "times": 2}),
    ("may_act", {"of": ACT, "roles": ["direccion"]}),
    ("separation", {"of": {"activity": ["3"]}, "other": TRIGGER}),
    ("precedes", {"of": {"activity": ["3"]}, "first": [TRIGGER, {"activity": ["2"], "outcome": "cumple"}]}),
    ("followed_by", {"of": TRIGGER, "by": [ACT], "by_any": [{"role": "oficina"}]}),
    ("same_order", {"of": {"activity": ["3"]}, "as": TRIGGER}),
    ("accompanied", {"of": {"activity": ["3"]}, "artefacts": ["informe"], "any": ["minuta", "oficio"]}),
    ("jointly", {"of": {"activity": ["3"]}, "roles": ["direccion", ["jefatura", "oficina"]]}),
    ("addressed", {"of": {"activity": ["3"]}, "to": ["jefatura"], "via": ["oficina"]}),
    ("gathers", {"artefacts": ["minuta"], "any": ["oficio", "informe"]}),
    ("never", {"of": ACT}),
]
days = st.dates(min_value=dt.date(2025, 11, 1), max_value=dt.date(2026, 4, 30))
times = st.one_of(
    st.none(),
    days.map(str),
    st.tuples(days, st.integers(8, 18)).map(lambda t: f"{t[0]}T{t[1]:02}:00"),
    st.sampled_from(["2026-02-31", "0206-02-03", "2100-12-31", "1990-01-01", "9999-12-31", "mañana", "2026-02-03T10:00-06:00", "2026-02-03T10:00Z"]),
)  # fmt: skip
said = st.fixed_dictionaries(
    {},
    optional={
        "role": st.sampled_from(["TD", "TJD", "TJO", "Recursos Humanos", "Titular de la Direción"]),
        "person": st.sampled_from(["p-1", "P-1", "Ana Soto", "ANA SOTO", "Ana Sotto"]),
        "unit": st.sampled_from(["Norte", "NORTE", "Sur"]),
        "period": st.sampled_from(["2026-01", "enero de 2026", "2026-T1", "2100", "siempre"]),
        "outcome": st.sampled_from(["sí", "no", "quizá"]),
        "artefacts": st.lists(st.sampled_from(["informe", "minuta", "oficio", "{otro}"]), max_size=2),
        "to": st.lists(st.sampled_from(["TJD", "TJO", "alguien"]), max_size=2),
        "via": st.sampled_from(["TJO", "alguien"]),
    },
)
events = st.builds(
    lambda name, at, more: event(name, at, **more), st.sampled_from(["1", "2", "3", "reunion", "77"]), times, said
)


@pytest.mark.parametrize(("kind", "words"), WORDS, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(WORDS)])
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=st.lists(events, max_size=9), partial=st.booleans())
def test_any_record_is_answered(kind: str, words: dict[str, Any], record: list[dict[str, Any]], partial: bool) -> None:
    for found in answers(kind, words, record, partial=partial):
        assert found.message.endswith((".", "?"))
        assert found.message[0].isupper() or found.message[0] == "«"
        assert "  " not in found.message


@pytest.mark.parametrize(("kind", "words"), WORDS, ids=[f"{n}-{kind}" for n, (kind, _) in enumerate(WORDS)])
def test_timed_events_say_the_same_in_any_order(kind: str, words: dict[str, Any]) -> None:
    chance = random.Random(kind)
    for _ in range(12):
        record = [
            event(
                chance.choice(["1", "2", "3", "reunion"]),
                f"2026-{chance.randint(1, 4):02}-{chance.randint(1, 28):02}T{8 + n:02}:00",
                role=chance.choice(["TD", "TJD", "TJO"]),
                person=chance.choice(["p-1", "p-2"]),
                artefacts=chance.choice([[], ["informe"], ["minuta"]]),
            )
            for n in range(8)
        ]
        straight = {(f.subject, f.outcome, f.message) for f in answers(kind, words, record)}
        chance.shuffle(record)
        assert {(f.subject, f.outcome, f.message) for f in answers(kind, words, record)} == straight
