"""What reviewers' tools say of the templates: checkov of every one, `sam validate --lint` of every property."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from anycompany.stacks.stack import Stack
from anycompany.stacks.synth import synth, template_yaml
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm

from .privilege import CODE, harbour, with_functions
from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, ROOT, load, storm_of

TOOLS = ROOT / ".tools"
SAM = """
import sys
from click.testing import CliRunner
from samcli.cli.main import cli
for file in sys.argv[1:]:
    done = CliRunner().invoke(cli, ["validate", "--lint", "--template-file", file, "--region", "us-east-1"])
    if done.exit_code or "is a valid SAM Template" not in done.output:
        print(file, done.output, repr(done.exception))
"""


def storms() -> Iterator[Storm]:
    yield from map(load, ALL)
    yield storm_of(HOSTILE_TEXTS)
    yield with_functions()
    yield harbour()
    yield load(EXAMPLE).set(bus={"accounts": ["111122223333"], "organization": "o-abcdefghij", "key": "own"})


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Stack]:
    """The templates of all storms as files, and those of the worked example as they go to production."""
    folder = tmp_path_factory.mktemp("templates")
    made = [
        (f"{index}", synth(with_guesses(storm), code=CODE).stacks) for index, storm in enumerate(storms())
    ]
    made.append(("production", synth(load(EXAMPLE), with_marker=False).stacks))
    files = {folder / f"{of}-{stack.name}.yaml": stack for of, stacks in made for stack in stacks}
    for file, stack in files.items():
        file.write_text(template_yaml(stack))
    return files


def properties_of(stack: Stack) -> set[tuple[str, str]]:
    """Every type of resource with each of its properties that the stack uses."""
    return {
        (one["Type"], key)
        for one in stack.template["Resources"].values()
        for key in one.get("Properties", {})
    }


def fewest(templates: dict[Path, Stack]) -> list[Path]:
    """A few templates in which everything stands that stands in any: the one with most that is new, each time."""
    left = set[tuple[str, str]]().union(*map(properties_of, templates.values()))
    chosen = []
    while left:
        best = max(templates, key=lambda file: len(left & properties_of(templates[file])))
        chosen.append(best)
        left -= properties_of(templates[best])
    return chosen


def offline(home: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "SAM_CLI_TELEMETRY": "0",
        "AWS_DEFAULT_REGION": "us-east-1",
    }


def test_checkov_has_nothing_to_say_about_any_template(templates: dict[Path, Stack], tmp_path: Path) -> None:
    folder = next(iter(templates)).parent
    flags = ["--framework", "cloudformation", "--skip-download", "--quiet", "--compact", "--output", "json"]
    done = subprocess.run(
        [TOOLS / "checkov" / "bin" / "python", "-m", "checkov.main", "--directory", folder, *flags],
        capture_output=True,
        text=True,
        check=False,
        env=offline(tmp_path),
    )
    said: dict[str, Any] = json.loads(done.stdout)
    found = {
        f"{one['check_id']} {one['check_name']}: {one['resource']} in {Path(one['file_path']).name}"
        for one in said["results"]["failed_checks"]
    }
    assert found == set(), done.stderr
    assert said["summary"]["parsing_errors"] == 0
    assert said["summary"]["resource_count"] >= sum(
        len(stack.template["Resources"]) for stack in templates.values()
    )


def test_every_rule_of_checkov_that_is_suppressed_has_its_reason(templates: dict[Path, Stack]) -> None:
    skips = [
        skip
        for stack in templates.values()
        for one in stack.template["Resources"].values()
        for skip in one["Metadata"].get("checkov", {}).get("skip", [])
    ]
    assert skips
    assert all(skip["id"].startswith("CKV") and len(skip["comment"].split()) > 5 for skip in skips)


def test_sam_validate_has_nothing_to_say_about_any_property_of_any_template(
    templates: dict[Path, Stack], tmp_path: Path
) -> None:
    done = subprocess.run(
        [TOOLS / "sam" / "bin" / "python", "-c", SAM, *fewest(templates)],
        capture_output=True,
        text=True,
        check=True,
        env=offline(tmp_path),
        cwd=tmp_path,
    )
    assert done.stdout == ""
