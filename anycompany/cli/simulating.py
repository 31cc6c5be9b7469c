"""The command that runs a storm on its model: simulate."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .arguments import StormArgument, read
from .output import Format, FormatOption, WrongUseError
from .progress import advancing
from .simulated import Shown, show_run

if TYPE_CHECKING:
    from anycompany.bus.simulation import Run, Settings
    from anycompany.storm.model import Storm

_RATE = re.compile(r"(?:(?P<event>[^=]+)=)?(?P<rate>[^/=]+)(?:/(?P<per>second|minute|hour|day|month))?")


def simulate(
    storm: StormArgument,
    *,
    events: Annotated[
        Path | None, typer.Option("--events", help="Events that arrive: a list, a log, an archive; or gzip.")
    ] = None,
    starts: Annotated[
        bool, typer.Option("--starts", help="Of --events, only those that no policy puts on the bus.")
    ] = False,
    count: Annotated[int | None, typer.Option("--count", help="How many events arrive, at most.")] = None,
    rate: Annotated[
        list[str] | None,
        typer.Option("--rate", help="How often: 200/hour, or for one event: EVENT=200/hour.", metavar="RATE"),
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", help="The same seed gives the same run.")] = None,
    settings: Annotated[
        Path | None, typer.Option("--settings", help="A YAML file that says how the storm runs.")
    ] = None,
    what_if: Annotated[
        str | None,
        typer.Option("--what-if", help="Compare with: twice, down=SERVICE or redrive=SERVICE."),
    ] = None,
    prices: Annotated[
        Path | None,
        typer.Option("--prices", help="A YAML file of prices, in place of the one that comes along."),
    ] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Run a storm on its model, before anything is deployed.

    Events arrive, rules route, workflows take their time and fail as often as the settings say. Out come
    what is used how often, latencies and queues, events that nobody hears, loops, the use of AWS's quotas,
    and what a month of it costs.

    For example:

        anycompany simulate hotel.storm.yaml --rate 200/hour --what-if twice
    """
    from anycompany.bus.simulation.bill import bill
    from anycompany.bus.simulation.what_if import changed
    from anycompany.files.prices import read_prices
    from anycompany.stacks.standing import standing
    from anycompany.stacks.synth import synth
    from anycompany.storm.guesses import with_guesses

    said = with_guesses(read(storm))
    price_table = read_prices(prices)
    asked = _settings(said, settings, rate or [], {"count": count, "seed": seed})
    run = _run(said, events, starts, asked)
    stands = standing(said, synth(said).stacks)
    shown = Shown(run, bill(said, run, price_table, stands))
    other = None
    if what_if is not None:
        run = _run(said, events, starts, changed(asked, what_if, run.seconds / 3_600))
        other = Shown(run, bill(said, run, price_table, stands))
    show_run(shown, other, format_)


def _settings(storm: Storm, file: Path | None, rates: list[str], more: dict[str, int | None]) -> Settings:
    from anycompany.bus.simulation import settings_from
    from anycompany.bus.simulation.arrivals import rates as rates_of
    from anycompany.files.prices import read_yaml

    data = read_yaml(file) if file else {}
    if file:
        settings_from(data, str(file))
    data = {**(data or {}), **{key: value for key, value in more.items() if value is not None}}
    arrivals = dict(data.get("arrivals") or {})
    for event, rate in map(_rate, rates):
        unsaid = [
            key
            for key in rates_of(storm, settings_from(None))
            if not (storm.triggers.get(key) and storm.triggers[key].schedule)
        ]
        arrivals |= dict.fromkeys([event] if event else unsaid, rate)
    return settings_from({**data, "arrivals": arrivals}, "options")


def _rate(text: str) -> tuple[str, dict[str, Any]]:
    found = _RATE.fullmatch(text.strip())
    with suppress(ValueError):
        if found:
            rate = {"rate": float(found["rate"]), "per": found["per"] or "hour"}
            return (found["event"] or "").strip(), rate
    raise WrongUseError(f"{text[:80]!r} is no rate.", "--rate", "Write 200/hour, or EVENT=200/hour.")


def _run(storm: Storm, events: Path | None, starts: bool, settings: Settings) -> Run:
    from anycompany.bus.simulation import of_events, simulate as simulated, starts_of
    from anycompany.files.recorded import read_recorded

    with advancing("Simulating") as advance:
        arrivals = None
        if events:
            arrivals = of_events(read_recorded(events), only=starts_of(storm) if starts else None)
        return simulated(
            storm, arrivals, settings, progress=lambda done, of, now: advance(done, of or done, now)
        )
