"""The exercises of step 3, trigger detection."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...storm.checks.finding import quoted
from ...storm.english import is_noun_and_past_verb, words_of
from ...storm.ids import slug
from ..exercise import Exercise
from ..judging.naming import can_be_judged, fault_of
from ..judging.wiring import policy_in
from ..misconceptions import named
from ..reading import UnreadableError, data_in
from ..verdict import Seen, slip

_ORIGINS: dict[str, tuple[frozenset[str], str]] = {
    "Bike Reserved": (frozenset({"actor"}), "without a rider who wants one, no bike is ever reserved."),
    "Reservation Lapsed": (frozenset({"schedule"}), "nobody does anything: fifteen minutes have passed."),
    "Damage Reported": (frozenset({"actor"}), "somebody has to see the flat tyre and say so."),
    "Fee Charged": (
        frozenset({"policy", "external"}),
        "it follows from the return of the bike; the bank confirms it.",
    ),
    "Card Declined": (frozenset({"external", "policy"}), "the bank says so, when Spoke tries to charge."),
    "Station Counted": (frozenset({"schedule", "actor"}), "every Monday at six, whoever does it."),
}
_SOFTWARE = re.compile(
    r"(?i)\b(system|app|application|server|database|backend|software|website|frontend|service|api|bus|eventbridge|lambda|computer|program|spoke)\b"
)
_CLOCK = re.compile(
    r"(?i)\b(cron|timer|clock|time|scheduler|schedule|calendar|monday|every|after|minutes?|hours?|daily|weekly|rate|at)\b"
)
_NOBODY = re.compile(
    r"(?i)\b(cron(job)?|timers?|clock|schedule[rd]?|calendar)\b|"
    r"^(the )?(time|every|after|at|on|monday|minutes?|hourly|daily|weekly|fifteen|\d)"
)
_PEOPLE = re.compile(
    r"(?i)\b(rider|customer|user|mechanic|mira|guest|person|staff|passer-?by|crew|employee|finder)s?\b"
)
_KINDS = {
    "actor": "actor",
    "who": "actor",
    "person": "actor",
    "command": "actor",
    "external": "external",
    "outside": "external",
    "system": "external",
    "schedule": "schedule",
    "time": "schedule",
    "timer": "schedule",
    "policy": "policy",
    "whenever": "policy",
    "when": "policy",
}


def _origin_of(said: Any) -> tuple[str, str]:
    """The kind of an origin, or nothing, and what was said of it."""
    if isinstance(said, Mapping):
        kinds = [kind for key in said if (kind := _KINDS.get(key.strip().lower()))]
        return (kinds[0] if kinds else ""), ", ".join(str(value) for value in said.values())
    if isinstance(said, list) and len(said) > 1 and str(said[0]).strip(" :").lower() in _KINDS:
        return _KINDS[str(said[0]).strip(" :").lower()], ", ".join(str(one) for one in said[1:])
    kind, colon, rest = str(said).partition(":")
    if not colon:
        return "", str(said).strip()
    return _KINDS.get(kind.strip().lower(), ""), rest.strip()


def _triggers(said: Any) -> Iterator[Seen]:
    given = data_in(said)
    if not isinstance(given, dict):
        raise UnreadableError('Write beside each event what starts it: {"Bike Reserved": "actor: …"}.')
    known = {slug(event): event for event in _ORIGINS}
    told = {known[slug(event[:200])]: origin for event, origin in given.items() if slug(event[:200]) in known}
    for event in given:
        if slug(event[:200]) not in known:
            yield slip(f"{quoted(event)} is not one of the six.")
    for event in _ORIGINS:
        if not told.get(event):
            yield slip(f"What starts {quoted(event)}?")
        else:
            yield from _judged(event, *_origin_of(told[event]))


def _judged(event: str, kind: str, words: str) -> Iterator[Seen]:
    allowed, because = _ORIGINS[event]
    if not kind:
        if is_noun_and_past_verb(words[:200]):
            yield Seen(
                "event-as-command", f"{quoted(event)}: {quoted(words)} is an event, not what starts one."
            )
        else:
            yield slip(f"{quoted(event)}: begin with actor:, external:, schedule: or policy:.")
        return
    who, _, command = (one.strip() for one in words.partition(","))
    if kind == "actor" and _NOBODY.search(who) and not _PEOPLE.search(who):
        yield Seen("time-as-person", f"{quoted(event)}: {quoted(words)} is nobody: that is the time passing.")
    elif kind == "actor" and _SOFTWARE.search(who) and not _PEOPLE.search(who):
        yield Seen("software-as-actor", f"{quoted(event)}: {quoted(words)} does what somebody has told it.")
    elif kind == "schedule" and _PEOPLE.search(words) and not _CLOCK.search(words):
        yield Seen("time-as-person", f"{quoted(event)}: {quoted(words)} is a person, and no time.")
    elif kind == "policy" and "schedule" in allowed and _CLOCK.search(words) and is_noun_and_past_verb(who):
        pass  # a policy that waits
    elif kind not in allowed:
        yield Seen("wrong-origin", f"{quoted(event)}: {because}")
    if kind == "actor" and command and can_be_judged(command) and is_noun_and_past_verb(command[:200]):
        yield Seen(
            "event-as-command",
            f"{quoted(event)}: {quoted(command)} is already the event; what did they want?",
        )
    if kind == "policy":
        yield from _hears(event, re.sub(r"(?i)^\s*(whenever|when|if|after)\b[\s:]*", "", words))


def _hears(event: str, words: str) -> Iterator[Seen]:
    heard = words.partition(",")[0].strip()
    if not words_of(heard[:200]):
        yield slip(f"{quoted(event)}: whenever what has happened?")
    elif slug(heard[:200]) == slug(event):
        yield Seen("hears-itself", f"{quoted(event)} cannot be what starts {quoted(event)}.")
    elif can_be_judged(heard) and fault_of(heard) == "command":
        yield Seen(
            "waits-for-command",
            f"{quoted(event)}: {quoted(heard)} is a command, and nobody hears it on the bus.",
        )


_KNOWN = ("Bike Returned", "Fee Charged", "Card Declined", "Rider Blocked", "Receipt Sent")


def _policy(said: Any) -> Iterator[Seen]:
    parts = policy_in(said)
    known = {slug(event): event for event in _KNOWN}
    when, emits, fails = ({slug(one[:200]) for one in parts[part]} for part in ("when", "emits", "fails"))
    for part in ("when", "emits", "fails"):
        for one in parts[part]:
            if slug(one[:200]) in known:
                continue
            if can_be_judged(one) and fault_of(one) == "command":
                misconception = "waits-for-command" if part == "when" else "work-as-event"
                yield Seen(
                    misconception, f"{quoted(one)} under `{part}` is a command; an event stands there."
                )
            else:
                yield slip(f"There is no event {quoted(one)} on the wall.")
    for work in parts["does"]:
        if can_be_judged(work) and is_noun_and_past_verb(work[:200]):
            yield Seen(
                "work-as-event", f"{quoted(work)} under `does` is a fact; say the work: “Charge the card”."
            )
    if not parts["does"]:
        yield slip("What is done? `does` is empty.")
    if loop := when & (emits | fails):
        yield Seen("hears-itself", f"It hears {quoted(known.get(min(loop), min(loop)))} and emits it.")
    if both := emits & fails:
        yield Seen(
            "same-outcome",
            f"It emits {quoted(known.get(min(both), min(both)))} whether it succeeds or fails.",
        )
    if not fails:
        yield Seen("never-fails", "Nothing is emitted when the card is declined.")
    elif "card-declined" not in fails:
        yield slip("When the work fails, the card has been declined.")
    if "bike-returned" not in when:
        yield slip("It has to begin when a bike has been returned.")
    elif extra := when - {"bike-returned"} - emits - fails:
        yield slip(
            f"Not at {quoted(known.get(min(extra), min(extra)))}: the fee is charged once, at the return."
        )
    if "fee-charged" not in emits:
        yield slip("When the work succeeds, the fee has been charged.")
    for one in sorted({*known} & (emits | fails) - {"fee-charged", "card-declined", *when}):
        yield slip(f"{quoted(known[one])} is for another policy, which reacts to this one's event.")


EXERCISES = (
    Exercise(
        "what-starts-it",
        3,
        "What starts each event?",
        "Write beside each event of *Spoke* what starts it, in one of these four ways:\n\n"
        '- `"actor: WHO, WHAT THEY WANT"`\n- `"external: WHICH OTHER SYSTEM"`\n- `"schedule: WHEN"`\n- '
        '`"policy: whenever WHICH EVENT"`\n\n'
        "A reservation that nobody comes for lapses after fifteen minutes. The fee is charged when the "
        "bike is back. Every Monday at six the bikes at each station are counted.",
        "{\n" + "".join(f'    "{event}": "",\n' for event in _ORIGINS) + "}",
        _triggers,
        named(
            "event-as-command",
            "software-as-actor",
            "time-as-person",
            "wrong-origin",
            "waits-for-command",
            "hears-itself",
        ),
        (
            "Ask at each: who or what would have to be missing, so that it never happens?",
            "People wish; the bank answers; time passes; and a policy reacts to what has happened "
            "before. “The app” is never the reason.",
            "Two are wishes of people, one or two are a matter of time, and two have to do with "
            "charging the card: a policy at *Bike Returned*, or the bank's answer.",
        ),
        "What starts an event decides what is built: a permission for an actor, a schedule, an "
        "entrance for another system, or a rule with a workflow.",
    ),
    Exercise(
        "write-a-policy",
        3,
        "Whenever …, then …",
        "Write the policy that charges the fee. On the wall are the events "
        + ", ".join(f"*{one}*" for one in _KNOWN)
        + ".\n\n"
        "It has four parts: `when` (events that it reacts to), `does` (the work), `emits` (events when "
        "the work succeeds), `fails` (events when it fails). YAML in a text is fine, too.",
        '{\n    "when": [],\n    "does": [],\n    "emits": [],\n    "fails": [],\n}',
        _policy,
        named("waits-for-command", "hears-itself", "never-fails", "same-outcome", "work-as-event"),
        (
            "Read it aloud: *whenever …, then …, and if it fails …*",
            "`when`, `emits` and `fails` are facts of the wall. `does` is the only place for a verb "
            "that says what to do.",
            "It begins at *Bike Returned*; it ends in *Fee Charged* or in *Card Declined*; blocking "
            "the rider and sending the receipt are other policies.",
        ),
        "One kind of event in, one piece of work, one answer for each outcome: such a policy becomes "
        "one rule and one workflow, and can be changed without the others.",
    ),
)
