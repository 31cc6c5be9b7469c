"""What notebooks leave for the report of their run."""

from pathlib import Path

import pytest

from anycompany.aws.deploy import Deployed
from anycompany.aws.plan import Change, Plan
from anycompany.aws.session import Identity, Target
from anycompany.workbook.pages import Page
from anycompany.workbook.plots import Plot
from anycompany.workbook.record import DEPLOYED, OUT, PLOTS, record_deploy, record_plan, recorded
from anycompany.workbook.simulated import simulated
from anycompany.workbook.simulation_pages import plots_of

from .storms import EXAMPLE, load

WHO = Identity("123456789012", "arn:aws:iam::123456789012:user/ada", "eu-central-1", "https://sts")
AWS = Target("aws")


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(OUT, str(tmp_path))
    return tmp_path


def test_nothing_is_left_outside_of_a_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OUT, raising=False)
    monkeypatch.chdir(tmp_path)
    record_deploy(WHO, AWS, Deployed({"inn-bus": "created"}, ()))
    assert not list(tmp_path.iterdir())
    assert recorded(tmp_path, DEPLOYED) is None


def test_what_one_notebook_created_stays_created_when_the_next_finds_it_unchanged(out: Path) -> None:
    record_deploy(WHO, AWS, Deployed({"inn-bus": "created"}, ()))
    record_deploy(WHO, AWS, Deployed({"inn-bus": "unchanged", "inn-service-desk": "created"}, ()))
    left = recorded(out, DEPLOYED)
    assert left and left["applied"]
    assert left["stacks"] == {"inn-bus": "created", "inn-service-desk": "created"}


def test_a_later_plan_does_not_hide_what_was_deployed(out: Path) -> None:
    plan = Plan(
        (Change("inn-bus", "create", "Bus"), Change("inn-old", "outdated"), Change("inn-desk", "none"))
    )
    record_plan(WHO, AWS, plan)
    planned = recorded(out, DEPLOYED)
    assert planned and not planned["applied"]
    assert planned["stacks"] == {"inn-bus": "to be created", "inn-old": "outdated", "inn-desk": "unchanged"}
    record_deploy(WHO, AWS, Deployed({"inn-bus": "created"}, ()))
    record_plan(WHO, AWS, plan)
    done = recorded(out, DEPLOYED)
    assert done and done["applied"] and done["stacks"] == {"inn-bus": "created"}


def test_the_place_is_said_without_the_callers_name(out: Path) -> None:
    record_deploy(WHO, Target("aws", endpoint_url="http://127.0.0.1:9"), Deployed({}, ()))
    left = recorded(out, DEPLOYED)
    assert left and left["where"] == "AWS account 123456789012 in eu-central-1 at http://127.0.0.1:9"
    assert "ada" not in (out / DEPLOYED).read_text()


def test_the_plots_that_a_notebook_drew_are_left_for_the_report(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYCOMPANY_HEADLESS", "1")
    page = Page(str(EXAMPLE), 7)
    page.plot("load")
    page.plot("queues")
    left = recorded(out, PLOTS)
    assert left is not None and list(left) == ["load"], "nothing waits, so there is no plot of queues"
    drawn = Plot(**left["load"])
    assert drawn == page.slots[0].shown
    again = plots_of(simulated(load(EXAMPLE)), {"load": drawn})
    assert again["load"] is drawn and {"latency", "cost"} <= again.keys()
