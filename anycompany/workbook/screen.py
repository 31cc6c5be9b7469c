"""What a page puts on the screen: HTML that untrusted notebooks show, the same as text."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from typing import Any, Literal

from ..diagrams.lettering import clean
from ..storm.errors import StormError

HEADLESS = "ANYCOMPANY_HEADLESS"
"""The environment variable that says whether nobody looks on: ``1`` or ``0``; unset, the kernel is asked."""

LONGEST = 300
"""Characters of one text on a page; the storm file has the rest."""

Tone = Literal["note", "good", "warning", "error"]
_EDGES: dict[Tone, str] = {"note": "#7B8494", "good": "#2F7D6B", "warning": "#B5571C", "error": "#C2274B"}


@dataclass(frozen=True)
class Markup:
    """One thing said twice: as HTML without scripts and style sheets, and as plain text."""

    html: str
    text: str

    def __add__(self, other: Markup) -> Markup:
        return Markup(self.html + other.html, "\n".join(text for text in (self.text, other.text) if text))

    def __str__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.html, "text/plain": self.text}


def line(text: object, longest: int = LONGEST) -> str:
    r"""A text of any origin as one harmless line, cut with an ellipsis; still to be escaped for HTML.

    >>> line("Room\nBooked\x1b[31m"), line("aaaa", 3)
    ('Room Booked�[31m', 'aa…')
    """
    # cleaning costs time in proportion, and whatever is longer is cut anyway
    whole = clean(str(text)[: longest * 8])
    return whole if len(whole) <= longest else whole[: longest - 1].rstrip() + "…"


def paragraph(text: str) -> Markup:
    """A paragraph of plain text.

    >>> paragraph("a < b").html
    '<p>a &lt; b</p>'
    """
    return Markup(f"<p>{escape(text)}</p>", text)


def bullets(title: str, items: Iterable[str]) -> Markup:
    """A list of plain texts under a heading in bold; nothing at all where there are no items."""
    lines = list(items)
    if not lines:
        return Markup("", "")
    listed = "".join(f"<li>{escape(item)}</li>" for item in lines)
    text = "\n".join([title, *(f"  - {item}" for item in lines)])
    return Markup(f"<p><strong>{escape(title)}</strong></p><ul>{listed}</ul>", text)


def callout(tone: Tone, what: str, *more: str) -> Markup:
    """A sentence that is to be noticed, with further sentences below it; its tone is a word and an edge."""
    word = {"note": "", "good": "✓ ", "warning": "Warning. ", "error": "Problem. "}[tone]
    lines = [text for text in more if text]
    inner = "".join(f"<br>{escape(text)}" for text in lines)
    html = (
        f'<div style="border-left: 4px solid {_EDGES[tone]}; padding-left: 12px; margin: 6px 0">'
        f"<strong>{word}</strong>{escape(what)}{inner}</div>"
    )
    return Markup(html, "\n".join([f"{word}{what}", *(f"  {text}" for text in lines)]))


def problem(error: StormError) -> Markup:
    """An error that a person can put right, as they read it: what, where, and what to do."""
    return callout(
        "error", line(error.what, 600), line(error.where and f"Where: {error.where}", 600), error.remedy
    )


def somebody_looks_on() -> bool:
    """Whether a person sits before this kernel, to work on the board and to read what went wrong.

    ``ANYCOMPANY_HEADLESS`` decides where it is set. Else the front end does: JupyterLab offers the kernel to
    ask for input, papermill and nbclient refuse it (the messaging protocol's ``allow_stdin``). Voila refuses
    it too, but shows people what it ran; it names itself to its kernels as servers do to their programs.
    Without a kernel nobody looks on.
    """
    said = os.environ.get(HEADLESS)
    if said:
        return said == "0"
    if os.environ.get("SERVER_SOFTWARE", "").startswith("voila"):
        return True
    kernel = _shell()
    asked: dict[str, Any] = kernel.get_parent() if hasattr(kernel, "get_parent") else {}
    return bool(asked.get("content", {}).get("allow_stdin"))


class Slot:
    """One output on the page that can be drawn again where it stands.

    Parameters
    ----------
    draw : makes what is shown; called at once, and again for every ``redraw``.

    Attributes
    ----------
    shown : what is on the screen now.
    """

    def __init__(self, draw: Callable[[], Any]) -> None:
        self._draw = draw
        self.shown = draw()
        self._handle = _put_on_screen(self.shown)

    def replace(self, shown: Markup) -> None:
        """Show something else from now on."""
        self._draw = lambda: shown
        self.redraw()

    def redraw(self) -> None:
        """Show what there is to show now; nothing is sent when it looks the same."""
        now = self._draw()
        if self._handle is not None and _looks(now) != _looks(self.shown):
            self._handle.update(now)
        self.shown = now


def _looks(shown: Any) -> Any:
    return shown._repr_mimebundle_()


def _put_on_screen(shown: Any) -> Any:
    """Display something; returns IPython's handle for updating it, or None where there is no kernel."""
    if _shell() is None:
        return None
    from IPython.display import display

    return display(shown, display_id=True)  # type: ignore[no-untyped-call]


def _shell() -> Any:
    """IPython's shell, or None outside of IPython; IPython is not imported for the question."""
    import sys

    module = sys.modules.get("IPython")
    return module.get_ipython() if module else None
