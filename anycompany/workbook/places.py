"""Where notebooks 07 to 10 deploy to: who we are there, the plan, the deploy, and what runs.

On ``local``, the embedded AWS, things are done unless ``apply`` is False. On ``aws`` nothing is made, changed
or sent until a person sets ``apply`` to True.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..storm.errors import StormError
from ..storm.guesses import with_guesses
from ..storm.model import Storm
from .findings import as_markup
from .lessons import numbers_as_texts
from .screen import Markup, Slot, bullets, callout, line
from .table import Table

if TYPE_CHECKING:
    from ..aws.following import Progress
    from ..storm.checks import Findings
    from .deployment import Deployment
    from .pages import Page

SECONDS_BETWEEN_NEWS = 0.2
"""How often news of a deploy are shown at most."""


class Place:
    """A page's way to a target; made by ``Page.place``.

    Parameters
    ----------
    page : the page it shows things on.
    target : ``local`` or ``aws``.
    region, profile, endpoint_url : as for ``anycompany.aws.session.Target``.
    apply : None, True or False; see the module.
    kinds : only stacks of these kinds; None for all.
    """

    def __init__(
        self,
        page: Page,
        target: str,
        region: str | None,
        profile: str | None,
        endpoint_url: str | None,
        apply: bool | None,
        kinds: Sequence[str] | None,
    ) -> None:
        self._page = page
        self._deployment: Deployment | None = None
        self._given = apply
        self._local = target == "local"
        with page.telling():
            self._deployment = _deployment(page.storm, target, region, profile, endpoint_url, apply, kinds)

    @property
    def _does(self) -> bool:
        """Whether anything is made, changed or sent here."""
        return self._given is True or (self._local and self._given is None)

    def who(self) -> None:
        """The account, the caller, the region and the endpoint; where none answers, the cells below stay quiet."""
        before = len(self._page.failures)
        self._show(_who)
        if len(self._page.failures) > before:
            self._deployment = None

    def blocking(self) -> None:
        """The findings with which nothing is deployed, and what of the storm is in no stack."""
        self._show(lambda deployment: _blocking(deployment))

    def plan(self) -> None:
        """What a deploy would make, change, replace or delete."""
        self._show(lambda deployment: _table("The plan", deployment.plan().rows(), "There is nothing to deploy."))

    def apply(self) -> None:
        """Deploy, showing progress; says so where nothing is to be done without being told."""
        deployment = self._deployment
        if deployment is None:
            return
        if not self._does:
            self._say(callout("note", "Nothing was deployed: this only looked.", _HOW_TO))
            return
        if deployment.blocking() and self._given is None:
            self._say(callout("warning", "Nothing was deployed, because of errors that the checks found.", _WHERE))
            return
        with self._page.telling(), _News() as news:
            done = deployment.apply(news.tell)
            news.end(f"{len(done.actions)} stacks: {_counted(done.actions)}.")

    def ready(self) -> None:
        """See to it that everything is deployed: on ``local`` by deploying it, elsewhere by looking."""
        if self._local and self._does:
            self.apply()
        elif self._deployment is not None:
            self._show(_ready)

    def deployed(self) -> None:
        """What runs on the target now, stack by stack."""
        self._show(lambda deployment: _deployed(deployment))

    def filters(self) -> None:
        """Whether numbers that are written as texts match: EventBridge is asked."""
        self._show(lambda deployment: numbers_as_texts(deployment.storm, deployment.clients.client("events")))

    def _show(self, draw: Callable[[Deployment], Any]) -> None:
        deployment = self._deployment
        if deployment is not None:
            with self._page.telling():
                self._say(draw(deployment))

    def _say(self, said: Any) -> None:
        Slot(lambda: said)
