/**
 * What can be done with listeners beside dragging them.
 *
 * @module steps/bus_listener_actions
 */

import { inOrder, titleOf } from '../model/reading.js';
import { listenerHears, newListener } from './bus_edits.js';
import { checkedFilter } from './bus_filter.js';
import { TARGETS } from './bus_rules.js';

/** @typedef {import('../types.js').Action} Action */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Question} Question */

/**
 * The events of a storm, in order of time, to choose from.
 *
 * @param {Doc} doc
 * @returns {{value: string, words: string}[]}
 */
export function eventChoices(doc) {
  return inOrder(doc).map((event) => ({ value: event, words: titleOf(doc, `events/${event}`) }));
}

/**
 * @param {Doc} doc
 * @param {{for?: string, hears?: string[] | 'all', where?: object, to?: string}} [now]
 * @returns {Question[]}
 */
function aboutListener(doc, now = {}) {
  return [
    {
      key: 'for',
      label: 'For',
      kind: 'text',
      value: now.for ?? '',
      optional: true,
      hint: 'Who listens: Audit, Security, Analytics',
    },
    { key: 'all', label: 'Hears everything', kind: 'tick', value: now.hears === 'all' },
    {
      key: 'hears',
      label: 'Or hears these events',
      kind: 'many',
      choices: eventChoices(doc),
      optional: true,
      value: now.hears === 'all' ? [] : (now.hears ?? []),
    },
    {
      key: 'where',
      label: 'Only where',
      kind: 'json',
      value: now.where ?? null,
      optional: true,
      hint: 'An event pattern over the detail, such as {"amount": [{"numeric": [">", 10000]}]}',
    },
    {
      key: 'to',
      label: 'Goes to',
      kind: 'one',
      value: now.to ?? 'topic',
      choices: Object.entries(TARGETS).map(([value, words]) => ({ value, words })),
    },
  ];
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action}
 */
export function addListener(doc, events) {
  return {
    id: 'listener-add',
    name: events.length ? 'Add a listener that hears this…' : 'Add a listener…',
    keys: 'l',
    tool: true,
    ask: [
      { key: 'name', label: 'Name', kind: 'text', hint: 'What it is there to hear, such as High-value payments' },
      ...aboutListener(doc, { hears: events }),
    ],
    edits: ({ name, where, ...rest }) => [newListener({ name, ...rest, where: checkedFilter(where) })],
  };
}

/**
 * @param {Doc} doc
 * @param {string} listener
 * @returns {Action}
 */
export function changeListener(doc, listener) {
  const now = doc.listeners?.[listener] ?? {};
  return {
    id: 'listener-change',
    name: 'Change what it hears…',
    keys: 'e',
    tool: true,
    ask: aboutListener(doc, now),
    edits: (answers) => {
      const keys = {
        for: answers.for || null,
        hears: answers.all ? 'all' : answers.hears,
        where: checkedFilter(answers.where),
        to: answers.to || null,
      };
      return [{ kind: 'change', of: 'listeners', id: listener, keys }];
    },
  };
}

/** @param {string[]} listeners @returns {Action} */
export function hearEverything(listeners) {
  return { id: 'listener-all', name: 'Hear everything', edits: () => listeners.map((id) => listenerHears(id, 'all')) };
}
