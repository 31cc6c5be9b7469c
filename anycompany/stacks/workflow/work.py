"""The work of a policy as states: tasks one after another, side by side, or by branches."""

from __future__ import annotations

from collections.abc import Sequence, Set as AbstractSet
from dataclasses import dataclass

from ...storm.model import Storm
from ...storm.parts import Task
from ...storm.tasks import single_tasks
from .conditions import condition, fault_in_condition
from .doing import Scope, answers, single
from .expressions import evaluated
from .names import StateNames
from .retries import State, catching, leads_to, then


@dataclass(frozen=True)
class Named:
    """A task with the names of the states that it becomes."""

    name: str
    task: Task
    rows: tuple[tuple[Named, ...], ...] = ()
    gathering: str = ""
    ends: tuple[tuple[str, str], ...] = ()


class Work:
    """Makes the states of a policy's work.

    Parameters
    ----------
    storm, policy : whose work.
    names : the names that states have so far.
    code : the folders of code that become functions.
    """

    def __init__(self, storm: Storm, policy: str, names: StateNames, code: AbstractSet[str]) -> None:
        self._storm = storm
        self._policy = policy
        self._names = names
        self._code = code
        self._scopes = 0

    def named(self, tasks: Sequence[Task]) -> tuple[Named, ...]:
        """The tasks with names for their states, in the order in which people wrote them."""
        return tuple(self._named(task) for task in tasks)

    def _named(self, task: Task) -> Named:
        name = self._names.new(task.title)
        if task.parallel is None:
            return Named(name, task, tuple(self.named(row) for row in task.rows))
        rows, ends, learns = [], [], self._answers(task)
        for row in task.rows:
            begin = self._names.new("Begin beside the others") if learns else ""
            rows.append(self.named(row))
            ends.append((begin, self._names.new("Done beside the others")))
        gathering = self._names.new("Take together what is known") if learns else ""
        return Named(name, task, tuple(rows), gathering, tuple(ends))

    def _answers(self, task: Task) -> bool:
        """Whether anything is known after a task, or tasks within it, that was not known before."""
        if task.holds:
            return any(self._answers(inner) for row in task.rows for inner in row)
        return answers(task, self._code)

    def sequence(
        self,
        works: Sequence[Named],
        following: str | None,
        end: str,
        on_failure: str | None,
        scope: Scope = Scope(),  # noqa: B008  # frozen
    ) -> tuple[str | None, dict[str, State]]:
        """The states of tasks that follow one another, and the name of the first.

        Parameters
        ----------
        works : the tasks.
        following : what comes after them; None where nothing does.
        end : the name of a state that only ends, for branches that have nowhere else to lead to.
        on_failure : where a task that fails leads to; None where that ends the workflow, or a parallel row.
        scope : what the states keep their answers in.
        """
        states: dict[str, State] = {}
        for index, named in enumerate(works):
            after = works[index + 1].name if index + 1 < len(works) else following
            if named.task.parallel is not None:
                states |= self._side_by_side(named, after, on_failure, scope)
            elif named.task.branch is not None:
                states |= self._branches(named, after or end, end, on_failure, scope)
            else:
                state = single(self._storm, self._policy, named.task, scope, self._code)
                asks = named.task.ask is not None
                catches = catching(on_failure, asks=asks) if state["Type"] == "Task" else {}
                states[named.name] = state | catches | then(after)
        return (works[0].name if works else following), states

    def _branches(
        self, named: Named, after: str, end: str, on_failure: str | None, scope: Scope
    ) -> dict[str, State]:
        """A choice: the first branch whose pattern matches the event's detail, else what is done otherwise.

        A pattern that JSONata cannot ask exactly is never taken; a check says so before.
        """
        choices, default = [], after
        states: dict[str, State] = {}
        for branch, row in zip(named.task.branch or (), named.rows, strict=True):
            first, inner = self.sequence(row, after, end, on_failure, scope)
            states |= inner
            if branch.where is None:
                default = first or after
            else:
                asked = "false" if fault_in_condition(branch.where) else condition(branch.where)
                choices.append({"Condition": evaluated(asked), "Next": first or after})
        if not choices:
            return {named.name: {"Type": "Pass", "Next": default}} | states
        return {named.name: {"Type": "Choice", "Choices": choices, "Default": default}} | states

    def _side_by_side(
        self, named: Named, after: str | None, on_failure: str | None, scope: Scope
    ) -> dict[str, State]:
        """Rows of tasks that run at once; what each has learned is put together when all have ended."""
        rows = []
        for row, (begin, done) in zip(named.rows, named.ends, strict=True):
            if not named.gathering:
                first, states = self.sequence(row, None, done, None, scope)
                if first is None or leads_to(done, states):
                    states[done] = {"Type": "Succeed"}
                rows.append({"StartAt": first or done, "States": states})
                continue
            self._scopes += 1
            own = scope.within(f"learned{self._scopes}")
            first, states = self.sequence(row, done, done, None, own)
            beginning: State = {"Type": "Pass", "Assign": {own.variable: {}}, "Next": first or done}
            ending: State = {"Type": "Pass", "Output": evaluated(f"${own.variable}"), "End": True}
            rows.append({"StartAt": begin, "States": {begin: beginning, **states, done: ending}})
        asks = any(task.ask is not None for task in single_tasks([named.task]))
        side_by_side: State = {"Type": "Parallel", "Branches": rows, **catching(on_failure, asks=asks)}
        if not named.gathering:
            return {named.name: side_by_side | then(after)}
        together: State = {
            "Type": "Pass",
            "Assign": {scope.variable: evaluated(f"$merge($append([${scope.variable}], $states.input))")},
        }
        return {
            named.name: side_by_side | then(named.gathering),
            named.gathering: together | then(after),
        }
