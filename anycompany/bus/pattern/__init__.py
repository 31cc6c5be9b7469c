"""Event patterns, exactly as EventBridge reads them: parse, match, explain."""

from .errors import EventError, PatternError
from .match import matches
from .model import Branch, Pattern
from .parse import parse

__all__ = ["Branch", "EventError", "Pattern", "PatternError", "matches", "parse"]
