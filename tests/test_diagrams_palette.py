"""Colours: readable in both themes, and told apart."""

import colorsys
from typing import get_args

import pytest

from anycompany.diagrams.palette import FIRST_HUES, PAPER, Theme, colour, contrast, service_hue

THEMES: tuple[Theme, ...] = get_args(Theme)
AA = 4.5
AA_GRAPHICS = 3.0


def _hue_angle(code: str) -> float:
    red, green, blue = (int(code[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 360 * colorsys.rgb_to_hls(red, green, blue)[0]


@pytest.mark.parametrize("theme", THEMES)
def test_the_name_of_a_service_is_readable_on_its_own_ground(theme: Theme) -> None:
    for number in range(200):
        for ground in ("page", "card", f"tint-{number}"):
            assert contrast(colour(f"name-{number}", theme), colour(ground, theme)) >= AA


@pytest.mark.parametrize("theme", THEMES)
def test_the_hue_of_a_service_is_readable_on_the_page(theme: Theme) -> None:
    for number in range(200):
        assert contrast(colour(f"service-{number}", theme), colour("page", theme)) >= AA


@pytest.mark.parametrize("theme", THEMES)
def test_no_service_looks_like_what_crosses_a_border(theme: Theme) -> None:
    crossing = _hue_angle(colour("crossing", theme))
    for number in range(200):
        away = abs(_hue_angle(service_hue(number, theme)) - crossing)
        assert min(away, 360 - away) > 20


@pytest.mark.parametrize("theme", THEMES)
def test_the_first_dozen_services_have_hues_of_their_own(theme: Theme) -> None:
    assert len({service_hue(number, theme) for number in range(12)}) == 12


def test_the_first_services_have_the_hues_of_the_look() -> None:
    assert [service_hue(number, "light") for number in range(3)] == list(FIRST_HUES)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("paper", PAPER)
def test_writing_on_paper_is_readable(theme: Theme, paper: str) -> None:
    assert contrast(colour("paper-ink", theme), colour(paper, theme)) >= AA


@pytest.mark.parametrize("theme", THEMES)
def test_all_other_writing_is_readable_on_every_ground(theme: Theme) -> None:
    tints = [f"tint-{number}" for number in range(40)]
    for ground in ("page", "card", "bar", "inlay", *tints):
        for ink in ("ink", "soft"):
            assert contrast(colour(ink, theme), colour(ground, theme)) >= AA
    assert contrast(colour("crossing", theme), colour("card", theme)) >= AA


@pytest.mark.parametrize("theme", THEMES)
def test_lines_are_visible_on_the_page_and_on_the_bar(theme: Theme) -> None:
    for ink in ("line", "crossing", "service-0", "service-1", "service-2"):
        for ground in ("page", "bar"):
            assert contrast(colour(ink, theme), colour(ground, theme)) >= AA_GRAPHICS


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
