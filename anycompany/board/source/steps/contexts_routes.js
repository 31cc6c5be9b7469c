/**
 * The ways of red arrows between places: out of a hexagon or a place, into another place, past the words of what
 * lies between as well as possible. Every arrow tries the same few curves and takes the one that hides least.
 *
 * @module steps/contexts_routes
 */

import { path } from './common.js';
import { covered, enter, gridOf, hidden, keepClear } from './contexts_obstacles.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Point} Point */
/** @typedef {import('./contexts_layout.js').Layout} Layout */
/** @typedef {{x: number, y: number, dx: number, dy: number}} Port a point of a border, and the way out of it */
/** @typedef {import('./contexts_obstacles.js').Grid} Grid */

const SAMPLES = 22;
/** Ways that are looked at closely: the shortest and straightest. */
const MOST_TRIED = 90;
/** How far an arrow's head stands inside the border that it crosses. */
const INSIDE = 16;
const PILL_HEIGHT = 24;
/** The length of an arrow's head, and what it costs to hide it. */
const HEAD = 12;
const HEAD_HIDDEN = 400;
const PILL_PLACES = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

/**
 * A finder of ways that remembers those it gave, so that the next ones keep away from them.
 *
 * @param {Layout} layout
 * @param {Box[]} others what else lies on the wall
 * @returns {(from: {place: Box, hex?: Box}, to: {place: Box, chip?: Box, near?: Point}, words: string) =>
 *   {d: string, at: Point}} `near` is what the arrow is meant for within its goal
 */
export function makeRouter(layout, others) {
  const grid = gridOf(layout);
  for (const box of others) enter(grid, { box, weight: 20 });
  /** @type {Port[]} */
  const used = [];
  return (from, to, words) => {
    const starts = from.hex ? hexPorts(from.hex) : sidePorts(from.place, 0);
    const ends = to.chip ? sidePorts(to.chip, -2) : sidePorts(to.place, INSIDE);
    const far = ends.map((end) => (to.near ? Math.hypot(end.x - to.near.x, end.y - to.near.y) / 26 : 0));
    const room = pillWidth(words) + 48;
    /** @type {{start: Port, end: Port, reach: number, cost: number}[]} */
    const ways = [];
    for (const start of starts) {
      for (const [index, end] of ends.entries()) {
        const reach = Math.hypot(end.x - start.x, end.y - start.y);
        const cost =
          shortCost(start, end, reach) + crowding(used, start, end) + Math.max(0, room - reach) * 0.6 + far[index];
        ways.push({ start, end, reach, cost });
      }
    }
    ways.sort((a, b) => a.cost - b.cost);
    let best = { cost: Infinity, start: starts[0], end: ends[0], points: /** @type {Point[]} */ ([]) };
    for (const { start, end, reach, cost: least } of ways.slice(0, MOST_TRIED)) {
      if (least >= best.cost) break;
      const points = sampled(start, end, reach);
      const cost = least + SAMPLES * hidden(grid, points, from, to);
      if (cost < best.cost) best = { cost, start, end, points };
    }
    used.push(best.start, best.end);
    keepClear(grid, best.points);
    const at = pillPlace(grid, best.points, words);
    return { d: pathOf(best.start, best.end), at };
  };
}

/**
 * The middles of a hexagon's six sides.
 *
 * @param {Box} hex
 * @returns {Port[]}
 */
function hexPorts(hex) {
  const [x, y] = [hex.x + hex.w / 2, hex.y + hex.h / 2];
  return [0, 60, 120, 180, 240, 300].map((degrees) => {
    const [dx, dy] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return { x: x + (dx * hex.w) / 2, y: y + (dy * hex.w) / 2, dx, dy };
  });
}

/**
 * Points along the four sides of a box; the way out of each is away from the box.
 *
 * @param {Box} box
 * @param {number} inside how far within the border
 * @returns {Port[]}
 */
function sidePorts(box, inside) {
  return [0.5, 0.3, 0.7, 0.14, 0.86].flatMap((share) => {
    const [x, y] = [box.x + box.w * share, box.y + box.h * Math.max(share, 0.24)];
    return [
      { x: box.x + inside, y, dx: -1, dy: 0 },
      { x: box.x + box.w - inside, y, dx: 1, dy: 0 },
      { x, y: box.y + inside, dx: 0, dy: -1 },
      { x, y: box.y + box.h - inside, dx: 0, dy: 1 },
    ];
  });
}

/**
 * What a way costs for its length and its turns alone.
 *
 * @param {Port} start
 * @param {Port} end
 * @param {number} reach
 */
function shortCost(start, end, reach) {
  const [ux, uy] = [(end.x - start.x) / (reach || 1), (end.y - start.y) / (reach || 1)];
  const turns = 2 - (start.dx * ux + start.dy * uy) + (end.dx * ux + end.dy * uy);
  return reach / 14 + turns * 9 + (reach < 60 ? 20 : 0);
}

/**
 * @param {Port[]} used
 * @param {Port} start
 * @param {Port} end
 */
function crowding(used, start, end) {
  let cost = 0;
  for (const port of used) {
    if (Math.abs(port.x - end.x) + Math.abs(port.y - end.y) < 34) cost += 24;
    if (Math.abs(port.x - start.x) + Math.abs(port.y - start.y) < 34) cost += 12;
  }
  return cost;
}

/**
 * @param {Port} start
 * @param {Port} end
 */
function controls(start, end) {
  const reach = Math.max(36, Math.min(180, Math.hypot(end.x - start.x, end.y - start.y) * 0.42));
  return [start.x + start.dx * reach, start.y + start.dy * reach, end.x + end.dx * reach, end.y + end.dy * reach];
}

/**
 * @param {Port} start
 * @param {Port} end
 */
function pathOf(start, end) {
  const [a, b, c, d] = controls(start, end);
  return path`M ${start.x} ${start.y} C ${a} ${b} ${c} ${d} ${end.x} ${end.y}`;
}

/**
 * @param {Port} start
 * @param {Port} end
 * @param {number} reach
 * @returns {Point[]}
 */
function sampled(start, end, reach) {
  const [a, b, c, d] = controls(start, end);
  const count = Math.max(SAMPLES, Math.min(60, Math.round(reach / 24)));
  return Array.from({ length: count + 1 }, (_, index) => {
    const t = index / count;
    const s = 1 - t;
    const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    return { x: p * start.x + q * a + r * c + u * end.x, y: p * start.y + q * b + r * d + u * end.y };
  });
}

/**
 * @param {string} words
 */
function pillWidth(words) {
  return words.length * 7 + 22;
}

/**
 * Whether a name there would hide the head of its arrow.
 *
 * @param {Box} box
 * @param {Point} head
 */
function holds(box, head) {
  const [x, y] = [Math.abs(head.x - box.x - box.w / 2), Math.abs(head.y - box.y - box.h / 2)];
  return x < box.w / 2 + HEAD && y < box.h / 2 + HEAD;
}

/**
 * Where on its way the name of what crosses hides least; it is an obstacle to those that come after.
 *
 * @param {Grid} grid
 * @param {Point[]} points
 * @param {string} words
 * @returns {Point}
 */
function pillPlace(grid, points, words) {
  const w = pillWidth(words);
  let best = points[Math.floor(points.length / 2)];
  let least = Infinity;
  const head = points[points.length - 1];
  for (const share of PILL_PLACES) {
    const at = points[Math.round(share * (points.length - 1))];
    const box = { x: at.x - w / 2, y: at.y - PILL_HEIGHT / 2, w, h: PILL_HEIGHT };
    const cost = covered(grid, box) + Math.abs(share - 0.5) * 200 + (holds(box, head) ? HEAD_HIDDEN : 0);
    if (cost < least) [best, least] = [at, cost];
  }
  enter(grid, {
    box: { x: best.x - w / 2 - 4, y: best.y - PILL_HEIGHT / 2 - 4, w: w + 8, h: PILL_HEIGHT + 8 },
    weight: 20,
  });
  return best;
}
