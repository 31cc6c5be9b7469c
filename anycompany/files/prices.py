"""The price table: a YAML file that anybody may edit; one comes with AnyCompany."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..bus.simulation.prices import Prices, prices_from
from .errors import StormFileError, refused_by_the_system

_ROOM = Path(__file__).parent
_SHIPPED = (_ROOM.parent / "workbook" / "data" / "prices.yaml", _ROOM.parent.parent / "data" / "prices.yaml")
_LARGEST = 1_000_000


def read_prices(path: Path | None = None) -> Prices:
    """The prices in a file; without one those that come with AnyCompany.

    Raises
    ------
    StormFileError
        if the file cannot be read, or is no YAML.
    StormError
        if it is no price table.
    """
    found = path or next((file for file in _SHIPPED if file.is_file()), _SHIPPED[0])
    return prices_from(read_yaml(found), str(found))


_DEEPEST = 100
"""Levels that a file may have: how deep Python itself can go depends on what else runs in the process."""


def read_yaml(path: Path) -> Any:
    """What a small YAML file holds, as plain data.

    Raises
    ------
    StormFileError
        if it cannot be read, is larger than a megabyte, or is no YAML.
    """
    import yaml

    try:
        if path.stat().st_size > _LARGEST:
            raise StormFileError(f"The file is larger than {_LARGEST:,} bytes.", str(path), "Name another.")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise refused_by_the_system(path, "Reading", error) from None
    except UnicodeDecodeError:
        raise StormFileError("This is not UTF-8.", str(path), "Save the file as UTF-8.") from None
    try:
        return yaml.load(text, Loader=plain_loader())
    except RecursionError:
        raise StormFileError("This is nested too deeply.", str(path), "Write something flatter.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}:{mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or error
        raise StormFileError(f"This is no YAML: {problem}.", place, "Look at that line.") from None
    except ValueError as error:  # a date like 2025-99-99
        raise StormFileError(f"This is no YAML: {error}.", str(path), "Look for that value.") from None


def plain_loader() -> Any:
    """The safe loader, without aliases, which can make a small file enormous, and without dates."""
    import yaml

    class Plain(yaml.SafeLoader):
        depth = 0

        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.events.AliasEvent):
                raise yaml.YAMLError("aliases are not read here")
            self.depth += 1
            if self.depth > _DEEPEST:
                raise RecursionError
            node = super().compose_node(parent, index)
            self.depth -= 1
            return node

    Plain.yaml_implicit_resolvers = {
        letter: [(tag, regexp) for tag, regexp in found if tag != "tag:yaml.org,2002:timestamp"]
        for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return Plain
