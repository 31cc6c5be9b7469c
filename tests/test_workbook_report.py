"""The report: complete in itself, harmless whatever people typed, readable by everybody."""

import itertools
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.simulation import Settings as SimulationSettings
from anycompany.bus.trace import Step, Trace
from anycompany.diagrams import draw
from anycompany.diagrams.palette import contrast
from anycompany.stacks.synth import synth, template_yaml
from anycompany.storm.boundaries import suggested_boundaries
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm
from anycompany.workbook.findings import all_findings
from anycompany.workbook.report import Page, html_of
from anycompany.workbook.simulated import EVENTS, Simulation
from anycompany.workbook.simulation_pages import plots_of

from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, hostile_names, load, storm_of

VOID = {"meta", "img", "link", "br", "hr", "input"}
RUNS = [{"name": "09_deploy", "seconds": 1.25, "wrong": ""}]


class Seer(HTMLParser):
    """Everything that a test wants to know of a page: its elements, its text, and whether tags match."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.mismatches: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.mismatches.append(tag)

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] != "style":
            self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(storm: Storm, *, drawn: bool = False, **more: Any) -> Page:
    synthesis = synth(with_guesses(storm))
    names = ("timeline", "flow", "entities", "contexts", "architecture") if drawn else ()
    return Page(
        storm=storm,
        made=datetime(2026, 1, 31, 12, 5, tzinfo=UTC),
        pictures={name: draw(storm, name) for name in names},
        findings=all_findings(storm),
        synthesis=synthesis,
        templates={stack.name: template_yaml(stack) for stack in synthesis.stacks},
        runs=more.pop("runs", RUNS),
        **more,
    )


def seen(storm: Storm, **more: Any) -> Seer:
    return Seer(html_of(page_of(storm, **more)))


def words_of(seer: Seer) -> str:
    return " ".join(" ".join(seer.text).split())


def trace_of(storm: Storm) -> Trace:
    event, policy = next(iter(storm.events)), next(iter(storm.policies))
    heard = tuple(storm.listeners)
    steps = (
        Step("First", 0.0, event, storm.events[event].name, listeners=heard),
        Step("First", 0.4, policy=policy, rule="a-rule", workflow="a-workflow"),
    )
    return Trace("r", "us-east-1", "", "", 1.0, steps, ((f"events/{event}", "It did not come by."),))


def harmless(seer: Seer) -> bool:
    tags = {tag for tag, _ in seer.elements}
    names = {name for _, attributes in seer.elements for name in attributes}
    addresses = [
        value
        for _, attributes in seer.elements
        for name, value in attributes.items()
        if name in {"src", "href", "action", "srcset", "data", "poster"}
    ]
    return (
        not tags & {"script", "iframe", "object", "embed", "link", "form", "base", "svg", "input"}
        and not any(name.startswith("on") for name in names)
        and all(value and value.startswith(("#", "data:image/svg+xml;base64,")) for value in addresses)
    )


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_the_page_of_a_whole_storm_is_complete_in_itself(path: Path) -> None:
    storm = load(path)
    seer = seen(storm, drawn=True, suggestions=suggested_boundaries(storm))
    said = words_of(seer)
    assert harmless(seer) and not seer.mismatches and not seer.open
    assert len(seer.all("img")) == 5
    for event in storm.events.values():
        assert event.name in said
    for thing in (*storm.hotspots.values(), *storm.decisions.values()):
        assert thing.text in said
    for stack in synth(storm).stacks:
        assert stack.name in said


def test_whatever_people_typed_reaches_the_page_as_text_only() -> None:
    storm = storm_of(HOSTILE_TEXTS)
    wrong = [{"name": "07_event_bus", "seconds": 0.5, "wrong": text} for text in HOSTILE_TEXTS]
    deployed = {"applied": True, "where": HOSTILE_TEXTS[0], "stacks": {}}
    seer = seen(
        storm,
        drawn=True,
        runs=wrong,
        problems=HOSTILE_TEXTS,
        deployed=deployed,
        trace=trace_of(storm),
    )
    assert harmless(seer) and not seer.mismatches and not seer.open
    assert "<script>alert(1)</script>" in words_of(seer)
    assert not re.search("[\x00-\x08\x1b\u202e]", "".join(seer.text))


@settings(max_examples=25, deadline=None)
@given(st.lists(hostile_names, min_size=1, max_size=8))
def test_no_name_can_break_out_of_the_page(names: list[str]) -> None:
    seer = seen(storm_of(names))
    assert harmless(seer) and not seer.mismatches and not seer.open


def test_an_empty_storm_has_a_page_that_says_what_comes_first() -> None:
    seer = seen(Storm(name="Inn"), drawn=True)
    said = words_of(seer)
    assert "Next: Event Discovery – no event has been named yet." in said
    assert "Not deployed." in said and "No test event was traced in this run." in said
    assert len(seer.all("img")) == 1


def test_a_notebook_that_failed_heads_the_page() -> None:
    runs = [*RUNS, {"name": "10_watch_events", "seconds": 0.0, "wrong": "not run, because 09_deploy failed"}]
    said = words_of(seen(load(EXAMPLE), runs=runs))
    assert said.index("This run did not finish") < said.index("What happens")
    assert "10_watch_events : not run, because 09_deploy failed" in said
    assert "This run did not finish" not in words_of(seen(load(EXAMPLE)))


def test_a_plan_is_not_taken_for_a_deploy() -> None:
    stacks = {"anycompany-bus": "to be created"}
    planned = {"applied": False, "where": "AWS account 1 in eu-central-1", "stacks": stacks}
    said = words_of(seen(load(EXAMPLE), deployed=planned))
    assert "Planned for AWS account 1 in eu-central-1; nothing was deployed." in said
    assert "to be created" in said and "not reached" in said
    assert "Running on" not in said


def test_the_trace_is_told_step_by_step_with_what_was_not_seen() -> None:
    storm = load(EXAMPLE)
    trace = trace_of(storm)
    page = page_of(storm, trace=trace)
    pictured = Page(**{**page.__dict__, "pictures": {"playing": draw(storm, "flow", playing=trace)}})
    seer = Seer(html_of(pictured))
    assert len(seer.all("img")) == 1
    said = words_of(seer)
    assert "First 0.00 Account Created the test Everything , High value payments" in said
    assert "none: the work is done Take payment a-rule , a-workflow" in said
    assert "events/account-created : It did not come by." in said
    assert "17 of 18" in said


def with_a_day(storm: Storm, **more: Any) -> Page:
    simulation = Simulation(storm, SimulationSettings(count=200), EVENTS)
    playing = draw(simulation.storm, "flow", playing=simulation.trace)
    page = page_of(storm, simulation=simulation, plots=plots_of(simulation), **more)
    return Page(**{**page.__dict__, "pictures": {"playing": playing}})


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_the_page_shows_a_simulated_day_with_its_plots_quotas_and_cost(path: Path) -> None:
    storm = load(path)
    page = with_a_day(storm)
    seer = Seer(html_of(page))
    assert not seer.mismatches and harmless(seer)
    assert len(seer.all("img")) == 1 + len(page.plots)
    said = words_of(seer)
    for part in ("A simulated day", "as of", "a month, list prices", "twice the traffic", "are assumed"):
        assert part in said
    images = {image["alt"] for image in seer.all("img")}
    assert all(any(plot.title in str(alt) for alt in images) for plot in page.plots.values())


def test_what_was_seen_plays_in_place_of_the_day() -> None:
    storm = load(EXAMPLE)
    seer = Seer(html_of(with_a_day(storm, trace=trace_of(storm))))
    assert [str(image["alt"]) for image in seer.all("img")][-1].startswith("Flow of AnyCompany")
    assert len([image for image in seer.all("img") if str(image["alt"]).startswith("Flow")]) == 1


def test_every_rule_is_shown_with_whether_it_can_ever_match() -> None:
    storm = load(EXAMPLE).add_listener(
        "Tiny payments", for_="Audit", hears=["payment-failed"], where={"amount": ["1"]}
    )
    seer = seen(storm)
    said = words_of(seer)
    assert "Can each rule ever match?" in said
    assert "Tiny payments (listener) Payment Failed never" in said
    assert "1 rule can never match" in said or "rule can never match 1" in said
    assert [a for _, a in seer.elements if a.get("class") == "never"]


def test_a_storm_in_which_nothing_arrives_says_so() -> None:
    said = words_of(Seer(html_of(with_a_day(Storm(name="Inn")))))
    assert "Nothing arrives yet" in said and "No rule yet" in said


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_hostile_names_are_harmless_in_the_day_too(hostile: str) -> None:
    seer = Seer(html_of(with_a_day(storm_of([hostile, "other"]))))
    assert harmless(seer) and not seer.mismatches


def test_dismissed_findings_are_shown_with_their_reason() -> None:
    storm = load(EXAMPLE)
    finding = all_findings(storm).open[0]
    said = words_of(seen(storm.dismiss(finding.key, "We know & accept it")))
    assert "1 dismissed, with the reason" in said and "We know & accept it" in said


def test_every_picture_is_also_said_in_words() -> None:
    storm = load(EXAMPLE)
    page = page_of(storm, drawn=True)
    seer = Seer(html_of(page))
    said = words_of(seer)
    for image in seer.all("img"):
        assert image["alt"] and "described in words" in image["alt"]
    for diagram in page.pictures.values():
        for sentence in diagram.text.splitlines():
            assert " ".join(sentence.split()) in said


def test_the_page_can_be_walked_by_keyboard_and_by_its_headings() -> None:
    seer = seen(load(EXAMPLE), drawn=True, trace=trace_of(load(EXAMPLE)))
    ids = [attributes["id"] for _, attributes in seer.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = [link["href"] for link in seer.all("a")]
    assert targets and all(target and target[1:] in ids for target in targets)
    labelled = [a["aria-labelledby"] for _, a in seer.elements if "aria-labelledby" in a]
    assert all(label in ids for label in labelled)
    levels = [int(tag[1]) for tag, _ in seer.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    scrolled = [a for _, a in seer.elements if "wide" in (a.get("class") or "").split()]
    assert scrolled and all(a["tabindex"] == "0" and a["aria-label"] for a in scrolled)
    assert all("scope" in cell for cell in seer.all("th"))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_is_readable_on_every_ground_in_both_themes(theme: str) -> None:
    html = html_of(page_of(Storm(name="Inn")))
    light, dark = re.findall(r":root \{(.*?)\}", html, re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6})", light))
    if theme == "dark":
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9A-Fa-f]{6})", dark))
    for text in ("ink", "soft", "crossing", "good", "warning"):
        for ground in ("page", "card"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["ink"], colours["bar"]) >= 4.5
    assert contrast(colours["page"], colours["ink"]) >= 4.5
    for paper in ("event", "hotspot"):
        assert contrast("#22252B", colours[paper]) >= 4.5
    assert contrast(colours["ink"], colours["inlay"]) >= 4.5


def test_templates_too_large_for_a_page_are_named_instead() -> None:
    storm = load(EXAMPLE)
    page = page_of(storm)
    huge = Page(**{**page.__dict__, "templates": dict.fromkeys(page.templates, "x" * 300_000)})
    said = words_of(Seer(html_of(huge)))
    assert said.count("x" * 300_000) == 1
    assert "It is in the file stacks/anycompany-contracts-customer.yaml beside this report." in said
