/**
 * What can be done at every step: take off, hot spots and votes, decisions, putting aside, pivotal events, findings.
 *
 * @module steps/everybody
 */

import { findingActions } from './finding_actions.js';
import { idsOf } from './naming.js';
import { parkActions, removeActions } from './taking_off.js';
import { talkingActions } from './talking.js';

/**
 * @typedef {import('../types.js').Action} Action
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Insight} Insight
 */

/**
 * The actions that every step offers, for these selected notes.
 *
 * @param {Doc} doc
 * @param {string[]} keys of the selected notes; may be empty
 * @param {Insight} insight
 * @returns {Action[]}
 */
export function everybodyActions(doc, keys, insight) {
  const events = idsOf(keys, 'events').filter((id) => doc.events?.[id]);
  return [
    addEvent(),
    ...pivotal(doc, events),
    ...repeatPattern(doc, events),
    ...talkingActions(doc, keys),
    ...findingActions(insight, keys),
    ...parkActions(doc, keys),
    ...removeActions(doc, keys),
  ];
}

/** @returns {Action} */
function addEvent() {
  return {
    id: 'event-add',
    name: 'Add an event…',
    ask: [
      {
        key: 'name',
        label: 'Event',
        kind: 'text',
        hint: 'Something that happened: a noun and a verb in the past tense',
      },
    ],
    edits: (answers) => [{ kind: 'add', to: 'events', name: answers.name }],
  };
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action[]}
 */
function pivotal(doc, events) {
  if (!events.length) return [];
  const every = events.every((id) => doc.events?.[id]?.pivotal);
  const keys = { pivotal: every ? null : true };
  return [
    {
      id: 'pivotal',
      name: every ? 'No longer pivotal' : 'Mark as pivotal: after it everything is different',
      keys: 'p',
      edits: () => events.map((id) => ({ kind: 'change', of: 'events', id, keys })),
    },
  ];
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action[]}
 */
function repeatPattern(doc, events) {
  if (!events.length) return [];
  return [
    {
      id: 'repeat',
      name:
        events.length > 1
          ? `Repeat these ${events.length} events for other nouns…`
          : 'Repeat this event for other nouns…',
      ask: [
        {
          key: 'noun',
          label: 'Their noun',
          kind: 'text',
          value: commonNoun(events.map((id) => doc.events?.[id]?.name ?? '')),
        },
        {
          key: 'nouns',
          label: 'Other nouns, one a line',
          kind: 'lines',
          hint: 'Each gets events like these, in the same order',
        },
      ],
      edits: ({ noun, nouns }) => [{ kind: 'repeat', events, noun, nouns }],
    },
  ];
}

/**
 * The first word that most of these names share.
 *
 * @param {string[]} names
 * @returns {string}
 */
function commonNoun(names) {
  /** @type {Map<string, number>} */
  const tally = new Map();
  for (const name of names) {
    for (const word of new Set(name.split(/\s+/).slice(0, 20))) tally.set(word, (tally.get(word) ?? 0) + 1);
  }
  let [best, most] = ['', 0];
  for (const [word, count] of tally) if (word && count > most) [best, most] = [word, count];
  return best;
}
