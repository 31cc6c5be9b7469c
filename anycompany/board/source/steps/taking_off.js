/**
 * Taking notes off the wall: put aside for later, or removed.
 *
 * @module steps/taking_off
 */

import { titleOf } from '../model/reading.js';
import { counted, idsOf, spoken } from './naming.js';

/**
 * @typedef {import('../types.js').Action} Action
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Edit} Edit
 */

/** The sections whose notes can be taken off the wall one by one. */
export const REMOVABLE = [
  'events',
  'policies',
  'entities',
  'contexts',
  'services',
  'listeners',
  'contracts',
  'hotspots',
  'decisions',
];

/**
 * Putting events aside for later, and bringing them back.
 *
 * @param {Doc} doc
 * @param {string[]} keys of the selected notes
 * @returns {Action[]}
 */
export function parkActions(doc, keys) {
  const events = idsOf(keys, 'events').filter((id) => doc.events?.[id]);
  const parked = parkedAmong(doc, keys);
  const waiting = Object.entries(doc.board?.parked ?? {});
  /** @type {Action[]} */
  const actions = [];
  if (events.length) {
    actions.push({
      id: 'park',
      name: events.length > 1 ? `Put ${events.length} events aside for later` : 'Put aside for later',
      edits: () => events.map((event) => ({ kind: 'park', event })),
    });
  }
  if (parked.length) {
    actions.push({
      id: 'unpark',
      name: 'Bring back from the shelf',
      edits: () => parked.map((event) => ({ kind: 'unpark', event })),
    });
  } else if (waiting.length) {
    actions.push({
      id: 'unpark-some',
      name: 'Bring back what was put aside…',
      ask: [
        {
          key: 'events',
          label: 'Put aside',
          kind: 'many',
          choices: waiting.map(([value, event]) => ({ value, words: event.name })),
        },
      ],
      edits: (answers) => answers.events.map((/** @type {string} */ event) => ({ kind: 'unpark', event })),
    });
  }
  return actions;
}

/**
 * Removing what is selected.
 *
 * @param {Doc} doc
 * @param {string[]} keys of the selected notes
 * @returns {Action[]}
 */
export function removeActions(doc, keys) {
  /** @type {Edit[]} */
  const edits = REMOVABLE.flatMap((section) =>
    idsOf(keys, section)
      .filter((id) => /** @type {any} */ (doc)[section]?.[id])
      .map((id) => ({ kind: 'remove', of: section, id })),
  );
  for (const event of parkedAmong(doc, keys))
    edits.push({ kind: 'unpark', event }, { kind: 'remove', of: 'events', id: event });
  const count = edits.filter((edit) => edit.kind === 'remove').length;
  if (!count) return [];
  const [first] = edits.slice(-1);
  const name = count > 1 ? counted(count, 'note') : spoken([nameOf(doc, first)]);
  return [{ id: 'remove', name: `Remove ${name}`, keys: 'Delete', danger: true, edits: () => edits }];
}

/**
 * @param {Doc} doc
 * @param {Edit} edit a removal
 */
function nameOf(doc, edit) {
  return doc.board?.parked?.[edit.id]?.name ?? titleOf(doc, `${edit.of}/${edit.id}`);
}

/**
 * @param {Doc} doc
 * @param {string[]} keys
 * @returns {string[]} the parked events among them
 */
function parkedAmong(doc, keys) {
  return idsOf(keys, 'parked').filter((id) => doc.board?.parked?.[id]);
}
