"""What people look at: procedures drawn, cases drawn, what is due next."""

from __future__ import annotations

import itertools
import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from checker.cases.bpmn import to_bpmn
from checker.cases.drawing import draw
from checker.cases.due import due_next, terms_of
from checker.cases.flow import Flow, flow_of
from checker.cases.flow_svg import to_svg
from checker.cases.layout import layout_of
from checker.cases.mermaid import to_mermaid
from checker.cli import main
from checker.packs.pack import Pack
from tests.cases.conftest import WHOLE, court_of, record, write

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
EVERY = [
    ("PV", "programas-virtuales"),
    ("PD", "formalizacion"),
    ("SC", "promocion"),
    ("OT", "pat"),
    ("OD", "facultades"),
]


def _flow(packs: tuple[Pack, ...], prefix: str, name: str) -> Flow:
    pack = next(p for p in packs if p.info.prefix == prefix)
    return flow_of(pack.casebook.procedures[name], pack)


def test_the_flow_of_a_small_procedure(demo: Pack) -> None:
    flow = flow_of(demo.casebook.procedures["plan"], demo)
    ways = {(e.source, e.target): e.label for e in flow.edges}
    assert ways == {
        ("start", "t-1"): "",
        ("t-1", "t-2"): "",
        ("t-2", "t-3"): "",
        ("t-3", "g-3"): "",
        ("g-3", "t-5"): "autoriza",
        ("g-3", "t-4"): "no autoriza",
        ("t-4", "t-3"): "",
        ("t-5", "t-6"): "",
        ("t-6", "e-6"): "",
    }
    assert [n.label for n in flow.nodes if n.activity == "consulta"] == ["Consultar a la división"]
    assert flow.lanes[0] == "Titular de División"


@pytest.mark.parametrize(("prefix", "name"), EVERY)
def test_nothing_on_a_drawing_lies_on_anything_else(packs: tuple[Pack, ...], prefix: str, name: str) -> None:
    flow = _flow(packs, prefix, name)
    placed = layout_of(flow)
    boxes = [placed.boxes[n.id] for n in flow.nodes]
    for one, other in itertools.pairwise(boxes):
        assert one.y + one.height < other.y
    assert all(b.x >= 0 and b.x + b.width <= placed.width and b.y + b.height <= placed.height for b in boxes)
    assert len(placed.ways) == len(flow.edges)
    ET.fromstring(to_svg(flow))


@pytest.mark.parametrize(("prefix", "name"), EVERY)
def test_bpmn_hangs_together(packs: tuple[Pack, ...], prefix: str, name: str) -> None:
    """Every flow joins nodes that are there and says so on both sides; everything is in a lane and on the diagram."""
    flow = _flow(packs, prefix, name)
    root = ET.fromstring(to_bpmn(flow, name))
    process = root.find(f"{BPMN}process")
    assert process is not None
    nodes = {e.get("id"): e for e in process if e.tag.rpartition("}")[2] not in ("laneSet", "sequenceFlow")}
    assert len(nodes) == len(flow.nodes)
    for way in process.findall(f"{BPMN}sequenceFlow"):
        source, target = nodes[way.get("sourceRef")], nodes[way.get("targetRef")]
        assert way.get("id") in {o.text for o in source.findall(f"{BPMN}outgoing")}
        assert way.get("id") in {i.text for i in target.findall(f"{BPMN}incoming")}
    assert {r.text for r in process.iter(f"{BPMN}flowNodeRef")} == set(nodes)
    drawn = {s.get("bpmnElement") for s in root.iter() if s.tag in (f"{DI}BPMNShape", f"{DI}BPMNEdge")}
    assert set(nodes) | {w.get("id") for w in process.findall(f"{BPMN}sequenceFlow")} <= drawn
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def test_mermaid_escapes_what_it_would_take_for_syntax(demo: Pack) -> None:
    text = to_mermaid(flow_of(demo.casebook.procedures["plan"], demo))
    assert '  n_g_3 -->|"no autoriza"| n_t_4\n' in text
    assert '    n_t_3["3. Analizar el plan"]\n' in text


def test_a_case_is_drawn_with_its_path_and_what_it_lacks(demo: Pack) -> None:
    court, law = court_of(demo)
    lines = [WHOLE[0], WHOLE[4], "5 TD correo-de-envio >TJD ~TJAP", "<b>x</b> TD", WHOLE[6]]
    case, _ = court.case(record(lines), law)
    page = draw(case, law, court.findings(case, law))
    assert "<b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    picture = ET.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])
    looks = {
        (g.get("class") or "", g.findtext("{http://www.w3.org/2000/svg}title"))
        for g in picture.iter("{http://www.w3.org/2000/svg}g")
    }
    assert ("lacking", "2. Elaborar el plan") in looks
    assert ("amiss", "3. Analizar el plan") in looks
    assert not any(label and label.startswith("4.") for _, label in looks)


def test_what_is_due_next(demo: Pack) -> None:
    court, law = court_of(demo)

    def due(lines: list[str]) -> list[tuple[str | None, str, str]]:
        return [(d.activity, d.who, d.outcome) for d in due_next(court.case(record(lines), law)[0], law)]

    assert due([WHOLE[0]]) == [("2", "Titular de la Jefatura del Área", "")]
    assert due([WHOLE[0], WHOLE[1], "3 TD"]) == [
        ("5", "Titular de División", "autoriza"),
        ("4", "Titular de la Jefatura del Área", "no autoriza"),
    ]
    assert due([WHOLE[0], WHOLE[1], "3 TD =no"]) == [("4", "Titular de la Jefatura del Área", "")]
    assert due(list(WHOLE)) == []


def test_terms_run_from_what_opens_them(packs: tuple[Pack, ...]) -> None:
    """OT 7.2.2.3 a): five business days after the meeting of 10 March 2026, of which the 16th is no working day."""
    from parsers.cases.nested import record_of

    pack = next(p for p in packs if p.info.prefix == "OT")
    court, law = court_of(pack, "seguimiento-territorial")
    events = [{"event": "presentacion-de-resultados", "at": "2026-03-10", "role": "UEOD"}]
    case, _ = court.case(record_of({"case": "A", "events": events}), law)
    found = {t.subject: t.last.isoformat() for t in terms_of(case, law)}
    assert found["informe-evaluacion-integral"] == "2026-03-18"


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(
        tmp_path,
        "caso.yaml",
        "case: A-1\nprocedure: fonacot/productos-digitales#campanas\nevents:\n  - {activity: '1', at: 2026-02-03T10:00}\n",
    )
    assert main(["next", str(path), "--as-of", "2026-02-04", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert next(d["activity"] for d in told["cases"][0]["due"]) == "2"
    assert main(["next", str(path), "--as-of", "2026-02-04"]) == 0
    assert "Quién" in capsys.readouterr().out
    assert main(["next", str(tmp_path / "no-hay.yaml")]) == 2
    capsys.readouterr()
    assert main(["procedure", "list"]) == 0
    assert "fonacot/productos-digitales#campanas" in capsys.readouterr().out
    for form, start in (("mermaid", b"flowchart"), ("svg", b"<svg"), ("bpmn", b"<?xml"), ("pnml", b"<?xml")):
        out = tmp_path / f"f.{form}"
        assert main(["procedure", "show", "campanas", "--format", form, "-o", str(out)]) == 0
        assert out.read_bytes().startswith(start)
    assert main(["procedure", "show", "campañas"]) == 2
    assert "did you mean" in capsys.readouterr().err
    assert main(["procedure", "show", "facultades", "--format", "pnml"]) == 2
    assert "is no flow" in capsys.readouterr().err


def test_the_report_draws_a_case(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "caso.yaml",
        "case: A-1\nprocedure: fonacot/productos-digitales#campanas\nevents:\n  - {activity: '1', at: 2026-02-03T10:00}\n",
    )
    page = tmp_path / "informe.html"
    assert main(["check", str(path), "--format", "html", "-o", str(page), "-q"]) == 1
    text = page.read_text("utf-8")
    assert '<figure class="case"><figcaption>Curso del asunto' in text
    assert "Línea de tiempo" in text
