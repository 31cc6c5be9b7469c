"""Words that mean the same, within one context and never between two."""

import pytest

from anycompany.storm.model import Storm

from .mutations import of_check


def in_contexts(*contexts: list[str], language: str = "en") -> Storm:
    """A storm with these event names, each list in a context of its own."""
    storm = Storm(name="Shop", language=language)
    for number, names in enumerate(contexts):
        before = set(storm.events)
        storm = storm.add_events(names)
        storm = storm.add_entity(f"Thing {number}", [event for event in storm.events if event not in before])
        storm = storm.add_context(f"Context {number}", [f"thing-{number}"])
    return storm


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Order Cancelled", "Order Canceled"),
        ("Payment Failed", "Payments Failed"),
        ("Payment Failed", "Payement Failed"),
        ("Booking Cancelled", "Reservation Cancelled"),
        ("Customer Left", "Client Left"),
        ("Shift Begun", "Shift Started"),
        ("Invoice Sent", "Bill Sent"),
    ],
)
def test_near_duplicates_are_found_within_a_context_only(one: str, other: str) -> None:
    assert of_check(in_contexts([one, other]), "near-duplicate")
    assert not of_check(in_contexts([one], [other]), "near-duplicate")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Guest Checked In", "Guest Checked Out"),
        ("Room Cleaned", "Room Claimed"),
        ("Book Reserved", "Book Received"),
        ("Loan Extended", "Loan Expanded"),
        ("Zone 1 Opened", "Zone 2 Opened"),
        ("Payment Requested", "Payment Received"),
    ],
)
def test_names_that_only_look_alike_are_no_duplicates(one: str, other: str) -> None:
    assert not of_check(in_contexts([one, other]), "near-duplicate")


def test_in_other_languages_one_letter_too_many_is_a_near_duplicate() -> None:
    assert of_check(in_contexts(["Rechnung bezahlt", "Rechnungg bezahlt"], language="de"), "near-duplicate")
    assert not of_check(in_contexts(["Gast angenommen", "Gast abgenommen"], language="de"), "near-duplicate")


def test_two_words_for_one_thing_are_noted_within_a_context_only() -> None:
    names = ["Customer Added", "Account Closed"]
    assert [one.where for one in of_check(in_contexts(names), "two-words")] == [
        ("contexts/context-0/account-customer",)
    ]
    assert not of_check(in_contexts(names[:1], names[1:]), "two-words")
