"""The plot of latencies: how long flows take, as spreads over a logarithmic axis with percentiles marked."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, log10
from typing import TYPE_CHECKING

from ..bus.simulation.run import FlowUse, Run
from ..storm.model import Storm
from .plots import CARD, FIRST, INK, LINE, RULE, SECOND, SOFT, THIRD, WIDTH, Plot, axes, plotted
from .screen import line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_FLOWS = 12
"""Flows of one plot; the others are counted in its words."""

LEAST_SECONDS = 0.001
"""Where the axis begins: nothing that anybody waits for is shorter."""

_LEFT = 250
_MARKS = (("p50", "o", FIRST), ("p95", "D", SECOND), ("p99", "^", THIRD))
_MEANING = {"p50": "half are done", "p95": "95 of 100", "p99": "99 of 100"}
_TENS = (0.001, 0.01, 0.1, 1, 10, 60, 600, 3_600, 36_000, 86_400, 864_000)
_BETWEEN = (0.002, 0.005, 0.02, 0.05, 0.2, 0.5, 2, 5, 20, 30, 120, 300, 1_800, 7_200, 18_000)


def latency(run: Run, storm: Storm) -> Plot | None:
    """How long flows took until nothing more followed, on a logarithmic axis; None where nothing followed."""
    flows = sorted((flow for flow in run.flows if flow.total), key=lambda flow: -flow.count)
    shown = flows[:MOST_FLOWS]
    if not shown:
        return None
    names = [
        line(storm.events[flow.start].name if flow.start in storm.events else flow.start, 30)
        for flow in shown
    ]
    said = [_in_words(name, flow) for name, flow in zip(names, shown, strict=True)]
    if len(flows) > len(shown):
        said.append(f"{len(flows) - len(shown)} flows that are rarer are left out.")
    row = 62
    height = 118 + row * len(shown)

    def draw(figure: Figure) -> None:
        on = axes(figure, left=_LEFT, right=24, height=height, top=76)
        on.set_xscale("log")
        for number, (name, flow) in enumerate(zip(names, shown, strict=True)):
            _ridge(on, len(shown) - 1 - number, name, flow, run.over_time.totals.get(flow.start, ()))
        on.set_ylim(-0.35, len(shown) - 0.1)
        on.set_yticks([])
        least, most = min(_least(flow) for flow in shown), max(_most(flow) for flow in shown)
        on.set_xlim(least / 1.6, most * 1.6)
        _log_ticks(on, least / 1.6, most * 1.6)
        _legend(figure, height)

    return plotted("Latency: until nothing more follows", " ".join(said), height, draw)


def _least(flow: FlowUse) -> float:
    return max(flow.total.least if flow.total else 0.0, LEAST_SECONDS)


def _most(flow: FlowUse) -> float:
    return max(flow.total.most if flow.total else 0.0, LEAST_SECONDS)


def _in_words(name: str, flow: FlowUse) -> str:
    total = flow.total
    assert total is not None
    return (
        f"{name}: {total.count:,} flows, half within {short(total.p50)}, "
        f"95 of 100 within {short(total.p95)}, 99 within {short(total.p99)}, "
        f"the longest {short(total.most)}."
    )


def short(seconds: float) -> str:
    """A latency in a few characters.

    >>> short(0.25), short(3.21), short(75), short(7200)
    ('250 ms', '3.2 s', '1.2 min', '2 h')
    """
    for unit, of in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        if seconds >= of:
            return f"{seconds / of:.2g} {unit}" if seconds / of < 100 else f"{seconds / of:,.0f} {unit}"
    return f"{seconds * 1_000:.3g} ms"


def _ridge(on: Axes, place: int, name: str, flow: FlowUse, spread: Sequence[tuple[float, int]]) -> None:
    """One flow: its spread as a ridge over a line, the percentiles as marks on the line with their values."""
    total = flow.total
    assert total is not None
    on.plot([_least(flow), _most(flow)], [place, place], color=SOFT, linewidth=1.2, solid_capstyle="round")
    bounds, heights = _coarser(spread)
    if heights:
        on.fill_between(
            bounds, [place] * len(bounds), [place + 0.42 * one for one in heights], color=RULE, linewidth=0
        )
    for mark, marker, colour in _MARKS:
        at = max(getattr(total, mark), LEAST_SECONDS)
        on.plot([at], [place], marker=marker, color=colour, markersize=7, markeredgecolor=CARD)
    values = " · ".join(f"{mark} {short(getattr(total, mark))}" for mark, _, _ in _MARKS)
    on.text(-0.02, place + 0.12, name, transform=on.get_yaxis_transform(), ha="right", va="center", color=INK)
    on.text(
        -0.02, place - 0.13, values, transform=on.get_yaxis_transform(), ha="right", va="center", color=SOFT,
        fontsize=LINE - 1.5,
    )  # fmt: skip


def _coarser(spread: Sequence[tuple[float, int]]) -> tuple[list[float], list[float]]:
    """A spread in bars of a tenth of a power of ten, as corners of its outline; the highest is 1."""
    bars: dict[int, int] = {}
    for bound, count in spread:
        place = floor(log10(max(bound, LEAST_SECONDS)) * 10)
        bars[place] = bars.get(place, 0) + count
    top = max(bars.values(), default=0)
    corners: list[float] = []
    heights: list[float] = []
    for place in sorted(bars):
        corners += [10 ** (place / 10)] * 2 + [10 ** ((place + 1) / 10)] * 2
        heights += [0.0, bars[place] / top, bars[place] / top, 0.0]
    return corners, heights


def _log_ticks(on: Axes, least: float, most: float) -> None:
    from matplotlib.ticker import NullFormatter, NullLocator

    inside = [mark for mark in (*_TENS, *_BETWEEN) if least <= mark <= most]
    chosen = sorted(inside if len(inside) <= 7 else [mark for mark in inside if mark in _TENS])
    on.xaxis.set_minor_locator(NullLocator())
    on.xaxis.set_minor_formatter(NullFormatter())
    on.set_xticks(chosen, [short(mark) for mark in chosen])
    on.grid(axis="x", color=RULE, linewidth=1)


def _legend(figure: Figure, height: float) -> None:
    """What the marks are, below the title."""
    from matplotlib.lines import Line2D

    across = float(_LEFT)
    for mark, marker, colour in _MARKS:
        figure.add_artist(
            Line2D(
                [across / WIDTH],
                [1 - 50 / height],
                marker=marker,
                color=colour,
                markersize=7,
                linestyle="none",
            )
        )
        words = f"{mark}: {_MEANING[mark]}"
        figure.text((across + 10) / WIDTH, 1 - 50 / height, words, va="center", color=SOFT)
        across += 150
