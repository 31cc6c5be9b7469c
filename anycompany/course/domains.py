"""Domains to model: a brief as an expert tells it, a reference storm, what may fairly differ; all data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..storm.errors import StormError
from ..storm.model import Storm
from .asked import remedy_for
from .edition import is_learner_edition
from .shipped import course_data

FOLDER = "domains"
MARK = "x-domain"
"""The key of a storm that says of which domain it is an attempt."""

Words = list[str]


class Domain(BaseModel):
    """A business to model, and what an attempt may do otherwise than the reference and be right.

    Parameters
    ----------
    id : in kebab case; the name of its folder.
    title, about : what it is called, and in a sentence what it is about.
    level : 1 to 4, of growing difficulty.
    minutes : what a pair needs for the steps 1 to 8.
    events : how many the reference has.
    regulated : whether a law says what has to be kept, shown and left alone.
    recorded : the file of recorded events that one starts from; empty where one starts from an empty wall.
    words : groups of words that mean the same in this business.
    names : for each event, by its id in the reference, other good names.
    optional : events that may fairly be left out.
    order : rows of events, each of which has to come before the next; all other pairs are free.
    starts : for each event, other kinds of what may start it: ``actor``, ``external``, ``schedule``, ``aws``,
        or ``policy``.
    causes : for each event, other events that may lead to it through a policy.
    join : groups of entities that may be one.
    split : groups of events that may be an entity of their own.
    boundaries : other good ways to divide the entities, whatever their coupling.
    fields : for each event, fields of its contract that may be left out.
    never : audiences that must not hear any event.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = ""
    title: str
    about: str
    level: Annotated[int, Field(ge=1, le=9)]
    minutes: int
    events: int
    regulated: bool = False
    recorded: str = ""
    words: list[Words] = []
    names: dict[str, Words] = {}
    optional: Words = []
    order: list[Words] = []
    starts: dict[str, list[Literal["actor", "external", "schedule", "aws", "policy"]]] = {}
    causes: dict[str, Words] = {}
    join: list[Words] = []
    split: list[Words] = []
    boundaries: list[list[Words]] = []
    fields: dict[str, Words] = {}
    never: Words = []

    @property
    def folder(self) -> Path:
        """Where its files are."""
        return course_data(FOLDER, self.id)

    @property
    def brief(self) -> str:
        """What the domain experts tell, in Markdown."""
        return (self.folder / "brief.md").read_text("utf-8")


def domains() -> tuple[Domain, ...]:
    """All domains, the easiest first.

    >>> [domain.level for domain in domains()]
    [1, 2, 3, 4]
    """
    found = (_read(path.parent) for path in sorted(course_data(FOLDER).glob("*/domain.yaml")))
    return tuple(sorted(found, key=lambda domain: (domain.level, domain.events, domain.id)))


def domain(named: object) -> Domain:
    """The domain of an id.

    Raises ``StormError`` where there is none.
    """
    known = {one.id: one for one in domains()}
    found = known.get(named) if isinstance(named, str) else None
    if found is None:
        raise StormError(
            f"There is no domain {str(named)[:80]!r}.", "domains", remedy_for(str(named)[:80], known)
        )
    return found


def reference_of(domain: Domain) -> Storm:
    """The reference storm of a domain: one good answer, not the only one.

    Raises ``StormError`` where there is none, as in a learner edition.
    """
    path = domain.folder / "reference.storm.yaml"
    if not path.is_file():
        raise _unscored(domain)
    return _storm(path, path.stat().st_mtime_ns)


def has_references() -> bool:
    """Whether this installation has the reference storms; that of a learner edition has not."""
    return any(one.folder.joinpath("reference.storm.yaml").is_file() for one in domains())


def refuse_to_score_in(notebooks: Path, domain: Domain) -> None:
    """Make sure that a folder of notebooks is not of a learner edition, whatever package is installed.

    Raises ``StormError`` if it is.
    """
    if is_learner_edition(notebooks):
        raise _unscored(domain)


def _unscored(domain: Domain) -> StormError:
    return StormError(
        "This is a learner edition: without the reference storms nothing can be scored here.",
        domain.id,
        "Give your storm file to your instructor, who can: anycompany course score STORM.",
    )


def domain_of(storm: Storm) -> Domain | None:
    """The domain that a storm says it is an attempt at, or None."""
    said = (storm.__pydantic_extra__ or {}).get(MARK)
    return next((one for one in domains() if one.id == said), None)


@lru_cache(maxsize=16)
def _storm(path: Path, _changed: int) -> Storm:
    from ..files import read_storm

    return read_storm(path)


def _read(folder: Path) -> Domain:
    path = folder / "domain.yaml"
    return _domain(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=32)
def _domain(path: Path, _changed: int) -> Domain:
    from ..files.prices import read_yaml

    try:
        return Domain.model_validate(read_yaml(path)).model_copy(update={"id": path.parent.name})
    except ValidationError as error:
        first = error.errors()[0]
        where = "/".join(str(part) for part in first["loc"])
        raise StormError(f"{first['msg']}.", f"{path}: {where}", "Correct the domain's file.") from None


def domain_in(storm: Storm, named: str | None = None) -> Domain:
    """The domain that a storm is an attempt at: as named, else as the storm says.

    Raises ``StormError`` where neither says it.
    """
    if named is not None:
        return domain(named)
    found = domain_of(storm)
    if found is None:
        known = ", ".join(one.id for one in domains())
        raise StormError(
            "This storm does not say which domain it is an attempt at.",
            storm.name,
            f"Name one of {known}: on the command line by --domain, on a page by page.score(…).",
        )
    return found
