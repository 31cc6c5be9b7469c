"""Who may import whom, and what loads when."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "anycompany"
MAY_IMPORT = {
    "storm": set(),
    "bus": {"storm"},
    "stacks": {"storm", "bus"},
    "files": {"storm", "bus"},
    "bindings": {"storm", "bus"},
    "diagrams": {"storm", "bus", "stacks", "files"},
    "aws": {"storm", "bus", "stacks", "files"},
    "board": {"storm", "bus", "stacks", "files"},
    "workshop": {"storm", "bus", "stacks", "files", "board"},
    "course": {"storm", "bus", "stacks", "files"},
    "flowtests": {"storm", "bus", "stacks", "files", "aws"},
}
PURE = {"storm", "bus", "stacks"}
IMPURE_MODULES = {
    *{"boto3", "botocore", "graphviz", "ipywidgets", "IPython", "jupyterlab", "papermill", "pandas", "rich"},
    *{
        "typer",
        "subprocess",
        "socket",
        "urllib",
        "http",
        "requests",
        "shutil",
        "tempfile",
        "os",
        "pathlib",
        "io",
    },
}
HEAVY = {
    *{"boto3", "botocore", "pandas", "graphviz", "networkx", "rapidfuzz", "lemminflect", "ministack"},
    *{"papermill", "jinja2", "ruamel", "yaml", "IPython", "ipywidgets", "numpy", "typer", "rich", "pyarrow"},
}
MODULES = sorted(path for path in ROOT.rglob("*.py"))


def imports(path: Path) -> list[tuple[str, int]]:
    """Every module that a file imports, as (dotted name, line), relative ones resolved."""
    package = ["anycompany", *path.relative_to(ROOT).parts[:-1]]
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = [*base, *(node.module.split(".") if node.module else [])]
            if node.module:
                found.append((".".join(module), node.lineno))
            else:
                found += [(".".join([*module, alias.name]), node.lineno) for alias in node.names]
    return found


def room_of(dotted: str) -> str | None:
    parts = dotted.split(".")
    return parts[1] if parts[0] == "anycompany" and len(parts) > 1 else None


def id_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=id_of)
def test_a_room_imports_only_the_rooms_it_may(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    if room not in MAY_IMPORT:
        return
    allowed = MAY_IMPORT[room] | {room}
    wrong = [(name, line) for name, line in imports(path) if room_of(name) not in {None, *allowed}]
    assert not wrong, f"{path}: {wrong}"


@pytest.mark.parametrize("path", [p for p in MODULES if p.relative_to(ROOT).parts[0] in PURE], ids=id_of)
def test_the_core_does_no_input_or_output(path: Path) -> None:
    wrong = [(name, line) for name, line in imports(path) if name.split(".")[0] in IMPURE_MODULES]
    calls = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"open", "print"}
    ]
    assert not wrong and not calls, f"{path}: imports {wrong}, calls in lines {calls}"


def test_clients_of_aws_are_made_in_one_place() -> None:
    makers = {
        id_of(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr in {"client", "resource", "Session"}
        and isinstance(node.value, ast.Name)
        and node.value.id in {"boto3", "session", "botocore"}
    }
    assert makers <= {"aws/session.py"}


def test_only_the_diagrams_know_graphviz_and_only_aws_knows_boto3() -> None:
    homes = {"graphviz": "diagrams", "graphviz_pure": "diagrams", "boto3": "aws", "botocore": "aws"}
    for path in MODULES:
        for name, line in imports(path):
            home = homes.get(name.split(".")[0])
            assert home in (None, path.relative_to(ROOT).parts[0]), f"{path}:{line} imports {name}"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = "import sys, anycompany; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not HEAVY & set(loaded.split())


def test_modules_stay_small() -> None:
    long = {id_of(path): n for path in MODULES if (n := len(path.read_text().splitlines())) > 350}
    assert not long
