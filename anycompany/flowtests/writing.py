"""Flows written down as a small test module that a team keeps in its own repository and may edit."""

from __future__ import annotations

import json
import os
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from anycompany.bus.flows import Flow, Follows, Hears, Runs, flows, sentences
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm

_WIDTH = 100


def module_of(storm: Storm, storm_file: Path, module: Path) -> str:
    """The source of a test module with one test for every flow of a storm.

    What people typed stands in it only as escaped text: nothing of it can become code.

    Parameters
    ----------
    storm : whose flows they are.
    storm_file : where it is kept; the module finds it from its own place.
    module : where the module will be.
    """
    storm = with_guesses(storm)
    found = flows(storm)
    parts = [_head(storm, storm_file, module), *(_test(flow, storm) for flow in found)]
    return "\n\n".join(parts)


def _head(storm: Storm, storm_file: Path, module: Path) -> str:
    here = module.resolve().parent
    try:
        path = os.path.relpath(storm_file.resolve(), here)
        place = f"Path(__file__).parent / {_literal(Path(path).as_posix())}"
    except ValueError:  # another drive
        place = f"Path({_literal(storm_file.resolve().as_posix())})"
    return f'''"""The flows of {_in_docstring(storm.name)[:200]}, as given, when and then.

Written by `anycompany flows`; yours from now on. Try them on the simulation, or on what is deployed:

    pytest {module.name}
    pytest -p anycompany.flowtests.plugin {module.name} --flows-target aws --flows-region eu-central-1
"""

from pathlib import Path

from anycompany.flowtests import Then, flow

pytest_plugins = "anycompany.flowtests.plugin"
STORM = {place}
'''


def _test(flow: Flow, storm: Storm) -> str:
    scenario = flow.scenario
    given = [f"when={_literal(scenario.event)}"]
    if scenario.detail:
        given.append(f"detail={_spread(_as_json_has_it(scenario.detail), 4)}")
    if scenario.fails:
        given.append(f"fails={_literal(list(scenario.fails))}")
    if scenario.refused:
        given.append(f"refused={_literal(list(scenario.refused))}")
    about = [_literal(scenario.because)] if scenario.because else []
    arguments = "".join(f"    {one},\n" for one in ("STORM", *about, *given))
    body = "\n".join(f"    {line}" for line in _lines(flow))
    return (
        f"@flow(\n{arguments})\n"
        f"def test_{flow.id.replace('-', '_')}(then: Then) -> None:\n"
        f"{_docstring(flow, storm)}\n{body}\n"
    )


def _lines(flow: Flow) -> Iterator[str]:
    """What should follow, a statement each; a listener's events together."""
    heard: dict[tuple[str, bool], list[str]] = {}
    for one in flow.then:
        match one:
            case Follows():
                by, after = _literal(one.by), _literal(one.after)
                yield f"then.follows({_literal(one.event)}, by={by}, after={after})"
            case Runs():
                yield f"then.runs({_literal(one.policy)}, after={_literal(one.after)})"
            case Hears():
                heard.setdefault((one.listener, one.heard), []).append(one.event)
    for (listener, hears), events in heard.items():
        verb = "hears" if hears else "does_not_hear"
        names = [_literal(name) for name in (listener, *events)]
        line = f"then.{verb}({', '.join(names)})"
        if len(line) > _WIDTH:
            line = f"then.{verb}(\n" + "".join(f"        {name},\n" for name in names) + "    )"
        yield line
    yield "then.nothing_else()"


def _docstring(flow: Flow, storm: Storm) -> str:
    """Given, When and Then as the docstring of a test, wrapped."""
    lines = [
        wrapped
        for sentence in sentences(flow, storm)
        for wrapped in textwrap.wrap(
            _in_docstring(sentence), _WIDTH - 4, subsequent_indent="    ", break_on_hyphens=False
        )
    ]
    return "\n".join(['    """' + lines[0], *(f"    {line}" for line in lines[1:]), '    """'])


def _in_docstring(text: str) -> str:
    r"""A text as it can stand within three quotes: nothing ends them, nothing turns the text around.

    >>> print(_in_docstring('a\\b and "c"'))
    a\\b and \"c\"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape", "surrogatepass").decode("ascii")
        for one in escaped
    )


def _literal(value: Any) -> str:
    """Plain data as Python writes it, on one line.

    >>> print(_literal({"name": "Ada", "years": [1815, 1852]}))
    {"name": "Ada", "years": [1815, 1852]}
    """
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_literal(key)}: {_literal(one)}' for key, one in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, str) and value.isprintable() and not set(value) & set('"\\'):
        return f'"{value}"'
    return repr(value)


def _spread(value: Any, indent: int) -> str:
    """Plain data as Python writes it, part by part where it is long; it begins so many characters in."""
    flat = _literal(value)
    if len(flat) + indent <= _WIDTH - 10 or not isinstance(value, dict | list):
        return flat
    if isinstance(value, dict):
        parts = [f"{_literal(key)}: {_spread(one, indent + 4)}" for key, one in value.items()]
    else:
        parts = [_spread(one, indent + 4) for one in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    lines = "".join(f"{' ' * (indent + 4)}{part},\n" for part in parts)
    return f"{opening}\n{lines}{' ' * indent}{closing}"


def _as_json_has_it(data: Any) -> Any:
    """The same data with what JSON does not have written as text: dates of a YAML file, and no numbers."""
    return json.loads(json.dumps(data, default=str), parse_constant=str)
