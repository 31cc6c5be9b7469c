"""Coupling: what crosses the borders, what a move would do to it, and the boundaries suggested."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings

from anycompany.storm.boundaries import suggested_boundaries
from anycompany.storm.coupling import coupling, crossings, what_if
from anycompany.storm.errors import EditError
from anycompany.storm.model import Storm

from .mutations import changed, in_one_context, loaded
from .storms import ALL, EXAMPLE
from .strategies import storms

EVERY_DOMAIN = pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.removesuffix(".storm.yaml"))


def chain(homes: dict[str, list[str]], copies: dict[str, list[str]] | None = None) -> Storm:
    """Events a to f, each in an entity of its own, each started by the one before; contexts as given."""
    letters = "abcdef"
    contexts = {key: {"entities": entities} for key, entities in homes.items()}
    for key, copied in (copies or {}).items():
        contexts[key]["copies"] = copied
    return Storm.model_validate(
        {
            "name": "Chain",
            "events": {letter: {"name": f"{letter.upper()} Done"} for letter in letters},
            "policies": {f"p-{one}{two}": {"when": [one], "emits": [two]} for one, two in pairwise(letters)},
            "entities": {f"e-{letter}": [letter] for letter in letters},
            "contexts": contexts,
        }
    )


def all_in(*groups: str) -> dict[str, list[str]]:
    return {f"c-{number}": [f"e-{letter}" for letter in group] for number, group in enumerate(groups)}


def test_an_event_crosses_from_the_context_that_owns_it_to_the_one_that_reacts() -> None:
    (crossing,) = crossings(chain(all_in("abc", "def")))
    assert (crossing.event, crossing.policy, crossing.giver, crossing.taker) == ("c", "p-cd", "c-0", "c-1")
    assert not crossing.copied


def test_the_worked_example_crosses_twice() -> None:
    assert coupling(loaded(EXAMPLE)).between == {
        ("customer-relations", "billing"): ("account-created",),
        ("billing", "customer-relations"): ("payment-succeeded",),
    }


def test_every_part_of_the_score_is_told() -> None:
    measured = coupling(chain(all_in("abc", "def")))
    assert measured.reactions == 5
    assert measured.communication == pytest.approx(1 / 5)
    assert measured.size == pytest.approx(1 / 2)
    assert measured.copies == 0
    assert measured.events_in == {"c-0": 3, "c-1": 3}
    assert measured.score == pytest.approx(1 / 5 + 2 * 1 / 2)


def test_one_giant_context_is_no_answer() -> None:
    giant = coupling(chain(all_in("abcdef")))
    assert giant.communication == 0
    assert giant.score > coupling(chain(all_in("abc", "def"))).score
    alternating = coupling(chain(all_in("ace", "bdf")))
    assert alternating.communication == 1
    assert giant.score >= alternating.score


@EVERY_DOMAIN
def test_no_domain_is_better_off_as_one_context(path: Path) -> None:
    assert coupling(changed(path, in_one_context)).score > coupling(loaded(path)).score


def test_a_context_for_every_entity_is_no_answer_either() -> None:
    assert coupling(chain(all_in(*"abcdef"))).score > coupling(chain(all_in("abc", "def"))).score


def test_a_copy_lowers_communication_at_a_price() -> None:
    without = coupling(chain(all_in("abc", "def")))
    copied = coupling(chain(all_in("abc", "def"), {"c-1": ["e-c"]}))
    useless = coupling(chain(all_in("abc", "def"), {"c-1": ["e-a"]}))
    assert copied.communication == without.communication / 2
    assert copied.score < useless.score
    assert useless.score > without.score


def test_where_step_three_was_skipped_the_order_is_taken_for_a_guess() -> None:
    storm = chain(all_in("abc", "def"))
    for policy in list(storm.policies):
        storm = storm.remove("policies", policy)
    for event in storm.events:
        storm = storm.place(event)
    measured = coupling(storm)
    assert measured.guessed
    assert [(one.event, one.giver, one.taker) for one in measured.crossings] == [("c", "c-0", "c-1")]


def test_a_storm_that_has_no_contexts_is_measured_as_nothing() -> None:
    for storm in (Storm(name="Empty"), Storm(name="Some").add_event("Order Placed"), chain({})):
        measured = coupling(storm)
        assert (measured.crossings, measured.score) == ((), 0)


def test_what_if_tells_the_change_and_gives_the_edit_that_makes_it() -> None:
    storm = chain(all_in("ab", "cdef"))
    tried = what_if(storm, "e-c", "c-0")
    assert tried.change == pytest.approx(tried.after.score - tried.before.score)
    assert tried.change < 0
    assert coupling(storm.do(tried.edit)).score == tried.after.score


def test_what_if_about_nothing_is_refused_with_the_nearest() -> None:
    with pytest.raises(EditError, match="did you mean c-1"):
        what_if(chain(all_in("abc", "def")), "e-a", "c-11")


def test_suggestions_find_the_border_that_is_there() -> None:
    best = suggested_boundaries(chain(all_in("ace", "bdf")))[0]
    groups = {frozenset(entities) for entities in best.contexts.values() if entities}
    assert best.change < 0
    assert len(groups) > 1
    assert all(
        abs(ord(one[-1]) - ord(other[-1])) < len(group)
        for group in groups
        for one in group
        for other in group
    ), "neighbours in the chain stay together"


@EVERY_DOMAIN
def test_a_suggestion_is_an_edit_to_try_with_a_reason_and_better_than_today(path: Path) -> None:
    storm = loaded(path)
    before = coupling(storm).score
    for suggestion in suggested_boundaries(storm):
        after = storm.do(suggestion.edits)
        assert coupling(after).score == pytest.approx(suggestion.after.score)
        assert suggestion.after.score < before
        assert {
            key: tuple(context.entities) for key, context in after.contexts.items()
        } == suggestion.contexts
        assert suggestion.reasons and all("→" in reason or "left" in reason for reason in suggestion.reasons)
        assert sum(bool(entities) for entities in suggestion.contexts.values()) > 1


def test_suggestions_are_the_same_for_everybody() -> None:
    storm = loaded(ALL[-1])
    assert suggested_boundaries(storm) == suggested_boundaries(storm)


def test_without_any_context_the_first_borders_are_drawn() -> None:
    best = suggested_boundaries(chain({}))[0]
    after = chain({}).do(best.edits)
    assert sorted(entity for context in after.contexts.values() for entity in context.entities) == [
        f"e-{letter}" for letter in "abcdef"
    ]


def test_entities_that_nobody_talks_to_stay_where_they_are() -> None:
    storm = chain(all_in("ace", "bdf")).add_event("Alone Left").add_entity("Alone", ["alone-left"])
    storm = storm.assign_entity("alone", "c-1")
    for suggestion in suggested_boundaries(storm):
        assert "alone" in suggestion.contexts["c-1"]


def test_the_number_of_suggestions_and_the_budget_are_the_callers() -> None:
    storm = loaded(ALL[-1])
    assert len(suggested_boundaries(storm, most=1)) <= 1
    assert suggested_boundaries(Storm(name="Empty")) == ()
    assert all(one.change < 0 for one in suggested_boundaries(storm, sweeps=0))


@settings(max_examples=60, deadline=None)
@given(storms)
def test_any_storm_can_be_measured_and_advised(storm: Storm) -> None:
    measured = coupling(storm)
    assert 0 <= measured.communication <= 1 and 0 <= measured.size <= 1 and 0 <= measured.copies <= 1
    for suggestion in suggested_boundaries(storm):
        assert suggestion.reasons
