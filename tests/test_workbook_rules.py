"""Whether rules can ever match, as notebook 07 and the report say it."""

import json

from anycompany.bus.contract import json_schema, violations
from anycompany.bus.pattern import matches, parse
from anycompany.storm.model import Storm
from anycompany.workbook.rule_tables import hearings, matches as table
from anycompany.workbook.tables import table_of

from .markup import check_harmless
from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of

BANK = (
    Storm(name="Bank")
    .add_event("Payment Made")
    .add_event("Payment Refused")
    .trigger("payment-made", actor="Customer")
    .add_policy("Book it", when=["payment-made", "payment-refused"])
    .add_contract("payment-made", {"amount": {"type": "string"}}, example={"amount": "12.00"})
    .add_listener(
        "Large", for_="Security", hears=["payment-made"], where={"amount": [{"numeric": [">", 10]}]}
    )
)


def test_a_rule_that_can_match_comes_with_an_event_that_it_lets_through_and_keeps_the_contract() -> None:
    for path in ALL:
        storm = load(path)
        for one in hearings(storm):
            if one.answer != "yes":
                continue
            event = json.loads(one.because)
            [event_id] = [key for key in one.events if storm.detail_type(key) == event["detail-type"]]
            assert matches(parse(one.rule.pattern), event)
            assert violations(json_schema(storm, event_id), event) == ()


def test_a_rule_that_never_matches_comes_with_the_reason() -> None:
    [never] = [one for one in hearings(BANK) if one.answer == "never"]
    assert never.rule.id == "large" and "number" in never.because and "text" in never.because


def test_an_event_without_a_contract_is_told_apart_within_one_rule() -> None:
    answers = {one.answer: one.events for one in hearings(BANK) if one.rule.id == "book-it"}
    assert answers == {"yes": ("payment-made",), "no contract yet": ("payment-refused",)}


def test_the_example_is_the_teams_own_where_it_matches() -> None:
    [yes] = [one for one in hearings(BANK) if one.answer == "yes"]
    assert json.loads(yes.because)["detail"] == {"amount": "12.00"}


def test_a_filter_that_is_no_pattern_is_refused_in_the_words_of_aws() -> None:
    storm = BANK.change("listeners", "large", where={"amount": [{"numeric": ["≥", 10]}]})
    [refused] = [one for one in hearings(storm) if one.answer == "refused"]
    assert "Event pattern is not valid" in refused.because
    check_harmless(table(storm)._repr_mimebundle_())


def test_every_rule_of_a_storm_has_an_answer() -> None:
    storm = load(EXAMPLE)
    assert {row[0] for row in table(storm).rows} == {row[0] for row in table_of(storm, "rules").rows}
    assert len(table(Storm(name="Inn")).rows) == 0 and "No rule yet" in str(table(Storm(name="Inn")))


def test_hostile_names_are_harmless() -> None:
    for hostile in HOSTILE_TEXTS:
        check_harmless(table(storm_of([hostile]))._repr_mimebundle_())
