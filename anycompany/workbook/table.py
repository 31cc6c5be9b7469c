"""A table on a page: plain texts in rows, shown as HTML and as text, and as a pandas DataFrame when asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from .screen import LONGEST, Markup, line

if TYPE_CHECKING:
    import pandas

MOST_ROWS = 200
"""Rows that a page shows; ``frame()`` has all of them."""

Cell = str | int | float | bool | None


@dataclass(frozen=True)
class Table:
    """Rows of plain cells under a title; ``empty`` is what people read where there are none.

    It draws itself without pandas, which takes longer to load than a kernel does to start.

    >>> print(Table("Rooms", ("room", "beds"), (("Attic", 2),)))
    Rooms
    room   beds
    Attic     2
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "Nothing to show yet."

    def frame(self) -> pandas.DataFrame:
        """All rows as a pandas DataFrame, to be sorted, filtered and counted."""
        import pandas

        return pandas.DataFrame(list(self.rows), columns=list(self.columns))

    def texts(self) -> list[list[str]]:
        """The first rows as they are read, long texts cut."""
        return [[_text(cell) for cell in row] for row in self.rows[:MOST_ROWS]]

    def numeric(self) -> list[bool]:
        """For each column, whether it holds nothing but numbers, which stand at the right."""
        return [all(_is_number(row[i]) for row in self.rows[:MOST_ROWS]) for i in range(len(self.columns))]

    def markup(self) -> Markup:
        """The table to be read: at most ``MOST_ROWS`` rows, long texts cut."""
        if not self.rows:
            return Markup(f"<p>{escape(self.empty)}</p>", f"{self.title}\n{self.empty}")
        texts, numeric = self.texts(), self.numeric()
        rest = (
            f"… and {len(self.rows) - MOST_ROWS} more rows: .frame() has them all."
            if len(self.rows) > MOST_ROWS
            else ""
        )
        return Markup(self._html(texts, numeric, rest), self._plain(texts, numeric, rest))

    def __str__(self) -> str:
        return self.markup().text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return self.markup()._repr_mimebundle_()

    def _html(self, texts: Sequence[Sequence[str]], numeric: Sequence[bool], rest: str) -> str:
        def cells(tag: str, row: Iterable[str]) -> str:
            return "".join(
                f'<{tag} style="text-align: {"right" if number else "left"}">{escape(text)}</{tag}>'
                for text, number in zip(row, numeric, strict=True)
            )

        head = f"<thead><tr>{cells('th', self.columns)}</tr></thead>"
        body = "".join(f"<tr>{cells('td', row)}</tr>" for row in texts)
        caption = f'<caption style="text-align: left"><strong>{escape(self.title)}</strong></caption>'
        after = f"<p>{escape(rest)}</p>" if rest else ""
        return f'<table border="0">{caption}{head}<tbody>{body}</tbody></table>{after}'

    def _plain(self, texts: Sequence[Sequence[str]], numeric: Sequence[bool], rest: str) -> str:
        table = [self.columns, *texts]
        widths = [max(len(row[i]) for row in table) for i in range(len(self.columns))]
        lines = [
            "  ".join(
                cell.rjust(width) if number else cell.ljust(width)
                for cell, width, number in zip(row, widths, numeric, strict=True)
            ).rstrip()
            for row in table
        ]
        return "\n".join([self.title, *lines, *([rest] if rest else [])])


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else ""
    if isinstance(cell, float):
        return f"{cell:.3g}"
    if isinstance(cell, int) and abs(cell) >= 1_000:
        return f"{cell:,}"
    return line(cell, LONGEST)
