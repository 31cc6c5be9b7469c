"""Faults to find: mended in any right way is right, what takes the behaviour away is wrong and says so."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from anycompany.course.faults import Fault, check, check_folder, fault, faults, lay_out_fault, story_of
from anycompany.course.faults.fault import flawed_storm
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm

from .storms import HOSTILE_TEXTS, load, storm_of

FAULTS = faults()
STORMS = [one for one in FAULTS if not one.template]


def said(of: Fault, mended: Storm | Path) -> tuple[str, str]:
    verdict = check(of, mended)
    return verdict.state, " ".join([*verdict.says, *(one.what for one in verdict.seen)])


@pytest.mark.parametrize("of", FAULTS, ids=lambda one: one.id)
def test_as_it_was_is_not_attempted_touched_is_wrong_and_mended_is_right(of: Fault, tmp_path: Path) -> None:
    path = lay_out_fault(of, tmp_path / "here")
    assert check_folder(tmp_path / "here")[1].state == "not attempted"
    assert of.story[:60] in (tmp_path / "here" / "story.md").read_text()
    text = path.read_text()
    path.write_text(
        text.replace("keeps orders.", "keeps all orders.")
        if of.template
        else text.replace("\nname: ", "\nname: My ")
    )
    found, verdict = check_folder(tmp_path / "here")
    assert (found, verdict.state) == (of, "wrong") and verdict.says
    path.write_text((of.folder / of.flawed.name.replace("flawed", "mended")).read_text())
    assert check_folder(tmp_path / "here")[1].right
    with pytest.raises(StormError, match="something already"):
        lay_out_fault(of, tmp_path / "here")


def drop(section: str, *keys: str) -> Callable[[Storm], Storm]:
    return lambda storm: storm.changed(
        **{section: {k: v for k, v in getattr(storm, section).items() if k not in keys}}
    )


def with_own_events(storm: Storm) -> Storm:
    """Net and tax in an event of their own, and Ticket Sold as it was published."""
    storm = storm.changed(contracts=load(fault("broken-promise").folder / "published.storm.yaml").contracts)
    storm = storm.add_event("Tax Told").add_policy("Tell the tax", when=["ticket-sold"], emits=["tax-told"])
    storm = storm.assign_event("tax-told", "ticket")
    return storm.set_field("tax-told", "net", type="number").set_field("tax-told", "tax", type="number")


def florist(storm: Storm) -> Storm:
    """The florist in other words, with other ids."""
    storm = storm.rename_event("row-updated", "Flowers Paid").add_event("Order Withdrawn")
    storm = storm.change("policies", "pay-back", when=["order-withdrawn"]).assign_event(
        "order-withdrawn", "order"
    )
    return storm.trigger("order-withdrawn", actor="Customer")


RIGHT: dict[str, tuple[str, Callable[[Storm], Storm]]] = {
    "the forecast ends the circle": (
        "growing-bill", lambda s: s.add_event("Forecast Filed").changed(policies={
            **s.add_policy("x", when=["goods-received"], emits=["stock-forecast-updated"]).policies,
            "adjust-the-price": s.policies["adjust-the-price"].model_copy(update={"when": ["stock-level-changed"]}),
        }),
    ),
    "the contract follows the filter": (
        "silent-alarm", lambda s: s.change("contracts", "refund-paid", fields={"amount": {"type": "number"}}, example={"amount": 1200.0}),
    ),
    "the alarm is a topic now": (
        "silent-alarm", lambda s: s.change("listeners", "large-refunds", where={"total": [{"numeric": [">=", 1000]}]}, to="topic"),
    ),
    "tax is told by another event": ("broken-promise", with_own_events),
    "a number beside the text": (
        "quoted-number",
        lambda s: s.change("contracts", "boat-paid", fields={"amount": {"type": "string"}, "cents": {"type": "number"}}, example={"amount": "12500.00", "cents": 12500.0})
        .change("listeners", "large-amounts", where={"cents": [{"numeric": [">", 10000]}]}),
    ),
    "the florist's own words": ("row-updated", florist),
    "training has the membership": (
        "two-masters", lambda s: s.change("contexts", "front-desk", entities=["class"]).change("contexts", "training", entities=["membership"]),
    ),
    "audit hears all": (
        "talking-auditor", lambda s: load(fault("talking-auditor").folder / "mended.storm.yaml").changed(listeners={}).add_listener("Auditors", hears="all", for_="Audit"),
    ),
}  # fmt: skip

WRONG: dict[str, tuple[str, Callable[[Storm], Storm], str]] = {
    "no price any more": ("growing-bill", drop("policies", "adjust-the-price"), "the behaviour is gone"),
    "no forecast any more": ("growing-bill", drop("policies", "forecast"), "the behaviour is gone"),
    "no listener any more": ("silent-alarm", drop("listeners", "large-refunds"), "the behaviour is gone"),
    "no filter any more": (
        "silent-alarm", lambda s: s.changed(listeners={"large-refunds": s.listeners["large-refunds"].model_copy(update={"where": None})}),
        "cannot read them all",
    ),
    "no refunds any more": ("silent-alarm", drop("policies", "pay-back"), "the behaviour is gone"),
    "no function any more": ("one-for-all", drop("policies", "handle-everything"), "the behaviour is gone"),
    "half of it only": (
        "one-for-all", lambda s: s.change("policies", "handle-everything", when=["book-paid"], emits=["book-printed"]), "did not follow",
    ),
    "one context for all": (
        "busybody", lambda s: drop("contexts", "sales", "workshop", "transport", "accounts")(s).change("contexts", "coordination", entities=list(s.entities)), "monolith",
    ),
    "no coordination, no sofas": (
        "busybody", drop("policies", "ask-the-workshop", "ask-the-vans", "ask-the-accountants"), "the behaviour is gone",
    ),
    "another technical name": ("row-updated", lambda s: s.rename_event("row-updated", "Record Inserted"), "software"),
    "one event for all three": ("row-updated", lambda s: s.rename_event("row-updated", "Order Paid"), "Order Cancelled"),
    "nobody's membership": ("two-masters", lambda s: s.assign_entity("membership", None), "no homes"),
    "one team for all": (
        "two-masters", lambda s: drop("contexts", "training")(s).change("contexts", "front-desk", entities=["membership", "class"]), "one context",
    ),
    "asks for a text's first letter": (
        "quoted-number", lambda s: s.change("listeners", "large-amounts", where={"amount": [{"prefix": "1"}]}), "88000",
    ),
    "the example is still a text": (
        "quoted-number", lambda s: s.change("contracts", "boat-paid", fields={"amount": {"type": "number"}}), "example",
    ),
    "net and tax are gone": (
        "broken-promise", lambda s: s.changed(contracts=load(fault("broken-promise").folder / "published.storm.yaml").contracts), "who wants them",
    ),
    "price is a text now": (
        "broken-promise", lambda s: s.set_field("ticket-sold", "price", type="string"), "breaks those",
    ),
    "nobody is credited": (
        "broken-promise", lambda s: drop("policies", "credit-the-promoter")(s.set_field("ticket-sold", "price", type="number")), "the behaviour is gone",
    ),
    "nobody hears the auditors, and they nothing": (
        "talking-auditor", lambda s: drop("policies", "stamp")(s.change("policies", "send", when=["wine-ordered"])), "does not hear",
    ),
    "no wine": ("talking-auditor", drop("policies", "stamp", "send"), "the behaviour is gone"),
}  # fmt: skip


@pytest.mark.parametrize("case", RIGHT)
def test_mended_in_another_right_way_is_right(case: str) -> None:
    of, edit = fault(RIGHT[case][0]), RIGHT[case][1]
    state, told = said(of, edit(flawed_storm(of)))
    assert state == "right", told


@pytest.mark.parametrize("case", WRONG)
def test_what_is_no_mending_says_what_is_missing(case: str) -> None:
    name, edit, expected = WRONG[case]
    of = fault(name)
    state, told = said(of, edit(flawed_storm(of)))
    assert state == "wrong" and expected in told, told


def test_the_loop_tells_the_bill_before_and_after() -> None:
    of = fault("growing-bill")
    _, told = said(of, load(of.folder / "mended.storm.yaml"))
    before, now = (float(amount) for amount in re.findall(r"cost \$([\d.]+)", told))
    assert before > 20 * now > 0
    assert "rounds" in told


ROLE = fault("almighty-role")
Statements = list[dict[str, object]]
TABLE, BUS, LOG = ({"Fn::GetAtt": [one, "Arn"]} for one in ("Orders", "Bus", "OrdersLog"))
ROLES: dict[str, tuple[str, str, Statements]] = {
    "by Sub, in small letters, one policy each": ("right", "", [
        {"Effect": "Allow", "Action": ["dynamodb:getitem", "dynamodb:PutItem"], "Resource": {"Fn::Sub": "${Orders.Arn}"}},
        {"Effect": "Allow", "Action": "events:PutEvents", "Resource": [BUS]},
        {"Effect": "Allow", "Action": ["logs:PutLogEvents", "logs:CreateLogStream"], "Resource": {"Fn::Sub": "${OrdersLog.Arn}"}},
    ]),
    "everything but a few": ("wrong", "s3:GetObject", [
        {"Effect": "Allow", "Action": "*", "Resource": "*"}, {"Effect": "Deny", "Action": "dynamodb:*", "Resource": "*"},
    ]),
    "all of a service": ("wrong", "dynamodb:DeleteTable", [
        {"Effect": "Allow", "Action": "dynamodb:*", "Resource": TABLE},
        {"Effect": "Allow", "Action": "events:PutEvents", "Resource": BUS},
        {"Effect": "Allow", "Action": "logs:*", "Resource": LOG},
    ]),
    "any table": ("wrong", "salaries", [
        {"Effect": "Allow", "Action": ["dynamodb:GetItem", "dynamodb:PutItem"], "Resource": "*"},
        {"Effect": "Allow", "Action": "events:PutEvents", "Resource": BUS},
        {"Effect": "Allow", "Action": ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource": LOG},
    ]),
    "all that it is not": ("wrong", "iam:CreateUser", [{"Effect": "Allow", "NotAction": "s3:*", "NotResource": "arn:x"}]),
    "nothing at all": ("wrong", "the behaviour is gone", []),
}  # fmt: skip


@pytest.mark.parametrize("case", ROLES)
def test_a_role_is_judged_by_what_it_may_do(case: str, tmp_path: Path) -> None:
    state, expected, statements = ROLES[case]
    template = yaml.safe_load(ROLE.flawed.read_text())
    document = template["Resources"]["OrdersRole"]["Properties"]["Policies"][0]["PolicyDocument"]
    document["Statement"] = statements
    path = tmp_path / "template.yaml"
    path.write_text(yaml.safe_dump(template).replace("'Fn::GetAtt':", "Fn::GetAtt:"))
    found, told = said(ROLE, path)
    assert found == state and expected in told, told


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "Resources: 3", "Resources: {A: 1}", "{", "a: &a [*a]", "!!python/object:os.system x", "\x00", "[" * 5_000,
        "Resources: {OrdersRole: {Type: AWS::IAM::Role, Properties: {Policies: 7}}, F: {Type: AWS::Lambda::Function}}",
        "Resources: {OrdersRole: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyDocument: {Statement: [{Effect: Allow, Action: '" + "*a" * 500 + "', Resource: [!Sub [1]]}]}}]}}, F: {Type: AWS::Lambda::Function}}",
        "Resources: {OrdersRole: !Ref x, F: {Type: AWS::Lambda::Function}}",
    ],
)  # fmt: skip
def test_a_template_that_is_none_is_wrong_and_says_so(text: str, tmp_path: Path) -> None:
    path = tmp_path / "template.yaml"
    path.write_text(text)
    state, told = said(ROLE, path)
    assert state == "wrong" and "cannot be judged" not in told, told


@pytest.mark.parametrize("of", STORMS, ids=lambda one: one.id)
def test_any_storm_can_be_checked(of: Fault) -> None:
    for storm in (storm_of(HOSTILE_TEXTS), Storm(name="Nothing")):
        state, told = said(of, storm)
        assert state == "wrong" and told and "cannot be judged" not in told, told


def test_what_is_no_fault_is_said(tmp_path: Path) -> None:
    for named in ("x" * 500, None, 3):
        with pytest.raises(StormError, match="There is no fault"):
            fault(named)
    with pytest.raises(StormError, match="no fault to mend"):
        check_folder(tmp_path)
    (tmp_path / "mine.storm.yaml").write_text("name: Mine\nx-fault: [1]\n")
    with pytest.raises(StormError, match="no fault to mend"):
        check_folder(tmp_path)
    (tmp_path / "mine.storm.yaml").write_text("name: Mine\nx-fault: growing-bill\n")
    assert check_folder(tmp_path)[1].state == "wrong", "under another name it is found by its mark"
    (tmp_path / "template.yaml").write_text("Metadata: [1]\nResources: {}\n")
    assert check_folder(tmp_path)[1].state == "wrong"
    assert all(len(one.hints) == 3 and one.look and one.why and story_of(one, "x") for one in FAULTS)
    assert len(FAULTS) >= 10
