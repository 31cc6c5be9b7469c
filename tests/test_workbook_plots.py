"""Plots: calm pictures that an untrusted page shows, whatever people called their things."""

import re
import warnings
from xml.etree import ElementTree

import pytest

from anycompany.bus.simulation import Settings, settings_from, simulate
from anycompany.bus.simulation.over_time import Course, OverTime
from anycompany.bus.simulation.run import Run
from anycompany.diagrams.palette import SURROUNDINGS, contrast, service_hue
from anycompany.storm.model import Storm
from anycompany.workbook import charts, latency_plot, plots
from anycompany.workbook.plots import Plot

from .markup import check_harmless, pictures
from .storms import EXAMPLE, HOSTILE_TEXTS, load, storm_of

SVG = "{http://www.w3.org/2000/svg}"
BUSY = {
    "count": 400,
    "otherwise": {"takes": {"lognormal": {"median": 0.3, "p95": 4}}, "fails": 0.1},
    "workflows": {"settle-payment": {"takes": {"exponential": 50}, "at_once": 1}},
}


@pytest.fixture(scope="module")
def run() -> Run:
    return simulate(load(EXAMPLE), settings=settings_from(BUSY))


def all_plots(run: Run, storm: Storm) -> list[Plot]:
    found = [
        charts.load(run),
        charts.queues(run, lambda note: note),
        latency_plot.latency(run, storm),
        charts.cost({"Billing": 12.5, "Customer": 0.02}, "Cost a month"),
    ]
    return [plot for plot in found if plot is not None]


def words_in(plot: Plot) -> str:
    return " ".join(element.text or "" for element in ElementTree.fromstring(plot.svg).iter(f"{SVG}text"))


def test_every_plot_is_an_image_with_its_numbers_in_words(run: Run) -> None:
    drawn = all_plots(run, load(EXAMPLE))
    assert len(drawn) == 4
    for plot in drawn:
        check_harmless(plot._repr_mimebundle_())
        assert len(pictures(plot.html())) == 1
        assert re.search(r"\d", plot.text)
        assert plot.title in words_in(plot)


def test_the_words_of_a_plot_name_its_percentiles_peaks_and_sums(run: Run) -> None:
    load_, queues, latency, cost = all_plots(run, load(EXAMPLE))
    assert "on average" in load_.text and "in the busiest" in load_.text
    most = max(use.longest_queue for use in run.workflows)
    assert f"policies/settle-payment had {most} waiting at most." in queues.text
    flow = next(flow for flow in run.flows if flow.start == "account-created")
    assert flow.total is not None
    assert f"99 within {latency_plot.short(flow.total.p99)}" in latency.text
    assert "Together $12.52 a month" in cost.text and "Billing $12.50" in cost.text


def test_colour_never_speaks_alone(run: Run) -> None:
    latency = latency_plot.latency(run, load(EXAMPLE))
    assert latency is not None
    said = words_in(latency)
    for mark in ("p50", "p95", "p99"):
        assert f"{mark}:" in said and f"{mark} " in said


@pytest.mark.parametrize("hostile", [*HOSTILE_TEXTS, "$x^2$", "$", "\\frac{1}{0}", "日本語 🧾", "%s %d"])
def test_hostile_names_are_shown_as_they_are_and_warn_of_nothing(hostile: str) -> None:
    storm = storm_of([hostile, "Then this"]).add_policy(hostile or "p", when=["e0"], emits=["e1"])
    storm = storm if storm.triggers else storm.trigger("e0", actor=hostile or "Guest")
    run = simulate(storm, settings=Settings(count=50))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        drawn = [*all_plots(run, storm), charts.cost({hostile: 1.0, "other": 2.0}, hostile or "Cost")]
    for plot in drawn:
        assert plot is not None
        ElementTree.fromstring(plot.svg)
        check_harmless(plot._repr_mimebundle_())
        assert "<script" not in plot.svg and "<image" not in plot.svg and "href" not in plot.html()


def test_dollars_are_dollars_and_no_formulas() -> None:
    plot = charts.cost({"costs $5 and $6 more": 3.0}, "From $1 to $2")
    assert plot is not None
    assert "costs $5 and $6 more" in words_in(plot) and "From $1 to $2" in words_in(plot)


def test_a_plot_turns_dark_with_the_reader_and_every_colour_of_it_has_a_dark_one(run: Run) -> None:
    for plot in all_plots(run, load(EXAMPLE)):
        style = plot.svg[plot.svg.index("<style>") : plot.svg.index("</style>")]
        assert "@media (prefers-color-scheme:dark)" in style
        drawn = set(re.findall(r"(?:fill|stroke): (#[0-9a-f]{6})", plot.svg.replace(style, "")))
        assert drawn
        for colour in drawn:
            assert f'"fill: {colour}"' in style, colour


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_colours_of_plots_can_be_told_from_their_ground(theme: str) -> None:
    ground = SURROUNDINGS[theme]["card"]  # type: ignore[index]
    for role in ("ink", "soft"):
        assert contrast(SURROUNDINGS[theme][role], ground) >= 4.5  # type: ignore[index]
    for number in range(3):
        assert contrast(service_hue(number, theme), ground) >= 3  # type: ignore[arg-type]


def test_the_same_run_gives_the_same_picture(run: Run) -> None:
    assert charts.load(run) == charts.load(run)


def test_nothing_to_plot_is_no_plot() -> None:
    nothing = simulate(Storm(name="Inn"))
    assert charts.load(nothing) is None
    assert charts.queues(nothing, str) is None
    assert latency_plot.latency(nothing, Storm(name="Inn")) is None
    assert charts.cost({}, "Cost") is None and charts.cost({"Billing": 0.0}, "Cost") is None


def test_matplotlibs_own_settings_stay_as_they_were(run: Run) -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    charts.load(run)
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize("seconds", [1.0, 256.0, 65_536.0])
@pytest.mark.parametrize("slices", [2, 359])
def test_the_load_loses_no_event_in_any_length_of_time(seconds: float, slices: int, run: Run) -> None:
    from dataclasses import replace

    course = Course(seconds, tuple(float(number % 7) for number in range(slices)))
    shown, _, each = charts.per_slice(course)
    assert sum(shown.values) == pytest.approx(sum(course.values))
    assert 1 <= len(shown.values) <= 130 and each
    longer = replace(run, seconds=seconds * slices, over_time=OverTime(course, {}, {}))
    assert charts.load(longer) is not None


def test_the_last_slice_is_left_out_where_it_ends_too_early_to_be_compared(run: Run) -> None:
    from dataclasses import replace

    course = Course(3_600.0, (10.0,) * 10 + (1.0,))
    shown = charts.load(replace(run, seconds=10.1 * 3_600, over_time=OverTime(course, {}, {})))
    assert shown is not None and "Over 10 h 0 min, 10.0 events an hour on average" in shown.text


def test_many_flows_and_services_make_a_plot_of_bounded_height() -> None:
    storm = Storm(name="Wide")
    for number in range(40):
        storm = storm.add_event(f"Start {number}").add_event(f"End {number}")
        storm = storm.trigger(f"start-{number}", actor="Guest")
        storm = storm.add_policy(f"Do {number}", when=[f"start-{number}"], emits=[f"end-{number}"])
    run = simulate(storm, settings=Settings(count=400))
    latency = latency_plot.latency(run, storm)
    assert latency is not None and "28 flows that are rarer are left out" in latency.text
    cost = charts.cost({f"Service {number}": number + 1.0 for number in range(40)}, "Cost")
    assert cost is not None and "28 others" in cost.text
    for plot in (latency, cost):
        height = float(re.findall(r'<svg[^>]*? height="([0-9.]+)"', plot.svg)[0])
        assert height < 1_000


def test_money_is_written_as_people_write_it() -> None:
    assert charts.dollars(0.00001) == "less than $0.0001"
    assert plots.WIDTH == 760
