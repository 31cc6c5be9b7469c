"""Files with events for the bus: an event, a list of them, or one detail."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anycompany.storm.errors import StormError

from .output import WrongUseError

if TYPE_CHECKING:
    from anycompany.storm.model import Storm

_LARGEST = 10_000_000


def events_of_file(file: Path, storm: Storm, event: str | None) -> list[dict[str, Any]]:
    """The events in a file, each with ``source``, ``detail-type`` and ``detail``.

    Parameters
    ----------
    file : JSON: one event or a list of them, spelled as PutEvents takes them (``Source``, ``DetailType``,
        ``Detail`` as an object or as its JSON text) or as EventBridge delivers them; or one detail.
    storm : whose events they are; says source and detail-type of a detail.
    event : the id of the event whose detail it is; None: the file's name without its ending.

    Raises
    ------
    WrongUseError
        for an event that the storm does not have.
    StormError
        for a file that is not there, too large, or holds something else.
    """
    document = _document(file)
    if isinstance(document, list):
        return [_spelled(one, f"{file}, event {number}") for number, one in enumerate(document, 1)]
    if not isinstance(document, dict):
        raise StormError("A detail is a JSON object.", str(file), "Write {…}, or a list of events.")
    if document.keys() & {"DetailType", "detail-type"}:
        return [_spelled(document, str(file))]
    of = event or file.stem
    if of not in storm.events:
        raise WrongUseError(
            f"The file holds a detail, and there is no event {of!r} in the storm.",
            str(file),
            "Name it: --event ID.",
        )
    source, detail_type = storm.relations.address_of[of]
    return [{"source": source, "detail-type": detail_type, "detail": document}]


def _document(file: Path) -> Any:
    try:
        if file.stat().st_size > _LARGEST:
            raise StormError(f"The file is larger than {_LARGEST:,} bytes.", str(file), "Send it in parts.")
        return json.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise StormError(f"It cannot be read: {error.strerror}.", str(file), "Correct the path.") from None
    except UnicodeDecodeError:
        raise StormError("This is not UTF-8.", str(file), "Save the file as UTF-8.") from None
    except RecursionError:
        raise StormError("This is nested too deeply.", str(file), "Send something flatter.") from None
    except json.JSONDecodeError as error:
        place = f"{file}:{error.lineno}"
        raise StormError(f"This is not JSON: {error.msg}.", place, "Look at that line.") from None


def _spelled(given: Any, where: str) -> dict[str, Any]:
    """An event in EventBridge's own spelling, its detail as an object; what is missing is said by ``put``."""
    from anycompany.files.recorded.spelling import UnreadableError, spelled

    try:
        return spelled(given)
    except UnreadableError as error:
        raise StormError(
            str(error), where, 'It has "source", "detail-type" and "detail", an object.'
        ) from None
