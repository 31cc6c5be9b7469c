/**
 * Where everything lies at step 5: contexts as places in rows, their entities in them as hives, copies as chips at
 * the foot, and entities without a home on a shelf to the left.
 *
 * @module steps/contexts_layout
 */

import { contextOf, entityEvents, titleOf } from '../model/reading.js';
import { GAP } from './common.js';
import { flatHive, flatHiveRoom } from './contexts_flat.js';
import { chipWidth, roomOfHive, TITLE_HEIGHT, withinHive } from './hive.js';
import { inRows } from './hive_flow.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Point} Point */

/**
 * @typedef {{entity: string, title: string, again: boolean, events: string[], room: Box, chip: Box,
 *   cells: Point[]}} Hive an entity at home; `again`: another context claims it too, and was first
 * @typedef {{entity: string, title: string, chip: Box}} Copy
 * @typedef {{context: string, title: string, hue: number, box: Box, head: Box, titleWidth: number,
 *   hives: Hive[], copies: Copy[]}} Place `titleWidth`: how much of the head its words take
 * @typedef {{places: Place[], ghost: Box, shelf: Box, homeless: Hive[]}} Layout
 */

const PADDING = 24;
const HEAD = 72;
const HEAD_TITLE = 34;
/** Between places, with room for the name of what crosses. */
const BETWEEN = { x: 116, y: 72 };
const LEAST = { w: 420, h: 230 };
const GHOST = { w: 268, h: 200 };
/** Where nothing hangs on it. */
const EMPTY_SHELF = 212;
const SHELF_HEAD = 64;
/** While no entity of the storm has more events, hives are rows: a screen is wider than high. */
const MOST_IN_A_ROW = 3;
const COPY_ROW = TITLE_HEIGHT + 12;

/**
 * Lays the contexts of a storm on the wall.
 *
 * @param {Doc} doc
 * @returns {Layout}
 */
export function layoutOfContexts(doc) {
  /** @type {Set<string>} */
  const drawn = new Set();
  const inner = Object.keys(doc.contexts ?? {}).map((context, hue) => innerOf(doc, context, hue, drawn));
  const flow = inRows([...inner, GHOST], { gap: BETWEEN.x, rowGap: BETWEEN.y, aspect: 1.75, fill: 'both' });
  const places = inner.map((one, index) => placed(one, flow.boxes[index]));
  return { places, ghost: flow.boxes[inner.length], ...shelfOf(doc) };
}

/**
 * @param {Doc} doc
 * @param {string} entity
 * @param {boolean} again
 */
function hiveOf(doc, entity, again) {
  const events = entityEvents(doc, entity).filter((event) => doc.events?.[event]);
  const title = titleOf(doc, `entities/${entity}`);
  const room = isFlat(doc) ? flatHiveRoom : roomOfHive;
  return { entity, title, again, events, size: room(events.length, chipWidth(title)), lay: isFlat(doc) ? flatHive : withinHive };
}

/** @type {WeakMap<Doc, boolean>} */
const flat = new WeakMap();

/**
 * Whether the hives of a storm are rows. The same for all of them, and no move between contexts changes it.
 *
 * @param {Doc} doc
 * @returns {boolean}
 */
function isFlat(doc) {
  let known = flat.get(doc);
  if (known === undefined) {
    known = Object.keys(doc.entities ?? {}).every((entity) => entityEvents(doc, entity).length <= MOST_IN_A_ROW);
    flat.set(doc, known);
  }
  return known;
}

/**
 * A context with its hives, before it is known where it stands.
 *
 * @param {Doc} doc
 * @param {string} context
 * @param {number} hue
 * @param {Set<string>} drawn entities that have been drawn in a context before
 */
function innerOf(doc, context, hue, drawn) {
  const said = doc.contexts?.[context] ?? {};
  const hives = (said.entities ?? [])
    .filter((entity) => doc.entities?.[entity])
    .map((entity) => {
      const again = drawn.has(entity);
      drawn.add(entity);
      return hiveOf(doc, entity, again);
    });
  const flow = inRows(
    hives.map((hive) => hive.size),
    { gap: GAP / 2, aspect: 1.6 },
  );
  const copies = [...new Set(said.copies ?? [])]
    .filter((entity) => doc.entities?.[entity])
    .map((entity) => ({ entity, title: titleOf(doc, `entities/${entity}`) }));
  const title = titleOf(doc, `contexts/${context}`);
  const titleWidth = Math.round(chipWidth(title, 300) * 1.4);
  const w = Math.max(LEAST.w, flow.w + 2 * PADDING, titleWidth + 2 * PADDING);
  const rows = copyRows(copies, w - 2 * PADDING);
  const h = Math.max(LEAST.h, HEAD + flow.h + PADDING + (rows.length ? rows.length * COPY_ROW + 8 : 0));
  return { context, title, hue, hives, flow, copies, titleWidth, w, h };
}

/**
 * @template {{title: string}} T
 * @param {T[]} copies
 * @param {number} width
 * @returns {{copy: T, x: number, w: number}[][]}
 */
function copyRows(copies, width) {
  /** @type {{copy: T, x: number, w: number}[][]} */
  const rows = [];
  let x = Infinity;
  for (const copy of copies) {
    const w = copyWidth(copy.title);
    if (x + w > width) {
      rows.push([]);
      x = 0;
    }
    rows[rows.length - 1].push({ copy, x, w });
    x += w + 10;
  }
  return rows;
}

/** @param {string} title */
function copyWidth(title) {
  return chipWidth(`Copy of ${title}`);
}

/**
 * @param {ReturnType<typeof innerOf>} inner
 * @param {Box} box
 * @returns {Place}
 */
function placed(inner, box) {
  const left = box.x + (box.w - inner.flow.w) / 2;
  const rows = copyRows(inner.copies, box.w - 2 * PADDING);
  const foot = box.y + box.h - PADDING - rows.length * COPY_ROW + 12;
  const free = box.h - HEAD - PADDING - inner.flow.h - (rows.length ? rows.length * COPY_ROW + 8 : 0);
  const top = box.y + HEAD + Math.max(0, Math.min(free / 2, 48));
  return {
    context: inner.context,
    title: inner.title,
    hue: inner.hue,
    box,
    titleWidth: inner.titleWidth,
    head: { x: box.x + PADDING - 8, y: box.y + 12, w: box.w - 2 * PADDING + 16, h: HEAD_TITLE },
    hives: inner.hives.map((hive, index) => standing(hive, inner.flow.boxes[index], left, top)),
    copies: rows.flatMap((row, number) =>
      row.map(({ copy, x, w }) => ({
        ...copy,
        chip: { x: box.x + PADDING + x, y: foot + number * COPY_ROW, w, h: TITLE_HEIGHT },
      })),
    ),
  };
}

/**
 * @param {ReturnType<typeof hiveOf>} hive
 * @param {Box} at
 * @param {number} left
 * @param {number} top
 * @returns {Hive}
 */
function standing(hive, at, left, top) {
  const room = { x: Math.round(left + at.x), y: Math.round(top + at.y), w: at.w, h: at.h };
  const { title, cells } = hive.lay(room, hive.events.length, chipWidth(hive.title));
  return { entity: hive.entity, title: hive.title, again: hive.again, events: hive.events, room, chip: title, cells };
}

/**
 * The shelf ends left of the places, so that none of them moves when it grows or empties.
 *
 * @param {Doc} doc
 * @returns {{shelf: Box, homeless: Hive[]}}
 */
function shelfOf(doc) {
  const loose = Object.keys(doc.entities ?? {})
    .filter((entity) => contextOf(doc, entity) === null)
    .map((entity) => hiveOf(doc, entity, false));
  const flow = inRows(
    loose.map((hive) => hive.size),
    { gap: GAP / 2, aspect: 0.8 },
  );
  const w = loose.length ? Math.max(flow.w, 220) + 2 * GAP : EMPTY_SHELF;
  const shelf = { x: -w - 2 * GAP, y: 0, w, h: SHELF_HEAD + (loose.length ? flow.h + GAP : 24) };
  const homeless = loose.map((hive, index) => standing(hive, flow.boxes[index], shelf.x + GAP, SHELF_HEAD));
  return { shelf, homeless };
}
