"""The columns of a batch of events by the paths that rules ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..pattern.model import Wanted

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


@dataclass(frozen=True)
class Leaf:
    """The values of one path.

    Parameters
    ----------
    values : of all rows, one after the other; null is a value that is not there.
    ends : where a path may have several values: where those of each row end, after the first 0; else None.
    placed : whether the values lie in an array of objects.
    """

    values: Any
    ends: Any = None
    placed: bool = False


class BeyondColumnsError(Exception):
    """Columns of a kind that only one event at a time can say exactly."""


def leaves(batch: pa.RecordBatch, wanted: Wanted) -> dict[str, Leaf]:
    """The columns of each wanted path that has any; a struct is an object, a list an array.

    Raises
    ------
    BeyondColumnsError
        for arrays in arrays, for maps and whatever JSON has not, and for paths that stand in two columns.
    """
    found: dict[str, Leaf] = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        for path, leaf in _below(name, column, None, False, wanted):
            if path in found:
                raise BeyondColumnsError(path)
            found[path] = leaf
    return found


def _below(path: str, column: Any, ends: Any, placed: bool, wanted: Wanted) -> Iterator[tuple[str, Leaf]]:
    import pyarrow as pa

    kind = column.type
    if (path not in wanted.paths and path not in wanted.inner) or pa.types.is_null(kind):
        return
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_struct(kind):
        for number in range(kind.num_fields):
            below = f"{path}.{kind.field(number).name}"
            yield from _below(below, _child(column, number), ends, placed, wanted)
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        if ends is not None or (
            pa.types.is_nested(kind.value_type) and not pa.types.is_struct(kind.value_type)
        ):
            raise BeyondColumnsError(path)
        if pa.types.is_struct(kind.value_type) or path in wanted.paths:
            values, ends = _flat(column)
            placed = pa.types.is_struct(kind.value_type)
            if path in wanted.paths and values.null_count:
                raise BeyondColumnsError(path)  # a null in an array is a value
            yield from _below(path, values, ends, placed, wanted)
    elif path in wanted.paths:
        if not _is_of_json(kind):
            raise BeyondColumnsError(path)
        yield path, Leaf(column, ends, placed)


def _child(column: Any, number: int) -> Any:
    """A field of a struct, null where the struct is."""
    import pyarrow.compute as pc

    return pc.struct_field(column, [number])


def _flat(column: Any) -> tuple[Any, np.ndarray[Any, Any]]:
    """The values of all lists one after the other, and where those of each row end."""
    import numpy as np
    import pyarrow.compute as pc

    lengths = pc.fill_null(pc.list_value_length(column), 0).to_numpy(zero_copy_only=False)
    return column.flatten(), np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))


def _is_of_json(kind: Any) -> bool:
    import pyarrow as pa

    return bool(
        pa.types.is_string(kind)
        or pa.types.is_large_string(kind)
        or pa.types.is_string_view(kind)
        or pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_boolean(kind)
    )
