/**
 * Where things lie to each other: the next note in a direction, the nearest one, a free place.
 *
 * @module hands/spatial
 */

/** @import { Box, Note, Point } from '../types.js' */

/** @typedef {'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown'} Direction */

/** How much worse a step to the side is than a step ahead. */
const SIDEWAYS = 2.5;

/**
 * The note one comes to when going from a box in a direction: the nearest ahead, what lies straight ahead first.
 *
 * @template {Box} T
 * @param {T[]} boxes
 * @param {Box} from
 * @param {Direction} direction
 * @returns {T | null} null when there is none on that side
 */
export function nextInDirection(boxes, from, direction) {
  const start = middle(from);
  let best = null;
  let least = Infinity;
  for (const box of boxes) {
    if (/** @type {Box} */ (box) === from) continue;
    const to = middle(box);
    const [dx, dy] = [to.x - start.x, to.y - start.y];
    const across = direction === 'ArrowLeft' || direction === 'ArrowRight';
    const ahead = across ? (direction === 'ArrowRight' ? dx : -dx) : direction === 'ArrowDown' ? dy : -dy;
    const aside = Math.abs(across ? dy : dx);
    if (ahead < 1 || aside > 4 * ahead + (across ? from.h : from.w)) continue;
    const cost = ahead + SIDEWAYS * aside;
    if (cost < least) [best, least] = [box, cost];
  }
  return best;
}

/**
 * The box nearest to another, by their middles.
 *
 * @template {Box} T
 * @param {T[]} boxes
 * @param {Box} to
 * @returns {T | null}
 */
export function nearestTo(boxes, to) {
  const goal = middle(to);
  let best = null;
  let least = Infinity;
  for (const box of boxes) {
    const at = middle(box);
    const distance = Math.hypot(at.x - goal.x, at.y - goal.y);
    if (distance < least) [best, least] = [box, distance];
  }
  return best;
}

/**
 * A place in sight where a box of this size covers nothing, in rows that begin with the topmost box there is; when all
 * of the sight is full, below it. Places lie on a grid, so that what is written one after the other stands in line.
 *
 * @param {Box[]} taken
 * @param {Box} sight
 * @param {{w: number, h: number}} size
 * @param {number} [gap]
 * @returns {Point} the left top corner, in whole px
 */
export function freeSpot(taken, sight, size, gap = 24) {
  const near = taken.filter((box) => touches(box, sight, gap));
  const [across, down] = [size.w + gap, size.h + gap];
  const left = Math.ceil((sight.x + gap / 2) / across) * across;
  const top = Math.ceil((sight.y + gap / 2) / down) * down;
  const topmost = near.length ? Math.min(...near.map((box) => box.y)) : top;
  const first = Math.max(top, Math.floor(topmost / down) * down);
  const rows = [...range(first, sight.y + sight.h - size.h, down), ...range(top, first - 1, down)];
  for (const y of rows) {
    for (const x of range(left, sight.x + sight.w - size.w, across)) {
      if (!near.some((box) => touches(box, { x, y, ...size }, gap / 3))) return { x, y };
    }
  }
  return { x: left, y: Math.round(Math.max(top, ...near.map((box) => box.y + box.h + gap))) };
}

/**
 * @param {number} from
 * @param {number} to
 * @param {number} by
 */
function range(from, to, by) {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / by) + 1) }, (_, index) => from + index * by);
}

/**
 * The boxes that a rectangle drawn with the hand touches.
 *
 * @template {Box} T
 * @param {T[]} boxes
 * @param {Box} band
 * @returns {T[]}
 */
export function within(boxes, band) {
  return boxes.filter((box) => touches(box, band, 0));
}

/**
 * The last of these boxes that holds a point.
 *
 * @template T
 * @param {T[]} things
 * @param {Point} point
 * @param {(thing: T) => Box} boxOf
 * @returns {T | null}
 */
export function lastAt(things, point, boxOf) {
  for (let index = things.length - 1; index >= 0; index--) {
    const { x, y, w, h } = boxOf(things[index]);
    if (point.x >= x && point.y >= y && point.x < x + w && point.y < y + h) return things[index];
  }
  return null;
}

/**
 * @param {Box} box
 * @returns {Point}
 */
function middle(box) {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

/**
 * @param {Box} one
 * @param {Box} other
 * @param {number} gap
 */
function touches(one, other, gap) {
  return (
    one.x < other.x + other.w + gap &&
    other.x < one.x + one.w + gap &&
    one.y < other.y + other.h + gap &&
    other.y < one.y + one.h + gap
  );
}
