"""How the work of the eight steps in the browser grows: four times the events, about four times the time."""

import json
import subprocess
from pathlib import Path
from typing import Any

from anycompany.storm.coupling import coupling
from anycompany.storm.model import Storm

from .ratio import Ratio
from .storms import generated

SCRIPT = Path(__file__).with_suffix(".mjs")
SMALL, LARGE = 1000, 4000
MOST = 11.0
"""Times longer for four times the events: 4 is linear, 16 would be quadratic."""


def growth() -> list[Ratio]:
    given = {"small": _given(generated(SMALL)), "large": _given(generated(LARGE))}
    done = subprocess.run(
        ["node", str(SCRIPT)], input=json.dumps(given), capture_output=True, text=True, check=True
    )
    return [
        Ratio(f"step {step} of {LARGE:,} events", f"{SMALL:,} events", large, small, MOST, f"{large:.0f} ms")
        for step, (small, large) in json.loads(done.stdout).items()
    ]


def _given(storm: Storm) -> dict[str, Any]:
    found = coupling(storm)
    crossings = {f"{one.event}>{one.policy}": vars(one) for one in found.crossings}
    told = {"score": 1, "communication": 0, "size": 0, "copies": 0, "reactions": 0, "guessed": False}
    insight = {
        "findings": {},
        "coupling": told | {"crossings": crossings},
        "progress": {},
        "next": None,
        "guesses": [],
    }
    return {"doc": storm.document(), "insight": insight}
