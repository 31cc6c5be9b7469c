"""Questions are answered on threads of their own: some answers take a while, and edits must not wait."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from ..files.opened import OpenStorm
from ..storm.errors import StormError
from ..storm.model import Storm
from .answers import answer
from .messages import Ask

MOST_AT_ONCE = 8
"""Questions that are answered at once."""

BUSY = "The kernel is busy with other questions. Ask again in a moment."

_FREE = threading.BoundedSemaphore(MOST_AT_ONCE)


def answer_soon(opened: OpenStorm, seen: Storm, asked: Ask, send: Callable[[dict[str, Any]], object]) -> None:
    """Answer a question, by ``send`` and on another thread; what goes wrong is the answer then.

    ``seen`` is the storm as whoever asks sees it.
    """
    if not _FREE.acquire(blocking=False):
        send(_said(asked) | {"ok": False, "why": BUSY})
        return

    def work() -> None:
        try:
            said = _answered(opened, seen, asked)
        finally:
            _FREE.release()
        send(said)

    threading.Thread(target=work, name="anycompany-answer", daemon=True).start()


def _answered(opened: OpenStorm, seen: Storm, asked: Ask) -> dict[str, Any]:
    try:
        return _said(asked) | {"ok": True, "value": answer(opened, asked.question, asked.about, seen)}
    except StormError as error:
        why = f"{error.what} {error.remedy}".strip()
    except Exception as error:  # nobody else is on this thread to hear of it
        why = f"The kernel stumbled over that question ({type(error).__name__})."
    return _said(asked) | {"ok": False, "why": why}


def _said(asked: Ask) -> dict[str, Any]:
    return {"type": "answer", "to": asked.to, "n": asked.n}
