"""The guides name commands, options and buttons that there are."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from anycompany.cli.program import program
from anycompany.course.domains import domains
from anycompany.course.faults import faults

from .storms import ROOT

DOCS = sorted((ROOT / "docs").glob("*.md"))
SAID = re.compile(r"`([^`\n]*anycompany [^`\n]*)`|^\s*\$?\s*(anycompany [^\n]*)", re.MULTILINE)


@cache
def _program() -> Any:
    return typer.main.get_command(program)


def commands_in(text: str) -> list[str]:
    """What a page tells people to type, each command by itself, without comments."""
    found = []
    for inline, block in SAID.findall(text):
        for one in re.split(r"&&|\||;", (inline or block).split("  #")[0]):
            if (command := one.strip().removeprefix("$ ")).startswith("anycompany "):
                found.append(command)
    return found


def refused(command: str) -> str:
    """What is not there of a command; empty for one that there is."""
    at, words = _program(), command.split()[1:]
    while words and hasattr(at, "commands"):
        word = words.pop(0)
        if word.startswith("-") or not re.fullmatch(r"[a-z][a-z-]*", word):
            return "" if word.startswith("--") or word in ("…", "...") else f"{word} of {command}"
        if word not in at.commands:
            return f"{word} of {command}"
        at = at.commands[word]
    options = {name for one in at.params for name in one.opts}
    said = [word.split("=")[0] for word in words[: words.index("--") if "--" in words else None]]
    return next((f"{one} of {command}" for one in said if one.startswith("--") and one not in options), "")


@pytest.mark.parametrize("page", DOCS, ids=lambda path: path.stem)
def test_every_command_that_a_page_names_is_there_with_its_options(page: Path) -> None:
    assert not [wrong for command in commands_in(page.read_text()) if (wrong := refused(command))]


def test_a_command_that_is_not_there_would_be_found() -> None:
    text = "`anycompany dance`\n    anycompany workshop x --shared y  # so\n`anycompany course teach` `anycompany new x`"
    wrong = [one for command in commands_in(text) if (one := refused(command))]
    assert [one.split()[0] for one in wrong] == ["dance", "--shared", "teach"]


def test_every_button_of_the_panel_is_there() -> None:
    text = (ROOT / "docs" / "facilitators.md").read_text()
    panel = text.split("## The panel")[1].split("\n## ")[0]
    named = set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", panel))
    assert len(named) > 20
    source = "\n".join(path.read_text() for path in (ROOT / "anycompany" / "board" / "source").rglob("*.js"))
    assert not [name for name in named if name not in source]


def test_the_agenda_of_the_guide_is_the_usual_one() -> None:
    from anycompany.storm.workshop.agenda import EVERYBODY_DAY, phases

    text = (ROOT / "docs" / "facilitators.md").read_text()
    told = re.findall(r"^\| (\d+):(\d\d) \| ([^|]+) \| (\d+) \|", text, re.MULTILINE)
    minute, expected = 9 * 60, []
    for phase in phases():
        if phase.day == EVERYBODY_DAY:
            expected.append((str(minute // 60), f"{minute % 60:02d}", phase.name, str(phase.minutes)))
            minute += phase.minutes
    assert told == expected


def test_the_instructors_guide_knows_every_domain_and_every_fault() -> None:
    text = (ROOT / "docs" / "instructors.md").read_text()
    assert not [one.id for one in domains() if f"`{one.id}`" not in text]
    assert not [one.id for one in faults() if f"`{one.id}`" not in text]
