"""Step 6: names that two things want, and names that AWS keeps to itself."""

from __future__ import annotations

from collections.abc import Iterator

from ..ids import slug
from ..model import Storm
from .finding import Found, check, listed, quoted

_NAMED = ("policies", "entities", "contexts", "services", "listeners")
_ALL = ("events", *_NAMED)


@check(
    "one-name-for-two",
    "warning",
    6,
    title="Two things want two names",
    why="Folders, stacks and dashboards are called by these names, and people say them on the phone.",
    remedy="Rename one of the two.",
    source="“App 2025”, episode 1: the folder operations, and then the service operations",
)
def one_name_for_two(storm: Storm) -> Iterator[Found]:
    """Things of one kind with one name, and a service that wants the name of the bus.

    A context and its service, or an entity and its context, may well share a name.
    """
    for section in _NAMED:
        by_name: dict[str, list[str]] = {}
        for key, thing in getattr(storm, section).items():
            title = thing.title(key)[:500]
            by_name.setdefault(slug(title) or title.strip(), []).append(key)
        for keys in by_name.values():
            if len(keys) > 1:
                title = quoted(getattr(storm, section)[keys[0]].title(keys[0]))
                where = tuple(f"{section}/{key}" for key in keys)
                yield Found(where, f"{len(keys)} {section} are called {title}: {listed(keys)}.")
    for key in storm.services:
        if slug(key) == slug(storm.bus_name):
            what = f"The service {key!r} and the event bus want one name for their stacks and folders."
            yield Found((f"services/{key}", "bus"), what, "Give the bus the name of the whole application.")


@check(
    "ids-differ-by-case",
    "warning",
    6,
    title="Ids differ by more than capital letters",
    why="On many computers their files would be one file, and the second would overwrite the first.",
    remedy="Choose another id for one of them.",
    source="file systems of macOS and Windows do not tell capital letters apart",
)
def ids_differ_by_case(storm: Storm) -> Iterator[Found]:
    """Ids of one section that are the same in lower case."""
    for section in _ALL:
        by_case: dict[str, list[str]] = {}
        for key in getattr(storm, section):
            by_case.setdefault(key.lower(), []).append(key)
        for keys in by_case.values():
            if len(keys) > 1:
                where = tuple(f"{section}/{key}" for key in keys)
                yield Found(where, f"{listed(keys)} differ by capital letters only.")


@check(
    "one-source-for-two",
    "error",
    6,
    title="Two services have two sources",
    why="Rules could not tell their events apart, and each could speak in the other's name.",
    remedy="Give each service a source of its own, such as com.anycompany.billing.",
    source="EventBridge user guide: the source identifies the service that generated the event",
)
def one_source_for_two(storm: Storm) -> Iterator[Found]:
    """Services whose events would carry one ``source``."""
    by_source: dict[str, list[str]] = {}
    for key in storm.services:
        by_source.setdefault(storm.service_source(key), []).append(key)
    for source, keys in by_source.items():
        if len(keys) > 1:
            where = tuple(f"services/{key}" for key in keys)
            yield Found(where, f"{listed(keys)} have one source, {quoted(source)}.")


@check(
    "reserved-source",
    "error",
    6,
    title="A source does not begin with aws.",
    why="PutEvents refuses events whose source begins with `aws.`: only AWS services may say it.",
    remedy="Begin with your own domain, such as com.anycompany.",
    source="EventBridge API reference, PutEventsRequestEntry",
)
def reserved_source(storm: Storm) -> Iterator[Found]:
    """Sources of the storm and of services that AWS keeps to itself."""
    given = {"source": storm.source} | {
        f"services/{key}": said.source for key, said in storm.services.items()
    }
    for where, source in given.items():
        if source and source.lower().startswith("aws."):
            yield Found((where,), f"AWS keeps the source {quoted(source)} to itself.")


CHECKS = (one_name_for_two, ids_differ_by_case, one_source_for_two, reserved_source)
