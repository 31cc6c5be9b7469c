"""Taking turns: who deploys a storm says so on the target, so that nobody else does at the same time."""

from __future__ import annotations

import getpass
import json
import os
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from anycompany.aws.errors import AwsError, explaining
from anycompany.aws.ledger import delete_parameters, path_of, put_parameter, read_parameters
from anycompany.aws.session import Clients

LEASE = timedelta(minutes=3)
"""How long somebody who is not heard of any longer is waited for."""

_RENEWED_EVERY = 45.0
_held: set[str] = set()
_holding = threading.Lock()


@dataclass(frozen=True)
class Turn:
    """Somebody at work: who, what on, on which machine, and until when this holds unless it is renewed."""

    by: str
    does: str
    host: str
    process: int
    token: str
    since: str
    until: str

    @property
    def over(self) -> bool:
        """Whether nobody is at work any longer: its time is over, or its process on this machine is gone."""
        if datetime.fromisoformat(self.until) <= datetime.now(UTC):
            return True
        if self.host != socket.gethostname():
            return False
        if self.process == os.getpid():
            return self.token not in _held
        return not _runs(self.process)

    def __str__(self) -> str:
        return f"{self.by} has been at it since {self.since} ({self.does}, process {self.process})"


class Holder:
    """A turn that was taken, perhaps over from somebody who never ended it.

    Set ``unsure`` while what was noted of the stacks does not hold: then the turn is not given back.
    """

    def __init__(self, *, taken_over: bool) -> None:
        self.taken_over = taken_over
        self.unsure = False


def turn_from(text: str | None) -> Turn | None:
    """The turn that a parameter holds; None where there is none, or it cannot be read."""
    try:
        turn = Turn(**json.loads(text)) if text else None
        return turn if turn and datetime.fromisoformat(turn.until).tzinfo and int(turn.process) else None
    except (ValueError, TypeError):
        return None


def person() -> str:
    """Who works on this machine, as ``name@machine``."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):  # a container without a name for its user
        name = "somebody"
    return f"{name}@{socket.gethostname()}"


@contextmanager
def taking_turn(clients: Clients, storm: str, does: str) -> Iterator[Holder]:
    """Be the only one who changes the stacks of a storm within the block.

    Whoever was killed is waited for no longer than three minutes, on the same machine not at all.

    Parameters
    ----------
    clients : the target.
    storm : the value of the storm tag.
    does : what is done, for others to read: ``deploy``.

    Raises
    ------
    AwsError
        if somebody else is at work: who, since when, and what to do.
    """
    name = path_of(storm, "deploying")
    now = datetime.now(UTC)
    turn = Turn(
        person(), does, socket.gethostname(), os.getpid(), uuid.uuid4().hex, _clock(now), _clock(now + LEASE)
    )
    with _holding:
        _held.add(turn.token)
    try:
        taken_over = _take(clients, name, turn)
    except BaseException:
        _held.discard(turn.token)
        raise
    over = threading.Event()
    threading.Thread(target=_renew, args=(clients, name, turn, over), daemon=True).start()
    holder = Holder(taken_over=taken_over)
    try:
        yield holder
    finally:
        over.set()
        _held.discard(turn.token)
        if not holder.unsure:
            # where it cannot be given back, for example with expired credentials, it ends by itself
            with suppress(AwsError):
                delete_parameters(clients, [name])


def _take(clients: Clients, name: str, turn: Turn) -> bool:
    """Take a turn; whether it was taken over."""
    ssm = clients.client("ssm")
    text = json.dumps(asdict(turn))
    with explaining("begin, and changed nothing", name):
        try:
            ssm.put_parameter(Name=name, Value=text, Type="String", Description="Who deploys just now")
            return False
        except ssm.exceptions.ParameterAlreadyExists:
            pass
    other = turn_from(read_parameters(clients, [name]).get(name))
    if other and other.token == turn.token:
        return False  # an answer was lost, and the call was repeated
    if other and not other.over:
        raise AwsError(
            f"Somebody else is changing these stacks: {other}.",
            name,
            f"Wait until that is done, then run it again. If it is dead, its turn ends at {other.until}.",
        )
    put_parameter(clients, name, text)
    now = turn_from(read_parameters(clients, [name]).get(name))
    if now and now.token != turn.token:
        raise AwsError(f"Somebody else is changing these stacks: {now}.", name, "Run it again in a minute.")
    return True


def _renew(clients: Clients, name: str, turn: Turn, over: threading.Event) -> None:
    """Say again and again that we are still at it."""
    while not over.wait(_RENEWED_EVERY):
        until = _clock(datetime.now(UTC) + LEASE)
        with suppress(AwsError):  # whether AWS answers is found out by the work itself
            put_parameter(clients, name, json.dumps(asdict(turn) | {"until": until}))


def _clock(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def _runs(process: int) -> bool:
    """Whether there is a process of this number on this machine; on Windows nobody can ask without harm."""
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OSError, OverflowError):
        return True
    return True
