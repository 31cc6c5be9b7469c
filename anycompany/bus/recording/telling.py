"""What a log that was watched says of the design: its findings, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...storm.checks.finding import SEVERITIES, called, listed, quoted
from ...storm.errors import StormError
from ..pattern import explain, parse
from ..rules import listening_pattern
from .following import Following, Link
from .footnotes import counted, followed, in_words
from .order import Wrong
from .recorded import Recorded
from .report import Example, LogFinding
from .vocabulary import Address
from .watched import Watched

_ENOUGH_FLOWS, _COMMON = 5, 0.2


def findings(watched: Watched) -> list[LogFinding]:
    """Everything on which the log and the design do not agree, the gravest first, then the most frequent."""
    found = [
        *_unknown(watched),
        *_contracts(watched),
        *_order(watched),
        *_alternatives(watched),
        *_not_followed(watched),
        *_unheard(watched),
        *_mishaps(watched),
    ]
    return sorted(found, key=lambda one: (SEVERITIES.index(one.severity), -one.count))


def _unknown(watched: Watched) -> Iterator[LogFinding]:
    for address, known in watched.tally.unknown.items():
        nearest = watched.vocabulary.nearest(address)
        yield LogFinding(
            "unknown-event",
            "warning",
            (f"events/{nearest}",) if nearest else (),
            _unknown_sentence(watched, address, nearest),
            "Add it to the storm, or correct who puts it on the bus.",
            known.count,
            watched.tally.events,
            known.examples[0].line,
            tuple(known.examples),
        )


def _unknown_sentence(watched: Watched, address: Address, nearest: str | None) -> str:
    source, name = address
    said = f"The storm has no event {quoted(name)} from {quoted(source)}"
    if nearest is None:
        return f"{said}, nor one like it."
    known = watched.storm.relations.address_of[nearest]
    title = called(watched.storm, nearest)
    if known[1] == name:
        return f"{said}; it has {title} from {quoted(known[0])}."
    return f"{said}; the nearest is {title}."


def _contracts(watched: Watched) -> Iterator[LogFinding]:
    for (event, what), case in watched.contracts.broken.items():
        yield LogFinding(
            "contract",
            "warning",
            (f"contracts/{event}", f"events/{event}"),
            f"{called(watched.storm, event)} breaks its contract: {what}.",
            "Correct who puts it on the bus, or the contract, as a new version.",
            case.count,
            watched.tally.seen[event],
            case.examples[0].line,
            tuple(case.examples),
        )


def _order(watched: Watched) -> Iterator[LogFinding]:
    """One finding for each event that is out of place, with all events that it is on the wrong side of."""
    found = list(watched.orders.wrong(watched.storm, watched.subjects, times_tell=watched.clock.tells))
    yield from _grouped(watched, [one for one in found if not one.race])
    yield from _grouped(watched, [one for one in found if one.race])


def _grouped(watched: Watched, wrong: list[Wrong]) -> Iterator[LogFinding]:
    while wrong:
        early, late = Counter(one.later for one in wrong), Counter(one.earlier for one in wrong)
        event, is_early = max(
            [(event, True) for event in early] + [(event, False) for event in late],
            key=lambda one: early[one[0]] if one[1] else late[one[0]],
        )
        group = [one for one in wrong if event == (one.later if is_early else one.earlier)]
        wrong = [one for one in wrong if one not in group]
        yield _out_of_place(watched, event, is_early, sorted(group, key=lambda one: -one.flows))


def _out_of_place(watched: Watched, event: str, is_early: bool, group: list[Wrong]) -> LogFinding:
    storm, first = watched.storm, group[0]
    others = [one.earlier if is_early else one.later for one in group]
    names = listed([called(storm, other) for other in others], 4)
    came = f"came before {names}" if is_early else f"came only after {names}"
    common = first.flows > _COMMON * first.cases.both and first.cases.both >= _ENOUGH_FLOWS
    flows = f"in {first.flows:,} of {first.cases.both:,} flows by {first.by}"
    examples = tuple(
        Example(
            before, f"{subject[0]} {subject[1][:60]}: {called(storm, first.earlier)} only in line {after}"
        )
        for before, after, subject in first.cases.examples
    )
    doubt = " So often that it may be the timeline that is wrong." if common else ""
    doubt = " No policy makes the one wait for the other." if first.race else doubt
    return LogFinding(
        "order",
        "note" if first.race else "warning",
        (f"events/{event}", *(f"events/{other}" for other in others)),
        f"{called(storm, event)} {came}, {flows}; the timeline has it the other way round.{doubt}",
        "Find out who puts it on the bus too early or too late, or correct the timeline.",
        first.flows,
        first.cases.both,
        examples[0].line,
        examples,
    )


def _alternatives(watched: Watched) -> Iterator[LogFinding]:
    storm = watched.storm
    for one, other, by, case in watched.orders.both_happened(watched.subjects):
        examples = tuple(
            Example(second, f"{subject[0]} {subject[1][:60]}: the other one in line {first}")
            for first, second, subject in case.examples
        )
        yield LogFinding(
            "alternatives",
            "warning",
            (f"events/{one}", f"events/{other}"),
            f"{called(storm, one)} and {called(storm, other)} both happened in "
            f"{counted(case.count, 'flow')} by {by}; the timeline has one or the other.",
            "Find out why both were put on the bus, or place them in moments of their own.",
            case.count,
            None,
            examples[0].line,
            examples,
        )


def _not_followed(watched: Watched) -> Iterator[LogFinding]:
    if not watched.clock.tells:
        return
    for link, (by, case) in followed(watched).items():
        if case.missed or case.overdue:
            yield _missed(watched, link, by, case)


def _missed(watched: Watched, link: Link, by: str, case: Following) -> LogFinding:
    storm = watched.storm
    policy = storm.policies[link.policy]
    answers = [
        link.emits,
        *(event for event in policy.fails if event in storm.events and event != link.emits),
    ]
    names = " or ".join(called(storm, event) for event in answers)
    heard, title = called(storm, link.heard), quoted(policy.title(link.policy))
    count = case.missed or case.overdue
    times = f"{count:,} of {case.opened:,} times, though {title} should see to it"
    longest = f"others took {in_words(round(case.longest, 3))} at most" if case.answered else "nothing did"
    waited = in_words(watched.followings.waiting(link))
    return LogFinding(
        "not-followed",
        "warning" if case.missed or case.answered >= _ENOUGH_FLOWS or count >= _ENOUGH_FLOWS else "note",
        (f"policies/{link.policy}", f"events/{link.heard}", *(f"events/{event}" for event in answers)),
        f"{names} did not follow {heard} within {waited}, {times}."
        if case.missed
        else f"{names} has not followed {heard} when the log ends, {times}; {longest}.",
        "Look into the workflow's failures and its dead letters; or allow it more time.",
        count,
        case.opened,
        case.cases[0][0] if case.cases else 0,
        tuple(Example(line, f"{by} {value[:60]}" if by else "") for line, value in case.cases),
    )


def _unheard(watched: Watched) -> Iterator[LogFinding]:
    storm, tally = watched.storm, watched.tally
    for key, record in watched.refused.items():
        listener = storm.listeners[key]
        hears = storm.events if listener.hears == "all" else listener.hears
        came = sum(tally.seen[event] for event in dict.fromkeys(hears))
        if not tally.heard[f"listeners/{key}"]:
            yield LogFinding(
                "unheard",
                "note",
                (f"listeners/{key}",),
                f"{quoted(listener.title(key))} would have heard none of {counted(came, 'event')} that it is "
                f"for: its filter lets none of them through. {_why_refused(watched, key, record)}",
                "Compare its filter with what the events carry.",
                came,
                came,
                record.line,
                (Example(record.line),),
            )


def _why_refused(watched: Watched, listener: str, record: Recorded) -> str:
    """What of a filter an event does not meet, the nearest miss."""
    try:
        found = explain(parse(listening_pattern(watched.storm, listener)), record.event)
    except StormError as error:
        return error.what
    missed = [failed.why for branch in found.branches for failed in branch.failed]
    return f"Line {record.line}: {missed[0]}" if missed else ""


def _mishaps(watched: Watched) -> Iterator[LogFinding]:
    tally = watched.tally
    if tally.duplicate_count:
        lines = tuple(Example(line) for line in tally.duplicates)
        yield LogFinding(
            "duplicate",
            "note",
            (),
            f"{counted(tally.duplicate_count, 'event')} came again with the same id: each counts once.",
            "EventBridge delivers at least once: let every hearer bear it.",
            tally.duplicate_count,
            tally.events,
            tally.duplicates[0],
            lines,
        )
    if tally.unread:
        first = tally.unread_lines[0]
        yield LogFinding(
            "unread",
            "note",
            (),
            f"{counted(tally.unread, 'line')} could not be read as events; the first: {first.why}",
            "Look at these lines; the rest was read.",
            tally.unread,
            tally.events + tally.unread,
            first.line,
            tuple(Example(one.line, one.why[:120]) for one in tally.unread_lines[:3]),
        )
