/**
 * What the steps share: sizes, boxes and lines, an event as a note, and where hot spots lie.
 *
 * @module steps/common
 */

import { momentOf, titleOf } from '../model/reading.js';

/**
 * @typedef {import('../types.js').Box} Box
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Note} Note
 * @typedef {import('../types.js').Point} Point
 */

/** An event or policy as paper, in px at zoom 1. */
export const NOTE = { w: 132, h: 88 };

/** An event in a hive. */
export const HEX = { w: 112, h: 124 };

/** The least room between two notes that do not belong together. */
export const GAP = 24;

/**
 * The smallest box that holds all of these.
 *
 * @param {Box[]} boxes at least one
 * @param {number} [margin] on every side
 * @returns {Box}
 */
export function boxAround(boxes, margin = 0) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    right = Math.max(right, box.x + box.w);
    bottom = Math.max(bottom, box.y + box.h);
  }
  if (left > right) return { x: 0, y: 0, w: 0, h: 0 };
  return { x: left - margin, y: top - margin, w: right - left + 2 * margin, h: bottom - top + 2 * margin };
}

/**
 * @param {Box} box
 * @returns {Point} its middle
 */
export function centre(box) {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

/**
 * Where a straight line from the middle of a box towards a point leaves the box: the end of an arrow.
 *
 * @param {Box} box
 * @param {Point} towards
 * @param {number} [apart] how far outside the box
 * @returns {Point}
 */
export function rim(box, towards, apart = 0) {
  const middle = centre(box);
  const [dx, dy] = [towards.x - middle.x, towards.y - middle.y];
  const share = Math.min((box.w / 2 + apart) / (Math.abs(dx) || 1e-9), (box.h / 2 + apart) / (Math.abs(dy) || 1e-9), 1);
  return { x: middle.x + dx * share, y: middle.y + dy * share };
}

/**
 * A smooth line that leaves one point and reaches the other in the same direction.
 *
 * @param {Point} from
 * @param {Point} to
 * @param {'h' | 'v'} [way] horizontal or vertical at its ends; without, as the points lie
 * @returns {string} SVG path data
 */
export function curve(from, to, way = Math.abs(to.x - from.x) > Math.abs(to.y - from.y) ? 'h' : 'v') {
  const [dx, dy] = way === 'h' ? [(to.x - from.x) / 2, 0] : [0, (to.y - from.y) / 2];
  return path`M ${from.x} ${from.y} C ${from.x + dx} ${from.y + dy} ${to.x - dx} ${to.y - dy} ${to.x} ${to.y}`;
}

/**
 * SVG path data with its numbers rounded to tenths.
 *
 * @param {TemplateStringsArray} words
 * @param {...number} numbers
 * @returns {string}
 */
export function path(words, ...numbers) {
  return words
    .map((word, index) => word + (index < numbers.length ? Math.round(numbers[index] * 10) / 10 : ''))
    .join('');
}

/**
 * An event as paper, at the origin. Its key and its ref are `events/ID`.
 *
 * @param {Doc} doc
 * @param {string} event
 * @returns {Note}
 */
export function noteFor(doc, event) {
  const pivotal = Boolean(doc.events?.[event]?.pivotal);
  return {
    x: 0,
    y: 0,
    ...NOTE,
    key: `events/${event}`,
    ref: `events/${event}`,
    kind: 'event',
    shape: 'paper',
    tag: 'event',
    text: titleOf(doc, `events/${event}`),
    ...(pivotal && { pivotal }),
    says: sayEvent(doc, event),
  };
}

/**
 * An event as a hexagon of a hive, at the origin.
 *
 * @param {Doc} doc
 * @param {string} event
 * @returns {Note}
 */
export function hexFor(doc, event) {
  return { ...noteFor(doc, event), ...HEX, shape: 'hex', tag: '' };
}

/**
 * An event in words, for a screen reader: its name, its place in time, whether it is pivotal.
 *
 * @param {Doc} doc
 * @param {string} event
 * @returns {string}
 */
export function sayEvent(doc, event) {
  const moment = momentOf(doc, event);
  const place = moment < 0 ? 'not yet in time' : `moment ${moment + 1} of ${doc.timeline?.length}`;
  return `Event ${titleOf(doc, `events/${event}`)}, ${place}${doc.events?.[event]?.pivotal ? ', pivotal' : ''}`;
}

export { everybodyActions } from './everybody.js';
export { makeGround, overlap } from './ground.js';
export { hotspotDrops, hotspotNotes } from './hotspots.js';
export { counted, idsOf, shortened, spoken } from './naming.js';
