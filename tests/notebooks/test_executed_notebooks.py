"""The notebooks executed for real, each on the worked example and all on storms that are not finished."""

import json
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest

from anycompany.aws.session import Clients
from anycompany.storm.model import Storm

from ..markup import check_harmless, pictures
from ..storms import EXAMPLE, HOSTILE_TEXTS, ROOT, load, storm_of
from .executing import NOTEBOOKS, errors_of, execute, execute_all_in_one_kernel, outputs_of, shown, written

pytestmark = pytest.mark.usefixtures("local_aws")
HOTEL = load(ROOT / "tests" / "domains" / "hotel.storm.yaml")
LIBRARY = load(ROOT / "tests" / "domains" / "library.storm.yaml")


def check_every_output(notebook: nbformat.NotebookNode) -> None:
    """Assert that every output is shown by an untrusted notebook, and every diagram is a picture."""
    for _, output in outputs_of(notebook):
        assert output.output_type == "display_data"
        check_harmless(dict(output.data))
    for cell in notebook.cells:
        if "page.diagram(" in cell.source:
            [output] = cell.outputs
            assert pictures(output.data["text/html"]), cell.id


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_by_itself_on_the_worked_example(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYCOMPANY_OUT", str(tmp_path))
    before = EXAMPLE.read_bytes()
    notebook = execute(path, tmp_path / path.name)
    assert errors_of(notebook) == []
    check_every_output(notebook)
    assert "widgets" not in notebook.metadata
    assert EXAMPLE.read_bytes() == before
    if path.stem.startswith("09"):
        stacks = json.loads((tmp_path / "deployed.json").read_text())["stacks"]
        assert "anycompany-service-billing" in stacks
    if path.stem.startswith("10"):
        trace = json.loads((tmp_path / "trace.json").read_text())
        assert "customer-subscribed" in {step["event"] for step in trace["steps"]}
        [diagram] = [output for cell, output in outputs_of(notebook) if cell == "diagram"]
        assert pictures(diagram.data["text/html"])
        assert "All of the design that a trace can show was seen running" in shown(notebook)
        assert "The simulation gives the same trace" in shown(notebook)
        assert "No log of recorded events was given" in shown(notebook)
    if path.stem.startswith("07"):
        check_simulated_day(notebook)
    if path.stem.startswith("08"):
        assert "a text never matches a number" in shown(notebook)
    if path.stem.startswith("05"):
        assert "Borders, weighed by a simulated day" in shown(notebook)


def check_simulated_day(notebook: nbformat.NotebookNode) -> None:
    """Assert that a notebook shows a day with its plots as pictures, and says what its rules can match."""
    by_cell = dict(outputs_of(notebook))
    for cell in ("play", "load", "latency", "cost-plot"):
        assert pictures(by_cell[cell].data["text/html"]), cell
    said = shown(notebook)
    for part in (
        "Can each rule ever match?",
        "events arrived in",
        "AWS quotas",
        "twice the traffic",
        "Cost a month",
    ):
        assert part in said


def only(storm: Storm, *sections: str) -> Storm:
    """A storm that has come only so far: with these sections of it, and a bus of its own."""
    said = storm.document()
    kept = {key: said[key] for key in sections if key in said}
    return Storm.model_validate({"name": f"{storm.name} {len(sections)}", "format": 1, **kept})


def dangling(storm: Storm) -> Storm:
    """A storm with references to things that are not there."""
    said = storm.document()
    for section in ("events", "entities", "contexts"):
        del said[section][next(iter(said[section]))]
    return Storm.model_validate({**said, "name": "Dangling", "bus": {"name": "dangling"}})


def test_a_team_gives_settings_samples_and_a_log_of_its_own(tmp_path: Path) -> None:
    where = {"amount": [{"numeric": [">", 100]}]}
    event = next(iter(HOTEL.events))
    source, name = HOTEL.relations.address_of[event]
    team = HOTEL.set(name="Own files", bus={"name": "own-files"})
    team = team.add_listener("Large deposits", for_="Fraud", hears=[event], where=where)
    storm = written(team, tmp_path / "own.storm.yaml")
    (tmp_path / "day.yaml").write_text(
        f"arrivals: {{{event}: {{rate: 30, per: hour, comes: bursts, burst: 5}}}}\n"
    )
    sample = {"source": source, "detail-type": name, "detail": {"amount": "250.00"}}
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "one.json").write_text(json.dumps([sample]))
    (tmp_path / "log.ndjson").write_text(
        json.dumps({**sample, "time": "2026-01-01T00:00:00Z"}) + "\nbroken\n"
    )
    notebook = execute_all_in_one_kernel(
        storm,
        simulation=str(tmp_path / "day.yaml"),
        events=str(tmp_path / "samples"),
        recorded=str(tmp_path / "log.ndjson"),
    )
    assert errors_of(notebook) == []
    check_every_output(notebook)
    said = shown(notebook)
    assert "30 a hour, bursts" in said or "30 an hour, bursts" in said
    assert 'amount is the text "250.00", and numeric > 100 asks for a number' in said
    assert "1 events were read" in said or "1 event was read" in said
    assert "The simulation gives the same trace" in said


UNFINISHED = {
    "a name": Storm(name="Nothing yet"),
    "events": only(HOTEL, "events"),
    "events in order": only(LIBRARY, "events", "timeline"),
    "no services": only(
        HOTEL, "events", "timeline", "triggers", "policies", "entities", "contexts", "listeners"
    ),
    "hostile texts": storm_of(HOSTILE_TEXTS).set(bus={"name": "hostile"}),
}


@pytest.mark.parametrize("storm", UNFINISHED.values(), ids=UNFINISHED)
def test_all_notebooks_explain_an_unfinished_storm_and_end_well(storm: Storm, tmp_path: Path) -> None:
    notebook = execute_all_in_one_kernel(written(storm, tmp_path / "team.storm.yaml"))
    assert errors_of(notebook) == []
    check_every_output(notebook)
    if not storm.services:
        assert "Still missing" in shown(notebook)


def test_a_storm_with_errors_is_shown_and_is_not_deployed(tmp_path: Path, local_aws: Clients) -> None:
    storm = written(dangling(HOTEL), tmp_path / "dangling.storm.yaml")
    notebook = execute_all_in_one_kernel(storm)
    assert errors_of(notebook) == []
    check_every_output(notebook)
    assert "is not deployed" in shown(notebook)
    buses = local_aws.client("events").list_event_buses()["EventBuses"]
    assert "dangling" not in {bus["Name"] for bus in buses}


def test_whoever_asks_for_a_deploy_that_is_refused_gets_a_failed_run(tmp_path: Path) -> None:
    storm = written(dangling(HOTEL), tmp_path / "dangling.storm.yaml")
    with pytest.raises(papermill.PapermillExecutionError, match="the checks found errors") as failed:
        execute(NOTEBOOKS[9], tmp_path / "out.ipynb", storm=str(storm), apply=True)
    assert failed.value.ename == "PageError"


BROKEN: dict[str, tuple[str | None, str]] = {
    "missing": (None, "no.storm.yaml"),
    "empty": ("", "nothing in the file"),
    "of another kind": ("- a list\n", "storm.yaml"),
    "cut off": ("name: Inn\nevents: {room-booked: {name: Ro", ":2"),
    "newer": ("format: 99\nname: Inn\n", "format"),
}


@pytest.mark.parametrize(("text", "named"), BROKEN.values(), ids=BROKEN)
def test_a_storm_that_cannot_be_opened_is_explained_once_and_fails_the_run_at_its_end(
    text: str | None, named: str, tmp_path: Path
) -> None:
    storm = tmp_path / "no.storm.yaml"
    if text is not None:
        storm.write_text(text)
    with pytest.raises(papermill.PapermillExecutionError) as failed:
        execute(NOTEBOOKS[9], tmp_path / "out.ipynb", storm=str(storm))
    assert failed.value.ename == "PageError"
    assert named in failed.value.evalue
    notebook = nbformat.read(tmp_path / "out.ipynb", 4)
    spoken = [(cell, output) for cell, output in outputs_of(notebook) if "papermill-error" not in cell]
    said = [output.data["text/plain"] for cell, output in spoken if output.output_type == "display_data"]
    assert len([text for text in said if text.startswith("Problem.")]) == 1
    [error] = [output for _, output in spoken if output.output_type == "error"]
    assert len(error.traceback) == 1 and "Traceback" not in error.traceback[0]


@pytest.mark.parametrize(
    ("number", "parameter"), [(7, "simulation"), (8, "events"), (10, "recorded")], ids=["07", "08", "10"]
)
def test_a_file_that_is_not_there_is_said_once_and_fails_the_run_at_its_end(
    number: int, parameter: str, tmp_path: Path
) -> None:
    missing = str(tmp_path / "not-here.yaml")
    with pytest.raises(papermill.PapermillExecutionError, match="not-here") as failed:
        execute(NOTEBOOKS[number], tmp_path / "out.ipynb", apply=False, **{parameter: missing})
    assert failed.value.ename == "PageError"
    assert shown(nbformat.read(tmp_path / "out.ipynb", 4)).count("Problem.") == 1


def test_without_credentials_one_message_says_so_and_the_run_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(papermill.PapermillExecutionError, match="no AWS credentials were found"):
        execute(NOTEBOOKS[9], tmp_path / "out.ipynb", target="aws", region="eu-central-1", apply=True)
    said = shown(nbformat.read(tmp_path / "out.ipynb", 4))
    assert said.count("Problem.") == 1


def test_on_aws_nothing_is_made_until_apply_is_true(
    tmp_path: Path, local_aws: Clients, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
    storm = written(HOTEL.set(name="Careful", bus={"name": "careful"}), tmp_path / "hotel.storm.yaml")
    there: dict[str, Any] = {
        "storm": str(storm),
        "target": "aws",
        "region": "us-east-1",
        "endpoint_url": local_aws.endpoint_url,
    }

    def buses() -> set[str]:
        return {bus["Name"] for bus in local_aws.client("events").list_event_buses()["EventBuses"]}

    looked = execute(NOTEBOOKS[9], tmp_path / "looked.ipynb", **there)
    assert "this only looked" in shown(looked)
    watched = shown(execute(NOTEBOOKS[10], tmp_path / "watched.ipynb", **there))
    assert "Not everything is deployed" in watched and "Nothing was sent" in watched
    assert "careful" not in buses()
    done = execute(NOTEBOOKS[9], tmp_path / "done.ipynb", **there, apply=True)
    assert "created" in shown(done)
    assert "careful" in buses()


def test_an_apply_that_says_neither_yes_nor_no_deploys_nothing_and_fails(tmp_path: Path) -> None:
    with pytest.raises(papermill.PapermillExecutionError, match="neither yes nor no"):
        execute(NOTEBOOKS[9], tmp_path / "out.ipynb", apply="yes")
