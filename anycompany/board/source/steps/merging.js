/**
 * Two notes that mean the same become one, by dropping one on the other or by name.
 *
 * @module steps/merging
 */

import { shortened, spoken } from './naming.js';

/**
 * @typedef {import('../types.js').Action} Action
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Edit} Edit
 */

/** How many of the names are offered when many notes become one. */
const MOST_NAMES = 5;

/**
 * The edits that let one event stand for others too.
 *
 * @param {Doc} doc
 * @param {string} keep its id
 * @param {string[]} gone the others
 * @param {string} name what it is called from now on
 * @returns {Edit[]}
 */
export function mergeEdits(doc, keep, gone, name) {
  const same = name === doc.events?.[keep]?.name;
  return gone.map((id, index) => ({
    kind: 'merge',
    keep,
    gone: id,
    ...(index === gone.length - 1 && !same && { name }),
  }));
}

/**
 * What dropping events on another may mean: to merge them, under each of their names.
 *
 * @param {Doc} doc
 * @param {string} keep the event that lies on the wall
 * @param {string[]} gone the events in the hand
 * @returns {{words: string, edits: Edit[]}[]}
 */
export function mergeChoices(doc, keep, gone) {
  const names = [...new Set([keep, ...gone].map((id) => doc.events?.[id]?.name ?? id))];
  return names.slice(0, MOST_NAMES).map((name) => ({
    words: names.length > 1 ? `Merge as “${shortened(name)}”` : 'Merge: they mean the same',
    edits: mergeEdits(doc, keep, gone, name),
  }));
}

/**
 * The action that merges the selected events under any name.
 *
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action[]} none for fewer than two
 */
export function mergeAction(doc, events) {
  if (events.length < 2) return events.length ? [mergeOne(doc, events[0])] : [];
  const [keep, ...gone] = events;
  const names = events.map((id) => doc.events?.[id]?.name ?? id);
  return [
    {
      id: 'merge',
      name: `Merge ${spoken(names)}…`,
      keys: '&',
      ask: [
        {
          key: 'name',
          label: 'Called from now on',
          kind: 'text',
          value: names[0],
          hint: names
            .slice(1)
            .map((name) => shortened(name))
            .join(', '),
        },
      ],
      edits: ({ name }) => mergeEdits(doc, keep, gone, name),
    },
  ];
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {Action}
 */
function mergeOne(doc, event) {
  const name = doc.events?.[event]?.name ?? event;
  const others = Object.entries(doc.events ?? {}).filter(([id]) => id !== event);
  return {
    id: 'merge',
    name: `Merge ${spoken([name])} with another note…`,
    keys: '&',
    ask: [
      {
        key: 'gone',
        label: 'It also stands for',
        kind: 'one',
        choices: others.map(([value, other]) => ({ value, words: other.name })),
      },
      { key: 'name', label: 'Called from now on', kind: 'text', value: name },
    ],
    edits: (answers) => mergeEdits(doc, event, [answers.gone], answers.name),
  };
}
