"""Columns of IP addresses: between which bounds each lies."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from ..pattern.addresses import address
from .texts import Blocks

if TYPE_CHECKING:
    import numpy as np

    Codes = np.ndarray[Any, np.dtype[np.int64]]

_DOT, _ZERO = ord("."), ord("0")


def places_of_addresses(column: Any, blocks: Blocks) -> tuple[Codes, int]:
    """The place of each text among the bounds, and how many places there are; 0 is that of no address."""
    import numpy as np

    fours, sixes = blocks.bounds.get(4, []), blocks.bounds.get(6, [])
    numbers, plain = _version_4(column)
    codes = np.where(plain, np.searchsorted(np.array(fours, dtype=np.int64), numbers, "right") + 1, 0)
    known: dict[str | None, int] = {}
    others = np.flatnonzero(~plain)
    for row, text in zip(others.tolist(), column.take(others).to_pylist(), strict=True):
        if text not in known:
            spelled = address(text) if text is not None else None
            if spelled is None:
                known[text] = 0
            elif spelled[0] == 4:
                known[text] = bisect_right(fours, spelled[1]) + 1
            else:
                known[text] = len(fours) + 2 + bisect_right(sixes, spelled[1])
        codes[row] = known[text]
    return codes, len(fours) + len(sixes) + 3


def _version_4(column: Any) -> tuple[Codes, np.ndarray[Any, np.dtype[np.bool_]]]:
    """The addresses of version 4, and which rows are one in plain form: four numbers of up to 3 digits."""
    import numpy as np
    import pyarrow as pa

    column = column.cast(pa.large_string())
    _, offsets, data = column.buffers()
    ends = np.frombuffer(offsets, dtype=np.int64)[column.offset : column.offset + len(column) + 1]
    text = np.frombuffer(data, dtype=np.uint8)[ends[0] : ends[-1]] if data else np.empty(0, dtype=np.uint8)
    ends = ends - ends[0]
    dots = np.flatnonzero(text == _DOT)
    strange = np.flatnonzero((text != _DOT) & ((text < _ZERO) | (text > _ZERO + 9)))
    first_dot = np.searchsorted(dots, ends)
    plain = (np.diff(first_dot) == 3) & (np.diff(np.searchsorted(strange, ends)) == 0)
    plain &= column.is_valid().to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(plain)
    inner = dots[first_dot[rows][:, None] + np.arange(3)] if len(rows) else np.empty((0, 3), dtype=np.int64)
    starts = np.column_stack((ends[rows], inner + 1))
    stops = np.column_stack((inner, ends[rows + 1]))
    lengths = stops - starts
    digits = np.concatenate((np.zeros(3, dtype=np.int64), text.astype(np.int64) - _ZERO))
    octets = sum(np.where(lengths > place, digits[stops + 2 - place], 0) * 10**place for place in range(3))
    good = ((lengths > 0) & (lengths <= 3) & (octets <= 255)).all(axis=1)
    plain[rows] = good
    numbers = np.zeros(len(column), dtype=np.int64)
    numbers[rows] = np.where(good, octets @ np.array([1 << 24, 1 << 16, 1 << 8, 1]), 0)
    return numbers, plain
