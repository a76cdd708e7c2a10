"""Alignments cost as little as may be, are what they say they are, and tell the same each time."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.cases.align import Alignment, GivenUp, Move, align
from checker.cases.language import accepts, random_walk
from checker.cases.net import Net
from tests.cases.nets import STRANGER, brute_cost, nets, nets_with_labels


def aligned(net: Net, labels: Sequence[str], *, partial: bool = False, may_break_off: bool = False) -> Alignment:
    found = align(net, labels, partial=partial, may_break_off=may_break_off)
    assert isinstance(found, Alignment)
    return found


def told(alignment: Alignment) -> str:
    """``a`` in its place, ``-a`` struck out, ``+a`` put in."""
    signs = {"sync": "", "log": "-", "model": "+"}
    return " ".join(signs[move.kind] + move.label for move in alignment.moves)


def line(*labels: str) -> Net:
    return Net.of(labels[:1], {a: [b] for a, b in pairwise(labels)}, labels[-1:])


@given(nets_with_labels())
@settings(max_examples=300)
def test_costs_as_little_as_may_be(given: tuple[Net, list[str]]) -> None:
    net, labels = given
    assert aligned(net, labels).cost == brute_cost(net, labels)


@given(nets_with_labels())
@settings(max_examples=300)
def test_an_extract_costs_as_little_as_may_be(given: tuple[Net, list[str]]) -> None:
    net, labels = given
    assert aligned(net, labels, partial=True).cost == brute_cost(net, labels, partial=True)


@given(nets_with_labels())
@settings(max_examples=300)
def test_a_record_that_may_break_off_costs_as_little_as_may_be(given: tuple[Net, list[str]]) -> None:
    net, labels = given
    assert aligned(net, labels, may_break_off=True).cost == brute_cost(net, labels, may_break_off=True)


@given(nets_with_labels())
@settings(max_examples=200)
def test_a_record_breaks_off_only_where_that_leaves_fewer_corrections(given: tuple[Net, list[str]]) -> None:
    net, labels = given
    whole, found = aligned(net, labels), aligned(net, labels, may_break_off=True)
    corrected = [move.label for move in found.moves if move.kind != "log"]
    assert accepts(net, corrected) if found.cost == whole.cost else found.moves[-1].kind == "model"


@given(nets_with_labels(), st.booleans())
@settings(max_examples=200)
def test_moves_give_back_the_record_and_count_as_the_cost(given: tuple[Net, list[str]], partial: bool) -> None:
    net, labels = given
    found = aligned(net, labels, partial=partial)
    assert [(move.label, move.at) for move in found.moves if move.kind != "model"] == [
        (label, at) for at, label in enumerate(labels)
    ]
    assert found.cost == sum(move.kind != "sync" for move in found.moves)
    at = 0
    for move in found.moves:
        assert move.at == at
        at += move.kind != "model"


@given(nets_with_labels())
@settings(max_examples=200)
def test_the_corrected_record_is_allowed(given: tuple[Net, list[str]]) -> None:
    net, labels = given
    corrected = [move.label for move in aligned(net, labels).moves if move.kind != "log"]
    assert accepts(net, corrected)


@given(nets(), st.integers(0, 2**32))
def test_what_the_net_allows_costs_nothing(net: Net, seed: int) -> None:
    walk = random_walk(net, random.Random(seed))
    assert told(aligned(net, walk)) == " ".join(walk)


@given(nets(), st.integers(0, 2**32), st.data())
def test_no_part_of_what_the_net_allows_costs_anything_as_an_extract(net: Net, seed: int, data: st.DataObject) -> None:
    walk = random_walk(net, random.Random(seed))
    start = data.draw(st.integers(0, len(walk)))
    part = walk[start : data.draw(st.integers(start, len(walk)))]
    assert aligned(net, part, partial=True).cost == 0


@given(nets(), st.integers(0, 2**32), st.lists(st.sampled_from(["delete", "insert", "swap", "put"]), max_size=4))
def test_costs_no_more_than_the_edits(net: Net, seed: int, edits: list[str]) -> None:
    chance = random.Random(seed)
    labels, most = list(random_walk(net, chance)), 0
    for edit in edits:
        if edit == "insert":
            labels.insert(chance.randint(0, len(labels)), chance.choice((*net.labels, STRANGER)))
            most += 1
        elif labels:
            at = chance.randrange(len(labels))
            if edit == "delete":
                del labels[at]
                most += 1
            elif edit == "put":
                labels[at] = chance.choice((*net.labels, STRANGER))
                most += 2
            else:
                labels.insert(chance.randrange(len(labels)), labels.pop(at))
                most += 2
    assert aligned(net, labels).cost <= most


@given(nets_with_labels(), st.booleans())
def test_tells_the_same_of_the_same_net_made_anew(given: tuple[Net, list[str]], partial: bool) -> None:
    net, labels = given
    anew = Net(net.units, net.following, net.ends)
    assert align(anew, labels, partial=partial) == align(net, labels, partial=partial)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("a b c d e", "a b c d e"),
        ("a b d e", "a b +c d e"),
        ("a e", "a +b +c +d e"),
        ("a b b c d e", "a b -b c d e"),
        ("a b a b c d e", "a b -a -b c d e"),
        ("a b x c d e", "a b -x c d e"),
        ("a x c d e", "a -x +b c d e"),
        ("b c d e", "+a b c d e"),
        ("a b c", "a b c +d +e"),
        ("a c b d e", "a +b c -b d e"),
        ("a c d e b", "a +b c d e -b"),
        ("e a b c d", "-e a b c d +e"),
        ("", "+a +b +c +d +e"),
        ("x", "-x +a +b +c +d +e"),
    ],
)
def test_ties_are_told_as_people_would(record: str, expected: str) -> None:
    assert told(aligned(line(*"abcde"), record.split())) == expected


def test_positions_are_those_of_the_record() -> None:
    assert aligned(line("a", "b", "c"), ["a", "x", "c"]).moves == (
        Move("sync", "a", 0),
        Move("log", "x", 1),
        Move("model", "b", 2),
        Move("sync", "c", 2),
    )


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("1 2 3 2 4", "1 2 3 2 4"),
        ("1 2 3 4", "1 2 3 +2 4"),
        ("1 2 2 4", "1 2 +3 2 4"),
        ("1 2 3 2 3 2 4", "1 2 3 2 3 2 4"),
        ("1 2 3 3 2 4", "1 2 3 +2 3 2 4"),
    ],
)
def test_loops(record: str, expected: str) -> None:
    net = Net.of(["1"], {"1": ["2"], "2": ["3", "4"], "3": ["2"]}, ["4"])
    assert told(aligned(net, record.split())) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("a q p r z", "a q p r z"),
        ("a q r z", "a q r +p z"),
        ("a z", "a +p +q +r z"),
        ("a q q p r z", "a q -q p r z"),
        ("a q b p r z", "a q -b p r z"),
        ("q p r", "+a q p r +z"),
        ("a q p z r", "a q p +r z -r"),
    ],
)
def test_groups_in_any_order(record: str, expected: str) -> None:
    follows = {"a": ["p"], "p": ["z"], "b": ["a"]}
    net = Net.of(["a", "b"], follows, ["z"], any_order=[["p", "q", "r"]])
    assert told(aligned(net, record.split())) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("c d", "c d"),
        ("b d", "b +c d"),
        ("q z", "q z"),
        ("d q", "d q"),
        ("d q p q", "d q p -q"),
        ("b x c", "b -x c"),
        ("x", "-x"),
        ("", ""),
    ],
)
def test_extracts(record: str, expected: str) -> None:
    follows = {"a": ["b"], "b": ["c"], "c": ["d"], "d": ["p"], "p": ["z"]}
    net = Net.of(["a"], follows, ["z"], any_order=[["p", "q"]])
    assert told(aligned(net, record.split(), partial=True)) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ("a b", "a b +c"),
        ("a x b", "a -x b +c"),
        ("", "+a"),
        ("a b c d p", "a b c d p +q"),
        ("a b c d q x", "a b c d q -x +p"),
        ("a b c d p q", "a b c d p q +z"),
        ("a b c d p q z", "a b c d p q z"),
        ("a b c d p q z a", "a b c d p q z -a"),
    ],
)
def test_records_that_break_off(record: str, expected: str) -> None:
    follows = {"a": ["b"], "b": ["c"], "c": ["d"], "d": ["p"], "p": ["z"], "z": ["a"]}
    net = Net.of(["a"], follows, ["z"], any_order=[["p", "q"]])
    assert told(aligned(net, record.split(), may_break_off=True)) == expected


def test_branches_equally_long_are_told_as_the_procedure_names_them() -> None:
    net = Net.of(["a"], {"a": ["c", "b"], "b": ["d"], "c": ["d"]}, ["d"])
    assert told(aligned(net, ["a", "d"])) == "a +c d"


def loops_of(size: int) -> Net:
    """A procedure that goes back every ten activities, and from its last to its first."""
    names = [str(n) for n in range(size)]
    follows = {a: [b] for a, b in pairwise(names)}
    for n in range(9, size, 10):
        follows.setdefault(str(n), []).append(str(n - 9))
    follows[names[-1]].append(names[0])
    return Net.of(names[:1], follows, names[-1:])


def test_a_hundred_thousand_events_at_random_are_aligned_in_seconds() -> None:
    net = loops_of(110)
    chance = random.Random(1)
    labels = [chance.choice(net.labels) for _ in range(100_000)]
    start = time.perf_counter()
    found = aligned(net, labels)
    assert time.perf_counter() - start < 20
    assert 0 < found.cost < 100_000
    assert sum(move.kind != "model" for move in found.moves) == 100_000


def test_what_would_take_too_long_is_given_up_and_says_so() -> None:
    net = loops_of(110)
    chance = random.Random(1)
    labels = [chance.choice(net.labels) for _ in range(5_000)]
    found = align(net, labels, most_work=100_000)
    assert isinstance(found, GivenUp)
    assert 100_000 < found.work < 110_000
