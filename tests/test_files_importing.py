import pytest
from hypothesis import given, strategies as st

from anycompany.files.importing import Note, csv_to_notes, lines_to_notes, notes_to_edit
from anycompany.storm.apply import apply, invert, resolve
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from anycompany.storm.patch import diff

INN = Storm(name="Inn").add_event("Room Booked")


def texts(data: bytes, column: str | None = None) -> list[str]:
    return [note.text for note in csv_to_notes(data, column)]


def test_bullets_numbers_and_blank_lines_are_cleaned_away() -> None:
    pasted = "\ufeff• Room Booked\r\n\r\n  1. Key Lost\n- [x] Key Found\n(3) Bill Paid\n24 Hours Passed\n"
    assert [n.text for n in lines_to_notes(pasted)] == [
        "Room Booked",
        "Key Lost",
        "Key Found",
        "Bill Paid",
        "24 Hours Passed",
    ]


def test_duplicates_stay_duplicates() -> None:
    storm = apply(INN, resolve(INN, notes_to_edit(INN, lines_to_notes("Room Booked\nRoom Booked"))))
    assert list(storm.events) == ["room-booked", "room-booked-2", "room-booked-3"]


def test_an_import_is_taken_back_as_one() -> None:
    edit = notes_to_edit(
        INN, [Note("Key Lost"), Note("Who pays?", "hotspot"), Note("Book", "command", (1, 2))]
    )
    imported = apply(INN, edit)
    assert not diff(apply(imported, invert(INN, edit)), INN).steps


def test_a_mural_export_brings_text_place_and_colour() -> None:
    data = (
        b"ID,Text,Area,X Position,Y Position,BG Color,Tags\n"
        b"1,Room Booked,,10,20,#FFB454,\n"
        b'2,"Who pays,\nand when?",,30,40,#FF6FA3,\n'
        b"3,Book a room,,50.5,60,#8EC5FF,\n"
        b"4,Bill Paid,,1,1,#FFFFFF,\n"
    )
    assert csv_to_notes(data) == [
        Note("Room Booked", "event", (10.0, 20.0)),
        Note("Who pays, and when?", "hotspot", (30.0, 40.0)),
        Note("Book a room", "command", (50.5, 60.0)),
        Note("Bill Paid", "event", (1.0, 1.0)),
    ]


def test_colours_mean_nothing_on_a_board_without_orange() -> None:
    data = b"content;color\nRoom Booked;yellow\nKey Lost;pink\n"
    assert csv_to_notes(data) == [Note("Room Booked"), Note("Key Lost")]


def test_a_type_column_tells_the_kind() -> None:
    assert csv_to_notes(b"Type\tText\nhot spot\tWho pays?\nsticky\tKey Lost\n") == [
        Note("Who pays?", "hotspot"),
        Note("Key Lost"),
    ]


def test_an_export_without_headings_is_text_from_its_first_line() -> None:
    assert texts(b"Room Booked\nKey Lost\n") == ["Room Booked", "Key Lost"]
    assert texts(b"17,Room Booked\n18,Key Lost\n") == ["Room Booked", "Key Lost"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    assert texts("Text,Color\nChambre réservée,orange\n".encode(encoding)) == ["Chambre réservée"]


def test_a_cell_that_begins_like_a_formula_is_text() -> None:
    assert texts(b'text\n"=HYPERLINK(""http://x"")"\n') == ['=HYPERLINK("http://x")']


def test_a_column_can_be_named_and_a_wrong_name_is_refused_with_the_right_ones() -> None:
    data = b"who,said what\nAda,Room Booked\n"
    assert texts(data, "Said What") == ["Room Booked"]
    with pytest.raises(StormError, match="no column 'x'; the first line has who, said what"):
        csv_to_notes(data, "x")


def test_other_kinds_are_parked_with_their_kind() -> None:
    storm = apply(INN, notes_to_edit(INN, [Note("Book a room", "command", (3, 4))]))
    assert storm.board == {
        "parked": {"book-a-room": {"name": "Book a room", "x-kind": "command"}},
        "notes": {"events/book-a-room": [3.0, 4.0]},
    }


@given(st.lists(st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool), min_size=1))
def test_no_note_is_ever_lost(notes: list[str]) -> None:
    import csv
    import io

    written = io.StringIO()
    csv.writer(written).writerows([["text"], *([note] for note in notes)])
    kept = [note.replace("\0", "") for note in notes]
    read = texts(written.getvalue().encode("utf-8", "replace"))
    assert read == [" ".join(k.encode("utf-8", "replace").decode().split()) for k in kept if k.strip()]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_a_crash(data: bytes) -> None:
    edit = notes_to_edit(INN, csv_to_notes(data))
    assert apply(INN, edit).events
