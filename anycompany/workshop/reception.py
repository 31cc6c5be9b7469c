"""Who a guest is. Codes and keys are checked here; what somebody claims to be is not believed."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from ..board.messages import Name, Tab
from ..storm.workshop.writers import SCREEN
from .codes import Codes, normal
from .errors import WorkshopError
from .guessing import Guesses
from .names import readable

WRONG_CODE = "That is not the code of a workshop here."
RUN_OUT = "You are not in this workshop any more: the facilitator has closed its door."
OLD_SCREEN = "This address of the big screen is not valid any more."
TOO_MANY = "Too many wrong codes were said."
NO_NAME = "Say your name too: the others see it."


class Knock(BaseModel):
    """A guest's first word: a code and a name, a key from before, or a big screen's key and where that is."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    type: Literal["knock"]
    tab: Tab
    code: Annotated[str, StringConstraints(max_length=100)] = ""
    name: Name = ""
    key: Annotated[str, StringConstraints(max_length=100)] = ""
    screen: Annotated[str, StringConstraints(max_length=100)] = ""
    at: Annotated[str, StringConstraints(max_length=500, pattern=r"^[!-~]*$")] = ""


@dataclass(frozen=True)
class Guest:
    """Somebody who was let in: one tab of a person's; ``at`` is the address by which a big screen came."""

    number: str
    person: str
    tab: str
    name: str
    key: str = ""
    at: str = ""

    @property
    def to(self) -> str:
        """The tab's address in the room."""
        return f"{self.person}{self.tab}"

    @property
    def is_screen(self) -> bool:
        """Whether this is a big screen."""
        return self.person == SCREEN


@dataclass(frozen=True)
class Refused:
    """A guest who is not let in: why, what to do, and in how many seconds another try is looked at."""

    why: str
    remedy: str = ""
    wait: float = 0.0
    key_is_void: bool = False

    def told(self) -> dict[str, Any]:
        """What the guest is told."""
        return {
            "type": "refused",
            "why": self.why,
            "remedy": self.remedy,
            "wait": round(self.wait, 1),
            "void": self.key_is_void,
        }


class Reception:
    """Lets guests in.

    Parameters
    ----------
    codes : of the workshop.
    clock : a steady clock, in seconds.
    at_boards : who is in the workshop without coming through here: their names, by person.
    """

    def __init__(
        self,
        codes: Codes,
        clock: Callable[[], float] = time.monotonic,
        at_boards: Callable[[], Mapping[str, str]] = dict,
    ) -> None:
        self._codes, self._at_boards = codes, at_boards
        self._clock = clock
        self._guesses = Guesses()

    def knock(self, number: str, address: str, said: Any) -> Guest | Refused:
        """Let in whoever says a code, or brings a key that is theirs.

        Who is known here and says a code of elsewhere wants to go there: it is no guess, and their key alone
        lets them in again.

        Parameters
        ----------
        number : of the guest's socket.
        address : where the guest comes from, for slowing down those who guess.
        said : the first word, whatever it is.
        """
        try:
            knock = Knock.model_validate(said)
        except ValidationError:
            return Refused("This page is of another version than the workshop.", "Reload it.")
        if knock.key and (known := self._codes.known(knock.key)):
            if normal(knock.code) and not self._codes.is_code(knock.code):
                return Refused(WRONG_CODE, "Look at the big screen, or ask the facilitator.")
            return self._with_key(number, knock, known)
        if knock.screen:  # too long to be guessed, as keys are
            if self._codes.is_screen(knock.screen):
                return Guest(number, SCREEN, knock.tab, "Big screen", at=knock.at)
            return Refused(OLD_SCREEN, "Open it from the workshop page again.")
        if knock.key and not knock.code:
            return Refused(RUN_OUT, "Ask the facilitator for the new code.", key_is_void=True)
        if not normal(knock.code):
            return Refused("Say the code of the workshop.", "It stands on the big screen.")
        if wait := self._guesses.wait(address, self._clock()):
            return Refused(TOO_MANY, "Wait until the time is over, then try again.", wait)
        if self._codes.is_code(knock.code):
            return self._with_code(number, address, knock)
        wait = self._guesses.wrong(address, self._clock())
        return Refused(WRONG_CODE, "Look at the big screen, or ask the facilitator.", wait)

    def elsewhere(self, address: str) -> None:
        """A code that was wrong here was right in another workshop of this server: it was no guess."""
        self._guesses.forgive(address)

    def _with_key(self, number: str, knock: Knock, known: tuple[str, str]) -> Guest:
        person, name = known
        wanted = readable(knock.name)
        if wanted and wanted != name:
            person, name, _ = self._codes.admit(wanted, knock.key, self._at_boards())
        return Guest(number, person, knock.tab, name, knock.key)

    def _with_code(self, number: str, address: str, knock: Knock) -> Guest | Refused:
        wanted = readable(knock.name)
        if not wanted:
            return Refused(NO_NAME)
        self._guesses.right(address)
        try:
            person, name, key = self._codes.admit(wanted, knock.key, self._at_boards())
        except WorkshopError as error:
            return Refused(error.what, error.remedy)
        return Guest(number, person, knock.tab, name, key)
