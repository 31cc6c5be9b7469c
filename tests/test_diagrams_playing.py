"""A trace that plays over the flow: exact, in order, bounded, and whole where nothing moves."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.trace import Step, Trace
from anycompany.diagrams import Diagram, Seen, draw
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm

from .drawings import SVG, assert_harmless, large_storm, lettering, parsed
from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, hostile_names, load, storm_of

PAYMENT = (
    Step("Visitor", 0.0, "account-created", event_id="a"),
    Step(
        "Visitor",
        0.4,
        "payment-attempted",
        event_id="b",
        after="a",
        policy="take-payment",
        listeners=("high-value-payments", "everything"),
    ),
    Step("Visitor", 0.9, "payment-failed", event_id="c", after="b", policy="settle-payment", failed=True),
)


def trace_of(*steps: Step) -> Trace:
    return Trace("r", "local", "", "2026-11-26T00:00:00+00:00", 0.0, steps)


def walk(storm: Storm, times: int = 1) -> Trace:
    """Every trigger in turn, and all that follows; every second time a policy fails if it can."""
    steps: list[Step] = []
    for turn in range(times):
        for first in storm.triggers:
            waiting = [(first, "", "", False, float(len(steps)))]
            for event, after, policy, failed, at in waiting:
                here = f"e{len(steps)}"
                heard = tuple(storm.relations.listeners_of.get(event, ()))
                steps.append(
                    Step(f"{turn}", at, event, "", "", "", here, after, policy, "", "", failed, heard)
                )
                for hearer in storm.relations.hearers_of.get(event, ()) if len(waiting) < 40 else ():
                    said = storm.policies[hearer]
                    fails = bool(said.fails) and turn % 2 == 1
                    waiting += [
                        (to, here, hearer, fails, at + 0.5) for to in (said.fails if fails else said.emits)
                    ]
    return trace_of(*steps)


def moving(diagram: Diagram) -> list[ET.Element]:
    return [element for element in parsed(diagram).iter() if element.tag.startswith(f"{SVG}animate")]


def numbers(element: ET.Element, name: str) -> list[float]:
    return [float(number) for number in element.attrib[name].split(";")]


@pytest.fixture(scope="module")
def example() -> Storm:
    return load(EXAMPLE)


@pytest.fixture(scope="module")
def payment(example: Storm) -> Diagram:
    return draw(example, "flow", playing=trace_of(*PAYMENT))


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_motion_is_one_that_browsers_carry_out(path: Path) -> None:
    diagram = draw(load(path), "flow", playing=walk(load(path), 2))
    assert_harmless(diagram)
    assert len({element.attrib["dur"] for element in moving(diagram)}) == 1, "all of it repeats together"
    for element in moving(diagram):
        assert element.attrib["repeatCount"] == "indefinite"
        times = numbers(element, "keyTimes")
        assert times[0] == 0
        assert times[-1] == 1
        assert times == sorted(times)
        motion = element.tag == f"{SVG}animateMotion"
        values = numbers(element, "keyPoints" if motion else "values")
        assert len(values) == len(times)
        assert all(0 <= value <= 1 for value in values)
        if motion:
            assert len(element.attrib["keySplines"].split(";")) == len(times) - 1


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_events_travel_exactly_along_the_arrows_that_are_drawn(path: Path) -> None:
    diagram = draw(load(path), "flow", playing=walk(load(path), 2))
    root = parsed(diagram)
    [layer] = [group for group in root.iter(f"{SVG}g") if _is_above(group)]
    across, down = map(float, re.findall(r"-?[\d.]+", layer.attrib["transform"]))
    drawn = {
        _ends(edge.findall(f"{SVG}path")[0].attrib["d"], 0, 0)
        for edge in root.iter(f"{SVG}g")
        if "edge" in edge.attrib.get("class", "").split()
    }
    travelled = {_ends(one.attrib["path"], across, down) for one in root.iter(f"{SVG}animateMotion")}
    assert len(travelled) > 5
    for ends in travelled:
        assert any(all(abs(a - b) < 0.2 for a, b in zip(ends, other, strict=True)) for other in drawn)


def _is_above(group: ET.Element) -> bool:
    return group.attrib.get("class") == "playing" and group.find(f".//{SVG}animateMotion") is not None


def _ends(path: str, across: float, down: float) -> tuple[float, ...]:
    """The first and the last point of a path, moved by so much."""
    found = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return found[0] + across, found[1] + down, found[-2] + across, found[-1] + down


def test_a_failure_travels_along_the_dashed_arrow_and_listeners_hear(payment: Diagram) -> None:
    assert len(list(parsed(payment).iter(f"{SVG}animateMotion"))) == 5
    assert "Settle payment fails → Payment Failed" in lettering(payment)
    assert "0.4 s · Take payment → Payment Attempted" in lettering(payment)


def test_where_nothing_moves_the_picture_is_whole_and_nothing_but_it(payment: Diagram) -> None:
    said: list[str] = []

    def read(element: ET.Element) -> None:
        """As a viewer that knows no motion."""
        if element.attrib.get("opacity") != "0":
            said.extend([element.text or ""] if element.tag == f"{SVG}text" else [])
            for child in element:
                read(child)

    read(parsed(payment))
    assert {"1", "2", "3", "✓ 1", "not seen · event", "3 steps in 0.9 s"} <= set(said)
    assert not [words for words in said if " of 3" in words or " s · " in words]
    assert said.count("Attempted") == 1


def test_who_prefers_no_motion_gets_the_whole_picture(payment: Diagram) -> None:
    [style] = parsed(payment).iter(f"{SVG}style")
    still = (
        "@media print,(prefers-reduced-motion:reduce){.playing{display:none}.lit,.total{opacity:1!important}}"
    )
    assert still in (style.text or "")

    def moving_outside(element: ET.Element) -> list[ET.Element]:
        """What moves, and is neither hidden nor held still by the style."""
        role = element.attrib.get("class")
        if role == "playing":
            return []
        own = [child for child in element if str(child.tag).startswith(f"{SVG}animate")]
        held = role in {"lit", "total"} and all(child.attrib["attributeName"] == "opacity" for child in own)
        return [*([] if held else own), *(one for child in element for one in moving_outside(child))]

    assert moving_outside(parsed(payment)) == []


def test_the_order_is_told_in_words(payment: Diagram) -> None:
    said = (
        "Played in order: Account Created (0.0 s); Take payment → Payment Attempted (0.4 s); "
        "Settle payment fails → Payment Failed (0.9 s)."
    )
    assert said in payment.text


def test_a_long_trace_stays_small_and_says_what_it_leaves_out(example: Storm) -> None:
    diagram = draw(example, "flow", playing=walk(example, 2000))
    assert len(diagram.svg) < 1_000_000
    assert re.search(r"\d+ of \d\d,\d{3} steps are played; the counts are of all\.", lettering(diagram))
    assert float(moving(diagram)[0].attrib["dur"].removesuffix("s")) <= 31
    assert "✓ 2,000" in lettering(diagram)


def test_a_long_trace_of_a_large_storm_stays_small() -> None:
    storm = large_storm(240, 6)
    assert len(draw(storm, "flow", playing=walk(storm, 50)).svg) < 1_000_000


def test_a_note_that_is_drawn_more_than_once_lights_up_everywhere() -> None:
    storm = large_storm(120, 6)
    for number in range(60):
        storm = storm.add_policy(f"Extra {number}", when=["e0", "e1", "e2"], emits=["e3"])
    diagram = draw(storm, "flow", playing=trace_of(Step("s", 0.0, "e0", event_id="a")))
    assert "drawn one by one" in diagram.text
    drawn = [group for group in parsed(diagram).iter(f"{SVG}g") if group.attrib.get("class") == "lit"]
    assert len(drawn) > 60


@pytest.mark.parametrize("steps", [(), (Step("s", 0.0, "no-such-event"),)])
def test_a_trace_of_which_the_storm_knows_nothing_is_a_still_picture(
    example: Storm, steps: tuple[Step, ...]
) -> None:
    diagram = draw(example, "flow", playing=trace_of(*steps))
    assert moving(diagram) == []
    assert "Nothing was seen of this storm" in lettering(diagram)


def test_an_overlay_may_say_more_than_the_trace(example: Storm) -> None:
    seen = Seen(events={"account-created": 7, "operation-failed": 2})
    diagram = draw(example, "flow", playing=trace_of(*PAYMENT), overlay=seen)
    assert "✓ 7" in lettering(diagram)
    assert Seen.of(trace_of(*PAYMENT)).count("listeners", "everything") == 1


def test_a_diagram_that_plays_nothing_says_so(example: Storm) -> None:
    with pytest.raises(StormError, match="'timeline' plays no trace"):
        draw(example, "timeline", playing=trace_of(*PAYMENT))


def test_hostile_names_play_too() -> None:
    storm = storm_of(HOSTILE_TEXTS)
    assert_harmless(draw(storm, "flow", playing=walk(storm, 2)))


@settings(max_examples=15, deadline=None)
@given(st.lists(hostile_names, min_size=1, max_size=8))
def test_no_name_breaks_a_playback(names: list[str]) -> None:
    storm = storm_of(names)
    assert_harmless(draw(storm, "flow", playing=walk(storm)))


def test_a_picture_that_moves_is_saved_as_one_that_does_not(payment: Diagram, tmp_path: Path) -> None:
    assert payment.save(tmp_path / "flow.png").read_bytes().startswith(b"\x89PNG")
    assert "animateMotion" in payment.save(tmp_path / "flow.svg").read_text()
