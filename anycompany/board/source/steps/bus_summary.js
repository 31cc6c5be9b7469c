/**
 * The bus as a whole, beside the wall: its name, its source, how much there is on it.
 *
 * @module steps/bus_summary
 */

import { h } from '../dom.js';
import { checkedSource, nameTheBus } from './bus_edits.js';
import { facts, heading, refList } from './bus_parts.js';
import { MOST_RULES, busName, countRules, stormSource, unheard } from './bus_rules.js';
import { typedField } from './bus_typed.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Doc} Doc */

/**
 * @param {Board} board
 * @param {Doc} doc
 * @returns {(Node | null)[]}
 */
export function aboutBus(board, doc) {
  const own = countRules(doc);
  const silent = unheard(doc);
  /** @param {number} number @param {string} noun @returns {[string, string]} */
  const count = (number, noun) => [noun, String(number)];
  return [
    heading('The bus', doc.bus?.kind ?? 'classic'),
    typedField(board, {
      key: 'bus name',
      label: 'Name',
      value: doc.bus?.name ?? '',
      placeholder: busName(doc),
      commit: (text) => void board.do([nameTheBus(board.session.doc, text)], 'Named the bus'),
    }),
    typedField(board, {
      key: 'bus source',
      label: 'Source above all services',
      value: doc.source ?? '',
      placeholder: stormSource(doc),
      commit: (text) =>
        void board.do([{ kind: 'settings', keys: { source: checkedSource(text) } }], 'Changed the source'),
    }),
    facts([
      ['rules', `${own} of ${MOST_RULES}`],
      count(Object.keys(doc.events ?? {}).length, 'events'),
      count(Object.keys(doc.policies ?? {}).length, 'workflows'),
      count(Object.keys(doc.listeners ?? {}).length, 'listeners'),
    ]),
    own > MOST_RULES
      ? h(
          'p',
          { class: 'f-problem' },
          `A bus has ${MOST_RULES} rules unless AWS raises that quota. Ask for more, or join policies.`,
        )
      : null,
    silent.length
      ? h(
          'details',
          { 'data-fold': 'unheard' },
          h('summary', { 'data-focus': 'unheard' }, `Heard by nobody: ${silent.length}`),
          refList(
            board,
            doc,
            silent.map((event) => `events/${event}`),
          ),
        )
      : null,
    h('p', { class: 'f-hint' }, 'Select an event, a workflow or a listener to see its rule.'),
  ];
}
