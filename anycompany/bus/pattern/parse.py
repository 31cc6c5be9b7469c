"""Reading an event pattern: its objects, its ``$or``, and the branches that they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .errors import PatternError
from .expressions import Tokens, conditions
from .model import Branch, Condition, Pattern, Wildcard
from .tokens import DEEPEST, tokens_of_data, tokens_of_text
from .wildcards import check_complexity, wildcards_of

MOST_BRANCHES = 1000
"""Combinations that the ``$or`` of a pattern may come to, as EventBridge limits the complexity of a rule."""
MOST_FIELDS = 256
"""Fields that one combination may ask about; event-ruler refuses more."""

_NOT_IN_OR = frozenset(
    (
        *(
            "exactly",
            "equals-ignore-case",
            "prefix",
            "suffix",
            "anything-but",
            "exists",
            "wildcard",
            "numeric",
        ),
        *("cidr", "=", "<", "<=", ">", ">=", "regex", "not-wildcard", "not-equals-ignore-case"),
        *("date-after", "date-on-or-after", "date-before", "date-on-or-before", "in-date-range"),
        *("ip-address-in-range", "ip-address-not-in-range"),
    )
)

LONGEST_PATH = 20_000
"""Characters of a field's path; what is longer could cost more memory than the pattern is worth."""
MOST_TRIED = 500
"""Conditions on one field that can only be tried one by one."""

Fields = dict[str, tuple[Condition, ...]]


def parse(pattern: str | bytes | Mapping[str, object]) -> Pattern:
    """Read an event pattern as EventBridge does.

    Parameters
    ----------
    pattern : the pattern's JSON as text or UTF-8, or as Python data.

    Raises
    ------
    PatternError
        for a pattern that EventBridge refuses; its ``what`` is AWS's own text.

    >>> parse('{"detail": {"amount": [{"numeric": [">", 10]}]}}').branches[0].fields[0][0]
    'detail.amount'
    """
    tokens = _tokens(pattern)
    if next(tokens)[0] != "{":
        raise PatternError("Filter is not an object")
    branches = _Reader(tokens).read()
    for _ in tokens:
        pass  # whatever is wrong after the pattern is wrong with it
    read = Pattern(tuple(_branch(fields) for fields in branches))
    _check_wildcards(read)
    return read


def _tokens(pattern: str | bytes | Mapping[str, object]) -> Tokens:
    if isinstance(pattern, str):
        return tokens_of_text(pattern)
    if isinstance(pattern, bytes | bytearray):
        try:
            return tokens_of_text(bytes(pattern).decode("utf-8"))
        except UnicodeDecodeError as error:
            raise PatternError("Invalid UTF-8", f"byte {error.start + 1}", "Save it as UTF-8.") from None
    return tokens_of_data(pattern)


def _branch(fields: Fields) -> Branch:
    if len(fields) > MOST_FIELDS:
        raise PatternError(f"Size of rule exceeds max value of {MOST_FIELDS}", "", "Ask about fewer fields.")
    branch = Branch(
        tuple(sorted(fields.items(), key=lambda item: item[0].encode("utf-16-be", "surrogatepass")))
    )
    for path, asked in branch.asked:
        if len(asked.others) > MOST_TRIED:
            raise PatternError(
                f"There are more than {MOST_TRIED} ranges and the like for one field",
                path[:200],
                "EventBridge takes patterns of 4,096 characters.",
            )
    return branch


@dataclass
class _Object:
    """An object being read: ``prefix`` leads to its fields."""

    prefix: str
    in_or: bool
    empty: bool = True


@dataclass
class _Or:
    """An ``$or`` being read: every alternative goes on from the branches ``before`` it."""

    prefix: str
    before: list[Fields]
    after: list[Fields] = field(default_factory=list)
    alternatives: int = 0


class _Reader:
    """Goes through the objects of a pattern without recursion, which deep nesting would not survive."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._open: list[_Object | _Or] = [_Object("", False)]
        self._branches: list[Fields] = []

    def read(self) -> list[Fields]:
        while self._open:
            innermost = self._open[-1]
            if isinstance(innermost, _Or):
                self._alternative(innermost)
            else:
                self._field(innermost)
        return self._branches

    def _field(self, inside: _Object) -> None:
        kind, name = next(self._tokens)
        if kind == "}":
            self._end(inside)
            return
        inside.empty = False
        if name == "$or":
            if next(self._tokens)[0] != "[":
                raise PatternError("It must be an Array followed with $or.")
            self._open.append(_Or(inside.prefix, self._branches))
            return
        if inside.in_or and name in _NOT_IN_OR:
            raise PatternError(f"{name} is Ruler reserved fieldName which cannot be used inside $or.")
        kind, _ = next(self._tokens)
        path = inside.prefix + name
        if len(path) > LONGEST_PATH or path.count(".") >= DEEPEST:
            raise PatternError(
                f"A field lies more than {DEEPEST:,} keys or {LONGEST_PATH:,} characters deep",
                path[:200],
                "EventBridge takes patterns of 4,096 characters.",
            )
        if kind == "{":
            self._open.append(_Object(path + ".", inside.in_or))
        elif kind == "[":
            found = conditions(self._tokens)
            self._branches = self._branches or [{}]
            for branch in self._branches:
                branch[path] = found
        else:
            raise PatternError(f'"{name}" must be an object or an array')

    def _end(self, inside: _Object) -> None:
        if inside.empty:
            raise PatternError("Empty objects are not allowed")
        self._open.pop()
        if self._open and isinstance(around := self._open[-1], _Or):
            around.after += self._branches
            if len(around.after) > MOST_BRANCHES:
                raise PatternError(
                    f"The $or of this pattern come to more than {MOST_BRANCHES} combinations",
                    "",
                    "Use fewer alternatives, or several rules.",
                )

    def _alternative(self, choice: _Or) -> None:
        kind, _ = next(self._tokens)
        if kind == "]":
            if choice.alternatives < 2:
                raise PatternError("There must have at least 2 Objects in $or relationship.")
            self._branches = choice.after
            self._open.pop()
        elif kind == "{":
            choice.alternatives += 1
            self._branches = [dict(branch) for branch in choice.before] or [{}]
            self._open.append(_Object(choice.prefix, True))
        else:
            raise PatternError("Only JSON object is allowed in array of $or relationship.")


def _check_wildcards(pattern: Pattern) -> None:
    """See to the complexity of wildcards; those after the same fields are read by the same automaton."""
    together: dict[object, dict[tuple[Wildcard, ...], None]] = {}
    for branch in pattern.branches:
        for number, (path, asked) in enumerate(branch.fields):
            groups = [group for condition in asked if (group := wildcards_of(condition))]
            if groups:
                before = (branch.fields[:number], path) if len(pattern.branches) > 1 else path
                together.setdefault(before, {}).update(dict.fromkeys(groups))
    for groups_of_one in together.values():
        check_complexity(groups_of_one)
