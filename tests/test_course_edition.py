"""The learner edition: everything but what gives an answer away, ready for Binder."""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from anycompany.course.edition import lay_out_learner_edition
from anycompany.course.exercises import IDS, exercises_of
from anycompany.course.solutions import solution_of
from anycompany.storm.errors import StormError

from .storms import ROOT


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hand-out") / "learners"
    made = subprocess.run(
        [sys.executable, "-c", "from anycompany.cli import main; main()", "course", "learner", str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert "no solutions" in made.stdout
    return folder


def test_no_worked_solution_and_no_reference_is_anywhere_in_it(edition: Path) -> None:
    told = [solution_of(one) for step in IDS for one in exercises_of(step)]
    secrets = [" ".join(one.answer.split()) for one in told if len(one.answer) > 40]
    secrets += [reason for one in told for reason in one.because]
    files = [path for path in edition.rglob("*") if path.is_file()]
    assert len(files) > 300
    for path in files:
        if path.suffix in (".py", ".json", ".yaml", ".md", ".ipynb", ".js", ".toml"):
            text = " ".join(path.read_text("utf-8").split())
            assert not [secret for secret in secrets if secret in text], path
        assert not path.name.startswith(("solution", "reference")) or path.suffix == ".py", path


def test_it_is_a_repository_that_binder_opens_and_whose_package_runs(edition: Path) -> None:
    listed = yaml.safe_load((edition / "environment.yml").read_text())["dependencies"]
    assert "-e .[local]" in listed[-1]["pip"]
    project = tomllib.loads((edition / "pyproject.toml").read_text())
    for needed in (project["project"]["readme"], *project["project"]["license-files"]):
        assert (edition / needed).is_file()
    for source in project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]:
        assert (edition / source).exists()
    for links in (edition / "README.md", edition / "notebooks" / "learner-edition.md"):
        assert "00_start_here.ipynb" in links.read_text()
    code = (
        "from anycompany.workbook import open_page, learning\n"
        "import anycompany; print(anycompany.__file__)\n"
        "learning.Slot = lambda draw: print(draw())\n"
        "page = open_page('../data/anycompany.storm.yaml', 1)\n"
        "page.check('name-events', ['Book bike'])\n"
        "page.hint('name-events')\n"
        "page.solution('name-events')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=edition / "notebooks",
        env={**os.environ, "PYTHONPATH": str(edition)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert str(edition) in done.stdout
    for said in ("A command instead of an event", "Hint 1 of 3", "This is a learner edition"):
        assert said in done.stdout
    before = {path.name for path in (ROOT / "notebooks").glob("[0-9]*.ipynb")}
    assert {path.name for path in (edition / "notebooks").glob("[0-9]*.ipynb")} == before


def test_it_can_be_made_from_a_learner_edition_too(edition: Path, tmp_path: Path) -> None:
    made = lay_out_learner_edition(tmp_path / "again", edition / "notebooks", edition / "data")
    assert json.loads((made / "data" / "course" / "glossary.json").read_text())["terms"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(StormError, match="something already"):
        lay_out_learner_edition(tmp_path, ROOT / "notebooks", ROOT / "data")
    with pytest.raises(StormError, match="inside of the package"):
        lay_out_learner_edition(ROOT / "anycompany" / "copy", ROOT / "notebooks", ROOT / "data")
    with pytest.raises(StormError):
        lay_out_learner_edition(tmp_path / "new", tmp_path / "none", ROOT / "data")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
