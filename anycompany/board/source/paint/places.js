/**
 * Places on the wall below the notes: moments, contexts, lanes, hives, the bus.
 *
 * @module paint/places
 */

import { h } from '../dom.js';
import { keyed } from './keyed.js';
import { wearHue } from './note.js';
import { clip, isBlank } from './text.js';

/** @import { Region } from '../types.js' */

const LONGEST = 120;
/** Dashes are drawn one by one: around a place as long as a street they would make the wall stutter. */
const LONGEST_DASHES = 6000;

/**
 * The layer of places. A place that is a thing of the storm (it has a `ref`) can take the focus.
 *
 * @returns {{element: HTMLElement, draw(regions: Region[]): void, get(key: string): HTMLElement | undefined,
 *   select(keys: ReadonlySet<string>): void}}
 */
export function makePlaces() {
  const element = h('div', { class: 'places' });
  const places = keyed(element, () => h('div', null), fillPlace);
  /** @type {ReadonlySet<string>} */
  let selected = new Set();
  const mark = () => {
    for (const key of places.keys()) places.get(key)?.element.classList.toggle('is-selected', selected.has(key));
  };
  return {
    element,
    draw(regions) {
      places.update(regions);
      mark();
    },
    get: (key) => places.get(key)?.element,
    select(keys) {
      selected = keys;
      mark();
    },
  };
}

/**
 * @param {HTMLElement} element
 * @param {Region} region
 */
function fillPlace(element, region) {
  const dashed = (region.dashed || region.kind === 'shelf') && region.w + region.h < LONGEST_DASHES;
  const classes = ['place', `is-${region.kind}`, region.hue !== undefined && 'has-hue', dashed && 'is-dashed'];
  element.className = classes.filter(Boolean).join(' ');
  element.dataset.place = region.key;
  element.style.transform = `translate(${region.x}px, ${region.y}px)`;
  element.style.width = `${region.w}px`;
  element.style.height = `${region.h}px`;
  wearHue(element, region.hue);
  if (region.ref) {
    element.setAttribute('role', 'group');
    element.setAttribute('tabindex', '-1');
    element.setAttribute('aria-label', [region.title, region.subtitle, region.kind].filter(Boolean).join(', '));
  }
  const title = isBlank(region.title) ? (region.ref ? 'No name yet' : '') : clip(region.title ?? '', LONGEST);
  const subtitle = clip(region.subtitle ?? '', LONGEST);
  element.replaceChildren(
    ...(title ? [h('div', { class: 'place-title', dir: 'auto' }, title)] : []),
    ...(subtitle ? [h('div', { class: 'place-subtitle', dir: 'auto' }, subtitle)] : []),
  );
}
