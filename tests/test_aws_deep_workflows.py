"""Workflows with code, people, branches, parallel steps and buffers, deployed on the embedded AWS."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from anycompany.aws.answering import answer, queues_of, release, waiting
from anycompany.aws.errors import ForbiddenError
from anycompany.aws.executions import start, workflows_of
from anycompany.aws.session import Clients
from anycompany.aws.watch import put
from anycompany.files.code import codes_of
from anycompany.stacks.stack import Stack
from anycompany.stacks.synth import synth
from anycompany.storm.model import Storm

from .aws_inventory import inventory
from .storms import ROOT, load
from .test_cli import run, run_json

INSURANCE = ROOT / "tests" / "domains" / "insurance.storm.yaml"
ASK_BANK = '''
def handler(event, context):
    """${AWS::AccountId} is no variable here."""
    detail = event["detail"]
    if detail["amount"] == 13:
        raise ValueError("unlucky")
    return {"rating": detail["amount"] * 2, "saw": sorted(detail), "loss-id": "changed"}
'''
WEIGH = "from weights import WEIGHT\n\n\ndef handler(event, context):\n    return {'weight': WEIGHT}\n"


_SECOND_OPINIONS = {
    "branch": [
        {
            "where": {"damage": ["twice"]},
            "does": [{"parallel": [[{"do": "Look", "ask": who}] for who in ("Ada", "Bob")]}],
        }
    ]
}


def storm_with_code() -> Storm:
    """The insurance on a bus of its own, with two folders of code in the work that pays out."""
    said = load(INSURANCE).document()
    said["bus"] = {"name": "harbour-deep"}
    does = said["policies"]["pay-out"]["does"]
    does.insert(
        0, {"do": "Ask the bank", "run": "functions/ask_bank", "needs": ["amount"], "reads": ["payouts"]}
    )
    weigh = {
        "do": "Weigh",
        "run": "functions/weigh",
        "output": '{"weight": $answer.weight + 1, "by": $event.id}',
    }
    does.insert(1, {"parallel": [[weigh], ["Note it"]]})
    said["policies"]["assess-the-loss"]["does"].append(_SECOND_OPINIONS)
    rejected = said["contracts"].setdefault("loss-rejected", {}).setdefault("fields", {})
    rejected |= {
        "approved": {"type": "boolean", "optional": True}, "reason": {"type": "string", "optional": True}
    }  # fmt: skip
    fields = said["contracts"]["payout-made"]["fields"]
    for field, kind in (("rating", "number"), ("saw", "array"), ("weight", "number"), ("by", "string")):
        fields[field] = {"type": kind, "optional": True}
    return Storm.model_validate(said)


def write_code(home: Path) -> None:
    for folder, files in (
        ("ask_bank", {"index.py": ASK_BANK}),
        ("weigh", {"app.py": WEIGH, "weights.py": "WEIGHT = 41\n"}),
    ):
        (home / "functions" / folder).mkdir(parents=True)
        for name, text in files.items():
            (home / "functions" / folder / name).write_text(text)


Deployed = tuple[Clients, Storm, tuple[Stack, ...], Path]


@pytest.fixture(scope="module")
def harbour(local_aws: Clients, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    """The storm with code, deployed by the command line from a folder of its own."""

    home = tmp_path_factory.mktemp("harbour")
    write_code(home)
    storm, path = storm_with_code(), home / "harbour.storm.yaml"
    path.write_text(json.dumps(storm.document()), "utf-8")
    before = inventory(local_aws)
    run("deploy", path)
    code = codes_of(storm, home)
    yield local_aws, storm, synth(storm, code=code).stacks, path
    run("destroy", path)
    late = {("logGroups", name) for _, name in inventory(local_aws) if name.startswith("/aws/lambda/")}
    assert inventory(local_aws) - late == before  # MiniStack may write a function's last line after its end


def claim(storm: Storm, detail_type: str = "loss-reported", **detail: Any) -> dict[str, Any]:
    filed = {"loss-id": "c-7", "amount": 10, "damage": "fire", "card-holder": "A. Sailor"}
    return {"source": storm.source_of(detail_type), "detail-type": detail_type, "detail": filed | detail}


def until(look: Callable[[], Any], seconds: float = 20) -> Any:
    """What there is to see, as soon as there is something."""
    end = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def heard(clients: Clients, detail_type: str, after: str = "") -> list[dict[str, Any]]:
    """What the listener to everything has logged of one detail-type, put in answer to an event if one is given."""
    logs = clients.client("logs")
    pages = logs.get_paginator("filter_log_events").paginate(
        logGroupName="/aws/events/harbour-deep/everything"
    )
    events = [json.loads(found["message"]) for page in pages for found in page["events"]]
    return [
        event
        for event in events
        if event["detail-type"] == detail_type
        and (not after or any(one.endswith(f":{after}") for one in event["resources"]))
    ]


def test_code_of_one_file_and_of_several_runs_and_sees_only_what_it_needs(harbour: Deployed) -> None:
    clients, storm, _, _ = harbour
    (first,) = put(clients, storm, [claim(storm, "loss-accepted", amount=21)])
    (paid,) = until(lambda: heard(clients, "payout-made", first))
    assert paid["detail"]["rating"] == 42
    assert paid["detail"]["saw"] == ["amount"]
    assert (paid["detail"]["weight"], paid["detail"]["by"]) == (42, first)
    assert paid["detail"]["loss-id"] == "changed"


def test_code_that_fails_leads_to_the_failure_event_and_on_through_the_buffer(harbour: Deployed) -> None:
    clients, storm, _, _ = harbour
    (first,) = put(clients, storm, [claim(storm, "loss-accepted", amount=13)])
    (failed,) = until(lambda: heard(clients, "payout-failed", first))
    for fanned_out in ("policyholder-informed", "loss-figures-updated"):
        assert until(lambda what=fanned_out: heard(clients, what, failed["id"]))


def test_what_is_put_into_a_table_is_there_by_its_key(harbour: Deployed) -> None:
    clients, storm, _, _ = harbour
    (first,) = put(clients, storm, [claim(storm, "loss-accepted", amount=5, **{"loss-id": "c-8"})])
    assert until(lambda: heard(clients, "payout-made", first))
    tables = clients.client("dynamodb")
    (name,) = [one for one in tables.list_tables()["TableNames"] if "payouts" in one.lower()]
    items = tables.scan(TableName=name)["Items"]
    assert {item["event-id"]["S"]: item["amount"] for item in items}[first] == {"N": "5"}
    assert all("card-holder" not in item for item in items)


def test_a_second_delivery_of_the_same_event_does_nothing(harbour: Deployed) -> None:
    clients, storm, stacks, _ = harbour
    workflow = workflows_of(clients, storm, stacks)[0]["assess-the-loss"]
    event = claim(storm) | {"id": "delivered-twice", "resources": []}
    for _ in range(2):
        start(clients, workflow, event)
    stepfunctions = clients.client("stepfunctions")

    def both() -> bool:
        ended = [
            stepfunctions.describe_execution(executionArn=one["executionArn"])
            for one in stepfunctions.list_executions(stateMachineArn=workflow.arn)["executions"]
        ]
        ours = [one for one in ended if json.loads(one["input"]).get("id") == "delivered-twice"]
        return len(ours) == 2 and all(one["status"] == "SUCCEEDED" for one in ours)

    assert until(both)
    assert len(heard(clients, "loss-accepted", "delivered-twice")) == 1


def test_a_no_leads_to_the_failure_event_and_a_question_shows_only_what_it_needs(harbour: Deployed) -> None:
    clients, storm, _, path = harbour
    (first,) = put(clients, storm, [claim(storm, amount=9_000)])
    (question,) = until(lambda: run_json("answer", path))
    assert (question["asks"], question["task"]) == ("Adjuster", "Approve the payment")
    assert json.loads(question["detail"]) == {"loss-id": "c-7", "amount": 9_000, "damage": "fire"}
    run("answer", path, "no-such", "no", code=1)
    run("answer", path, question["number"], code=2)
    run("answer", path, question["number"], "no", "--reason", "too much")
    (rejected,) = until(lambda: heard(clients, "loss-rejected", first))
    assert (rejected["detail"]["approved"], rejected["detail"]["reason"]) == (False, "too much")
    assert run_json("answer", path) == []


def test_a_question_is_answered_once_and_what_has_gone_is_said(harbour: Deployed) -> None:
    clients, storm, stacks, _ = harbour
    (first,) = put(clients, storm, [claim(storm, amount=9_001)])
    queues = queues_of(clients, storm, stacks)
    (question,) = until(lambda: waiting(clients, queues))
    release(clients, [question])
    assert answer(clients, question, yes=True, by="Ada")
    assert until(lambda: heard(clients, "loss-accepted", first))
    assert not answer(clients, question, yes=True)


def test_who_answers_for_one_service_need_not_look_into_another(harbour: Deployed) -> None:
    clients, storm, stacks, _ = harbour
    others = [replace(stack, name="of-others") for stack in stacks if stack.kind == "service"]
    both, hidden = (*others, *stacks), list[ForbiddenError]()

    def forbid(params: dict[str, Any], **_: Any) -> None:
        if params["body"]["StackName"] == "of-others":
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "no"}}, "DescribeStacks")

    events = clients.client("cloudformation").meta.events
    events.register("before-call.cloudformation.DescribeStacks", forbid)
    try:
        assert queues_of(clients, storm, both, hidden.append) == queues_of(clients, storm, stacks) != {}
        assert {error.where for error in hidden} == {"of-others"}
        with pytest.raises(ForbiddenError):
            queues_of(clients, storm, both)
    finally:
        events.unregister("before-call.cloudformation.DescribeStacks", forbid)


def test_two_people_are_asked_side_by_side_and_both_have_to_agree(harbour: Deployed) -> None:
    clients, storm, stacks, _ = harbour
    queues = queues_of(clients, storm, stacks)
    (first,) = put(clients, storm, [claim(storm, damage="twice")])
    seen: dict[str, Any] = {}

    def both() -> bool:
        found = waiting(clients, queues)
        release(clients, found)
        seen.update({one.asks: one for one in found})
        return len(seen) == 2

    assert until(both)
    assert answer(clients, seen["Ada"], yes=True)
    time.sleep(0.5)
    assert not heard(clients, "loss-accepted", first)
    assert answer(clients, seen["Bob"], yes=True)
    assert until(lambda: heard(clients, "loss-accepted", first))


def test_a_folder_that_leads_out_or_holds_nothing_to_call_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "storm"
    (home / "empty").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    for run_, says in (("../outside", "does not stand below"), ("empty", "can be called"), (".", "below")):
        storm = Storm(name="Inn").add_event("Room Booked")
        storm = storm.add_policy("Clean", when=["room-booked"], does=[{"do": "Clean", "run": run_}])
        with pytest.raises(Exception, match=says):
            codes_of(storm, home)
    storm = storm.change("policies", "clean", does=[{"do": "Clean", "run": "not_there_yet"}])
    assert codes_of(storm, home) == {}
