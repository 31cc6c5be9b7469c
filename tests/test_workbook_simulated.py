"""A storm's simulated day on a page: what it goes by, its tables and plots, and how it follows the storm."""

from pathlib import Path

import pytest

from anycompany.bus.simulation import Settings, settings_from, simulate
from anycompany.storm.errors import StormError
from anycompany.storm.model import Storm
from anycompany.workbook import simulated as made
from anycompany.workbook.costs import bill_of
from anycompany.workbook.pages import Page
from anycompany.workbook.plots import Plot
from anycompany.workbook.screen import Markup
from anycompany.workbook.simulated import EVENTS, EVENTS_LIVE, Simulation, settings_for, simulated
from anycompany.workbook.simulation_pages import PLOTS, playing, plot_of, summary
from anycompany.workbook.simulation_tables import SIMULATED, a_day, a_month

from .markup import check_harmless, pictures, words
from .storms import DOMAINS, EXAMPLE, HOSTILE_TEXTS, load, storm_of

FEW = Settings(count=300)


def day(storm: Storm, settings: Settings = FEW) -> Simulation:
    return Simulation(storm, settings, EVENTS)


@pytest.mark.parametrize("storm", [load(EXAMPLE), *map(load, DOMAINS)], ids=lambda storm: storm.name)
def test_every_table_and_plot_of_a_day_is_shown_by_untrusted_notebooks(storm: Storm) -> None:
    simulation = day(storm)
    for name, table in SIMULATED.items():
        drawn = table(simulation)
        check_harmless(drawn._repr_mimebundle_())
        assert drawn.rows or name in ("loops", "unheard"), name
        assert all(len(row) == len(drawn.columns) for row in drawn.rows)
    for name in PLOTS:
        check_harmless(plot_of(simulation, name)._repr_mimebundle_())
    check_harmless(summary(simulation)._repr_mimebundle_())
    flow = playing(simulation.storm, simulation.trace)
    check_harmless(flow._repr_mimebundle_())
    assert pictures(flow.html)


def so_far(path: Path, *sections: str) -> Storm:
    said = load(path).document()
    return Storm.model_validate({"name": "So far", **{key: said[key] for key in sections if key in said}})


def dangling(path: Path) -> Storm:
    said = load(path).document()
    for section in ("events", "entities", "contexts", "services"):
        del said[section][next(iter(said[section]))]
    return Storm.model_validate(said)


SO_FAR = {
    "nothing": Storm(name="Nothing yet"),
    "events": so_far(DOMAINS[0], "events"),
    "order": so_far(DOMAINS[1], "events", "timeline"),
    "triggers only": so_far(DOMAINS[2], "events", "triggers"),
    "policies": so_far(DOMAINS[0], "events", "timeline", "triggers", "policies", "listeners"),
    "contexts": so_far(DOMAINS[0], "events", "timeline", "entities", "contexts"),
    "dangling": dangling(DOMAINS[1]),
}


@pytest.mark.parametrize("storm", SO_FAR.values(), ids=SO_FAR)
def test_a_storm_however_far_it_has_come_has_a_day_or_is_told_what_is_missing(storm: Storm) -> None:
    simulation = day(storm, Settings(count=50))
    for table in SIMULATED.values():
        check_harmless(table(simulation)._repr_mimebundle_())
    for name in PLOTS:
        plot_of(simulation, name)
    said = str(summary(simulation))
    assert ("Nothing arrives yet" in said) == (not simulation.run.arrived)


@pytest.mark.parametrize("hostile", HOSTILE_TEXTS)
def test_hostile_names_are_harmless_in_every_table_of_a_day(hostile: str) -> None:
    simulation = day(storm_of([hostile, "other"]), Settings(count=40))
    for table in SIMULATED.values():
        check_harmless(table(simulation)._repr_mimebundle_())


def test_the_page_says_what_is_assumed_and_what_the_team_has_said() -> None:
    storm = load(EXAMPLE)
    said = settings_from({"arrivals": {"account-created": {"rate": 12, "per": "hour"}}})
    known = {one.about: one.said for one in day(storm, said).assumptions()}
    assert known["Account Created"] and not known["Operation Initiated"]
    assert known["Subscription Expired"], "its schedule says it"
    assert not known["Settle payment"]
    work = settings_from({"workflows": {"settle-payment": {"takes": 7}}})
    [one] = [one for one in day(storm, work).assumptions() if one.about == "Settle payment"]
    assert one.said and "takes 7 s" in one.value


def test_what_the_team_says_of_work_stands_and_only_the_rest_is_assumed() -> None:
    storm = load(EXAMPLE)
    said = settings_from({"otherwise": {"takes": 2}, "workflows": {"run-operation": {"fails": 0.5}}})
    settings = day(storm, said).settings
    assert settings.otherwise.takes == said.otherwise.takes and settings.otherwise.errs == 0
    assert settings.workflows["run-operation"].fails == 0.5
    assert settings.workflows["settle-payment"].fails == made.FAILS
    assert "take-payment" not in settings.workflows, "it has no failure branch"


def test_a_day_is_a_day_and_a_busy_one_ends_sooner() -> None:
    calm = Simulation(load(EXAMPLE), Settings(), EVENTS).run
    assert calm.seconds == pytest.approx(86_400, rel=0.05)
    busy = settings_from({"arrivals": {"account-created": {"rate": 500, "per": "second"}}})
    assert Simulation(load(EXAMPLE), busy, 1_000).run.arrived == 1_000


def test_policies_that_lead_to_ever_more_end_the_day_before_it_takes_the_kernel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    storm = Storm(name="Ever more").add_events(["a", "b", "c"]).trigger("a", actor="Somebody")
    storm = storm.add_policy("Double", when=["a", "b", "c"], emits=["b", "c"])
    monkeypatch.setenv("ANYCOMPANY_HEADLESS", "0")
    simulation = simulated(storm)
    assert sum(use.count for use in simulation.run.events) < 3 * EVENTS_LIVE * made.FOLLOWING
    assert "To be noted" in str(summary(simulation))
    assert SIMULATED["loops"](simulation).rows
    assert all(table(simulation) for table in SIMULATED.values())


def test_what_a_day_has_is_what_the_simulation_itself_says() -> None:
    simulation = day(load(EXAMPLE))
    run = simulate(simulation.storm, settings=simulation.settings)
    assert run == simulation.run
    usage = {(row[0], row[1]): row for row in SIMULATED["usage"](simulation).rows}
    for use in run.events:
        row = usage["event", use.name]
        assert row[2:4] == (a_day(use.count, run), a_month(use.count, run))
    assert usage["rule and listener", "High value payments"][4] == "never used"
    assert SIMULATED["cost"](simulation).rows[-1][0] == "all together"
    lines = bill_of(simulation.storm, run).lines
    assert [row[2] for row in SIMULATED["cost"](simulation).rows[:-1]] == [one.told for one in lines]


def test_the_borders_are_weighed_by_what_crosses_them() -> None:
    storm = load(EXAMPLE)
    simulation = day(storm)
    counts = {use.event: use.count for use in simulation.run.events}
    rows = SIMULATED["traffic"](simulation).rows
    assert [row[2] for row in rows] == ["Account Created", "Payment Succeeded"]
    assert rows[0][4] == a_day(counts["account-created"], simulation.run)
    assert sum(float(str(row[6]).rstrip("%")) for row in rows) == pytest.approx(100, abs=1)


def test_borders_are_weighed_before_there_are_services() -> None:
    said = load(EXAMPLE).document()
    without = Storm.model_validate({key: said[key] for key in said if key not in ("services", "listeners")})
    assert len(SIMULATED["traffic"](day(without)).rows) == 2


def test_what_ifs_are_twice_the_traffic_and_the_busiest_service_down() -> None:
    simulation = Simulation(
        load(EXAMPLE), settings_from({"workflows": {"settle-payment": {"at_once": 1}}}), 2_000
    )
    table = SIMULATED["what-ifs"](simulation)
    assert table.columns[1:3] == ("as it is", "twice the traffic")
    assert table.columns[3].endswith("down for an hour")
    by_name = {row[0]: row[1:] for row in table.rows}
    assert by_name["tries of delivery again"][0] == "0" and by_name["tries of delivery again"][2] != "0"
    once, twice = (float(str(cell).replace(",", "")) for cell in by_name["events on the bus a day"][:2])
    assert twice == pytest.approx(2 * once, rel=0.1)


def test_a_loop_is_shown_with_what_breaks_it() -> None:
    storm = load(EXAMPLE).add_policy("Try again", when=["payment-failed"], emits=["payment-attempted"])
    [row] = SIMULATED["loops"](day(storm)).rows
    assert "Try again" in str(row[0]) and "succeeds" in str(row[1])


def test_a_page_asks_once_however_many_cells_show_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYCOMPANY_HEADLESS", "1")
    storm = load(EXAMPLE)
    assert simulated(storm) is simulated(storm, Settings())
    assert simulated(storm, FEW) is not simulated(storm)
    assert simulated(storm.add_event("Late")) is not simulated(storm)


def test_where_somebody_edits_the_day_is_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    storm = load(EXAMPLE)
    monkeypatch.setenv("ANYCOMPANY_HEADLESS", "0")
    assert simulated(storm).run.arrived == EVENTS_LIVE
    monkeypatch.setenv("ANYCOMPANY_HEADLESS", "1")
    assert EVENTS_LIVE < simulated(storm).run.arrived <= EVENTS


def test_settings_are_found_beside_the_storm_or_where_the_parameter_says(tmp_path: Path) -> None:
    storm = tmp_path / "hotel.storm.yaml"
    assert settings_for(storm, None) == Settings()
    (tmp_path / "hotel.simulation.yaml").write_text("seed: 7\n")
    assert settings_for(storm, None).seed == 7
    (tmp_path / "mine.yaml").write_text("seed: 8\n")
    assert settings_for(storm, str(tmp_path / "mine.yaml")).seed == 8


@pytest.mark.parametrize(
    "text", ["- a list\n", "seed: many\n", "sede: 1\n", "a: [", "arrivals: {account-created: -1}\n", "5\n"]
)
def test_settings_that_cannot_be_meant_are_refused_with_their_place(text: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(StormError) as refused:
        settings_for(tmp_path / "hotel.storm.yaml", str(path))
    assert "mine.yaml" in refused.value.where and refused.value.remedy


@pytest.mark.parametrize("given", ["no such file.yaml", ".", 5, ["a"], "", "\0"])
def test_settings_that_are_not_there_are_refused(given: object, tmp_path: Path) -> None:
    with pytest.raises(StormError):
        settings_for(tmp_path / "hotel.storm.yaml", given)  # type: ignore[arg-type]


def test_where_the_settings_are_refused_it_is_said_once_and_the_rest_of_the_day_stays_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYCOMPANY_HEADLESS", "1")
    path = tmp_path / "mine.yaml"
    path.write_text("workflows: {no-such-policy: {takes: 1}}\n")
    page = Page(str(EXAMPLE), 7)
    page.simulate(str(path))
    page.table("usage")
    page.plot("load")
    page.play()
    assert len(page.failures) == 1 and "no-such-policy" in page.failures[0].what
    assert len(page.slots) == 1
    page.table("rules")
    assert len(page.slots) == 2
    with pytest.raises(StormError, match="no-such-policy"):
        page.finish()


def test_a_page_shows_tables_of_the_storm_and_of_its_day_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYCOMPANY_HEADLESS", "1")
    page = Page(str(EXAMPLE), 5)
    page.table("traffic")
    page.table("crossings")
    assert [type(slot.shown) for slot in page.slots] == [Markup, Markup]
    assert len(page.frame("traffic")) == 2
    page.table("nothing such")
    assert "There is no table" in page.failures[0].what
    page.plot("nothing such")
    assert "There is no plot" in page.failures[1].what


def test_plots_and_tables_follow_an_edit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from anycompany.files import write_storm
    from anycompany.storm import edits as e

    monkeypatch.setenv("ANYCOMPANY_HEADLESS", "0")
    path = tmp_path / "team.storm.yaml"
    write_storm(path, load(EXAMPLE))
    page = Page(str(path), 7)
    page.table("usage")
    page.plot("latency")
    assert isinstance(page.slots[1].shown, Plot)
    page.do(e.Rename(of="events", id="account-created", name="Account Opened"))
    assert "Account Opened" in words(page.slots[0].shown.html)
    assert "Account Opened" in page.slots[1].shown.text
