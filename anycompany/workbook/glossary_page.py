"""The glossary on a page: folded away at its head, and all of it where one asks for it."""

from __future__ import annotations

from html import escape

from ..course.glossary import GROUPS, Term, terms
from .screen import Markup, callout, line


def glossary(matching: str = "") -> Markup:
    """All terms by their groups, or those that a text is found in."""
    found = terms(matching)
    if not found:
        return callout(
            "note", f"There is no {line(matching, 60)!r} in the glossary.", "page.glossary() shows all of it."
        )
    if matching:
        return _listed("Glossary", found)
    said = Markup("", "")
    for of, title in GROUPS.items():
        said += _listed(title, tuple(one for one in found if one.of == of))
    return said


def folded_glossary() -> Markup:
    """The glossary behind one click, for the head of a page; in plain text only how to ask for it."""
    groups = "".join(
        _listed(title, tuple(one for one in terms() if one.of == of)).html for of, title in GROUPS.items()
    )
    return Markup(f"<details><summary>Glossary</summary>{groups}</details>", "Glossary: page.glossary()")


def _listed(title: str, found: tuple[Term, ...]) -> Markup:
    rows = "".join(
        f"<li><strong>{escape(one.term)}</strong>. {escape(one.says)} "
        f"<small>({escape(one.source)})</small></li>"
        for one in found
    )
    text = "\n".join([title, *(f"  {one.term}. {one.says} ({one.source})" for one in found)])
    return Markup(f"<p><strong>{escape(title)}</strong></p><ul>{rows}</ul>", text)
