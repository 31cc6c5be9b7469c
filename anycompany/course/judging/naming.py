"""Judging the names of events: whether one says what happened in the business, and if not, what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...storm.checks.finding import quoted
from ...storm.checks.vocabulary import (
    ALWAYS_TECHNICAL_NOUNS,
    ALWAYS_TECHNICAL_VERBS,
    OFTEN_TECHNICAL_NOUNS,
    OFTEN_TECHNICAL_VERBS,
    ROWS,
)
from ...storm.english import (
    base_of,
    is_known,
    is_noun_and_past_verb,
    is_past,
    is_verb,
    past_name,
    words_of,
)
from ..verdict import Seen, slip


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SCREEN = _set(
    "button checkbox dropdown textbox popup page screen form link menu tab dialog modal icon spinner "
    "field slider toggle banner view app website ui"
)
_GESTURES = _set("click clicks clicked tap taps tapped pressed scrolled hovered typed toggled")
_ALWAYS_SCREEN = _set("button checkbox dropdown textbox popup modal spinner ui")
_ON_A_SCREEN = _GESTURES | _set("opened closed loaded shown displayed submitted rendered refreshed selected")
_SOFTWARE = (ALWAYS_TECHNICAL_NOUNS - _SCREEN) | _set(
    "server kafka sqs sns s3 dynamodb eventbridge log logfile thread exception timeout transaction-id"
)
_STORED = (OFTEN_TECHNICAL_NOUNS - _SCREEN) | _set(
    "records rows tables messages requests entries entry index schema status-code"
)
_ROWS = ROWS | _set("rows records record columns table tables queue")
_STORING = OFTEN_TECHNICAL_VERBS | _set("published consumed called invoked executed cached")
_ERRORS = re.compile(
    r"(?i)\b\w*(?:exception|error|timeout|null ?pointer|stack ?trace)\b|\b[45]\d\d\b|"
    r"\b(?:http|status code|crashed|insert into|delete from)\b|\(\)|\b(?:post|get|put|patch|delete) ?/"
)
_ASKING = _set(
    "get show list find search view look lookup fetch read query display browse see check count calculate"
)
_LOOKED_AT = _set("searched viewed queried fetched browsed displayed shown retrieved looked seen")
_LOOKED_UP = _set("availability price prices status balance details overview history list results")
_WISHES = _set("must should shall can could may might wants want wishes needs need please let")
_ORDERS = _set(
    "call notify tell ask inform email send try retry apologise apologize contact escalate block "
    "reserve unlock borrow bring repair take give collect hand hire rent move drive"
)
_BEFORE_NOUNS = _set("a an the my our your their his her its this that every each all some any")
_VALUES = _set("status state flag field value data info information details")
_SETTING = _set("updated set modified")
_DENIED = re.compile(r"\b(did|could) not\b|\b(did|could)n['’]t\b")
_NOT_YET = _set("is are am being will get gets getting")
_SUBJECTS = _set("user customer rider guest client i we they he she it system someone somebody")


def fault_of(name: str) -> str | None:
    """The misconception that the name of an event shows; None for the name of an event of the business.

    >>> [fault_of(name) for name in ("Bike Booked", "Book bike", "Row Inserted", "Tab clicked", "Bike")]
    [None, 'command', 'technical-event', 'user-interface', 'thing']
    >>> [fault_of(name) for name in ("Bike is returned", "Prices viewed", "Returned", "Guest books a bike")]
    ['present-tense', 'query', 'no-noun', 'present-tense']
    """
    words = [word.lower() for word in words_of(name[:300])]
    told = set(words)
    if not words:
        return "thing"
    if told & (_GESTURES | _ALWAYS_SCREEN) or (told & _SCREEN and told & _ON_A_SCREEN):
        return "user-interface"
    if _ERRORS.search(name[:300]):
        return "technical-event"
    if _is_software(words):
        return "technical-event"
    if _asks(name, words):
        return "query"
    if len(words) > 2 and _DENIED.search(" ".join(words)):
        return None  # past, with the verb as a dictionary has it
    if words[0] in ("to", "going") or (told & _WISHES and not _says_past(words)):
        return "command"
    if told & _NOT_YET:
        return "present-tense"
    if len(words) == 1:
        return "no-noun" if is_past(words[0]) else "command" if _is_verb_first(words[0]) else "thing"
    if is_noun_and_past_verb(name[:300]):
        return "two-facts" if _two_facts(words) else None
    return _without_past(name[:300], words)


def _is_software(words: list[str]) -> bool:
    told = set(words)
    if told & _SOFTWARE or told & ALWAYS_TECHNICAL_VERBS:
        return True
    if told & _VALUES and words[-1] in _SETTING:
        return True
    if told & _ROWS and told & (_STORING | {"sent", "received"}):
        return True
    return bool(told & _STORING) and len(words) == 2 and words[0] in _STORED


def _asks(name: str, words: list[str]) -> bool:
    if name.rstrip().endswith("?") or words[0] in _set("how who what which where when why is are does do"):
        return True
    asking = [word for word in words if word not in _SUBJECTS and word not in _WISHES and word != "to"]
    if asking and asking[0] in _ASKING:
        return True
    if set(words) & _LOOKED_AT and len(words) > 1:
        return True
    plural = words[0].endswith("s") and words[-1] == "listed"
    return plural or (words[-1] in _set("checked listed requested asked") and bool(set(words) & _LOOKED_UP))


def _says_past(words: list[str]) -> bool:
    return any(is_past(word) for word in words[1:]) and not any(
        word in _set("must should shall be") for word in words
    )


def _is_verb_first(word: str) -> bool:
    better = past_name(f"{word} bicycle")
    return bool(better and better.lower().startswith("bicycle"))


def _two_facts(words: list[str]) -> bool:
    if "and" not in words:
        return False
    middle = words.index("and")
    return any(is_past(one) for one in words[:middle]) and any(is_past(one) for one in words[middle + 1 :])


def _without_past(name: str, words: list[str]) -> str:
    """What a name of several words without a past-tense verb is: a command, the present, or a thing."""
    if words[-1].endswith("ing") or any(word.endswith("ing") and base_of(word) != word for word in words[1:]):
        return "present-tense"
    ordered = len(words) > 2 and words[1] in _BEFORE_NOUNS and is_verb(words[0])
    if (
        words[0] in _ORDERS
        or ordered
        or _is_verb_first(words[0])
        or (not is_past(words[0]) and _commands(name))
    ):
        return "command"
    if any(_third_person(word) for word in words[1:]):
        return "present-tense"
    return "thing"


def _commands(name: str) -> bool:
    better = past_name(name)
    return bool(better) and words_of(name)[-1].lower() in {
        word.lower() for word in words_of(better or "")[:-1]
    }


def _third_person(word: str) -> bool:
    """Whether a word is read as what somebody does now: “returns”, “pays”, “rides”.

    >>> [_third_person(word) for word in ("returns", "pays", "bikes", "status")]
    [True, True, True, False]
    """
    if not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return False
    stems = [
        word[:-1],
        word[:-2] if word.endswith("es") else "",
        word[:-3] + "y" if word.endswith("ies") else "",
    ]
    return any(stem and _is_verb_first(stem) for stem in stems) or any(
        is_past(stem + "ed") or is_past(stem + "d") for stem in stems if stem
    )


def can_be_judged(name: str) -> bool:
    """Whether a name has a word of English, whose rules it is judged by.

    >>> can_be_judged("Bike Booked"), can_be_judged("自転車"), can_be_judged("Fahrrad gebucht")
    (True, False, False)
    """
    words = words_of(name[:300])
    technical = _ERRORS.search(name[:300]) or _is_software([word.lower() for word in words])
    return bool(re.search(r"[A-Za-z]{2}", name)) and bool(technical or any(is_known(word) for word in words))


def faults_of(names: Iterable[str]) -> Iterator[Seen]:
    """What is wrong with each of these names, as a name of an event."""
    for name in names:
        if not can_be_judged(name):
            yield slip(f"{quoted(name)} cannot be judged: the checks of this course read English.")
        elif len(name) > 80:
            yield slip(f"{quoted(name)} is too long for a sticky note.")
        elif fault := fault_of(name):
            better = _better(name) if fault in ("command", "thing", "present-tense") else None
            yield Seen(
                fault, f"{quoted(name)} {TELLS[fault]}{f' {quoted(better)} would be one.' if better else ''}"
            )


def _better(name: str) -> str | None:
    """How a name would read as an event; one that has its verb in front, with the noun in front.

    >>> _better("Reserved bike"), _better("Unlock the bike")
    ('Bike reserved', 'The bike unlocked')
    """
    words = words_of(name)
    if len(words) > 1 and is_past(words[0]):
        return f"{' '.join(words[1:])} {words[0].lower()}".capitalize()
    return past_name(name)


TELLS = {
    "command": "says what somebody wants, not what happened.",
    "present-tense": "says what happens, or is to happen, not what has happened.",
    "technical-event": "says how software works, not what happened in the business.",
    "user-interface": "says what somebody did to a screen, not what it meant.",
    "thing": "is a thing or a state: nothing happens in it.",
    "query": "only looks something up: nothing has changed.",
    "no-noun": "does not say what it happened to.",
    "two-facts": "tells two facts, of which one may happen without the other.",
}
"""For each misconception in a name, how it is told of that name."""


def stems_of(text: str) -> frozenset[str]:
    """The words of a text in the forms that a dictionary lists them under, to compare by meaning.

    >>> sorted(stems_of("Bikes returned"))
    ['bike', 'return']
    """
    return frozenset(base_of(word) for word in words_of(text[:2000]) if len(word) > 2)
