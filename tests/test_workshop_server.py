"""The server's half: it relays, and bounds what comes."""

import json
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings, strategies as st

from anycompany.workshop.server import limits
from anycompany.workshop.server.limits import Bucket, Places
from anycompany.workshop.server.relay import Relay

KNOCK = '{"type": "knock"}'


@dataclass
class End:
    """The other end of a connection: what has come there."""

    texts: list[str] = field(default_factory=list)

    def pass_on(self, text: str) -> None:
        self.texts.append(text)

    def last(self) -> dict[str, object]:
        said: dict[str, object] = json.loads(self.texts[-1])
        return said


@given(st.lists(st.tuples(st.floats(0, 3), st.integers(1, 50)), max_size=80))
@settings(max_examples=100)
def test_no_flood_gets_more_through_than_the_bucket_and_its_time_give(flood: list[tuple[float, int]]) -> None:
    bucket, now, through = Bucket(10.0, 30.0, 0.0), 0.0, 0
    for pause, amount in flood:
        now += pause
        if bucket.take(amount, now):
            through += amount
    assert through <= 30 + 10 * now + 1e-6


def test_places_are_given_back() -> None:
    places = Places()
    for _ in range(limits.MOST_FROM_ONE_ADDRESS):
        assert not places.full("a")
        places.come("a", 0.0)
    assert places.full("a")
    assert not places.full("b")
    places.go("a")
    assert not places.full("a")


def test_whoever_hangs_up_and_comes_again_may_say_no_more_than_before() -> None:
    places, through, bytes_through = Places(), 0, 0
    for _ in range(1_000):
        flow = places.come("a", 0.0)
        for _ in range(10):
            through += flow.take(100, 0.0)
        places.go("a")
    assert through == limits.ADDRESS_AT_ONCE
    assert places.come("b", 0.0).take(100, 0.0)
    while places.come("c", 0.0).take(limits.LARGEST, 0.0):
        bytes_through += limits.LARGEST
    assert bytes_through <= limits.ADDRESS_BYTES_AT_ONCE
    for number in range(limits.MOST_ADDRESSES + 1):
        places.come(str(number), 0.0)
        places.go(str(number))
    assert len(places._flows) == limits.MOST_ADDRESSES


@pytest.fixture
def hosted() -> tuple[Relay, End]:
    relay, kernel = Relay(), End()
    assert relay.host("inn", kernel)
    return relay, kernel


def test_a_guest_is_nobodys_until_a_kernel_takes_them_in(hosted: tuple[Relay, End]) -> None:
    relay, kernel = hosted
    phone = End()
    guest = relay.come(phone, "10.0.0.1")
    relay.hear(guest, "an edit on its way")
    assert kernel.texts == []
    relay.hear(guest, KNOCK)
    assert kernel.last() == {
        "op": "knock", "guest": guest.number, "address": "10.0.0.1", "text": KNOCK
    }  # fmt: skip
    relay.order("inn", {"op": "tell", "guests": [guest.number], "text": "a secret"})
    assert phone.texts == []
    relay.order("inn", {"op": "in", "guests": [guest.number], "text": "welcome"})
    relay.hear(guest, "second")
    assert kernel.last()["op"] == "said"
    relay.order("inn", {"op": "tell", "guests": [guest.number], "text": "news"})
    assert phone.texts == ["welcome", "news"]


def test_of_two_workshops_one_takes_the_guest_and_the_other_hears_nothing_more(
    hosted: tuple[Relay, End],
) -> None:
    relay, inn = hosted
    shop, phone = End(), End()
    relay.host("shop", shop)
    guest = relay.come(phone, "10.0.0.1")
    relay.hear(guest, KNOCK)
    relay.order("inn", {"op": "no", "guests": [guest.number], "text": "not here"})
    assert phone.texts == []
    relay.order("shop", {"op": "in", "guests": [guest.number], "text": "welcome"})
    relay.order("inn", {"op": "in", "guests": [guest.number], "text": "mine!"})
    relay.order("inn", {"op": "out", "guests": [guest.number], "text": "go"})
    assert phone.texts == ["welcome"]
    relay.hear(guest, "said")
    assert inn.last() == {"op": "elsewhere", "address": "10.0.0.1"}
    assert shop.last()["op"] == "said"
    relay.hear(relay.come(phone, "10.0.0.1"), KNOCK)
    relay.order("inn", {"op": "no", "guests": ["2"], "text": "no"})
    relay.order("shop", {"op": "no", "guests": ["2"], "text": "no either"})
    assert phone.texts[-1] == "no either"


def test_guests_rest_while_no_kernel_hosts_and_knock_again_when_one_does(hosted: tuple[Relay, End]) -> None:
    relay, kernel = hosted
    phone = End()
    guest = relay.come(phone, "10.0.0.1")
    relay.hear(guest, KNOCK)
    relay.order("inn", {"op": "in", "guests": [guest.number], "text": "welcome"})
    assert not relay.host("inn", End())  # one at a time
    relay.leave("inn", kernel)
    assert phone.last() == {"type": "resting"}
    relay.hear(guest, KNOCK)
    assert phone.last() == {"type": "resting"}
    assert relay.host("inn", End())
    assert phone.last() == {"type": "back"}
    relay.leave("inn", kernel)  # the first one's end comes late
    assert relay.workshops == ["inn"]
