"""A storm running on its model: events through rules and workflows, before anything is deployed."""

from __future__ import annotations

from .arrivals import Arrival, ByRate, of_events, of_scenarios, starts_of
from .distributions import Distribution
from .run import Run
from .settings import Down, Rate, Redrive, Settings, Work, settings_from
from .simulating import simulate

__all__ = [
    "Arrival",
    "ByRate",
    "Distribution",
    "Down",
    "Rate",
    "Redrive",
    "Run",
    "Settings",
    "Work",
    "of_events",
    "of_scenarios",
    "settings_from",
    "simulate",
    "starts_of",
]
