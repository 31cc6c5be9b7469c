"""Domains of the course: listed, begun and scored from the command line and on a page."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from anycompany.bus.recording import check_recorded, observe, proposal
from anycompany.course.domains import MARK, domain, domain_in, domains, reference_of
from anycompany.course.edition import lay_out_learner_edition
from anycompany.course.scoring import score
from anycompany.files import open_storm, read_storm, write_storm
from anycompany.files.recorded import read_recorded
from anycompany.storm.edits import Rename
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from anycompany.workbook import learning
from anycompany.workbook.mending import MendingPage
from anycompany.workbook.pages import Page
from anycompany.workbook.screen import HEADLESS

from .markup import check_harmless
from .storms import EXAMPLE, ROOT
from .test_cli import run, run_json

PARCELS, BICYCLES = domain("parcel-network"), domain("bicycle-repair")


def test_they_grow_and_one_is_regulated_and_one_starts_from_recorded_events() -> None:
    listed = run_json("course", "domains")
    assert [one["events"] for one in listed] == [10, 20, 40, 78]
    assert [one["level"] for one in listed] == [1, 2, 3, 4]
    assert [one["domain"] for one in listed if one["regulated"]] == ["mail-order-pharmacy"]
    assert [one["domain"] for one in listed if one["starts from"] != "an empty wall"] == [PARCELS.id]
    assert "concert-hall" in run("course", "domains").stdout


def test_begin_lays_out_the_brief_a_storm_to_fill_and_the_notebooks(tmp_path: Path) -> None:
    folder = tmp_path / "parcels"
    said = run("course", "begin", PARCELS.id, folder).stdout
    assert (folder / "brief.md").read_text() == PARCELS.brief
    assert len(list((folder / "notebooks").glob("*.ipynb"))) == 13
    storm = folder / "parcels.storm.yaml"
    assert domain_in(read_storm(storm)) == PARCELS and not read_storm(storm).events
    assert "not attempted yet" in run("course", "score", folder).stdout
    command = next(line for line in said.splitlines() if "import log" in line).split("anycompany ")[1]
    run(*command.split())
    assert len(read_storm(storm).events) == 40 and read_storm(storm).__pydantic_extra__ == {MARK: PARCELS.id}
    found = run_json("course", "score", storm)
    assert found["domain"] == PARCELS.id and 0.5 < found["points"] < 0.95
    assert "1 Event Discovery: not so" in run("course", "score", storm).stdout
    assert "something already" in run("course", "begin", PARCELS.id, folder, code=1).stderr
    assert "There is no domain" in run("course", "begin", "moon", tmp_path / "moon", code=1).stderr
    assert not (tmp_path / "moon").exists()


def test_the_recorded_events_are_made_by_the_script_beside_them_and_are_a_start() -> None:
    log = PARCELS.folder / PARCELS.recorded
    made = subprocess.run(
        [sys.executable, str(PARCELS.folder / "record.py")], capture_output=True, text=True, check=True
    ).stdout
    assert made == log.read_text()
    events = [json.loads(line) for line in made.splitlines()]
    assert 300 < len(events) < 900 and len({one["id"] for one in events}) < len(events)
    assert all(
        {"version", "id", "source", "detail-type", "time", "account", "region", "detail"} <= set(one)
        for one in events
    )
    days = {one["time"][:10] for one in events}
    assert len(days) in (2, 3)
    empty = Storm(name="Parcels")
    storm = empty.do(proposal(empty, observe(read_recorded(log))))
    found = score(storm, PARCELS)
    assert len(found.read_as) >= 36 and found.step(1).points > 0.8
    technical = [told for told in found.step(1).wrong if "software" in told]
    assert len(technical) >= 2, "the old program talks of itself, and that is to be seen"
    assert not check_recorded(storm, read_recorded(log)).unread


def test_score_asks_which_domain_a_storm_is_of(tmp_path: Path) -> None:
    storm = Path(shutil.copy(EXAMPLE, tmp_path / "acme.storm.yaml"))
    assert "does not say which domain" in run("course", "score", storm, code=1).stderr
    told = run("course", "score", storm, "--domain", "bicycle-repair").stdout
    assert "No event says “Bike Brought In”." in told
    assert "There is no domain" in run("course", "score", storm, "--domain", "x", code=1).stderr


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(HEADLESS, "1")
    said: list[str] = []

    def slot(draw: object) -> None:
        markup = draw()  # type: ignore[operator]
        check_harmless(markup._repr_mimebundle_())
        said.append(str(markup))

    monkeypatch.setattr(learning, "Slot", slot)
    return said


def test_a_page_scores_its_storm(shown: list[str], tmp_path: Path) -> None:
    path = Path(
        shutil.copy(ROOT / "tests" / "attempts" / "concert-hall.storm.yaml", tmp_path / "hall.storm.yaml")
    )
    page = Page(str(path), 1)
    page.score()
    assert "✓ concert-hall: 100% of what was attempted" in shown[-1]
    page.score("bicycle-repair")
    assert "bicycle-repair:" in shown[-1] and "missing" in shown[-1]
    page.score("<b>")
    assert "There is no domain" in shown[-1]
    with open_storm(path) as opened:
        opened.do(Rename(of="events", id="venue", name="<script>x</script> Row Inserted"))
    page = Page(str(path), 1)
    page.score()
    assert "<script>" in shown[-1] and "1 Event Discovery: not so" in shown[-1]


def test_names_are_completed_suggested_and_told_as_a_shell_wants_them(tmp_path: Path) -> None:
    for asked, word in (
        ("begin bi", "bicycle-repair"),
        ("fault sil", "silent-alarm"),
        ("score --domain con", "concert-hall"),
    ):
        env = {"_ANYCOMPANY_COMPLETE": "complete_bash", "COMP_WORDS": f"anycompany course {asked}"}
        env |= {"COMP_CWORD": str(len(asked.split()) + 1), "PYTHONPATH": str(ROOT)}
        call = [sys.executable, "-c", "from anycompany.cli import main; main()"]
        done = subprocess.run(call, capture_output=True, text=True, env=env, check=False)
        assert done.stdout.split() == [word], done.stderr
    for command, wrong, right in (
        ("begin", "bicycle-repiar", "bicycle-repair"),
        ("fault", "silent_alram", "silent-alarm"),
    ):
        told = run("course", command, wrong, tmp_path / "x", code=1).stderr
        assert f"Did you mean '{right}'?" in told
    folder = tmp_path / "mein Ordner"
    assert f"course score '{folder}'" in run("course", "begin", "bicycle-repair", folder).stdout


def test_what_a_class_has_handed_in_is_told_as_a_table(tmp_path: Path) -> None:
    handed = tmp_path / "handed in: Übung"
    handed.mkdir()
    write_storm(handed / "Ann.storm.yaml", reference_of(BICYCLES))
    (handed / "Bob.storm.yaml").write_text("name: Bob\nx-domain: bicycle-repair\n", "utf-8")
    (handed / "Eve.storm.yaml").write_text("events: [", "utf-8")
    paths = sorted(handed.glob("*.storm.yaml"))
    told = run("course", "score", *paths, "--domain", "bicycle-repair").stdout
    assert "100%" in told and "not attempted" in told
    found = run_json("course", "score", *paths, "--domain", "bicycle-repair")
    assert [one["state"] for one in found] == ["scored", "not attempted", "not readable"]
    assert found[0]["points"] == 1.0 and len(found[0]["steps"]) == 8 and found[2]["error"]


def test_a_learner_edition_scores_nothing_and_says_so(shown: list[str], tmp_path: Path) -> None:
    made = lay_out_learner_edition(tmp_path / "edition", ROOT / "notebooks", ROOT / "data")
    assert not [
        path.name for path in (made / "data").rglob("*") if path.name.startswith(("reference", "mended"))
    ]
    assert (made / "data" / "course" / "domains" / "bicycle-repair" / "brief.md").is_file()
    asked = (
        "from anycompany.cli import main; import sys; "
        "sys.argv = ['anycompany', 'course', 'score', 'x.storm.yaml', '--domain', 'bicycle-repair']; main()"
    )
    (made / "x.storm.yaml").write_text("name: X\nevents: {a: {name: Bike Repaired}}\n")
    done = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        cwd=made,
        env={"PYTHONPATH": str(made)},
        check=False,
    )
    assert done.returncode == 1 and "learner edition" in done.stderr, done.stderr
    listed = subprocess.run(
        [sys.executable, "-c", asked.replace("'score', 'x.storm.yaml', '--domain', 'bicycle-repair'", "'domains'")],
        capture_output=True, text=True, cwd=made, env={"PYTHONPATH": str(made)}, check=False,
    )  # fmt: skip
    assert "Give your storm file to your instructor" in listed.stdout, listed.stderr
    begun = subprocess.run(
        [sys.executable, "-c", asked.replace("'score', 'x.storm.yaml', '--domain', ", "'fault', 'silent-alarm', ").replace("'bicycle-repair'", "'here'")],
        capture_output=True, text=True, cwd=made, env={"PYTHONPATH": str(made)}, check=False,
    )  # fmt: skip
    assert begun.returncode == 0 and (made / "here" / "silent-alarm.storm.yaml").is_file(), begun.stderr


def test_a_page_has_faults_to_mend_in_files_of_ones_own(
    shown: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from anycompany.course.progress import Record, read_progress
    from anycompany.workbook import mending, walls

    page = Page(str(EXAMPLE), "find_the_fault")
    assert isinstance(page, MendingPage)
    page.faults()
    assert "silent-alarm" in shown[-1]
    page.fault("silent-alarm")
    page.mended("silent-alarm")
    assert "Not attempted yet" in shown[-1] and not (tmp_path / "faults").exists(), "nobody looks on"
    opened: list[Path] = []
    monkeypatch.setattr(mending, "somebody_looks_on", lambda: True)
    monkeypatch.setattr(walls, "wall_on_demand", lambda path, step, then: opened.append(path))
    page.fault("silent-alarm")
    assert opened == [tmp_path / "faults" / "silent-alarm.storm.yaml"]
    opened[0].write_text(opened[0].read_text().replace("{amount: [", "{total: ["))
    page.mended("silent-alarm")
    assert "✓ Mended" in shown[-1]
    page.fault("almighty-role")
    assert "OrdersRole" in shown[-1]
    page.mended("almighty-role")
    assert "Not attempted yet" in shown[-1]
    for number in (1, 2, 3, 3):
        page.fault_hint("almighty-role")
        assert f"Hint {number} of 3" in shown[-1]
    other = Page(str(EXAMPLE), "find_the_fault")
    assert isinstance(other, MendingPage)
    other.fault_hint("almighty-role")
    assert "Hint 3 of 3" in shown[-1], "hints are remembered from one kernel to the next"
    kept = read_progress(tmp_path, "faults")
    assert kept == {"silent-alarm": Record("right", 1), "almighty-role": Record(hints=3)}
    other.progress()
    assert "1 of 10 faults are mended" in shown[-1] and "silent-alarm" in shown[-1]
    (tmp_path / "faults" / "growing-bill.storm.yaml").write_text("events: [")
    page.mended("growing-bill")
    page.fault(3)
    assert "There is no fault" in shown[-1]


def test_the_command_line_has_faults_too(tmp_path: Path) -> None:
    assert len(run_json("course", "faults")) >= 10
    folder = tmp_path / "alarm"
    assert "48,000" in run("course", "fault", "silent-alarm", folder).stdout
    assert "Not attempted yet" in run("course", "check", folder, code=1).stdout
    assert "Hint 2" in run("course", "fault", "silent-alarm", folder, "--hints", "2").stdout
    path = folder / "silent-alarm.storm.yaml"
    path.write_text(path.read_text().replace("{amount: [", "{total: ["))
    assert run_json("course", "check", folder)["state"] == "right"
    assert "no fault to mend" in run("course", "check", tmp_path, code=1).stderr


def test_every_domain_has_a_reference_here_and_says_where_it_is_missing() -> None:
    for one in domains():
        assert reference_of(one).name
    with pytest.raises(StormError, match="learner edition"):
        reference_of(PARCELS.model_copy(update={"id": "elsewhere"}))
