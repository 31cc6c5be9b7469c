"""Events in Parquet: as rows, and as columns for routing many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...bus.recording import Recorded, Unread
from ...storm.errors import StormError
from .found import unread
from .spelling import UnreadableError, spelled_name, whole
from .stream import Progress, opened

if TYPE_CHECKING:
    import pyarrow as pa

MAGIC = b"PAR1"
ROWS = 1 << 17


@dataclass(frozen=True)
class ReadColumns:
    """Some rows of a file as columns, and those among them that are no events.

    Parameters
    ----------
    events : a column for each field, under the name that EventBridge has for it.
    lines : the number of each row in the file, from 1.
    unread : the rows that are left out.
    """

    events: pa.RecordBatch
    lines: Any
    unread: list[Unread]


def tells_by_columns(path: Path) -> bool:
    """Whether the columns of a Parquet file are the fields of its events: not so where they hold JSON texts.

    Raises
    ------
    StormError
        for what is no Parquet file.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with opened(path) as file, _damage_told(path):
        schema = pq.ParquetFile(file).schema_arrow
    named = {spelled_name(name): schema.field(name).type for name in schema.names}
    texts = all(pa.types.is_string(named.get(key, pa.null())) for key in ("source", "detail-type"))
    details = [kind for name, kind in named.items() if name.partition(".")[0] == "detail"]
    structs = all(pa.types.is_struct(kind) for name, kind in named.items() if name == "detail")
    times = all(_is_of_json(kind) or pa.types.is_timestamp(kind) for kind in named.values())
    return texts and bool(details) and structs and times and len(named) == len(schema.names)


def read_columns(path: Path, progress: Progress | None = None) -> Iterator[ReadColumns]:
    """The events of a Parquet file that ``tells_by_columns``, as columns, in batches of bounded size.

    Raises
    ------
    StormError
        for what is no Parquet file, and for one that is damaged inside.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    row = 0
    for batch in _batches(path, progress):
        names = [spelled_name(name) for name in batch.schema.names]
        columns = [_times_as_texts(column) for column in batch.columns]
        events = pa.record_batch(columns, names=names)
        lines = np.arange(row + 1, row + 1 + batch.num_rows)
        row += batch.num_rows
        unread: list[Unread] = []
        for key in ("source", "detail-type", "detail"):
            there = [
                events.column(i).is_valid() for i, name in enumerate(names) if name.partition(".")[0] == key
            ]
            kept = reduce(pc.or_, there).to_numpy(zero_copy_only=False)
            unread += [Unread(int(line), f"It has no {key}.") for line in lines[~kept]]
            events, lines = events.filter(pa.array(kept)), lines[kept]
        yield ReadColumns(events, lines, sorted(unread, key=lambda one: one.line))


def read_rows(path: Path, progress: Progress | None = None) -> Iterator[Recorded | Unread]:
    """The events of a Parquet file, row by row; a null is a field that is not there."""
    row = 0
    try:
        for batch in _batches(path, progress):
            for values in batch.to_pylist():
                row += 1
                try:
                    yield Recorded(row, whole(event_of_row(values)))
                except UnreadableError as error:
                    yield unread(row, str(error), ", ".join(values))
    except StormError as error:
        if not row:
            raise
        yield unread(row + 1, error.what, "")


def _batches(path: Path, progress: Progress | None) -> Iterator[pa.RecordBatch]:
    import pyarrow.parquet as pq

    with opened(path) as file, _damage_told(path):
        parquet = pq.ParquetFile(file)
        read, rows = 0, parquet.metadata.num_rows
        for batch in parquet.iter_batches(batch_size=ROWS, use_threads=False):
            read += batch.num_rows
            if progress:
                progress(read, rows)
            yield batch


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """Say what pyarrow says as an error of ours."""
    import pyarrow as pa

    try:
        yield
    except (pa.ArrowException, OSError) as error:
        said = next(iter(str(error).splitlines()), "")[:200]
        raise StormError(
            f"This Parquet file cannot be read: {said}.", str(path), "Export the events again."
        ) from None


def _is_of_json(kind: Any) -> bool:
    """Whether a column of this kind holds what JSON can hold."""
    import pyarrow as pa

    if pa.types.is_struct(kind):
        return all(_is_of_json(kind.field(number).type) for number in range(kind.num_fields))
    if pa.types.is_list(kind):
        return _is_of_json(kind.value_type)
    of_numbers = pa.types.is_integer(kind) or pa.types.is_floating(kind)
    return bool(of_numbers or pa.types.is_string(kind) or pa.types.is_boolean(kind) or pa.types.is_null(kind))


def _times_as_texts(column: Any) -> Any:
    """A column of times as EventBridge writes them; any other as it is."""
    import pyarrow as pa

    if not pa.types.is_timestamp(column.type):
        return column
    return pa.array(map(_plain, column.to_pylist()), type=pa.string())


def event_of_row(values: dict[str, Any]) -> dict[str, Any]:
    """A row as an event: without its nulls, and with ``detail.amount`` in its detail.

    >>> event_of_row({"source": "com.inn", "time": None, "detail.beds": 2})
    {'source': 'com.inn', 'detail': {'beds': 2}}
    """
    event: dict[str, Any] = {}
    for column, value in values.items():
        if value is None:
            continue
        above, dot, key = column.partition(".")
        if dot and isinstance(event.setdefault(above, {}), dict):
            event[above][key] = _plain(value)
        else:
            event[column] = _plain(value)
    return event


def _plain(value: Any) -> Any:
    """What a value of a column is in JSON."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dt.datetime):
        utc = value.astimezone(dt.UTC).replace(tzinfo=None) if value.tzinfo else value
        return utc.isoformat(timespec="milliseconds" if utc.microsecond else "seconds") + "Z"
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value
