"""The commands for working apart and for afterwards: merge, minutes, review."""

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

from anycompany.files import new_storm, open_storm, read_storm
from anycompany.files.resting import log_path
from anycompany.storm.edits import GoTo

from .test_cli import ANYCOMPANY, run, run_json


@pytest.fixture
def copies(tmp_path: Path) -> tuple[Path, Path]:
    """A storm and a copy, in folders of their own, with edits of both since."""
    (tmp_path / "mine").mkdir()
    inn = new_storm(tmp_path / "mine" / "inn.storm.yaml", "Inn")
    with open_storm(inn, "Ada") as opened:
        opened.do(GoTo(phase="alone", since="2026-01-31T09:00:00+00:00")).add_event("Key Lost")
    shutil.copytree(inn.parent, tmp_path / "theirs")
    theirs = tmp_path / "theirs" / "inn.storm.yaml"
    with open_storm(inn, "Ada") as opened:
        opened.rename_event("key-lost", "Key Mislaid").add_event("Bill Paid")
    with open_storm(theirs, "Bob \x1b[31m") as opened:
        opened.rename_event("key-lost", "Key Stolen").add_event("Bill Paid").add_entity("bill", ["bill-paid"])
    return inn, theirs


def test_merge_says_what_came_what_is_in_conflict_and_how_to_join(copies: tuple[Path, Path]) -> None:
    inn, theirs = copies
    said = run("merge", inn, theirs.parent).stdout
    assert "Hot spot: Which one is meant? Ada renamed the event Key Lost to Key Mislaid; Bob" in said
    assert "\x1b" not in said and "“Bill Paid” (bill-paid) and “Bill Paid” (bill-paid-" in said
    merged = run_json("merge", inn, theirs)
    assert [one["edits"] for one in merged["copies"]] == [0] and not merged["conflicts"]
    (offer,) = merged["alike"]
    assert offer["command"] in said
    run(*offer["command"].split()[1:])
    assert [event.name for event in read_storm(inn).events.values()] == ["Key Stolen", "Bill Paid"]
    assert read_storm(inn).entities["bill"].events == ["bill-paid"]
    assert not run_json("merge", inn, theirs)["alike"]


def test_at_a_terminal_a_person_is_asked_before_notes_are_joined(copies: tuple[Path, Path]) -> None:
    inn, theirs = copies
    for answer, left in ((b"n\n", 3), (b"y\n", 2)):
        ours, terminal = pty.openpty()
        os.write(ours, answer)
        done = subprocess.run(
            [*ANYCOMPANY, "merge", inn, theirs],
            stdin=terminal,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        os.close(terminal), os.close(ours)
        assert "Are they one?" in done.stdout and len(read_storm(inn).events) == left


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ([], 2, "There is nothing to merge"),
        (["nowhere.storm.yaml"], 2, "There is no such file"),
        (["--join", "key-lost"], 2, "does not say which note"),
        (["--join", "entities/a=events/b"], 2, "does not say which note"),
        (["--join", "key-lost=nobody"], 1, "There is no event 'nobody'"),
        (["--join", "policies/a=policies/b"], 1, "cannot be joined"),
    ],
)
def test_merge_refuses_what_cannot_be_meant(
    copies: tuple[Path, Path], arguments: list[str], code: int, says: str
) -> None:
    before = log_path(copies[0]).read_bytes()
    assert says in run("merge", copies[0], *arguments, code=code).stderr
    assert log_path(copies[0]).read_bytes() == before


def test_minutes_and_review_leave_a_storm_that_git_can_take(
    copies: tuple[Path, Path], tmp_path: Path
) -> None:
    inn, _ = copies
    told = run("minutes", inn, "--zone", "Asia/Kolkata").stdout
    assert told.startswith("# Minutes: Inn\n") and "UTC+05:30" in told
    run("minutes", inn, "-o", tmp_path / "m.md", "--zone", "UTC")
    assert "Times are those of UTC." in (tmp_path / "m.md").read_text()
    assert "There is no time zone" in run("minutes", inn, "--zone", "../etc/passwd", code=2).stderr
    subprocess.run(["git", "init", "-q", inn.parent], check=True)
    inn.write_text(inn.read_text().replace("Key Mislaid", "Key Found"))
    ready = run_json("review", inn)
    assert ready["message"].startswith("Inn: 2 events") and not ready["committed"]
    assert [Path(file).name for file in ready["files"]] == [
        "inn.storm.yaml",
        "inn.storm.log.jsonl",
        "inn.minutes.md",
    ]
    git = ["git", "-C", str(inn.parent), "-c", "core.quotepath=off"]
    assert not subprocess.run([*git, "log"], capture_output=True, check=False).stdout
    for key, value in (("user.name", "Ada"), ("user.email", "ada@example.com")):
        subprocess.run([*git, "config", key, value], check=True)
    assert "Committed:" in run("review", inn, "--commit").stdout
    listed = subprocess.run(
        [*git, "show", "--stat", "--format=%s"], capture_output=True, text=True, check=True
    ).stdout
    assert listed.startswith("Inn: 2 events") and all(Path(file).name in listed for file in ready["files"])
    assert ".lock" not in listed
    assert "git commit failed" in run("review", inn, "--commit", code=1).stderr  # there is nothing new


def test_a_storm_without_a_log_has_no_minutes(tmp_path: Path) -> None:
    inn = new_storm(tmp_path / "inn.storm.yaml", "Inn")
    for command in ("minutes", "review"):
        assert "no log yet" in run(command, inn, code=1).stderr
    assert [file.name for file in tmp_path.iterdir() if "minutes" in file.name] == []
