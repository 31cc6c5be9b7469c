/**
 * What can be done at step 2 beside dragging: every place in time by name, and earlier and later by a key.
 *
 * @module steps/sequencing_actions
 */

import { pasteAction } from './discovery_actions.js';
import { mergeAction } from './merging.js';
import { momentsOf } from './moments.js';
import { counted, idsOf, spoken } from './naming.js';
import { joinEdits, placeEdits } from './placing.js';

/**
 * @typedef {import('../types.js').Action} Action
 * @typedef {import('../types.js').Doc} Doc
 */

/** @type {{value: string, words: string}[]} */
const WHERE = [
  { value: 'after', words: 'after' },
  { value: 'before', words: 'before' },
  { value: 'instead_of', words: 'instead of (either this or that)' },
  { value: 'parallel_to', words: 'at the same time as' },
  { value: 'end', words: 'at the end' },
];

/**
 * @param {Doc} doc
 * @param {string[]} keys
 * @returns {Action[]}
 */
export function sequencingActions(doc, keys) {
  const events = idsOf(keys, 'events').filter((id) => doc.events?.[id]);
  const inTime = momentsOf(doc).flatMap((moment) => moment.events);
  return [
    ...(events.length ? ofEvents(doc, events, inTime) : []),
    ...mergeAction(doc, events),
    ...placeLoose(doc, inTime),
    pasteAction(),
  ];
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @param {string[]} inTime
 * @returns {Action[]}
 */
function ofEvents(doc, events, inTime) {
  const placed = new Set(inTime);
  const standing = events.filter((event) => placed.has(event));
  return [
    ...(events.length === 1 ? byOne(doc, events[0]) : ofSeveral(doc, events, standing)),
    placeAction(doc, events, inTime),
    ...(standing.length
      ? [
          {
            id: 'unplace',
            name: standing.length > 1 ? `Take ${standing.length} events out of time` : 'Take out of time',
            keys: 'u',
            edits: () => standing.map((event) => ({ kind: 'unplace', event })),
          },
        ]
      : []),
  ];
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @param {string[]} inTime
 * @returns {Action}
 */
function placeAction(doc, events, inTime) {
  const chosen = new Set(events);
  const neighbours = inTime.filter((event) => !chosen.has(event));
  return {
    id: 'place',
    name: `Put ${spoken(events.map((id) => doc.events?.[id]?.name ?? id))} into time…`,
    keys: 't',
    ask: [
      { key: 'where', label: 'Where', kind: 'one', choices: WHERE, value: neighbours.length ? 'after' : 'end' },
      {
        key: 'neighbour',
        label: 'Neighbour',
        kind: 'one',
        optional: true,
        choices: neighbours.map((value) => ({ value, words: doc.events?.[value]?.name ?? value })),
      },
    ],
    edits: ({ where, neighbour }) => {
      if (where === 'end') return placeEdits(events, {});
      if (!neighbour) throw new Error('No neighbour is named. Choose one, or put the event at the end.');
      return placeEdits(events, { [where]: neighbour });
    },
  };
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {Action[]}
 */
function byOne(doc, event) {
  const rest = momentsOf(doc, new Set([event]));
  const own = momentsOf(doc).find((moment) => moment.events.includes(event));
  if (!own) return [];
  const before = rest.filter((moment) => moment.number < own.number);
  const after = rest.filter((moment) => moment.number > own.number);
  const alone = own.events.length === 1;
  /** @type {Action[]} */
  const actions = [];
  // Out of a moment of several it goes just before or after its fellows; alone it passes the whole next moment.
  const earlier = alone ? before[before.length - 1] : rest.find((moment) => moment.number === own.number);
  const later = alone ? after[0] : earlier;
  if (earlier) {
    actions.push({
      id: 'earlier',
      name: 'Earlier by one moment',
      keys: ',',
      edits: () => placeEdits([event], { before: earlier.events[0] }),
    });
  }
  if (later) {
    actions.push({
      id: 'later',
      name: 'Later by one moment',
      keys: '.',
      edits: () => placeEdits([event], { after: later.events[0] }),
    });
  }
  return actions;
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @param {string[]} standing
 * @returns {Action[]}
 */
function ofSeveral(doc, events, standing) {
  const ordered = [...standing, ...events.filter((event) => !standing.includes(event))];
  const many = counted(events.length, 'event');
  return [
    {
      id: 'alternatives',
      name: `Either, or: one of these ${many} happens`,
      keys: 'o',
      edits: () => joinEdits(ordered, 'instead_of', standing.length > 0),
    },
    {
      id: 'parallel',
      name: `At the same time: all of these ${many} happen`,
      keys: 'a',
      edits: () => joinEdits(ordered, 'parallel_to', standing.length > 0),
    },
    {
      id: 'one-by-one',
      name: `One after the other, in the order they were selected`,
      keys: 's',
      edits: () =>
        standing.includes(events[0]) ? placeEdits(events.slice(1), { after: events[0] }) : placeEdits(events, {}),
    },
  ];
}

/**
 * @param {Doc} doc
 * @param {string[]} inTime
 * @returns {Action[]}
 */
function placeLoose(doc, inTime) {
  const placed = new Set(inTime);
  const loose = Object.keys(doc.events ?? {}).filter((event) => !placed.has(event));
  if (!loose.length) return [];
  return [
    {
      id: 'place-loose',
      name:
        loose.length > 1
          ? `Put all ${loose.length} at the end, as they were written`
          : 'Put the one that is left at the end',
      tool: true,
      edits: () => loose.flatMap((event) => placeEdits([event], {})),
    },
  ];
}
