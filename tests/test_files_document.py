"""A storm file that is wrong gets one clear message with line, place and remedy, and never hurts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.files.document import LARGEST, document_of, text_of_file
from anycompany.files.errors import StormFileError
from anycompany.files.rendering import block, flow
from anycompany.files.yaml_text import parse

from .strategies import HOSTILE, json_values, texts

BOMB = "name: Inn\nx-a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"x-{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
    for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", None, "nothing in the file"),
        ("# only a comment\n", None, "nothing in the file"),
        ("- a\n- b\n", 1, "found a list"),
        ("just words\n", 1, "found a text"),
        ("events: {}\n", 1, "The key 'name' is missing"),
        ("name: Inn\nevents: {a: {name: ", 2, "ends in the middle"),
        ('name: Inn\nsource: "abc\n', 2, "ends in the middle"),
        ("name: Inn\nevents:\n\ta: {name: A}\n", 3, "tab"),
        ("name: Inn\nevents:\n  a: {name: A}\n  a: {name: B}\n", 4, "'a' stands here for the second time"),
        ("name: Inn\n<<<<<<< mine\nsource: a\n=======\nsource: b\n>>>>>>> theirs\n", 2, "conflict marker"),
        ("name: Inn\nx-a: &a\n  b: *a\n", 3, "refers to itself"),
        ("name: Inn\nx-a: *b\n", 2, "is nowhere above"),
        (BOMB, None, "unfold to more than"),
        ("name: Inn\nx-a: " + "[" * 100_000, 2, "nested deeper"),
        ("name: Inn\nx-a: !!python/object:os.system ls\n", 2, "tag"),
        ("name: Inn\nx-a: &a {b: 1}\nx-c:\n  <<: *a\n", 4, "merge key"),
        ("name: Inn\n---\nname: Other\n", 2, "second document"),
        ("name: Inn\nx-a: .nan\n", 2, "not a number that an event can carry"),
        ("name: In\x07n\n", 1, "U+0007"),
        ("name: Inn\nformat: 2\n", 2, "made by a newer version"),
        ("name: 2024\n", 1, 'Write it in quotes: "2024"'),
        ("name: Inn\nevents:\n  Room Booked: {name: Room Booked}\n", 3, "Write 'room-booked'"),
        ("name: Inn\nevents:\n  a: {nam: A}\n", 3, "events/a"),
        ("name: Inn\nevents:\n  a: {name: A, nam: B}\n", 3, "did you mean 'name'?"),
        ("name: Inn\ntimeline:\n  - a\n  - a b\n", 4, "timeline/1: 'a b' is not an id"),
        (
            "name: Inn\ntimeline: [a, 7]\n",
            2,
            "Expected a text or keys and values or a list, found the number 7",
        ),
        ("name: Inn\npolicies:\n  p:\n    when: a\n", 4, "policies/p/when: Expected a list"),
        ("name: Inn\npolicies:\n  p:\n    emits:\n      - x\n      - y z\n", 6, "policies/p/emits/1"),
        ("name: Inn\ntriggers:\n  a: {actor: A, external: B}\n", 3, "one origin"),
        ("name: Inn\nevents:\n  a: {name: 1}\n  b: {name: 2}\n", 3, "(1 more place is wrong.)"),
    ],
)
def test_each_fault_is_named_with_its_line(text: str, line: int | None, says: str) -> None:
    with pytest.raises(StormFileError) as error:
        document_of(text, "inn.storm.yaml")
    assert says in str(error.value) and error.value.remedy
    assert error.value.where.startswith("inn.storm.yaml" if line is None else f"inn.storm.yaml:{line}")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"name: Inn\nsource: caf\xe9\n", ":2: The byte 0xE9 is not UTF-8"),
        ("name: Inn\n".encode("utf-16"), "UTF-16"),
        (b"#" * (LARGEST + 1), "10,000,001 bytes"),
    ],
)
def test_bytes_that_are_no_storm_file_are_refused_before_parsing(
    data: bytes, says: str, tmp_path: Path
) -> None:
    path = tmp_path / "inn.storm.yaml"
    path.write_bytes(data)
    with pytest.raises(StormFileError) as error:
        text_of_file(path)
    assert says in str(error.value)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "inn.storm.yaml"
    path.write_bytes("name: Ünn\n".encode("utf-8-sig"))
    assert document_of(text_of_file(path) or "", "").storm.name == "Ünn"


def test_what_other_yaml_takes_for_truth_numbers_or_dates_stays_text_or_is_a_number_of_json() -> None:
    root = parse(
        "{on: yes, 2024: 2024-01-31, no: 12:30, a: 1_000, b: 0x1F, c: 1e3, d: ~, e: '7', f: True, g: 010}"
    )
    assert root and root.value == {
        "on": "yes", "2024": "2024-01-31", "no": "12:30", "a": "1_000", "b": 31, "c": 1000.0, "d": None, "e": "7",
        "f": True, "g": 10,
    }  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(texts, json_values, min_size=1, max_size=4))
def test_whatever_is_written_is_read_again(value: dict[str, Any]) -> None:
    for text in (block(value, 0) + "\n", flow(value)):
        root = parse(text)
        assert root and json.dumps(root.value) == json.dumps(value)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_survive(name: str) -> None:
    root = parse(block({"name": name, "events": {"a": {"name": name}}, name: [name]}, 0))
    assert root and root.value == {"name": name, "events": {"a": {"name": name}}, name: [name]}


@settings(max_examples=300, deadline=None)
@given(st.text() | st.text("{}[]:-&*!|>'\"%@`#, \n\tab1~?<=", max_size=40))
def test_no_text_whatever_brings_the_reader_down(text: str) -> None:
    try:
        document_of("name: Inn\n" + text.encode("utf-8", "replace").decode(), "inn.storm.yaml")
    except StormFileError as error:
        assert error.where.startswith("inn.storm.yaml") and error.remedy
