"""A storm file and its log: nothing acknowledged is ever lost, and everybody sees one storm."""

import resource
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from anycompany.files import StormFileError, new_storm, open_storm, read_storm
from anycompany.files.opened import BY_HAND
from anycompany.files.resting import log_path
from anycompany.files.snapshot import restore
from anycompany.storm.errors import EditError
from anycompany.storm.patch import diff

from .storms import ALL, EXAMPLE, load

PROCESS = [sys.executable, "-m", "tests.editing_process"]
ROOT = EXAMPLE.parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A copy of the worked example that no log belongs to yet."""
    return Path(shutil.copy(EXAMPLE, tmp_path))


@pytest.fixture
def inn(tmp_path: Path) -> Path:
    return new_storm(tmp_path / "inn.storm.yaml", "Inn")


def names(path: Path) -> list[str]:
    return [event.name for event in read_storm(path).events.values()]


def test_a_new_storm_says_its_name_and_nothing_else(inn: Path) -> None:
    assert read_storm(inn).document() == {"name": "Inn"}
    with pytest.raises(StormFileError, match="There is a file already"):
        new_storm(inn, "Inn")


def test_reading_writes_nothing(path: Path) -> None:
    read_storm(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("domain", ALL, ids=lambda path: path.name)
def test_an_edit_changes_one_line_of_the_file_and_nothing_else(domain: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(domain, tmp_path))
    before = path.read_text().splitlines()
    with open_storm(path) as opened:
        opened.add_event("Lamp Lit")
    after = path.read_text().splitlines()
    added = [line for line in after if line not in before]
    assert [line for line in before if line not in after] == []
    assert (
        len(added) <= 3 and "Lamp Lit" in "".join(added) and added[-1].startswith("# anycompany: revision 2")
    )


def test_an_edit_has_happened_before_the_file_is_saved(inn: Path) -> None:
    opened = open_storm(inn)
    opened.add_event("Room Booked")
    assert "Room Booked" not in inn.read_text()
    assert names(inn) == ["Room Booked"]
    opened.close()
    assert "Room Booked" in inn.read_text()


def test_two_open_storms_follow_each_other(inn: Path) -> None:
    with open_storm(inn, "AK") as one, open_storm(inn, "JO") as other:
        one.add_event("Room Booked")
        other.add_event("Room Booked").rename_event("room-booked", "Room Reserved")
        assert list(one.storm.events) == ["room-booked", "room-booked-2"]
        assert one.storm == other.storm
        assert [entry.author for entry in one.history()[1:]] == ["AK", "JO", "JO"]


def test_an_edit_that_no_longer_fits_is_refused_and_not_logged(inn: Path) -> None:
    with open_storm(inn) as one, open_storm(inn) as other:
        one.add_event("Room Booked")
        other.remove_event("room-booked")
        revision = one.storm and one.revision
        with pytest.raises(EditError, match="There is no event 'room-booked'"):
            one.rename_event("room-booked", "Room Reserved")
        assert one.revision == revision


def test_an_id_is_never_used_again_even_after_reopening(inn: Path) -> None:
    with open_storm(inn) as opened:
        opened.add_event("Room Booked").remove_event("room-booked")
    with open_storm(inn) as opened:
        assert list(opened.add_event("Room Booked").storm.events) == ["room-booked-2"]


def test_undo_takes_back_ones_own_last_edit_and_leaves_others_alone(inn: Path) -> None:
    with open_storm(inn, "AK") as mine, open_storm(inn, "JO") as theirs:
        mine.add_event("Room Booked")
        theirs.add_event("Key Lost")
        mine.add_event("Bill Paid")
        theirs.rename_event("key-lost", "Key Found")
        mine.undo()
        assert list(mine.storm.events) == ["room-booked", "key-lost"]
        mine.undo()
        assert [event.name for event in mine.storm.events.values()] == ["Key Found"]
        with pytest.raises(EditError, match="AK has no edit left"):
            mine.undo()


def test_redo_brings_back_what_was_undone_in_order(inn: Path) -> None:
    with open_storm(inn, "AK") as opened:
        opened.add_event("Room Booked").add_event("Bill Paid").undo().undo()
        assert not opened.storm.events
        assert list(opened.redo().storm.events) == ["room-booked"]
        assert list(opened.redo().storm.events) == ["room-booked", "bill-paid"]
        with pytest.raises(EditError, match="nothing that could be done again"):
            opened.redo()
        assert list(opened.undo().storm.events) == ["room-booked"]


def test_any_revision_can_be_taken_back_and_looked_at(inn: Path) -> None:
    with open_storm(inn) as opened:
        opened.add_event("Room Booked").add_event("Bill Paid")
        assert list(opened.at(2).events) == ["room-booked"]
        assert list(opened.undo(revision=2).storm.events) == ["bill-paid"]
        with pytest.raises(EditError, match="There is no revision 99"):
            opened.undo(revision=99)


def test_the_first_line_of_a_log_is_nobodys_edit(path: Path) -> None:
    with open_storm(path, "AK") as opened:
        opened.add_event("Lamp Lit").undo()
        with pytest.raises(EditError):
            opened.undo()
        assert not diff(opened.storm, load(EXAMPLE)).steps


def test_an_edit_by_hand_becomes_an_edit(path: Path) -> None:
    with open_storm(path) as opened:
        opened.add_event("Lamp Lit")
    path.write_text(path.read_text().replace("name: Lamp Lit", "name: Lamp Lighted"))
    assert read_storm(path).events["lamp-lit"].name == "Lamp Lighted"
    with open_storm(path) as opened:
        last = opened.history()[-1]
        assert (last.author, last.words) == (BY_HAND, "set name of the event Lamp Lit to Lamp Lighted")
        assert opened.revision == 3


def test_an_edit_by_hand_from_an_older_revision_is_merged_with_what_came_since(path: Path) -> None:
    with open_storm(path) as opened:
        opened.add_event("Lamp Lit")
    in_the_editor = path.read_text().replace("name: Lamp Lit", "name: Lamp Lighted")
    with open_storm(path) as opened:
        opened.add_event("Lamp Broken")
        opened.save()
        path.write_text(in_the_editor)
        assert [opened.storm.events[event].name for event in ("lamp-lit", "lamp-broken")] == [
            "Lamp Lighted",
            "Lamp Broken",
        ]
    assert "Lamp Lighted" in path.read_text() and "Lamp Broken" in path.read_text()


def test_an_edit_by_hand_while_the_storm_is_open_is_not_overwritten(path: Path) -> None:
    with open_storm(path) as opened:
        opened.add_event("Lamp Lit")
        path.write_text(path.read_text().replace("name: Payment Failed", "name: Payment Refused"))
        opened.save()
        assert opened.storm.events["payment-failed"].name == "Payment Refused"
    assert "Payment Refused" in path.read_text() and "Lamp Lit" in path.read_text()


def test_a_file_that_is_broken_at_the_moment_is_left_alone_and_nothing_is_lost(path: Path) -> None:
    with open_storm(path) as opened:
        opened.add_event("Lamp Lit")
        whole = path.read_text()
        path.write_text(whole + "\nevents: [")
        opened.add_event("Lamp Broken").save()
        assert f"{path}:" in opened.warning
        assert path.read_text() == whole + "\nevents: ["
        path.write_text(whole)
        opened.refresh().save()
        assert opened.warning == "" and "Lamp Broken" in path.read_text()


def test_a_broken_file_names_its_line_and_can_be_restored_from_the_log(path: Path) -> None:
    with open_storm(path) as opened:
        opened.add_event("Lamp Lit")
        entries = opened.history()
    path.write_text("name: AnyCompany\nevents: [")
    with pytest.raises(StormFileError) as error:
        read_storm(path)
    assert f"{path}:" in str(error.value)
    kept = restore(path, entries)
    assert kept and kept.read_text() == "name: AnyCompany\nevents: ["
    assert "Lamp Lit" in names(path)


@pytest.mark.parametrize("state", ["missing", "empty"])
def test_a_missing_or_empty_file_comes_back_from_its_log(path: Path, state: str) -> None:
    with open_storm(path) as opened:
        opened.add_event("Lamp Lit")
    path.unlink() if state == "missing" else path.write_text("")
    assert "Lamp Lit" in names(path)
    with open_storm(path) as opened:
        opened.save()
    assert "Lamp Lit" in path.read_text()


def test_an_old_copy_of_the_file_is_brought_up_to_date_by_the_log(path: Path) -> None:
    with open_storm(path) as opened:
        opened.add_event("Lamp Lit").save()
        old = path.read_text()
        opened.add_event("Lamp Broken")
    path.write_text(old)
    assert {"Lamp Lit", "Lamp Broken"} <= {*names(path)}


def test_a_torn_last_line_was_never_acknowledged(inn: Path) -> None:
    with open_storm(inn) as opened:
        opened.add_event("Room Booked")
    with log_path(inn).open("ab") as log:
        log.write(b'{"id": "x", "author": "AK", "edit": {"ki')
    assert names(inn) == ["Room Booked"]
    with open_storm(inn) as opened:
        opened.add_event("Key Lost")
    assert names(inn) == ["Room Booked", "Key Lost"]
    assert len(log_path(inn).read_text().splitlines()) == 3


def test_a_broken_line_within_the_log_is_named(inn: Path) -> None:
    with open_storm(inn) as opened:
        opened.add_event("Room Booked").add_event("Key Lost")
    lines = log_path(inn).read_text().splitlines()
    log_path(inn).write_text("\n".join([lines[0], "{broken", lines[2], ""]))
    with pytest.raises(StormFileError, match=r"inn\.storm\.log\.jsonl:2: This line of the log is no edit"):
        read_storm(inn)


def test_there_is_no_storm_where_there_is_no_file(tmp_path: Path) -> None:
    for opening in (open_storm, read_storm):
        with pytest.raises(StormFileError, match="There is no such file"):
            opening(tmp_path / "no.storm.yaml")


def test_somebody_who_watches_is_told_of_another_processs_edit(inn: Path) -> None:
    told = threading.Event()
    with open_storm(inn) as mine, open_storm(inn) as theirs:
        stop = mine.watch(lambda _: told.set(), every=0.02)
        theirs.add_event("Room Booked")
        assert told.wait(10)
        stop()


def test_a_full_disk_refuses_the_edit_and_keeps_what_was_there(inn: Path) -> None:
    with open_storm(inn) as opened:
        opened.add_event("Room Booked").save()
        used = log_path(inn).stat().st_size
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        import signal

        handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (used + 20, hard))
        try:
            with pytest.raises(StormFileError, match="Writing the log failed"):
                opened.add_event("Key Lost")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
            signal.signal(signal.SIGXFSZ, handler)
        assert list(opened.storm.events) == ["room-booked"]
        opened.add_event("Bill Paid")
    assert names(inn) == ["Room Booked", "Bill Paid"]


def started(path: Path, who: str, count: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*PROCESS, str(path), who, str(count)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def test_three_processes_on_one_file_end_with_the_same_storm(inn: Path) -> None:
    processes = [started(inn, who, 25) for who in ("AK", "JO", "MB")]
    said = [process.communicate(timeout=120)[0].splitlines() for process in processes]
    assert [len(acknowledged) for acknowledged in said] == [25, 25, 25]
    assert sorted(names(inn)) == sorted(name for acknowledged in said for name in acknowledged)
    with open_storm(inn) as opened:
        assert opened.revision == 76
        assert not diff(opened.storm, read_storm(inn)).steps


def test_forty_kills_lose_no_acknowledged_edit(inn: Path) -> None:
    """``kill -9`` at a random moment of editing and saving, forty times over."""
    acknowledged = started(inn, "kills", 40).communicate(timeout=120)[0].splitlines()
    kept = names(inn)
    assert len(acknowledged) > 120
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
    with open_storm(inn) as opened:
        opened.add_event("Last Thing Done")
    assert sorted([*kept, "Last Thing Done"]) == sorted(names(inn))
    left = {"inn.storm.yaml", "inn.storm.log.jsonl", ".inn.storm.lock", ".inn.storm.yaml.draft"}
    assert {file.name for file in inn.parent.iterdir()} <= left


def test_a_save_that_the_disk_refused_is_done_when_there_is_room_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from anycompany.files import opened as module

    def refuse(*_: object) -> None:
        raise StormFileError(
            "Saving the storm file failed: no space left on device.", str(path), "Make room."
        )

    with open_storm(path) as opened:
        opened.add_event("Lamp Lit")
        with monkeypatch.context() as full_disk:
            full_disk.setattr(module, "write_snapshot", refuse)
            full_disk.setattr(module, "SECONDS_TO_SAVE", 0.0)
            opened.add_event("Lamp Broken")._save_quietly()
        assert "no space left" in opened.warning and "Lamp Broken" not in path.read_text()
        opened.save()
        assert opened.warning == "" and "Lamp Broken" in path.read_text()


def test_the_beginning_of_a_log_cannot_be_taken_back_by_its_number(path: Path) -> None:
    with open_storm(path) as opened:
        opened.add_event("Lamp Lit")
        with pytest.raises(EditError, match="Revision 1 is the storm as it was found"):
            opened.undo(revision=1)
        assert opened.storm.name == "AnyCompany"
