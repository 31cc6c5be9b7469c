"""Event patterns, exactly as EventBridge reads them: parse, match, explain."""

from .errors import EventError, PatternError
from .explain import Explanation, explain
from .match import matches
from .model import Branch, Pattern
from .parse import parse

__all__ = ["Branch", "EventError", "Explanation", "Pattern", "PatternError", "explain", "matches", "parse"]
