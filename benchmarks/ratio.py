"""What a benchmark says: how much of one thing fits into another, and how much may."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """``ours`` against ``peer`` in the same run, in the same unit; ``most`` is the aim."""

    what: str
    against: str
    ours: float
    peer: float
    most: float
    note: str = ""

    @property
    def value(self) -> float:
        return self.ours / self.peer

    def row(self) -> str:
        verdict = "meets" if self.value <= self.most else "MISSES"
        note = f"  ({self.note})" if self.note else ""
        return f"{self.what} / {self.against}: {self.value:.3g}, {verdict} its aim of {self.most:g}{note}"
