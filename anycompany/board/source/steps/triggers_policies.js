/**
 * What can be done to one policy: everything it says, one question each.
 *
 * @module steps/triggers_policies
 */

import { inOrder, titleOf } from '../model/reading.js';
import { spoken } from './naming.js';
import { SIDES, policyList, tasksFrom } from './triggers_edits.js';
import { policySentence, tasksOf } from './triggers_words.js';

/**
 * @typedef {import('../types.js').Action} Action
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Policy} Policy
 * @typedef {import('../types.js').Question} Question
 */

/**
 * The questions about a new policy.
 *
 * @param {Doc} doc
 * @param {Policy} policy what is known of it already
 * @returns {Question[]}
 */
export function policyFields(doc, policy) {
  const choices = eventChoices(doc);
  return [
    {
      key: 'name',
      label: 'Name',
      kind: 'text',
      optional: true,
      hint: 'Such as Take payment; left out, it is called by what it does or hears',
    },
    { key: 'when', label: 'Whenever', kind: 'many', choices, value: policy.when ?? [], optional: true },
    { key: 'does', label: 'Do, one task a line', kind: 'lines', optional: true },
    { key: 'emits', label: 'Then', kind: 'many', choices, value: [], optional: true },
    { key: 'fails', label: 'If it fails', kind: 'many', choices, value: [], optional: true },
    { key: 'standard', label: 'May take longer than five minutes', kind: 'tick', value: false },
  ];
}

/**
 * All events to choose from, in order of time.
 *
 * @param {Doc} doc
 * @returns {{value: string, words: string}[]}
 */
export function eventChoices(doc) {
  return inOrder(doc).map((value) => ({ value, words: titleOf(doc, `events/${value}`) }));
}

/**
 * @param {Doc} doc
 * @param {string} id
 * @returns {Action[]}
 */
export function policyActions(doc, id) {
  const policy = doc.policies?.[id] ?? {};
  const title = spoken([titleOf(doc, `policies/${id}`)]);
  const standard = policy.kind === 'standard';
  const choices = eventChoices(doc);
  const marked = Boolean(/** @type {any} */ (policy)['x-guess']);
  return [
    ...SIDES.map(([side, words]) => ({
      id: `policy-${side}`,
      name: `${words[0].toUpperCase()}${words.slice(1)}: change the events of ${title}…`,
      ask: [
        {
          key: 'events',
          label: 'Events',
          kind: /** @type {const} */ ('many'),
          choices,
          value: policy[side] ?? [],
          optional: true,
        },
      ],
      edits: (/** @type {any} */ { events }) => [policyList(id, side, events)],
    })),
    {
      id: 'policy-does',
      name: `Say what ${title} does…`,
      keys: 'd',
      ask: [{ key: 'lines', label: 'Tasks, one a line', kind: 'lines', value: tasksOf(policy), optional: true }],
      edits: ({ lines }) => [policyList(id, 'does', tasksFrom(policy, lines))],
    },
    {
      id: 'policy-kind',
      name: standard ? `${title} never takes longer than five minutes` : `${title} may take longer than five minutes`,
      edits: () => [{ kind: 'change', of: 'policies', id, keys: { kind: standard ? null : 'standard' } }],
    },
    ...(marked
      ? [
          {
            id: 'policy-confirm',
            name: `Confirm ${title}: it is no guess`,
            keys: 'y',
            edits: () => [{ kind: 'change', of: 'policies', id, keys: { 'x-guess': null } }],
          },
        ]
      : []),
    {
      id: 'policy-read',
      name: `Read ${title} aloud`,
      keys: 'r',
      run: (board) => {
        const sentence = policySentence(doc, policy);
        board.say(sentence);
        board.notice('note', sentence);
      },
    },
  ];
}
