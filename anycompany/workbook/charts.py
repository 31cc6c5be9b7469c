"""The plots of a simulation: load and queues over time, and what a month costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ..bus.playback import clock
from ..bus.simulation.over_time import Course
from ..bus.simulation.run import Run
from .plots import FIRST, INK, RULE, SECOND, SOFT, THIRD, WIDTH, Plot, axes, plotted
from .screen import line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_LINES = 12
"""Workflows or services of one plot; the others are counted in its words."""

_STEPS = (1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400)


def load(run: Run) -> Plot | None:
    """How many events were put on the bus over time; None where no time passed."""
    course, unit, each = per_slice(run.over_time.load)
    whole = int(run.seconds / course.seconds)  # the last slice ends too early to be compared
    if whole >= 3:
        course = Course(course.seconds, course.values[:whole])
    if len(course.values) < 2 or not run.seconds:
        return None
    most, mean = max(course.values), sum(course.values) / len(course.values)
    ends = len(course.values) * course.seconds
    title = f"Load: events on the bus {each}"
    text = (
        f"Over {clock(ends)}, {mean:,.1f} events {each} on average, {most:,.0f} in the busiest {unit}, "
        f"at {clock(course.values.index(most) * course.seconds)}."
    )

    def draw(figure: Figure) -> None:
        on = axes(figure, left=56, right=110, height=240)
        _time_axis(on, ends)
        steps = [*course.values, course.values[-1]]
        moments = [number * course.seconds for number in range(len(steps))]
        on.fill_between(moments, steps, step="post", color=SECOND, alpha=0.14, linewidth=0)
        on.step(moments, steps, where="post", color=SECOND, linewidth=1.6)
        on.axhline(mean, color=SOFT, linewidth=1, linestyle=(0, (4, 3)))
        _beside(on, mean, f"mean {mean:,.1f}", SOFT)
        if most > mean * 1.15:
            _beside(on, most, f"busiest {most:,.0f}", INK)
        on.set_ylim(0, most * 1.12)
        _counts(on)

    return plotted(title, text, 240, draw)


def queues(run: Run, called: Callable[[str], str]) -> Plot | None:
    """How many executions waited for a place, workflow by workflow; None where none did.

    ``called`` says how people call a note.
    """
    longest = sorted(run.over_time.waiting.items(), key=lambda pair: -max(pair[1].values))
    shown = longest[:4]
    if not shown:
        return None
    ends = max(run.seconds, *(len(course.values) * course.seconds for _, course in shown))
    tops = {note: max(course.values) for note, course in shown}
    said = [f"{line(called(note), 60)} had {top:,.0f} waiting at most." for note, top in tops.items()]
    if len(longest) > len(shown):
        said.append(f"{len(longest) - len(shown)} more workflows had shorter queues.")
    row = 76

    def draw(figure: Figure) -> None:
        height = 96 + row * len(shown)
        for number, (note, course) in enumerate(shown):
            on = axes(figure, left=200, right=110, height=height, top=52)
            bottom = 44 + row * (len(shown) - 1 - number)
            on.set_position((200 / WIDTH, bottom / height, 450 / WIDTH, (row - 18) / height))
            moments = [place * course.seconds for place in range(len(course.values) + 1)]
            steps = [*course.values, 0]
            on.fill_between(moments, steps, step="post", color=THIRD, alpha=0.2, linewidth=0)
            on.step(moments, steps, where="post", color=THIRD, linewidth=1.4)
            _time_axis(on, ends, labelled=number == len(shown) - 1)
            on.set_yticks([])
            on.set_ylim(0, tops[note] * 1.05)
            on.text(
                -0.02, 0.5, line(called(note), 30), transform=on.transAxes, ha="right", va="center", color=INK
            )
            _beside(on, tops[note], f"at most {tops[note]:,.0f}", INK)

    return plotted("Queues: executions waiting for a place", " ".join(said), 96 + row * len(shown), draw)


def cost(lines: Mapping[str, float], title: str) -> Plot | None:
    """What each service costs a month, in dollars, the dearest first; None where nothing costs anything."""
    ranked = sorted(((amount, name) for name, amount in lines.items() if amount > 0), reverse=True)
    if not ranked:
        return None
    shown, rest = ranked[:MOST_LINES], ranked[MOST_LINES:]
    if rest:
        shown.append((sum(amount for amount, _ in rest), f"{len(rest)} others"))
    said = "; ".join(f"{line(name, 60)} {dollars(amount)}" for amount, name in shown)
    total = dollars(sum(amount for amount, _ in ranked))
    height = 92 + 34 * len(shown)

    def draw(figure: Figure) -> None:
        on = axes(figure, left=280, right=90, height=height)
        places = range(len(shown))
        on.barh(places, [amount for amount, _ in shown], height=0.52, color=FIRST)
        on.invert_yaxis()
        on.set_yticks(list(places), [line(name, 42) for _, name in shown])
        on.tick_params(axis="y", labelcolor=INK)
        on.set_xticks([])
        on.spines["bottom"].set_visible(False)
        for place, (amount, _) in enumerate(shown):
            on.annotate(
                dollars(amount),
                (amount, place),
                xytext=(8, 0),
                textcoords="offset pixels",
                va="center",
                color=INK,
            )
        on.text(
            0, len(shown) - 0.1, f"together {dollars(sum(a for a, _ in shown))} a month", va="top", color=SOFT
        )

    return plotted(title, f"Together {total} a month: {said}.", height, draw)


def dollars(amount: float) -> str:
    """An amount of money as people write it, small ones to two digits that say something.

    >>> dollars(1234.5), dollars(2.5), dollars(0.0123), dollars(0)
    ('$1,234.50', '$2.50', '$0.012', '$0.00')
    """
    if amount and abs(amount) < 0.01 * 9.95:
        return f"${amount:.2g}" if abs(amount) >= 0.0001 else "less than $0.0001"
    return f"${amount:,.2f}"


def per_slice(course: Course) -> tuple[Course, str, str]:
    """The course in slices of a length that people have a word for, at most 120 of them."""
    whole = len(course.values) * course.seconds
    width = course.seconds
    together = max(1, -(-len(course.values) // 120))
    for step in _STEPS:
        if step >= course.seconds * together and whole / step >= 8:
            width = float(step)
            break
    else:
        width = course.seconds * together
    sums = [0.0] * (int(whole / width - 1e-9) + 1)
    for number, value in enumerate(course.values):
        sums[min(int((number + 0.5) * course.seconds / width), len(sums) - 1)] += value
    words = {1: "second", 60: "minute", 3_600: "hour", 86_400: "day"}
    unit = words.get(int(width)) or clock(width).replace(" 0 s", "")
    each = f"{'an' if unit == 'hour' else 'a'} {unit}" if width in words else f"in {unit}"
    return Course(width, tuple(sums)), unit, each


def _time_axis(on: Axes, ends: float, *, labelled: bool = True) -> None:
    step = next((step for step in _STEPS if ends / step <= 8), max(86_400.0, round(ends / 8)))
    ticks = [number * step for number in range(int(ends / step) + 1)]
    on.set_xlim(0, ends)
    on.set_xticks(ticks, [_moment(tick) for tick in ticks] if labelled else [""] * len(ticks))
    on.grid(axis="x", color=RULE, linewidth=1)


def _moment(seconds: float) -> str:
    if not seconds:
        return "0"
    for unit, of in (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)):
        if seconds >= of and seconds % of == 0:
            return f"{seconds / of:,.0f} {unit}"
    return clock(seconds)


def _counts(on: Axes) -> None:
    """A few round counts on the upright axis."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    on.yaxis.set_major_locator(MaxNLocator(4, integer=True))
    on.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    on.grid(axis="y", color=RULE, linewidth=1)


def _beside(on: Axes, height: float, words: str, colour: str) -> None:
    """Words at the right of the axes, at the height they are about."""
    on.annotate(
        words, (1, height), xycoords=("axes fraction", "data"), xytext=(8, 0), textcoords="offset pixels",
        va="center", color=colour, annotation_clip=False,
    )  # fmt: skip
