"""Where notebooks 07 to 10 deploy to: who we are there, the plan, the deploy, and what runs.

On ``local``, the embedded AWS, things are done unless ``apply`` is False. On ``aws`` nothing is made, changed
or sent until a person sets ``apply`` to True.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..storm.errors import StormError
from ..storm.model import Storm
from . import place_pages, trace_pages
from .contract_pages import versions
from .lessons import numbers_as_texts
from .news import News
from .screen import Markup, Slot, callout, line, somebody_looks_on
from .simulation_pages import playing
from .walls import wall

if TYPE_CHECKING:
    from ..aws.session import Target
    from ..bus.trace import Trace
    from .deployment import Deployment
    from .pages import Page

BUS_STEP = 7
"""The step of the method whose wall plays traces."""

_HOW = "If that is what you want, set apply = True in the second cell and run all cells."


@dataclass(frozen=True)
class Wanted:
    """Which stacks a page is about: of these ``kinds``, of this ``stage``; None for all, and for none."""

    kinds: tuple[str, ...] | None = None
    stage: str | None = None


class Place:
    """A page's way to a target; made by ``Page.place``.

    Parameters
    ----------
    page : the page it shows things on.
    target : where to.
    apply : True, False, or None: only on ``local``.
    wanted : which stacks.
    reached : False for a place that cannot be reached, where every cell stays quiet.
    """

    def __init__(
        self,
        page: Page,
        target: Target,
        apply: bool | None,
        wanted: Wanted,
        *,
        reached: bool = True,
    ) -> None:
        self._page = page
        self._target = target
        self._wanted = wanted
        self._told = apply
        self._does = target.kind == "local" if apply is None else apply
        self._made: tuple[Storm, Deployment] | None = None
        self._trace: Trace | None = None
        self._reached = reached

    def who(self) -> None:
        """The account, the caller, the region, the endpoint; where none answers, what follows stays quiet."""
        failures = len(self._page.failures)
        self._show(place_pages.who)
        self._reached = self._reached and len(self._page.failures) == failures

    def blocking(self) -> None:
        """The findings with which nothing is deployed, and what of the storm is in no stack."""
        self._show(place_pages.blocking)

    def versions(self) -> None:
        """The contracts in the registry beside those of the storm, and what each difference breaks."""
        self._show(lambda deployment: versions(deployment.storm, deployment.clients))

    def plan(self) -> None:
        """What a deploy would make, change, replace or delete."""
        self._show(place_pages.planned)

    def apply(self, *, allow_breaking: bool = False) -> None:
        """Deploy, showing progress. Only looks where it was not told to; see the module.

        ``allow_breaking`` deploys contracts that break who hears the event, too.
        """
        self._show(lambda deployment: self._applied(deployment, allow_breaking=allow_breaking is True))

    def ready(self) -> None:
        """See to it that everything is deployed: on ``local`` by deploying it, elsewhere by looking."""
        self._show(self._applied if self._target.kind == "local" else place_pages.ready)

    def deployed(self) -> None:
        """What runs on the target now, stack by stack."""
        self._show(place_pages.deployed)

    def filters(self) -> None:
        """Whether numbers that are written as texts match: EventBridge is asked."""
        self._show(lambda deployment: numbers_as_texts(deployment.storm, deployment.clients.client("events")))

    # -- what notebook 10 calls

    def send(self) -> None:
        """Put the test events on the bus and see what follows. Sends nothing where it was not told to."""
        self._show(self._sent)

    def play(self) -> None:
        """The trace playing over the flow; where somebody looks on, on a wall that is alive instead."""
        if self._trace is None:
            return
        board = wall(self._page.path, BUS_STEP) if somebody_looks_on() else None
        self._show_seen(lambda storm, trace: playing(storm, trace, board))
        if board is not None:
            board.play(self._trace)

    def beside_simulation(self) -> None:
        """The same test events simulated: whether the model gives the same trace, and every difference."""
        self._show_seen(trace_pages.beside_simulation)

    def trace_table(self) -> None:
        """Every event that was seen: after what, from which rule and workflow, and who heard it."""
        self._show_seen(trace_pages.steps)

    def trace_summary(self) -> None:
        """Scenario by scenario: how much was seen, and how long it took."""
        self._show_seen(trace_pages.summary)

    def not_seen(self) -> None:
        """What of the design was not seen running, and why."""
        self._show_seen(trace_pages.not_seen)

    # -- within

    def _applied(self, deployment: Deployment, *, allow_breaking: bool = False) -> Markup | None:
        if not self._does:
            return callout("note", "Nothing was deployed: this only looked.", _HOW)
        if self._told is None and deployment.blocking():
            # Nobody asked for it, so it is no failure of the page; with apply = True it is one.
            return place_pages.refused(deployment)
        from ..aws.deploy import Allowed

        with News() as news:
            done = deployment.apply(news.tell, allowed=Allowed(breaking=allow_breaking))
            news.end(place_pages.counted(list(done.actions.values())))
        return None

    def _sent(self, deployment: Deployment) -> Markup | None:
        if not self._does:
            return callout("note", "Nothing was sent.", _HOW)
        if self._told is None and not place_pages.is_deployed(deployment):
            return callout("warning", "Nothing was sent, because there is no bus yet.")
        with News() as news:
            self._trace = deployment.trace(news.tell_seen)
            seen = len([step for step in self._trace.steps if step.event_id])
            news.end(callout("good", f"{seen} events were seen on the bus in {self._trace.seconds:.1f} s."))
        return None

    def _show_seen(self, draw: Callable[[Storm, Trace], Any]) -> None:
        trace = self._trace
        if trace is not None:
            self._show(lambda deployment: draw(deployment.storm, trace))

    def _show(self, draw: Callable[[Deployment], Any]) -> None:
        """Show something of the deployment of the storm as it is now."""
        if self._page.storm is None or not self._reached:
            return
        if self._made is None or self._made[0] is not self._page.storm:
            from .deployment import Deployment

            storm = self._page.storm
            wanted = self._wanted
            self._made = (
                storm,
                Deployment(
                    storm,
                    self._target,
                    kinds=wanted.kinds,
                    stage=wanted.stage,
                    home=Path(self._page.path).resolve().parent,
                ),
            )
        with self._page.telling():
            shown = draw(self._made[1])
            if shown is not None:
                self._page.slots.append(Slot(lambda: shown))


def target_from(
    target: str,
    region: str | None,
    profile: str | None,
    endpoint_url: str | None,
    account: str | int | None = None,
) -> Target:
    """The target that a notebook's parameters name.

    Raises ``AwsError`` when there is no such target, or the parameters contradict each other.
    """
    from ..aws.session import Target

    # what looks like a number becomes one on its way into a notebook, and loses its zeros
    digits = f"{account:012}" if isinstance(account, int) else account or None
    return Target(target, region or None, profile or None, endpoint_url or None, digits)  # type: ignore[arg-type]


def refuse_unclear(apply: object) -> None:
    """Refuse whatever is not plainly True, False or None, such as the text ``yes``; raises ``StormError``."""
    if apply is not None and not isinstance(apply, bool):
        raise StormError(
            f"apply is {line(repr(apply), 40)}, which says neither yes nor no; nothing is deployed.",
            "parameters",
            "Set it to True, False or None.",
        )
