"""The pytest plugin: the options ``--flows-…`` and the fixture ``then``.

It is registered where the package is installed; a written test module also names it itself, so that tests
run on the simulation in any case.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .declaring import Declared
    from .rounds import Seen, Where
    from .then import Then

_ROUNDS = pytest.StashKey[dict[Path, "Mapping[str, Seen] | str"]]()
_OPTIONS = {
    "target": "where to try flows: simulation (default), local (the embedded AWS) or aws; deploy first",
    "region": "the AWS region; with target aws",
    "profile": "the AWS profile; with target aws",
    "endpoint-url": "another endpoint than AWS's own; with target aws",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that say where flows are tried."""
    group = parser.getgroup("flows", "AnyCompany: flows of a storm as tests")
    for name, says in _OPTIONS.items():
        choices = {"choices": ["simulation", "local", "aws"]} if name == "target" else {}
        group.addoption(f"--flows-{name}", help=says, default=None, **choices)


@pytest.fixture
def then(request: pytest.FixtureRequest) -> Then:
    """What was seen of the flow that the test declares with ``@flow``, to say what should follow.

    All flows of a session are tried in one round, when the first of them is asked for.
    """
    from .declaring import declared_by
    from .then import Then

    declared = declared_by(request.function)
    if declared is None:
        pytest.fail("A test that takes `then` declares its flow: @flow(STORM, when=…).", pytrace=False)
    rounds = request.config.stash.setdefault(_ROUNDS, {})
    storm = declared.storm.resolve()
    if storm not in rounds:
        rounds[storm] = _try(storm, _flows_of(request.session, storm), _where(request.config))
    found = rounds[storm]
    if isinstance(found, str):
        pytest.fail(found, pytrace=False)
    return Then(found[request.node.nodeid])


def _flows_of(session: pytest.Session, storm: Path) -> dict[str, Declared]:
    """The flows of a storm that this session's tests declare, by the ids of the tests."""
    from .declaring import declared_by

    found = {item.nodeid: declared_by(getattr(item, "function", None)) for item in session.items}
    return {key: flow for key, flow in found.items() if flow and flow.storm.resolve() == storm}


def _where(config: pytest.Config) -> Where:
    from .rounds import Where

    target, region, profile, endpoint_url = (
        config.getoption(f"flows_{name.replace('-', '_')}", None) for name in _OPTIONS
    )
    return Where(target or "simulation", region, profile, endpoint_url)


def _try(storm: Path, flows: Mapping[str, Declared], where: Where) -> Mapping[str, Seen] | str:
    """What was seen of each flow; where nothing could be tried, why."""
    from anycompany.files import read_storm
    from anycompany.storm.errors import StormError

    from .rounds import run_round

    try:
        return run_round(read_storm(storm), flows, where)
    except StormError as error:
        return str(error)
