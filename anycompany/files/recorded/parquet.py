"""Events in Parquet: as rows, and as columns for routing many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...bus.recording import Recorded, Unread
from ...storm.errors import StormError
from .found import unread
from .spelling import UnreadableError, whole
from .stream import Progress, opened

if TYPE_CHECKING:
    import pyarrow as pa

MAGIC = b"PAR1"
ROWS = 1 << 16


def read_columns(path: Path, progress: Progress | None = None) -> Iterator[pa.RecordBatch]:
    """The rows of a Parquet file in batches of bounded size.

    A column is a field of the events: ``source``, ``detail-type``, ``detail`` as a struct or as JSON text,
    or ``detail.amount``.

    Raises
    ------
    StormError
        for what is no Parquet file, and for one that is damaged inside.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with opened(path) as file:
        try:
            parquet = pq.ParquetFile(file)
            read, rows = 0, parquet.metadata.num_rows
            for batch in parquet.iter_batches(batch_size=ROWS, use_threads=False):
                read += batch.num_rows
                if progress:
                    progress(read, rows)
                yield batch
        except (pa.ArrowException, OSError) as error:
            first_line = next(iter(str(error).splitlines()), "")[:200]
            raise StormError(
                f"This Parquet file cannot be read: {first_line}.", str(path), "Export the events again."
            ) from None


def read_rows(path: Path, progress: Progress | None = None) -> Iterator[Recorded | Unread]:
    """The events of a Parquet file, row by row; a null is a field that is not there."""
    row = 0
    batches = read_columns(path, progress)
    while True:
        try:
            batch = next(batches, None)
        except StormError as error:
            if not row:
                raise
            yield unread(row + 1, error.what, "")
            return
        if batch is None:
            return
        for values in batch.to_pylist():
            row += 1
            try:
                yield Recorded(row, whole(event_of_row(values)))
            except UnreadableError as error:
                yield unread(row, str(error), ", ".join(values))


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
