"""Decision tables answer for every point of their domain, once; lint finds where one does not."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.packs.decision import bounds, line_at, lines_standing, outside
from checker.packs.load import load_packs
from checker.packs.pack import Pack
from checker.packs.table_lint import flaws, table_problems
from checker.packs.tables import DecisionTable, Line
from checker.resources import rules_root

PACKS = load_packs([rules_root()])
TABLES = [(p, t) for p in PACKS for t in p.tables.values() if isinstance(t, DecisionTable)]


def _readings(pack: Pack, table: DecisionTable) -> list[dict[str, str]]:
    named = dict.fromkeys(line.interpretation for line in table.lines if line.interpretation)
    choices = [[(n, r.id) for r in pack.interpretations[n].readings] for n in named]
    return [dict(c) for c in product(*choices)]


@pytest.mark.parametrize(("pack", "table"), TABLES, ids=[t.id for _, t in TABLES])
@given(data=st.data())
def test_every_point_lies_in_exactly_one_line_under_each_reading(
    pack: Pack, table: DecisionTable, data: st.DataObject
) -> None:
    point = {}
    for name, scale in table.inputs.items():
        low, high = bounds(scale).low, bounds(scale).high
        ends = [Decimal(b) for line in table.lines for b in (bounds(line.when[name]).low, bounds(line.when[name]).high)]
        point[name] = data.draw(st.one_of(st.sampled_from(ends), st.decimals(low, high, places=3)))
    assert outside(table, point) == ()
    for readings in _readings(pack, table):
        standing = lines_standing(table, pack, readings)
        holding = [x for x in standing if all(bounds(i).holds(point[n]) for n, i in x.when.items())]
        assert len(holding) == 1, (readings, point)
        assert line_at(standing, point) is holding[0]


def _ot() -> Pack:
    return next(p for p in PACKS if p.info.id == "imss/operacion-territorial")


@pytest.mark.parametrize("name", ["cuadrantes-problematicas", "cuadrantes-riesgos"])
def test_the_disputed_five_is_low_unless_the_user_says_high(name: str) -> None:
    pack = _ot()
    table = pack.decision_table(name)
    up = next(n for n in table.inputs if n != "impacto")

    def quadrant(across: str, value: str, readings: dict[str, str]) -> str:
        line = line_at(lines_standing(table, pack, readings), {"impacto": Decimal(across), up: Decimal(value)})
        assert line is not None
        return line.then["cuadrante"]

    assert quadrant("3", "5", {}) == "III"
    assert quadrant("3", "5", {"OT-i01": "alta"}) == "II"
    for readings in ({}, {"OT-i01": "alta"}):
        assert [quadrant("5", "5.01", readings), quadrant("5.01", "5", readings)] == ["II", "IV"]
        assert [quadrant("10", "10", readings), quadrant("1", "1", readings)] == ["I", "III"]


@pytest.mark.parametrize(
    ("value", "up", "whole"),
    [
        ("24", "Remota", "Remota"),
        ("24.5", "Inusual", "Remota"),
        ("50.5", "Probable", "Inusual"),
        ("89.01", "Recurrente", "Muy probable"),
    ],
)
def test_between_two_bands_the_next_one_or_the_whole_number_decides(value: str, up: str, whole: str) -> None:
    pack = _ot()
    table = pack.decision_table("porcentajes-de-probabilidad")
    for readings, level in (({}, up), ({"OT-i03": "entero"}, whole)):
        line = line_at(lines_standing(table, pack, readings), {"porcentaje": Decimal(value)})
        assert line is not None
        assert line.then == {"nivel": level}
    assert outside(table, {"porcentaje": Decimal(0)}) == ("porcentaje",)


interval = st.tuples(st.sampled_from("[("), st.integers(0, 4), st.integers(0, 4), st.sampled_from("])")).map(
    lambda t: f"{t[0]}{t[1]}, {t[2]}{t[3]}"
)


@given(st.lists(st.tuples(interval, interval), min_size=1, max_size=4))
def test_lint_finds_a_flaw_exactly_where_brute_force_does(pairs: list[tuple[str, str]]) -> None:
    table = DecisionTable(
        "t", "T", "1", {"x": "[0, 4]", "y": "[0, 4]"}, tuple(Line({"x": x, "y": y}, {"z": "a"}) for x, y in pairs)
    )
    empty = [line for line in table.lines if any(bounds(i).empty for i in line.when.values())]
    found = [f.problem for f in flaws(table)]
    if empty:
        assert len(found) >= len(empty)
        assert all("holds no number" in f for f in found)
        return
    halves = [Decimal(n) / 2 for n in range(9)]
    counts = [
        sum(all(bounds(i).holds(v) for i, v in zip(line.when.values(), point, strict=True)) for line in table.lines)
        for point in product(halves, halves)
    ]
    assert any(f.startswith("no line holds") for f in found) == (0 in counts)
    assert any("both hold" in f for f in found) == (max(counts) > 1)


def _table(**more: object) -> DecisionTable:
    lines = (Line({"x": "[1, 5]"}, {"z": "low"}), Line({"x": "(5, 10]"}, {"z": "high"}))
    return DecisionTable(**{"id": "t", "title": "T", "source": "1", "inputs": {"x": "[1, 10]"}, "lines": lines, **more})


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({}, []),
        ({"lines": ()}, ["has no lines"]),
        ({"inputs": {"x": "[1, 11]"}}, ["no line holds x = 10.5"]),
        ({"inputs": {"x": "[1, 9]"}}, ["line 2: (5, 10] of x goes beyond its scale [1, 9]"]),
        ({"lines": (Line({"x": "[1, 5]"}, {"z": "a"}), Line({"x": "[5, 10]"}, {"z": "b"}))}, ["lines 1 and 2 both hold x = 5"]),
        ({"lines": (Line({"x": "[1, 5)"}, {"z": "a"}), Line({"x": "(5, 10]"}, {"z": "b"}))}, ["no line holds x = 5"]),
        ({"lines": (Line({"y": "[1, 10]"}, {"z": "a"}),)}, ["line 1 decides by y; the table by x"]),
        ({"lines": (Line({"x": "[1, 5]"}, {"z": "a"}), Line({"x": "(5, 10]"}, {"w": "b"}))}, ["line 2 answers w; line 1 z"]),
        ({"lines": (Line({"x": "[1, 10]"}, {"z": "a"}, None, "alta"),)}, ["line 1 names a reading without its interpretation"]),
        (
            {"lines": (Line({"x": "[1, 10]"}, {"z": "a"}, "OT-i01", "baja"), Line({"x": "[1, 9]"}, {"z": "b"}, "OT-i01", "alta"))},
            ["no line holds x = 9.5 under OT-i01=alta"],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_told(more: dict[str, object], told: list[str]) -> None:
    problems = [f.problem for f in flaws(_table(**more))]
    assert [p for p in problems if p in told] == told
    assert bool(problems) == bool(told)


def test_maps_and_readings_of_tables_lead_somewhere() -> None:
    from msgspec.structs import replace

    pack = _ot()
    table = pack.decision_table("cuadrantes-riesgos")
    assert table.map is not None
    wrong = replace(
        table,
        lines=(*table.lines[:-1], replace(table.lines[-1], interpretation="OT-i99")),
        map=replace(table.map, colour="colour", points={"muro": replace(table.map.points["muro"], name="riesgos")}),
    )
    problems = dict.fromkeys(p for _, p in table_problems(replace(pack, tables={"t": wrong})))
    assert any("no interpretation 'OT-i99'" in p for p in problems)
    assert any("no answer 'colour' for its map; did you mean 'color'" in p for p in problems)
    assert any("muro has no column riesgos.riesgos for its map" in p for p in problems)
