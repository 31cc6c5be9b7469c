"""Find the fault: flawed storms and templates, to be mended in any right way, checked by running them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...storm.errors import StormError
from ...storm.model import Storm
from ..verdict import Seen, Verdict, slip
from . import permitting, reading, running
from .case import Case, Check
from .fault import MARK, Fault, fault, faults, flawed_storm, lay_out_fault, story_of

__all__ = ["Fault", "check", "check_folder", "fault", "faults", "lay_out_fault", "story_of"]

MOST_SAID = 6

_CHECKS: dict[str, Check] = {
    "flow": running.flow,
    "no-loop": running.no_loop,
    "bill": running.bill,
    "heard": running.heard,
    "not-heard": running.not_heard,
    "can-match": running.can_match_all,
    "example": running.example,
    "compatible": running.compatible,
    "events-of-the-business": reading.events_of_the_business,
    "partners": reading.partners,
    "looser": reading.looser,
    "one-home": reading.one_home,
    "contexts": reading.contexts,
    "told": reading.told,
    "small-policies": reading.small_policies,
    "one-folder-each": reading.one_folder_each,
    "silent": reading.silent,
    "hears": reading.hears,
}


def check(of: Fault, mended: Storm | Path) -> Verdict:
    """Whether somebody has mended a fault; what was measured is said too. Never raises for any storm.

    Parameters
    ----------
    of : which fault.
    mended : the storm as it is now, or the path of the template.
    """
    measured: list[str] = []
    try:
        if of.template != isinstance(mended, Path):
            raise StormError("This is not what was to be mended.", of.id, f"Mend {of.named}.")
        untouched, wrong = (
            _of_template(of, mended) if isinstance(mended, Path) else _of_storm(of, mended, measured)
        )
    except StormError as error:
        return _wrong(of, [slip(str(error))])
    except Exception as error:  # a storm may be anything, and a learner is not to see a traceback
        return _wrong(of, [slip(f"This cannot be judged ({type(error).__name__}). Look at the story.")])
    if untouched:
        return Verdict(of.id, "not attempted", ("Not attempted yet: it is as it was.",))
    if wrong:
        return _wrong(of, wrong, measured)
    return Verdict(of.id, "right", (*measured, of.why))


def _of_template(of: Fault, path: Path) -> tuple[bool, list[Seen]]:
    template = permitting.read_template(path)
    untouched = template == permitting.read_template(of.flawed)
    found = (told for asked in of.asks for told in permitting.role_faults(template, asked))
    return untouched, [slip(one) for one in dict.fromkeys(found)]


def _of_storm(of: Fault, storm: Storm, measured: list[str]) -> tuple[bool, list[Seen]]:
    case = Case(of, flawed_storm(of), storm, measured)
    if _said(case.before) == _said(storm):
        return True, []
    return False, [slip(one) for one in dict.fromkeys(_faults(case))]


def _faults(case: Case) -> Iterator[str]:
    yield from reading.keeps(case)
    for asked in case.fault.asks:
        yield from _CHECKS[asked["kind"]](case, asked)


def _said(storm: Storm) -> dict[str, object]:
    """What a storm says, wherever its notes lie."""
    return {
        key: said for key, said in storm.document().items() if key not in ("board", "workshop", "dismissed")
    }


def _wrong(of: Fault, seen: list[Seen], measured: list[str] | None = None) -> Verdict:
    rest = len(seen) - MOST_SAID
    says = [one.what for one in seen[:MOST_SAID]] + ([f"… and {rest} more."] if rest > 0 else [])
    return Verdict(of.id, "wrong", (*says, *(measured or ())), tuple(seen))


def check_folder(folder: Path) -> tuple[Fault, Verdict]:
    """The verdict on a folder that was laid out for a fault.

    Raises
    ------
    StormError
        where there is nothing of a fault in it, or its file cannot be read.
    """
    from ...files import read_storm

    for found in faults():
        path = folder / found.named
        if found.template and path.is_file():
            return found, check(found, path)
        if not found.template and path.is_file():
            return found, check(found, read_storm(path))
    for path in sorted(folder.glob("*.storm.yaml")):
        storm = read_storm(path)
        named = (storm.__pydantic_extra__ or {}).get(MARK)
        for one in faults():
            if one.id == named and not one.template:
                return one, check(one, storm)
    raise StormError(
        "There is no fault to mend here.",
        str(folder),
        "Make a folder for one: anycompany course fault NAME DIR.",
    )
