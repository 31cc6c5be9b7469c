"""Step 3: who or what starts each event, and which events follow from which through policies."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from ...storm.checks.finding import listed, quoted
from .card import StepScore, Tally, not_attempted
from .in_time import fixed_pairs
from .matching import Match

_KINDS = {
    "actor": "a person",
    "external": "another system",
    "schedule": "time",
    "aws": "AWS",
    "policy": "a policy",
}


def causes(match: Match) -> StepScore:
    """Step 3: each event has a cause like the reference's, or one that the domain's file calls fair."""
    attempt = match.attempt
    if not (attempt.triggers or attempt.policies) or not match.of:
        return not_attempted(3)
    return _Causes(match).score()


class _Causes:
    def __init__(self, match: Match) -> None:
        self.match = match
        self.tally = Tally()
        self.fixed = fixed_pairs(match.domain, match.reference)

    def score(self) -> StepScore:
        reference, match = self.match.reference, self.match
        for event in match.of:
            emitters = reference.relations.emitters_of.get(event, ())
            if emitters:
                self._by_policy(event, {one for key in emitters for one in reference.policies[key].when})
            elif event in reference.triggers:
                self._by_trigger(event)
            self._not_by_its_effects(event)
        for key, policy in reference.policies.items():
            if not policy.emits and not policy.fails:
                self._silent(key, policy.when)
        for own in sorted(match.attempt.relations.looping)[:20]:
            title = match.attempt.policies[own].title(own)
            self.tally.fault(f"{quoted(title)} may start itself again, and nothing ends it.")
        asked = sum(
            bool(one in reference.triggers or reference.relations.emitters_of.get(one))
            for one in match.wanted
        )
        self.tally.at_least(asked / 2)
        return self.tally.score(3)

    def _fair_kinds(self, event: str) -> set[str]:
        return set(self.match.domain.starts.get(event, ()))

    def _by_policy(self, event: str, when: set[str]) -> None:
        match, tally = self.match, self.tally
        own = match.of[event]
        fair = when | set(match.domain.causes.get(event, ()))
        possible = {match.of[one] for one in fair if one in match.of}
        found = self._sources_of(own)
        trigger = match.attempt.triggers.get(own)
        if found & possible or (found and not possible):
            tally.good()
            if match.back.keys() & found and not found & {match.of[one] for one in when if one in match.of}:
                tally.credited.append(
                    f"{match.called(event)} follows from another event than in the reference."
                )
        elif trigger and trigger.kind in self._fair_kinds(event):
            tally.good()
            tally.credited.append(
                f"{match.called(event)} is started by {_KINDS[trigger.kind]}, not by a policy."
            )
        elif not possible and trigger:
            tally.good()
        else:
            causes = listed([match.called(one) for one in sorted(when)])
            tally.lacks(f"{match.called(event)} should follow from {causes} by a policy.")

    def _by_trigger(self, event: str) -> None:
        match, tally = self.match, self.tally
        own, wanted = match.of[event], match.reference.triggers[event]
        fair = {wanted.kind} | self._fair_kinds(event)
        trigger = match.attempt.triggers.get(own)
        if trigger is None:
            causes = self._sources_of(own)
            by_fair_cause = causes & {
                match.of[one] for one in match.domain.causes.get(event, ()) if one in match.of
            }
            if causes and ("policy" in fair or by_fair_cause):
                tally.good()
                tally.credited.append(
                    f"{match.called(event)} follows by a policy; the reference has a trigger."
                )
            else:
                tally.lacks(
                    f"{match.called(event)} should be started by {_KINDS[wanted.kind]}{self._who(event)}."
                )
        elif trigger.kind not in fair:
            tally.fault(
                f"{match.called(event)} is started by {_KINDS[trigger.kind]}, not by {_KINDS[wanted.kind]}."
            )
        elif trigger.kind == wanted.kind == "actor" and (other := self._another_actor(event)):
            tally.fault(
                f"{match.called(event)} is started by {quoted(wanted.actor or '')}, not by {quoted(other)}."
            )
        else:
            tally.good()
            if trigger.kind != wanted.kind:
                tally.credited.append(
                    f"{match.called(event)} is started by {_KINDS[trigger.kind]}: fair too."
                )

    def _who(self, event: str) -> str:
        wanted = self.match.reference.triggers[event]
        who = wanted.actor or wanted.external
        return f", {quoted(who)}" if who else ""

    @cached_property
    def _actors(self) -> dict[frozenset[frozenset[str]], str]:
        actors = (one.actor for one in self.match.reference.triggers.values())
        return {frozenset(self.match.wording.name(one).words): one for one in actors if one}

    def _another_actor(self, event: str) -> str:
        """The person who starts the event in the attempt, where that is another one of the reference's."""
        wanted = self.match.reference.triggers[event].actor
        said = self.match.attempt.triggers[self.match.of[event]].actor
        if not said or not wanted:
            return ""
        name = self.match.wording.name(said)
        known = self._actors.get(frozenset(name.words))
        return said if known and not name.likeness(self.match.wording.name(wanted)) else ""

    def _sources_of(self, own: str) -> set[str]:
        """What leads to an event by policies, through events that the reference does not have."""
        attempt, back = self.match.attempt, self.match.back
        found: set[str] = set()
        waiting, seen = [own], {own}
        while waiting:
            for key in attempt.relations.emitters_of.get(waiting.pop(), ()):
                for cause in attempt.policies[key].when:
                    if cause in attempt.events and cause not in seen:
                        seen.add(cause)
                        found.add(cause)
                        if cause not in back:
                            waiting.append(cause)
        return found

    def _not_by_its_effects(self, event: str) -> None:
        match = self.match
        emitters = match.reference.relations.emitters_of.get(event, ())
        fair = {one for key in emitters for one in match.reference.policies[key].when}
        fair.update(match.domain.causes.get(event, ()))
        for cause in sorted(self._sources_of(match.of[event])):
            known = match.back.get(cause)
            if known and known not in fair and (event, known) in self.fixed:
                self.tally.fault(
                    f"{match.called(event)} cannot follow from {match.called(known)}, which comes later."
                )

    def _silent(self, key: str, when: Iterable[str]) -> None:
        match, attempt = self.match, self.match.attempt
        heard = [match.of[one] for one in when if one in match.of]
        if not heard:
            return
        for own in {key for event in heard for key in attempt.relations.hearers_of.get(event, ())}:
            said = attempt.policies[own]
            outcomes = {match.back[one] for one in (*said.emits, *said.fails) if one in match.back}
            if not outcomes or len(said.does) > 1:
                self.tally.good()
                return
        title = match.reference.policies[key].title(key)
        self.tally.lacks(f"Nothing is done after {match.called(match.back[heard[0]])}: {quoted(title)}.")
