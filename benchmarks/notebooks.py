"""The whole workbook on the worked example, deploy and report included, against near-empty notebooks."""

import json
import tempfile
from pathlib import Path
from time import perf_counter

import nbformat

from anycompany.aws.session import Target
from anycompany.workbook.execution import inspected
from anycompany.workbook.runner import in_lanes, run

from .ratio import Ratio

ROOT = Path(__file__).parent.parent
COUNT = 11


def near_empty_notebook(path: Path) -> None:
    cells = [nbformat.v4.new_code_cell("1 + 1")]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=metadata), path)


def seconds_of_near_empty_notebooks(count: int) -> float:
    """Executed the way the workbook's are."""
    with tempfile.TemporaryDirectory() as folder:
        sources, executed = Path(folder) / "sources", Path(folder) / "executed"
        sources.mkdir()
        executed.mkdir()
        for number in range(count):
            near_empty_notebook(sources / f"{number:02d}_near_empty.ipynb")
        found = [inspected(path) for path in sorted(sources.glob("*.ipynb"))]
        start = perf_counter()
        outcomes = in_lanes(found, {}, executed)
        assert not any(outcome.wrong for outcome in outcomes)
        return perf_counter() - start


def measure() -> list[Ratio]:
    seconds_of_near_empty_notebooks(2)  # papermill loads when first used
    floor = seconds_of_near_empty_notebooks(COUNT)
    with tempfile.TemporaryDirectory() as folder:
        start = perf_counter()
        result = run(ROOT / "data" / "anycompany.storm.yaml", Path(folder), target=Target())
        ours = perf_counter() - start
        assert result.fine, [outcome.wrong for outcome in result.outcomes]
        took = {
            one["name"]: one["seconds"]
            for one in json.loads((Path(folder) / "run.json").read_text())["notebooks"]
        }
    longest = sorted(took, key=lambda name: -took[name])[:4]
    each = floor * 2 / COUNT
    rest = ", ".join(f"{name} {took[name] / each:.1f}" for name in longest)
    note = f"the longest, in near-empty notebooks: {rest}"
    return [Ratio("the whole workbook", f"{COUNT} near-empty notebooks", ours, floor, 2.0, note)]
