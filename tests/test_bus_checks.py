"""Each check on rules, filters and contracts fires and stays silent, on four domains."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from anycompany.bus.checks import CHECKS
from anycompany.bus.contract import Matchable, can_match, event_schema
from anycompany.bus.pattern import PatternError, parse
from anycompany.bus.rules import rules
from anycompany.storm.checks import findings
from anycompany.storm.model import Storm

from .mutations import Document, add_event, changed, emitted, events_in, nth, of_check
from .storms import ALL, load
from .strategies import json_values

DOMAINS = pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.removesuffix(".storm.yaml"))


def listener(doc: Document, **keys: Any) -> None:
    doc["listeners"]["new"] = {"for": "Somebody"} | keys


def filtered(doc: Document, condition: Any, **field: Any) -> None:
    """A listener to the first event, with a filter on a field of this kind."""
    event = nth(doc["events"])
    if field:
        doc["contracts"][event]["fields"]["size"] = field | {"optional": True}
    listener(doc, hears=[event], where={"size": [condition]})


def missing_in_some(doc: Document) -> None:
    filtered(doc, "x", type="string")
    doc["listeners"]["new"]["hears"].append(nth(doc["events"], 1))


def text_in_example(doc: Document) -> None:
    filtered(doc, {"numeric": [">", 10000]}, type="number")
    doc["contracts"][nth(doc["events"])]["example"]["size"] = "10001"


def heard_and_emitted(doc: Document) -> tuple[str, str]:
    return next((p["when"][0], p["emits"][0]) for p in doc["policies"].values() if p.get("emits"))


def another_type(doc: Document) -> None:
    heard, put = heard_and_emitted(doc)
    doc["contracts"][heard]["fields"]["size"] = {"type": "number", "optional": True}
    doc["contracts"][put]["fields"]["size"] = {"type": "string", "optional": True}


def personal(doc: Document) -> None:
    heard, _ = heard_and_emitted(doc)
    doc["contracts"][heard]["fields"]["phone"] = {"personal": True, "optional": True}


def nothing_personal(doc: Document) -> None:
    for contract in doc["contracts"].values():
        for field in contract["fields"].values():
            field.pop("personal", None)


def one_detail_type(doc: Document) -> None:
    one, other = events_in(doc, nth(doc["entities"]))[:2]
    doc["contracts"][one]["detail-type"] = doc["contracts"][other]["detail-type"] = "same"


def one_name(doc: Document) -> None:
    event = events_in(doc, next(iter(doc["contexts"].values()))["entities"][0])[0]
    service = next(key for key, said in doc["services"].items() if said["context"] == nth(doc["contexts"]))
    doc["services"][f"{service}-more"] = {}
    doc["policies"]["more-work"] = {"when": [event], "service": service}
    doc["policies"]["work"] = {"when": [event], "service": f"{service}-more"}


def many_events(doc: Document) -> None:
    added = [add_event(doc, f"parcel-{n}", f"Parcel {n} Sent Away") for n in range(100)]
    listener(doc, hears=added)


FIRES: dict[str, Callable[[Document], Any]] = {
    "bus-v2": lambda d: d["bus"].update(kind="v2"),
    "listener-without-audience": lambda d: d["listeners"].update(new={"hears": [nth(d["events"])]}),
    "listener-hears-nothing": listener,
    "rule-for-everything": lambda d: listener(d, hears="all", where={"amount": [{"exists": True}]}),
    "too-many-rules": lambda d: d["policies"].update(
        {f"p{n}": {"when": [nth(d["events"])]} for n in range(300)}
    ),
    "too-many-wildcards": lambda d: d["listeners"].update(
        {f"l{n}": {"hears": "all", "where": {"a": [{"wildcard": "*.x"}]}} for n in range(31)}
    ),
    "long-pattern": many_events,
    "more-than-five-targets": lambda d: d["policies"].update(
        {f"p{n}": {"when": [nth(d["events"])]} for n in range(6)}
    ),
    "one-name-in-aws": one_name,
    "one-address-for-two": one_detail_type,
    "long-detail-type": lambda d: add_event(d, "new", "Very " * 30 + "Long Story Told"),
    "filter-syntax": lambda d: listener(d, hears=[nth(d["events"])], where={"amount": 5}),
    "filter-field-missing": lambda d: filtered(d, "x"),
    "filter-field-missing-in-some": missing_in_some,
    "filter-type": lambda d: filtered(d, {"numeric": [">", 10000]}, type="string"),
    "rule-never-matches": lambda d: filtered(d, {"numeric": [">", 3, "<", 4]}, type="integer"),
    "example-never-passes": text_in_example,
    "contract-without-owner": lambda d: d["contracts"].update(
        {add_event(d, "new", "Bell Rung", entity=False): {}}
    ),
    "event-without-contract": lambda d: d["contracts"].pop(emitted(d)),
    "example-breaks-contract": lambda d: d["contracts"][nth(d["contracts"])]["example"].update(surprise=1),
    "renamed-after-publishing": lambda d: d["contracts"][nth(d["contracts"])].update(
        {"published": 1, "detail-type": "another-name"}
    ),
    "published-ahead": lambda d: d["contracts"][nth(d["contracts"])].update({"published": 9, "version": 2}),
    "personal-data": personal,
    "field-changes-type": another_type,
}
"""For each check a change that makes it fire."""

SILENCED: dict[str, Callable[[Document], Any]] = {"personal-data": nothing_personal}


@DOMAINS
@pytest.mark.parametrize("check", [check.id for check in CHECKS])
def test_a_check_fires_and_stays_silent(check: str, path: Path) -> None:
    quiet = changed(path, SILENCED.get(check))
    assert of_check(quiet, check) == []
    document = quiet.document()
    FIRES[check](document)
    loud = Storm.model_validate(document)
    found = of_check(loud, check)
    assert found
    for finding in found:
        if finding.fix:
            assert finding.key not in {one.key for one in of_check(loud.do(finding.fix), check)}


def test_every_check_has_its_example() -> None:
    assert {check.id for check in CHECKS} == set(FIRES)


def one_listener(condition: Any, **field: Any) -> list[tuple[str, str]]:
    """The findings on a filter of one condition on the field ``amount`` of the only event, as (check, what)."""
    storm = Storm(name="Shop").add_event("Payment Made")
    storm = storm.add_contract("payment-made", {"amount": field} if field else {"other": {}})
    storm = storm.add_listener(
        "Alarm", for_="Security", hears=["payment-made"], where={"amount": [condition]}, to="log"
    )
    return [(one.check, one.what) for one in findings(storm, step=7, checks=CHECKS).open]


@pytest.mark.parametrize(
    ("condition", "type_"),
    [
        ("paid", "string"),
        ({"prefix": "p"}, "string"),
        ({"suffix": {"equals-ignore-case": "D"}}, "string"),
        ({"wildcard": "p*d"}, "string"),
        ({"cidr": "10.0.0.0/24"}, "string"),
        ({"anything-but": ["paid", "due"]}, "string"),
        ({"anything-but": {"prefix": "p"}}, "string"),
        (10000, "number"),
        (10000, "integer"),
        ({"numeric": [">", 10000]}, "number"),
        ({"numeric": [">", 0, "<=", 5.5]}, "integer"),
        ({"anything-but": [0, 1]}, "number"),
        (True, "boolean"),
        ({"exists": True}, "string"),
        ("a", "array"),
        ({"numeric": ["=", 1]}, "array"),
    ],
)
def test_a_condition_of_the_fields_own_type_is_fine(condition: Any, type_: str) -> None:
    assert one_listener(condition, type=type_) == []


@pytest.mark.parametrize(
    ("condition", "type_", "why"),
    [
        ({"numeric": [">", 10000]}, "string", "a text never equals a number"),
        (10000, "string", "a text never equals a number"),
        ("10000", "number", "a number never equals a text"),
        ({"prefix": "1"}, "number", "a number never equals a text"),
        ({"anything-but": [5]}, "string", "a text never equals a number"),
        ("true", "boolean", "true or false never equals a text"),
        (None, "string", "a text never equals null"),
        ({"exists": True}, "object", "only the fields within an object"),
    ],
)
def test_a_condition_of_another_type_is_an_error(condition: Any, type_: str, why: str) -> None:
    ((check, what),) = one_listener(condition, type=type_)
    assert check == "filter-type" and why in what and "“amount”" in what and "“Payment Made”" in what


def test_a_condition_on_a_field_that_is_not_there_never_matches_unless_it_asks_for_that() -> None:
    assert [check for check, _ in one_listener("x")] == ["filter-field-missing"]
    assert [check for check, _ in one_listener({"anything-but": "x"})] == ["filter-field-missing"]
    assert one_listener({"exists": False}) == []


def where(fields: dict[str, Any], filter_: dict[str, Any]) -> list[str]:
    storm = Storm(name="Shop").add_event("Payment Made").add_contract("payment-made", fields)
    storm = storm.add_listener("Alarm", for_="Security", hears=["payment-made"], where=filter_)
    return [one.check for one in findings(storm, step=7, checks=CHECKS).open]


def test_a_dotted_key_is_the_nested_one() -> None:
    fields = {"card.country": {"type": "string"}, "shop": {"type": "object"}}
    assert where(fields, {"card": {"country": ["IT"]}}) == []
    assert where(fields, {"card.country": ["IT"]}) == []
    assert where(fields, {"card": {"number": [1]}}) == ["filter-field-missing"]
    assert where(fields, {"card": [{"exists": True}]}) == ["filter-type"]
    assert where(fields, {"shop": {"city": ["Rome"]}}) == []
    assert where({"card": {"type": "string"}}, {"card": {"country": ["IT"]}}) == ["filter-field-missing"]


def test_all_branches_of_an_or_are_compared_with_the_contract() -> None:
    fields = {"amount": {"type": "number"}, "plan": {"type": "string"}}
    assert where(fields, {"$or": [{"amount": [5]}, {"plan": ["team"]}]}) == []
    assert where(fields, {"$or": [{"amount": ["5"]}, {"nothing": ["team"]}]}) == [
        "filter-field-missing",
        "filter-type",
    ]


def test_without_a_contract_nothing_is_said_about_fields() -> None:
    storm = Storm(name="Shop").add_event("Payment Made")
    storm = storm.add_listener("Alarm", for_="Security", hears=["payment-made"], where={"amount": [5]})
    assert findings(storm, checks=CHECKS).open == ()


def test_a_listener_that_hears_everything_without_a_filter_is_fine() -> None:
    storm = Storm(name="Shop").add_event("Payment Made").add_listener("All", for_="Audit")
    assert findings(storm, checks=CHECKS).open == ()


def refusals(filter_: Any) -> list[str]:
    storm = Storm(name="Shop").add_event("Payment Made").add_listener("Alarm", for_="Security", where=filter_)
    return [one.what for one in of_check(storm, "filter-syntax")]


@pytest.mark.parametrize(
    "filter_",
    [
        {},
        {"a": 5},
        {"a": {"b": "x"}},
        {"a": []},
        {"a": [["x"]]},
        {"a": [{"begins-with": "x"}]},
        {"a": [{"prefix": 5}]},
        {"a": [{"wildcard": "a**b"}]},
        {"a": [{"cidr": "10.0.0.0/99"}]},
        {"a": [{"numeric": [">", 5, "<", 5]}]},
        {"a": [{"anything-but": []}]},
        {"$or": [{"a": [1]}, {"b": 2}]},
        {"a": [{"wildcard": "*a*b*c*" * 30}]},
    ],
)
def test_a_filter_that_eventbridge_refuses_is_told_in_its_own_words(filter_: Any) -> None:
    with pytest.raises(PatternError) as error:
        parse({"detail": filter_})
    (what,) = refusals(filter_)
    assert what.startswith("The filter of “Alarm” is refused: Event pattern is not valid. Reason: ")
    assert error.value.reason.split("\n")[0][:60] in what


@pytest.mark.parametrize(
    "filter_",
    [
        {"a": ["x", 5, True, None]},
        {"a": {"b": [{"numeric": [">", 0, "<=", 5]}]}, "c.d": [{"exists": False}]},
        {"a": [{"wildcard": "a\\*\\**"}, {"cidr": "10.0.0.7/24"}, {"equals-ignore-case": "X"}]},
        {"a": [{"anything-but": {"prefix": ["x", "y"]}}, {"anything-but": 5}]},
        {"$or": [{"a": [1]}, {"$or": [{"b": [2]}, {"c": [3]}]}]},
    ],
)
def test_a_filter_that_eventbridge_takes_is_not_refused(filter_: Any) -> None:
    assert refusals(filter_) == []


@given(json_values)
def test_whatever_stands_in_a_filter_is_told_on_one_line(filter_: Any) -> None:
    for what in refusals({"a": filter_}):
        assert "\n" not in what and len(what) < 400


def test_a_rule_without_a_filter_always_matches_what_it_hears() -> None:
    for path in ALL:
        storm = load(path)
        for rule in rules(storm):
            if rule.bus == "own":
                for event in rule.hears:
                    schema = event_schema(storm, event)
                    unfiltered = {key: value for key, value in rule.pattern.items() if key != "detail"}
                    assert isinstance(can_match(parse(unfiltered), schema), Matchable), rule


def test_what_excludes_each_other_in_one_filter_is_told() -> None:
    storm = (
        Storm(name="Shop")
        .add_event("Payment Made")
        .add_contract("payment-made", {"a": {}, "n": {"type": "integer"}})
    )
    for filter_, why in [
        ({"a": [{"exists": False}]}, "“detail.a” is in every event, and is asked to be absent"),
        ({"n": [{"numeric": [">", 3, "<", 4]}]}, "a number above 3 and below 4"),
    ]:
        loud = storm.add_listener("Alarm", for_="Security", hears=["payment-made"], where=filter_)
        (found,) = findings(loud, step=7, checks=CHECKS).open
        assert found.check == "rule-never-matches" and why in found.what


def test_a_rule_that_matches_one_of_its_events_is_fine() -> None:
    storm = Storm(name="Shop").add_events(["Payment Made", "Payment Lost"])
    storm = storm.add_contract("payment-made", {"a": {}}).add_contract(
        "payment-lost", {"a": {"optional": True}}
    )
    storm = storm.add_listener("Alarm", for_="Security", hears="all", where={"a": [{"exists": False}]})
    assert not of_check(storm, "rule-never-matches")


def test_an_example_below_the_threshold_is_no_finding_and_a_text_is_one() -> None:
    filter_ = {"amount": [{"numeric": [">", 10000]}]}
    storm = Storm(name="Shop").add_event("Payment Made").add_contract("payment-made", {}, {"amount": 5})
    storm = storm.add_listener("Alarm", for_="Security", hears=["payment-made"], where=filter_)
    assert not of_check(storm, "example-never-passes")
    (found,) = of_check(
        storm.change("contracts", "payment-made", example={"amount": "50000"}), "example-never-passes"
    )
    assert "“Alarm” never hears “Payment Made” as in its example" in found.what
    assert "a text never matches a number" in found.what
    assert (found.step, found.severity) == (8, "note")


def test_an_example_is_compared_with_every_field() -> None:
    fields = {
        "id": {"type": "string"},
        "size": {"type": "integer"},
        "note": {"optional": True},
        "card.country": {"type": "string"},
    }
    fine = {"id": "a", "size": 3.0, "card": {"country": "IT"}}
    storm = Storm(name="Shop").add_event("Box Sent").add_contract("box-sent", fields, fine)
    assert not of_check(storm, "example-breaks-contract")
    wrong = storm.change(
        "contracts", "box-sent", example={"size": True, "card": {"country": 5}, "colour": "red"}
    )
    (finding,) = of_check(wrong, "example-breaks-contract")
    for told in (
        "“id” is missing",
        "“size” is true or false, not an integer",
        "“card.country” is an integer, not a text",
        "“colour” is no field",
    ):
        assert told in finding.what


def test_personal_data_is_fine_where_an_output_uses_it_or_where_nothing_is_known_of_the_outputs() -> None:
    storm = Storm(name="Shop").add_events(["Guest Come", "Key Cut", "Bell Rung"])
    storm = storm.add_contract("guest-come", {"name": {"personal": True}, "room": {}})
    storm = storm.add_policy("Greet", when=["guest-come"], emits=["key-cut"], fails=["bell-rung"])
    assert not of_check(storm, "personal-data")
    blind = storm.add_contract("key-cut", {"room": {}})
    assert [one.where for one in of_check(blind, "personal-data")] == [
        ("policies/greet", "events/guest-come")
    ]
    assert not of_check(blind.add_contract("bell-rung", {"name": {}}), "personal-data")
