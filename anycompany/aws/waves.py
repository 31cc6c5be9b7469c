"""Work on many stacks: in the order they need each other, the independent ones side by side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from graphlib import TopologicalSorter
from queue import SimpleQueue
from typing import Generic, TypeVar

from anycompany.aws.errors import AwsError

MOST_AT_ONCE = 8
"""Threads at work at once: CloudFormation throttles an account that asks more often."""

Result = TypeVar("Result")
News = TypeVar("News")


class BrokenOffError(Exception):
    """Raised by work that saw that nobody waits for it any longer."""


@dataclass(frozen=True)
class Outcome(Generic[Result]):
    """What became of the work: done, failed, broken off by Ctrl-C, or not begun; each by name."""

    done: dict[str, Result]
    failed: dict[str, AwsError]
    broken_off: tuple[str, ...]
    not_begun: tuple[str, ...]

    @property
    def interrupted(self) -> bool:
        """Whether Ctrl-C ended it."""
        return bool(self.broken_off or (self.not_begun and not self.failed))

    @property
    def complete(self) -> bool:
        """Whether everything was done."""
        return not self.failed and not self.interrupted


def in_waves(
    after: Mapping[str, Collection[str]],
    work: Callable[[str, Callable[[News], None], threading.Event], Result],
    hear: Callable[[str, News | Future[Result], int], None],
) -> Outcome[Result]:
    """Do a piece of work for every name, each wave once the one before is done.

    When something fails, the others of its wave finish and later waves do not begin. Ctrl-C breaks off.

    Parameters
    ----------
    after : for each name, the names whose work has to be done before; names that are no key do not count.
    work : called in a thread with the name, a function that tells news, and an event that is set when the
        work should raise :class:`BrokenOffError`.
    hear : called in the caller's own thread with the name, a piece of news or, when the name has just
        finished, its future, and how many have finished.

    Raises
    ------
    Exception
        what ``hear`` raised, and what ``work`` raised other than
        :class:`~anycompany.aws.errors.AwsError`.
    """
    order = TopologicalSorter({name: set(before) & after.keys() for name, before in after.items()})
    order.prepare()
    news: SimpleQueue[tuple[str, News | Future[Result]]] = SimpleQueue()
    stopping = threading.Event()
    begun: dict[str, Future[Result]] = {}

    def begin(pool: ThreadPoolExecutor, name: str) -> None:
        begun[name] = pool.submit(work, name, lambda item: news.put((name, item)), stopping)
        begun[name].add_done_callback(lambda future: news.put((name, future)))

    finished = 0
    with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
        try:
            while order.is_active():
                wave = order.get_ready()
                for name in wave:
                    begin(pool, name)
                until = finished + len(wave)
                while finished < until:
                    name, item = news.get()
                    finished += isinstance(item, Future)
                    hear(name, item, finished)
                if any(begun[name].exception() for name in wave):
                    break
                order.done(*wave)
        except KeyboardInterrupt:
            pass  # the outcome says what was done and what was not
        finally:
            stopping.set()
            pool.shutdown(wait=False, cancel_futures=True)
    return _outcome(tuple(after), begun)


def _outcome(names: tuple[str, ...], begun: dict[str, Future[Result]]) -> Outcome[Result]:
    done: dict[str, Result] = {}
    failed: dict[str, AwsError] = {}
    broken_off = []
    for name, future in begun.items():
        if future.cancelled():
            continue
        error = future.exception()
        if error is None:
            done[name] = future.result()
        elif isinstance(error, AwsError):
            failed[name] = error
        elif isinstance(error, BrokenOffError):
            broken_off.append(name)
        else:
            raise error
    not_begun = tuple(name for name in names if name not in begun or begun[name].cancelled())
    return Outcome(done, failed, tuple(broken_off), not_begun)
