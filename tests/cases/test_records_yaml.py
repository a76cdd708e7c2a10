"""Case records in YAML and JSON."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import pytest
import yaml
from msgspec.structs import replace

from parsers.cases.model import Artefact, CaseRecord
from parsers.cases.names import field_of
from parsers.cases.nested import record_of
from parsers.cases.read import read_cases
from parsers.cases.yaml_cases import MAX_DEPTH
from parsers.errors import Unreadable

DESIGN = """\
case: A-2026-017
procedure: imss/programas-virtuales#programas-virtuales   # pack#procedure
events:
  - activity: "37"
    at: 2026-02-03T10:15
    role: Titular de la Dirección
    person: p-014
    unit: CSS Legaria
    outcome: cumple
    artefacts: [{type: plan-anual-de-difusion, file: plan.docx}]
    to: [Titular de la Jefatura de Departamento]
    via: Titular de la Jefatura de Oficina
    period: enero de 2026
  - event: conclusion
    at: 2026-02-05
"""


def records(tmp_path: Path, text: str | bytes, name: str = "caso.yaml") -> list[CaseRecord]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_cases(path))


def one(tmp_path: Path, text: str | bytes, name: str = "caso.yaml") -> CaseRecord:
    [record] = records(tmp_path, text, name)
    return record


def reasons(record: CaseRecord) -> list[tuple[int | None, str]]:
    return [(gap.place.line, gap.reason) for gap in record.gaps]


def test_the_record_of_the_design(tmp_path: Path) -> None:
    record = one(tmp_path, DESIGN)
    assert (record.case, record.procedure) == ("A-2026-017", "imss/programas-virtuales#programas-virtuales")
    assert (record.place.line, record.notes, record.gaps) == (1, (), ())
    first, second = record.events
    assert (first.number, first.activity, first.milestone, first.place.line) == (1, "37", None, 4)
    assert first.at is not None
    assert first.at.text == "2026-02-03T10:15"
    assert (first.role, first.person, first.unit) == ("Titular de la Dirección", "p-014", "CSS Legaria")
    assert (first.outcome, first.period) == ("cumple", "enero de 2026")
    assert first.artefacts == (Artefact("plan-anual-de-difusion", "plan.docx"),)
    assert first.to == ("Titular de la Jefatura de Departamento",)
    assert first.via == ("Titular de la Jefatura de Oficina",)
    assert (second.number, second.activity, second.milestone, second.place.line) == (2, None, "conclusion", 14)
    assert (second.artefacts, second.to, second.via, second.role) == (None, None, None, None)


def test_scalars_stay_as_written(tmp_path: Path) -> None:
    events = one(
        tmp_path, "case: 017\nevents:\n- {activity: 6.10, outcome: no}\n- {activity: 010, outcome: yes}"
    ).events
    assert [(e.activity, e.outcome) for e in events] == [("6.10", "no"), ("010", "yes")]


def test_json_numbers_stay_as_written_too(tmp_path: Path) -> None:
    record = one(tmp_path, '{"case": 17, "events": [{"activity": 6.10}, {"activity": 1E2, "outcome": true}]}', "c.json")
    assert (record.case, [(e.activity, e.outcome) for e in record.events]) == ("17", [("6.10", None), ("1E2", "true")])


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("[]", ()),
        ("ninguno", ()),
        ('"-"', ()),
        ("", None),
        ("~", None),
        ("minuta", (Artefact("minuta"),)),
        ("minuta=m.docx; plan", (Artefact("minuta", "m.docx"), Artefact("plan"))),
        ("[minuta=m.docx, {type: plan}]", (Artefact("minuta", "m.docx"), Artefact("plan"))),
        ("{type: plan, file: a=b.docx}", (Artefact("plan", "a=b.docx"),)),
        ("[{tipo: plan, archivo: p.docx}]", (Artefact("plan", "p.docx"),)),
        ("[{file: p.docx}]", (Artefact("", "p.docx"),)),
    ],
)
def test_saying_none_is_not_saying_nothing(tmp_path: Path, value: str, found: tuple[Artefact, ...] | None) -> None:
    assert one(tmp_path, f"case: a\nevents:\n- activity: 1\n  artefacts: {value}\n").events[0].artefacts == found


def test_several_documents_lists_and_unnamed_cases(tmp_path: Path) -> None:
    text = "case: A\nevents: [{activity: 1}]\n---\n- case: B\n  events: [{activity: 2}]\n- events: [{activity: 3}]\n---\nevents: []\n"
    found = records(tmp_path, text, "lote.yaml")
    assert [(r.case, len(r.events), r.place.line) for r in found] == [
        ("A", 1, 1),
        ("B", 1, 4),
        ("lote", 1, 6),
        ("lote (2)", 0, 8),
    ]
    assert found[2].notes == ("el registro no dice de qué caso es; se le llamó «lote»",)


def test_json_lists_and_lines(tmp_path: Path) -> None:
    text = '[\n {"case": "A", "events": [\n  {"activity": "1"},\n  {"activity": "2"}\n ]},\n {"case": "B", "events": []}\n]'
    a, b = records(tmp_path, text, "c.json")
    assert (a.place.line, [e.place.line for e in a.events], b.place.line) == (2, [3, 4], 6)


def test_flat_events_are_gathered_by_case(tmp_path: Path) -> None:
    rows = [
        {"case:concept:name": "A", "concept:name": "1", "case:procedure": "p"},
        {"case:concept:name": "B", "concept:name": "1", "costo": 3},
        {"case:concept:name": "A", "concept:name": "2"},
    ]
    for name, text in (("r.json", json.dumps(rows)), ("r.jsonl", "\n".join(map(json.dumps, rows)))):
        a, b = records(tmp_path, text, name)
        assert (a.case, a.procedure, [(e.activity, e.notes) for e in a.events]) == ("A", "p", [("1", ()), ("2", ())])
        assert (b.case, b.events[0].notes[0].partition(": ")[2]) == (
            "B",
            "la clave «costo» no se conoce y no se tomó en cuenta",
        )


def test_unknown_keys_are_told_with_the_nearest(tmp_path: Path) -> None:
    record = one(tmp_path, "case: a\nprocedmiento: x\nevents:\n- activity: 1\n  artefatcs: [x]\n")
    assert record.notes == (
        "línea 2: la clave «procedmiento» no se conoce y no se tomó en cuenta; ¿quiso decir «procedure»?",
    )
    assert record.events[0].notes == (
        "línea 5: la clave «artefatcs» no se conoce y no se tomó en cuenta; ¿quiso decir «artefacts»?",
    )


def test_of_two_keys_of_one_meaning_the_first_counts(tmp_path: Path) -> None:
    event = one(tmp_path, "case: a\nevents:\n- {activity: 1, org:group: U, unit: V, rol: R, Rol: R}\n").events[0]
    assert (event.unit, event.role) == ("U", "R")
    assert event.notes == ("«unit: V» dice otra cosa que «org:group» y no se tomó en cuenta",)


def test_a_time_that_cannot_be_read_is_no_absent_one(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        "case: a\nevents:\n- {activity: 1, at: *x}\n- {activity: 2, at: [2026-01-01]}\n- {activity: 3, at: 1/2/26, at: 2/2/26}\n",
    )
    assert [e.at and e.at.problem for e in record.events] == [
        "es una referencia de YAML (*x) que no se admite; escriba el valor",
        "no es un texto",
        "está dos veces",
    ]
    assert len(record.gaps) == 3


def test_what_is_said_in_the_wrong_place_is_told(tmp_path: Path) -> None:
    record = one(tmp_path, "case: a\nrole: X\nevents:\n- {activity: 1, procedure: p, to: A, cc: [B, C]}\n")
    assert record.notes == ("«role: X» se dice del caso, no de un evento; no se tomó en cuenta",)
    assert record.events[0].notes == ("«procedure: p» se dice de un evento, no del caso; no se tomó en cuenta",)
    assert record.events[0].to == ("A", "B", "C")


def test_a_key_twice_counts_for_neither_unless_they_agree(tmp_path: Path) -> None:
    record = one(tmp_path, "case: a\nevents:\n- activity: 1\n  role: X\n  role: Y\n  unit: u\n  unit: u\n")
    assert (record.events[0].role, record.events[0].unit) == (None, "u")
    assert reasons(record) == [(5, "«role» está dos veces con valores distintos (líneas 4 y 5); no se tomó ninguno")]


def test_wrong_types_are_gaps_with_their_line(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        "case: a\nevents:\n- activity: 1\n  role: {a: b}\n  at: [2026-01-01]\n  to: [{x: y}]\n- hola\n- activity: [17, 18]\n- {}\n",
    )
    assert [(e.activity, e.role, e.at and e.at.value, e.to) for e in record.events] == [
        ("1", None, None, None),
        ("17; 18", None, None, None),
        (None, None, None, None),
    ]
    assert reasons(record) == [
        (5, "«at: 2026-01-01» no es un texto"),
        (4, "«role: a: b» no es un texto"),
        (6, "«to: x: y» no es un texto"),
        (7, "«hola» está donde va un evento y no tiene claves («activity: …»)"),
        (9, "el evento 3 no dice qué actividad o hito es"),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("case: a\n", "el caso no trae eventos"),
        ("case: a\nevents: hola\n", "«hola» no es una lista de eventos"),
        ("case: a\nevents: {activity: 1}\n", "«activity: 1» no es una lista de eventos"),
    ],
)
def test_no_events(tmp_path: Path, text: str, reason: str) -> None:
    assert [reason for _, reason in reasons(one(tmp_path, text))] == [reason]


def test_aliases_stand_for_what_programs_wrote_before(tmp_path: Path) -> None:
    day, offices = dt.date(2026, 2, 16), ["Jefa A", "Jefe B"]
    data = [
        {"case": c, "events": [{"activity": "1", "at": day, "to": offices}, {"activity": "2", "at": day}]} for c in "AB"
    ]
    text = yaml.safe_dump_all(data) + "---\n" + yaml.safe_dump({"case": "C", "events": [data[0]["events"][0]] * 2})
    assert "*id001" in text
    a, b, c = records(tmp_path, text)
    assert [(e.at and e.at.text, e.to) for e in a.events] == [("2026-02-16", tuple(offices)), ("2026-02-16", None)]
    assert [replace(e, place=a.place) for e in a.events] == [replace(e, place=a.place) for e in b.events]
    assert [e.activity for e in c.events] == ["1", "1"]
    assert c.events[1].place.line == len(text.splitlines())
    assert [gap for record in (a, b, c) for gap in record.gaps] == []


def test_aliases_that_expand_or_mean_nothing_are_refused(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{c}: &{c} [*{p}, *{p}, *{p}, *{p}]\n" for p, c in zip("abcdefg", "bcdefgh", strict=True)
    )
    text = "case: a\nevents:\n- activity: *h\n- activity: *c\n- to: *nada\n- &x {activity: 1, to: [*x]}\n---\n- activity: *a\n"
    record, other = records(tmp_path, bomb + text)
    assert [e.activity for e in record.events] == [None, None, None, "1"]
    assert record.gaps[0].reason.endswith("no es un texto")
    told = [gap.reason for gap in (*record.gaps, *other.gaps) if gap.reason.startswith("el valor de")]
    assert [reason.partition("(")[2].partition(")")[0] for reason in told] == ["*c", "*nada", "*x", "*a"]


def test_what_stands_before_a_fault_is_kept(tmp_path: Path) -> None:
    text = "case: a\nevents:\n- activity: 1\n- activity: 2\n  role: [\n- activity: 3\n"
    record = one(tmp_path, text)
    assert [e.activity for e in record.events] == ["1"]
    assert reasons(record)[-1][1].startswith("desde la línea 6 no es YAML")
    cut = one(
        tmp_path, '{"case": "a", "events": [\n{"activity": "1"},\n{"activity": "2"},\n{"activity": "3", ', "c.json"
    )
    assert [e.activity for e in cut.events] == ["1", "2"]
    assert reasons(cut) == [(4, "desde la línea 4 no es JSON; lo que sigue no se leyó")]
    control = one(tmp_path, "case: a\nevents:\n- activity: 1\n- activity: \x01\n- activity: 3\n")
    assert [e.activity for e in control.events] == ["1", "\ufffd", "3"]
    assert reasons(control) == [(4, "la línea 4 tiene un carácter que un texto no admite (U+0001)")]


def test_depth_is_bounded(tmp_path: Path) -> None:
    deep = "case: a\nevents:\n- activity: 1\n- activity: 2\n  x: " + "[" * 100_000
    record = one(tmp_path, deep)
    assert [e.activity for e in record.events] == ["1"]
    assert f"hay más de {MAX_DEPTH} niveles anidados" in record.gaps[-1].reason
    nested = one(tmp_path, '{"case": "a", "events": [{"activity": "1"}, ' + "[" * 100_000, "c.json")
    assert [e.activity for e in nested.events] == ["1"]
    assert "desde la línea 1 " in nested.gaps[-1].reason


@pytest.mark.parametrize("text", ["", "   \n", "hola mundo", "- 1\n- 2\n", "\x00\x01\x02" * 50, "---\n---\n"])
def test_what_gives_nothing_is_unreadable(tmp_path: Path, text: str) -> None:
    with pytest.raises(Unreadable) as raised:
        records(tmp_path, text)
    assert raised.value.reason.endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    assert one(tmp_path, DESIGN.encode(encoding)).events[0].role == "Titular de la Dirección"


def test_repeated_ids_and_mixed_zones_are_noted(tmp_path: Path) -> None:
    record = one(
        tmp_path,
        "case: a\nevents:\n- {id: e1, activity: 1, at: 2026-02-03T10:15}\n- {id: e1, activity: 2, at: 2026-02-03T17:15Z}\n- {id: e2, activity: 3, at: 2026-02-04}\n",
    )
    assert record.notes == (
        "el identificador «e1» es de 2 eventos: 1, 2",
        "las horas están en zonas distintas (2026-02-03T10:15; 2026-02-03T17:15Z); se ordenan por el instante que indican",
    )


def test_a_case_of_many_events(tmp_path: Path) -> None:
    events = ",".join(f'{{"activity": "{n % 112 + 1}", "at": "2026-02-03T10:15"}}' for n in range(10_000))
    record = one(tmp_path, f'{{"case": "a", "events": [{events}]}}', "c.json")
    assert (len(record.events), record.events[-1].number) == (10_000, 10_000)


def test_plain_data_give_the_record_of_the_same_yaml(tmp_path: Path) -> None:
    data = {
        "case": "a",
        "events": [{"activity": 37, "at": "2026-02-03", "artefacts": [{"type": "m"}], "to": []}, {"event": "x"}],
    }
    made = record_of(data, lambda trail: {("events", 0): 3, ("events", 1): 4, (): 1}.get(trail))
    assert made == one(
        tmp_path, "case: a\nevents:\n- {activity: 37, at: 2026-02-03, artefacts: [{type: m}], to: []}\n- event: x\n"
    )


def test_the_examples_of_the_documentation(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/case-records.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(yaml|csv)\n(.*?)```", page, re.DOTALL))
    record = one(tmp_path, blocks["yaml"])
    assert (record.case, record.notes, record.gaps, len(record.events)) == ("A-2026-017", (), (), 2)
    table = one(tmp_path, blocks["csv"], "casos.csv")
    assert (table.case, table.procedure, table.notes, table.gaps) == (record.case, record.procedure, (), ())
    assert replace(table.events[0], place=record.events[0].place) == record.events[0]
    for row in re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|$", page, re.MULTILINE):
        names = [name.strip(" `") for part in row[1].split(";") for name in part.split(",")]
        assert {field_of(name) for name in names} - {"cc"} == {field_of(row[0])}, row
