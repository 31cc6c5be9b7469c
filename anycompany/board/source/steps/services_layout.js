/**
 * Where everything lies at step 6: a lane for each service, its card at the left, its workflows beside it, the events
 * it owns below them.
 *
 * @module steps/services_layout
 */

import { titleOf } from '../model/reading.js';
import { GAP } from './common.js';
import { chipWidth } from './hive.js';
import { inRows } from './hive_flow.js';
import { lanesOf } from './services_reading.js';
import { workflowLines } from './services_words.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('./services_reading.js').Lane} Lane */
/** @typedef {{id: string, box: Box}} Lying */
/** @typedef {{lane: Lane, box: Box, cards: Lying[], missing: Box | null, policies: Lying[], events: Lying[],
 *   owns: {x: number, y: number} | null}} LaneBox `owns`: where the word stands before the events */

const CARD = { w: 244, h: 130 };
const WORKFLOW = { w: 226, h: 62 };
const SECOND_LINE = { letters: 25, h: 17 };
const LINE = 15;
const CHIP = { h: 28, gap: 8 };
const PADDING = 24;
const HEAD = 72;
const SHELF_HEAD = 64;
const LEAST_COLUMNS = 2;
const MOST_COLUMNS = 8;
/** Where a lane's workflows begin. */
const RIGHT = PADDING + CARD.w + GAP;

/**
 * Lays the services of a storm on the wall.
 *
 * @param {Doc} doc
 * @returns {{lanes: LaneBox[], shelf: Box, homeless: Lying[]}}
 */
export function layoutOfServices(doc) {
  const { lanes, homeless } = lanesOf(doc);
  const sizes = lanes.map((lane) => laneBox(doc, lane, { x: 0, y: 0, w: widthOf(lane), h: 0 }).box);
  const { boxes } = inRows(sizes, { gap: GAP, aspect: 1.5, fill: 'both' });
  return { lanes: stacked(doc, lanes, boxes), ...shelfOf(doc, homeless) };
}

/**
 * Lanes in their rows, each row as high as its highest lane now is: a lane that got wider needs less height.
 *
 * @param {Doc} doc
 * @param {Lane[]} lanes
 * @param {Box[]} boxes
 * @returns {LaneBox[]}
 */
function stacked(doc, lanes, boxes) {
  /** @type {LaneBox[]} */
  const laid = [];
  let y = 0;
  for (let first = 0; first < lanes.length;) {
    const end = boxes.findIndex((box, index) => index > first && box.y > boxes[first].y);
    const row = lanes.slice(first, end < 0 ? lanes.length : end);
    const heights = row.map((lane, index) => laneBox(doc, lane, { ...boxes[first + index], y, h: 0 }).box.h);
    const h = Math.max(...heights);
    for (const [index, lane] of row.entries()) laid.push(laneBox(doc, lane, { ...boxes[first + index], y, h }));
    first += row.length;
    y += h + GAP;
  }
  return laid;
}

/**
 * As wide as gives a lane the shape of a lane, however many workflows and events are in it.
 *
 * @param {Lane} lane
 */
function widthOf(lane) {
  const many = lane.policies.length + lane.events.length / 4;
  const columns = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, Math.ceil(Math.sqrt(many * 1.4))));
  return RIGHT + columns * (WORKFLOW.w + GAP) - GAP + PADDING;
}

/**
 * @param {Doc} doc
 * @param {Lane} lane
 * @param {Box} at its height is the least
 * @returns {LaneBox}
 */
function laneBox(doc, lane, at) {
  const [left, right, edge, inside] = [at.x + PADDING, at.x + RIGHT, at.x + at.w - PADDING, at.y + HEAD];
  const cards = lane.services.map((id, index) => ({
    id,
    box: { x: left, y: inside + index * (CARD.h + GAP / 2), ...CARD },
  }));
  const missing = cards.length ? null : { x: left, y: inside, ...CARD };
  const { lying: policies, bottom } = inColumns(doc, lane.policies, { x: right, y: inside }, edge);
  const first = lane.policies.length ? bottom + GAP * 0.75 : inside;
  const chips = chipRows(doc, lane.events, { x: right + 44, y: first }, edge);
  const foot = Math.max(chips.bottom, inside + Math.max(1, cards.length) * (CARD.h + GAP / 2) - GAP / 2);
  const owns = lane.events.length ? { x: right, y: first + 19 } : null;
  const box = { ...at, h: Math.max(at.h, foot - at.y + PADDING) };
  return { lane, box, cards, missing, policies, events: chips.lying, owns };
}

/**
 * @param {Doc} doc
 * @param {string[]} policies
 * @param {{x: number, y: number}} at
 * @param {number} edge
 * @returns {{lying: Lying[], bottom: number}}
 */
function inColumns(doc, policies, at, edge) {
  const columns = Math.max(1, Math.floor((edge - at.x + GAP) / (WORKFLOW.w + GAP)));
  /** @type {Lying[]} */
  const lying = [];
  let y = at.y;
  for (let start = 0; start < policies.length; start += columns) {
    const row = policies.slice(start, start + columns);
    const h = Math.max(...row.map((id) => workflowHeight(doc, id)));
    row.forEach((id, column) =>
      lying.push({ id, box: { x: at.x + column * (WORKFLOW.w + GAP), y, w: WORKFLOW.w, h } }),
    );
    y += h + GAP / 2;
  }
  return { lying, bottom: policies.length ? y - GAP / 2 : at.y };
}

/**
 * @param {Doc} doc
 * @param {string} policy
 */
function workflowHeight(doc, policy) {
  const second = titleOf(doc, `policies/${policy}`).length > SECOND_LINE.letters ? SECOND_LINE.h : 0;
  return WORKFLOW.h + second + LINE * workflowLines(doc, policy).length;
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @param {{x: number, y: number}} at
 * @param {number} edge
 * @returns {{lying: Lying[], bottom: number}}
 */
function chipRows(doc, events, at, edge) {
  /** @type {Lying[]} */
  const lying = [];
  let { x, y } = at;
  for (const id of events) {
    const w = chipWidth(titleOf(doc, `events/${id}`), 220);
    if (x > at.x && x + w > edge) {
      x = at.x;
      y += CHIP.h + CHIP.gap;
    }
    lying.push({ id, box: { x, y, w, h: CHIP.h } });
    x += w + CHIP.gap;
  }
  return { lying, bottom: events.length ? y + CHIP.h : at.y };
}

/**
 * @param {Doc} doc
 * @param {string[]} homeless
 * @returns {{shelf: Box, homeless: Lying[]}}
 */
function shelfOf(doc, homeless) {
  const columns = homeless.length > 60 ? 4 : homeless.length > 12 ? 2 : 1;
  const w = columns * (WORKFLOW.w + GAP) + GAP;
  const shelf = { x: -w - 2 * GAP, y: 0, w, h: SHELF_HEAD + 24 };
  const { lying, bottom } = inColumns(doc, homeless, { x: shelf.x + GAP, y: SHELF_HEAD }, shelf.x + w - GAP);
  if (homeless.length) shelf.h = bottom + GAP;
  return { shelf, homeless: lying };
}
