"""The notebooks as they are committed."""

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from anycompany.storm.method import STEPS
from anycompany.workbook.chapters import BESIDE, CHAPTERS

from ..storms import ROOT

FOLDER = ROOT / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
DEPLOYING = ["storm", "target", "region", "profile", "endpoint_url", "stage", "account", "apply"]
PARAMETERS = {
    "07_event_bus": [*DEPLOYING, "simulation"],
    "08_shared_schemas": [*DEPLOYING, "allow_breaking", "events"],
    "09_deploy": [*DEPLOYING, "allow_breaking"],
    "10_watch_events": [*DEPLOYING, "recorded"],
}


def id_of(path: Path) -> str:
    return path.stem


def code_of(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, 4).cells if cell.cell_type == "code"]


def parameters_of(path: Path) -> ast.Module:
    [cell] = [cell for cell in code_of(path) if cell.metadata.get("tags") == ["parameters"]]
    return ast.parse(cell.source)


def test_there_are_thirteen_and_they_are_the_chapters_of_the_workbook_and_those_beside_them() -> None:
    assert [path.stem for path in NOTEBOOKS] == [one.notebook for one in (*CHAPTERS, *BESIDE.values())]
    assert len(NOTEBOOKS) == 13


@pytest.mark.parametrize("path", NOTEBOOKS, ids=id_of)
def test_a_notebook_is_valid_and_holds_no_outputs_and_no_widget_state(path: Path) -> None:
    notebook = nbformat.read(path, 4)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info == {"name": "python"}
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    for cell in code_of(path):
        assert cell.outputs == [] and cell.execution_count is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=id_of)
def test_a_notebook_is_written_as_jupyter_writes_it_with_ids_that_say_what_a_cell_is(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    assert path.read_text("utf-8") == json.dumps(document, indent=1, ensure_ascii=False) + "\n"
    ids = [cell["id"] for cell in document["cells"]]
    assert len(ids) == len(set(ids))
    assert all(re.fullmatch(r"[a-z][a-z-]+", identifier) for identifier in ids)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=id_of)
def test_the_parameters_are_literals_and_nothing_else(path: Path) -> None:
    names = []
    for statement in parameters_of(path).body:
        assert isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)
        ast.literal_eval(statement.value)
        names.append(statement.targets[0].id)
    assert names == PARAMETERS.get(path.stem, ["storm"])


@pytest.mark.parametrize("path", NOTEBOOKS[7:11], ids=id_of)
def test_nothing_is_deployed_to_aws_unless_a_person_says_so(path: Path) -> None:
    said = {s.targets[0].id: ast.literal_eval(s.value) for s in parameters_of(path).body}  # type: ignore[attr-defined]
    assert said["apply"] is None and said["target"] == "local"
    assert not said.get("allow_breaking")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=id_of)
def test_cells_import_and_call_the_package_only(path: Path) -> None:
    known = {"page", "place", "open_page", "minimal_bus", "additions"}
    for cell in code_of(path):
        if cell.metadata.get("tags") == ["parameters"]:
            continue
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom):
                assert node.module == "anycompany.workbook"
            assert not isinstance(node, ast.Import | ast.FunctionDef | ast.For | ast.If | ast.With)
            if isinstance(node, ast.Call):
                called = node.func.value if isinstance(node.func, ast.Attribute) else node.func
                assert isinstance(called, ast.Name) and called.id in known


@pytest.mark.parametrize("path", NOTEBOOKS, ids=id_of)
def test_the_first_cell_opens_the_page_at_its_number_and_the_last_one_finishes_it(path: Path) -> None:
    cells = code_of(path)
    number = f'"{path.stem}"' if path.stem in BESIDE else str(int(path.stem[:2]))
    assert f"open_page(storm, {number})" in cells[1].source
    assert cells[-1].source == "page.finish()"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=id_of)
def test_one_idea_a_cell(path: Path) -> None:
    for cell in code_of(path):
        if cell.id not in ("parameters", "open") and not cell.id.startswith("attempt-"):
            assert len(cell.source.splitlines()) <= 3, cell.id
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "markdown":
            assert len(cell.source) < 1100, cell.id


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_a_steps_notebook_asks_its_question_and_shows_wall_tables_and_findings(step) -> None:  # type: ignore[no-untyped-def]
    path = FOLDER / f"{step.notebook}.ipynb"
    title = nbformat.read(path, 4).cells[0].source
    assert title.startswith(f"# {step.number} · {step.name}\n\n**{step.question}**")
    code = "\n".join(cell.source for cell in code_of(path))
    for call in ("page.header()", "page.board()", "page.table(", "page.findings()"):
        assert call in code


@pytest.mark.parametrize("path", NOTEBOOKS, ids=id_of)
def test_every_link_and_every_file_that_is_named_is_there(path: Path) -> None:
    for cell in nbformat.read(path, 4).cells:
        for target in re.findall(r"\]\(([^)]+)\)", cell.source):
            assert (FOLDER / target).exists(), target
    for chapter in CHAPTERS:
        assert (FOLDER / f"{chapter.notebook}.ipynb").exists()
    storm = ast.literal_eval(parameters_of(path).body[0].value)  # type: ignore[attr-defined]
    assert (FOLDER / storm).exists()


def test_the_shipped_events_are_entries_for_put_events_and_one_amount_is_a_text() -> None:
    files = sorted((ROOT / "data" / "events").glob("*.json"))
    entries = [entry for path in files for entry in json.loads(path.read_text("utf-8"))]
    for entry in entries:
        assert set(entry) == {"Time", "Source", "DetailType", "Detail", "EventBusName"}
        assert isinstance(json.loads(entry["Detail"]), dict)
    amounts = [json.loads(entry["Detail"]).get("transaction-amount") for entry in entries]
    assert "20750.00" in amounts and 20750.0 in amounts
