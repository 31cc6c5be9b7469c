"""The minutes of a workshop in Markdown, and the message of the commit that keeps them.

Texts of people are shown as they are and obeyed by nobody: no heading, link, picture, mention or HTML of
theirs is one in the minutes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, tzinfo

from .story import Chapter, Deed, Kind, Said, Story

LONGEST_TEXT = 1_000
"""Characters of one text that the minutes carry; the storm file has all of it."""

MOST_DEEDS = 12
"""Merges, parked notes and so on of one phase that are told one by one."""

_SPOKEN = re.compile(r"([\\`*_{}\[\]<>()#+!|~@&$^=]|^[-.]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
"""What Markdown, and what GitHub makes of it, would obey: within a line, and at the beginning of one."""

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)
_COUNTED: dict[Kind, tuple[str, str]] = {
    "added": ("note added", "notes added"),
    "renamed": ("renamed", "renamed"),
    "merged": ("merged", "merged"),
    "parked": ("parked", "parked"),
    "removed": ("removed", "removed"),
    "decided": ("decision", "decisions"),
    "voted": ("vote", "votes"),
    "changed": ("other change", "other changes"),
}


def plain(text: str, longest: int = LONGEST_TEXT) -> str:
    r"""A text of people as one line without what cannot be seen.

    >>> plain("Order\n\x1bplaced", 9)
    'Order pl…'
    """
    line = " ".join(_UNSEEN.sub(" ", text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def escaped(text: str) -> str:
    r"""A text of people as Markdown that says just that text.

    >>> print(escaped("*Order* [placed](http://x) <b>"))
    \*Order\* \[placed\]\(http\://x\) \<b\>
    """
    said = _SPOKEN.sub(r"\\\1", plain(text))
    said = re.sub(r"^(\d+)([.)])", r"\1\\\2", said)  # the number of a list
    return re.sub(r"(\\[@#])", "\\1\u2060", said)  # a person or an issue that is mentioned is told of it


def counted(chapter: Chapter) -> str:
    """What was done in a chapter, in numbers: ``3 notes added, 1 decision``."""
    found = [(chapter.count(kind), words) for kind, words in _COUNTED.items()]
    return ", ".join(f"{n} {words[n != 1]}" for n, words in found if n) or "nothing was written down"


def offset(at: datetime) -> str:
    """Which zone a moment is told in.

    >>> from datetime import UTC
    >>> offset(datetime(2026, 1, 31, tzinfo=UTC))
    'UTC'
    """
    said = f"{at:%z}"
    return f"UTC{said[:3]}:{said[3:5]}" if at.utcoffset() else "UTC"


def day(at: datetime) -> str:
    """A day as people write it."""
    return f"{at.day} {at:%B %Y}"


def minutes(story: Story, zone: tzinfo | None = None) -> str:
    """The minutes: who was there, the agenda as it ran, decisions, what is open, parked, and comes next.

    Parameters
    ----------
    story : what happened.
    zone : the time zone to tell times in; that of this computer by default. Which one it is stands there.
    """
    return "\n".join(_lines(story, lambda at: at.astimezone(zone))).rstrip() + "\n"


def commit_message(story: Story) -> str:
    """What to say to version control of the storm: a subject of at most 72 characters, then why."""
    storm = story.storm
    counts = [
        f"{len(things)} {one if len(things) == 1 else many}"
        for things, one, many in (
            (storm.events, "event", "events"),
            (storm.decisions, "decision", "decisions"),
            (storm.hotspots, "hot spot open", "hot spots open"),
        )
    ]
    rest = f": {', '.join(counts)}"
    lines = [plain(storm.name, 72 - len(rest)) + rest]
    body = [
        f"- {plain(one.text, 200)}" + (f" (because {plain(one.because, 200)})" if one.because else "")
        for one in story.decisions
    ]
    if body:
        lines += ["", "Decided:", *body]
    if story.hotspots:
        lines += [
            "",
            "Open:",
            *(
                f"- {plain(one.text, 200)}" + (f" ({plain(one.owner, 60)})" if one.owner else "")
                for one in story.hotspots
            ),
        ]
    return "\n".join(lines) + "\n"


def _lines(story: Story, local: Callable[[datetime], datetime]) -> Iterator[str]:
    yield f"# Minutes: {escaped(story.storm.name)}"
    yield ""
    if story.chapters:
        began, ended = local(story.chapters[0].began), local(max(one.ended for one in story.chapters))
        span = day(began) if day(began) == day(ended) else f"{day(began)} to {day(ended)}"
        zones = dict.fromkeys(offset(local(one.began)) for one in story.chapters)
        yield f"{span}. Times are those of {' and '.join(zones)}."
        yield ""
    yield from _section(
        "Who was there", [_person(one.name, one.edits) for one in story.people], "Nobody yet."
    )
    yield "## The agenda as it ran"
    yield ""
    last = ""
    for chapter in story.chapters:
        today = local(chapter.began)
        if day(today) != last:
            last = day(today)
            yield f"### {last} ({offset(today)})"
            yield ""
        yield from _chapter(chapter, local)
    if not story.chapters:
        yield "Nothing has happened yet."
    yield ""
    yield from _section(
        "Decisions", [_decision(one, local) for one in story.decisions], "None was written down."
    )
    yield from _section("Open hot spots", [_hotspot(one) for one in story.hotspots], "None.")
    if story.voted:
        yield from _section("Boundaries with dots", [_hotspot(one) for one in story.voted], "")
    yield from _section("Parking lot", [_parked(one) for one in story.parked], "Empty.")
    yield from _section(
        "Next steps", [escaped(one) for one in _next(story)], "None: all eight steps are done."
    )


def _next(story: Story) -> Iterator[str]:
    yield from story.next
    for one in story.hotspots:
        if one.owner:
            yield f"{one.owner}: {one.text}"


def _section(title: str, items: Sequence[str], empty: str) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield from (f"- {item}" for item in items)
    if not items:
        yield empty
    yield ""


def _chapter(chapter: Chapter, local: Callable[[datetime], datetime]) -> Iterator[str]:
    planned = f" of {chapter.planned} planned" if chapter.planned is not None else ""
    span = f"{local(chapter.began):%H:%M}–{local(chapter.ended):%H:%M}"
    yield f"- **{span}** {escaped(chapter.name)} ({chapter.minutes}{planned} minutes): {counted(chapter)}."
    told = [deed for deed in chapter.deeds if deed.kind in ("renamed", "merged", "parked", "removed")]
    for deed in told[:MOST_DEEDS]:
        yield f"  - {_deed(deed)}"
    if len(told) > MOST_DEEDS:
        yield f"  - … and {len(told) - MOST_DEEDS} more"


def _deed(deed: Deed) -> str:
    return f"{escaped(deed.who)} {escaped(deed.what)}"


def _person(name: str, edits: int) -> str:
    return f"{escaped(name) or 'Somebody'}, {edits} edit{'s' if edits != 1 else ''}"


def _decision(one: Said, local: Callable[[datetime], datetime]) -> str:
    because = f" Because {escaped(one.because)}." if one.because else " No reason was written down."
    about = f" (about {escaped(one.about)})" if one.about else ""
    who = f" *{escaped(one.who)}, {local(one.at):%H:%M}*" if one.who and one.at else ""
    return f"**{escaped(one.text)}**{about}.{because}{who}"


def _hotspot(one: Said) -> str:
    about = f" (about {escaped(one.about)})" if one.about else ""
    owner = f"owner {escaped(one.owner)}" if one.owner else "no owner yet"
    return f"**{escaped(one.text)}**{about}: {owner}, {one.votes} vote{'s' if one.votes != 1 else ''}"


def _parked(one: Said) -> str:
    return escaped(one.text) + (f" (parked by {escaped(one.who)})" if one.who else "")
