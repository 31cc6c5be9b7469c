from hypothesis import given

from anycompany.storm.describe import describe, sentences_of
from anycompany.storm.model import Storm
from anycompany.storm.patch import diff

from .storms import hostile_names, storm_of

INN = Storm(name="Inn").add_events(["Room Booked", "Deposit Paid", "Deposit Refused"]).place("room-booked")


def test_a_difference_is_told_in_the_words_of_the_notes() -> None:
    after = (
        INN.rename_event("room-booked", "Room Reserved").place("deposit-paid").remove_event("deposit-refused")
    )
    assert sentences_of(diff(INN, after), INN) == [
        "removed the event Deposit Refused",
        "set name of the event Room Booked to Room Reserved",
        "placed Deposit Paid after Room Booked",
    ]


def test_several_things_at_once_are_counted() -> None:
    patch = diff(INN, INN.add_events(["Key Lost", "Key Found", "Key Cut"]))
    assert describe(patch, INN) == "wrote the event key-lost and 2 more"


def test_nothing_is_called_nothing() -> None:
    assert describe(diff(INN, INN), INN) == "changed nothing"


@given(hostile_names, hostile_names)
def test_whatever_people_type_a_sentence_is_one_line_of_modest_length(first: str, second: str) -> None:
    storm = storm_of([first, second])
    empty = Storm(name=second)
    for sentence in sentences_of(diff(empty, storm), storm) + sentences_of(diff(storm, empty), storm):
        assert "\n" not in sentence and len(sentence) < 300
