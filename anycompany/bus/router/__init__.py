"""Many event patterns at once, with the answers of one by one."""

from .matched import Matched
from .router import Router

__all__ = ["Matched", "Router"]
