"""Where the course's own data lies: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_ROOM = Path(__file__).parent
_FOLDERS = (_ROOM.parent / "workbook" / "data" / "course", _ROOM.parent.parent / "data" / "course")


def course_data(*parts: str) -> Path:
    """The path of something in the course's data, whether it is there or not: a learner edition lacks some.

    >>> course_data("glossary.json").is_file()
    True
    """
    folder = next((one for one in _FOLDERS if one.is_dir()), _FOLDERS[-1])
    return folder.joinpath(*parts)
