"""Typed code from contracts: it compiles, it type checks, and the examples of the contracts fit it."""

import json
import subprocess
import sys
import warnings
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from anycompany.bindings import BindingsError, bindings
from anycompany.bindings.schemas import service_schemas
from anycompany.bus.contract import Matchable, can_match, event_schema, example_detail
from anycompany.bus.pattern import parse
from anycompany.storm.model import Storm

from .storms import ALL, HOSTILE_TEXTS, ROOT, hostile_names, load, storm_of
from .strategies import HOSTILE

NODE = ROOT / "tests" / "node"
RESERVED = [
    *(
        "class",
        "import",
        "None",
        "self",
        "str",
        "int",
        "dict",
        "model_config",
        "model_fields",
        "copy",
        "json",
        "schema",
    ),
    *(
        "BaseModel",
        "Field",
        "Any",
        "Literal",
        "annotations",
        "__init__",
        "_x",
        "a-b",
        "a_b",
        "aB",
        "validate",
        "root",
    ),
    *(
        "constructor",
        "__proto__",
        "toString",
        "any",
        "never",
        "$ref",
        "definitions",
        "type",
        "properties",
        "enum",
        "*/",
    ),
    *("Events", "PaidEvent", "PaidDetail", "`${x}`", "//", "/*", "id", "title"),
]


INHERITED = ("constructor", "toString")
"""What every object of JavaScript has: as an optional field no object without it would do."""


def shop(names: list[str], fields: list[str]) -> Storm:
    """One service that emits an event of each name, with a contract of these fields, and hears the first."""
    storm = Storm(name="Shop").add_events(names)
    events = list(storm.events)
    for event in events:
        storm = storm.add_contract(
            event,
            {
                name: {"optional": number % 2 == 0 and name not in INHERITED}
                for number, name in enumerate(fields)
            },
        )
    storm = storm.add_entity("Thing", events).add_context("Till", ["thing"]).add_service("Till", "till")
    return storm.add_policy("Count", when=events[:1])


def hostile() -> Storm:
    """Everything hostile in one: names of events, fields and sources."""
    fields = [
        *RESERVED,
        *HOSTILE,
        *HOSTILE_TEXTS,
        *(f"{name}.below" for name in ("str", "Any", "Events", "class")),
    ]
    storm = shop(
        ["Any", "Any", "ANY", "Base Model", "Events", "3D", "!!!", *HOSTILE_TEXTS], [*dict.fromkeys(fields)]
    )
    return storm.change("services", next(iter(storm.services)), source='com."shop"\n*/ \\ ${x} # ')


def executed(code: str) -> ModuleType:
    module = sys.modules["generated_events"] = ModuleType("generated_events")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        exec(compile(code, "generated_events.py", "exec"), module.__dict__)
    return module


def example(storm: Storm, event: str) -> dict[str, Any]:
    answer = can_match(
        parse({"version": [{"exists": True}]}),
        event_schema(storm, event),
        {"detail": example_detail(storm, event)},
    )
    assert isinstance(answer, Matchable)
    return answer.example


def assert_python_fits(storm: Storm) -> None:
    modules = bindings(storm, "python")
    for one in service_schemas(storm):
        module = executed(modules[f"{one.file}.py"])
        events = storm.relations.events_of_service.get(one.service, ())
        for name, event in zip(one.emits, events, strict=True):
            whole = example(storm, event)
            read = getattr(module, name).model_validate(whole)
            again = json.loads(read.model_dump_json(by_alias=True, exclude_none=True))
            assert again["detail"] == json.loads(json.dumps(whole["detail"]))
            module.Events.model_validate(whole)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name.split(".")[0])
def test_the_python_of_finished_storms_reads_the_examples_of_their_contracts(path: Path) -> None:
    assert_python_fits(load(path))


def test_hostile_names_give_python_that_compiles_and_fits() -> None:
    assert_python_fits(hostile())


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(hostile_names, min_size=2, max_size=17))
def test_storms_of_any_names_give_python_that_compiles(names: list[str]) -> None:
    for code in bindings(storm_of(names), "python").values():
        executed(code)


def test_what_a_file_says_is_what_its_service_emits_and_hears() -> None:
    code = bindings(load(ALL[0]), "python")["billing_events.py"]
    assert "# It emits PaymentAttemptedEvent, PaymentSucceededEvent, PaymentFailedEvent.\n" in code
    assert "# It hears AccountCreatedEvent, PaymentAttemptedEvent.\n" in code
    module = executed(code)
    with pytest.raises(ValueError, match="amount"):
        module.PaymentAttemptedDetail.model_validate(
            {"payment-id": "p", "account-id": "a", "plan": "t", "amount": "much"}
        )
    made = module.PaymentAttemptedDetail(payment_id="p", account_id="a", plan="t", amount=5)
    assert made.model_dump(by_alias=True) == {
        "payment-id": "p",
        "account-id": "a",
        "plan": "t",
        "amount": 5.0,
    }


def test_names_of_modules_and_types_never_collide() -> None:
    storm = Storm(name="Shop").add_events(["Paid", "paid", "PAID", "注文"])
    for key, event in zip(["a-b", "A_b", "2024", "class"], storm.events, strict=True):
        storm = storm.add_entity(key, [event]).add_context(
            key, [list(storm.add_entity(key, [event]).entities)[-1]]
        )
        storm = storm.add_service(key, list(storm.contexts)[-1])
    found = service_schemas(storm)
    assert len({one.file.casefold() for one in found}) == len(found) == 4
    assert all(one.file.isidentifier() for one in found)
    names = [name.casefold() for one in found for name in one.emits]
    assert len(set(names)) == 4


def test_a_storm_without_services_gives_nothing() -> None:
    assert bindings(Storm(name="Shop").add_event("Paid"), "python") == {}


def test_an_unknown_language_and_a_missing_tool_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(BindingsError, match="cobol"):
        bindings(load(ALL[0]), "cobol")  # type: ignore[arg-type]
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BindingsError) as error:
        bindings(load(ALL[0]), "typescript", tmp_path)
    assert "npm install" in error.value.remedy


def type_checked(folder: Path, modules: dict[str, str]) -> None:
    for name, code in modules.items():
        (folder / name).write_text(code, "utf-8")
    tsc = [
        str(NODE / "node_modules" / ".bin" / "tsc"),
        "--noEmit",
        "--strict",
        "--skipLibCheck",
        "--target",
        "es2022",
    ]
    done = subprocess.run([*tsc, *modules], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[:2000] + done.stderr[:2000]


def with_examples(storm: Storm) -> dict[str, str]:
    """The modules, each with the example of every event that is emitted, of its type."""
    modules = bindings(storm, "typescript", NODE)
    for one in service_schemas(storm):
        events = storm.relations.events_of_service.get(one.service, ())
        for number, (name, event) in enumerate(zip(one.emits, events, strict=True)):
            text = json.dumps(example(storm, event))
            modules[f"{one.file}.ts"] += f"\nexport const example{number}: {name} = {text};\n"
    return modules


def test_the_typescript_of_finished_storms_holds_the_examples_of_their_contracts(tmp_path: Path) -> None:
    modules = {
        f"{path.name[:4]}_{name}": code for path in ALL for name, code in with_examples(load(path)).items()
    }
    type_checked(tmp_path, modules)


def test_hostile_names_give_typescript_that_type_checks(tmp_path: Path) -> None:
    type_checked(tmp_path, with_examples(hostile()))


def test_a_wrong_type_is_found_by_the_compiler(tmp_path: Path) -> None:
    modules = bindings(load(ALL[0]), "typescript", NODE)
    modules["billing_events.ts"] += (
        '\nexport const wrong: PaymentAttemptedDetail = {"payment-id": "p", "account-id": "a", plan: "t", amount: "much"};\n'
    )
    with pytest.raises(AssertionError, match="not assignable"):
        type_checked(tmp_path, modules)
