"""Folders of code that tasks name: what runtime they are for, what is called, and what they hold."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ..storm.code import LARGEST_INLINE, Code
from ..storm.errors import StormError
from ..storm.model import Storm
from ..storm.tasks import single_tasks
from .errors import refused_by_the_system

MOST_FILES = 500
LARGEST_FOLDER = 20_000_000
"""Bytes of all files of one folder; a function's package may have 50 MB, packed (Lambda quota)."""

RUNTIMES = {".py": "python3.13", ".mjs": "nodejs22.x", ".js": "nodejs22.x"}
"""Lambda's runtime by the ending of the file that is called."""

_FIRST_NAMES = ("index", "app", "main", "handler", "function", "lambda_function")
_CALLED = {
    ".py": re.compile(r"^(?:async\s+)?def (lambda_handler|handler|main)\(", re.MULTILINE),
    ".js": re.compile(r"^\s*(?:module\.)?exports\.(handler|main)\s*=", re.MULTILINE),
    ".mjs": re.compile(r"^export (?:const|async function|function) (handler|main)\b", re.MULTILINE),
}
_LEFT_OUT = re.compile(r"(^|/)(\.|__pycache__(/|$))|\.pyc$")
_AN_EPOCH = (1980, 1, 1, 0, 0, 0)


def codes_of(storm: Storm, home: Path) -> dict[str, Code]:
    """The folders of code that a storm's tasks name, as far as they are there.

    Parameters
    ----------
    storm : the storm.
    home : the folder of its file, below which the folders stand.

    Raises
    ------
    StormError
        for a folder that leads out of the storm's, is too large, or holds nothing that can be called.
    """
    found: dict[str, Code] = {}
    for key, policy in storm.policies.items():
        for task in single_tasks(policy.does):
            if task.run and not task.run.startswith("arn:") and task.run not in found:
                code = read_code(home, task.run, f"policies/{key}")
                if code:
                    found[task.run] = code
    return found


def read_code(home: Path, run: str, where: str) -> Code | None:
    """A folder of code; None where there is none of that name.

    Raises ``StormError`` as ``codes_of`` does.
    """
    try:
        folder = (home / run).resolve()
        if not folder.is_relative_to(home.resolve()) or folder == home.resolve():
            raise StormError(
                f"The folder {run[:100]!r} does not stand below the storm's.",
                where,
                "Name a folder below the storm's, such as functions/ask_bank.",
            )
        if not folder.is_dir():
            return None
        files = dict(_files(folder, run, where))
    except ValueError:  # a null byte
        return None
    except OSError as error:
        raise refused_by_the_system(home / run, "Reading the code of a task", error) from None
    module, name = _called(files, run, where)
    packed = package(files)
    inline = _inline(files, module)
    stem = "index" if inline else module.rpartition(".")[0].replace("/", ".")
    return Code(
        runtime=RUNTIMES[Path(module).suffix],
        handler=f"{stem}.{name}",
        inline=inline,
        digest=hashlib.sha256(packed).hexdigest(),
        depends_on=tuple(_packages(files)),
    )


def files_of(home: Path, run: str) -> dict[str, bytes]:
    """The files of a folder of code, by their path in it. Raises ``StormError`` as ``codes_of`` does."""
    return dict(_files((home / run).resolve(), run, run))


def package(files: dict[str, bytes]) -> bytes:
    """Files as a zip that is the same, byte by byte, for the same content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _AN_EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(entry, files[name])
    return out.getvalue()


def _files(folder: Path, run: str, where: str) -> Iterator[tuple[str, bytes]]:
    count, size = 0, 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if _LEFT_OUT.search(name) or path.is_symlink() or not path.is_file():
            continue
        count, size = count + 1, size + path.stat().st_size
        if count > MOST_FILES or size > LARGEST_FOLDER:
            raise StormError(
                f"The folder {run[:100]!r} holds more than {MOST_FILES} files or {LARGEST_FOLDER:,} bytes.",
                where,
                "A function is small: keep what it does not need elsewhere.",
            )
        yield name, path.read_bytes()


def _called(files: dict[str, bytes], run: str, where: str) -> tuple[str, str]:
    """The file that is called, and the function in it."""

    def rank(name: str) -> tuple[int, int, str]:
        stem = Path(name).stem
        return (
            name.count("/"),
            _FIRST_NAMES.index(stem) if stem in _FIRST_NAMES else len(_FIRST_NAMES),
            name,
        )

    for name in sorted(files, key=rank):
        called = _CALLED.get(Path(name).suffix)
        found = called.search(files[name].decode("utf-8", "replace")) if called else None
        if found:
            return name, found[1]
    raise StormError(
        f"Nothing in the folder {run[:100]!r} can be called.",
        where,
        "Write a file index.py with `def handler(event, context):`, or index.mjs that exports handler.",
    )


def _inline(files: dict[str, bytes], module: str) -> str:
    """The text of the only file where it can stand in a template; else nothing.

    CloudFormation takes it as ``index.py`` or, in the old module form, ``index.js``.
    """
    if len(files) > 1 or module.endswith(".mjs") or len(files[module]) > LARGEST_INLINE:
        return ""
    try:
        text = files[module].decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if "{{resolve:" in text else text


def _packages(files: dict[str, bytes]) -> Iterator[str]:
    """The packages that a list of requirements beside the code names."""
    for line in files.get("requirements.txt", b"").decode("utf-8", "replace").splitlines():
        if found := re.match(r"\s*([A-Za-z0-9][\w.-]*)", line):
            yield found[1]
