from anycompany.bus.rules import pattern_for, rules
from anycompany.storm.model import Storm

from .storms import EXAMPLE, load


def two_services() -> Storm:
    """Two services whose events share a detail-type."""
    storm = Storm(name="Inn").add_events(["Room Booked", "Room Closed", "Table Booked", "Table Closed"])
    for event, name in (("table-booked", "booked"), ("room-booked", "booked"), ("room-closed", "closed")):
        storm = storm.add_contract(event).change("contracts", event, detail_type=name)
    storm = storm.add_entity("Room", ["room-booked", "room-closed"]).add_entity(
        "Table", ["table-booked", "table-closed"]
    )
    storm = storm.add_context("Hotel", ["room"]).add_context("Restaurant", ["table"])
    return storm.add_service("Rooms", "hotel").add_service("Tables", "restaurant")


def test_there_is_one_rule_for_each_policy_and_each_listener() -> None:
    storm = load(EXAMPLE)
    assert [rule.note for rule in rules(storm)] == [
        *(f"policies/{key}" for key in storm.policies),
        *(f"listeners/{key}" for key in storm.listeners),
    ]


def test_a_rule_names_source_and_detail_type_of_the_events_it_hears() -> None:
    storm = load(EXAMPLE)
    assert pattern_for(storm, ["payment-succeeded"]) == {
        "source": ["com.anycompany.billing"],
        "detail-type": ["payment-succeeded"],
    }


def test_events_of_two_services_stand_side_by_side_where_that_is_exact() -> None:
    storm = two_services()
    assert pattern_for(storm, ["room-booked", "table-booked"]) == {
        "source": ["com.inn.rooms", "com.inn.tables"],
        "detail-type": ["booked"],
    }


def test_a_rule_never_lets_a_namesake_of_another_service_through() -> None:
    storm = two_services()
    assert pattern_for(storm, ["room-booked", "table-closed"]) == {
        "$or": [
            {"source": ["com.inn.rooms"], "detail-type": ["booked"]},
            {"source": ["com.inn.tables"], "detail-type": ["table-closed"]},
        ]
    }


def test_who_hears_everything_hears_sources_nobody_thought_of_but_no_replay() -> None:
    rule = next(rule for rule in rules(load(EXAMPLE)) if rule.id == "everything")
    assert rule.pattern == {"source": [{"prefix": ""}], "replay-name": [{"exists": False}]}


def test_an_event_of_an_aws_service_is_heard_on_the_default_bus() -> None:
    origin = {"source": "aws.s3", "detail-type": "Object Created"}
    storm = Storm(name="Inn").add_event("Invoice Uploaded").trigger("invoice-uploaded", aws=origin)
    rule = rules(storm)[0]
    assert (rule.bus, rule.pattern) == ("default", {"source": ["aws.s3"], "detail-type": ["Object Created"]})


def test_two_events_with_one_name_are_two_on_the_bus() -> None:
    storm = Storm(name="Inn").add_event("Room Booked").add_event("Room Booked")
    assert [storm.detail_type(event) for event in storm.events] == ["room-booked", "room-booked-2"]
