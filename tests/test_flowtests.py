"""Flows as tests: real pytest runs them on the simulation and, unchanged, on the embedded AWS."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings

from anycompany.aws.session import Clients
from anycompany.bus.flows import flows
from anycompany.files import write_storm
from anycompany.flowtests.writing import module_of
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm

from .storms import ALL, EXAMPLE, HOSTILE_TEXTS, load, storm_of
from .strategies import storms
from .test_aws_watch import deployed, service_of_one


def written(folder: Path, storm: Storm, name: str = "test_flows.py") -> Path:
    """A storm file, and beside it the test module of its flows."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "it.storm.yaml"
    write_storm(file, storm)
    module = folder / "tests" / name
    module.parent.mkdir(exist_ok=True)
    module.write_text(module_of(storm, file, module), "utf-8")
    return module


def tried(module: Path, *options: str, code: int = 0) -> str:
    """What pytest said of a test module, in a process of its own, after it ended with this exit status."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "anycompany.flowtests.plugin"]
    ran = subprocess.run(
        [*command, "-q", *options, str(module)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=module.parent.parent,
        env={**os.environ, "COLUMNS": "200"},
    )
    assert ran.returncode == code, ran.stdout + ran.stderr
    return ran.stdout


def failed(said: str) -> set[str]:
    return set(re.findall(r"^FAILED \S+::test_(\w+)", said, re.MULTILINE))


def test_every_flow_of_every_domain_goes_as_it_should_in_the_simulation(tmp_path: Path) -> None:
    count = 0
    for path in ALL:
        name = path.name.partition(".")[0]
        storm = load(path)
        written(tmp_path / name, storm, f"test_{name.replace('-', '_')}.py")
        count += len(flows(storm))
    written(tmp_path / "hostile", storm_of(HOSTILE_TEXTS), "test_hostile.py")
    count += len(flows(storm_of(HOSTILE_TEXTS)))
    assert f"{count} passed" in tried(tmp_path)


def test_a_written_module_runs_by_itself_without_the_plugin_being_named(tmp_path: Path) -> None:
    module = written(tmp_path, load(EXAMPLE))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(module)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=120)
    assert ran.returncode == 0 and "9 passed" in ran.stdout, ran.stdout


def test_the_plugin_of_an_installed_package_and_the_module_that_names_it_go_together(tmp_path: Path) -> None:
    project = tomllib.loads((EXAMPLE.parent.parent / "pyproject.toml").read_text())["project"]
    (name, plugin), *_ = project["entry-points"]["pytest11"].items()
    installed = tmp_path / "installed" / "fake-1.0.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text("Metadata-Version: 2.1\nName: fake\nVersion: 1.0\n")
    (installed / "entry_points.txt").write_text(f"[pytest11]\n{name} = {plugin}\n")
    module = written(tmp_path, load(EXAMPLE))
    options = ["-q", "-W", "error", "-p", "no:cacheprovider", "--flows-target", "simulation", str(module)]
    for more in ([], ["-p", "anycompany.flowtests.plugin"]):
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", *more, *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(installed.parent)},
        )
        assert "9 passed" in ran.stdout, ran.stdout + ran.stderr


def test_the_same_module_runs_on_what_is_deployed(tmp_path: Path, local_aws: Clients) -> None:
    storm = load(next(path for path in ALL if "hotel" in path.name))
    module = written(tmp_path, storm)
    with deployed(local_aws, storm):
        assert f"{len(flows(storm))} passed" in tried(module, "--flows-target", "local")
    broken = tried(module, "--flows-target", "local", code=1)
    assert "The bus is not deployed. Deploy first, then trace." in broken


def test_a_deployed_design_that_lost_a_policy_fails_where_it_stops(
    tmp_path: Path, local_aws: Clients
) -> None:
    storm = service_of_one(
        Storm(name="Flow Tests")
        .add_events(["Door Opened", "Light Lit"])
        .trigger("door-opened", actor="Guest")
        .add_policy("Light", when=["door-opened"], emits=["light-lit"])
    )
    module = written(tmp_path, storm)
    without = storm.remove("policies", "light").add_policy("Sigh", when=["light-lit"], does=["Sigh"])
    with deployed(local_aws, without):
        said = changed(module, without, "--flows-target", "local")
    assert failed(said) == {"door_opened_leads_to_light_lit"}
    assert "It stopped there: 'light' did not answer. The storm has no such policy." in said
    assert "Seen of this flow on the embedded AWS:" in said


def changed(module: Path, storm: Storm, *options: str) -> str:
    """What pytest says of a test module after its storm file has become another one."""
    file = module.parent.parent / "it.storm.yaml"
    file.unlink()
    write_storm(file, storm)
    return tried(module, *options, code=1)


def test_a_policy_that_is_gone_fails_the_flows_through_it_and_no_others(tmp_path: Path) -> None:
    storm = load(EXAMPLE)
    module = written(tmp_path, storm)
    said = changed(module, storm.remove("policies", "start-subscription"))
    assert failed(said) == {
        "account_created_leads_to_customer_subscribed",
        "high_value_payments_hears_payment_attempted",
        "high_value_payments_does_not_hear_payment_attempted",
    }
    assert "'customer-subscribed' should follow from 'start-subscription' after 'payment-succeeded'." in said
    assert "It stopped there: 'start-subscription' did not answer. The storm has no such policy." in said
    assert re.search(r"account-created, heard by everything\n\S* +payment-attempted from take-payment", said)


def test_a_filter_that_never_matches_fails_its_own_flow_and_says_why(tmp_path: Path) -> None:
    storm = load(EXAMPLE)
    module = written(tmp_path, storm)
    never = {"amount": [{"numeric": [">", 1_000_000]}]}
    said = changed(module, storm.change("listeners", "high-value-payments", where=never))
    assert failed(said) == {"high_value_payments_hears_payment_attempted"}
    assert "'high-value-payments' should hear 'payment-attempted', and did not." in said
    assert "numeric > 1000000" in said


def test_a_filter_that_never_matched_fails_as_soon_as_the_flows_are_written(tmp_path: Path) -> None:
    storm = load(EXAMPLE).set_field("payment-attempted", "amount", type="string")
    storm = storm.change("contracts", "payment-attempted", example={"amount": "928309.42"})
    said = tried(written(tmp_path, storm), code=1)
    assert failed(said) == {"high_value_payments_hears_payment_attempted"}
    assert "a text never matches a number" in said


def test_a_filter_that_lets_all_through_fails_the_flow_that_it_kept_out(tmp_path: Path) -> None:
    storm = load(EXAMPLE)
    module = written(tmp_path, storm)
    said = changed(module, storm.change("listeners", "high-value-payments", where=None))
    assert failed(said) == {"high_value_payments_does_not_hear_payment_attempted"}
    assert "should not hear 'payment-attempted', and did." in said


def test_what_follows_unasked_and_what_is_no_more_fails(tmp_path: Path) -> None:
    storm = load(EXAMPLE)
    module = written(tmp_path, storm)
    more = storm.add_policy("Boast", when=["customer-subscribed"], emits=["subscription-renewed"])
    assert "Nothing else should follow, and this did: 'subscription-renewed'." in changed(module, more)
    less = changed(module, storm.remove_event("customer-cancelled"))
    assert failed(less) == {"customer_cancelled_starts_wind_down"}
    assert "The storm has no such event." in less
    other = changed(module, storm.change("policies", "wind-down", emits=["customer-cancelled"]))
    assert "'wind-down' should run after 'subscription-expired' and put nothing on the bus." in other


def test_a_storm_file_that_is_not_there_is_said_without_a_traceback(tmp_path: Path) -> None:
    module = written(tmp_path, load(EXAMPLE))
    (tmp_path / "it.storm.yaml").unlink()
    said = tried(module, code=1)
    assert "There is no such file." in said and "Traceback" not in said


def test_a_test_without_a_flow_is_told_how_to_declare_one(tmp_path: Path) -> None:
    module = tmp_path / "tests" / "test_none.py"
    module.parent.mkdir()
    module.write_text("def test_it(then): ...\n")
    assert "@flow(STORM, when=" in tried(module, code=1)


def test_a_module_is_readable_and_says_each_flow_in_words(tmp_path: Path) -> None:
    module = written(tmp_path, load(EXAMPLE))
    text = module.read_text("utf-8")
    assert 'STORM = Path(__file__).parent / "../it.storm.yaml"' in text
    assert (
        "def test_settle_payment_fails_and_payment_failed_follows(then: Then) -> None:\n"
        '    """Given Visitor does “Sign up”, and “Settle payment” fails\n'
        "    When “Account Created” is put on the bus\n"
        "    Then “Payment Attempted” follows from “Take payment”\n"
    ) in text
    assert '    then.follows("payment-failed", by="settle-payment", after="payment-attempted")\n' in text
    assert max(map(len, text.splitlines())) <= 110


@settings(max_examples=50)
@given(storms)
def test_whatever_a_storm_holds_its_module_is_nothing_but_declared_flows(storm: Storm) -> None:
    tree = ast.parse(module_of(storm, Path("x.storm.yaml"), Path("test_x.py")))
    tests = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert len({test.name for test in tests}) == len(tests) == len(flows(with_guesses(storm)))
    kinds = {type(node) for node in tree.body} - {ast.FunctionDef}
    assert kinds <= {ast.Expr, ast.ImportFrom, ast.Assign}
    for test in tests:
        assert all(isinstance(node, ast.Expr) for node in test.body)
        calls = [node.value for node in test.body if isinstance(node, ast.Expr)][1:]
        assert all(
            isinstance(call, ast.Call) and ast.unparse(call.func).startswith("then.") for call in calls
        )
        (decorator,) = test.decorator_list
        assert isinstance(decorator, ast.Call)
        for one in (*decorator.args[1:], *(keyword.value for keyword in decorator.keywords)):
            ast.literal_eval(one)


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=range(len(HOSTILE_TEXTS)))
def test_hostile_text_stays_text_in_a_written_module(text: str) -> None:
    storm = storm_of([text])
    source = module_of(storm, Path("x.storm.yaml"), Path("test_x.py"))
    compile(source, "test_x.py", "exec")
    assert all(line.isprintable() for line in source.splitlines())
