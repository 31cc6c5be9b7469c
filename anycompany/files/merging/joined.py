"""The entries of several copies that begin with one history, as one log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from ...storm.renaming import with_ids
from ..errors import StormFileError
from ..journal import Entry
from .copies import Copy
from .history import History, Made, history_of, time_of
from .naming import names_in_common
from .telling import Telling


def joined(copies: Sequence[Copy]) -> Telling:
    """All entries of all copies, each once, in their one order.

    Raises ``StormFileError`` where two copies have different edits under one id.
    """
    each = [history_of(copy.entries) for copy in copies]
    together: dict[str, Made] = {}
    for own in each:
        for key, made in own.items():
            known = together.setdefault(key, made)
            if known is not made:
                together[key] = Made(min(known.entry, made.entry, key=_age), made.on | known.on)
    history = History(together, str(copies[0].log))
    names = names_in_common([copy.entries for copy in copies], history)
    entries: dict[str, Entry] = {}
    for copy, own, renamed in zip(copies, each, names, strict=True):
        for key, made in own.items():
            entry = replace(made.entry, edit=with_ids(made.entry.edit, renamed.for_entry(key, history)))
            known_entry = entries.setdefault(key, entry)
            if known_entry != entry:
                entries[key] = _the_same(known_entry, entry, copy)
    return Telling(entries, history)


def _the_same(known: Entry, found: Entry, copy: Copy) -> Entry:
    """An entry that two copies have: the earlier, where they differ only in when a file was written."""
    same_edit = json.dumps(known.edit.record(), sort_keys=True) == json.dumps(
        found.edit.record(), sort_keys=True
    )
    same_hand = bool(known.file) or (known.author, known.time) == (found.author, found.time)
    if same_edit and same_hand:
        return min(known, found, key=_age)
    raise StormFileError(
        f"The edit {found.id} of {found.author[:60]!r} is another one here than in the other copies.",
        f"{copy.log}:{found.revision}",
        "Somebody has changed this log by hand. Set it aside: the storm file alone can be merged. Nothing was"
        " merged.",
    )


def _age(entry: Entry) -> tuple[object, str, str]:
    return time_of(entry), entry.time, entry.author
