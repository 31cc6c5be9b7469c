/**
 * Honeycombs: where the hexagons of a beehive stand, and how much room a hive with its title takes.
 *
 * @module steps/hive
 */

import { HEX } from './common.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Point} Point */
/** @typedef {{cells: Point[], w: number, h: number}} Comb corners of the cells in reading order, and the room of all */

/** White between two hexagons. */
const SLIT = 6;
/** From one hexagon's left to the next one's, and from one row's top to the next one's. */
const ACROSS = HEX.w + SLIT;
const DOWN = HEX.h * 0.75 + SLIT * 0.9;
/** Room around the hexagons of a hive, and of its title above them. */
const HIVE_MARGIN = 18;
export const TITLE_HEIGHT = 30;
const TITLE_GAP = 12;

/** Larger combs are plain rows: they fill a place better, and no sorting is needed. */
const LARGEST_CLUSTER = 48;
/** How much farther up and down counts than left and right, so that combs are wider than high. */
const FLATNESS = 1.5;
/** Around which a cluster may grow: a cell, between two, and between three. */
const MIDDLES = [
  [0.5, 0.25],
  [0, 0],
  [0.5, 0],
  [0, 0.5],
  [0.5, -0.25],
];

/** @type {Map<number, Comb>} */
const combs = new Map();

/**
 * The most compact comb of so many cells: two side by side, three in a triangle, seven in a flower.
 *
 * @param {number} count
 * @returns {Comb}
 */
export function comb(count) {
  let found = combs.get(count);
  if (!found) {
    found = count > LARGEST_CLUSTER ? rowsOfCells(count, Math.ceil(Math.sqrt(count * 1.4))) : cluster(count);
    combs.set(count, found);
  }
  return found;
}

/**
 * Cells in rows of a given length, every second row shifted by half a cell.
 *
 * @param {number} count
 * @param {number} columns
 * @returns {Comb}
 */
export function rowsOfCells(count, columns) {
  const cells = Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    return { column: (index % columns) + (row % 2) / 2, row };
  });
  return measured(cells);
}

/**
 * @param {number} count
 * @returns {Comb}
 */
function cluster(count) {
  const reach = Math.ceil(Math.sqrt(Math.max(count, 1))) + 1;
  let best = /** @type {{column: number, row: number}[]} */ ([]);
  let least = Infinity;
  for (const [x, y] of MIDDLES) {
    const around = [];
    for (let row = -reach; row <= reach; row++) {
      for (let column = -reach; column <= reach; column++) {
        const at = { column: column + (row & 1) / 2, row };
        around.push({ at, far: distance(at.column - x, row * (DOWN / ACROSS) - y) });
      }
    }
    around.sort((a, b) => a.far - b.far || a.at.row - b.at.row || a.at.column - b.at.column);
    const chosen = around.slice(0, count).map((one) => one.at);
    const cost = spread(chosen);
    if (cost < least - 1e-6) [best, least] = [chosen, cost];
  }
  return measured(best);
}

/**
 * @param {number} x
 * @param {number} y
 */
function distance(x, y) {
  return Math.round((x * x + FLATNESS * y * y) * 1e6);
}

/** @param {{column: number, row: number}[]} cells */
function spread(cells) {
  const mean = (/** @type {(cell: {column: number, row: number}) => number} */ of) =>
    cells.reduce((sum, cell) => sum + of(cell), 0) / Math.max(cells.length, 1);
  const [x, y] = [mean((cell) => cell.column), mean((cell) => cell.row)];
  return cells.reduce((sum, cell) => sum + (cell.column - x) ** 2 + FLATNESS * (0.866 * (cell.row - y)) ** 2, 0);
}

/**
 * @param {{column: number, row: number}[]} cells
 * @returns {Comb}
 */
function measured(cells) {
  if (!cells.length) return { cells: [], w: 0, h: 0 };
  const left = cells.reduce((least, cell) => Math.min(least, cell.column), Infinity);
  const top = cells.reduce((least, cell) => Math.min(least, cell.row), Infinity);
  const corners = [...cells]
    .sort((a, b) => a.row - b.row || a.column - b.column)
    .map((cell) => ({ x: Math.round((cell.column - left) * ACROSS), y: Math.round((cell.row - top) * DOWN) }));
  return {
    cells: corners,
    w: corners.reduce((most, corner) => Math.max(most, corner.x), 0) + HEX.w,
    h: corners.reduce((most, corner) => Math.max(most, corner.y), 0) + HEX.h,
  };
}

/**
 * The room of a hive: its title above its comb, with a margin around both. A hive without events keeps room for one.
 *
 * @param {number} count how many hexagons
 * @param {number} titleWidth
 * @returns {{w: number, h: number}}
 */
export function roomOfHive(count, titleWidth) {
  const { w, h } = comb(Math.max(count, 1));
  return {
    w: Math.max(w, titleWidth) + 2 * HIVE_MARGIN,
    h: TITLE_HEIGHT + TITLE_GAP + h + 2 * HIVE_MARGIN,
  };
}

/**
 * Where the title and the hexagons of a hive stand within its room, both centred.
 *
 * @param {Box} room
 * @param {number} count
 * @param {number} titleWidth
 * @returns {{title: Box, cells: Point[]}}
 */
export function withinHive(room, count, titleWidth) {
  const { cells, w } = comb(count);
  const left = room.x + (room.w - w) / 2;
  const top = room.y + HIVE_MARGIN + TITLE_HEIGHT + TITLE_GAP;
  return {
    title: { x: room.x + (room.w - titleWidth) / 2, y: room.y + HIVE_MARGIN, w: titleWidth, h: TITLE_HEIGHT },
    cells: cells.map((cell) => ({ x: left + cell.x, y: top + cell.y })),
  };
}

/**
 * How wide a chip is that holds this text, near enough: letters of other scripts and pictures count double.
 *
 * @param {string} text
 * @param {number} [most]
 * @returns {number}
 */
export function chipWidth(text, most = 240) {
  let letters = 0;
  for (const letter of text.slice(0, 60)) letters += /** @type {number} */ (letter.codePointAt(0)) > 0x2e7f ? 2 : 1;
  return Math.max(84, Math.min(most, Math.round(letters * 8.6) + 28));
}
