"""Join codes of a workshop, and the keys by which phones are known again.

They are kept beside the files of running Jupyter servers, for this user only (mode 0600), never in the storm
or its log: whoever is sent the storm learns no code. All processes of this user share them, so that a code
that the command line has changed is another one in the kernel at once.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from filelock import FileLock

from .errors import WorkshopError
from .names import told_apart

LETTERS = "BCDFGHJKMNPQRSTVWXYZ23456789"
"""What codes are made of: nothing that is taken for something else, no vowels that would make words."""

LENGTH = 6
"""Letters of a code: 480 million codes, of which a guesser may try a few thousand a day."""

HOURS = 12.0
"""For so long a code lets people in who come for the first time."""

DAYS_OF_A_KEY = 7
"""For so long a phone that was let in is known again: a workshop is over within a week."""

MOST_GUESTS = 1000
"""Guests that a workshop knows at most."""


@dataclass
class Kept:
    """What is kept of a workshop: its code until when, the epoch of keys, and who was let in."""

    secret: str
    screen: str
    code: str = ""
    until: float = 0.0
    revoked: bool = False
    epoch: int = 1
    stopped: bool = False
    guests: dict[str, dict[str, Any]] = field(default_factory=dict)


class Codes:
    """The codes of the workshop on one storm file.

    Parameters
    ----------
    storm : the storm file.
    """

    def __init__(self, storm: Path) -> None:
        self.storm = Path(os.path.realpath(storm))
        self.id = hashlib.sha256(str(self.storm).encode("utf-8", "replace")).hexdigest()[:16]
        self._file = _folder() / f"{self.id}.json"
        self._lock = FileLock(self._file.with_suffix(".lock"), timeout=10, mode=0o600)
        self._seen: tuple[int, int] | None = None
        self._kept: Kept | None = None

    # -- the code

    @property
    def code(self) -> str | None:
        """The code that lets people in now; None when there is none: it was revoked, or its time is over."""
        kept = self._read()
        return kept.code if kept.code and time.time() < kept.until else None

    @property
    def seconds_left(self) -> float:
        """How long the code still lets people in."""
        kept = self._read()
        return max(0.0, kept.until - time.time()) if kept.code else 0.0

    @property
    def screen(self) -> str:
        """The key of the big-screen view, which shows the code and can do nothing."""
        return self._read().screen

    @property
    def stopped(self) -> bool:
        """Whether the facilitator has ended the hosting, so that nobody should begin it again unasked."""
        return self._read().stopped

    def open(self) -> None:
        """See that there is a code: a new one at the beginning, and when the last one's time is over.

        One that was revoked stays so until ``change``.
        """
        with self._changing() as kept:
            kept.stopped = False
            if not kept.revoked and time.time() >= kept.until:
                _new_code(kept, HOURS)

    def change(self, hours: float = HOURS) -> str:
        """Make another code; the one before lets nobody in any more, and whoever is in stays.

        Parameters
        ----------
        hours : for how long it lets people in.

        Raises
        ------
        WorkshopError
            if that is no time: it has to be more than nothing, and a week at most.
        """
        if not 0 < hours <= DAYS_OF_A_KEY * 24:
            raise WorkshopError(
                f"A code cannot be valid for {hours:g} hours.", "", f"Name up to {DAYS_OF_A_KEY * 24} hours."
            )
        with self._changing() as kept:
            return _new_code(kept, hours)

    def revoke(self) -> None:
        """Let nobody in any more, and put everybody out; ``change`` begins anew.

        Whoever comes back with a new code is the same person as before, with the same notes.
        """
        with self._changing() as kept:
            kept.code, kept.until, kept.revoked = "", 0.0, True
            kept.epoch += 1
            kept.screen = secrets.token_urlsafe(24)

    def stop(self) -> None:
        """Note that the hosting has ended on purpose."""
        with self._changing() as kept:
            kept.stopped = True

    def is_code(self, said: str) -> bool:
        """Whether this is the code that lets people in now, however it is spaced and in either case."""
        code = self.code
        return code is not None and hmac.compare_digest(normal(said).encode(), code.encode())

    def is_screen(self, said: str) -> bool:
        """Whether this is the key of the big-screen view."""
        return hmac.compare_digest(said.encode("utf-8", "replace"), self.screen.encode())

    # -- the guests

    def admit(
        self, name: str, key: str = "", at_boards: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[str, str, str]:
        """Let somebody in who has said the code.

        Parameters
        ----------
        name : what they call themselves; two people do not have one name.
        key : the key of theirs from an earlier time, where they have one.
        at_boards : the names of those who are in the workshop without having been let in here, by person.

        Returns
        -------
        tuple of str
            the person's id, as in the log; their name; their key.

        Raises
        ------
        WorkshopError
            if there are as many guests already as a workshop can have.
        """
        with self._changing() as kept:
            person = self._person_of(kept, key)
            if person is None:
                _make_room(kept)
                person = secrets.token_hex(4)
                while person in kept.guests:
                    person = secrets.token_hex(4)
            others = {**at_boards, **{one: str(guest["name"]) for one, guest in kept.guests.items()}}
            name = told_apart(name, [other for one, other in others.items() if one != person])
            kept.guests[person] = {"name": name, "epoch": kept.epoch, "since": time.time()}
            return person, name, f"{person}{_signature(kept, person)}"

    def known(self, key: str) -> tuple[str, str] | None:
        """The person and name of a guest who may come back without a code; None for anybody else."""
        kept = self._read()
        person = self._person_of(kept, key)
        guest = kept.guests.get(person or "")
        if person is None or guest is None or guest["epoch"] != kept.epoch:
            return None
        fresh = time.time() - guest["since"] < DAYS_OF_A_KEY * 86400
        return (person, str(guest["name"])) if fresh else None

    def may_stay(self, person: str) -> bool:
        """Whether somebody who was let in has not been put out since."""
        kept = self._read()
        guest = kept.guests.get(person)
        return guest is not None and guest["epoch"] == kept.epoch

    def _person_of(self, kept: Kept, key: str) -> str | None:
        person, signature = key[:8], key[8:]
        own = _signature(kept, person).encode()
        valid = hmac.compare_digest(signature.encode("utf-8", "replace"), own)
        return person if valid and person in kept.guests else None

    # -- the file

    def _read(self) -> Kept:
        """What is kept now; read again only when the file is another one."""
        try:
            state = self._file.stat()
        except FileNotFoundError:
            with self._changing() as kept:
                return kept
        seen = (state.st_mtime_ns, state.st_ino)
        if self._kept is None or seen != self._seen:
            self._kept, self._seen = _kept_in(self._file) or _nothing_kept(), seen
        return self._kept

    @contextmanager
    def _changing(self) -> Iterator[Kept]:
        self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._lock:
            kept = _kept_in(self._file) or _nothing_kept()
            yield kept
            _write(self._file, json.dumps(asdict(kept)))
            state = self._file.stat()
            self._kept, self._seen = kept, (state.st_mtime_ns, state.st_ino)


def normal(said: str) -> str:
    """A code as typed by somebody, without what makes no difference.

    >>> normal(" bcd-fg h")
    'BCDFGH'
    """
    return "".join(letter for letter in said[:100].upper() if letter in LETTERS)


def shown(code: str) -> str:
    """A code as people read it to each other.

    >>> shown("BCDFGH")
    'BCD-FGH'
    """
    return f"{code[:3]}-{code[3:]}"


def _folder() -> Path:
    from jupyter_core.paths import jupyter_runtime_dir

    return Path(jupyter_runtime_dir()) / "anycompany-workshops"


def _nothing_kept() -> Kept:
    return Kept(secret=secrets.token_hex(32), screen=secrets.token_urlsafe(24))


def _kept_in(file: Path) -> Kept | None:
    """What a file keeps; None where there is none, or it is broken: then everybody needs a new code."""
    try:
        return Kept(**json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(file: Path, text: str) -> None:
    fresh = file.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(
        os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as out:
        out.write(text)
    fresh.replace(file)


def _new_code(kept: Kept, hours: float) -> str:
    kept.code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    kept.until, kept.revoked = time.time() + hours * 3600, False
    return kept.code


def _signature(kept: Kept, person: str) -> str:
    return hmac.new(bytes.fromhex(kept.secret), person.encode("utf-8", "replace"), "sha256").hexdigest()[:32]


def _make_room(kept: Kept) -> None:
    """Forget whoever may not come back anyway, the oldest first, where there are too many guests."""
    if len(kept.guests) < MOST_GUESTS:
        return
    week = time.time() - DAYS_OF_A_KEY * 86400
    gone = [
        one for one, guest in kept.guests.items() if guest["epoch"] != kept.epoch or guest["since"] < week
    ]
    if not gone:
        raise WorkshopError(
            f"There are {MOST_GUESTS:,} guests already.",
            "",
            "Ask the facilitator to revoke the code and to make another.",
        )
    del kept.guests[min(gone, key=lambda one: float(kept.guests[one]["since"]))]
