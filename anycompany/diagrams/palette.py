"""Every colour of a diagram, by role, in light and in dark; and hues for any number of services.

A role is a short word such as ``event`` or ``soft``; a service has ``service-3`` for its lines, ``tint-3``
for its ground and ``name-3`` for its name on that ground. Drawings name roles only, so that one drawing can
be coloured for either theme.
"""

from __future__ import annotations

import colorsys
from functools import cache
from typing import Literal

Theme = Literal["light", "dark"]

PAPER = {
    "event": "#FFB454",
    "command": "#8EC5FF",
    "actor": "#FFE27A",
    "policy": "#D3BDF7",
    "external": "#F7B0CB",
    "aggregate": "#FFF4C7",
    "hotspot": "#FF6FA3",
}
"""Sticky notes in the colours of EventStorming; the writing on them is dark in both themes."""

SURROUNDINGS: dict[Theme, dict[str, str]] = {
    "light": {
        "page": "#FBFBFD",
        "card": "#FFFFFF",
        "bar": "#E9ECF2",
        "inlay": "#F5F6FA",
        "frame": "#C3CAD6",
        "ink": "#22252B",
        "soft": "#5F6673",
        "line": "#7B8494",
        "crossing": "#C2274B",
    },
    "dark": {
        "page": "#15171C",
        "card": "#1E2128",
        "bar": "#2A2E37",
        "inlay": "#20232B",
        "frame": "#4A505D",
        "ink": "#E9EBF0",
        "soft": "#A7AFBD",
        "line": "#8992A2",
        "crossing": "#FF7B98",
    },
}
WRITING_ON_PAPER = "#22252B"
FIRST_HUES = ("#2F7D6B", "#3F62C9", "#B5571C")
READABLE = 4.6
"""Contrast that coloured text has on the page and on its own tint; WCAG 2 asks 4.5 for AA."""


def colour(role: str, theme: Theme) -> str:
    """The colour of a role in a theme, as ``#RRGGBB``.

    >>> colour("event", "light"), colour("service-0", "light")
    ('#FFB454', '#2F7D6B')
    """
    if role in PAPER:
        return PAPER[role] if theme == "light" else blend(PAPER[role], "#000000", 0.9)
    if role == "paper-ink":
        return WRITING_ON_PAPER
    kind, _, number = role.partition("-")
    if kind == "service":
        return service_hue(int(number), theme)
    if kind == "tint":
        return tint(int(number), theme)
    if kind == "name":
        return name_hue(int(number), theme)
    return SURROUNDINGS[theme][role]


@cache
def service_hue(number: int, theme: Theme) -> str:
    """The hue of the service with this number (from 0), told apart from the others by people who can.

    The first three are fixed; the others step round the colour circle by the golden angle, which never
    repeats, and keep away from the red that marks what crosses a border.
    """
    if number < len(FIRST_HUES):
        if theme == "light":
            return FIRST_HUES[number]
        hue, _, saturation = colorsys.rgb_to_hls(*_channels(FIRST_HUES[number]))
    else:
        away_from_red = (0.878 + 0.381966 * (number - len(FIRST_HUES))) % 1.0
        hue, saturation = 0.06 + away_from_red * 0.82, 0.55
    return _readable(_hex(colorsys.hls_to_rgb(hue, 0.45 if theme == "light" else 0.55, saturation)), theme)


def tint(number: int, theme: Theme) -> str:
    """A service's hue thinned down to a ground."""
    return _thinned(service_hue(number, theme), theme)


@cache
def name_hue(number: int, theme: Theme) -> str:
    """A service's hue, a little darker or lighter where its name would not be readable on its own tint."""
    return _readable(service_hue(number, theme), theme)


def _thinned(hue: str, theme: Theme) -> str:
    return blend(hue, SURROUNDINGS[theme]["page"], 0.06 if theme == "light" else 0.1)


def _readable(wanted: str, theme: Theme) -> str:
    """The nearest colour of the same hue that can be read on the page, on cards, and on its tint."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(wanted))
    found = wanted
    while True:
        grounds = (
            SURROUNDINGS[theme]["page"],
            SURROUNDINGS[theme]["card"],
            _thinned(found, theme),
            _thinned(wanted, theme),
        )
        if min(contrast(found, ground) for ground in grounds) >= READABLE:
            return found
        lightness += -0.005 if theme == "light" else 0.005
        found = _hex(colorsys.hls_to_rgb(hue, lightness, saturation))


def blend(over: str, under: str, share: float) -> str:
    """The colour seen when ``over`` covers ``under`` with this share of opacity, from 0 to 1."""
    pairs = zip(_channels(over), _channels(under), strict=True)
    return _hex(tuple(share * top + (1 - share) * bottom for top, bottom in pairs))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2, relative luminance).

    >>> round(contrast("#22252B", "#FFB454"), 1)
    8.7
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour_code: str) -> float:
    linear = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in _channels(colour_code)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _channels(colour_code: str) -> tuple[float, ...]:
    return tuple(int(colour_code[start : start + 2], 16) / 255 for start in (1, 3, 5))


def _hex(channels: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in channels)
