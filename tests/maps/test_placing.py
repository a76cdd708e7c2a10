"""Labels find their places: in bounds, over nothing, the same every time."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.maps.metrics import clipped, width, wrapped
from checker.maps.placing import Box, Placed, Wanted, place

FIELD = Box(0, 0, 800, 700)
positions = st.tuples(st.integers(20, 780), st.integers(20, 680))
shapes = st.lists(st.tuples(st.integers(20, 160), st.integers(14, 80)), min_size=1, max_size=2).map(tuple)
labels = st.lists(
    st.builds(
        lambda at, shape: Wanted(float(at[0]), float(at[1]), 6.0, shape, Box(0, 0, 400, 700) if at[0] < 400 else Box(400, 0, 400, 700)),
        positions,
        shapes,
    ),
    max_size=25,
)  # fmt: skip


@given(labels)
@settings(max_examples=60, deadline=None)
def test_no_label_lies_over_another_a_marker_or_what_is_taken(wanted: list[Wanted]) -> None:
    taken = Box(0, 0, 800, 30)
    placed = place(wanted, FIELD, [taken])
    there = [(w, p) for w, p in zip(wanted, placed, strict=True) if p]
    for label, spot in there:
        assert spot.box.within(FIELD)
        assert not spot.box.meets(taken)
        assert (spot.box.width, spot.box.height) == label.shapes[spot.shape]
        assert not any(
            spot.box.meets(other.marker) for other in wanted if other is not label and other.marker != label.marker
        )
    for (_, a), (_, b) in combinations(there, 2):
        assert not a.box.meets(b.box)
        for one, two in ((a, b), (b, a)):
            assert one.leader is None or not two.box.crossed(*one.leader)
    assert place(wanted, FIELD, [taken]) == placed


def test_a_label_stands_beside_its_point_in_its_own_quadrant() -> None:
    home = Box(0, 0, 400, 700)
    (alone,) = place([Wanted(400, 300, 6, ((60, 20),), home)], FIELD)
    assert alone == Placed(Box(400 - 6 - 3 - 60, 290, 60, 20), 0, None)


def test_where_there_is_no_room_beside_a_line_leads_to_the_label() -> None:
    wall = [Box(340, 240, 50, 120), Box(412, 240, 50, 120), Box(340, 240, 120, 50), Box(340, 312, 120, 50)]
    (far,) = place([Wanted(401, 301, 6, ((60, 20),), FIELD)], FIELD, wall)
    assert far is None  # walled in: no line gets out
    (out,) = place([Wanted(401, 301, 6, ((60, 20),), FIELD)], FIELD, wall[:3])
    assert out is not None
    assert out.leader is not None
    assert not any(w.crossed(*out.leader) or w.meets(out.box) for w in wall[:3])


def test_a_label_larger_than_the_field_has_no_place() -> None:
    assert place([Wanted(400, 300, 6, ((900, 20),), FIELD)], FIELD) == [None]


@given(st.text(max_size=200), st.integers(20, 300))
def test_wrapped_lines_fit_and_lose_no_word(text: str, room: int) -> None:
    lines = wrapped(text, 13, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width(line, 13) <= room or len(line) == 1 for line in lines)


def test_what_is_cut_says_so() -> None:
    assert clipped("Diferimiento de cirugías programadas", 13, 90).endswith("…")
    assert clipped("Breve", 13, 90) == "Breve"
    assert len(wrapped("palabra " * 80, 13, 120, most=3)) == 3
    assert wrapped("palabra " * 80, 13, 120, most=3)[-1].endswith("…")
