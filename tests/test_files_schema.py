"""The committed JSON Schema is the model's, and allows what the reader allows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from anycompany.files.document import document_of
from anycompany.files.errors import StormFileError
from anycompany.files.rendering import block
from anycompany.files.schema import DESCRIPTIONS, schema_text, storm_schema
from anycompany.files.yaml_text import parse
from anycompany.storm import model, parts
from anycompany.storm.workshop import state as workshop

from .storms import ALL, ROOT
from .strategies import documents

SCHEMA = Draft202012Validator(storm_schema())


def test_the_committed_schema_is_the_generated_one() -> None:
    assert (ROOT / "data" / "storm.schema.json").read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(storm_schema())


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_storm_of_ours_is_valid(path: Any) -> None:
    root = parse(path.read_text(encoding="utf-8"))
    assert root and list(SCHEMA.iter_errors(root.value)) == []


@settings(max_examples=60, deadline=None)
@given(documents)
def test_the_schema_allows_every_storm_that_can_be_read(document: dict[str, Any]) -> None:
    assert list(SCHEMA.iter_errors(document)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"name": 2024},
        {"name": "a", "evnts": {}},
        {"name": "a", "events": {"a b": {"name": "A"}}},
        {"name": "a", "events": {"a": {"nam": "A"}}},
        {"name": "a", "timeline": [[]]},
        {"name": "a", "policies": {"p": {"kind": "fast"}}},
        {"name": "a", "listeners": {"l": {"hears": "some"}}},
        {"name": "a", "entities": {"e": "a"}},
        {"name": "a", "format": 2},
    ],
)
def test_what_the_reader_refuses_the_schema_refuses(wrong: dict[str, Any]) -> None:
    assert list(SCHEMA.iter_errors(wrong))
    with pytest.raises(StormFileError):
        document_of(block(wrong, 0) + "\n", "a.storm.yaml")


def test_a_heading_with_nothing_below_it_is_allowed() -> None:
    text = "name: Inn\nevents:\ntimeline:\nx-mine: {}\n"
    root = parse(text)
    assert root and list(SCHEMA.iter_errors(root.value)) == []
    assert document_of(text, "a.storm.yaml").storm.document() == {"name": "Inn", "x-mine": {}}


def test_every_key_of_the_format_is_described_in_the_docs() -> None:
    text = (ROOT / "docs" / "file-format.md").read_text(encoding="utf-8")
    homes = (parts, model, workshop)
    assert [name for name in DESCRIPTIONS if not any(hasattr(home, name) for home in homes)] == []
    for keys in json.loads(json.dumps(DESCRIPTIONS)).values():
        assert [key for key in keys if f"`{key}`" not in text] == []
