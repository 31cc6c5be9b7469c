"""Sample events held against contracts and filters on notebook 08."""

import html
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from anycompany.workbook.samples import MOST_SAMPLES, about_samples, read_samples

from .markup import check_harmless
from .storms import EXAMPLE, HOSTILE_TEXTS, ROOT, load, storm_of

APP_2025 = ROOT.parent / "shared" / "reference" / "sample-events"
LARGE = {"transaction-amount": [{"numeric": [">", 10000]}]}
TEXT_EVENT = {
    "Source": "com.anycompany",
    "DetailType": "transaction-initiated",
    "Detail": json.dumps({"transaction-amount": "928309.42"}),
}
"""The event of a later episode whose amount is a text."""


def written(tmp_path: Path, *events: object, name: str = "events.json") -> str:
    path = tmp_path / name
    path.write_text(json.dumps(list(events)), "utf-8")
    return str(path)


def knowing(storm: Storm) -> Storm:
    return storm.add_event("Transaction Initiated")


LISTENING: dict[str, Callable[[Storm], Storm]] = {
    "to all": lambda storm: storm.add_listener("Large sums", for_="Security", hears="all", where=LARGE),
    "to this": lambda storm: knowing(storm).add_listener(
        "Large sums", for_="Security", hears=["transaction-initiated"], where=LARGE
    ),
    "to another": lambda storm: storm.add_listener(
        "Large sums", for_="Security", hears=["payment-attempted"], where=LARGE
    ),
}


@pytest.mark.parametrize("listening", LISTENING.values(), ids=LISTENING)
def test_the_page_says_that_a_text_amount_never_passes_a_numeric_filter_and_why(
    listening: Callable[[Storm], Storm], tmp_path: Path
) -> None:
    storm = listening(load(EXAMPLE))
    said = about_samples(storm, read_samples(written(tmp_path, TEXT_EVENT)))
    check_harmless(said._repr_mimebundle_())
    for text in (said.text, html.unescape(said.html)):
        assert "Large sums" in text and "928309.42" in text
        assert "numeric > 10000 asks for a number: a text never matches a number" in text
        assert "It stays silent, without any error." in text


def test_the_sample_events_of_app_2025_say_the_same() -> None:
    storm = LISTENING["to all"](load(EXAMPLE))
    said = about_samples(storm, read_samples(str(APP_2025))).text
    assert 'transaction-amount is the text "928309.42"' in said
    assert "a text never matches a number" in said


def test_a_number_passes_and_nothing_is_said_of_it(tmp_path: Path) -> None:
    number = {**TEXT_EVENT, "Detail": json.dumps({"transaction-amount": 928309.42})}
    storm = LISTENING["to all"](load(EXAMPLE))
    said = about_samples(storm, read_samples(written(tmp_path, number))).text
    assert "never" not in said
    heard = next(row for row in said.splitlines() if row.startswith("Large sums"))
    assert heard.split()[-2:] == ["1", "1"]


def test_events_of_a_known_name_are_held_against_their_contract(tmp_path: Path) -> None:
    event = {
        "source": "com.anycompany.billing",
        "detail-type": "payment-failed",
        "detail": {"payment-id": 5, "account-id": "a-1", "amount": 1, "reason": "no"},
    }
    said = about_samples(load(EXAMPLE), read_samples(written(tmp_path, event, event))).text
    assert "breaks its contract" in said and "detail.payment-id" in said
    assert "2  events.json:1" in said


def test_without_a_path_the_shipped_events_are_read() -> None:
    samples = read_samples(None)
    assert samples.files == len(list((ROOT / "data" / "events").glob("*.json")))
    assert not samples.unread
    check_harmless(about_samples(load(EXAMPLE), samples)._repr_mimebundle_())


def test_a_folder_of_any_kind_of_log_is_read_and_broken_lines_are_counted(tmp_path: Path) -> None:
    written(tmp_path, TEXT_EVENT, name="a.json")
    line = json.dumps({"source": "a", "detail-type": "b", "detail": {}})
    (tmp_path / "b.ndjson").write_text(f"{line}\nthis is no event\n{line}\n")
    (tmp_path / "notes.md").write_text("nothing")
    samples = read_samples(str(tmp_path))
    assert (len(samples.events), len(samples.unread), samples.files) == (3, 1, 2)
    assert samples.unread[0].startswith("b.ndjson:2")
    said = about_samples(Storm(name="Inn"), samples).text
    assert "1 line is no event" in said


def test_no_more_events_are_looked_at_than_a_page_can_bear(tmp_path: Path) -> None:
    line = json.dumps({"source": "a", "detail-type": "b", "detail": {}})
    (tmp_path / "many.ndjson").write_text(f"{line}\n" * (MOST_SAMPLES + 50))
    samples = read_samples(str(tmp_path / "many.ndjson"))
    assert len(samples.events) == MOST_SAMPLES and samples.cut
    assert "anycompany check --events" in about_samples(load(EXAMPLE), samples).text


@pytest.mark.parametrize("given", ["not here.json", "", 7, ["a"], "\0"])
def test_events_that_are_not_there_are_refused(given: object) -> None:
    with pytest.raises(StormError):
        read_samples(given)  # type: ignore[arg-type]


def test_a_folder_without_events_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StormError, match="no files of events"):
        read_samples(str(tmp_path))


def test_hostile_events_and_names_are_harmless(tmp_path: Path) -> None:
    events = [
        {"source": hostile, "detail-type": hostile, "detail": {hostile: hostile}} for hostile in HOSTILE_TEXTS
    ]
    path = written(tmp_path, *events, 5, None, "text", {"detail": []})
    for storm in (Storm(name="Inn"), storm_of(HOSTILE_TEXTS), load(EXAMPLE)):
        check_harmless(about_samples(storm, read_samples(path))._repr_mimebundle_())
