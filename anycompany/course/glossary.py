"""The glossary: the terms of the method, of AWS and of this workbook, each in a sentence or two."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from .shipped import course_data

GROUPS = {"method": "The method", "aws": "AWS", "workbook": "This workbook"}
"""Where a term is from, and the heading of those."""

HEAD = """# Glossary

The terms of the method, of AWS and of this workbook, each in a sentence or two of our own, with its source.
Every notebook shows them under *Glossary* at the head of its page, and the board in its help.

<!-- Written from data/course/glossary.json by `python docs/write_course.py`; a test holds the two equal. -->
"""


@dataclass(frozen=True)
class Term:
    """A term: which of ``GROUPS`` it is ``of``, what it ``says``, and the ``source`` that says so."""

    term: str
    of: str
    says: str
    source: str


def terms(matching: str = "") -> tuple[Term, ...]:
    """All terms in alphabetical order, or those that a text is found in; those so called come first.

    >>> [one.term for one in terms("event bus")][:2]
    ['Custom event bus', 'Default event bus']
    """
    said = json.loads(course_data("glossary.json").read_text("utf-8"))["terms"]
    found = tuple(Term(**one) for one in said)
    wanted = matching.strip().lower()[:100]
    if not wanted:
        return found
    called = [one for one in found if wanted in one.term.lower()]
    return (*called, *(one for one in found if one not in called and wanted in one.says.lower()))


def as_markdown(all_terms: Iterable[Term]) -> str:
    """The terms as a page of Markdown, group by group."""
    there = list(all_terms)
    parts = [HEAD]
    for of, title in GROUPS.items():
        parts.append(f"## {title}\n")
        parts += [f"**{one.term}**. {one.says} *({one.source})*\n" for one in there if one.of == of]
    return "\n".join(parts)
