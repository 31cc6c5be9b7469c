"""TypeScript: interfaces, by json-schema-to-typescript, which a team installs with npm."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

from .errors import BindingsError
from .schemas import ServiceSchema

TOOL = "json2ts"
"""The command of json-schema-to-typescript."""

_SECONDS = 300


def typescript_modules(schemas: tuple[ServiceSchema, ...], folder: Path) -> dict[str, str]:
    """The declarations of each service by its file name.

    Parameters
    ----------
    schemas : what to make them from.
    folder : where the search for ``node_modules`` begins, upwards; before it the PATH is searched.

    Raises
    ------
    BindingsError
        if json-schema-to-typescript is not installed, or fails.
    """
    tool = _tool(folder.resolve())
    with tempfile.TemporaryDirectory(prefix="anycompany-") as work:
        given, made = Path(work, "schemas"), Path(work, "types")
        given.mkdir()
        for one in schemas:
            Path(given, f"{one.file}.json").write_text(json.dumps(one.schema), "utf-8")
        options = ["--no-additionalProperties", "--bannerComment", "", "--cwd", str(given)]
        _run([tool, "-i", str(given), "-o", str(made), *options])
        return {f"{one.file}.ts": _banner(one) + _read(made / f"{one.file}.d.ts", one) for one in schemas}


def _tool(folder: Path) -> str:
    places = [None, *(str(place / "node_modules" / ".bin") for place in (folder, *folder.parents))]
    for place in places:
        found = shutil.which(TOOL, path=place)
        if found:
            return found
    raise BindingsError(
        "The generator of TypeScript is not installed.",
        str(folder),
        "Install it: npm install --save-dev json-schema-to-typescript.",
    )


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise BindingsError(
            f"The generator of TypeScript cannot be run ({type(error).__name__}).",
            command[0],
            "Try it by hand: json2ts --help.",
        ) from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["without a word"]
        raise BindingsError(
            f"The generator of TypeScript fails: {said[0][:300]}.",
            command[0],
            "Try it by hand: json2ts --help.",
        )


def _banner(one: ServiceSchema) -> str:
    return "".join(f"// {line}\n" for line in one.says) + "\n"


def _read(file: Path, one: ServiceSchema) -> str:
    try:
        return file.read_text("utf-8").lstrip()
    except OSError:
        raise BindingsError(
            "The generator of TypeScript made no code.",
            f"services/{one.service}",
            "Look for strange field names in the contracts of its events.",
        ) from None
