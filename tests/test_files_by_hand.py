"""Edits by hand in the storm file, crashes at bad moments and logs put together from copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from anycompany.files import StormFileError, new_storm, open_storm, opened, read_storm
from anycompany.files.resting import log_path
from anycompany.storm.errors import EditError
from anycompany.storm.model import Storm


@pytest.fixture
def inn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A saved storm with two events; nothing is saved by itself, as if the process died before."""
    monkeypatch.setattr(opened, "SECONDS_TO_SAVE", 1000.0)
    path = new_storm(tmp_path / "inn.storm.yaml", "Inn")
    with open_storm(path, "AK") as storm:
        storm.add_event("Key Lost").add_event("Bill Paid")
    return path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def names(storm: Storm) -> list[str]:
    return [event.name for event in storm.events.values()]


def test_an_edit_by_hand_is_taken_in_once_however_many_have_the_file_open(inn: Path) -> None:
    first, second = open_storm(inn, "AK"), open_storm(inn, "JO")
    change(inn, "Key Lost", "Key Gone")
    first.rename_event("key-lost", "Key Found")
    assert names(second.storm) == names(first.storm) == names(read_storm(inn)) == ["Key Found", "Bill Paid"]
    assert first.revision == open_storm(inn, "MB").revision == 5


def test_an_edit_by_hand_may_say_again_what_a_hand_said_before(inn: Path) -> None:
    change(inn, "Key Lost", "Key Gone")
    with open_storm(inn) as storm:
        storm.rename_event("key-lost", "Key Found")
    change(inn, "Key Found", "Key Gone")
    with open_storm(inn) as storm:
        assert names(storm.storm) == ["Key Gone", "Bill Paid"]


def test_what_was_done_after_an_edit_by_hand_outlives_a_crash_before_the_save(inn: Path) -> None:
    change(inn, "Key Lost", "Key Gone")
    open_storm(inn).remove_event("key-lost")
    with open_storm(inn) as storm:
        assert names(storm.storm) == ["Bill Paid"]
        storm.save()
    assert "Key" not in inn.read_text().partition("# anycompany")[0].partition("schema")[2]


def test_a_first_edit_outlives_a_crash_before_the_save(tmp_path: Path) -> None:
    path = new_storm(tmp_path / "inn.storm.yaml", "Inn")
    open_storm(path).add_event("Key Lost")
    assert names(read_storm(path)) == names(open_storm(path).storm) == ["Key Lost"]


def test_a_file_whose_stamp_was_deleted_is_compared_with_the_logs_end(inn: Path) -> None:
    lines = inn.read_text().splitlines()
    inn.write_text(
        "\n".join(line for line in lines if "# anycompany" not in line and "Bill" not in line) + "\n"
    )
    assert names(open_storm(inn).storm) == ["Key Lost"]


def test_what_is_written_below_the_stamp_is_part_of_the_storm(inn: Path) -> None:
    inn.write_text(inn.read_text() + "source: com.inn\n")
    with open_storm(inn) as storm:
        assert storm.storm.source == "com.inn"
        storm.add_event("Key Found")
    assert inn.read_text().count("# anycompany") == 1
    assert inn.read_text().splitlines()[-1].startswith("# anycompany")


def test_a_file_of_another_log_is_compared_with_the_logs_end(inn: Path) -> None:
    other = inn.with_name("other.storm.yaml")
    with open_storm(new_storm(other, "Inn")) as storm:
        storm.add_event("Key Lost").add_event("Lamp Lit")
    inn.write_text(other.read_text())
    with open_storm(inn) as storm:
        assert names(storm.storm) == ["Key Lost", "Lamp Lit"]
        assert storm.history()[-1].author == opened.BY_HAND


def test_where_hand_and_log_exclude_each_other_the_hand_wins_and_the_log_remembers(inn: Path) -> None:
    with open_storm(inn) as storm:
        storm.trigger("key-lost", actor="Guest")
    by_hand = inn.read_text().replace("actor: Guest", "external: Police")
    with open_storm(inn) as storm:
        storm.trigger("key-lost", schedule="rate(1 day)")
    inn.write_text(by_hand)
    with open_storm(inn) as storm:
        assert storm.storm.triggers["key-lost"].external == "Police"
        assert storm.at(5).triggers["key-lost"].schedule == "rate(1 day)"


def test_a_log_put_together_from_copies_is_replayed_without_its_doubles(inn: Path) -> None:
    log = log_path(inn)
    lines = log.read_text().splitlines()
    log.write_text("\n".join([*lines, lines[-1], ""]))
    assert names(read_storm(inn)) == ["Key Lost", "Bill Paid"]
    assert len(open_storm(inn).history()) == 4


def test_a_last_line_that_is_not_json_was_never_acknowledged(inn: Path) -> None:
    with log_path(inn).open("ab") as log:
        log.write(b"\x00\x00\x00\n")
    with open_storm(inn) as storm:
        storm.add_event("Key Found")
    assert names(read_storm(inn)) == ["Key Lost", "Bill Paid", "Key Found"]


def test_an_edit_is_what_its_line_says(inn: Path) -> None:
    with open_storm(inn) as storm:
        storm.add_contract("key-lost", example={"a": "\ud800", "b": (1, 2)})
        assert storm.storm.contracts["key-lost"].example == {"a": "?", "b": [1, 2]}
        with pytest.raises(EditError, match="JSON cannot say"):
            storm.change("contracts", "key-lost", example={"a": object()})
    assert read_storm(inn).contracts["key-lost"].example == {"a": "?", "b": [1, 2]}


def test_saving_keeps_the_files_mode_and_writes_through_links(inn: Path, tmp_path: Path) -> None:
    inn.chmod(0o640)
    link = tmp_path / "elsewhere" / "inn.storm.yaml"
    link.parent.mkdir()
    link.symlink_to(inn)
    with open_storm(link) as storm:
        storm.add_event("Key Found")
    assert link.is_symlink() and inn.stat().st_mode & 0o777 == 0o640
    assert "Key Found" in inn.read_text() and [file.name for file in link.parent.iterdir()] == [link.name]


def test_a_file_that_cannot_be_read_names_the_line_and_comes_back_once_it_is_moved_away(inn: Path) -> None:
    inn.write_text("name: Inn\nevents: [\n")
    with pytest.raises(StormFileError, match=r"inn\.storm\.yaml:2.*move the file away"):
        open_storm(inn)
    inn.rename(inn.with_name("broken.yaml"))
    with open_storm(inn) as storm:
        storm.save()
    assert names(read_storm(inn)) == ["Key Lost", "Bill Paid"]


def test_of_a_thousand_events_only_the_line_of_the_changed_one_is_written_anew(inn: Path) -> None:
    with open_storm(inn) as storm:
        storm.add_events(f"Thing {number} Done" for number in range(1000))
        storm.save()
        before = inn.read_text()
        storm.rename_event("thing-7-done", "Thing 7 Dropped").save()
        changed = [line for line in inn.read_text().splitlines() if line not in before.splitlines()]
    assert len(changed) == 2 and "Thing 7 Dropped" in changed[0]


def test_a_change_by_hand_in_the_very_moment_after_a_save_is_taken_in(
    inn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def replace_and_edit(draft: Path, target: Path) -> Path:
        replaced = replace(draft, target)
        change(inn, "Key Lost", "Key Gone")
        return replaced

    with open_storm(inn, "AK") as storm:
        storm.add_event("Bed Made")
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", replace_and_edit)
            storm.save()
        assert names(storm.storm) == ["Key Gone", "Bill Paid", "Bed Made"]
