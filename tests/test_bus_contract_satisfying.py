"""Can a pattern ever match? The yes comes with an event that does, the no survives a search for one."""

from typing import Any

from hypothesis import HealthCheck, assume, given, settings, strategies as st
from jsonschema import Draft4Validator

from anycompany.bus.contract import (
    Matchable,
    NeverMatches,
    can_match,
    violations,
)
from anycompany.bus.contract.schema import detail_schema, envelope
from anycompany.bus.pattern import PatternError, matches, parse

from .contracts import contract_fields, contracts, filters, values_of

PATIENT = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def check(schema: dict[str, Any], filter_: dict[str, Any], data: st.DataObject) -> None:
    try:
        pattern = parse({"detail": filter_})
    except PatternError:
        assume(False)
    answer = can_match(pattern, schema)
    if isinstance(answer, Matchable):
        assert matches(pattern, answer.example)
        assert violations(schema, answer.example) == ()
        assert list(Draft4Validator(schema).iter_errors(answer.example)) == []
    else:
        assert isinstance(answer, NeverMatches), answer  # nothing here is beyond it
        assert answer.because.endswith(".")
        events = values_of(schema)
        for _ in range(5):
            assert not matches(pattern, data.draw(events))


@PATIENT
@given(contracts, filters, st.data())
def test_an_example_matches_and_a_never_survives_a_search(
    schema: dict[str, Any], filter_: dict[str, Any], data: st.DataObject
) -> None:
    check(schema, filter_, data)


@PATIENT
@given(contract_fields, filters, st.data())
def test_so_it_is_for_the_contracts_that_a_storm_can_say(
    fields: dict[str, Any], filter_: dict[str, Any], data: st.DataObject
) -> None:
    check(envelope(["com.shop"], ["paid"], detail_schema(fields)), filter_, data)
