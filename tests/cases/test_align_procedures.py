"""The flows of the built-in packs: what they allow costs nothing, one edit at most one or two corrections."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.cases.align import Alignment, align
from checker.cases.language import accepts, covering_paths
from checker.cases.net import Net
from checker.cases.nets import nets_of
from checker.packs.load import load_packs
from checker.resources import rules_root


@cache
def flows() -> dict[str, tuple[Net, list[tuple[str, ...]]]]:
    """Net and covering paths of every procedure that is a flow."""
    known = [(p, nets_of(p)) for pack in load_packs([rules_root()]) for p in pack.casebook.procedures.values()]
    return {p.id: (nets.flow, list(covering_paths(nets.flow))) for p, nets in known if nets is not None}


def corrections(net: Net, labels: tuple[str, ...], *, partial: bool = False) -> int:
    found = align(net, labels, partial=partial)
    assert isinstance(found, Alignment)
    return found.cost


def test_every_activity_is_on_the_way_of_a_case() -> None:
    assert flows()
    for name, (net, paths) in flows().items():
        assert {label for path in paths for label in path} == set(net.labels), name
        assert all(corrections(net, path) == 0 for path in paths), name


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_one_edit_that_leaves_the_flow_is_one_deviation(data: st.DataObject) -> None:
    net, paths = flows()[data.draw(st.sampled_from(sorted(flows())))]
    path = data.draw(st.sampled_from(paths))
    at = data.draw(st.integers(0, len(path) - 1))
    lacking, doubled = path[:at] + path[at + 1 :], path[: at + 1] + path[at:]
    for labels in (lacking, doubled):
        assert corrections(net, labels) == (0 if accepts(net, labels) else 1)
    assert corrections(net, (*path[:at], "otra", *path[at:])) == 1
    to = data.draw(st.integers(0, len(lacking)))
    assert corrections(net, (*lacking[:to], path[at], *lacking[to:])) <= 2


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_part_of_a_case_is_no_deviation_where_it_is_an_extract(data: st.DataObject) -> None:
    net, paths = flows()[data.draw(st.sampled_from(sorted(flows())))]
    path = data.draw(st.sampled_from(paths))
    start = data.draw(st.integers(0, len(path)))
    assert corrections(net, path[start : data.draw(st.integers(start, len(path)))], partial=True) == 0


def test_the_flow_of_programas_virtuales_is_whole() -> None:
    net, _ = flows()["programas-virtuales"]
    assert len(net.labels) == 112
    assert net.unreachable == net.endless == ()
