"""Routing: events a second through 100, 1,000 and 10,000 rules, against peers of the same meaning.

Peers that are slow by nature run on a sample of the events. event-ruler runs where EVENT_RULER_CLASSPATH is
the path of its jar and those it needs (jackson-core, -databind, -annotations; jsr305), and java is at hand.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Any

from anycompany.bus.pattern import Pattern, parse
from anycompany.bus.pattern.elements import met
from anycompany.bus.pattern.fields import flatten
from anycompany.bus.pattern.model import wanted
from anycompany.bus.router import Router

from .ratio import Ratio
from .routed import events, patterns

EVENTS = 100_000
BATCH = 1_000_000
PIECE = 125_000
SLICES = 100
BUILDS = 10
SIZES = (100, 1_000, 10_000)
TIMES_PLAIN = {100: 8, 1_000: 20, 10_000: 100}
TIMES_MOTO = 400
GIGABYTES = 2.0
ADAPTER = Path(__file__).parent / "EventRuler.java"

Event = dict[str, Any]


def seconds(match: Callable[[Any], object], some: Sequence[Any]) -> float:
    """CPU seconds an event: the best of many slices, since others use the machine too."""
    gc.collect()
    size = max(len(some) // SLICES, 1)
    taken = []
    for at in range(0, len(some) - size + 1, size):
        slice_ = some[at : at + size]
        began = process_time()
        for one in slice_:
            match(one)
        taken.append((process_time() - began) / size)
    return min(taken)


def parsed(count: int) -> dict[str, Pattern]:
    return {name: parse(pattern) for name, pattern in patterns(count).items()}


def one_by_one(rules: dict[str, Pattern]) -> Callable[[Event], list[str]]:
    """The plain matcher, one rule at a time, on an event that is laid flat once for all."""
    asked = wanted(path for rule in rules.values() for path, _ in rule.conditions())

    def match(event: Event) -> list[str]:
        laid = flatten(event, asked)
        return [name for name, rule in rules.items() if any(met(branch, laid) for branch in rule.branches)]

    return match


def by_moto(count: int) -> Callable[[Event], list[str]]:
    from moto.events.models import EventPattern

    rules = {name: EventPattern.load(json.dumps(pattern)) for name, pattern in patterns(count).items()}
    return lambda event: [name for name, rule in rules.items() if rule.matches_event(event)]


def by_event_ruler(classpath: str, count: int, texts: list[str]) -> tuple[float, int]:
    """Seconds an event, parsing included, and how many rules were met in all."""
    with tempfile.TemporaryDirectory() as folder:
        rules, some = Path(folder) / "rules", Path(folder) / "events"
        rules.write_text("\n".join(map(json.dumps, patterns(count).values())))
        some.write_text("\n".join(texts))
        command = ["java", "-cp", classpath, str(ADAPTER), str(rules), str(some)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(said[0]) / len(texts), int(said[1])


def measure() -> Iterator[Ratio]:
    some = events(EVENTS)
    texts = [json.dumps(event) for event in some]
    gc.freeze()
    building = {}
    one = {}
    for size in SIZES:
        rules = parsed(size)
        building[size] = seconds(lambda _, rules=rules: Router(rules).match({}), range(BUILDS))
        one[size] = yield from routing(size, rules, some, texts)
    what = f"building a router of {SIZES[-1]:,} rules"
    yield Ratio(what, f"of {SIZES[-2]:,} rules × 10", building[SIZES[-1]], building[SIZES[-2]] * 10, 2.0)
    yield from batch(one[1_000])


def routing(size: int, rules: dict[str, Pattern], some: list[Event], texts: list[str]) -> Iterator[Ratio]:
    """The router on dicts and texts against every peer; returns its seconds an event, on dicts."""
    router = Router(rules)
    dicts = seconds(router.match, some)
    what = f"an event, {size:,} rules"
    plain = one_by_one(rules)
    sample = some[: max(EVENTS // size // 2, 20)]
    assert [router.match(event) for event in sample] == [plain(event) for event in sample]
    slow = seconds(plain, sample)
    yield Ratio(what, "one rule at a time", dicts, slow, 1 / TIMES_PLAIN[size], told(dicts, slow))
    if size == SIZES[0]:
        slow = seconds(by_moto(size), some[:500])
        yield Ratio(what, "moto", dicts, slow, 1 / TIMES_MOTO, told(dicts, slow))
    read = seconds(Router(rules).match_text, texts)
    yield Ratio(f"{what}, from JSON text", "as dict", read, dicts, 2.0, f"{1 / read:,.0f} events/s")
    if classpath := os.environ.get("EVENT_RULER_CLASSPATH"):
        fast, heard = by_event_ruler(classpath, size, texts)
        ours = sum(len(router.match(event)) for event in some)
        note = f"{told(read, fast)}; rules met: {ours:,} and {heard:,}"
        yield Ratio(f"{what}, from JSON text", "event-ruler", read, fast, 1.0, note)
    return dicts


def batch(one: float) -> Iterator[Ratio]:
    """A million events as columns, read from Parquet piece by piece, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "benchmarks.routing", str(Path(folder) / "events.parquet")]
        for step in ("write", "route"):
            said = subprocess.run([*command, step], capture_output=True, text=True, check=True).stdout
    columns, gigabytes = map(float, said.split())
    what = f"an event of {BATCH:,}, 1,000 rules, as columns"
    yield Ratio(what, "one by one", columns, one, 1 / 10, told(columns, one))
    yield Ratio("memory of that, in gigabytes", "2", gigabytes, GIGABYTES, 1.0)


def told(ours: float, peer: float) -> str:
    return f"{1 / ours:,.0f} events/s against {1 / peer:,.0f}, {peer / ours:,.1f} times as fast"


def write(path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    first = pa.Table.from_pylist(events(PIECE, seed=0))
    with pq.ParquetWriter(path, first.schema) as writer:
        for seed in range(BATCH // PIECE):
            writer.write_table(pa.Table.from_pylist(events(PIECE, seed=seed), schema=first.schema))


def route(path: Path) -> None:
    """Print the CPU seconds an event, reading left out, of the best piece, and the gigabytes it all took."""
    from anycompany.files.recorded import read_columns

    router = Router(parsed(1_000))
    router.match({})
    taken, rows = [], 0
    for some in read_columns(path):
        began = process_time()
        matched = router.match_batch(some.events)
        matched.counts()
        taken.append((process_time() - began) / matched.count)
        rows += matched.count
    assert rows == BATCH
    print(min(taken), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)


if __name__ == "__main__":
    {"write": write, "route": route}[sys.argv[2]](Path(sys.argv[1]))
