"""XES logs."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from parsers.cases.model import Artefact, CaseRecord
from parsers.cases.read import is_case_file, read_cases
from parsers.errors import Unreadable
from parsers.limits import Limits

HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2023" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<global scope="event"><string key="org:role" value="UNKNOWN"/></global>
<classifier name="Activity" keys="concept:name"/>
"""


def records(
    tmp_path: Path, body: str | bytes, name: str = "registro.xes", limits: Limits | None = None
) -> list[CaseRecord]:
    path = tmp_path / name
    path.write_bytes(body if isinstance(body, bytes) else (HEAD + body).encode())
    return list(read_cases(path, limits))


def trace(*events: str, attributes: str = '<string key="concept:name" value="A"/>') -> str:
    return f"<trace>{attributes}\n" + "\n".join(f"<event>{event}</event>" for event in events) + "\n</trace>\n"


def text(key: str, value: str) -> str:
    return f'<string key="{key}" value="{value}"/>'


def reasons(record: CaseRecord) -> list[tuple[int | None, str]]:
    return [(gap.place.line, gap.reason) for gap in record.gaps]


FULL = trace(
    text("concept:name", "37")
    + '<date key="time:timestamp" value="2026-02-03T10:15:00.000-06:00"/>'
    + text("org:role", "Titular")
    + text("org:resource", "p-1")
    + text("org:group", "CSS")
    + text("outcome", "cumple")
    + text("artefacts", "plan=plan.docx; minuta")
    + '<list key="to"><values><string key="r" value="Jefe A"/><string key="r" value="Jefe B"/></values></list>'
    + text("via", "Oficina")
    + text("lifecycle:transition", "complete"),
    '<int key="concept:name" value="38"/><list key="artefacts"><values><container key="a">'
    + text("type", "plan")
    + text("file", "p.docx")
    + "</container></values></list>"
    + '<list key="to"><values/></list>'
    + '<string key="cost:total" value="3"><string key="cost:currency" value="MXN"/></string>',
    attributes=text("concept:name", "A") + text("procedure", "imss/pv#p") + text("canal", "correo"),
)


@pytest.mark.parametrize("packed", [False, True])
def test_what_a_trace_says(tmp_path: Path, packed: bool) -> None:
    body = (HEAD + FULL + "</log>").encode()
    name = "registro.xes.gz" if packed else "registro.xes"
    [record] = records(tmp_path, gzip.compress(body) if packed else body, name)
    assert (record.case, record.procedure, record.place.line) == ("A", "imss/pv#p", 6)
    assert (record.notes, record.gaps) == (("canal: correo",), ())
    first, second = record.events
    assert (first.activity, first.role, first.person, first.unit, first.outcome) == (
        "37",
        "Titular",
        "p-1",
        "CSS",
        "cumple",
    )
    assert first.at is not None
    assert str(first.at.value) == "2026-02-03 10:15:00-06:00"
    assert first.artefacts == (Artefact("plan", "plan.docx"), Artefact("minuta"))
    assert (first.to, first.via, first.place.line, first.notes) == (("Jefe A", "Jefe B"), ("Oficina",), 7, ())
    assert (second.activity, second.artefacts, second.to) == ("38", (Artefact("plan", "p.docx"),), ())
    assert second.notes == ("cost:total: 3", "cost:total/cost:currency: MXN")
    assert second.role is None  # what <global> declares is stated by no event
    assert is_case_file(tmp_path / name, Limits())


def test_only_what_was_completed_counts(tmp_path: Path) -> None:
    def event(name: str, transition: str) -> str:
        return text("concept:name", name) + text("lifecycle:transition", transition)

    body = (
        trace(event("1", "start"), event("1", "COMPLETE"), text("concept:name", "2"), event("3", "start"))
        + trace(event("1", "schedule"), event("1", "start"))
        + trace(event("1", "suspend"), event("1", "resume"))
        + "</log>"
    )
    done, begun, other = records(tmp_path, body)
    assert [e.activity for e in done.events] == ["1", "2"]
    assert done.notes == (
        "de lifecycle:transition solo se tomaron los «complete»; quedaron aparte: línea 7, «start» de «1»; línea 10, «start» de «3»",
    )
    assert [e.activity for e in begun.events] == ["1"]
    assert begun.notes[0] == "los eventos solo dicen que la actividad empezó (lifecycle:transition «start»)"
    assert len(other.events) == 2
    assert other.notes == ("los eventos no dicen que la actividad terminara (resume, suspend); se tomaron todos",)


@pytest.mark.parametrize(
    ("end", "reason"),
    [
        ("<event></trace>", "desde la línea 10 no es XML bien formado"),
        ("<event>" + "<string key='a' value='b'>" * 60, "desde la línea 10 hay más de 40 niveles anidados"),
        ("", "desde la línea 10 no es XML bien formado"),
        ("<event>\x01", "desde la línea 10 no es XML bien formado"),
    ],
)
def test_what_stands_before_a_fault_is_kept(tmp_path: Path, end: str, reason: str) -> None:
    body = (
        trace(text("concept:name", "1"))
        + f'<trace><string key="concept:name" value="B"/><event>{text("concept:name", "2")}</event>\n{end}'
    )
    a, b = records(tmp_path, body)
    assert (a.case, a.gaps) == ("A", ())
    assert (b.case, [e.activity for e in b.events]) == ("B", ["2"])
    assert reasons(b) == [(10, f"{reason}; lo que sigue no se leyó")]


def test_a_truncated_gzip_keeps_its_traces(tmp_path: Path) -> None:
    import random

    random.seed(1)
    body = HEAD + "".join(trace(text("concept:name", str(random.random()))) for _ in range(3000)) + "</log>"
    packed = gzip.compress(body.encode())
    found = records(tmp_path, packed[: len(packed) // 2], "registro.xes.gz")
    assert 500 < len(found) < 3000
    assert "el archivo comprimido está incompleto o dañado" in found[-1].gaps[-1].reason


def test_events_outside_traces_and_other_elements_are_told(tmp_path: Path) -> None:
    body = (
        f"<event>{text('concept:name', '9')}</event>\n"
        + trace(text("concept:name", "1") + "<raro><event/></raro>")
        + "</log>"
    )
    [record] = records(tmp_path, body)
    assert [e.activity for e in record.events] == ["1"]
    assert reasons(record) == [
        (6, "el evento de la línea 6 no está en ninguna traza"),
        (8, "la línea 8 tiene un elemento «raro» que no es de XES y no se leyó"),
    ]


def test_unnamed_traces_and_a_procedure_for_all(tmp_path: Path) -> None:
    body = (
        text("procedure", "p")
        + trace("", attributes="")
        + trace("", attributes=text("identity:id", "u-1"))
        + trace(attributes="")
        + "</log>"
    )
    one, two, three = records(tmp_path, body)
    assert [(r.case, r.procedure) for r in (one, two, three)] == [
        ("registro (1)", "p"),
        ("u-1", "p"),
        ("registro (3)", "p"),
    ]
    assert one.gaps[0].reason == "el evento 1 no dice qué actividad o hito es"
    assert three.gaps[0].reason == "el caso no trae eventos"


def test_lines_beyond_those_that_sixteen_bits_count(tmp_path: Path) -> None:
    [record] = records(tmp_path, "\n" * 70_000 + trace(text("concept:name", "1")) + "</log>")
    assert record.events[0].place.line == 70_007


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "x">]><log><trace/></log>', "xml-bomb"),
        (b'<!DOCTYPE log SYSTEM "file:///etc/passwd"><log><trace/></log>', "xml-bomb"),
        (b"<html><body>hola</body></html>", "unknown-format"),
        (b"<log></log>", "malformed"),
        (b"<log><trace>", ""),
        (b"<log", "malformed"),
        (gzip.compress(b"<log>" + b" " * 30_000_000, mtime=0), "zip-bomb"),
        (gzip.compress(b"hola", mtime=0), "malformed"),
        (b"\x1f\x8b\x08\x00basura", "malformed"),
    ],
)
def test_what_is_hostile_or_no_log_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.xes"
    path.write_bytes(content)
    if not code:
        assert next(iter(read_cases(path))).gaps
        return
    with pytest.raises(Unreadable) as raised:
        list(read_cases(path))
    assert raised.value.code == code


def test_what_is_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        records(tmp_path, trace() * 1000 + "</log>", limits=Limits(expanded_size=10_000))
    assert raised.value.code == "too-large"


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_encodings_that_the_file_declares(tmp_path: Path, encoding: str) -> None:
    body = (HEAD.replace("UTF-8", encoding) + trace(text("concept:name", "Revisión")) + "</log>").encode(encoding)
    [record] = records(tmp_path, body)
    assert record.events[0].activity == "Revisión"
