"""The exercises of step 6, naming the microservices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...storm.checks.finding import listed, quoted
from ...storm.english import words_of
from ...storm.ids import slug
from ..exercise import Exercise
from ..judging.grouping import Together, every_one_once, groups_in, homes, together
from ..misconceptions import named
from ..reading import UnreadableError, data_in, texts_in
from ..verdict import Seen, slip

_JOBS = {
    "Renting": ("Hold a bike", "Let a reservation lapse", "End a ride"),
    "Fleet": ("Plan a repair", "Retire a bike"),
    "Accounts": ("Charge the fee", "Send the receipt", "Block a rider"),
}
_ALL = tuple(job for jobs in _JOBS.values() for job in jobs)
_TECHNOLOGY = re.compile(
    r"(?i)\b(lambda|function|handler|queue|sqs|sns|api|db|database|dynamo(db)?|table|worker|server|container|"
    r"docker|python|node|workflow|step ?functions?|state ?machine|event ?bus|event ?bridge|"
    r"micro ?service ?\d+|service ?\d+|crud)s?\b"
)


def _split(said: Any) -> Iterator[Seen]:
    groups = groups_in(said, _ALL)
    for service in groups:
        if _TECHNOLOGY.search(" ".join(words_of(service[:200]))):
            yield Seen("named-after-technology", f"{quoted(service)} says how it is built.")
    yield from every_one_once(groups, _ALL, "service-across")
    found = {slug(one) for one in _ALL} & set(homes(groups))
    if len(groups) == 1 and len(found) > 3:
        yield Seen("service-is-function", f"{quoted(next(iter(groups)))} does everything.")
        return
    if len(groups) > 3 and len(groups) >= len(found) - 1:
        yield Seen("service-is-workflow", f"There are {len(groups)} services for {len(found)} workflows.")
        return
    inside = [
        Together(jobs, f"they are all of the context {context}.", "service-is-workflow")
        for context, jobs in _JOBS.items()
    ]
    yield from together(groups, inside)
    where = {slug(job): context for context, jobs in _JOBS.items() for job in jobs}
    for service, jobs in groups.items():
        contexts = dict.fromkeys(where[slug(job)] for job in jobs if slug(job) in where)
        if len(contexts) > 1:
            yield Seen("service-across", f"{quoted(service)} works in {listed(list(contexts))}.")


_NEEDS: dict[str, tuple[frozenset[str], str]] = {
    "show free bikes at a station": (frozenset({"bikes:read"}), "it shows where bikes stand."),
    "print the name tag of a rider": (frozenset({"riders:read-name"}), "there is nothing but a name on it."),
    "take a bike out of service": (
        frozenset({"bikes:read", "bikes:write"}),
        "it has to find the bike and to mark it.",
    ),
    "charge the fee": (
        frozenset({"rides:read", "cards:charge"}),
        "it has to know how long the ride was, and to charge.",
    ),
}
_PERMISSIONS = (
    "bikes:read",
    "bikes:write",
    "rides:read",
    "rides:write",
    "riders:read-name",
    "riders:read-everything",
    "riders:write",
    "cards:charge",
    "*",
)
_MAY_LACK = {"take a bike out of service": frozenset({"bikes:read"})}


def _privileges(said: Any) -> Iterator[Seen]:
    data = data_in(said)
    if not isinstance(data, dict):
        raise UnreadableError("Write for each piece the list of its permissions.")
    given = {slug(piece[:200]): {one.lower() for one in texts_in(rights)} for piece, rights in data.items()}
    pieces = {slug(piece): piece for piece in _NEEDS}
    for piece in data:
        if slug(piece[:200]) not in pieces:
            yield slip(f"{quoted(piece)} is not one of the four.")
    full = [rights for key, rights in given.items() if key in pieces and rights]
    if len(full) == len(pieces) and all(rights == full[0] for rights in full):
        yield Seen("one-role-for-all", "All pieces have the same permissions.")
    for key, piece in pieces.items():
        yield from _judged(piece, given.get(key, set()))


def _covered(right: str) -> list[str]:
    """The permissions that one written with a star gives: ``rides:*`` reads rides and writes them."""
    begins = right.removesuffix("*")
    covered = [one for one in _PERMISSIONS if right.endswith(":*") and one.startswith(begins)]
    return covered or [right]


def _judged(piece: str, said: set[str]) -> Iterator[Seen]:
    needs, because = _NEEDS[piece]
    rights = {one for right in said for one in _covered(right)}
    if unknown := sorted(rights - set(_PERMISSIONS) - {"all", "admin"}):
        yield slip(
            f"{quoted(piece)}: {listed([quoted(one) for one in unknown])} is not among the permissions."
        )
    if rights & {"*", "all", "admin"}:
        yield Seen("one-role-for-all", f"{quoted(piece)} may do everything: {because}")
        return
    may = rights | ({"riders:read-name"} if "riders:read-everything" in rights else set())
    lacks = needs - may - _MAY_LACK.get(piece, frozenset())
    if lacks:
        yield Seen("too-little" if rights else "", f"{quoted(piece)} cannot do its work yet: {because}")
    extra = (rights & set(_PERMISSIONS)) - needs
    if "riders:read-everything" in extra:
        yield Seen("sees-personal-data", f"{quoted(piece)} sees addresses, birthdays and cards: {because}")
    if writes := sorted(one for one in extra if one.endswith(":write") or one == "cards:charge"):
        yield Seen(
            "reader-that-writes", f"{quoted(piece)} may {listed([quoted(one) for one in writes])}: {because}"
        )
    if rest := sorted(one for one in extra if one not in {"riders:read-everything", *writes}):
        yield slip(f"{quoted(piece)} does not need {listed([quoted(one) for one in rest])}: {because}")


EXERCISES = (
    Exercise(
        "split-the-monolith",
        6,
        "Split the monolith",
        "At *Spoke* one function does all of this: " + ", ".join(f"*{job}*" for job in sorted(_ALL)) + ".\n\n"
        "There are three bounded contexts: one around reservations and rides, one around bikes and "
        "damages, one around payments and riders. "
        'Name the **services**, and give each its workflows: `{"Service": ["Workflow", …], …}`.',
        '{\n    "": [],\n}',
        _split,
        named("service-is-function", "service-is-workflow", "service-across", "named-after-technology"),
        (
            "How many services do three contexts get?",
            "A service has several workflows, each of which does one thing. Which context's events "
            "does each of them emit?",
            "Three of them rent out, two look after the fleet, three have to do with money and people.",
        ),
        "One service for each context, several workflows in each: teams deploy apart, and no piece "
        "needs every permission.",
    ),
    Exercise(
        "least-privilege",
        6,
        "Who may do what?",
        "Give each piece the permissions that it needs, and no others. There are: "
        + ", ".join(f"`{one}`" for one in _PERMISSIONS)
        + ".",
        "{\n" + "".join(f'    "{piece}": [],\n' for piece in _NEEDS) + "}",
        _privileges,
        named("one-role-for-all", "reader-that-writes", "sees-personal-data", "too-little"),
        (
            "What is the worst that somebody could do who gets hold of this piece?",
            "Whatever only shows or prints something reads. And of a person, how much has it to know?",
            "One needs a single permission on bikes, one on riders; the other two need two each.",
        ),
        "If a piece has a hole, the damage ends at what it may do. A piece that sees no personal data "
        "cannot lose any.",
    ),
)
