"""English event names: whether one is a noun and a past-tense verb, and if not, how it would read.

The inflections are those of lemminflect's lexicon. Its table is read through the import system rather than
by importing lemminflect, whose import loads numpy for words outside the lexicon: a tenth of the time, and
the same answers (a test compares them).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


PARTICLES = _set("in out up down on off over back away through aside behind together forward")
"""Words that make another verb of the one before them: what is passed on has passed no test."""
_AUXILIARIES = _set("am are be been being could did do does had has have is may might not was were will")
_NEVER_PAST = _set("dove feed lay rent saw stove")
"""Nouns of business that happen to be the past of some rarer verb (to rend, to fee)."""

_COMMANDS = _set(
    "accept assign book cancel change charge check claim close cut cover deliver drop fix hold invite issue "
    "lend list load lock mail mark pack park pay pick place plan post print quote rate refund release renew "
    "repair report request reset return review schedule set ship sign split start stop store supply test "
    "track transfer update upgrade withdraw"
)
"""Verbs that are read as commands at the head of a name although they can be nouns."""

_NOMINAL_ENDINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ription", ("ribe",)),
    ("duction", ("duce",)),
    ("ication", ("y", "icate")),
    ("ation", ("", "e", "ate")),
    ("ition", ("", "e", "it")),
    ("ction", ("ct",)),
    ("ssion", ("t", "ss", "de")),
    ("sion", ("d", "de", "se")),
    ("tion", ("t", "te")),
    ("ment", ("",)),
    ("ance", ("", "e")),
    ("ery", ("er",)),
    ("al", ("", "e")),
)
"""Endings of nouns that name a deed, and what the verb has in their place."""


@dataclass(frozen=True)
class _Verbs:
    """The lexicon's verbs: participles of each, and the verb that a past or an -ing form belongs to."""

    participle_of: dict[str, str]
    past: dict[str, str]
    gerund: dict[str, str]


@lru_cache(maxsize=1)
def _lexicon() -> str:
    """Lemminflect's table of inflections: lines of word, category and forms."""
    import gzip
    from importlib.util import find_spec

    spec = find_spec("lemminflect")
    if spec is None or spec.submodule_search_locations is None:
        raise ModuleNotFoundError("lemminflect is not installed: pip install lemminflect", name="lemminflect")
    path = f"{spec.submodule_search_locations[0]}/resources/infl_lu.csv.gz"
    return gzip.decompress(spec.loader.get_data(path)).decode("utf-8")  # type: ignore[union-attr]


@lru_cache(maxsize=1)
def _verbs() -> _Verbs:
    found = _Verbs({}, {}, {})
    for verb, forms in re.findall(r"^([^,\n]+),verb,(.*)$", _lexicon(), re.MULTILINE):
        past, participle, gerund = [*forms.split(","), "", ""][:3]
        participles = (participle or past).split("/")
        found.participle_of[verb] = next((p for p in participles if p.endswith("lled")), participles[0])
        for form in (*past.split("/"), *participles):
            found.past.setdefault(form, verb)
        for form in gerund.split("/"):
            found.gerund.setdefault(form, verb)
    return found


@lru_cache(maxsize=1)
def _nouns() -> frozenset[str]:
    return frozenset(re.findall(r"^([^,\n]+),noun,", _lexicon(), re.MULTILINE))


@lru_cache(maxsize=1)
def _everything() -> frozenset[str]:
    return frozenset(re.findall(r"^([^,\n]+),", _lexicon(), re.MULTILINE))


def words_of(name: str) -> list[str]:
    """The words of an event's name, in whatever way it is written.

    >>> words_of("Guest Checked-In"), words_of("OrderPlaced"), words_of("row_inserted 2")
    (['Guest', 'Checked', 'In'], ['Order', 'Placed'], ['row', 'inserted', '2'])
    """
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name))


def is_known(word: str) -> bool:
    """Whether an English dictionary has this word, in any of its usual forms."""
    word = word.lower()
    return (
        word in _everything()
        or word in _verbs().past
        or word in _verbs().gerund
        or (word.endswith("s") and word[:-1] in _everything())
        or (word.endswith("es") and word[:-2] in _everything())
        or (word.endswith("ies") and word[:-3] + "y" in _everything())
    )


def base_of(word: str) -> str:
    """The form under which a dictionary lists a word: the verb of a past form, the singular of a plural.

    >>> base_of("Sent"), base_of("cancelled"), base_of("Payments"), base_of("Boxes")
    ('send', 'cancel', 'payment', 'box')
    """
    word = word.lower()
    if word in _verbs().past:
        return _verbs().past[word]
    for ending, singular in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and word[: -len(ending)] + singular in _nouns():
            return word[: -len(ending)] + singular
    return word


def is_verb(word: str) -> bool:
    """Whether a word can be a verb as a dictionary lists it.

    >>> is_verb("Ride"), is_verb("rider")
    (True, False)
    """
    return word.lower() in _verbs().participle_of


def is_past(word: str) -> bool:
    """Whether a word can be the past form of a verb, regular or not.

    >>> [is_past(word) for word in ("Sent", "set", "rebooked", "processing", "subscription", "bed")]
    [True, True, True, False, False, False]
    """
    word = word.lower()
    if word in _AUXILIARIES or word in _NEVER_PAST:
        return False
    return word in _verbs().past or (word.endswith("ed") and len(word) > 4 and word not in _everything())


def is_noun_and_past_verb(name: str) -> bool:
    """Whether an event's name is a noun and a past-tense verb, with whatever follows the verb.

    Words that stand for themselves before the verb count as the noun, whatever they are; a name that begins
    like a command ("Create Signed Contract") does not.

    >>> [is_noun_and_past_verb(name) for name in ("Guest Checked In", "Order Part Paid", "Unlock Failed")]
    [True, True, True]
    >>> [is_noun_and_past_verb(name) for name in ("Create Account", "Order Processing", "Was Paid")]
    [False, False, False]
    """
    words = [word.lower() for word in words_of(name)]
    subject = [word for word in words if word not in _AUXILIARIES]
    if len(subject) < 2:
        return False
    if _is_command(subject[0]) and not is_past(subject[0]):  # a deed, if its outcome is all that follows
        return [word for word in subject[1:] if word not in PARTICLES] == [subject[1]] and is_past(subject[1])
    return any(is_past(word) for word in subject[1:])


def _is_command(word: str) -> bool:
    return word in _verbs().participle_of and word not in _nouns()


def past_name(name: str) -> str | None:
    """How a name that is no event would read as one, or None where that cannot be derived.

    >>> past_name("Create Account"), past_name("Order Processing"), past_name("Customer Subscription")
    ('Account Created', 'Order Processed', 'Customer Subscribed')
    >>> past_name("Set up account"), past_name("Payment")
    ('Account set up', None)
    """
    words = words_of(name)
    if len(words) < 2 or any(is_past(word) for word in words[1:]):
        return None
    first, last = words[0].lower(), words[-1].lower()
    verb = _verbs().gerund.get(last) or (_verb_in_noun(last) if not _is_command(first) else None)
    if verb:
        return _joined(words, words[:-1], [_verbs().participle_of[verb]])
    if first in _COMMANDS or _is_command(first):
        rest = words[1:]
        particles = [rest.pop(0)] if len(rest) > 1 and rest[0].lower() in PARTICLES else []
        return _joined(words, rest, [_verbs().participle_of[first], *particles])
    return None


def _verb_in_noun(noun: str) -> str | None:
    """The verb that a noun of a deed is made from.

    >>> [_verb_in_noun(noun) for noun in ("shipment", "cancellation", "reservation", "approval", "customer")]
    ['ship', 'cancel', 'reserve', 'approve', None]
    """
    for ending, replacements in _NOMINAL_ENDINGS:
        if not noun.endswith(ending):
            continue
        stem = noun[: -len(ending)]
        stems = [stem, stem[:-1]] if len(stem) > 2 and stem[-2:-1] == stem[-1:] else [stem]
        for verb in (one + replacement for one in stems for replacement in replacements):
            if verb in _verbs().participle_of:
                return verb
    return None


def _joined(words: list[str], noun: list[str], verb: list[str]) -> str:
    """The noun and the verb, written in the way the given words are: Each Capitalised, or only the first."""
    titled = all(word[:1].isupper() for word in words)
    verb = [word.capitalize() if titled else word.lower() for word in verb]
    if not titled:
        noun = [word.lower() if word.istitle() else word for word in noun]
    text = " ".join([*noun, *verb])
    return text[:1].upper() + text[1:] if words[0][:1].isupper() else text
