"""Names of events in English: a noun and a past-tense verb, of the business and not of the software."""

import lemminflect
import pytest

from anycompany.storm.checks import findings
from anycompany.storm.english import base_of, is_noun_and_past_verb, is_past, past_name
from anycompany.storm.model import Storm


def listed(names: str) -> list[str]:
    return names.split("|")


@pytest.mark.parametrize(
    "name",
    listed(
        "Order Sent|Payment Made|Booking Withdrawn|Account Set Up|Bill Split|Customer Checked In|Order Re-Opened"
        "|Payment Partially Refunded|Item Added to Cart|Order Has Been Shipped|Payment Not Received|OrderPlaced"
        "|order_placed|customer placed order|Café Reading Held|eBook Lent|Customer Onboarded|Loan Fell Due|Login Failed"
        "|Room Double-Booked|3DS Challenge Passed|Courier Taken On|Invoice Overpaid|Quota Exceeded"
    ),
)
def test_a_noun_and_a_past_tense_verb_is_an_event(name: str) -> None:
    assert is_noun_and_past_verb(name)


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Create Account", "Account Created"),
        ("Send invoice", "Invoice sent"),
        ("Check In Guest", "Guest Checked In"),
        ("Order Processing", "Order Processed"),
        ("Customer Subscription", "Customer Subscribed"),
        ("Order Cancellation", "Order Cancelled"),
        ("Payment", None),
        ("Room Service", None),
        ("Order Status", None),
        ("Flower Bed", None),
        ("Inventory Feed", None),
        ("Create Signed Contract", None),
        ("Was Cancelled", None),
    ],
)
def test_another_name_is_no_event_and_gets_a_better_one_where_it_can(name: str, better: str | None) -> None:
    assert not is_noun_and_past_verb(name)
    assert past_name(name) == better
    assert better is None or is_noun_and_past_verb(better)


@pytest.mark.parametrize(
    "verb", listed("send|make|withdraw|set|split|pay|hold|begin|ship|refund|buy|put|overrule")
)
def test_inflections_are_those_of_the_library(verb: str) -> None:
    for form in (*lemminflect.getInflection(verb, "VBD"), *lemminflect.getInflection(verb, "VBN")):
        assert is_past(form)
        assert base_of(form) == verb


@pytest.mark.parametrize(
    "name",
    listed(
        "Row Inserted|Customer Row Deleted|Button Clicked|Login Button Pressed|API Called|Record Updated|Page Loaded"
        "|Cache Invalidated|Message Enqueued|JSON Parsed|Form Submitted"
    ),
)
def test_events_of_software_are_found_unless_software_is_the_business(name: str) -> None:
    storm = Storm(name="Shop").add_event(name)
    assert [finding.check for finding in findings(storm).open] == ["technical-event"]
    assert findings(storm.set(technical=True)).open == ()


@pytest.mark.parametrize(
    "name",
    listed(
        "Table Reserved|Record Sold|Medical Record Updated|Training Session Created|Message Sent|Page Torn|Field Sown"
        "|File Closed|Coin Inserted|Request Approved|Container Loaded|Server Tipped"
    ),
)
def test_business_in_words_that_software_uses_too_is_no_technical_event(name: str) -> None:
    storm = Storm(name="Shop").add_event(name)
    assert [finding.check for finding in findings(storm).open] == []


def test_names_in_other_languages_and_scripts_are_left_alone() -> None:
    german = Storm(name="Laden", language="de").add_event("Bestellung anlegen").add_event("Button Clicked")
    assert findings(german).open == ()
    assert findings(Storm(name="Shop").add_event("注文が作成された").add_event("Заказ создан")).open == ()
