"""The project keeps its own promises: ranges, notebooks, words."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent
CONDA_NAMES = {"python-graphviz": "graphviz", "matplotlib-base": "matplotlib"}


def split(requirement: str) -> tuple[str, str]:
    found = re.fullmatch(r"([A-Za-z0-9._-]+?)(\[.*\])?((?:[<>=!~]).*)?", requirement.replace(" ", ""))
    assert found, requirement
    return found[1].lower(), found[3] or ""


def project() -> dict[str, object]:
    loaded: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return loaded


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", *patterns], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).exists()]


def test_the_conda_environment_has_the_version_ranges_of_the_package() -> None:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    conda = dict(split(line) for line in listed if isinstance(line, str))
    conda |= dict(split(line) for line in listed[-1]["pip"] if not line.startswith("-"))
    conda.pop("graphviz")  # the program; python-graphviz is the package
    ours = {CONDA_NAMES.get(name, name): wanted for name, wanted in conda.items()}
    needed = dict(split(requirement) for requirement in project()["dependencies"])  # type: ignore[attr-defined]
    assert {name: ours.get(name) for name in needed} == needed


def test_every_dependency_is_justified_in_one_line() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text()
    extras = project()["optional-dependencies"]
    groups = [project()["dependencies"], *extras.values()]  # type: ignore[attr-defined]
    needed = {split(requirement)[0] for group in groups for requirement in group}
    for manifest in ("tests/node/package.json", "benchmarks/react_flow/package.json"):
        said = json.loads((ROOT / manifest).read_text())
        needed |= {*said["dependencies"], *said["devDependencies"]}
    justified = set(re.findall(r"^\| `([@A-Za-z0-9._/-]+)`", page, re.MULTILINE))
    assert justified == needed


@pytest.mark.parametrize("path", tracked("notebooks/*.ipynb"), ids=lambda path: path.stem)
def test_notebooks_are_committed_without_outputs(path: Path) -> None:
    cells = json.loads(path.read_text())["cells"]
    assert not [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]


def test_every_local_link_of_the_docs_leads_somewhere() -> None:
    broken = []
    for page in tracked("*.md", "docs/*.md"):
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text()):
            if "://" not in target and not (page.parent / target).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert not broken
