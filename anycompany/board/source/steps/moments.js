/**
 * The timeline as columns: moments from left to right, the events of one moment below each other.
 *
 * @module steps/moments
 */

import { eventsIn } from '../model/reading.js';
import { boxAround } from './common.js';

/**
 * @typedef {import('../types.js').Box} Box
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {'one' | 'or' | 'and'} How one event, alternatives, or events at the same time
 * @typedef {{number: number, events: string[], how: How}} MomentOfEvents `number` in the storm's timeline, from 0
 * @typedef {Box & {event: string}} Cell
 * @typedef {MomentOfEvents & {box: Box, cells: Cell[]}} Column
 */

/** More events than this in one moment stand in several rows beside each other. */
const MOST_ROWS = 6;

/**
 * The moments with the events that are there, each event once, where it stands first.
 *
 * @param {Doc} doc
 * @param {ReadonlySet<string>} [without] events to be left out, such as those in the hand
 * @returns {MomentOfEvents[]} moments of no event are left out
 */
export function momentsOf(doc, without) {
  /** @type {Set<string>} */
  const seen = new Set(without);
  /** @type {MomentOfEvents[]} */
  const moments = [];
  (doc.timeline ?? []).forEach((moment, number) => {
    const events = eventsIn(moment).filter((event) => doc.events?.[event] && !seen.has(event) && seen.add(event));
    if (!events.length) return;
    const how = events.length === 1 ? 'one' : Array.isArray(moment) ? 'and' : 'or';
    moments.push({ number, events, how });
  });
  return moments;
}

/**
 * Lays moments out from left to right, their events from the top down.
 *
 * @param {MomentOfEvents[]} moments
 * @param {{sizeOf: (event: string, first: boolean) => {w: number, h: number}, between: number, stacked: number,
 *   top: number}} room `sizeOf` what an event takes with all that is stuck to it, `first` if it is the uppermost;
 *   `between` moments and `stacked` events how much is left free; `top` where the first events begin
 * @returns {Column[]}
 */
export function columnsOf(moments, { sizeOf, between, stacked, top }) {
  let x = 0;
  return moments.map((moment) => {
    /** @type {Cell[]} */
    const cells = [];
    const rows = Math.ceil(moment.events.length / Math.ceil(moment.events.length / MOST_ROWS));
    let [left, y, widest] = [x, top, 0];
    moment.events.forEach((event, index) => {
      if (index && index % rows === 0) [left, y, widest] = [left + widest + stacked, top, 0];
      const size = sizeOf(event, index % rows === 0);
      cells.push({ event, x: left, y, ...size });
      y += size.h + stacked;
      widest = Math.max(widest, size.w);
    });
    const box = boxAround(cells);
    x = box.x + box.w + between;
    return { ...moment, box, cells };
  });
}
