"""All rooms' findings together: what is open, what the team dismissed and why, and how a page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from ..storm.checks import Check, Finding, Findings, findings
from ..storm.model import Storm
from .screen import Markup, callout, line, paragraph

__all__ = ["Findings", "all_checks", "all_findings", "as_markup", "findings_of_step"]

MOST_SHOWN = 60
"""Findings that a page shows in full; the others are counted."""


_LATEST: dict[tuple[int | None, Path | None], tuple[Storm, Findings]] = {}
"""By step and folder, the storm asked about last: a page asks several times, and storms never change."""


def all_checks(home: Path | None = None) -> tuple[Check, ...]:
    """The checks of all rooms: on what was said, on the bus, on what would be deployed, on folders of code.

    Parameters
    ----------
    home : the folder of the storm's file, below which folders of code stand; None where it is not known.
    """
    from ..bus import checks as on_the_bus
    from ..files.code_checks import code_not_there
    from ..stacks import checks as on_the_stacks
    from ..storm import checks as on_the_storm

    return (*on_the_storm.CHECKS, *on_the_bus.CHECKS, *on_the_stacks.CHECKS, code_not_there(home))


def all_findings(storm: Storm, step: int | None = None, home: Path | None = None) -> Findings:
    """What the checks of all rooms find in a storm, however far it has come.

    Parameters
    ----------
    storm : the storm.
    step : 1 to 8 for the findings of that step only; None for all steps that were begun.
    home : the folder of the storm's file; None where it is not known, or its code is of no interest.
    """
    known = _LATEST.get((step, home))
    if known is None or known[0] is not storm:
        known = _LATEST[step, home] = (storm, findings(storm, step, all_checks(home)))
    return known[1]


def findings_of_step(storm: Storm, step: int, home: Path | None = None) -> Markup:
    """The findings of one step, to be read: open ones with reason and remedy, dismissed ones folded away."""
    found = all_findings(storm, step, home)
    if not found.open and not found.dismissed:
        return callout("note", "Nothing was found that the checks of this step look for.")
    shown = as_markup(found)
    if step == 1:
        hint = "They can wait: discovery rejects nothing, and every finding here may be the team's own way."
        shown = paragraph(hint) + shown
    return shown


def as_markup(found: Findings) -> Markup:
    """Findings to be read, the gravest first; at most ``MOST_SHOWN`` in full."""
    counted = f"{_count(len(found.open), 'open finding')}, {len(found.dismissed)} dismissed."
    items = [_item(finding) for finding in found.open[:MOST_SHOWN]]
    if len(found.open) > MOST_SHOWN:
        items.append(_entry(f"… and {len(found.open) - MOST_SHOWN} more: anycompany check lists them all."))
    shown = paragraph(counted) + _listed(items)
    if not found.dismissed:
        return shown
    gone = _listed([_dismissed(finding, reason) for finding, reason in found.dismissed[:MOST_SHOWN]])
    folded = f"<details><summary>Dismissed, with the reason</summary>{gone.html}</details>"
    return shown + Markup(folded, f"Dismissed, with the reason:\n{gone.text}")


def _item(finding: Finding) -> Markup:
    what, where = line(finding.what, 400), line(", ".join(finding.where))
    html = (
        f"<strong>{finding.severity.capitalize()}</strong>: {escape(what)} {escape(finding.remedy)}"
        f"<br><small>{escape(finding.why)} <em>{escape(finding.source)}</em> · "
        f"<code>{escape(finding.check)}</code> · {escape(where)}</small>"
    )
    text = f"{finding.severity.upper()} {what} {finding.remedy}\n    {finding.why} [{finding.check}: {where}]"
    return Markup(html, text)


def _dismissed(finding: Finding, reason: str) -> Markup:
    return _entry(f"{line(finding.what, 400)} — {line(reason, 400)}")


def _entry(text: str) -> Markup:
    return Markup(escape(text), text)


def _listed(items: Sequence[Markup]) -> Markup:
    if not items:
        return Markup("", "")
    html = "".join(f"<li>{item.html}</li>" for item in items)
    return Markup(f"<ul>{html}</ul>", "\n".join(f"  - {item.text}" for item in items))


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
