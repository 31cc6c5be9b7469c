"""A storm on its way to a target: what the command line and notebooks 07 to 10 do with it, and both alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anycompany.stacks.names import stack_base
from anycompany.stacks.stack import Stack
from anycompany.stacks.stages import staged
from anycompany.stacks.synth import Synthesis, synth
from anycompany.storm.checks import Finding, findings
from anycompany.storm.code import Code
from anycompany.storm.errors import StormError
from anycompany.storm.guesses import with_guesses
from anycompany.storm.model import Storm

from .code import codes_for, packages_of
from .findings import all_checks
from .record import record_deploy, record_plan, record_trace

if TYPE_CHECKING:
    from anycompany.aws.deploy import Allowed, Deployed
    from anycompany.aws.deployed import StackState
    from anycompany.aws.destroy import Destroyed
    from anycompany.aws.following import Progress
    from anycompany.aws.plan import Plan
    from anycompany.aws.rollback import Good
    from anycompany.aws.session import Clients, Identity, Target
    from anycompany.bus.trace import Trace

    Tell = Callable[[Progress], None]
    TellSeen = Callable[[int, int, str], None]


class Deployment:
    """A storm, or some kinds of its stacks, and where they go.

    Nothing is sent anywhere before one of its methods is called. Where step 3 was skipped, what the order
    of events suggests stands in.

    Parameters
    ----------
    storm : what is deployed.
    target : where to.
    kinds : only stacks of these kinds: ``bus``, ``contracts``, ``service``, ``listeners``; None for all.
    with_marker : whether workflows understand the workbook's test events; without, it cannot be traced.
    bucket : for templates over 51,200 bytes and code; without one, a deploy makes the storm's own.
    stage : adds to the names of bus and stacks, so that a storm can be deployed several times.
    home : the folder of the storm's file, below which the code of tasks stands; None leaves placeholders.

    Raises
    ------
    StormError
        for a stage that is no name.
    """

    def __init__(
        self,
        storm: Storm,
        target: Target,
        *,
        kinds: tuple[str, ...] | None = None,
        with_marker: bool = True,
        bucket: str | None = None,
        stage: str | None = None,
        home: Path | None = None,
    ) -> None:
        self.storm = staged(with_guesses(storm), stage)
        self.stage = stage
        self.target = target
        self.kinds = kinds
        self.with_marker = with_marker
        self.bucket = bucket
        self.home = home

    @cached_property
    def synthesis(self) -> Synthesis:
        """All stacks of the storm, and what of it is in none."""
        return synth(self.storm, with_marker=self.with_marker, code=self._code, stage=self.stage)

    @cached_property
    def _code(self) -> dict[str, Code]:
        return codes_for(self.storm, self.home, lambda: self.bucket or self._own_bucket())

    def _own_bucket(self) -> str:
        from anycompany.aws.bucket import name_of_bucket

        return name_of_bucket(stack_base(self.storm), self.who())

    @property
    def stacks(self) -> tuple[Stack, ...]:
        """The stacks that are deployed: those of the chosen kinds, in order."""
        return tuple(
            stack for stack in self.synthesis.stacks if self.kinds is None or stack.kind in self.kinds
        )

    @cached_property
    def clients(self) -> Clients:
        """Clients for the target; the embedded AWS is started for ``local`` if none runs.

        Raises ``AwsError``, also where the target names another account than the credentials'.
        """
        from anycompany.aws.session import connect, refuse_other_account

        clients = connect(self.target)
        refuse_other_account(clients)
        return clients

    def who(self) -> Identity:
        """Account, caller, region and endpoint that everything goes to. Raises ``AwsError``."""
        return self._identity

    @cached_property
    def _identity(self) -> Identity:
        from anycompany.aws.session import whoami

        return whoami(self.clients)

    def blocking(self) -> tuple[Finding, ...]:
        """The open findings with which it is not deployed: those of severity ``error``."""
        grave = (check for check in all_checks() if check.severity == "error")
        return findings(self.storm, checks=grave).errors

    def plan(self, *, prune: bool = False, drift: bool = False, keep: str = "") -> Plan:
        """What :meth:`apply` would do; changes nothing.

        Parameters
        ----------
        prune : whether outdated stacks would be deleted too.
        drift : whether to look for what somebody changed by hand.
        keep : the name under which change sets are kept for :meth:`execute`.

        Raises
        ------
        AwsError
            if AWS refuses.
        """
        from anycompany.aws.plan import plan

        found = plan(
            self.clients,
            self.stacks,
            whole=self.kinds is None,
            bucket=self.bucket,
            prune=prune,
            drift=drift,
            keep=keep,
        )
        record_plan(self.who(), self.target, found)
        return found

    def apply(
        self,
        progress: Tell | None = None,
        *,
        prune: bool = False,
        protected: bool = False,
        allowed: Allowed | None = None,
    ) -> Deployed:
        """Deploy; run again, it changes nothing, and goes on where it was interrupted.

        Parameters
        ----------
        progress : told of every event of CloudFormation's and every stack that finishes.
        prune : also delete stacks that the storm no longer has; only where all kinds are deployed.
        protected : whether stacks that hold something are protected from now on.
        allowed : what is done although something breaks or is lost.

        Raises
        ------
        StormError
            before anything is deployed, if a finding is an error.
        AwsError
            if AWS refuses, or a stack fails.
        """
        from anycompany.aws.deploy import Allowed, apply

        self.refuse_errors()
        done = apply(
            self.clients,
            self.stacks,
            progress=progress,
            whole=self.kinds is None,
            prune=prune,
            bucket=self.bucket,
            packages=packages_of(self._code, self.home),
            protected=protected,
            allowed=allowed or Allowed(),
        )
        record_deploy(self.who(), self.target, done)
        return done

    def execute(self, name: str, progress: Tell | None = None, *, allowed: Allowed | None = None) -> Deployed:
        """Execute the change sets that a plan kept under a name.

        Raises ``AwsError`` if a stack was changed since they were made, or AWS refuses.
        """
        from anycompany.aws.deploy import Allowed
        from anycompany.aws.reviewed import execute

        done = execute(
            self.clients, self.synthesis.stacks, name, progress=progress, allowed=allowed or Allowed()
        )
        record_deploy(self.who(), self.target, done)
        return done

    def last_good(self) -> Good:
        """The newest deployment that reached its end and is not what is deployed. Raises ``AwsError``."""
        from anycompany.aws.rollback import last_good

        return last_good(self.clients, self.synthesis.stacks, self.bucket)

    def roll_back(self, good: Good, progress: Tell | None = None, *, allow_loss: bool = False) -> Deployed:
        """Deploy an earlier deployment again. Raises ``AwsError``."""
        from anycompany.aws.rollback import roll_back

        done = roll_back(self.clients, good, progress=progress, bucket=self.bucket, allow_loss=allow_loss)
        record_deploy(self.who(), self.target, done)
        return done

    def destroy(self, progress: Tell | None = None, *, allow_loss: bool = False) -> Destroyed:
        """Delete every stack of the storm, outdated ones too; protected ones only where that is allowed.

        Raises ``AwsError``.
        """
        from anycompany.aws.destroy import destroy

        return destroy(self.clients, self.synthesis.stacks, progress=progress, allow_loss=allow_loss)

    def deployed(self) -> tuple[StackState, ...]:
        """Every stack of the storm that is there, outdated ones too. Raises ``AwsError``."""
        from anycompany.aws.deployed import stacks_tagged, storm_tag_of

        return stacks_tagged(self.clients, storm_tag_of(self.synthesis.stacks))

    def bucket_made(self) -> str:
        """The bucket that deploys made for large templates and code, or nothing. Raises ``AwsError``."""
        from anycompany.aws.bucket import noted_bucket

        noted = noted_bucket(self.clients, stack_base(self.storm))
        return noted.name if noted else ""

    def send(self, events: Sequence[dict[str, Any]]) -> tuple[str, ...]:
        """Put events, each with source, detail-type and detail, on the bus; returns their ids.

        Raises ``AwsError`` when EventBridge refuses one.
        """
        from anycompany.aws.watch import put

        return put(self.clients, self.storm, events)

    def trace(self, progress: TellSeen | None = None) -> Trace:
        """Put a test event on the bus for every scenario of the storm, and see what follows.

        Parameters
        ----------
        progress : told how many events were seen, how many are expected, and the latest's detail-type.

        Raises
        ------
        AwsError
            if the bus is not deployed, or AWS refuses something.
        """
        from anycompany.aws.trace import trace
        from anycompany.bus.scenarios import scenarios

        tried = scenarios(self.storm)
        seen = trace(self.clients, self.storm, self.synthesis.stacks, tried, progress=progress)
        record_trace(seen)
        return seen

    def refuse_errors(self) -> None:
        """Raise ``StormError`` if a finding keeps the storm from being deployed."""
        errors = self.blocking()
        if errors:
            named = "; ".join(f"{finding.check} ({', '.join(finding.where)})" for finding in errors[:5])
            more = f" and {len(errors) - 5} more" if len(errors) > 5 else ""
            raise StormError(
                f"Nothing was deployed, because the checks found errors: {named}{more}.",
                "",
                "anycompany check says why and what to do; put them right, or dismiss them with a reason.",
            )
