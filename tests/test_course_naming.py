"""Names of events as learners write them: what each says, in whatever way it is written."""

import pytest

from anycompany.course.judging.naming import TELLS, can_be_judged, fault_of, faults_of

EVENTS = [
    "A bike was reserved",
    "Customer has returned bike",
    "Bike got damaged",
    "Reservation ran out",
    "Bike put back",
    "Flat tire found",
    "Ride begun",
    "Rider Did Not Come",
    "Bike Broke Down",
    "Mechanic Called",
    "Trip completed",
    "bike:reserved",
    "BikeReserved",
    "bike_reserved",
    "Late Fee Added",
    "Form Signed",
    "Order Placed",
    "Message Received",
    "Window Closed",
    "Meter Read",
    "Table Reserved",
    "Record Broken",
    "Help Requested",
    "Email Bounced",
    "Card swiped",
    "Guest Checked In",
    "Payment Timed Out",
    "Payment Not Received",
    "Tyre burst",
]
OTHERS = {
    "command": "Book bike|Pay now|To book a bike|Rider wants a bike|Bike must be returned|Notify rider|Return the bike",
    "present-tense": "Bike is returned|Rider returns bike|Bike being repaired|Bike will be moved|Bike gets repaired|"
    "Order Processing",
    "technical-event": "Row Inserted|Booking table updated|INSERT INTO rides|POST /bookings|API called|Cache cleared|"
    "TimeoutException|HTTP 500|Message sent to queue|unlockBike()",
    "user-interface": "Button clicked|Clicks on map|Booking form submitted|App opened|UI updated|Popup closed",
    "thing": "Bike|Booking|Bike available|Payment Status|Bike Rental|Ride in progress",
    "query": "Show map|Get bikes|Which bikes are free?|Bikes listed|Prices viewed|Availability checked",
    "no-noun": "Returned|Paid",
    "two-facts": "Bike returned and fee charged",
}


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_of_the_business_is_one_however_it_is_written(name: str) -> None:
    assert can_be_judged(name) and fault_of(name) is None


@pytest.mark.parametrize(("fault", "names"), OTHERS.items(), ids=OTHERS)
def test_what_is_no_event_is_told_by_what_it_is(fault: str, names: str) -> None:
    for name in names.split("|"):
        assert fault_of(name) == fault, name
        [seen] = faults_of([name])
        assert seen.misconception == fault and TELLS[fault] in seen.what


@pytest.mark.parametrize("name", ["Fahrrad gebucht", "自転車が予約された", "★★", "xyzzy", ""])
def test_what_is_not_english_is_not_judged_and_shows_no_misconception(name: str) -> None:
    [seen] = faults_of([name])
    assert seen.misconception == "" and "English" in seen.what
