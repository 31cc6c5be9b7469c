"""Random storms, random edits and hostile names, for property tests of any room."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from anycompany.storm import edits as e
from anycompany.storm.edits import edit_from
from anycompany.storm.model import Storm

HOSTILE = [
    "no", "2024", "2024-01-01", "1e3", "12:30", "~", "null", "a: b", "a # b", "- a", "? a", "*a", "&a", "!x", "%TAG",
    "@", "`", "{a}", "[a]", "a, b", "'", '"', "''", "\\", "<b>x</b>", "</script>", "${x}", "{{x}}", "line\nbreak",
    "car\rriage", "tab\there", "nel\x85", "ls\u2028ps\u2029", "nul\x00", "bell\x07", "bom\ufeff", "اسم الحدث",
    "\u202eright to left", "🎉🎉", "👩\u200d👩\u200d👧", "注文が作成された", "Заказ создан", " leading", "trailing ",
    "=cmd|' /C calc'!A0", "node [shape=box]; }", "x" * 5000, "# anycompany: revision 1 (edit 00), sha256 00", "---", "...",
]  # fmt: skip
"""Names that have broken one format or another."""

IDS = ["a", "b", "c", "order-placed", "order-paid", "no", "2024", "X_1", "1e3", "true"]
ids = st.sampled_from(IDS)
names = (
    st.sampled_from(["Order Placed", "Order Paid", "Room Booked"])
    | st.sampled_from(HOSTILE)
    | st.text(min_size=1)
)
texts = names.map(lambda name: name.encode("utf-8", "replace").decode("utf-8"))
id_lists = st.lists(ids, max_size=4)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.floats(-9, 9) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)


def _keys(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional | {"x-note": json_values})


def _section(entries: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(ids, entries, max_size=5)


_votes = st.lists(texts, max_size=3)
events = _keys({"name": texts}, {"pivotal": st.booleans(), "expected": st.just("every 2 hours")})
moments = ids | id_lists.filter(bool) | id_lists.filter(bool).map(lambda events: {"or": events})
triggers = st.one_of(
    _keys({"actor": texts}, {"command": texts}),
    _keys({"external": texts}, {"says": texts}),
    _keys({"schedule": st.sampled_from(["rate(1 day)", "cron(0 1 * * ? *)"])}, {}),
    _keys({"aws": st.just({"source": "aws.s3", "detail-type": "Object Created"})}, {}),
)
_spans = st.sampled_from(["30 seconds", "5 minutes", "2 days"])
_details = st.dictionaries(texts, json_values, max_size=2)
_single = texts | st.one_of(
    _keys({"do": texts}, {"run": texts, "needs": st.lists(texts, max_size=2), "within": _spans}),
    _keys({"do": texts, "ask": texts}, {"within": _spans}),
    _keys(
        {"do": texts, "table": st.sampled_from(["orders", "T-1"]), "key": texts}, {"retry": st.integers(0, 9)}
    ),
    _keys({"do": texts, "topic": st.just("news")}, {"input": st.just('{"a": $known.b}')}),
    _keys(
        {"do": texts, "queue": st.just("prints")},
        {"retry": _keys({}, {"times": st.integers(0, 9), "after": _spans})},
    ),
)
_rows = st.lists(_single, max_size=2)
tasks = _single | st.one_of(
    _keys({"parallel": st.lists(_rows, min_size=2, max_size=3)}, {"do": texts}),
    _keys(
        {
            "branch": st.tuples(
                _keys({"where": _details, "does": _rows}, {"emits": id_lists}),
                _keys({"does": _rows}, {"emits": id_lists}),
            ).map(list)
        },
        {},
    ),
)
policies = _keys(
    {},
    {
        "name": texts,
        "when": id_lists,
        "does": st.lists(tasks, max_size=3),
        "emits": id_lists,
        "fails": id_lists,
    }
    | {"service": ids, "kind": st.sampled_from(["express", "standard"])}
    | {"once": st.booleans(), "buffer": st.booleans()},
)
entities = id_lists | _keys({}, {"name": texts, "events": id_lists})
contexts = _keys(
    {}, {"name": texts, "entities": id_lists, "copies": id_lists, "owner": texts, "votes": _votes}
)
services = _keys({}, {"name": texts, "context": ids, "source": texts})
listeners = _keys(
    {},
    {
        "name": texts,
        "for": texts,
        "hears": id_lists | st.just("all"),
        "to": st.sampled_from(["topic", "queue", "log"]),
    }
    | {"where": st.dictionaries(texts, json_values, max_size=2), "keep": st.integers(1, 3653)}
    | {"more-than": st.just({"count": 10, "within": "5 minutes"})},
)
fields = _keys(
    {}, {"type": st.sampled_from(["string", "number"]), "personal": st.booleans(), "optional": st.booleans()}
)
contracts = _keys(
    {},
    {"version": st.integers(1, 3), "detail-type": ids, "fields": st.dictionaries(texts, fields, max_size=3)}
    | {"example": st.dictionaries(texts, json_values, max_size=3)},
)
hotspots = _keys({"text": texts}, {"about": ids, "votes": _votes, "owner": texts})
decisions = _keys({"text": texts}, {"because": texts, "about": ids})
board = st.fixed_dictionaries(
    {},
    optional={"notes": st.dictionaries(ids, st.lists(st.floats(-9, 9), min_size=2, max_size=2), max_size=3)}
    | {"parked": st.dictionaries(ids, events, max_size=2), "zoom": json_values},
)
workshops = _keys(
    {},
    {
        "agenda": st.dictionaries(st.sampled_from(["alone", "vote", "bus"]), st.integers(1, 90)),
        "phase": st.sampled_from(["welcome", "together", "deploy"]),
        "seconds": st.just(300),
        "blind": st.booleans(),
        "spotlight": texts.filter(lambda text: len(text) <= 300),
        "driver": st.just({"person": "1a2b3c4d", "name": "Ada"}),
        "voting": st.just({"dots": 3, "hidden": True}),
        "here": st.just({"step": 2, "x": 1.5, "y": -3.0, "since": "2026-01-31T09:30:00+00:00"}),
    },
)

documents = st.fixed_dictionaries(
    {"name": texts},
    optional={
        "format": st.just(1),
        "language": st.sampled_from(["en", "no"]),
        "source": texts,
        "technical": st.booleans(),
        "bus": st.just({"name": "main"}) | st.just({"key": "own", "archive": 7, "logs": 30}),
        "events": _section(events),
        "timeline": st.lists(moments, max_size=5),
        "triggers": _section(triggers),
        "policies": _section(policies),
        "entities": _section(entities),
        "contexts": _section(contexts),
        "services": _section(services),
        "listeners": _section(listeners),
        "contracts": _section(contracts),
        "hotspots": _section(hotspots),
        "decisions": _section(decisions),
        "dismissed": st.dictionaries(texts, texts, max_size=2),
        "board": board,
        "workshop": workshops,
        "x-tool": json_values.filter(lambda value: value is not None),
    },
)
"""Random storms as plain data: overlapping, dangling and hostile."""

storms = documents.map(Storm.model_validate)

_sections = st.sampled_from(list(e.SINGULAR)).filter(lambda section: section != "triggers")
_changes = {
    "events": events, "policies": policies, "entities": entities.filter(lambda one: isinstance(one, dict)),
    "contexts": contexts, "services": services, "listeners": listeners, "contracts": contracts,
    "hotspots": hotspots, "decisions": decisions,
}  # fmt: skip


def _edit(kind: str, **keys: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind), **keys})


def _without_name(keys: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in keys.items() if key not in ("name", "text")}


_places = st.one_of(
    st.just({}),
    *(ids.map(lambda one, key=key: {key: one}) for key in ("after", "before", "instead_of", "parallel_to")),
)
_one_edit = st.one_of(
    _sections.flatmap(
        lambda to: _edit("add", to=st.just(to), name=texts, keys=_changes[to].map(_without_name))
    ),
    _sections.flatmap(lambda to: _edit("add", to=st.just(to), name=texts, id=ids)),
    _edit("rename", of=_sections, id=ids, name=texts),
    _sections.flatmap(lambda of: _edit("change", of=st.just(of), id=ids, keys=_changes[of])),
    _edit("remove", of=_sections, id=ids),
    _edit("merge", keep=ids, gone=ids, name=st.none() | texts),
    st.tuples(_edit("place", event=ids), _places).map(lambda pair: pair[0] | pair[1]),
    _edit("unplace", event=ids),
    _edit("trigger", event=ids, trigger=st.none() | triggers),
    _edit("assign", of=st.sampled_from(["events", "entities"]), id=ids, to=st.none() | ids),
    _edit("copy", entity=ids, context=ids, keep=st.booleans()),
    _edit("field", event=ids, field=texts, **{"is": st.none() | fields}),
    _edit("publish", event=ids),
    _edit("vote", hotspot=ids, who=texts, up=st.booleans()),
    _edit("vote", context=ids, who=texts, up=st.booleans()),
    _edit("plan", minutes=st.just({"alone": 20, "vote": None})),
    _edit("phase", phase=st.sampled_from(["alone", "vote", "close", None])),
    _edit("timer", seconds=st.integers(0, 900), since=st.sampled_from([None, "2026-01-31T09:30:00+00:00"])),
    _edit("conduct", keys=st.fixed_dictionaries({"locked": st.booleans()}, optional={"spotlight": ids})),
    _edit("park", event=ids),
    _edit("unpark", event=ids),
    _edit("move", note=ids, x=st.floats(-9, 9), y=st.floats(-9, 9)),
    _edit("dismiss", finding=texts, because=st.none() | texts),
    _edit("settings", keys=st.fixed_dictionaries({}, optional={"name": texts, "technical": st.booleans()})),
    _edit("repeat", events=id_lists.filter(bool), noun=st.just("Order"), nouns=st.lists(texts, max_size=2)),
)
edits = (_one_edit | st.lists(_one_edit, max_size=3).map(lambda some: {"kind": "batch", "edits": some})).map(
    edit_from
)
"""Random edits of every kind but patches; many do not fit a given storm."""
