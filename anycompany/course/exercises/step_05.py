"""The exercises of step 5, bounded contexts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ...storm.checks.finding import listed, quoted
from ...storm.coupling import Coupling, coupling
from ...storm.ids import slug
from ...storm.model import Storm
from ..exercise import Exercise
from ..judging.grouping import every_one_once, groups_in, homes, not_all_alike
from ..misconceptions import named
from ..reading import UnreadableError, data_in
from ..verdict import Seen, slip

_EVENTS = {
    "Reservation": ("Bike Reserved", "Reservation Lapsed", "Reservation Used"),
    "Ride": ("Ride Begun", "Ride Paused", "Ride Ended"),
    "Bike": ("Bike Taken Out Of Service", "Bike Back In Service"),
    "Damage": ("Damage Reported", "Damage Repaired"),
    "Payment": ("Fee Charged", "Card Declined"),
    "Rider": ("Rider Registered", "Rider Blocked"),
}
_REACTIONS = (
    ("Bike Reserved", "Ride Begun"),
    ("Ride Begun", "Reservation Used"),
    ("Reservation Lapsed", "Ride Ended"),
    ("Ride Paused", "Bike Reserved"),
    ("Ride Ended", "Reservation Lapsed"),
    ("Reservation Used", "Ride Paused"),
    ("Damage Reported", "Bike Taken Out Of Service"),
    ("Damage Repaired", "Bike Back In Service"),
    ("Bike Taken Out Of Service", "Damage Repaired"),
    ("Bike Back In Service", "Damage Reported"),
    ("Card Declined", "Rider Blocked"),
    ("Rider Registered", "Fee Charged"),
    ("Fee Charged", "Rider Registered"),
    ("Ride Ended", "Fee Charged"),
    ("Ride Ended", "Damage Reported"),
)
"""Which event a policy reacts to, and which one it emits."""

DEPARTMENTS = {"Office": ("Reservation", "Payment", "Rider"), "Street Crew": ("Ride", "Bike", "Damage")}
LOOSE = 0.25
"""The part of all reactions that may cross a border."""


@lru_cache(maxsize=1)
def practice() -> Storm:
    """Spoke with its entities and policies, and no borders yet."""
    storm = Storm(name="Spoke, without borders yet")
    for entity, events in _EVENTS.items():
        storm = storm.add_events(events)
        storm = storm.add_entity(entity, [slug(event) for event in events])
    for event in list(storm.events):
        storm = storm.place(event)
    for number, (when, emits) in enumerate(_REACTIONS, 1):
        storm = storm.add_policy(
            f"Reaction {number}", when=[slug(when)], does=["Answer"], emits=[slug(emits)]
        )
    return storm


def _bounded(groups: Mapping[str, list[str]], copies: Mapping[str, list[str]] | None = None) -> Storm:
    storm = practice()
    ids = []
    for name, entities in groups.items():
        held = [slug(one) for one in entities if slug(one) in storm.entities]
        storm = storm.add_context(name[:200], held)
        ids.append(list(storm.contexts)[-1])
    for name, key in zip(groups, ids, strict=True):
        for entity in (copies or {}).get(name, ()):
            storm = storm.copy_entity(slug(entity), key)
    return storm


def _chatter(now: Coupling, storm: Storm) -> str:
    (giver, taker), events = max(now.between.items(), key=lambda one: len(one[1]))
    names = [quoted(storm.contexts[key].title(key)) for key in (taker, giver)]
    share = f"{round(100 * now.communication)} of 100 reactions"
    return (
        f"{share} cross a border; most of all, {names[0]} reacts to "
        f"{listed([quoted(storm.events[one].name) for one in events])} "
        f"of {names[1]}."
    )


def _borders(said: Any) -> Iterator[Seen]:
    groups = groups_in(said, _EVENTS)
    yield from every_one_once(groups, _EVENTS, "shared-entity")
    yield from not_all_alike(groups, len(_EVENTS), "by-table")
    if (
        set(homes(groups)) != {slug(one) for one in _EVENTS}
        or len(groups) < 2
        or len(groups) >= len(_EVENTS) - 1
    ):
        return
    storm = _bounded(groups)
    now = coupling(storm)
    if now.communication <= LOOSE:
        return
    drawn = {frozenset(slug(one) for one in entities) for entities in groups.values()}
    if drawn == {frozenset(slug(one) for one in entities) for entities in DEPARTMENTS.values()}:
        yield Seen("by-department", f"These are the departments. {_chatter(now, storm)}")
    else:
        yield Seen("chatting", _chatter(now, storm))


def _of_storm(storm: Storm) -> dict[str, list[str]]:
    titles = {key: entity.title(key) for key, entity in storm.entities.items()}
    return {
        context.title(key): [titles.get(one, one) for one in context.entities]
        for key, context in storm.contexts.items()
    }


def _moves_in(said: Any) -> list[tuple[str, str, str]]:
    """Moves and copies as they were typed: which of the two, the entity, and the context."""
    data = data_in(said)
    rows = data if isinstance(data, list) else [data]
    found = []
    for row in rows:
        if not isinstance(row, dict):
            raise UnreadableError('Write a change as {"move": "Entity", "to": "Context"}, or with "copy".')
        what = next((key for key in ("move", "copy") if row.get(key)), "")
        if what and row.get("to"):
            found.append((what, str(row[what]), str(row["to"])))
        elif any(row.values()):
            raise UnreadableError('A change has "move" or "copy", and "to".')
    return found


def _loosened(said: Any) -> Iterator[Seen]:
    moves = _moves_in(said)
    groups = {name: list(entities) for name, entities in DEPARTMENTS.items()}
    copies: dict[str, list[str]] = {}
    entities, contexts = {slug(one): one for one in _EVENTS}, {slug(one): one for one in groups}
    moved: dict[str, set[str]] = {}
    for what, entity, to in moves:
        name = entities.get(slug(entity[:200]))
        home = contexts.setdefault(slug(to[:200]) or "new", to[:200])
        if name is None:
            yield slip(f"There is no entity {quoted(entity)}.")
            continue
        if what == "copy":
            copies.setdefault(home, []).append(name)
            groups.setdefault(home, [])
            continue
        moved.setdefault(name, set()).add(home)
        groups = {key: [one for one in held if one != name] for key, held in groups.items()}
        groups.setdefault(home, []).append(name)
    for name, there in moved.items():
        if len(there) > 1:
            yield Seen(
                "shared-entity",
                f"{quoted(name)} is moved to {listed([quoted(one) for one in sorted(there)])}.",
            )
    filled = {name: held for name, held in groups.items() if held}
    if len(filled) == 1:
        yield Seen("one-for-all", f"Everything ends up in {quoted(next(iter(filled)))}.")
        return
    if len(filled) >= len(_EVENTS) - 1:
        yield Seen("by-table", f"There are {len(filled)} contexts for {len(_EVENTS)} entities now.")
    if sum(len(held) for held in copies.values()) > 2:
        yield Seen(
            "copies-of-everything", f"{sum(len(held) for held in copies.values())} copies are to be kept up."
        )
    storm = _bounded(filled, {name: held for name, held in copies.items() if name in filled})
    now = coupling(storm)
    if now.communication > LOOSE and now.between:
        yield Seen("chatting", _chatter(now, storm))
    elif len(moves) > 2:
        yield slip(f"That is loose enough, but takes {len(moves)} changes; two will do.")


def _reactions() -> str:
    where = {event: entity for entity, events in _EVENTS.items() for event in events}
    counted: dict[tuple[str, str], int] = {}
    for when, emits in _REACTIONS:
        pair = tuple(sorted((where[when], where[emits])))
        if pair[0] != pair[1]:
            counted[pair[0], pair[1]] = counted.get((pair[0], pair[1]), 0) + 1
    return "\n".join(f"- {one} and {other}: {count}" for (one, other), count in counted.items())


EXERCISES = (
    Exercise(
        "draw-borders",
        5,
        "Draw the borders",
        "How often a policy of the one reacts to an event of the other, at *Spoke*:\n\n"
        + _reactions()
        + "\n\n"
        "The office looks after reservations, payments and riders, the street crew after rides, bikes "
        "and damages. "
        'Draw **bounded contexts**: `{"Name": ["Entity", …], …}`, so that at most a quarter of the '
        "reactions cross a border. "
        'On a board instead: `practice = page.practice("draw-borders")`, then check `practice`.',
        '{\n    "": [],\n}',
        _borders,
        named("shared-entity", "one-for-all", "by-table", "by-department", "chatting"),
        (
            "Which two entities talk to each other most? Try them in one context.",
            "The departments are a proposal, not a law: count what would cross between office and "
            "street crew.",
            "Reservation with Ride, Bike with Damage, Payment with Rider: then two reactions cross. "
            "Two contexts can do, too.",
        ),
        "Little crosses these borders, so that each team changes its own part without asking. Now the "
        "organization has to agree on the names, and on who owns what.",
        practice,
        _of_storm,
    ),
    Exercise(
        "loosen",
        5,
        "One change",
        "Suppose that the borders are those of the departments: *Office* with Reservation, Payment and "
        "Rider; *Street Crew* with Ride, Bike and Damage. "
        "Half of the reactions cross. Bring that below a quarter with **at most two changes**:\n\n"
        '- `{"move": "Entity", "to": "Context"}` gives it another home (a new context is fine)\n- '
        '`{"copy": "Entity", "to": "Context"}` keeps a copy there, which halves what it costs to ask',
        '[\n    {"move": "", "to": ""},\n]',
        _loosened,
        named("shared-entity", "one-for-all", "by-table", "chatting", "copies-of-everything"),
        (
            "Look at the pair that talks most, and at which of the two stands on the wrong side.",
            "There are two answers with a single change: one for each of the two.",
            "Ride to the office, or Reservation to the street crew.",
        ),
        "One entity on the wrong side made half of the noise. Whether it may move is a question to the "
        "people; what it would save is now known.",
    ),
)
