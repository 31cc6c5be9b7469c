/**
 * Step 2, temporal sequencing: moments from left to right along an arrow of time; what happens instead of or at the
 * same time as something else stands with it; what is not yet in time lies on a shelf below.
 *
 * @module steps/sequencing
 */

import { timedEvent } from './adding.js';
import { GAP, NOTE, hotspotNotes, noteFor, path, sayEvent } from './common.js';
import { columnsOf, momentsOf } from './moments.js';
import { counted } from './naming.js';
import { sequencingActions } from './sequencing_actions.js';
import { sequencingDrops } from './sequencing_drops.js';

/**
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Scene} Scene
 * @typedef {import('../types.js').Step} Step
 * @typedef {import('./moments.js').Column} Column
 */

export const SHELF = 'shelf/unplaced';
/** The key of the region of a moment is this and its first event. */
export const MOMENT = 'moment/';

const BETWEEN = 60;
const STACKED = 34;
const TOP = 56;
const AROUND = 12;
/** How far right of a pivotal moment the line stands after which all is different. */
const PIVOT = 12;
const SHELF_HEAD = 60;
const SHELF_COLUMNS = 8;

/** @type {Step} */
export const sequencing = {
  number: 2,
  short: 'Sequence',
  question: 'In which order do these things happen?',
  hint: 'Lay out the happy path first, then ask at every event: and if not? No causes and no owners yet.',
  placeholder: 'Another event, and Enter: it goes after the focused note',
  scene,
  drops: sequencingDrops,
  actions: sequencingActions,
  typed: (doc, text, near) => timedEvent(doc, text, near?.startsWith('events/') ? near.slice(7) : null),
};

/**
 * @param {Doc} doc
 * @returns {Scene}
 */
function scene(doc) {
  /** @type {Scene} */
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  const columns = columnsOf(momentsOf(doc), { sizeOf: () => NOTE, between: BETWEEN, stacked: STACKED, top: TOP });
  const bottom = columns.reduce((lowest, { box }) => Math.max(lowest, box.y + box.h), TOP + NOTE.h);
  columns.forEach((column, index) => drawMoment(drawn, doc, column, columns[index + 1], bottom));
  const placed = new Set(columns.flatMap((column) => column.events));
  const loose = Object.keys(doc.events ?? {}).filter((event) => !placed.has(event));
  if (!placed.size && !loose.length) {
    drawn.empty = 'There is no event yet. Type one here, or write down what happens in step 1, Discover.';
    drawn.notes.push(...hotspotNotes(doc, drawn));
    return drawn;
  }
  const right = drawTime(drawn, columns);
  drawShelf(drawn, doc, loose, { top: bottom + 2 * GAP + AROUND, width: right });
  drawn.notes.push(...hotspotNotes(doc, drawn, [{ x: 0, y: -8, w: right, h: 24 }]));
  return drawn;
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {Column} column
 * @param {Column | undefined} next
 * @param {number} bottom of the lowest moment
 */
function drawMoment(drawn, doc, column, next, bottom) {
  const { box, cells, events, how } = column;
  for (const { event, x, y } of cells)
    drawn.notes.push({ ...noteFor(doc, event), x, y, says: sayPlaced(doc, column, event) });
  if (how !== 'one') {
    drawn.regions.push({
      x: box.x - AROUND,
      y: box.y - AROUND,
      w: box.w + 2 * AROUND,
      h: box.h + 2 * AROUND,
      key: `${MOMENT}${events[0]}`,
      kind: how === 'and' ? 'stream' : 'moment',
      dashed: how === 'and',
    });
    joints(drawn, column);
  }
  const pivotal = events.some((event) => doc.events?.[event]?.pivotal);
  if (next) {
    const y = box.y + NOTE.h / 2;
    const [from, to] = [box.x + box.w + edgeOf(column) + (pivotal ? PIVOT : 0) + 6, next.box.x - edgeOf(next) - 6];
    drawn.arrows.push({ key: `then/${events[0]}`, tone: 'time', d: path`M ${from} ${y} L ${to} ${y}` });
  }
  if (pivotal) {
    const x = box.x + box.w + edgeOf(column) + PIVOT;
    drawn.arrows.push({
      key: `pivotal/${events[0]}`,
      tone: 'time',
      ends: false,
      d: path`M ${x} ${0} L ${x} ${bottom + AROUND}`,
    });
  }
}

/** @param {Column} column how far its region reaches beyond its notes */
function edgeOf(column) {
  return column.how === 'one' ? 0 : AROUND;
}

/**
 * The words between events of one moment that stand below each other.
 *
 * @param {Scene} drawn
 * @param {Column} column
 */
function joints(drawn, { cells, how }) {
  cells.forEach((cell, index) => {
    if (!index || cells[index - 1].x !== cell.x) return;
    drawn.labels.push({
      key: `joint/${cell.event}`,
      x: cell.x + cell.w / 2,
      y: cell.y - STACKED / 2 + 4,
      text: how === 'or' ? 'or' : 'and',
      size: 12.5,
      weight: 600,
      tone: 'soft',
      anchor: 'middle',
    });
  });
}

/**
 * The arrow of time above all moments, and the number of each.
 *
 * @param {Scene} drawn
 * @param {Column[]} columns
 * @returns {number} how far it reaches to the right
 */
function drawTime(drawn, columns) {
  const last = columns[columns.length - 1];
  const right = Math.max(last ? last.box.x + last.box.w + BETWEEN : 0, SHELF_COLUMNS * (NOTE.w + GAP) - GAP);
  drawn.arrows.push({ key: 'time', tone: 'time', d: path`M ${0} ${8} L ${right} ${8}` });
  drawn.labels.push({ key: 'time', x: right + 12, y: 12, text: 'time', size: 12.5, tone: 'soft', weight: 600 });
  columns.forEach(({ box, events }, index) => {
    drawn.labels.push({
      key: `number/${events[0]}`,
      x: box.x + box.w / 2,
      y: 32,
      text: String(index + 1),
      size: 12.5,
      tone: 'soft',
      anchor: 'middle',
    });
  });
  return right;
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {string[]} loose the events that are not in time
 * @param {{top: number, width: number}} room
 */
function drawShelf(drawn, doc, loose, { top, width }) {
  const columns = Math.max(SHELF_COLUMNS, Math.floor((width + GAP) / (NOTE.w + GAP)));
  const rows = Math.ceil(loose.length / columns);
  drawn.regions.push({
    x: -GAP,
    y: top,
    w: Math.max(width, columns * (NOTE.w + GAP) - GAP) + 2 * GAP,
    h: SHELF_HEAD + Math.max(rows * (NOTE.h + GAP), 8),
    key: SHELF,
    kind: 'shelf',
    dashed: true,
    title: loose.length ? `Not yet in time: ${counted(loose.length, 'event')}` : 'Not yet in time',
    subtitle: loose.length
      ? 'Drag each to its moment'
      : 'Every event has its moment. Drop one here to take it out of time',
  });
  loose.forEach((event, index) => {
    const [column, row] = [index % columns, Math.floor(index / columns)];
    drawn.notes.push({
      ...noteFor(doc, event),
      x: column * (NOTE.w + GAP),
      y: top + SHELF_HEAD + row * (NOTE.h + GAP),
    });
  });
}

/**
 * @param {Doc} doc
 * @param {Column} column
 * @param {string} event
 */
function sayPlaced(doc, { events, how }, event) {
  const others = events.filter((one) => one !== event).map((one) => doc.events?.[one]?.name ?? one);
  const beside =
    how === 'or'
      ? `, or instead ${others.join(', ')}`
      : how === 'and'
        ? `, at the same time as ${others.join(', ')}`
        : '';
  return `${sayEvent(doc, event)}${beside.slice(0, 300)}`;
}
