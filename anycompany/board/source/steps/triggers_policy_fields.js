/**
 * A policy beside the wall at step 3: as a row of a list, and in fields.
 *
 * @module steps/triggers_policy_fields
 */

import { h } from '../dom.js';
import { button } from '../frame/widgets.js';
import { titleOf } from '../model/reading.js';
import { chosenField, typedField } from './bus_typed.js';
import { shortened } from './naming.js';
import { SIDES, policyList, tasksFrom } from './triggers_edits.js';
import { policySentence, tasksOf } from './triggers_words.js';

/**
 * @typedef {import('../types.js').Board} Board
 * @typedef {import('../types.js').Doc} Doc
 */

/** How many events of a policy are listed at once. */
const MOST_LISTED = 30;

/**
 * A policy as a row of a list: its name and its sentence; choosing it shows it.
 *
 * @param {Board} board
 * @param {Doc} doc
 * @param {string} id
 */
export function policyLine(board, doc, id) {
  const title = titleOf(doc, `policies/${id}`);
  const sentence = shortened(policySentence(doc, doc.policies?.[id] ?? {}), 240);
  const row = button({
    name: `${title}: ${sentence} Show it`,
    words: title,
    kind: 'row',
    focus: `policy ${id}`,
    run: () => show(board, `policies/${id}`),
  });
  row.classList.add('c-row');
  row.replaceChildren(
    h(
      'span',
      { class: 'c-row-words' },
      h('strong', { dir: 'auto' }, shortened(title)),
      h('span', { class: 'c-soft', dir: 'auto' }, sentence),
    ),
  );
  return row;
}

/**
 * @param {Board} board
 * @param {string} key
 */
function show(board, key) {
  board.select([key]);
  board.focus(key);
}

/**
 * A policy in fields: what it hears, does and emits, and how long it takes.
 *
 * @param {Board} board
 * @param {Doc} doc
 * @param {string} id
 * @returns {(Node | null)[]}
 */
export function aboutPolicy(board, doc, id) {
  const policy = doc.policies?.[id] ?? {};
  const title = titleOf(doc, `policies/${id}`);
  const run = (/** @type {string} */ action) => {
    const found = board.actions().find((one) => one.id === action);
    if (found) board.run(found);
  };
  return [
    h('h3', { dir: 'auto' }, shortened(title, 120)),
    h('p', { dir: 'auto' }, policySentence(doc, policy)),
    ...SIDES.map(([side, words]) => sideRow(board, doc, id, side, words, () => run(`policy-${side}`))),
    typedField(board, {
      key: `${id} does`,
      label: 'Do, one task a line',
      rows: 4,
      value: tasksOf(policy).join('\n'),
      commit: (text) => {
        const lines = text
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean);
        void board.do([policyList(id, 'does', tasksFrom(policy, lines))], 'Tasks changed.');
      },
    }),
    h(
      'div',
      null,
      h('h4', { 'aria-hidden': 'true' }, 'How long it takes'),
      chosenField({
        key: `${id} kind`,
        label: 'How long it takes',
        value: policy.kind ?? 'express',
        choices: [
          { value: 'express', words: 'at most five minutes' },
          { value: 'standard', words: 'maybe longer' },
        ],
        commit: (kind) =>
          void board.do(
            [{ kind: 'change', of: 'policies', id, keys: { kind: kind === 'standard' ? kind : null } }],
            'Policy changed.',
          ),
      }),
    ),
  ];
}

/**
 * One list of a policy: its events, each to be taken off, and a button for more.
 *
 * @param {Board} board
 * @param {Doc} doc
 * @param {string} id
 * @param {'when' | 'emits' | 'fails'} side
 * @param {string} words
 * @param {() => void} choose
 */
function sideRow(board, doc, id, side, words, choose) {
  const events = doc.policies?.[id]?.[side] ?? [];
  const label = `${words[0].toUpperCase()}${words.slice(1)}`;
  return h(
    'div',
    { role: 'group', 'aria-label': label },
    h('h4', null, label),
    h(
      'div',
      { class: 'b-acts' },
      events.slice(0, MOST_LISTED).map((event) =>
        button({
          name: `${label}: take ${titleOf(doc, `events/${event}`)} off`,
          words: shortened(titleOf(doc, `events/${event}`), 40),
          icon: 'close',
          kind: 'small',
          focus: `${id} ${side} ${event}`,
          run: () =>
            void board.do(
              [
                policyList(
                  id,
                  side,
                  events.filter((one) => one !== event),
                ),
              ],
              'Policy changed.',
            ),
        }),
      ),
      button({
        name: `${label}: choose events`,
        words: events.length ? 'Change…' : 'Choose…',
        kind: 'small',
        focus: `${id} ${side} choose`,
        run: choose,
      }),
    ),
  );
}
