"""JSONata as it stands in a state: literals, and texts that are no expressions."""

from __future__ import annotations

import json
from typing import Any


def jsonata(value: Any) -> str:
    """Plain data as a JSONata literal: JSON is one, but for two characters its own parsers trip over."""
    return json.dumps(value, ensure_ascii=True)


def plain(text: str) -> str:
    """A text that Step Functions takes as it stands, even one that is like an expression, or is no line."""
    as_it_stands = text and text.isprintable() and not text.startswith("{%")
    return text if as_it_stands else evaluated(jsonata(text))


def evaluated(expression: str) -> str:
    """An expression as a state's field has it."""
    return f"{{% {expression} %}}"
