"""Whether each rule of a storm can ever match the events it hears."""

from __future__ import annotations

from dataclasses import dataclass

from ...storm.model import Storm
from ..pattern import PatternError, parse
from ..rules import Rule, rules
from .satisfying import Answer, NeverMatches, Reason, can_match
from .schema import envelope, event_schema, example_detail


@dataclass(frozen=True, slots=True)
class RuleAnswer:
    """Whether a rule can match an event that it hears.

    Parameters
    ----------
    rule : the rule.
    event : the id of the event.
    answer : yes with an example, no with the reason, or undecided.
    """

    rule: Rule
    event: str
    answer: Answer


def rule_answers(storm: Storm) -> tuple[RuleAnswer, ...]:
    """Whether each rule of a storm can ever match each event that it hears, by the events' contracts.

    An example is made from that of the contract. Of the events of AWS services, which rules on the default
    bus hear, only source and detail-type are known.

    >>> storm = Storm(name="Inn").add_event("Room Booked").add_policy("Clean", when=["room-booked"])
    >>> [(one.rule.id, one.answer.example["detail-type"]) for one in rule_answers(storm)]
    [('clean', 'room-booked')]
    """
    found = []
    for rule in rules(storm):
        try:
            pattern = parse(rule.pattern)
        except PatternError as error:
            refused = NeverMatches((Reason("refused", "", error.what.rstrip(".")),))
            found += [RuleAnswer(rule, event, refused) for event in rule.hears]
            continue
        for event in rule.hears:
            schema = event_schema(storm, event)
            if rule.bus == "default" and (aws := storm.triggers[event].aws):
                schema = envelope([aws.source], [aws.detail_type], {"type": "object"})
            like = {"detail": example_detail(storm, event)}
            found.append(RuleAnswer(rule, event, can_match(pattern, schema, like)))
    return tuple(found)
