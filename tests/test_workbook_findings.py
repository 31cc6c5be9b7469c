import pytest
from hypothesis import given, settings, strategies as st

from anycompany.storm.model import Storm
from anycompany.workbook.findings import MOST_SHOWN, all_checks, all_findings, as_markup, findings_of_step

from .markup import check_harmless, words
from .storms import ALL, EXAMPLE, hostile_names, load, storm_of


def test_the_checks_of_all_rooms_are_asked_and_no_two_have_one_id() -> None:
    ids = [check.id for check in all_checks()]
    assert len(ids) == len(set(ids))
    assert {"event-name", "template-too-large"} <= set(ids)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_step_of_every_domain_shows_its_findings_with_remedy_and_source(path) -> None:  # type: ignore[no-untyped-def]
    storm = load(path)
    for step in range(1, 9):
        shown = findings_of_step(storm, step)
        check_harmless(shown._repr_mimebundle_())
        for finding in all_findings(storm, step).open[:MOST_SHOWN]:
            assert finding.check in shown.text and finding.remedy in shown.text
            assert finding.check in words(shown.html)


def test_a_dismissed_finding_stands_apart_with_its_reason() -> None:
    storm = Storm(name="Inn").add_event("Book Room")
    [finding] = [found for found in all_findings(storm, 1).open if found.check == "event-name"]
    shown = findings_of_step(storm.dismiss(finding.key, "we say it so"), 1)
    assert "0 open findings, 1 dismissed" in shown.text
    assert "we say it so" in shown.html and "Dismissed" in shown.html


def test_of_very_many_findings_the_rest_is_counted() -> None:
    storm = Storm(name="Inn").add_events(f"Book Room {number}" for number in range(MOST_SHOWN + 7))
    found = all_findings(storm, 1)
    assert f"and {len(found.open) - MOST_SHOWN} more" in as_markup(found).text


def test_discovery_says_that_its_findings_can_wait() -> None:
    assert "can wait" in findings_of_step(Storm(name="Inn").add_event("Book Room"), 1).text


def test_a_step_without_findings_says_so() -> None:
    assert "Nothing was found" in findings_of_step(load(EXAMPLE), 7).text


@settings(max_examples=15, deadline=None)
@given(st.lists(hostile_names, min_size=3, max_size=8))
def test_no_name_gets_out_of_a_finding(names: list[str]) -> None:
    check_harmless(as_markup(all_findings(storm_of(names)))._repr_mimebundle_())
