/**
 * What red arrows and their names should not lie on: words, hexagons, other arrows. Kept in a coarse grid, so that the
 * little that is near a point is found at once.
 *
 * @module steps/contexts_obstacles
 */

import { HEX } from './common.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Point} Point */
/** @typedef {import('./contexts_layout.js').Layout} Layout */
/** @typedef {{box: Box, weight: number}} Obstacle */
/** @typedef {Map<number, Obstacle[]>} Grid */

const CELL = 96;
/** Points at either end of a curve that may lie on what the curve begins or ends at. */
const ENDS = 2;
/** Title and owner at the top of a place. */
const HEADING = 66;

/**
 * All that lies on a wall of contexts.
 *
 * @param {Layout} layout
 * @returns {Grid}
 */
export function gridOf(layout) {
  /** @type {Grid} */
  const grid = new Map();
  for (const obstacle of obstaclesOf(layout)) enter(grid, obstacle);
  return grid;
}

/**
 * @param {Layout} layout
 * @returns {Obstacle[]}
 */
function obstaclesOf(layout) {
  /** @type {Obstacle[]} */
  const obstacles = [];
  for (const place of layout.places) {
    const heading = { x: place.box.x, y: place.box.y, w: Math.min(place.box.w, place.titleWidth + 60), h: HEADING };
    obstacles.push({ box: place.box, weight: 5 }, { box: heading, weight: 12 });
    for (const hive of place.hives) {
      obstacles.push({ box: hive.chip, weight: 20 });
      for (const cell of hive.cells) {
        obstacles.push({ box: { x: cell.x + 8, y: cell.y + 26, w: HEX.w - 16, h: HEX.h - 52 }, weight: 16 });
        obstacles.push({ box: { x: cell.x + 6, y: cell.y + 12, w: HEX.w - 12, h: HEX.h - 24 }, weight: 7 });
      }
    }
    for (const copy of place.copies) obstacles.push({ box: copy.chip, weight: 20 });
  }
  return obstacles;
}

/**
 * Adds an obstacle for what comes after.
 *
 * @param {Grid} grid
 * @param {Obstacle} obstacle
 */
export function enter(grid, obstacle) {
  const { x, y, w, h } = obstacle.box;
  for (let column = Math.floor(x / CELL); column <= Math.floor((x + w) / CELL); column++) {
    for (let row = Math.floor(y / CELL); row <= Math.floor((y + h) / CELL); row++) {
      const key = cellOf(column, row);
      const list = grid.get(key);
      if (list) list.push(obstacle);
      else grid.set(key, [obstacle]);
    }
  }
}

/**
 * @param {number} column
 * @param {number} row
 */
function cellOf(column, row) {
  return column * 65536 + row;
}

/**
 * Lets the arrows that come after keep away from this one.
 *
 * @param {Grid} grid
 * @param {Point[]} points
 */
export function keepClear(grid, points) {
  for (const { x, y } of points) enter(grid, { box: { x: x - 7, y: y - 7, w: 14, h: 14 }, weight: 5 });
}

/**
 * What a curve covers on its way, save what it begins and ends at.
 *
 * @param {Grid} grid
 * @param {Point[]} points along the curve
 * @param {{place: Box, hex?: Box}} from
 * @param {{place: Box, chip?: Box}} to
 * @returns {number} the mean weight of what lies below its points
 */
export function hidden(grid, points, from, to) {
  let cost = 0;
  for (const [index, point] of points.entries()) {
    const own = index < ENDS ? from.hex : index >= points.length - ENDS ? to.chip : undefined;
    for (const { box, weight } of grid.get(cellOf(Math.floor(point.x / CELL), Math.floor(point.y / CELL))) ?? []) {
      if (point.x < box.x || point.x > box.x + box.w || point.y < box.y || point.y > box.y + box.h) continue;
      if (box !== from.place && box !== to.place && !(own && within(box, own))) cost += weight;
    }
  }
  return cost / points.length;
}

/**
 * @param {Box} box
 * @param {Box} around
 */
function within(box, around) {
  return (
    box.x >= around.x &&
    box.y >= around.y &&
    box.x + box.w <= around.x + around.w &&
    box.y + box.h <= around.y + around.h
  );
}

/**
 * What a box covers.
 *
 * @param {Grid} grid
 * @param {Box} box
 * @returns {number} by weight and area
 */
export function covered(grid, box) {
  /** @type {Set<Obstacle>} */
  const met = new Set();
  let cost = 0;
  for (let column = Math.floor(box.x / CELL); column <= Math.floor((box.x + box.w) / CELL); column++) {
    for (let row = Math.floor(box.y / CELL); row <= Math.floor((box.y + box.h) / CELL); row++) {
      for (const obstacle of grid.get(cellOf(column, row)) ?? []) {
        if (met.has(obstacle)) continue;
        met.add(obstacle);
        const across = Math.min(box.x + box.w, obstacle.box.x + obstacle.box.w) - Math.max(box.x, obstacle.box.x);
        const down = Math.min(box.y + box.h, obstacle.box.y + obstacle.box.h) - Math.max(box.y, obstacle.box.y);
        if (across > 0 && down > 0) cost += (across * down * obstacle.weight) / 100;
      }
    }
  }
  return cost;
}
