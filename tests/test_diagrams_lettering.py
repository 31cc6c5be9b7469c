"""Words on shapes."""

import unicodedata
from xml.etree import ElementTree as ET

from hypothesis import given, settings, strategies as st

from anycompany.diagrams.canvas import Box, Canvas
from anycompany.diagrams.engine import render
from anycompany.diagrams.lettering import clean, fit, in_sentence, listing, text_width

from .drawings import SVG
from .storms import HOSTILE_TEXTS, hostile_names

anything = st.text() | hostile_names


@given(anything, st.floats(20, 300), st.sampled_from([11, 12.5, 24]), st.integers(1, 4))
def test_a_text_takes_no_more_lines_than_there_is_room_for(
    text: str, width: float, size: float, lines: int
) -> None:
    assert 1 <= len(fit(text, width, size, lines)) <= lines


@given(anything, st.floats(40, 300), st.integers(1, 4))
def test_a_line_is_no_wider_than_its_room(text: str, width: float, lines: int) -> None:
    for line in fit(text, width, 12.5, lines):
        assert text_width(line, 12.5) <= width or len(line.rstrip("…")) == 1


@given(anything)
def test_nothing_of_a_text_is_lost_where_there_is_room(text: str) -> None:
    short = text[:60]
    assert " ".join(fit(short, 10_000, 12.5, 1)) == clean(short)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=80))
def test_a_word_that_is_too_long_is_broken_and_not_dropped(word: str) -> None:
    lines = fit(word, 90, 12.5, 60)
    assert "".join(lines) == clean(word)


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    assert fit("Payment Attempted Again And Again", 90, 12.5, 2)[-1].endswith("…")
    assert fit("x" * 5000, 90, 12.5, 3)[-1].endswith("…")
    assert not fit("Payment Attempted", 90, 12.5, 2)[-1].endswith("…")


def test_an_accent_stays_with_its_letter_at_the_end_of_a_line() -> None:
    for line in fit("e\u0301" * 60, 60, 12.5, 20):
        assert not unicodedata.combining(line[0])


@given(anything)
def test_a_clean_text_is_one_line_that_xml_can_bear(text: str) -> None:
    cleaned = clean(text)
    assert "\n" not in cleaned
    assert ET.fromstring(f"<a b={_quoted(cleaned)}/>").attrib["b"] == cleaned
    assert clean(cleaned) == cleaned


def _quoted(text: str) -> str:
    from xml.sax.saxutils import quoteattr

    return quoteattr(text)


def test_a_lone_surrogate_and_a_control_character_are_shown_as_missing() -> None:
    assert clean("a\ud83db\x07c") == "a\ufffdb\ufffdc"


def test_a_text_cannot_turn_round_what_is_written_beside_it() -> None:
    assert clean("\u202eabc\u2066") == "abc"


def test_a_tower_of_accents_stays_low() -> None:
    assert len(clean("a" + "\u0301" * 500)) == 4


def test_names_in_a_sentence_are_short() -> None:
    assert len(in_sentence("x" * 5000)) == 60
    assert listing(["A"]) == "A"
    assert listing(["A", "B"]) == "A and B"
    assert listing([]) == "nothing"


def _as_drawn(lines: list[str]) -> list[str]:
    """What Graphviz writes for lines of text, first those centred and then those at the left."""
    canvas = Canvas("light")
    canvas.write((0, 0), 400, lines)
    canvas.write((0, 100), 400, lines, align="l")
    drawn = ET.fromstring(render(canvas.dot(), "svg"))
    return [words.text or "" for words in drawn.iter(f"{SVG}text")]


def _as_read(text: str) -> str:
    """A text without the spaces that XML readers may take for one."""
    return " ".join(text.split())


@settings(max_examples=40, deadline=None)
@given(st.lists(hostile_names.map(clean).filter(bool).map(lambda text: text[:300]), min_size=1, max_size=3))
def test_graphviz_writes_exactly_the_characters_that_people_typed(lines: list[str]) -> None:
    drawn = [_as_read(text) for text in _as_drawn(lines)]
    assert drawn == [_as_read(line) for line in lines] * 2


def test_hostile_texts_are_drawn_as_they_are() -> None:
    lines = [
        clean(text)[:80]
        for text in [*HOSTILE_TEXTS, "<b>bold</b>", "&lt;", "&amp;amp;", "\\N", "a\\", 'a\\"']
    ]
    assert _as_drawn(lines)[: len(lines)] == lines


def test_a_box_knows_its_edges() -> None:
    box = Box(10, 20, 30, 40)
    assert (box.right, box.bottom, box.middle) == (40, 60, (25, 40))
    assert box.grown(5) == Box(5, 15, 40, 50)
