"""Write ``docs/checks.md`` from the checks of all rooms: ``python docs/write_checks.py``."""

from pathlib import Path

from anycompany.storm.checks.page import page
from anycompany.workbook.findings import all_checks

if __name__ == "__main__":
    Path(__file__).with_name("checks.md").write_text(page(all_checks()), encoding="utf-8")
