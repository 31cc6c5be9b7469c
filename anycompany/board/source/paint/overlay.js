/**
 * What lies above the world and does not zoom with it: what lights up under a note in the hand and what dropping it
 * would mean, the rubber band, and where the other people point.
 *
 * @module paint/overlay
 */

import { h } from '../dom.js';
import { keyed } from './keyed.js';
import { wearHue } from './note.js';
import { clip } from './text.js';

/** @import { Box, Person, Point } from '../types.js' */
/** @import { WallCamera } from './camera.js' */

/** @typedef {{key: string, name: string, hue: number, x: number, y: number}} Pointer */

/**
 * An overlay for a wall.
 *
 * @param {WallCamera} camera
 * @returns {{element: HTMLElement, target(box: Box | null): void, words(text: string | null, at?: Point): void,
 *   band(box: Box | null): void, spot(box: Box | null): void, pointers(people: Person[], step: number): void}}
 *   `target` lights up a box of the wall; `words` stand beside a point of the viewport; `band` is in wall
 *   coordinates; `spot` is around the note that the spotlight is on
 */
export function makeOverlay(camera) {
  const light = h('div', { class: 'target', hidden: true });
  const meaning = h('div', { class: 'meaning', hidden: true });
  const rubber = h('div', { class: 'band', hidden: true });
  const lamp = h('div', { class: 'spot', hidden: true });
  const crowd = h('div', { class: 'crowd' });
  const element = h('div', { class: 'overlay', 'aria-hidden': 'true' }, light, lamp, rubber, crowd, meaning);
  const people = keyed(crowd, () => h('div', { class: 'pointer' }, h('i'), h('span', { dir: 'auto' })), fillPointer);
  /** @type {Box | null} */
  let lit = null;
  /** @type {Box | null} */
  let banded = null;
  /** @type {Box | null} */
  let spotlit = null;
  /** @type {Pointer[]} */
  let present = [];

  const redraw = () => {
    frameOn(light, lit);
    frameOn(rubber, banded);
    frameOn(lamp, spotlit);
    people.update(present.map((one) => ({ ...one, ...camera.toScreen(one) })));
  };

  /**
   * @param {HTMLElement} frame
   * @param {Box | null} box
   */
  const frameOn = (frame, box) => {
    frame.hidden = !box;
    if (!box) return;
    const { x, y } = camera.toScreen(box);
    frame.style.transform = `translate(${x}px, ${y}px)`;
    frame.style.width = `${Math.max(4, box.w * camera.zoom)}px`;
    frame.style.height = `${Math.max(4, box.h * camera.zoom)}px`;
  };

  camera.on(redraw);
  return {
    element,
    target(box) {
      lit = box;
      frameOn(light, lit);
    },
    words(text, at) {
      meaning.hidden = !text;
      if (!text || !at) return;
      if (meaning.textContent !== text) meaning.textContent = text;
      const toLeft = at.x > camera.width * 0.6;
      const place = `translate(${at.x + (toLeft ? -18 : 18)}px, ${at.y + 22}px)`;
      meaning.style.transform = toLeft ? `${place} translateX(-100%)` : place;
    },
    spot(box) {
      spotlit = box;
      frameOn(lamp, spotlit);
    },
    band(box) {
      banded = box;
      frameOn(rubber, banded);
    },
    pointers(some, step) {
      present = some.flatMap((person) =>
        person.pointer && person.here !== false && (person.step ?? step) === step
          ? [{ key: person.id, name: person.name, hue: person.hue, x: person.pointer[0], y: person.pointer[1] }]
          : [],
      );
      redraw();
    },
  };
}

/** @typedef {ReturnType<typeof makeOverlay>} Overlay */

/**
 * @param {HTMLElement} element
 * @param {Pointer} pointer
 */
function fillPointer(element, pointer) {
  element.style.transform = `translate(${pointer.x}px, ${pointer.y}px)`;
  wearHue(element, pointer.hue);
  /** @type {HTMLElement} */ (element.lastElementChild).textContent = clip(pointer.name || 'Somebody', 24);
}
