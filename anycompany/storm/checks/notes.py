"""Step 1, event discovery: what can be said of one note alone.

Discovery never complains about duplicates, order or inconsistent terms: those have steps of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..edits import Remove, Rename
from ..english import is_noun_and_past_verb, past_name, words_of
from ..model import Storm
from .finding import Found, called, check, listed, quoted
from .vocabulary import (
    ALWAYS_TECHNICAL_NOUNS,
    ALWAYS_TECHNICAL_VERBS,
    OFTEN_TECHNICAL_NOUNS,
    OFTEN_TECHNICAL_VERBS,
    ROWS,
)

LONGEST_NOTE = 60
"""Characters that can be read from two metres on a sticky note."""

TALK = "“App 2025”, episode 1: events are noun and past-tense verb, business events and not technical ones"


def is_english(storm: Storm) -> bool:
    """Whether the notes are in English, so that checks on words hold."""
    return storm.language.lower().split("-")[0] == "en"


@check(
    "event-name",
    "warning",
    1,
    title="An event's name is a noun and a past-tense verb",
    why="An event is a fact that happened: the past tense tells it from a command or a thing.",
    remedy="Say what happened, to what: “Account Created”, not “Create Account” or “Account”.",
    source=TALK,
)
def event_name(storm: Storm) -> Iterator[Found]:
    """Names without a past-tense verb after a noun; only in English, only where the letters are Latin."""
    if not is_english(storm):
        return
    for event, said in storm.events.items():
        name = said.name[:500]
        if not re.search(r"[A-Za-z]", name) or is_noun_and_past_verb(name):
            continue
        better = past_name(name)
        yield Found(
            (f"events/{event}",),
            f"{quoted(name)} is not a noun and a past-tense verb.",
            f"Call it {quoted(better)}." if better else None,
            Rename(of="events", id=event, name=better) if better else None,
        )


@check(
    "blank-note",
    "warning",
    1,
    title="A note has words on it",
    why="Nobody can talk about a note that says nothing.",
    remedy="Write on it what happened, or remove it.",
    source="EventStorming: a note is read aloud",
)
def blank_note(storm: Storm) -> Iterator[Found]:
    """Events, hot spots and decisions without a letter or digit that could be read."""
    texts = [(f"events/{key}", "event", thing.name) for key, thing in storm.events.items()]
    texts += [(f"hotspots/{key}", "hot spot", thing.text) for key, thing in storm.hotspots.items()]
    texts += [(f"decisions/{key}", "decision", thing.text) for key, thing in storm.decisions.items()]
    for where, kind, text in texts:
        if not re.search(r"\w", text[:500]):
            yield Found((where,), f"The {kind} {quoted(text)} has no word on it.")


@check(
    "long-note",
    "note",
    1,
    title=f"An event's name is at most {LONGEST_NOTE} characters",
    why="A name that does not fit on a sticky note usually tells a story of several events.",
    remedy="Shorten it to a noun and a verb; put the rest into a hot spot or the contract.",
    source="EventStorming: what does not fit on a note is not one event",
)
def long_note(storm: Storm) -> Iterator[Found]:
    """Names longer than a sticky note."""
    for event, said in storm.events.items():
        if len(said.name) > LONGEST_NOTE:
            yield Found((f"events/{event}",), f"{quoted(said.name)} has {len(said.name):,} characters.")


@check(
    "technical-event",
    "warning",
    1,
    title="An event is of the business, not of the software",
    why="A row inserted or a button clicked says how software works, not what happened to the business.",
    remedy="Ask what it means to the business. If software is the business: `technical: true`.",
    source=TALK,
)
def technical_event(storm: Storm) -> Iterator[Found]:
    """Names in the words of databases, screens and protocols, unless the business is technical."""
    if storm.technical or not is_english(storm):
        return
    for event, said in storm.events.items():
        if _is_technical([word.lower() for word in words_of(said.name[:500])]):
            yield Found((f"events/{event}",), f"{quoted(said.name)} sounds like software, not like business.")


def _is_technical(words: list[str]) -> bool:
    told = set(words)
    if told & ALWAYS_TECHNICAL_NOUNS or told & ALWAYS_TECHNICAL_VERBS:
        return True
    if not told & OFTEN_TECHNICAL_VERBS:
        return False
    return bool(told & ROWS) or (len(words) == 2 and words[0] in OFTEN_TECHNICAL_NOUNS)


@check(
    "open-hot-spot",
    "note",
    1,
    title="A hot spot is open",
    why="What the team could not agree on comes back later, and dearer.",
    remedy="Talk about it, write the decision down, and take the hot spot off the wall.",
    source="EventStorming glossary: hot spot",
)
def open_hot_spot(storm: Storm) -> Iterator[Found]:
    """Hot spots on the wall; where a decision is about the same note, removing it is offered."""
    decided = {decision.about: decision for decision in storm.decisions.values() if decision.about}
    for key, hotspot in storm.hotspots.items():
        where = (f"hotspots/{key}",)
        about = f" (about {called(storm, hotspot.about)})" if hotspot.about else ""
        decision = decided.get(hotspot.about or "")
        if decision is None:
            yield Found(where, f"{quoted(hotspot.text)} is open{about}.")
            continue
        remedy = f"If {quoted(decision.text)} answers it, take it off the wall."
        yield Found(
            where,
            f"{quoted(hotspot.text)} is still up{about}, although there is a decision.",
            remedy,
            Remove(of="hotspots", id=key),
        )


_SECRETS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("an AWS access key", re.compile(r"\b(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE)[A-Z0-9]{16}\b")),
    ("a private key", re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----")),
    ("a GitHub token", re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b")),
)


@check(
    "secret",
    "error",
    1,
    title="No secret stands in a storm",
    why="The storm is shared, committed and mailed, and its examples are deployed to the schema registry.",
    remedy="Take it out, and revoke it: whoever has the file or its log has the secret.",
    source="AWS: never put access keys into files that are shared",
)
def secret(storm: Storm) -> Iterator[Found]:
    """Texts anywhere in the storm that look like a credential; the text itself is not repeated."""
    document: dict[str, Any] = storm.document()
    if not _secrets_in(document):
        return
    for section, said in document.items():
        entries = said if isinstance(said, dict) else {}
        for key, thing in entries.items():
            if not _secrets_in(key) and (kinds := _secrets_in(thing)):
                yield Found((f"{section}/{key}",), f"There is something like {listed(kinds)} in it.")
        if kinds := _secrets_in(list(entries) or said):
            yield Found((section,), f"There is something like {listed(kinds)} in `{section}`.")


def _secrets_in(data: Any) -> list[str]:
    text = str(data)
    return [kind for kind, pattern in _SECRETS if pattern.search(text)]


CHECKS = (event_name, blank_note, long_note, technical_event, open_hot_spot, secret)
