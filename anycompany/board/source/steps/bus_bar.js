/**
 * The bar: events in their columns around a middle line, with what starts them, and where arrows may leave them.
 *
 * @module steps/bus_bar
 */

import { EVENT, leftOf, STAIR } from './bus_columns.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Doc} Doc */

/** What starts an event: a small note on its upper edge. */
export const ORIGIN = { w: 96, h: 22 };

const STAIR_GAP = 12;
const PADDING = 20;
const END = 32;

/**
 * @typedef {import('./bus_columns.js').Column} Column
 * @typedef {{box: Box, down: [number, number], up: [number, number], alone: boolean}} Place an event's box, and from
 *   which x to which arrows may leave it downwards and upwards; `alone`: nothing of its moment stands below it
 * @typedef {{box: Box, places: Map<string, Place>, origins: Map<string, Box>, stacks: Map<Column, Box>}} Bar
 */

/**
 * Lays the bar; its middle line is y = 0.
 *
 * @param {Doc} doc
 * @param {Column[]} columns
 * @param {number} right where the last thing on or below the bar ends
 * @returns {Bar}
 */
export function layBar(doc, columns, right) {
  /** @type {Bar} */
  const bar = {
    box: { x: 0, y: 0, w: Math.max(right + END, leftOf(doc) + 480), h: 0 },
    places: new Map(),
    origins: new Map(),
    stacks: new Map(),
  };
  let [top, bottom] = [-EVENT.h / 2, EVENT.h / 2];
  for (const column of columns) {
    const stack = layColumn(bar, doc, column);
    bar.stacks.set(column, stack);
    top = Math.min(top, stack.y);
    bottom = Math.max(bottom, stack.y + stack.h);
  }
  bar.box.y = top - PADDING;
  bar.box.h = bottom - top + 2 * PADDING;
  return bar;
}

/**
 * @param {Bar} bar
 * @param {Doc} doc
 * @param {Column} column
 * @returns {Box} around the column's events and what starts them
 */
function layColumn(bar, doc, column) {
  const { events } = column;
  const started = events.map((event) => Boolean(doc.triggers?.[event]));
  const gaps = events.map((_, index) => (index === 0 ? 0 : STAIR_GAP + (started[index] ? ORIGIN.h : 0)));
  const height = events.length * EVENT.h + gaps.reduce((sum, gap) => sum + gap, 0);
  let y = -height / 2;
  events.forEach((event, index) => {
    y += gaps[index];
    const x = column.x + index * STAIR;
    const last = index === events.length - 1;
    bar.places.set(event, {
      box: { x, y, ...EVENT },
      down: last ? [x + 12, x + EVENT.w - 12] : [x + 8, x + STAIR - 8],
      up: [x + EVENT.w - 24, x + EVENT.w - 8],
      alone: last,
    });
    if (started[index]) bar.origins.set(event, { x, y: y - ORIGIN.h + 4, ...ORIGIN });
    y += EVENT.h;
  });
  const above = started[0] ? ORIGIN.h : 0;
  return { x: column.x, y: -height / 2 - above, w: column.w, h: height + above };
}
