"""The storm file and its log: read, append, save, merge, watch."""

from .errors import StormFileError
from .opened import OpenStorm, open_storm
from .resting import new_storm, read_history, read_storm, write_storm
from .snapshot import restore

__all__ = [
    "OpenStorm",
    "StormFileError",
    "new_storm",
    "open_storm",
    "read_history",
    "read_storm",
    "restore",
    "write_storm",
]
