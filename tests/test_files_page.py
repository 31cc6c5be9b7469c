"""Saving changes what a file says and nothing else of it."""

from __future__ import annotations

import re
from typing import Any

import yaml
from hypothesis import HealthCheck, assume, given, settings, strategies as st

from anycompany.files.document import document_of
from anycompany.files.errors import StormFileError
from anycompany.files.page import Page, new_page, page_after, page_of
from anycompany.files.rendering import same
from anycompany.files.yaml_text import parse
from anycompany.storm.apply import apply
from anycompany.storm.edits import AnyEdit
from anycompany.storm.errors import EditError
from anycompany.storm.model import Storm
from tests.strategies import documents, edits, storms

some = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],  # not all YAML is a storm
)


@st.composite
def commented_pages(draw: st.DrawFn) -> Page:
    """Pages written in many styles, with comments wherever YAML lets them stand."""
    text = yaml.safe_dump(
        draw(documents),
        sort_keys=False,
        allow_unicode=draw(st.booleans()),
        width=10**6,
        default_flow_style=draw(st.sampled_from([True, False, None])),
        default_style=draw(st.sampled_from([None, None, '"', "'"])),
        indent=draw(st.integers(2, 4)),
    )
    commented: list[str] = []
    for number, line in enumerate(text.splitlines() if "\u2028" not in text else [text]):
        place = draw(st.sampled_from(["nowhere", "nowhere", "above", "beside"]))
        indent = re.match(r" *", line)
        assert indent is not None
        comment = f"# c{number}."
        commented += [f"{indent[0]}{comment}", line] if place == "above" else []
        commented += [f"{line}  {comment}"] if place == "beside" else [line] if place == "nowhere" else []
    newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
    page = read(newline.join([*commented, ""]))
    assume("# c" not in repr(page.storm))
    return page


def read(text: str) -> Page:
    try:
        return page_of(document_of(text, "a.storm.yaml"))
    except StormFileError:
        assume(False)
        raise


def comments_in(text: str) -> list[str]:
    return re.findall(r"# c\d+\.", text)


def said(storm: Storm) -> dict[str, Any]:
    return {key: value for key, value in storm.document().items() if value not in (None, {}, [])}


def check(page: Page, changed: Page, storm: Storm) -> None:
    assert same(said(document_of(changed.text, "").storm), said(storm))
    assert sorted(comments_in(changed.text)) == sorted(comments_in(page.text))
    for key, piece in page.pieces.items():
        root = parse(piece) if key else None
        if root and same(said(page.storm).get(key), said(storm).get(key)):
            assert changed.pieces[key].startswith(piece[: root.end])


@some
@given(commented_pages(), st.lists(edits, min_size=1, max_size=3))
def test_edits_change_what_they_are_about_and_no_comment(page: Page, some_edits: list[AnyEdit]) -> None:
    storm = page.storm
    for edit in some_edits:
        try:
            storm = apply(storm, edit)
        except EditError:
            continue
    check(page, page_after(page, storm), storm)


@some
@given(commented_pages(), storms)
def test_any_page_can_come_to_say_anything(page: Page, storm: Storm) -> None:
    check(page, page_after(page, storm), storm)


@some
@given(commented_pages())
def test_saving_what_a_file_says_already_changes_no_character(page: Page) -> None:
    again = Storm.model_validate(page.storm.document())
    assert page_after(page, again).text == page.text


@some
@given(storms)
def test_a_fresh_page_says_the_storm(storm: Storm) -> None:
    assert same(said(document_of(new_page(storm).text, "").storm), said(storm))


def after(text: str, **sections: Any) -> str:
    page = read(text)
    return page_after(page, Storm.model_validate({**page.storm.document(), **sections})).text


def test_only_the_value_that_changed_is_written_anew() -> None:
    text = "---\n# top\nname: 'Inn'   # ours\n\nevents:\n    a:   {name: \"A\",   pivotal: true}  # one\n"
    assert after(text, events={"a": {"name": "B", "pivotal": True}}) == text.replace('"A"', '"B"')
    assert after(text, name="It's") == text.replace("'Inn'", "'It''s'")


def test_a_new_section_goes_to_its_place_and_not_behind_the_next_ones_comment() -> None:
    text = "name: Inn\nevents: {}\n\n# Who decides what\ndecisions:\n  d: {text: D}\n"
    changed = after(text, events={"a": {"name": "A"}}, timeline=["a"])
    assert changed == text.replace("events: {}", "events:\n  a: {name: A}\ntimeline:\n  - a")


def test_lists_change_in_place_in_blocks_and_in_brackets() -> None:
    text = "name: Inn\ntimeline:\n- a # first\n- [b,\n   c]  # both\n# last\n- d\n"
    changed = after(text, timeline=["z", "a", ["b", "x", "c"], "d"])
    assert changed == text.replace("- a", "- z\n- a").replace("[b,", "[b, x,")
    assert after(text, timeline=["a", "d"]) == "name: Inn\ntimeline:\n- a # first\n# both\n# last\n- d\n"


def test_aliases_stay_where_nothing_of_theirs_changes_and_are_written_out_where_it_does() -> None:
    text = "name: Inn\nentities:\n  a: &all [u, v]\n  b: *all\ncontexts:\n  c: {entities: *all}\n"
    assert after(text, language="en") == text.replace("Inn\n", "Inn\nlanguage: en\n")
    changed = after(text, entities={"a": ["u"], "b": ["u", "v"]})
    assert "&all" not in changed and "b: [u, v]" in changed and "c: {entities: [u, v]}" in changed


def test_long_ways_of_writing_stay_long() -> None:
    text = "name: Inn\npolicies:\n  p:\n    does:\n      - do: Ask   # whom?\n"
    assert after(text, policies={"p": {"does": ["Tell"]}}) == text.replace("do: Ask", "do: Tell")


def test_texts_over_several_lines_stay_as_they_are() -> None:
    text = "name: Inn\nhotspots:\n  h:\n    text: |\n      Who?  # no comment\n\n      Why?\n    votes: [A]\nx-z: >-\n  folded\n  text\n"
    page = read(text)
    changed = page_after(page, page.storm.vote("h", "B")).text
    assert changed == text.replace("[A]", "[A, B]")


def test_windows_line_ends_stay() -> None:
    text = "name: Inn\r\nevents:\r\n  a: {name: A}\r\n  b: {name: B}\r\n"
    changed = after(text, events={"b": {"name": "B"}, "c": {"name": "C"}})
    assert changed == "name: Inn\r\nevents:\r\n  b: {name: B}\r\n  c: {name: C}\r\n"
