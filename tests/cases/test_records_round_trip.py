"""What is written of a record is read back as the same record, in every format."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from parsers.cases.model import Artefact, CaseRecord, Event, When
from parsers.cases.names import field_of
from parsers.cases.read import read_cases
from parsers.cases.values import listed, scalar
from parsers.cases.when import read_time
from parsers.cases.write import to_yaml
from parsers.model import Gap, Place

LETTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn"), exclude_characters=";=\ufffd\ufeff"
)
"""``;`` and ``=`` part values in one cell, so that no table can hold them."""
WORDS = st.text(LETTERS, min_size=1, max_size=12).map(str.strip).filter(lambda t: scalar(t) == t and listed(t) == (t,))
OFTEN = st.sampled_from(
    ["37", "6.10", "no", "sí", "true", "null", "~", "# x", "a: b", "- a", "*x", "&x", "!x", "[a", "{a}", "«x»", "'", '"', "\\", "Jefa, de", "@a", "%a", "|", "a #b", "0x1F", "2026-02-03"]
).filter(lambda t: scalar(t) == t and listed(t) == (t,))  # fmt: skip
TEXTS = OFTEN | WORDS
MAYBE = st.none() | TEXTS
LISTS = st.none() | st.lists(TEXTS, max_size=3).map(tuple)
TIMES = st.sampled_from(
    ["2026-02-03T10:15", "2026-02-03", "03/02/2026 10:15 a. m.", "31 de febrero de 2026", "2026-02-03T10:15:00-06:00"]
)


def when(text: str) -> When:
    return read_time(text)[0]


EVENTS = st.builds(
    Event,
    number=st.just(0),
    id=MAYBE,
    activity=TEXTS,
    milestone=MAYBE,
    at=st.none() | TIMES.map(when),
    role=MAYBE,
    person=MAYBE,
    unit=MAYBE,
    outcome=MAYBE,
    artefacts=st.none() | st.lists(st.builds(Artefact, TEXTS, MAYBE), max_size=3).map(tuple),
    to=LISTS,
    via=LISTS,
    period=MAYBE,
)
RECORDS = st.builds(
    lambda case, procedure, events: CaseRecord(
        case, procedure, tuple(replace(e, number=n) for n, e in enumerate(events, 1)), Place()
    ),
    TEXTS,
    MAYBE,
    st.lists(EVENTS, min_size=1, max_size=5),
)


def bare(record: CaseRecord) -> CaseRecord:
    """Without places and what was told of reading."""
    events = tuple(replace(event, place=Place(), notes=()) for event in record.events)
    return replace(record, events=events, place=Place(), notes=(), gaps=())


def read_one(folder: Path, name: str, content: str) -> CaseRecord:
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    [record] = read_cases(path)
    return record


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ida-y-vuelta")


@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_yaml(folder: Path, record: CaseRecord) -> None:
    assert bare(read_one(folder, "a.yaml", to_yaml(record))) == record


@given(st.text(min_size=1, max_size=30).map(str.strip).filter(lambda t: scalar(t) == t))
def test_any_text_in_yaml(folder: Path, text: str) -> None:
    record = CaseRecord("a", None, (Event(1, activity=text, role=text, artefacts=(Artefact(text, text),)),), Place())
    assert bare(read_one(folder, "t.yaml", to_yaml(record))) == record


def flat(event: Event) -> dict[str, str]:
    """The cells of an event in a table; what is not said stays blank."""
    told = {
        "id": event.id, "concept:name": event.activity, "event": event.milestone, "org:role": event.role,
        "org:resource": event.person, "unit": event.unit, "outcome": event.outcome, "period": event.period,
        "time:timestamp": event.at.text if event.at else None,
        "to": None if event.to is None else "; ".join(event.to) or "-",
        "via": None if event.via is None else "; ".join(event.via) or "ninguno",
        "artefacts": None if event.artefacts is None
        else "; ".join(a.type if a.file is None else f"{a.type}={a.file}" for a in event.artefacts) or "-",
    }  # fmt: skip
    return {key: value for key, value in told.items() if value is not None}


COLUMNS = "case:concept:name case:procedure id concept:name event time:timestamp org:role org:resource unit outcome artefacts to via period".split()


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.sampled_from(",;\t"), st.booleans())
def test_csv(folder: Path, record: CaseRecord, delimiter: str, quoted: bool) -> None:
    out = io.StringIO(newline="")
    style = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    writer = csv.DictWriter(out, COLUMNS, delimiter=delimiter, quoting=style)
    writer.writeheader()
    for event in record.events:
        head = {"case:concept:name": record.case} | ({"case:procedure": record.procedure} if record.procedure else {})
        writer.writerow(head | flat(event))
    assert bare(read_one(folder, "a.csv", out.getvalue())) == record


@settings(max_examples=60, deadline=None)
@given(RECORDS)
def test_xes(folder: Path, record: CaseRecord) -> None:
    lines = ["<log><trace>", attribute("concept:name", record.case)]
    if record.procedure is not None:
        lines.append(attribute("procedure", record.procedure))
    for event in record.events:
        lines += ["<event>", *(attribute(key, value) for key, value in flat(event).items()), "</event>"]
    assert bare(read_one(folder, "a.xes", "\n".join([*lines, "</trace></log>"]))) == record


def attribute(key: str, value: str) -> str:
    return f"<string key={quoteattr(key)} value={quoteattr(value)}/>"


def test_notes_and_gaps_are_comments() -> None:
    event = Event(1, activity="37", at=when("2026-02-03T10:15"), to=(), via=("Jefa",), notes=("hora\ninferida",))
    record = CaseRecord("A-1", "imss/pv#p", (event, Event(2)), Place(), ("leído",), (Gap("falta algo", Place()),))
    assert to_yaml(record) == (
        "# leído\n# no se leyó: falta algo\ncase: A-1\nprocedure: imss/pv#p\nevents:\n"
        '  # hora inferida\n  - activity: "37"\n    at: 2026-02-03T10:15\n    to: []\n    via: Jefa\n  - {}\n'
    )
    assert to_yaml(CaseRecord("A", None, (), Place())) == "case: A\nevents: []\n"


def test_every_column_of_the_round_trip_is_known() -> None:
    assert None not in map(field_of, COLUMNS)
