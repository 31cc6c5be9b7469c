import json

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from anycompany.workbook.lessons import additions, minimal_bus
from anycompany.workbook.table import MOST_ROWS, Table
from anycompany.workbook.tables import TABLES, table_of

from .markup import check_harmless, elements, words
from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, hostile_names, load, storm_of

EMPTY = Storm(name="Inn")


def test_a_table_says_the_same_as_html_and_as_text() -> None:
    table = Table("Rooms", ("room", "beds", "free"), (("Attic", 2, True), ("Cellar", None, False)))
    bundle = table._repr_mimebundle_()
    assert [tag for tag, _ in elements(bundle["text/html"])].count("tr") == 3
    assert words(bundle["text/html"]).split() == [
        "Rooms",
        "room",
        "beds",
        "free",
        "Attic",
        "2",
        "yes",
        "Cellar",
    ]
    assert bundle["text/plain"].splitlines()[2].split() == ["Attic", "2", "yes"]


def test_a_long_table_says_how_many_rows_are_left_and_its_frame_has_all() -> None:
    table = Table("Many", ("number",), tuple((n,) for n in range(MOST_ROWS + 5)))
    assert "5 more rows" in str(table)
    assert len(table.frame()) == MOST_ROWS + 5


@pytest.mark.parametrize("name", TABLES)
def test_every_table_of_an_empty_storm_says_what_is_missing(name: str) -> None:
    table = table_of(EMPTY, name)
    assert table.rows or len(table.empty) > 20
    check_harmless(table._repr_mimebundle_())


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_table_of_every_domain_has_cells_for_its_columns(path) -> None:  # type: ignore[no-untyped-def]
    storm = load(path)
    for name in TABLES:
        table = table_of(storm, name)
        assert all(len(row) == len(table.columns) for row in table.rows), name
        assert list(table.frame().columns) == list(table.columns)


@settings(max_examples=25, deadline=None)
@given(st.lists(hostile_names, min_size=3, max_size=8))
def test_no_name_gets_out_of_its_cell(names: list[str]) -> None:
    storm = storm_of(names)
    for name in TABLES:
        check_harmless(table_of(storm, name)._repr_mimebundle_())
    check_harmless(additions(storm)._repr_mimebundle_())
    check_harmless(minimal_bus(storm)._repr_mimebundle_())


def test_a_long_name_is_cut_and_a_line_break_does_not_break_the_row() -> None:
    storm = Storm(name="Inn").add_event("x" * 5000).add_event("Room\nBooked")
    text = str(table_of(storm, "events"))
    assert len(text.splitlines()) == 4
    assert "Room Booked" in text and "x" * 400 not in text


def test_references_to_nothing_are_shown_and_marked() -> None:
    storm = Storm.model_validate(
        {
            "name": "Inn",
            "events": {"a": {"name": "Room Booked"}},
            "timeline": ["a", "gone"],
            "entities": {"room": ["a", "gone"]},
            "contexts": {"desk": {"entities": ["room", "lost"]}},
            "policies": {"clean": {"when": ["gone"], "emits": ["a"]}},
        }
    )
    assert "gone (?)" in str(table_of(storm, "timeline"))
    assert "gone (?)" in str(table_of(storm, "entities"))
    assert "gone (?)" in str(table_of(storm, "policies"))
    assert "lost (?)" in str(table_of(storm, "contexts"))


def test_events_that_were_parked_stay_in_sight() -> None:
    storm = Storm(name="Inn").add_event("Room Booked").park("room-booked")
    assert "parked" in str(table_of(storm, "events"))


def test_the_progress_says_what_is_missing_first() -> None:
    storm = Storm(name="Inn").add_event("Room Booked")
    rows = {row[0]: row for row in table_of(storm, "steps").rows}
    assert rows[1][4] == "done" and rows[2][4] == "to do"
    assert rows[2][-1] == "“Room Booked” is not on the timeline"


def test_moving_an_entity_is_tried_against_every_other_context() -> None:
    storm = load(EXAMPLE)
    moves = table_of(storm, "moves")
    assert len(moves.rows) == len(storm.entities) * (len(storm.contexts) - 1)
    scores = [row[3] for row in moves.rows]
    assert scores == sorted(scores)  # type: ignore[type-var]


def test_a_table_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(StormError, match="no table 'evnets'"):
        table_of(EMPTY, "evnets")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_resource_of_the_bus_stack_is_explained(path) -> None:  # type: ignore[no-untyped-def]
    rows = additions(load(path)).rows
    assert [row[0] for row in rows if row[2]] == ["EventBus"]
    assert all(row[3] for row in rows)


def test_the_smallest_bus_is_one_resource_with_two_outputs() -> None:
    from ruamel.yaml import YAML

    template = YAML(typ="safe").load(minimal_bus(load(EXAMPLE)).text)
    assert list(template["Resources"]) == ["EventBus"]
    assert set(template["Outputs"]) == {"EventBusArn", "EventBusName"}


def test_hostile_texts_are_all_in_the_json_of_a_frame() -> None:
    storm = Storm(name="Inn").add_events(HOSTILE_TEXTS)
    frame = table_of(storm, "events").frame()
    assert len(json.loads(frame.to_json(orient="records"))) == len(storm.events)
