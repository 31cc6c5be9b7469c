"""Judges of what we generate that exist for Node only: each is one process, asked line by line."""

import json
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

NODE = Path(__file__).parent / "node"


@cache
def _judge(script: str) -> subprocess.Popen[str]:
    """A script of tests/node that answers each line with a line; it ends with this process."""
    return subprocess.Popen(
        ["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=NODE
    )


def judged(script: str, questions: Iterable[Any]) -> list[Any]:
    """What the judge answers, question by question."""
    judge = _judge(script)
    assert judge.stdin and judge.stdout
    answers = []
    for question in questions:
        judge.stdin.write(json.dumps(question) + "\n")
        judge.stdin.flush()
        answer = judge.stdout.readline()
        assert answer, f"{script} ended at {question}"
        answers.append(json.loads(answer))
    return answers
