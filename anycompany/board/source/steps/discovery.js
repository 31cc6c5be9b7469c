/**
 * Step 1, event discovery: everybody writes, nothing is judged, notes lie where they are put.
 *
 * @module steps/discovery
 */

import { GAP, NOTE, boxAround, hotspotNotes, noteFor } from './common.js';
import { discoveryActions } from './discovery_actions.js';
import { cornersOfEvents } from './discovery_layout.js';
import { mergeChoices } from './merging.js';
import { counted, idsOf, shortened, spoken } from './naming.js';
import { laidEvent } from './adding.js';

/**
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Drop} Drop
 * @typedef {import('../types.js').Note} Note
 * @typedef {import('../types.js').Scene} Scene
 * @typedef {import('../types.js').Step} Step
 */

/** The shelf of what was put aside. */
export const SHELF = 'shelf/parked';

const SHELF_HEAD = 56;
const SHELF_COLUMNS = 8;
/** The share of a note, on every side, on which another one can be laid without merging them. */
const EDGE = 0.15;
const EVERYWHERE = { x: -1e6, y: -1e6, w: 2e6, h: 2e6 };

/** @type {Step} */
export const discovery = {
  number: 1,
  short: 'Discover',
  question: 'What happens in our business?',
  hint: 'Everybody writes at once, in the past tense. No order, no argument: two names for one thing are welcome.',
  placeholder: 'Something that happened, such as Room Booked, and Enter',
  scene,
  drops,
  actions: discoveryActions,
  typed: (doc, text, near, at) => laidEvent(doc, text, at),
};

/**
 * @param {Doc} doc
 * @returns {Scene}
 */
function scene(doc) {
  /** @type {Scene} */
  const drawn = { notes: [], regions: [], arrows: [], labels: [], free: true };
  for (const [event, corner] of cornersOfEvents(doc)) {
    drawn.notes.push(noteAt(doc, event, corner));
  }
  drawn.notes.push(...hotspotNotes(doc, drawn));
  const parked = Object.entries(doc.board?.parked ?? {});
  if (drawn.notes.length || parked.length) drawShelf(drawn, parked);
  else
    drawn.empty =
      'Type what happened, such as Room Booked, and press Enter. Or paste a list, one event a line. ' +
      'A double-click on the wall writes a note there.';
  return drawn;
}

/** The note of each event as it was drawn last: of a large wall nearly all are the same again. @type {WeakMap<object, Note>} */
const before = new WeakMap();

/**
 * @param {Doc} doc
 * @param {string} event
 * @param {import('../types.js').Point} corner
 * @returns {Note}
 */
function noteAt(doc, event, { x, y }) {
  const said = doc.events?.[event] ?? {};
  const drawn = before.get(said);
  if (drawn && drawn.ref === `events/${event}` && drawn.x === x && drawn.y === y) return drawn;
  const note = noteFor(doc, event);
  const fresh = { ...note, x, y, says: note.says.replace(/, (moment \d+ of \d+|not yet in time)/, '') };
  before.set(said, fresh);
  return fresh;
}

/**
 * The shelf lies below everything else; it is there from the first note on, to be dropped on.
 *
 * @param {Scene} drawn
 * @param {[string, {name: string}][]} parked
 */
function drawShelf(drawn, parked) {
  const around = boxAround(drawn.notes);
  const top = around.y + around.h + 2 * GAP;
  const rows = Math.ceil(parked.length / SHELF_COLUMNS);
  drawn.regions.push({
    x: around.x - GAP,
    y: top,
    w: Math.max(around.w, SHELF_COLUMNS * (NOTE.w + GAP) - GAP) + 2 * GAP,
    h: SHELF_HEAD + Math.max(rows, 0.25) * (NOTE.h + GAP),
    key: SHELF,
    kind: 'shelf',
    dashed: true,
    title: parked.length ? `Put aside: ${counted(parked.length, 'note')}` : 'Put aside',
    subtitle: parked.length ? 'Drag a note out to bring it back' : 'Drop here what is for later',
  });
  parked.forEach(([id, event], index) => {
    drawn.notes.push({
      ...NOTE,
      x: around.x + (index % SHELF_COLUMNS) * (NOTE.w + GAP),
      y: top + SHELF_HEAD + Math.floor(index / SHELF_COLUMNS) * (NOTE.h + GAP),
      key: `parked/${id}`,
      kind: 'event',
      shape: 'paper',
      tag: 'put aside',
      text: event.name,
      says: `Event ${event.name}, put aside`,
    });
  });
}

/**
 * @param {Doc} doc
 * @param {Scene} drawn
 * @param {string[]} keys
 * @returns {Drop[]}
 */
function drops(doc, drawn, keys) {
  const parked = idsOf(keys, 'parked');
  if (parked.length) return dropsOfParked(doc, drawn, parked);
  const held = idsOf(keys, 'events');
  if (!held.length) return [];
  const names = spoken(held.map((id) => doc.events?.[id]?.name ?? id));
  const shelf = drawn.regions.find((region) => region.key === SHELF);
  /** @type {Drop[]} */
  const found = shelf
    ? [
        {
          key: SHELF,
          box: shelf,
          words: `Put ${names} aside for later`,
          edits: held.map((event) => ({ kind: 'park', event })),
        },
      ]
    : [];
  for (const note of drawn.notes) {
    if (!note.key.startsWith('events/') || keys.includes(note.key)) continue;
    found.push({
      key: `merge ${note.key}`,
      box: middleOf(note),
      show: { x: note.x, y: note.y, w: note.w, h: note.h },
      words: `Merge ${names} with “${shortened(note.text)}”`,
      get choices() {
        return mergeChoices(doc, note.key.slice('events/'.length), held);
      },
    });
  }
  return found;
}

/**
 * @param {Doc} doc
 * @param {Scene} drawn
 * @param {string[]} parked
 * @returns {Drop[]}
 */
function dropsOfParked(doc, drawn, parked) {
  const names = spoken(parked.map((id) => doc.board?.parked?.[id]?.name ?? id));
  const shelf = drawn.regions.find((region) => region.key === SHELF);
  const back = { key: 'back', box: EVERYWHERE, show: boxAround(drawn.notes, GAP), words: `Bring ${names} back` };
  return [
    { ...back, edits: parked.map((event) => ({ kind: 'unpark', event })) },
    ...(shelf ? [{ key: SHELF, box: shelf, words: `Leave ${names} on the shelf`, edits: [] }] : []),
  ];
}

/** @param {Note} note */
function middleOf(note) {
  const [dx, dy] = [note.w * EDGE, note.h * EDGE];
  return { x: note.x + dx, y: note.y + dy, w: note.w - 2 * dx, h: note.h - 2 * dy };
}
