"""The board's JavaScript as it is shipped: one readable file that loads nothing and never reads text as markup."""

import re
from pathlib import Path

import pytest

from .storms import ROOT

BOARD = ROOT / "anycompany" / "board"
SOURCES = sorted((BOARD / "source").rglob("*.js"))
BUNDLE = BOARD / "static" / "board.js"
STYLES = BOARD / "static" / "board.css"
NAMES = {"http://www.w3.org/2000/svg", "http://json-schema.org/draft-04/schema#"}
"""Addresses that are names of formats: nothing is there to load."""

RUNS_TEXT = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|createContextualFragment|srcdoc)\b"
    r"|\beval\(|\bnew Function\b|\bdocument\.write|\bsetTimeout\(['\"`]"
)
"""What reads text as markup or as a program."""


@pytest.mark.parametrize("path", [*SOURCES, BUNDLE], ids=lambda path: path.name)
def test_text_is_never_read_as_markup_or_as_a_program(path: Path) -> None:
    assert RUNS_TEXT.findall(path.read_text()) == []


def test_the_bundle_loads_nothing() -> None:
    text = re.sub(r"/\*.*?\*/", "", BUNDLE.read_text(), flags=re.DOTALL)
    assert set(re.findall(r"https?://[^\s\"'`)]+", text)) <= NAMES
    assert not re.search(
        r"^\s*import\s|\bimport\(|\bfetch\(|XMLHttpRequest|new WebSocket|sendBeacon", text, re.MULTILINE
    )
    styles = STYLES.read_text()
    assert "@import" not in styles
    assert not re.search(r"url\((?!\"data:)", styles)


def test_the_bundle_can_be_read_and_says_where_to_change_it() -> None:
    for path in (BUNDLE, STYLES):
        first, *rest = path.read_text().splitlines()
        assert "anycompany/board/source" in first
        assert "make bundle" in first
        assert len(rest) > 500
    lines = BUNDLE.read_text().splitlines()
    assert sum(map(len, lines)) / len(lines) < 60


def test_everything_that_is_imported_is_our_own() -> None:
    imported = {
        name
        for path in SOURCES
        for name in re.findall(r"^(?:import|export)\b[^;]*?\bfrom '([^']+)'", path.read_text(), re.M)
    }
    assert imported
    assert all(name.startswith(("./", "../")) for name in imported)


def test_no_module_is_too_long_to_read() -> None:
    long = {path.name: count for path in SOURCES if (count := len(path.read_text().splitlines())) > 350}
    assert long == {}
