"""Many event patterns at once, with the answers of one by one."""

from .router import Router

__all__ = ["Router"]
