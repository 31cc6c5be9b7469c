/**
 * Where notes lie at step 1: where somebody laid them, and the others in a tidy grid in the order they were written.
 *
 * @module steps/discovery_layout
 */

import { GAP, NOTE } from './common.js';
import { makeGround } from './ground.js';
import { laidAt } from './places.js';

/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Point} Point */

const COLUMNS = 8;
const ROWS = 6;
const SHEETS_ACROSS = 4;
const BETWEEN_SHEETS = 2 * GAP;
/** A cell counts as taken when something lies on its middle, this far around. */
const MIDDLE = 0.25;

/**
 * The left top corner of every event's note.
 *
 * An event that nobody laid anywhere has the cell of its number, so that it stays where it is when others are added
 * or carried off. Where an earlier note was laid over that cell, it moves on to the next one.
 *
 * @param {Doc} doc
 * @returns {Map<string, Point>} by the event's id
 */
export function cornersOfEvents(doc) {
  /** @type {Map<string, Point>} */
  const corners = new Map();
  const ground = makeGround([]);
  let [number, next] = [0, 0];
  for (const event of Object.keys(doc.events ?? {})) {
    const laid = laidAt(doc, event);
    if (laid) {
      corners.set(event, laid);
      ground.take({ ...laid, ...NOTE });
    } else {
      next = Math.max(next, number);
      while (!ground.isFree(middleOfCell(next))) next += 1;
      corners.set(event, cell(next));
      next += 1;
    }
    number += 1;
  }
  return corners;
}

/**
 * The left top corner of a cell. Cells fill sheets from left to right and down, and sheets stand side by side: so a
 * wall of thousands stays about as wide as it is high, and no note moves when the wall grows.
 *
 * @param {number} number from 0
 * @returns {Point}
 */
export function cell(number) {
  const sheet = Math.floor(number / (COLUMNS * ROWS));
  const within = number % (COLUMNS * ROWS);
  const column = (sheet % SHEETS_ACROSS) * COLUMNS + (within % COLUMNS);
  const row = Math.floor(sheet / SHEETS_ACROSS) * ROWS + Math.floor(within / COLUMNS);
  return {
    x: column * (NOTE.w + GAP) + (sheet % SHEETS_ACROSS) * BETWEEN_SHEETS,
    y: row * (NOTE.h + GAP) + Math.floor(sheet / SHEETS_ACROSS) * BETWEEN_SHEETS,
  };
}

/** @param {number} number */
function middleOfCell(number) {
  const { x, y } = cell(number);
  return {
    x: x + NOTE.w * MIDDLE,
    y: y + NOTE.h * MIDDLE,
    w: NOTE.w * (1 - 2 * MIDDLE),
    h: NOTE.h * (1 - 2 * MIDDLE),
  };
}
