/**
 * What can be done at step 1 beside typing and dragging: paste a list, merge, and put selected notes in order.
 *
 * @module steps/discovery_actions
 */

import { askQuestions } from '../frame/dialog.js';
import { GAP, NOTE } from './common.js';
import { cornersOfEvents } from './discovery_layout.js';
import { mergeAction } from './merging.js';
import { counted, idsOf } from './naming.js';
import { layAt } from './places.js';

/**
 * @typedef {import('../types.js').Action} Action
 * @typedef {import('../types.js').Board} Board
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Edit} Edit
 * @typedef {import('../types.js').Point} Point
 */

/**
 * @param {Doc} doc
 * @param {string[]} keys
 * @returns {Action[]}
 */
export function discoveryActions(doc, keys) {
  const events = idsOf(keys, 'events').filter((id) => doc.events?.[id]);
  return [pasteAction(), ...mergeAction(doc, events), ...(events.length > 1 ? arranging(doc, events) : [])];
}

/**
 * A pasted list becomes as many notes; the kernel reads the lines, so that bullets and numbers go.
 *
 * @returns {Action}
 */
export function pasteAction() {
  return {
    id: 'paste-list',
    name: 'Paste a list of events…',
    keys: 'l',
    tool: true,
    run: (board) => void paste(board),
  };
}

/** @param {Board} board */
async function paste(board) {
  const answers = await askQuestions(board, 'Paste a list of events', [
    { key: 'lines', label: 'Events, one a line', kind: 'lines', hint: 'Bullets and numbers are taken off' },
  ]);
  if (!answers) return;
  try {
    const { edits } = await board.session.ask('lines', { text: answers.lines.join('\n') });
    await board.do(edits, `Added ${counted(answers.lines.length, 'event')}.`);
  } catch (error) {
    board.notice('warning', error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action[]}
 */
function arranging(doc, events) {
  /** @type {(place: (corners: Point[]) => Point[]) => () => Edit[]} */
  const laid = (place) => () => {
    const all = cornersOfEvents(doc);
    const corners = events.map((id) => all.get(id) ?? { x: 0, y: 0 });
    return place(corners).map((at, index) => layAt(`events/${events[index]}`, at));
  };
  const least = (/** @type {Point[]} */ corners, /** @type {'x' | 'y'} */ axis) =>
    Math.min(...corners.map((one) => one[axis]));
  const many = counted(events.length, 'note');
  return [
    {
      id: 'align-left',
      name: `Align ${many} at the left`,
      edits: laid((corners) => corners.map(({ y }) => ({ x: least(corners, 'x'), y }))),
    },
    {
      id: 'align-top',
      name: `Align ${many} at the top`,
      edits: laid((corners) => corners.map(({ x }) => ({ x, y: least(corners, 'y') }))),
    },
    {
      id: 'align-grid',
      name: `Lay ${many} out in a grid`,
      tool: true,
      edits: laid((corners) => inGrid(corners)),
    },
  ];
}

/**
 * The corners of a grid about as wide as it is high, in reading order of where the notes lay before.
 *
 * @param {Point[]} corners
 * @returns {Point[]}
 */
function inGrid(corners) {
  const columns = Math.ceil(Math.sqrt(corners.length));
  const start = { x: Math.min(...corners.map((one) => one.x)), y: Math.min(...corners.map((one) => one.y)) };
  const order = corners
    .map((_, index) => index)
    .sort((a, b) => rowOf(corners[a]) - rowOf(corners[b]) || corners[a].x - corners[b].x);
  /** @type {Point[]} */
  const placed = [];
  order.forEach((index, place) => {
    placed[index] = {
      x: start.x + (place % columns) * (NOTE.w + GAP),
      y: start.y + Math.floor(place / columns) * (NOTE.h + GAP),
    };
  });
  return placed;
}

/** @param {Point} corner */
function rowOf(corner) {
  return Math.round(corner.y / (NOTE.h + GAP));
}
