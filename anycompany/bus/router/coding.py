"""Values of a column put into classes: all values of a class are answered alike, so one of them is asked.

Numbers fall between the points at which an answer may turn, texts by how they begin and end, by what they are
equal to, and between which addresses they lie. What has few values is a class for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..pattern.errors import EventError
from .conditions import Conditions
from .leaves import Leaf
from .places import places_of_addresses
from .slot import Slot
from .texts import Blocks, Mark

if TYPE_CHECKING:
    import numpy as np

    Codes = np.ndarray[Any, np.dtype[np.int64]]

MOST_VALUES = 64
"""Values that a path may have in one row to be put in classes."""
_SAMPLE = 4096
_EXACT = 2**53
_MOST_CLASSES = 1 << 16
_MOST_PLACES = 1 << 20


@dataclass(frozen=True)
class Coded:
    """The class of each row, and for each class the values of one of its rows; class 0 has no value.

    ``kind`` is that of the column; ``members`` has lists where a path may have ``several`` values.
    """

    codes: Codes
    members: list[Any]
    kind: str
    several: bool = False
    placed: bool = False


def coded(slot: Slot, leaf: Leaf) -> Coded:
    """A column in classes that the conditions of a slot cannot tell apart.

    Raises
    ------
    EventError
        for what is no value of JSON: not a number, or infinite.
    """
    codes, members = _values_coded(slot, leaf.values)
    if leaf.ends is not None:
        codes, members = _by_answer(slot, codes, members)
    return (
        Coded(codes, members, str(leaf.values.type))
        if leaf.ends is None
        else _lists_coded(codes, members, leaf)
    )


def _values_coded(slot: Slot, column: Any) -> tuple[Codes, list[Any]]:
    import pyarrow as pa

    kind = column.type
    if pa.types.is_boolean(kind):
        return _each(column)
    if pa.types.is_floating(kind) or (pa.types.is_integer(kind) and _within_doubles(column)):
        return _numbers(slot.path, column, slot.conditions)
    if pa.types.is_integer(kind):
        return _fewer(slot, *_each(column))
    sample = column[:_SAMPLE]
    if len(sample.unique()) <= max(16, len(sample) // 4):
        return _fewer(slot, *_each(column))
    marks = list(slot.conditions.marks())
    if None in marks or not _all_ascii(column):
        return _fewer(slot, *_each(column))
    return _texts(column, marks)


def _each(column: Any) -> tuple[Codes, list[Any]]:
    """Each value is a class."""
    import numpy as np

    encoded = column.dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
    members = encoded.dictionary.to_pylist()
    if len(members) > _SAMPLE:
        return codes, [None, *members]
    order = sorted(range(len(members)), key=members.__getitem__)  # so that batches alike have classes alike
    place = np.empty(len(members) + 1, dtype=np.int64)
    place[0] = 0
    place[np.array(order, dtype=np.int64) + 1] = np.arange(1, len(members) + 1)
    return place[codes], [None, *(members[at] for at in order)]


def _fewer(slot: Slot, codes: Codes, members: list[Any]) -> tuple[Codes, list[Any]]:
    """Where there are many classes, one for all that are answered alike."""
    return _by_answer(slot, codes, members) if len(members) > _SAMPLE else (codes, members)


def _by_answer(slot: Slot, codes: Codes, members: list[Any]) -> tuple[Codes, list[Any]]:
    """One class for all values that are answered alike."""
    import numpy as np

    classes: dict[int, int] = {}
    fewer = [None]
    found = [0]
    known = slot.texts.get
    for member in members[1:]:
        answer = known(member) or slot.kept_by_all((member,))
        number = classes.setdefault(answer, len(fewer))
        if number == len(fewer):
            fewer.append(member)
        found.append(number)
    return np.array(found, dtype=np.int64)[codes], fewer


def _within_doubles(column: Any) -> bool:
    import pyarrow.compute as pc

    span = pc.min_max(column).as_py()
    return span["min"] is None or (span["min"] >= -_EXACT and span["max"] <= _EXACT)


def _numbers(path: str, column: Any, conditions: Conditions) -> tuple[Codes, list[Any]]:
    """The classes are the points at which an answer may turn, and what lies between them."""
    import numpy as np

    there = column.is_valid().to_numpy(zero_copy_only=False)
    numbers = column.fill_null(0).to_numpy(zero_copy_only=False).astype(np.float64)
    if not np.isfinite(numbers).all():
        raise EventError("The field is not a number, or infinite.", path, "Give what JSON can hold.")
    points = np.array(sorted(conditions.turning_points()), dtype=np.float64)
    before = np.searchsorted(points, numbers)
    codes = 2 * before + (np.append(points, np.inf)[before] == numbers)
    below = np.nextafter(points[:1], -np.inf) if len(points) else np.zeros(1)
    members = np.concatenate((below, np.column_stack((points, np.nextafter(points, np.inf))).ravel()))
    return np.where(there, codes + 1, 0), [None, *members.tolist()]


def _texts(column: Any, marks: list[Any]) -> tuple[Codes, list[Any]]:
    """The classes are the combinations of what the texts are told apart by."""
    import numpy as np

    there = column.is_valid().to_numpy(zero_copy_only=False)
    codes: Codes = np.zeros(len(column), dtype=np.int64)
    classes = 1
    for mark in marks:
        found, count = (
            places_of_addresses(column, mark) if isinstance(mark, Blocks) else _marked(column, mark)
        )
        codes = codes * count + found
        classes *= count
        if classes > _MOST_CLASSES:
            codes, classes = close(codes, classes)
    codes, classes = close(np.append(np.where(there, codes + 1, 0), 0), classes + 1)
    codes = codes[:-1]
    member = np.full(classes, -1, dtype=np.int64)
    member[codes] = np.arange(len(codes))
    return codes, [None, *column.take(member[1:]).to_pylist()]


def close(codes: Codes, count: int) -> tuple[Codes, int]:
    """The same classes by numbers without gaps, in the same order, and how many there are."""
    import numpy as np

    if count > _MOST_PLACES:
        used, codes = np.unique(codes, return_inverse=True)
        return codes.astype(np.int64), len(used)
    there = np.zeros(count, dtype=np.int64)
    there[codes] = 1
    return (np.cumsum(there) - 1)[codes], int(there.sum())


def _marked(column: Any, mark: Mark) -> tuple[Codes, int]:
    """Which of the mark's texts each text has, and of how many; 0 is none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    part = pc.ascii_lower(column) if mark.ignore_case else column
    if mark.length is not None:
        start, stop = (-mark.length, None) if mark.at_end else (0, mark.length)
        part = pc.utf8_slice_codeunits(part, start, stop)
    known = pc.index_in(part, value_set=pa.array(sorted(mark.texts), type=part.type))
    return known.fill_null(-1).to_numpy(zero_copy_only=False) + 1, len(mark.texts) + 1


def _lists_coded(codes: Codes, members: list[Any], leaf: Leaf) -> Coded:
    """Rows with several values in classes: by the classes of their values, in order."""
    import numpy as np

    starts, ends = leaf.ends[:-1], leaf.ends[1:]
    lengths = ends - starts
    combined: Codes = np.zeros(len(lengths), dtype=np.int64)
    classes = 1
    for place in range(min(int(lengths.max(initial=0)), MOST_VALUES)):
        has = np.flatnonzero(lengths > place)
        at = np.zeros(len(lengths), dtype=np.int64)
        at[has] = codes[starts[has] + place] + 1
        combined, classes = close(combined * (len(members) + 1) + at, classes * (len(members) + 1))
    first = np.zeros(classes, dtype=np.int64)
    first[combined[::-1]] = np.arange(len(combined))[::-1]
    found = [[members[code] for code in codes[starts[row] : ends[row]] if code] for row in first]
    numbers = np.array([number if values else 0 for number, values in enumerate(found, 1)], dtype=np.int64)
    kind = str(leaf.values.type)
    return Coded(numbers[combined], [None, *found], kind, several=True, placed=leaf.placed)


def _all_ascii(column: Any) -> bool:
    import pyarrow.compute as pc

    return pc.all(pc.string_is_ascii(column)).as_py() is not False
