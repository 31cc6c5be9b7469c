"""How long `import anycompany` takes, against `import pydantic`."""

import subprocess
import sys
from time import perf_counter

from .ratio import Ratio


def seconds_to_import(module: str) -> float:
    """The best of several fresh interpreters, less what an interpreter takes that imports nothing."""

    def best(code: str) -> float:
        times = []
        for _ in range(9):
            start = perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            times.append(perf_counter() - start)
        return min(times)

    return best(f"import {module}") - best("pass")


def measure() -> list[Ratio]:
    return [
        Ratio(
            "import anycompany",
            "import pydantic",
            seconds_to_import("anycompany"),
            seconds_to_import("pydantic"),
            1.5,
        )
    ]
