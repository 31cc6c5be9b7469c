"""What is said above a flow that plays: how much of which time, and while it plays, what happens now."""

from __future__ import annotations

from typing import NamedTuple

from ..bus.playback import Beat, clock
from .canvas import MARGIN, STYLES, Box
from .lettering import fit, in_sentence
from .scene import Scene
from .sheet import TOP, Stroke, Swatch

STRIP = "strip"
"""The part of the canvas that stands where the captions appear."""

_WIDTH = 548.0
_HEIGHT = 50.0
_MOST_SAID = 40
_SIZE = STYLES["label"][0]


class Caption(NamedTuple):
    """What is said from a moment of the playback on."""

    at: float
    words: str
    place: str


def track(says: str, tail: str, head: str) -> str:
    """The name of the arrow that an event travels along."""
    return f"{says} {tail} {head}"


def strip_height(scene: Scene) -> float:
    """How much room the strip takes."""
    return _HEIGHT if scene.playing else 0.0


def draw_strip(scene: Scene) -> None:
    """Say above the picture what is played, and what is left out; nothing where nothing is."""
    played = scene.playing
    if played is None:
        return
    box = Box(MARGIN, TOP - 16, _WIDTH, 18)
    steps = "1 step" if played.steps == 1 else f"{played.steps:,} steps"
    said = f"{steps} in {clock(played.lasted)}" if played.beats else "Nothing was seen of this storm"
    with scene.canvas.part(STRIP, box):
        scene.canvas.write((box.x, box.y), box.width, fit(said, _WIDTH, _SIZE, 1), "label", align="l")
    if played.left_out:
        lines = fit(played.left_out, _WIDTH, STYLES["small"][0], 1)
        scene.canvas.write((box.x, box.bottom + 12), _WIDTH, lines, "small", "soft", align="l")


def bar(scene: Scene) -> Box:
    """Where the line is drawn that shows how far the playback is."""
    return Box(MARGIN, TOP + 6, _WIDTH, 4)


def captions(scene: Scene) -> list[Caption]:
    """What is said while it plays; what happens at one moment is said together."""
    played = scene.playing
    if played is None:
        return []
    beats, began = played.beats, played.began
    found: list[Caption] = []
    for number, beat in enumerate(beats, 1):
        words = _words(scene, beat)
        place = f"{number} of {len(beats)}"
        if found and found[-1].at == beat.at:
            found[-1] = Caption(beat.at, f"{found[-1].words}; {words}", place)
        else:
            found.append(Caption(beat.at, f"{clock(beat.step.seconds - began)} · {words}", place))
    return [one._replace(words=fit(one.words, _WIDTH - 80, _SIZE, 1)[0]) for one in found]


def strip_samples(scene: Scene) -> list[Swatch | Stroke]:
    """What the legend says of it."""
    if not scene.playing or not scene.playing.beats:
        return []
    return [Swatch("in which order it happened first", "ink", form="round")]


def strip_sentences(scene: Scene) -> list[str]:
    """What is played, in words."""
    played = scene.playing
    if played is None:
        return []
    beats = played.beats[:_MOST_SAID]
    sentences = [
        f"Played in order: {'; '.join(_timed(scene, beat, played.began) for beat in beats) or 'nothing'}."
    ]
    if len(played.beats) > len(beats):
        sentences.append(f"And {len(played.beats) - len(beats)} more.")
    return [*sentences, played.left_out] if played.left_out else sentences


def _timed(scene: Scene, beat: Beat, began: float) -> str:
    return f"{_words(scene, beat)} ({clock(beat.step.seconds - began)})"


def _words(scene: Scene, beat: Beat) -> str:
    """What happens, such as ``Take payment → Payment Attempted``."""
    step, storm = beat.step, scene.storm
    event = in_sentence(storm.events[step.event].name) if step.event else ""
    if not step.policy:
        return event
    policy = in_sentence(storm.policies[step.policy].title(step.policy))
    fails = " fails" if step.failed else ""
    return f"{policy}{fails} → {event}" if event else f"{policy}{fails or ' is done'}"
