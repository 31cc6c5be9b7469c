import pytest

from anycompany.stacks import checks
from anycompany.storm.model import Storm

from .storms import ALL, EXAMPLE, load


def found(storm: Storm) -> list[tuple[str, tuple[str, ...]]]:
    return [(finding.check, finding.where) for check in checks.CHECKS for finding in check.findings(storm)]


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_what_the_domains_deploy_is_in_order(path) -> None:  # type: ignore[no-untyped-def]
    assert found(load(path)) == []


def with_fields(storm: Storm, length: int) -> Storm:
    """A storm whose first contract has a long field name."""
    event = next(iter(storm.contracts))
    return storm.set_field(event, "f" * length, type="string")


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_a_template_over_a_megabyte_is_refused(path) -> None:  # type: ignore[no-untyped-def]
    storm = load(path)
    owner = storm.relations.owner_of(next(iter(storm.contracts)))
    assert ("template-too-large", (f"services/{owner}",)) in found(with_fields(storm, 1_100_000))
    assert found(with_fields(storm, 52_000)) == []  # a deploy sees to a bucket


@pytest.mark.parametrize("name", ["default", "aws-things", "SSM"])
def test_a_bus_may_not_take_a_name_of_awss_own(name: str) -> None:
    assert ("reserved-bus-name", ("bus",)) in found(load(EXAMPLE).set(bus={"name": name}))


def test_a_text_that_would_fetch_a_secret_is_named_wherever_it_stands() -> None:
    secret = "{{resolve:ssm:/secret}}"
    storm = load(EXAMPLE)
    event = "account-created"
    assert ("dynamic-reference", (f"events/{event}",)) in found(
        storm.change("contracts", event, detail_type=secret)
    )
    filtered = storm.change("listeners", "high-value-payments", where={"payment-id": [secret]})
    assert ("dynamic-reference", ("listeners/high-value-payments",)) in found(filtered)
    scheduled = storm.trigger("subscription-expired", schedule=secret)
    assert ("dynamic-reference", ("triggers/subscription-expired",)) in found(scheduled)


def test_services_that_differ_by_case_alone_want_one_stack() -> None:
    storm = Storm(name="Inn").add_events(["Room Booked", "Table Booked"])
    for noun in ("Room", "Table"):
        low = noun.lower()
        storm = (
            storm.add_entity(noun, [f"{low}-booked"]).add_context(noun, [low]).add_contract(f"{low}-booked")
        )
    storm = Storm.model_validate(
        {**storm.document(), "services": {"front": {"context": "room"}, "FRONT": {"context": "table"}}}
    )
    homes = ("services/front", "services/FRONT")
    assert ("stacks-of-one-name", homes) in found(storm)


def test_a_variable_of_cloudformation_in_a_filter_or_a_source_is_named() -> None:
    filtered = load(EXAMPLE).change(
        "listeners", "high-value-payments", where={"plan": [{"prefix": "${AWS::Region}"}]}
    )
    assert ("dynamic-reference", ("listeners/high-value-payments",)) in found(filtered)
    sourced = load(EXAMPLE).change("services", "billing", source="${AWS::Region}.billing")
    assert ("dynamic-reference", ("events/payment-failed",)) in found(sourced)


def test_a_task_whose_arn_is_no_functions_is_named() -> None:
    wrong = load(EXAMPLE).change("policies", "wind-down", does=[{"do": "Close", "run": "arn:aws:lambda:x:f"}])
    assert ("not-a-function", ("policies/wind-down/does",)) in found(wrong)
    right = "arn:aws:lambda:eu-central-1:123456789012:function:close"
    assert found(load(EXAMPLE).change("policies", "wind-down", does=[{"do": "Close", "run": right}])) == []
    assert (
        found(load(EXAMPLE).change("policies", "wind-down", does=[{"do": "Close", "run": "functions/close"}]))
        == []
    )


def test_a_published_contract_without_its_detail_type_is_named() -> None:
    published = load(EXAMPLE).change("contracts", "payment-failed", published=1)
    assert ("published-without-detail-type", ("contracts/payment-failed",)) in found(published)
    assert found(load(EXAMPLE).publish_contract("payment-failed")) == []
