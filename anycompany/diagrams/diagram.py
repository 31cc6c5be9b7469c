"""A finished diagram: shown in notebooks, saved as a file, read aloud."""

from __future__ import annotations

import base64
import html
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..storm.errors import StormError


@dataclass(frozen=True)
class Diagram:
    """One picture of a storm.

    Attributes
    ----------
    title : its name, such as ``Timeline of AnyCompany``.
    svg : the picture, on its own ground, complete in itself.
    dot : the picture as DOT with every position in it; draw it with ``neato -n2``.
    text : the same said in words, for those who cannot see it and for output that is only text.
    """

    title: str
    svg: str = field(repr=False)
    dot: str = field(repr=False)
    text: str = field(repr=False)

    def save(self, path: str | Path) -> Path:
        """Write the picture to a file; the suffix says how: ``.svg``, ``.png``, ``.pdf``, ``.dot``, ``.txt``.

        Returns the path. Raises ``StormError`` for any other suffix, for ``.pdf`` without a Graphviz that
        can write it, and when the file cannot be written.
        """
        path = Path(path)
        suffix = path.suffix.lower()
        if suffix in {".png", ".pdf"}:
            from .engine import render

            content = render(self.dot, suffix[1:])
        elif suffix in {".svg", ".dot", ".txt"}:
            content = {".svg": self.svg, ".dot": self.dot, ".txt": self.text}[suffix].encode()
        else:
            raise StormError(
                f"A diagram cannot be saved as {suffix or 'a file without a suffix'}.",
                where=str(path),
                remedy="End the name in .svg, .png, .pdf, .dot or .txt.",
            )
        try:
            path.write_bytes(content)
        except OSError as error:
            raise StormError(
                f"The diagram could not be written: {error.strerror}.", where=str(path)
            ) from None
        return path

    def html(self) -> str:
        """The picture as an ``<img>`` that also an untrusted notebook shows."""
        data = base64.b64encode(self.svg.encode()).decode()
        alternative = html.escape(f"{self.title}. {self.text}")
        return f'<img src="data:image/svg+xml;base64,{data}" alt="{alternative}" style="max-width:100%">'

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/html": self.html(), "text/plain": f"{self.title}\n{self.text}"}
