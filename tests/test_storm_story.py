"""The story of a workshop and its minutes: what the log says, and nothing that people typed is obeyed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

from hypothesis import given, settings, strategies as st
from markdown_it import MarkdownIt

from anycompany.storm import edits as e
from anycompany.storm.model import Storm
from anycompany.storm.patch import diff
from anycompany.storm.workshop.minutes import commit_message, minutes, plain
from anycompany.storm.workshop.story import Story, story_of

from .strategies import HOSTILE, edits, texts

BERLIN = timezone(timedelta(hours=1))


@dataclass(frozen=True)
class Line:
    revision: int
    id: str
    author: str
    time: str
    edit: e.AnyEdit
    between: tuple[str, ...] = ()


def story(*made: tuple[str, int, e.AnyEdit]) -> Story:
    """The story of edits: who made each, and in which minute after nine."""
    lines = [Line(1, "first", "Ada", "2026-01-31T08:00:00Z", diff(Storm(name=""), Storm(name="Inn")))]
    for number, (who, minute, edit) in enumerate(made, 2):
        time = datetime(2026, 1, 31, 9, tzinfo=UTC) + timedelta(minutes=minute)
        lines.append(Line(number, f"e{number}", who, time.isoformat(), edit))
    return story_of(lines)


BOOKED = e.Add(to="events", name="Room Booked", id="room-booked")
LOST = e.Add(to="events", name="Key Lost", id="key-lost")
WHO = e.Add(to="hotspots", name="Who pays?", id="who", keys={"about": "room-booked", "owner": "Bob"})
DAY = (
    ("Ada", 0, e.GoTo(phase="welcome")),
    ("Ada", 10, e.GoTo(phase="alone")),
    ("Bob", 12, BOOKED),
    ("Cy", 14, LOST),
    ("Cy", 15, e.Move(note="events/key-lost", x=1, y=2)),
    ("Bob", 16, e.Add(to="events", name="Oops", id="oops")),
    ("Bob", 17, e.Patch(steps=[e.Unset(path=["events", "oops"])], gently=True, undoes="e7")),
    ("Ada", 40, e.GoTo(phase="together")),
    ("Bob", 41, WHO),
    ("Cy", 42, e.Vote(hotspot="who", who="Cy")),
    ("Cy", 43, e.Park(event="key-lost")),
    ("Ada", 44, e.Add(to="decisions", name="We ask", id="ask", keys={"because": "nobody knows"})),
    ("Ada", 50, e.GoTo(phase=None)),
    ("Bob", 500, e.Rename(of="events", id="room-booked", name="Room Let")),
)


def test_the_story_tells_the_phases_as_they_ran_and_who_did_what() -> None:
    told = story(*DAY)
    chapters = [
        (one.name, one.minutes, one.planned, [deed.kind for deed in one.deeds]) for one in told.chapters
    ]
    assert chapters == [
        ("Welcome", 10, 15, []),
        ("Exploration, each alone", 30, 15, ["added", "added"]),
        ("Exploration, all together", 10, 30, ["added", "voted", "parked", "decided"]),
        ("Work on the storm", 0, None, ["renamed"]),
    ]
    assert [(one.name, one.edits) for one in told.people] == [("Ada", 6), ("Bob", 5), ("Cy", 4)]
    assert [(one.text, one.about, one.owner, one.votes) for one in told.hotspots] == [
        ("Who pays?", "Room Let", "Bob", 1)
    ]
    assert [(one.text, one.who) for one in told.parked] == [("Key Lost", "Cy")]
    assert [(one.text, one.because, one.who) for one in told.decisions] == [("We ask", "nobody knows", "Ada")]


def test_the_minutes_say_in_which_zone_their_times_are() -> None:
    told = story(*DAY)
    there, utc = minutes(told, BERLIN), minutes(told, UTC)
    assert "Times are those of UTC+01:00." in there and "- **10:10–10:40** Exploration, each alone" in there
    assert "Times are those of UTC." in utc and "- **09:10–09:40** Exploration, each alone" in utc
    for said in (
        "2 notes added",
        "Cy parked Key Lost",
        "**We ask**. Because nobody knows. *Ada, 09:44*",
        "**Who pays?** (about Room Let): owner Bob, 1 vote",
        "- Key Lost (parked by Cy)",
        "- Bob: Who pays?",
    ):
        assert said in utc
    assert minutes(story()).count("Nothing has happened yet.") == 1


def test_a_clock_that_goes_backwards_or_nowhere_does_not_turn_the_story_round() -> None:
    lines = [
        Line(1, "a", "Ada", "yesterday", BOOKED),
        Line(2, "b", "Ada", "2026-01-31T10:00:00+05:00", LOST),
        Line(3, "c", "Bob", "1999-01-01T00:00:00", WHO),
        Line(4, "d", "Bob", "9999-12-31T23:59:59-23:00", e.Vote(hotspot="who", who="Bob")),
    ]
    told = story_of(lines)
    times = [deed.at for chapter in told.chapters for deed in chapter.deeds]
    assert times == sorted(times) and len(times) == 4 and "Who pays" in minutes(told)


class Seen(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.said = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, _: Sequence[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.said += data


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"h1", "h2", "h3", "p", "ul", "li", "strong", "em"}


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["# x", "- x", "1. x", "+ x", "> x", "```", "![x](http://x)", "[x]: y", "<img src=x>", "| a | b |\n|--|--|",
                     "a\n===", "***", "&lt;", "\\", "www.x.com", "@ada", "#1", "~~x~~", "    code", "1) x", *HOSTILE]) | texts,
    texts,
)  # fmt: skip
def test_nothing_that_people_typed_is_anything_but_text_in_the_minutes(text: str, other: str) -> None:
    told = story(
        (text, 1, e.Add(to="decisions", name=text, id="d", keys={"because": other})),
        (other, 2, e.Add(to="hotspots", name=text, id="h", keys={"owner": other})),
        (other, 3, e.Add(to="events", name=text if text.strip() else "x", id="x")),
        (text, 4, e.Park(event="x")),
        (text, 5, e.Settings(keys={"name": text})),
    )
    written = minutes(told, UTC)
    seen = Seen(MARKDOWN.render(written))
    assert seen.tags <= OURS
    flat = "".join(seen.said.replace("\u2060", "").split())
    assert "".join(plain(text).replace("\u2060", "").split()) in flat
    assert "@a" not in written and written.count("\n# ") == 0
    subject, _, rest = commit_message(told).partition("\n")
    assert len(subject) <= 72 and (not rest or rest.startswith("\n"))


@settings(max_examples=40, deadline=None)
@given(st.lists(edits, max_size=12))
def test_any_log_has_a_story(made: Sequence[e.AnyEdit]) -> None:
    assert minutes(story(*(("Ada", number, edit) for number, edit in enumerate(made))), UTC).startswith(
        "# Minutes"
    )
