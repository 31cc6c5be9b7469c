"""Progress on a terminal while something takes a while; it goes to standard error, and only to people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from .output import console, plain

if TYPE_CHECKING:
    from anycompany.aws.following import Progress as News

Advance = Callable[[int, int, str], None]
"""Told how much is done, of how much, and what is done now."""


@contextmanager
def advancing(doing: str) -> Iterator[Advance]:
    """A bar with what is done now beside it."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[now]}", markup=False),
    )
    shown = console(stderr=True)
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as progress:
        task = progress.add_task(doing, total=None, now="")

        def advance(done: int, of: int, now: str) -> None:
            progress.update(task, completed=done, total=of, now=plain(now)[:80])

        yield advance


@contextmanager
def following_stacks(doing: str) -> Iterator[Callable[[News], None]]:
    """A bar that follows CloudFormation: stacks done, and the resource it is at."""
    with advancing(doing) as advance:
        yield lambda news: advance(news.done, news.total, f"{news.stack} {news.resource} {news.status}")
