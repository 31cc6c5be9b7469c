from pathlib import Path

import papermill
import pytest

from anycompany.workbook.parameters import unknown_parameters

from .storms import EXAMPLE, ROOT


def test_a_notebook_without_given_parameters_has_no_unknown_ones() -> None:
    assert unknown_parameters(["", "storm = 'a'", "page = 1"]) == ([], [])


def test_a_misspelt_parameter_is_named_and_nothing_is_deployed(tmp_path: Path) -> None:
    given = {"strom": str(EXAMPLE), "target": "local", "apply": True}
    with pytest.raises(papermill.PapermillExecutionError) as failed:
        papermill.execute_notebook(
            ROOT / "notebooks" / "09_deploy.ipynb",
            tmp_path / "executed.ipynb",
            given,
            kernel_name="python3",
            progress_bar=False,
            cwd=ROOT / "notebooks",
        )
    assert "This notebook has no parameter 'strom'. It has storm, target," in failed.value.evalue
    assert "CREATE_COMPLETE" not in (tmp_path / "executed.ipynb").read_text()
