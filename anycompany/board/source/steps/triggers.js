/**
 * Step 3, trigger detection: what starts each event is stuck to it, and policies stand below, tied to what they hear
 * and to what they emit.
 *
 * @module steps/triggers
 */

import { inOrder } from '../model/reading.js';
import { GAP, NOTE, hotspotNotes, noteFor, path } from './common.js';
import { columnsOf, momentsOf } from './moments.js';
import { triggersActions } from './triggers_actions.js';
import { triggersDrops } from './triggers_drops.js';
import { guessesFor } from './triggers_guesses.js';
import { linesOf } from './triggers_lines.js';
import { policyNote, triggerNotes } from './triggers_notes.js';
import { triggersPanel } from './triggers_panel.js';
import { placePolicies, statedPolicies } from './triggers_policy_places.js';
import { triggersTyped } from './triggers_typed.js';

/**
 * @typedef {import('../types.js').Box} Box
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Insight} Insight
 * @typedef {import('../types.js').Note} Note
 * @typedef {import('../types.js').Scene} Scene
 * @typedef {import('../types.js').Step} Step
 * @typedef {import('./moments.js').Column} Column
 * @typedef {{notes: Note[], height: number}} Stuck
 */

const BETWEEN = 60;
const STACKED = 34;
const TOP = 0;
const AROUND = 12;
const LOOSE_ROWS = 6;

/** @type {Step} */
export const triggers = {
  number: 3,
  short: 'Trigger',
  question: 'What makes each of these things happen?',
  hint: 'Read every policy aloud: whenever …, then …. Who or what starts it, not how it is built.',
  placeholder: 'Visitor: Sign up · every day · whenever Account Created then Payment Attempted',
  scene,
  drops: triggersDrops,
  actions: triggersActions,
  typed: triggersTyped,
  panel: triggersPanel,
};

/**
 * @param {Doc} doc
 * @param {Insight} insight
 * @returns {Scene}
 */
function scene(doc, insight) {
  /** @type {Scene} */
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  if (!Object.keys(doc.events ?? {}).length) {
    drawn.empty = 'There is no event yet. Write down what happens in step 1, Discover, then say here what starts it.';
    drawn.notes.push(...hotspotNotes(doc, drawn));
    return drawn;
  }
  const guesses = guessesFor(doc, insight);
  const stuck = stuckTo(doc, guesses);
  const { columns, loose } = columnsWithTriggers(doc, stuck);
  const all = [...columns, ...loose];
  const events = drawEvents(drawn, doc, all, stuck);
  drawMoments(drawn, columns, stuck);
  drawLoose(drawn, loose);
  const bottom = Math.max(...all.map(({ box }) => box.y + box.h));
  const placed = placePolicies(all, statedPolicies(doc, guesses), BETWEEN);
  const { rows, arrows, labels } = linesOf(all, events, placed, bottom + AROUND);
  for (const one of placed) {
    drawn.notes.push({ ...policyNote(doc, one.id, one.policy, one.title, one.guess), x: one.x, y: rows[one.row] });
  }
  drawn.arrows.push(...arrows);
  drawn.labels.push(...labels);
  drawn.notes.push(...hotspotNotes(doc, drawn, groundOfLines(all, placed, bottom)));
  return drawn;
}

/**
 * What is stuck above each event: its trigger, or the guess of one.
 *
 * @param {Doc} doc
 * @param {import('../types.js').Edit[]} guesses
 * @returns {Map<string, Stuck>}
 */
function stuckTo(doc, guesses) {
  const guessed = new Map(guesses.filter(({ kind }) => kind === 'trigger').map((edit) => [edit.event, edit.trigger]));
  return new Map(
    Object.keys(doc.events ?? {}).map((event) => {
      const trigger = doc.triggers?.[event];
      return [event, triggerNotes(doc, event, trigger ?? guessed.get(event), !trigger && guessed.has(event))];
    }),
  );
}

/**
 * Columns of the moments, and after them the events that are not in time, a few in each column.
 *
 * @param {Doc} doc
 * @param {Map<string, Stuck>} stuck
 * @returns {{columns: Column[], loose: Column[]}}
 */
function columnsWithTriggers(doc, stuck) {
  const moments = momentsOf(doc);
  const inTime = new Set(moments.flatMap(({ events }) => events));
  const rest = inOrder(doc).filter((event) => !inTime.has(event));
  const count = moments.length;
  for (let index = 0; index < rest.length; index += LOOSE_ROWS) {
    moments.push({ number: -1, events: rest.slice(index, index + LOOSE_ROWS), how: 'and' });
  }
  const heightOf = (/** @type {string} */ event) => stuck.get(event)?.height ?? 0;
  const roof = moments.reduce((most, { events }) => Math.max(most, heightOf(events[0])), 0);
  const all = columnsOf(moments, {
    sizeOf: (event, first) => ({ w: NOTE.w, h: NOTE.h + (first ? roof : heightOf(event)) }),
    between: BETWEEN,
    stacked: STACKED,
    top: TOP,
  });
  const loose = all.slice(count).map((column) => shifted(column, count ? BETWEEN : 0));
  return { columns: all.slice(0, count), loose };
}

/**
 * @param {Column} column
 * @param {number} dx
 * @returns {Column}
 */
function shifted(column, dx) {
  const cells = column.cells.map((cell) => ({ ...cell, x: cell.x + dx }));
  return { ...column, cells, box: { ...column.box, x: column.box.x + dx } };
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {Column[]} columns
 * @param {Map<string, Stuck>} stuck
 * @returns {Map<string, Box & {lowest: boolean}>} the box of every event's own note
 */
function drawEvents(drawn, doc, columns, stuck) {
  /** @type {Map<string, Box & {lowest: boolean}>} */
  const boxes = new Map();
  for (const { cells } of columns) {
    cells.forEach(({ event, x, y, h }, index) => {
      const box = { x, y: y + h - NOTE.h, ...NOTE, lowest: cells[index + 1]?.x !== x };
      boxes.set(event, box);
      const own = stuck.get(event)?.notes ?? [];
      const started = own.length ? '' : ', started by a policy or by nothing yet';
      const note = noteFor(doc, event);
      drawn.notes.push({ ...note, x: box.x, y: box.y, says: note.says + started });
      drawn.notes.push(...own.map((part) => ({ ...part, x: box.x + part.x, y: box.y + part.y })));
    });
  }
  return boxes;
}

/**
 * @param {Scene} drawn
 * @param {Column[]} columns
 * @param {Map<string, Stuck>} stuck
 */
function drawMoments(drawn, columns, stuck) {
  columns.forEach(({ events, box, cells, how }) => {
    if (how === 'one') return;
    const spare = Math.min(
      ...cells.filter(({ y }) => y === box.y).map(({ event, h }) => h - NOTE.h - (stuck.get(event)?.height ?? 0)),
    );
    drawn.regions.push({
      x: box.x - AROUND,
      y: box.y + spare - AROUND,
      w: box.w + 2 * AROUND,
      h: box.h - spare + 2 * AROUND,
      key: `moment/${events[0]}`,
      kind: how === 'and' ? 'stream' : 'moment',
      dashed: how === 'and',
    });
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
  });
  columns.slice(1).forEach(({ events, box, cells, how }, index) => {
    const before = columns[index];
    const y = cells[0].y + cells[0].h - NOTE.h / 2;
    const from = before.box.x + before.box.w + (before.how === 'one' ? 0 : AROUND) + 8;
    const to = box.x - (how === 'one' ? 0 : AROUND) - 8;
    drawn.arrows.push({ key: `then/${events[0]}`, tone: 'time', d: path`M ${from} ${y} L ${to} ${y}` });
  });
}

/**
 * @param {Scene} drawn
 * @param {Column[]} loose
 */
function drawLoose(drawn, loose) {
  if (!loose.length) return;
  const [first, last] = [loose[0], loose[loose.length - 1]];
  const bottom = Math.max(...loose.map(({ box }) => box.y + box.h));
  drawn.regions.push({
    x: first.box.x - GAP,
    y: first.box.y - 44,
    w: last.box.x + last.box.w - first.box.x + 2 * GAP,
    h: bottom - first.box.y + 44 + AROUND,
    key: 'shelf/unplaced',
    kind: 'shelf',
    dashed: true,
    title: 'Not yet in time',
  });
}

/**
 * The ground below those events that lines go down from.
 *
 * @param {Column[]} columns
 * @param {import('./triggers_lines.js').Placed[]} policies
 * @param {number} bottom of the lowest event
 * @returns {Box[]}
 */
function groundOfLines(columns, policies, bottom) {
  const tied = new Set(policies.flatMap(({ when, emits, fails }) => [...when, ...emits, ...fails]));
  return columns
    .filter(({ events }) => events.some((event) => tied.has(event)))
    .map(({ box }) => {
      const top = box.y + box.h;
      return { x: box.x, y: top, w: box.w, h: bottom - top + NOTE.h };
    });
}
