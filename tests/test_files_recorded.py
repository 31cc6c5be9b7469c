"""Recorded events are read from files of every kind; what is broken is said, and the rest is read."""

import datetime as dt
import gzip
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings, strategies as st

from anycompany.bus.recording import Recorded, Unread
from anycompany.files.recorded import has_columns, read_columns, read_recorded
from anycompany.files.recorded.lines import LONGEST
from anycompany.storm.errors import StormError

from .storms import HOSTILE_TEXTS

EVENT = {"source": "com.inn", "detail-type": "room-booked", "detail": {"beds": 2}}
TEXT = json.dumps(EVENT)
ENTRY = json.dumps({"Source": "com.inn", "DetailType": "room-booked", "Detail": '{"beds": 2}'})


def read(folder: Path, content: str | bytes) -> list[Recorded | Unread]:
    file = folder / "events"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_recorded(file))


def said(records: list[Recorded | Unread]) -> list[Any]:
    """The line of each event, and of each that is none its line and the reason."""
    return [one.line if isinstance(one, Recorded) else (one.line, one.why) for one in records]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (f"{TEXT}\n{TEXT}", [1, 2]),
        (f"\ufeff{TEXT}\r\n\r\n  {TEXT}  \r\n", [1, 3]),
        (f"[{TEXT}, {TEXT},{ENTRY}]", [1, 2, 3]),
        (json.dumps([EVENT, EVENT], indent=2), [1, 2]),
        (json.dumps(EVENT, indent=2) + "\n" + json.dumps(EVENT, indent="\t"), [1, 8]),
        (f"{TEXT}{TEXT} {ENTRY}\n{TEXT}", [1, 1, 1, 2]),
        (f"{ENTRY}\n{json.dumps({'Entries': [EVENT, json.loads(ENTRY)]})}", [1, 2, 2]),
        (f"[{TEXT}]\n[{TEXT}]", [1]),
        (f"2026-01-01T00:00:00.000Z {TEXT}\n2026-01-01T00:00:00+00:00 app/1/ab {TEXT}", [1, 2]),
        (f"[2026-01-01 00:00:00,1] INFO {TEXT}\n1767225600000 {TEXT}", [1, 2]),
        (json.dumps({"events": [{"timestamp": 1, "message": TEXT}] * 2, "nextToken": "x"}, indent=4), [1, 2]),
        (json.dumps({"events": [{"message": f"2026-01-01T00:00:00Z {TEXT}"}]}), [1]),
        (json.dumps({"messageType": "DATA_MESSAGE", "logEvents": [{"id": "1", "message": TEXT}]}) * 2, [1, 1]),
        ("", []),
        ("\n\n", []),
        ("[]", []),
    ],
)  # fmt: skip
@pytest.mark.parametrize("packed", [False, True])
def test_events_are_read_however_they_are_recorded(
    content: str, lines: list[int], packed: bool, tmp_path: Path
) -> None:
    data = content.encode()
    found = read(tmp_path, gzip.compress(data) if packed else data)
    assert said(found)[: len(lines)] == lines
    assert all(one.event == EVENT for one in found if isinstance(one, Recorded))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("nonsense", "neither JSON nor a time"),
        ("{", "not JSON"),
        (TEXT[:-5], "not JSON"),
        ('{"source": "a", "detail-type": "b", "detail": {"a": NaN}}', "no NaN in JSON"),
        ('{"source": "a", "detail-type": "b", "detail": {"a": 1e999}}', "too large"),
        ('{"source": "a", "detail-type": "b", "detail": {"a": ' + "9" * 5000 + "}}", "too many digits"),
        ('{"source": "a", "detail-type": "b", "detail": {"a": "\\ud800"}}', "half a character"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 100_000, "nested too deeply"),
        ('{"source": "\xff"}'.encode("latin-1"), "not UTF-8"),
        ("7", "neither JSON"),
        ("[7]", "An event is a JSON object"),
        ('{"detail-type": "b", "detail": {}}', "no source"),
        ('{"source": "a", "detail": {}}', "no detail-type"),
        ('{"source": "a", "detail-type": "b"}', "no detail"),
        ('{"source": 1, "detail-type": "b", "detail": {}}', "source is no text"),
        ('{"source": "a", "detail-type": "b", "detail": "{"}', "detail is a text that is not JSON"),
        ('{"source": "a", "detail-type": "b", "detail": [1]}', "detail is no object"),
        ("2026-01-01T00:00:00Z START RequestId: 1", "not JSON"),
        ("\x00\x01\x02", "neither JSON"),
    ],
)
def test_a_broken_line_is_said_and_the_rest_is_read(line: str | bytes, why: str, tmp_path: Path) -> None:
    broken = line if isinstance(line, bytes) else line.encode()
    first, second, third = read(tmp_path, TEXT.encode() + b"\n" + broken + b"\n" + TEXT.encode())
    assert said([first, third]) == [1, 3]
    assert isinstance(second, Unread) and second.line == 2 and why in second.why
    assert len(second.text) <= 80 and "\n" not in second.text


def test_a_document_that_never_ends_does_not_swallow_the_lines_after_it(tmp_path: Path) -> None:
    content = "\n".join([TEXT, '{"source": "a", "detail": {', '  "b": 1,', TEXT, "{", TEXT])
    assert [one.line for one in read(tmp_path, content) if isinstance(one, Recorded)] == [1, 4, 6]


def test_a_broken_element_of_a_list_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, f'[{TEXT}, {{"a": }}, 7, {TEXT}, {TEXT[:20]}')
    assert [one if isinstance(one, int) else one[0] for one in said(found)] == [1, 2, 3, 4, 5]
    assert [type(one) for one in found] == [Recorded, Unread, Unread, Recorded, Unread]
    lines = f"[\n{TEXT},\n{TEXT[:-1]},\n{TEXT},\n{TEXT}\n]"
    assert [type(one) for one in read(tmp_path, lines)].count(Recorded) == 3


def test_gzip_that_is_cut_in_the_middle_is_read_up_to_there(tmp_path: Path) -> None:
    lines = [json.dumps(EVENT | {"id": str(number * 7919)}) for number in range(5000)]
    packed = gzip.compress("\n".join(lines).encode())
    *found, last = read(tmp_path, packed[:-2000])
    assert isinstance(last, Unread) and "gzip" in last.why
    assert sum(isinstance(one, Recorded) for one in found) > 1000
    damaged = bytearray(packed)
    damaged[len(packed) // 2] ^= 255
    assert any(isinstance(one, Unread) and "gzip" in one.why for one in read(tmp_path, bytes(damaged)))


@pytest.mark.parametrize("begin", ["", "[", '{"events": ['])
def test_a_line_of_100_megabytes_is_too_long_and_takes_no_such_memory(begin: str, tmp_path: Path) -> None:
    file = tmp_path / "long"
    with file.open("wb") as out:
        out.write(f'{begin}{{"message": "'.encode())
        for _ in range(100):
            out.write(b"x" * 1_000_000)
        out.write(b'"}\n' + TEXT.encode())
    tracemalloc.start()
    found = list(read_recorded(file))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(found[0], Unread) and "longer than" in found[0].why
    assert most < 6 * LONGEST
    if not begin:
        assert said(found[1:]) == [2]


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    file = tmp_path / "events"
    file.write_text(f"{TEXT}\n" * 30_000)
    told: list[tuple[int, int]] = []
    assert sum(1 for _ in read_recorded(file, lambda done, of: told.append((done, of)))) == 30_000
    size = file.stat().st_size
    assert told == sorted(told) and told[-1] == (size, size) and len(told) > 2


def test_a_file_that_cannot_be_opened_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path, tmp_path / "nul\0"):
        with pytest.raises(StormError, match="cannot be read") as caught:
            list(read_recorded(path))
        assert caught.value.remedy
    fake = tmp_path / "fake"
    fake.write_bytes(b"PAR1 and no more")
    with pytest.raises(StormError, match="Parquet"):
        list(read_recorded(fake))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(HOSTILE_TEXTS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
).filter(lambda value: "\\ud" not in json.dumps(value))


@settings(max_examples=60)
@given(st.lists(st.dictionaries(st.text(), json_values, max_size=3), max_size=4))
def test_every_event_comes_back_as_it_was(details: list[dict[str, Any]]) -> None:
    import tempfile

    written = [EVENT | {"detail": detail} for detail in details]
    if any("\\ud" in json.dumps(one) for one in written):
        return
    forms = ["\n".join(map(json.dumps, written)), json.dumps(written), json.dumps(written, indent=1)]
    forms += ["".join(map(json.dumps, written)), "\n".join(json.dumps(one, indent=3) for one in written)]
    with tempfile.TemporaryDirectory() as folder:
        for form in forms:
            found = read(Path(folder), form)
            assert (
                [one.event for one in found if isinstance(one, Recorded)]
                == written
                == [one.event for one in found if not isinstance(one, Unread)]
            )


@settings(max_examples=60)
@given(st.binary(max_size=300) | st.text('{}[]",:\\ \n2a', max_size=60).map(str.encode))
def test_no_file_is_an_exception(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for data in (content, TEXT.encode() + b"\n" + content, b"[" + content, gzip.compress(content)[:-3]):
            if not data.startswith(b"PAR1"):
                assert all(isinstance(one, Recorded | Unread) for one in read(Path(folder), data))


ROWS: list[dict[str, Any]] = [
    {"source": "com.inn", "detail_type": "booked", "detail": {"beds": 2, "note": None}, "time": None},
    {"source": None, "detail_type": "booked", "detail": {"beds": 1, "note": "x"}, "time": None},
    {"source": "com.inn", "detail_type": "left", "detail": {"beds": None, "note": "x"}, "time": dt.datetime(2026, 1, 2)},
]  # fmt: skip


def parquet(folder: Path, rows: list[dict[str, Any]]) -> Path:
    file = folder / "events.parquet"
    pq.write_table(pa.Table.from_pylist(rows), file)
    return file


def test_parquet_is_read_by_rows_without_its_nulls(tmp_path: Path) -> None:
    file = parquet(tmp_path, ROWS)
    first, second, third = read_recorded(file)
    assert isinstance(first, Recorded) and isinstance(third, Recorded) and isinstance(second, Unread)
    assert first.event == {"source": "com.inn", "detail-type": "booked", "detail": {"beds": 2}}
    assert third.event["time"] == "2026-01-02T00:00:00Z" and third.line == 3
    assert second.line == 2 and second.why == "It has no source."


def test_parquet_is_read_by_columns_with_the_same_events(tmp_path: Path) -> None:
    file = parquet(tmp_path, ROWS)
    assert has_columns(file)
    (some,) = read_columns(file)
    assert [one.line for one in some.unread] == [2] and some.lines.tolist() == [1, 3]
    assert some.events.schema.names == ["source", "detail-type", "detail", "time"]
    assert some.events.column("time").to_pylist() == [None, "2026-01-02T00:00:00Z"]


@pytest.mark.parametrize("detail", ['{"beds": 2}', "{"])
def test_parquet_with_details_as_text_is_read_by_rows(detail: str, tmp_path: Path) -> None:
    file = parquet(tmp_path, [{"Source": "com.inn", "DetailType": "room-booked", "Detail": detail}])
    assert not has_columns(file)
    (only,) = read_recorded(file)
    assert isinstance(only, Recorded if detail != "{" else Unread)
    assert not isinstance(only, Recorded) or only.event == EVENT


def test_columns_of_single_fields_are_a_detail(tmp_path: Path) -> None:
    file = parquet(tmp_path, [{"source": "com.inn", "detail-type": "room-booked", "detail.beds": 2}])
    (only,) = read_recorded(file)
    assert has_columns(file) and isinstance(only, Recorded) and only.event == EVENT


def test_parquet_that_is_cut_off_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    file = parquet(tmp_path, ROWS)
    file.write_bytes(file.read_bytes()[:-10])
    for reading in (read_recorded, read_columns):
        with pytest.raises(StormError, match="cannot be read"):
            list(reading(file))
