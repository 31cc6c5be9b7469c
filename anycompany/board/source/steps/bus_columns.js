/**
 * Where events and workflows stand from left to right. Every moment of the timeline is a column of the bus;
 * alternatives go down like stairs, so that each has a free way down and a free way up. Every workflow has a stretch of
 * its own, right of what it hears, so that no arrow to a lower lane runs over another workflow.
 *
 * @module steps/bus_columns
 */

import { eventsIn, inOrder, serviceOfPolicy, titleOf } from '../model/reading.js';
import { heardByPolicy, serviceSource } from './bus_rules.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Doc} Doc */

/** An event on the bus. */
export const EVENT = { w: 128, h: 70 };
/** A workflow's card. */
export const WORKFLOW = { w: 168, h: 90 };
/** How far each step of the stairs goes to the right; in this strip the arrows of the upper event run. */
export const STAIR = 48;
/** Room at the left for the names of the bus and of the lanes, at least and at most. */
const LEFT = { least: 112, most: 208 };
/** How wide a letter is of a lane's title, and of its source. */
const LETTER = { title: 10.8, source: 6.8 };

const MOST_STAIRS = 4;
const BETWEEN = 24;
const AROUND_WORKFLOW = 8;

/**
 * Events that stand together. `word` joins them: `or`, `and`, `unplaced`, or nothing for one alone.
 *
 * @typedef {{events: string[], word: '' | 'or' | 'and' | 'unplaced', x: number, w: number}} Column
 * @typedef {{policy: string, service: string | null, x: number}} Slot
 */

/**
 * The columns of the bus and the stretches of the workflows.
 *
 * @param {Doc} doc
 * @returns {{columns: Column[], slots: Slot[], right: number}} `right`: where the last of them ends
 */
export function columnsOf(doc) {
  const columns = momentsOf(doc);
  const waiting = policiesByColumn(doc, columns);
  /** @type {Slot[]} */
  const slots = [];
  const left = leftOf(doc);
  let free = left; // where the next workflow may begin
  let x = left;
  columns.forEach((column, index) => {
    column.x = x = Math.max(x, free - inset(column));
    const policies = waiting.get(index) ?? [];
    let at = Math.max(free, column.x + column.w - inset(column));
    for (const policy of policies) {
      slots.push({ policy, service: serviceOfPolicy(doc, policy) ?? null, x: at });
      at += WORKFLOW.w + AROUND_WORKFLOW;
    }
    if (policies.length) free = at;
    x += column.w + BETWEEN;
  });
  const last = columns[columns.length - 1];
  return { columns, slots, right: Math.max(free, last ? last.x + last.w : left) };
}

/**
 * Where events begin: right of the names of the lanes, the first of which runs on below half of the first event.
 *
 * @param {Doc} doc
 * @returns {number}
 */
export function leftOf(doc) {
  const widths = Object.keys(doc.services ?? {}).map((service) =>
    Math.max(
      titleOf(doc, `services/${service}`).length * LETTER.title,
      serviceSource(doc, service).length * LETTER.source,
    ),
  );
  const wanted = Math.max(0, ...widths) + 28 - EVENT.w / 2;
  return Math.ceil(Math.min(LEFT.most, Math.max(LEFT.least, wanted)) / 8) * 8;
}

/**
 * How much of a lane's title can be read where a workflow begins at this x.
 *
 * @param {number} x
 * @returns {number} letters
 */
export function lettersBefore(x) {
  return Math.max(8, Math.floor((x - 28) / LETTER.title));
}

/**
 * How far a workflow may reach below a column from either side: so far that the arrows of the column's outer events
 * run straight to it.
 *
 * @param {Column} column
 * @returns {number}
 */
function inset(column) {
  return column.events.length > 1 ? STAIR + 8 : EVENT.w / 2;
}

/**
 * The moments of the timeline with the events that are there, each event once; then what has no place in time.
 *
 * @param {Doc} doc
 * @returns {Column[]}
 */
function momentsOf(doc) {
  /** @type {Set<string>} */
  const seen = new Set();
  /** @type {Column[]} */
  const columns = [];
  const put = (/** @type {string[]} */ events, /** @type {Column['word']} */ word) => {
    for (let start = 0; start < events.length; start += MOST_STAIRS) {
      const part = events.slice(start, start + MOST_STAIRS);
      columns.push({ events: part, word, x: 0, w: EVENT.w + (part.length - 1) * STAIR });
    }
  };
  for (const moment of doc.timeline ?? []) {
    const events = eventsIn(moment).filter((event) => doc.events?.[event] && !seen.has(event) && seen.add(event));
    const word = events.length < 2 ? '' : Array.isArray(moment) ? 'and' : 'or';
    put(events, word);
  }
  put(
    inOrder(doc).filter((event) => doc.events?.[event] && !seen.has(event)),
    'unplaced',
  );
  return columns;
}

/**
 * The policies below each column: that of the earliest event they hear; what hears nothing stands left of what it puts.
 *
 * @param {Doc} doc
 * @param {Column[]} columns
 * @returns {Map<number, string[]>}
 */
function policiesByColumn(doc, columns) {
  /** @type {Map<string, number>} */
  const column = new Map();
  columns.forEach(({ events }, index) => events.forEach((event) => column.set(event, index)));
  /** @param {string[] | undefined} events */
  const first = (events) => Math.min(...(events ?? []).map((event) => column.get(event) ?? Infinity));
  const services = [...Object.keys(doc.services ?? {}), null];
  const placed = Object.keys(doc.policies ?? {}).map((policy) => {
    const { emits = [], fails = [] } = doc.policies?.[policy] ?? {};
    const [heard, put] = [first(heardByPolicy(doc, policy)), first([...emits, ...fails])];
    const below = Number.isFinite(heard) ? heard : Number.isFinite(put) ? Math.max(0, put - 1) : 0;
    return { policy, below, put, lane: services.indexOf(serviceOfPolicy(doc, policy) ?? null) };
  });
  placed.sort((a, b) => a.below - b.below || order(a.put, b.put) || a.lane - b.lane);
  /** @type {Map<number, string[]>} */
  const found = new Map();
  for (const { policy, below } of placed) found.set(below, [...(found.get(below) ?? []), policy]);
  return found;
}

/**
 * @param {number} one
 * @param {number} other
 * @returns {number} as sort wants it, with infinite ones last
 */
function order(one, other) {
  return one === other ? 0 : one < other ? -1 : 1;
}
