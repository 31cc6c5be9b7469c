"""The runner: notebooks through papermill, and what a run leaves behind."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from anycompany.aws.session import Clients, Target
from anycompany.storm.errors import StormError
from anycompany.workbook.layout import NOTEBOOKS, notebook_files, shipped
from anycompany.workbook.runner import RunResult, run

from .storms import EXAMPLE

NOWHERE = Target("aws", region="eu-central-1", endpoint_url="http://127.0.0.1:9")
FINE = ("storm = 'x'", "print(storm)")
WIDGET = ("storm = 'x'", "import ipywidgets; ipywidgets.IntSlider()")
ENVIRONMENT = (
    "storm = 'x'\nregion = None\nprofile = None\ncolour = 'grey'",
    "import json, os\nprint(json.dumps([storm, region, profile, colour, os.getcwd(),"
    " os.environ['ANYCOMPANY_HEADLESS'], os.environ['ANYCOMPANY_OUT']]))",
)
FAILS = ("target = 'local'", "print('begun')", "raise ValueError('no <such>\\nthing')", "print('never')")
ON_AWS = ("target = 'local'", "print(target)")


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook whose first code cell holds its parameters, below a heading."""
    made = [new_code_cell(source) for source in cells]
    made[0].metadata["tags"] = ["parameters"]
    notebook = new_notebook(cells=[new_markdown_cell("# A notebook"), *made])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, path)


def outputs_of(path: Path) -> str:
    """All that the cells of an executed notebook printed."""
    cells = nbformat.read(path, as_version=4).cells
    return "".join(out.get("text", "") for cell in cells for out in cell.get("outputs", []))


@dataclass
class Run:
    """A run of tiny notebooks, of which one fails, and what was there before it."""

    result: RunResult
    out: Path
    notebooks: Path
    storm: Path
    told: list[tuple[int, int, str]]

    def executed(self, name: str) -> Path:
        return self.out / "notebooks" / f"{name}.ipynb"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("a {b} folder")
    notebooks, out, storm = folder / "notebooks", folder / "out", folder / "hotel.storm.yaml"
    notebooks.mkdir()
    shutil.copy(EXAMPLE, storm)
    for name, cells in {
        "00_fine": FINE,
        "01_widget": WIDGET,
        "02_environment": ENVIRONMENT,
        "03_fails": FAILS,
        "04_builds_on_it": ON_AWS,
    }.items():
        write_notebook(notebooks / f"{name}.ipynb", *cells)
    (out / "stacks").mkdir(parents=True)
    for mine in ("notes.txt", "stacks/mine.yaml", "stacks/stale.yaml"):
        (out / mine).write_text("before")
    outside = folder / "outside.txt"
    outside.write_text("before")
    (out / "run.json").write_text(json.dumps({"files": ["stacks/stale.yaml", "../outside.txt", "gone.svg"]}))
    told: list[tuple[int, int, str]] = []
    result = run(
        storm,
        out,
        target=NOWHERE,
        apply=False,
        notebooks=notebooks,
        parameters={"colour": "blue"},
        progress=lambda done, of, doing: told.append((done, of, doing)),
    )
    yield Run(result, out, notebooks, storm, told)


def test_a_failing_notebook_is_named_with_its_cell_and_line_and_the_others_go_on(tiny: Run) -> None:
    wrong = {outcome.name: outcome.wrong for outcome in tiny.result.outcomes}
    assert not tiny.result.fine
    assert wrong == {
        "00_fine": "",
        "01_widget": "",
        "02_environment": "",
        "03_fails": "cell 4: ValueError: no <such>",
        "04_builds_on_it": "not run, because 03_fails failed",
    }


def test_what_a_failing_notebook_did_before_is_kept(tiny: Run) -> None:
    assert "begun" in outputs_of(tiny.executed("03_fails"))
    assert "never" not in outputs_of(tiny.executed("03_fails"))
    assert not tiny.executed("04_builds_on_it").exists()


def test_a_notebook_gets_the_values_it_declares_and_no_others(tiny: Run) -> None:
    storm, region, profile, colour, folder, headless, out = json.loads(
        outputs_of(tiny.executed("02_environment"))
    )
    assert (storm, region, colour) == (str(tiny.storm), "eu-central-1", "blue")
    assert profile is None
    assert (folder, headless, out) == (str(tiny.notebooks), "1", str(tiny.out))
    metadata = nbformat.read(tiny.executed("02_environment"), as_version=4).metadata
    assert metadata["papermill"]["parameters"].keys() == {"storm", "region", "colour"}
    assert "profile" not in nbformat.read(tiny.executed("02_environment"), as_version=4).cells[2].source


def test_the_environment_of_the_caller_is_as_it_was(tiny: Run) -> None:
    assert not {"ANYCOMPANY_HEADLESS", "ANYCOMPANY_OUT"} & os.environ.keys()


def test_widget_state_is_not_stored(tiny: Run) -> None:
    executed = nbformat.read(tiny.executed("01_widget"), as_version=4)
    assert "widgets" not in executed.metadata
    assert any("application/vnd.jupyter.widget-view+json" in str(cell) for cell in executed.cells)


def test_diagrams_templates_and_a_report_are_written(tiny: Run) -> None:
    diagrams = {path.name for path in (tiny.out / "diagrams").iterdir()}
    assert {"timeline.svg", "flow.svg", "architecture.svg", "service-billing.svg"} <= diagrams
    assert {"day-load.svg", "day-latency.svg", "day-cost.svg"} <= diagrams
    assert "AWS::Events::EventBus" in (tiny.out / "stacks" / "anycompany-bus.yaml").read_text()
    report = tiny.result.report.read_text()
    assert tiny.result.report == tiny.out / "report.html"
    assert "cell 4: ValueError: no &lt;such&gt;" in report and "Not deployed." in report


def test_files_of_an_earlier_run_are_replaced_and_others_left_alone(tiny: Run) -> None:
    assert not (tiny.out / "stacks" / "stale.yaml").exists()
    assert (tiny.out / "notes.txt").read_text() == "before"
    assert (tiny.out / "stacks" / "mine.yaml").read_text() == "before"
    assert (tiny.out.parent / "outside.txt").read_text() == "before"
    listed = json.loads((tiny.out / "run.json").read_text())["files"]
    assert all((tiny.out / name).is_file() for name in listed)
    assert {"report.html", "notebooks/00_fine.ipynb", "stacks/anycompany-bus.yaml"} <= set(listed)


def test_progress_names_notebook_and_cell_and_never_passes_the_end(tiny: Run) -> None:
    assert "03_fails, cell 4" in {doing for _, _, doing in tiny.told}
    assert all(done <= of for done, of, _ in tiny.told)


def no_run(folder: Path, *, target: Target = NOWHERE, **more: object) -> StormError:
    """The error that a run ends with before anything runs."""
    notebooks = folder / "notebooks"
    notebooks.mkdir(exist_ok=True)
    write_notebook(notebooks / "00_fine.ipynb", "storm = 'x'\ncolour = 'grey'", "print(1)")
    with pytest.raises(StormError) as caught:
        run(EXAMPLE, folder / "out", **({"target": target, "notebooks": notebooks} | more))
    assert not (folder / "out" / "notebooks").exists()
    return caught.value


def test_a_parameter_that_no_notebook_has_is_refused_by_name(tmp_path: Path) -> None:
    error = no_run(tmp_path, parameters={"color": "blue"})
    assert "No notebook has a parameter 'color'" in str(error) and "colour" in error.remedy


def test_a_parameter_with_an_option_of_its_own_is_refused(tmp_path: Path) -> None:
    assert "'storm' has an option of its own" in str(no_run(tmp_path, parameters={"storm": "other"}))


def test_a_password_in_an_endpoint_is_never_stored(tmp_path: Path) -> None:
    target = Target("aws", region="eu-central-1", endpoint_url="http://me:secret@127.0.0.1:9")
    error = no_run(tmp_path, target=target)
    assert "password" in str(error) and "secret" not in str(error)


def test_a_folder_that_cannot_be_written_is_said_before_anything_runs(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    assert "cannot be written" in str(no_run(tmp_path))


def test_a_file_that_is_no_notebook_is_named(tmp_path: Path) -> None:
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "01_torn.ipynb").write_text('{"cells": [')
    error = no_run(tmp_path)
    assert "01_torn.ipynb" in error.where and "no notebook" in str(error)


def test_a_folder_without_notebooks_says_how_to_get_some(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "anycompany new" in no_run(tmp_path, notebooks=tmp_path / "empty").remedy


def test_a_kernel_that_dies_fails_its_notebook_only(tmp_path: Path) -> None:
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    write_notebook(
        notebooks / "00_dies.ipynb", "storm = 'x'", "print('last words')", "import os; os._exit(3)"
    )
    write_notebook(notebooks / "01_fine.ipynb", *FINE)
    result = run(EXAMPLE, tmp_path / "out", target=NOWHERE, notebooks=notebooks)
    assert [outcome.name for outcome in result.outcomes if outcome.wrong] == ["00_dies"]
    assert result.outcomes[0].wrong.startswith("cell 4: DeadKernelError")
    assert "last words" in outputs_of(tmp_path / "out" / "notebooks" / "00_dies.ipynb")


@pytest.fixture(scope="module")
def whole(local_aws: Clients, tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    """The worked example through the shipped notebooks, on an embedded AWS that was running before."""
    return run(EXAMPLE, tmp_path_factory.mktemp("run") / "out", target=Target("local"))


def test_the_worked_example_runs_from_sticky_notes_to_traced_events(whole: RunResult) -> None:
    assert [outcome.name for outcome in whole.outcomes if outcome.wrong] == []
    assert len(whole.outcomes) == 13 == len(notebook_files(shipped(NOTEBOOKS)))
    deployed = json.loads((whole.out / "deployed.json").read_text())
    assert deployed["applied"] and "anycompany-service-billing" in deployed["stacks"]
    trace = json.loads((whole.out / "trace.json").read_text())
    assert "customer-subscribed" in {step["event"] for step in trace["steps"]}
    report = whole.report.read_text()
    assert "This run did not finish" not in report
    assert "Running on the embedded AWS" in report and "parts seen running" in report


def test_an_embedded_aws_that_ran_before_goes_on_running(whole: RunResult, local_aws: Clients) -> None:
    assert whole.fine
    assert local_aws.client("cloudformation").describe_stacks(StackName="anycompany-bus")["Stacks"]


def test_no_executed_notebook_holds_a_secret_or_widget_state(whole: RunResult) -> None:
    for path in (whole.out / "notebooks").iterdir():
        executed = nbformat.read(path, as_version=4)
        assert "widgets" not in executed.metadata
        assert "aws_secret_access_key" not in path.read_text()


def test_a_storm_that_has_only_begun_runs_through_and_says_what_is_missing(
    local_aws: Clients, tmp_path: Path
) -> None:
    storm, notebooks = tmp_path / "inn.storm.yaml", tmp_path / "notebooks"
    storm.write_text("name: Inn\nevents:\n  room-booked: {name: Room Booked}\n")
    notebooks.mkdir()
    for path in notebook_files(shipped(NOTEBOOKS))[8:10]:  # that all of them run on it is tested elsewhere
        shutil.copy(path, notebooks)
    result = run(storm, tmp_path / "out", target=Target("local"), notebooks=notebooks)
    assert len(result.outcomes) == 2
    assert [outcome.name for outcome in result.outcomes if outcome.wrong] == []
    assert "“Room Booked” is not on the timeline" in result.report.read_text()


@pytest.mark.parametrize(("apply", "fine"), [(None, False), (False, True)])
def test_a_run_that_errors_keep_from_deploying_is_not_fine(
    apply: bool | None, fine: bool, local_aws: Clients, tmp_path: Path
) -> None:
    storm = tmp_path / "inn.storm.yaml"
    storm.write_text(
        "name: Inn\nevents: {a: {name: Room Booked}}\npolicies: {p: {when: [nowhere], emits: [a]}}\n"
    )
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    write_notebook(notebooks / "01_one.ipynb", "1 + 1")
    result = run(storm, tmp_path / "out", target=Target(), apply=apply, notebooks=notebooks)
    assert result.fine is fine
    assert ("There is no event 'nowhere'" in " ".join(result.problems)) is not fine
