"""What a check says of an attempt at an exercise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["not attempted", "wrong", "right"]
"""An attempt that was not begun is told from one that is wrong: nobody has to be corrected for it."""


@dataclass(frozen=True)
class Misconception:
    """A way of thinking that leads astray, and that a check can see.

    Parameters
    ----------
    id : in kebab case, the same wherever the misconception is met.
    name : what it is called.
    instead : the right way, in a sentence or two.
    source : who says so.
    """

    id: str
    name: str
    instead: str
    source: str = ""


@dataclass(frozen=True)
class Seen:
    """One thing that stands between an attempt and its being right.

    Parameters
    ----------
    misconception : the id of the misconception that it shows; empty for a slip, such as something missing.
    what : what of the attempt shows it, as a sentence. Quotes the attempt: escape it for where it goes.
    """

    misconception: str
    what: str


def slip(what: str) -> Seen:
    """Something that is not right yet and shows no misconception."""
    return Seen("", what)


@dataclass(frozen=True)
class Verdict:
    """What a check says of an attempt.

    Parameters
    ----------
    exercise : its id.
    state : how the attempt is.
    says : what there is to say of it, in sentences.
    seen : what is wrong, each with its misconception; empty unless ``state`` is ``wrong``.
    misconceptions : those that were seen, each once, in the order in which they were.
    """

    exercise: str
    state: State
    says: tuple[str, ...]
    seen: tuple[Seen, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()

    @property
    def right(self) -> bool:
        """Whether the attempt is right."""
        return self.state == "right"
