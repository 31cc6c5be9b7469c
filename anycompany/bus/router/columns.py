"""A batch of events that are columns already, against all rules: the rows of each kind of event at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .coding import MOST_VALUES, Coded, close, coded
from .leaves import BeyondColumnsError, Leaf, leaves
from .matched import Matched
from .matcher import Matcher
from .shelf import KIND, Shelf
from .slot import Slot

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    Rows = np.ndarray[Any, np.dtype[np.int64]]
    Words = np.ndarray[Any, np.dtype[np.uint64]]

_FEW = 16
"""Rows of one kind of event that are matched one by one sooner than together."""
_MOST_KNOWN = 1024
"""Classes of which it is remembered what they keep."""
_MOST_WORDS = 1 << 21
"""Words of 64 branches each that are held at once."""


def match_columns(shelf: Shelf, batch: pa.RecordBatch, matched: Matched) -> None:
    """Find which rows of a batch the rules on a shelf match; what columns cannot say is matched one by one.

    Parameters
    ----------
    shelf : the rules.
    batch : a column for each field of the events, by its path; a struct is an object, a null is a field that
        is not there.
    matched : takes what is found.
    """
    import numpy as np

    everything = np.arange(batch.num_rows)
    try:
        columns = _Columns(shelf, leaves(batch, shelf.wanted))
    except BeyondColumnsError:
        _match_one_by_one(shelf.match, batch, everything, matched)
        return
    beyond = columns.beyond(batch.num_rows)
    alone = [everything[beyond]]
    for (source, detail_type), rows in _kinds(batch, everything[~beyond]):
        if len(rows) < _FEW:
            alone.append(rows)
            continue
        of_texts = source is not None and detail_type is not None
        matcher = shelf.matcher_of(source, detail_type, often=1) if of_texts else shelf.whole
        if not matcher.alive:
            continue
        most = max(_MOST_WORDS // _words(matcher), 1)
        for at in range(0, len(rows), most):
            some = rows[at : at + most]
            in_doubt = _match_rows(matcher, columns, some, matched)
            _match_one_by_one(matcher.match, batch, in_doubt, matched)
    _match_one_by_one(shelf.match, batch, np.concatenate(alone), matched)


class _Columns:
    """The columns that a shelf asks for, each in classes once that is needed."""

    def __init__(self, shelf: Shelf, found: Mapping[str, Leaf]) -> None:
        self._shelf = shelf
        self._leaves = found
        self._coded: dict[str, Coded] = {}

    def beyond(self, count: int) -> Any:
        """Which rows have more values of a path than are put in classes."""
        import numpy as np

        found = np.zeros(count, dtype=bool)
        for leaf in self._leaves.values():
            if leaf.ends is not None:
                found |= np.diff(leaf.ends) > MOST_VALUES
        return found

    def of(self, path: str) -> Coded | None:
        """The classes of a path, or None where no row has a value of it."""
        if path not in self._leaves:
            return None
        if path not in self._coded:
            self._coded[path] = coded(self._shelf.whole.slots[path], self._leaves[path])
        return self._coded[path]


def _kinds(batch: pa.RecordBatch, rows: Rows) -> Iterator[tuple[tuple[str | None, str | None], Rows]]:
    """The rows of each kind of event; of None and None those whose kind is not told by two texts."""
    import numpy as np

    codes = np.zeros(len(rows), dtype=np.int64)
    texts: list[list[str | None]] = []
    for path in KIND:
        encoded = _texts_encoded(batch, path)
        if encoded is None:
            yield (None, None), rows
            return
        texts.append([None, *encoded.dictionary.to_pylist()])
        numbers = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)[rows] + 1
        codes = codes * len(texts[-1]) + numbers
    close_codes, count = close(codes, len(texts[0]) * len(texts[1]))
    order = np.argsort(close_codes.astype(np.uint16) if count < 1 << 16 else close_codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    for some in np.split(order, starts[1:]) if len(starts) else []:
        source, detail_type = divmod(int(codes[some[0]]), len(texts[1]))
        kind = (texts[0][source], texts[1][detail_type])
        yield kind if None not in kind else (None, None), rows[some]


def _texts_encoded(batch: pa.RecordBatch, name: str) -> Any:
    """A column of texts with each text once, or None where there is no such column."""
    import pyarrow as pa

    if batch.schema.names.count(name) != 1:
        return None
    column = batch.column(name)
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    return column.dictionary_encode() if is_text else None


def _match_rows(matcher: Matcher, columns: _Columns, rows: Rows, matched: Matched) -> Rows:
    """Match rows of one kind together; returns those on which arrays of objects leave a doubt."""
    import numpy as np

    words = _words(matcher)
    left = np.tile(_as_words([matcher.alive], words), (len(rows), 1))
    present = {path: column for path in matcher.slots if (column := columns.of(path)) is not None}
    in_doubt = matcher.in_doubt(matcher.slots[path] for path, column in present.items() if column.placed)
    for path, slot in matcher.slots.items():
        if path not in present:
            left &= _as_words([slot.kept_without], words)
            continue
        column = present[path]
        lenient = slot.may_be_absent & in_doubt if column.placed else 0
        left &= _kept(slot, column, column.codes[rows], words) | _as_words([lenient], words)
    doubts = (left & _as_words([in_doubt], words)).any(axis=1)
    left[doubts] = 0
    _tell(matcher, left, rows, matched)
    return rows[doubts]


def _kept(slot: Slot, column: Coded, codes: Any, words: int) -> Words:
    """The branches that each row keeps, by its class at one path."""
    import numpy as np

    if slot.table is not None and slot.table[0] == (column.kind, column.members):
        kept_by_rows: Words = slot.table[1][codes]
        return kept_by_rows
    whole = len(column.members) <= _MOST_KNOWN
    used, places = (range(len(column.members)), codes) if whole else np.unique(codes, return_inverse=True)
    kept = []
    for code in used:
        member = column.members[code]
        if code == 0:
            kept.append(slot.kept_without)
        else:
            kept.append(slot.kept_by_all(member if column.several else (member,)))
    table = _as_words(kept, words)
    if whole:
        slot.table = (column.kind, column.members), table
    return table[places]


def _tell(matcher: Matcher, left: Words, rows: Rows, matched: Matched) -> None:
    """Tell which rows have kept a branch of which rule."""
    import numpy as np

    bits = np.unpackbits(left.view(np.uint8), axis=1, bitorder="little")
    by_branch = np.ascontiguousarray(bits[:, : len(matcher.branches)].T).view(bool)
    of_rule: dict[str, Any] = {}
    for number in np.flatnonzero(by_branch.any(axis=1)).tolist():
        name = matcher.branches[number][0]
        of_rule[name] = by_branch[number] | of_rule[name] if name in of_rule else by_branch[number]
    for name, kept in of_rule.items():
        matched.add(name, rows[kept])


def _match_one_by_one(
    match: Callable[[Mapping[str, Any]], Iterable[str]], batch: pa.RecordBatch, rows: Rows, matched: Matched
) -> None:
    found: dict[str, list[int]] = {}
    for at in range(0, len(rows), 1024):
        some = rows[at : at + 1024]
        for row, event in zip(some.tolist(), batch.take(some).to_pylist(), strict=True):
            for name in match(_without_nulls(event)):
                found.setdefault(name, []).append(row)
    for name, of_rule in found.items():
        matched.add(name, of_rule)


def _without_nulls(value: Any) -> Any:
    """A row, or a value in it, as JSON has it."""
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value]
    return value


def _words(matcher: Matcher) -> int:
    return -(-len(matcher.branches) // 64)


def _as_words(bits: Sequence[int], words: int) -> Words:
    """Branches as rows of words of 64."""
    import numpy as np

    data = b"".join(one.to_bytes(8 * words, "little") for one in bits)
    return np.frombuffer(data, dtype="<u8").reshape(len(bits), words)
