/**
 * What lies on the wall while a trace plays: events on their way along the arrows, lights around notes, and how often
 * each was seen. What is not on the wall is left out.
 *
 * @module paint/tokens
 */

import { h } from '../dom.js';
import { along } from './along.js';
import { keyed } from './keyed.js';

/** @import { Scene, Point } from '../types.js' */
/** @import { Moment } from '../model/playing.js' */

/** @typedef {{key: string, x: number, y: number, failed: boolean}} Token */
/** @typedef {{key: string, x: number, y: number, w: number, h: number, failed: boolean}} Ring */
/** @typedef {{key: string, x: number, y: number, count: number}} Count */

/**
 * The layers, in the world of a wall: lights below its notes, the rest above them.
 *
 * @param {Element} world
 * @returns {{draw(moment: Moment | null, scene: Scene, still: boolean): void, zoomed(zoom: number): void}}
 *   `draw` shows a moment on a scene, or nothing; `still` leaves out what moves; `zoomed` keeps it legible from afar
 */
export function makeTokens(world) {
  const [lights, counts, moving] = ['lights', 'counts', 'moving'].map((name) =>
    h('div', { class: `tokens t-${name}`, 'aria-hidden': 'true' }),
  );
  world.insertBefore(lights, world.querySelector('.notes'));
  world.append(counts, moving);
  const rings = keyed(lights, () => h('div', { class: 't-ring' }), fillRing);
  const badges = keyed(counts, () => h('div', { class: 't-count' }), fillCount);
  const tokens = keyed(moving, () => h('div', { class: 't-token' }), fillToken);
  /** @type {Scene | null} */
  let known = null;
  /** @type {Map<string, import('../types.js').Note>} */
  let notes = new Map();
  /** @type {Map<string, string>} */
  let paths = new Map();
  /** @type {Map<string, ((share: number) => Point) | null>} */
  let ways = new Map();

  /** @param {Scene} scene */
  const learn = (scene) => {
    known = scene;
    notes = new Map(scene.notes.map((note) => [note.key, note]));
    paths = new Map(scene.arrows.map((arrow) => [arrow.key, arrow.d]));
    ways = new Map();
  };

  /** @param {string[]} arrows */
  const wayAlong = (arrows) => {
    const key = arrows.join(' ');
    if (!ways.has(key)) ways.set(key, along(arrows.flatMap((arrow) => paths.get(arrow) ?? [])));
    return ways.get(key);
  };

  return {
    zoomed(zoom) {
      for (const [layer, most] of /** @type {const} */ ([[lights, 4], [counts, 1.7], [moving, 4]]))
        layer.style.setProperty('--size', String(Math.min(most, Math.max(1, 0.72 / zoom))));
    },
    draw(moment, scene, still) {
      if (scene !== known) learn(scene);
      const { hops = [], lights: alight = [], counts: counted = new Map() } = moment ?? {};
      rings.update(
        unique(
          alight.flatMap(({ key, failed }) => {
            const note = notes.get(key);
            return note ? [{ key, failed, x: note.x, y: note.y, w: note.w, h: note.h }] : [];
          }),
        ),
      );
      badges.update(
        [...counted].flatMap(([key, count]) => {
          const note = notes.get(key);
          return note && count ? [{ key, count, x: note.x + note.w, y: note.y }] : [];
        }),
      );
      tokens.update(
        (still ? [] : hops).flatMap(({ key, arrows, share, failed }) => {
          const place = wayAlong(arrows)?.(eased(share));
          return place ? [{ key, failed, ...place }] : [];
        }),
      );
    },
  };
}

/**
 * One ring for each note, a failed one before the others.
 *
 * @param {Ring[]} rings
 * @returns {Ring[]}
 */
function unique(rings) {
  /** @type {Map<string, Ring>} */
  const found = new Map();
  for (const ring of rings) if (!found.get(ring.key)?.failed) found.set(ring.key, ring);
  return [...found.values()];
}

/** @param {number} share sets out and arrives gently */
function eased(share) {
  return share * share * (3 - 2 * share);
}

/**
 * @param {HTMLElement} element
 * @param {Ring} ring
 */
function fillRing(element, { key, x, y, w, h: height, failed }) {
  element.dataset.of = key;
  element.className = `t-ring of-${key.split('/')[0]}${failed ? ' is-failed' : ''}`;
  element.style.transform = `translate(${x}px, ${y}px)`;
  element.style.width = `${w}px`;
  element.style.height = `${height}px`;
}

/**
 * @param {HTMLElement} element
 * @param {Count} count
 */
function fillCount(element, { key, x, y, count }) {
  element.dataset.of = key;
  element.style.transform = `translate(${x}px, ${y}px) scale(var(--size, 1)) translate(-50%, -55%)`;
  element.textContent = `✓ ${count.toLocaleString('en')}`;
}

/**
 * @param {HTMLElement} element
 * @param {Token} token
 */
function fillToken(element, { x, y, failed }) {
  element.className = `t-token${failed ? ' is-failed' : ''}`;
  const place = `translate(${Math.round(x * 10) / 10}px, ${Math.round(y * 10) / 10}px)`;
  element.style.transform = `${place} scale(var(--size, 1)) translate(-50%, -50%)`;
  element.textContent = failed ? '×' : '';
}
