"""The six diagrams, with the system's Graphviz and with graphviz-pure."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
from pathlib import Path

import pytest

from anycompany.diagrams import DIAGRAMS, Diagram, Seen, draw
from anycompany.diagrams.engine import program
from anycompany.diagrams.palette import colour
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm

from .drawings import SVG, assert_harmless, large_storm, lettering, parsed, size, tips
from .storms import ALL, EXAMPLE, load

EVERYTHING_IN_IT = ("timeline", "flow", "entities", "architecture")
"""The diagrams that show every event."""


@pytest.fixture(params=["graphviz of the system", "graphviz-pure"])
def any_graphviz(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    if request.param == "graphviz-pure":
        monkeypatch.setenv("PATH", str(tmp_path))
    name = Path(program()).name
    assert (name == "graphviz-pure") == (request.param == "graphviz-pure")
    return name


@pytest.fixture(scope="module")
def example() -> Storm:
    return load(EXAMPLE)


def half_finished(example: Storm, *sections: str) -> Storm:
    """The worked example as far as these sections."""
    document = example.document()
    return Storm.model_validate({key: document[key] for key in ("name", "events", *sections)})


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", DIAGRAMS)
def test_every_diagram_of_every_domain_is_drawn_by_either_graphviz(
    any_graphviz: str, path: Path, name: str
) -> None:
    diagram = draw(load(path), name)
    assert_harmless(diagram)
    assert diagram.title == f"{name.capitalize()} of {load(path).name}"


@pytest.mark.parametrize("name", EVERYTHING_IN_IT)
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_every_event_is_in_the_picture_and_in_its_text(path: Path, name: str) -> None:
    storm = load(path)
    diagram = draw(storm, name)
    for event in storm.events.values():
        assert event.name in tips(diagram)
        assert event.name in diagram.text


def test_the_timeline_says_what_starts_an_event_and_what_stands_together(example: Storm) -> None:
    diagram = draw(example, "timeline")
    assert "or" in lettering(diagram).split()
    assert {"Visitor", "Sign up", "rate(30 days)"} <= tips(diagram)
    assert "3. Payment Succeeded or Payment Failed." in diagram.text
    assert "Account Created (pivotal, command: Sign up, actor: Visitor)" in diagram.text
    assert {"pivotal event", "command", "actor", "schedule", "hot spot"} <= _writings(diagram)


def _writings(diagram: Diagram) -> set[str]:
    return {words.text or "" for words in parsed(diagram).iter(f"{SVG}text")}


def test_the_timeline_shows_what_has_no_place_in_time_apart(example: Storm) -> None:
    diagram = draw(half_finished(example), "timeline")
    assert "Not placed in time yet" in _writings(diagram)
    assert "Not placed in time yet (step 2): Account Created" in diagram.text


def test_streams_at_the_same_time_stand_together_with_an_and() -> None:
    storm = Storm(name="Inn").add_events(["Room Cleaned", "Bill Paid"])
    diagram = draw(storm.changed(timeline=[["room-cleaned", "bill-paid"]]), "timeline")
    assert "and" in _writings(diagram)
    assert "1. Room Cleaned and Bill Paid." in diagram.text


def test_the_flow_tells_failure_from_success_by_a_dashed_line_and_a_word(example: Storm) -> None:
    diagram = draw(example, "flow")
    fails = sum(len(policy.fails) for policy in example.policies.values())
    lines = [edge for edge in parsed(diagram).iter(f"{SVG}g") if (edge.get("class") or "").startswith("edge")]
    dashed = [edge for edge in lines if "5,2" in (edge[0].get("stroke-dasharray") or "")]
    assert len(dashed) == fails + 1  # and one in the legend
    assert lettering(diagram).split().count("fails") == fails + 1
    assert (
        "whenever Payment Attempted, then Payment Succeeded, and if it fails Payment Failed" in diagram.text
    )


def test_the_flow_says_who_listens(example: Storm) -> None:
    diagram = draw(example, "flow")
    assert "High value payments" in tips(diagram)
    assert "Everything for Audit hears every event" in _writings(diagram)


def test_entities_are_combs_of_one_hexagon_an_event(example: Storm) -> None:
    diagram = draw(example, "entities")
    hexagons = [
        shape for shape in parsed(diagram).iter(f"{SVG}polygon") if _corners(shape.get("points", "")) == 6
    ]
    assert len(hexagons) == len(example.events) + 1  # and one in the legend
    assert "Payment: Payment Attempted, Payment Succeeded and Payment Failed." in diagram.text


def _corners(points: str) -> int:
    return len(set(points.split()))


def test_the_context_map_says_who_owns_what_and_what_crosses(example: Storm) -> None:
    diagram = draw(example.copy_entity("customer", "billing"), "contexts")
    assert {"owner: Finance", "Account Created", "Payment Succeeded"} <= _writings(diagram)
    assert "From Billing to Customer relations: Payment Succeeded." in diagram.text
    assert "Billing (owner Finance) holds Payment, and copies of Customer." in diagram.text
    crossing = colour("crossing", "light").lower()
    assert crossing in diagram.svg


def test_the_context_map_shows_guesses_as_guesses(example: Storm) -> None:
    storm = half_finished(example, "timeline", "entities", "contexts")
    assert "guessed" in draw(storm, "contexts").text
    assert "guessed" not in draw(example, "contexts").text


def test_the_architecture_has_a_lane_for_each_service_and_tells_success_from_failure(example: Storm) -> None:
    diagram = draw(example, "architecture")
    assert {"Event bus", "anycompany", "Customer", "Billing", "Operations", "or"} <= _writings(diagram)
    assert "workflow Settle payment hears Payment Attempted and puts Payment Succeeded" in diagram.text
    assert "Listener Everything hears everything." in diagram.text


def test_a_workflow_names_the_events_of_other_rows_where_the_bus_has_several() -> None:
    assert "puts · row 2" in _writings(draw(large_storm(60, 4), "architecture"))


def test_listeners_are_drawn_once_and_of_too_many_the_rest_is_counted() -> None:
    storm = large_storm(60, 4)
    assert lettering(draw(storm, "architecture")).split().count("Few") == 1
    for number in range(10):
        storm = storm.add_listener(f"Ear {number}", for_="Audit", hears=["e0"])
    diagram = draw(storm, "architecture")
    assert "7 more listeners" in _writings(diagram)
    assert "Listener Ear 9 hears Thing 0 Step 0 Taken." in diagram.text


def test_a_listener_that_hears_nothing_yet_is_shown(example: Storm) -> None:
    assert "Legal" in lettering(draw(example.add_listener("Legal", for_="Lawyers", hears=[]), "architecture"))


def test_a_service_is_shown_with_its_tasks_outcomes_and_contracts(example: Storm) -> None:
    diagram = draw(example, "service", service="billing")
    written = lettering(diagram)
    assert "Ask the bank" in tips(diagram)
    assert "succeeds" in written
    assert "amount: number" in written
    assert "Customer relations" not in written
    assert "puts on success Payment Succeeded, on failure Payment Failed" in diagram.text


def test_all_services_are_shown_where_none_is_named(example: Storm) -> None:
    assert {"Customer", "Billing", "Operations"} <= _writings(draw(example, "service"))


@pytest.mark.parametrize("name", DIAGRAMS)
def test_an_empty_storm_gives_a_picture_that_says_what_to_do(name: str, any_graphviz: str) -> None:
    diagram = draw(Storm(name="Inn"), name)
    assert re.search(r"No .* yet", lettering(diagram))
    assert re.search(r"[Ss]tep \d", lettering(diagram))
    assert re.search(r"[Ss]tep \d", diagram.text)


SECTIONS = ("timeline", "triggers", "policies", "entities", "contexts", "services", "listeners", "contracts")


@pytest.mark.parametrize("name", DIAGRAMS)
@pytest.mark.parametrize("steps", range(len(SECTIONS)))
def test_a_storm_that_stops_at_any_step_is_drawn(example: Storm, steps: int, name: str) -> None:
    assert_harmless(draw(half_finished(example, *SECTIONS[:steps]), name))


@pytest.mark.parametrize("name", DIAGRAMS)
@pytest.mark.parametrize("section", ("timeline", "entities", "policies"))
def test_a_storm_with_a_step_left_out_is_drawn(example: Storm, section: str, name: str) -> None:
    sections = [key for key in SECTIONS if key != section]
    assert_harmless(draw(half_finished(example, *sections), name))


def test_what_was_seen_running_has_a_check_mark_and_a_count_and_the_rest_says_so(example: Storm) -> None:
    seen = Seen(events={"account-created": 3}, policies={"take-payment": 2}, listeners={"everything": 1})
    for name in ("flow", "architecture"):
        diagram = draw(example, name, overlay=seen)
        assert {"✓ 3", "✓ 2"} <= _writings(diagram)
        assert any("not seen" in words for words in _writings(diagram))
        assert "Seen running, events: Account Created (3)." in diagram.text
        assert "Not seen, policies: Settle payment" in diagram.text


def test_without_an_overlay_nothing_is_said_to_be_unseen(example: Storm) -> None:
    assert "not seen" not in lettering(draw(example, "architecture"))


def test_the_automatic_theme_turns_dark_for_readers_who_prefer_it(example: Storm) -> None:
    light, dark, auto = (draw(example, "timeline", theme=theme).svg for theme in ("light", "dark", "auto"))
    assert "prefers-color-scheme" in auto
    assert "prefers-color-scheme" not in light + dark
    for theme, svg in (("light", light), ("dark", dark)):
        assert colour("page", theme).lower() in svg  # type: ignore[arg-type]
    assert colour("page", "light").lower() in auto
    assert colour("page", "dark") in auto


def test_a_picture_has_its_own_ground_from_edge_to_edge(any_graphviz: str, example: Storm) -> None:
    diagram = draw(example, "contexts")
    root = parsed(diagram)
    ground = next(root.iter(f"{SVG}polygon"))
    points = {tuple(map(float, pair.split(","))) for pair in (ground.get("points") or "").split()}
    width, height = size(diagram)
    assert ground.get("fill") == colour("page", "light").lower()
    assert max(x for x, _ in points) - min(x for x, _ in points) == pytest.approx(width, abs=2)
    assert max(y for _, y in points) - min(y for _, y in points) == pytest.approx(height, abs=2)


def test_a_picture_says_in_words_what_it_shows(example: Storm) -> None:
    root = parsed(draw(example, "flow"))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "Flow of AnyCompany"
    assert "whenever" in (root.findtext(f"{SVG}desc") or "")


def test_an_untrusted_notebook_gets_an_image_with_its_words(example: Storm) -> None:
    diagram = draw(example, "flow")
    bundle = diagram._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    found = re.fullmatch(
        r'<img src="data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)" alt="([^"<>]*)" style="[^"]*">',
        bundle["text/html"],
    )
    assert found
    assert base64.b64decode(found[1]).decode() == diagram.svg
    assert found[2].startswith("Flow of AnyCompany")
    assert bundle["text/plain"].startswith("Flow of AnyCompany\n")


BEGINNINGS = {
    ".svg": b"<svg",
    ".png": b"\x89PNG",
    ".pdf": b"%PDF",
    ".dot": b"digraph",
    ".txt": b"Take payment",
}


@pytest.mark.parametrize("suffix", BEGINNINGS)
def test_a_picture_is_saved_as_its_suffix_says(example: Storm, tmp_path: Path, suffix: str) -> None:
    path = draw(example, "flow").save(tmp_path / f"flow{suffix.upper()}")
    assert path.read_bytes().startswith(BEGINNINGS[suffix])


def test_graphviz_pure_saves_png_and_says_that_it_has_no_pdf(
    example: Storm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    diagram = draw(example, "flow")
    assert diagram.save(tmp_path / "flow.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(StormError, match="pdf"):
        diagram.save(tmp_path / "flow.pdf")
    assert not (tmp_path / "flow.pdf").exists()


@pytest.mark.parametrize("name", ["flow.gif", "flow"])
def test_a_picture_of_an_unknown_kind_is_refused(example: Storm, tmp_path: Path, name: str) -> None:
    with pytest.raises(StormError, match=r"End the name in \.svg, \.png, \.pdf"):
        draw(example, "flow").save(tmp_path / name)


def test_a_place_that_cannot_be_written_is_named(example: Storm, tmp_path: Path) -> None:
    with pytest.raises(StormError, match="nowhere"):
        draw(example, "flow").save(tmp_path / "nowhere" / "flow.svg")


def test_what_there_is_not_is_refused_with_what_there_is(example: Storm) -> None:
    with pytest.raises(StormError, match="Choose one of: wall, timeline, flow"):
        draw(example, "flowchart")
    with pytest.raises(StormError, match="customer, billing, operations"):
        draw(example, "service", service="payments")
    with pytest.raises(StormError, match="Choose light, dark or auto"):
        draw(example, "flow", theme="sepia")  # type: ignore[arg-type]


def test_without_any_graphviz_the_remedy_is_said(
    example: Storm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sysconfig.get_path", lambda _: str(tmp_path))
    with pytest.raises(StormError, match="pip install graphviz-pure"):
        draw(example, "flow")


def test_the_dot_of_a_picture_draws_the_same_picture_again(example: Storm, tmp_path: Path) -> None:
    diagram = draw(example, "flow")
    path = diagram.save(tmp_path / "flow.dot")
    command = [program(), "-Kneato", "-n2", "-Tsvg", str(path)]
    drawn = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert drawn.count("<polygon") == diagram.svg.count("<polygon")


@pytest.mark.parametrize("name", DIAGRAMS)
def test_a_picture_of_many_events_stays_in_columns_that_fit_a_page(name: str) -> None:
    width, height = size(draw(large_storm(120, 8), name))
    assert width < 1700
    assert height > width / 2


@pytest.mark.parametrize("name", DIAGRAMS)
def test_a_thousand_events_are_drawn(name: str) -> None:
    diagram = draw(large_storm(1000, 30), name)
    assert parsed(diagram).find(f"{SVG}desc") is not None


def tangle(policies: int, contexts: int) -> Storm:
    """A storm in which everything reacts to everything."""
    document = large_storm(6 * contexts, contexts).document()
    keys = list(document["events"])
    document["policies"] = {
        f"q{number}": {"when": keys[number::7][:12], "emits": [keys[number * 6 % len(keys)]]}
        for number in range(policies)
    }
    return Storm.model_validate(document)


def test_a_flow_that_is_too_tangled_is_taken_apart_and_says_so() -> None:
    storm = tangle(policies=40, contexts=20)
    diagram = draw(storm, "flow")
    assert "drawn one by one" in lettering(diagram)
    assert "drawn one by one" in diagram.text
    assert {policy.title(key) for key, policy in storm.policies.items()} <= tips(diagram)


def test_a_context_map_that_is_too_tangled_shows_the_busiest_ways_and_says_so() -> None:
    diagram = draw(tangle(policies=40, contexts=20), "contexts")
    assert "busiest are drawn" in lettering(diagram)
    assert re.search(r"Of the \d+ ways between contexts the 60 busiest", diagram.text)


def test_drawing_loads_graphviz_only_when_it_is_needed() -> None:
    code = "import sys, anycompany.diagrams; sys.exit('graphviz' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
