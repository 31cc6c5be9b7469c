"""Where things stand: combs, rows, pieces, and workflows below their events."""

from itertools import pairwise
from math import dist

import pytest
from hypothesis import given, strategies as st

from anycompany.diagrams.bus_rows import UNORDERED, Group, rows_of_bus
from anycompany.diagrams.engine import Graph, arrange
from anycompany.diagrams.hive import cell_height, hive
from anycompany.diagrams.sheet import WIDE, in_rows, spread
from anycompany.storm.model import Storm

from .drawings import large_storm
from .storms import ALL, load
from .strategies import storms

positions = st.lists(st.floats(-1000, 1000), max_size=30).map(sorted)


@given(st.integers(1, 300))
def test_the_cells_of_a_comb_touch_and_never_overlap(cells: int) -> None:
    corners, width, height = hive(cells, 100)
    assert len(set(corners)) == cells
    if cells <= 60:
        assert all(dist(one, other) > 99 for place, one in enumerate(corners) for other in corners[:place])
    if cells > 1:
        assert all(min(dist(one, other) for other in corners if other != one) < 101 for one in corners)
    assert min(x for x, _ in corners) == min(y for _, y in corners) == 0
    assert max(x for x, _ in corners) + 100 == pytest.approx(width)
    assert max(y for _, y in corners) + cell_height(100) == pytest.approx(height)


def test_a_comb_is_read_from_left_to_right_and_down() -> None:
    corners, _, _ = hive(11, 100)
    assert [round(y) for _, y in corners] == sorted(round(y) for _, y in corners)


@given(positions, st.floats(1, 50))
def test_things_that_are_spread_keep_their_order_and_their_distance(
    targets: list[float], pitch: float
) -> None:
    found = spread(targets, pitch, 0, 2000)
    assert all(after - before >= pitch - 1e-6 for before, after in pairwise(found))
    assert all(place >= 0 for place in found)
    assert not found or found[-1] <= 2000 + 1e-6


@given(positions)
def test_things_that_have_room_stay_where_they_want_to_be(targets: list[float]) -> None:
    apart = [target + 100 * place for place, target in enumerate(targets)]
    assert spread(apart, 100, -1e9, 1e9) == pytest.approx(apart, abs=1e-3)


@given(st.lists(st.tuples(st.floats(10, 2000), st.floats(10, 300)), max_size=30))
def test_boxes_in_rows_never_overlap_and_rows_are_not_too_wide(sizes: list[tuple[float, float]]) -> None:
    boxes = in_rows(sizes, (30, 40), 10)
    for place, box in enumerate(boxes):
        assert box.right <= 30 + WIDE or box.x == 30
        for other in boxes[:place]:
            assert other.right < box.x + 1e-6 or other.bottom < box.y + 1e-6


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_the_bus_carries_every_event_and_every_workflow_once(path: object) -> None:
    storm = load(path)  # type: ignore[arg-type]
    rows = rows_of_bus(storm)
    assert [event for row in rows for event in row.events] == list(storm.relations.in_order)
    assert sorted(policy for row in rows for policy in row.policies) == sorted(storm.policies)


@given(storms)
def test_the_bus_carries_every_event_of_any_storm(storm: Storm) -> None:
    rows = rows_of_bus(storm)
    assert {event for row in rows for event in row.events} == set(storm.events)
    assert sorted(policy for row in rows for policy in row.policies) == sorted(storm.policies)


def test_a_long_bus_goes_on_in_rows_that_can_be_read() -> None:
    rows = rows_of_bus(large_storm(120, 8))
    assert all(len(row.events) <= 11 and len(row.policies) <= 8 for row in rows)
    assert len(rows) > 10


def test_a_moment_stays_together_in_one_row() -> None:
    storm = Storm(name="Inn").add_events([f"Thing {number} Done" for number in range(12)])
    storm = storm.changed(timeline=[*list(storm.events)[:10], list(storm.events)[10:]])
    assert [len(row.events) for row in rows_of_bus(storm)] == [10, 2]


def test_events_without_a_place_in_time_come_last_and_say_so() -> None:
    storm = Storm(name="Inn").add_events(["Room Booked", "Room Cleaned"]).place("room-cleaned")
    assert rows_of_bus(storm)[0].groups == [Group(["room-cleaned"], ""), Group(["room-booked"], UNORDERED)]


def test_an_event_that_many_workflows_hear_is_drawn_again_for_the_others() -> None:
    storm = Storm(name="Inn").add_event("Room Booked").place("room-booked")
    for number in range(20):
        storm = storm.add_policy(f"Do {number}", when=["room-booked"])
    rows = rows_of_bus(storm)
    assert [row.events for row in rows] == [["room-booked"]] * 3
    assert [len(row.policies) for row in rows] == [8, 8, 4]


def test_graphs_are_arranged_each_on_its_own_and_in_the_order_they_came() -> None:
    one = Graph({"a b": (100, 40), '"': (60, 40)}, [("a b", '"'), ("a b", '"'), ('"', "a b")])
    first, second = arrange([one, Graph({"x": (72, 36)}, [])], "LR")
    assert first.corners["a b"][0] < first.corners['"'][0]
    assert len(first.curves) == 3
    assert first.curves[0][0][0] == pytest.approx(first.corners["a b"][0] + 100, abs=2)
    assert (second.width, second.height, second.curves) == (72, 36, [])
