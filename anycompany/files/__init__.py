"""The storm file and its log: read, append, save, merge, watch."""

from .errors import StormFileError
from .opened import OpenStorm, new_storm, open_storm, read_storm

__all__ = ["OpenStorm", "StormFileError", "new_storm", "open_storm", "read_storm"]
