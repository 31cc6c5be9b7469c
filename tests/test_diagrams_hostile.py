"""Whatever people type, however storms contradict themselves: a picture, well-formed and harmless."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from anycompany.diagrams import DIAGRAMS, Seen, draw
from anycompany.diagrams.lettering import clean
from anycompany.storm.model import Storm

from .drawings import assert_harmless, lettering, tips
from .storms import HOSTILE_TEXTS, hostile_names, storm_of
from .strategies import storms

diagrams = st.sampled_from(list(DIAGRAMS))
overlays = st.none() | st.builds(
    Seen, events=st.dictionaries(st.sampled_from(["a", "b", "order-placed"]), st.integers(0, 9))
)
slowly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("name", DIAGRAMS)
def test_hostile_names_are_drawn_and_do_nothing(name: str) -> None:
    diagram = draw(storm_of(HOSTILE_TEXTS), name)
    assert_harmless(diagram)
    assert clean(HOSTILE_TEXTS[0]) in lettering(diagram)


@slowly
@given(st.lists(hostile_names, min_size=1, max_size=8), diagrams, overlays)
def test_no_name_breaks_a_diagram(names: list[str], name: str, overlay: Seen | None) -> None:
    assert_harmless(draw(storm_of(names), name, overlay=overlay))


@slowly
@given(storms, diagrams, overlays)
def test_no_storm_breaks_a_diagram(storm: Storm, name: str, overlay: Seen | None) -> None:
    diagram = draw(storm, name, overlay=overlay)
    assert_harmless(diagram)
    assert diagram.text


@pytest.mark.parametrize("name", DIAGRAMS)
def test_hostile_names_are_harmless_to_graphviz_pure_too(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert_harmless(draw(storm_of(HOSTILE_TEXTS), name))


def test_a_name_of_five_thousand_characters_is_cut_on_its_note_and_whole_in_its_tip() -> None:
    long = "Very Long Name " * 333 + "Ended"
    storm = Storm(name="Inn").add_event("Booked")
    storm = storm.rename_event("booked", long)
    diagram = draw(storm, "timeline")
    assert "…" in lettering(diagram)
    assert clean(long) in tips(diagram)
    assert len(diagram.text) < 500


def test_words_in_the_notebooks_html_stay_words() -> None:
    storm = storm_of(['"><script>alert(1)</script>'])
    html = draw(storm, "flow")._repr_mimebundle_()["text/html"]
    assert html.count("<") == 1
    assert html.count('"') == 6
