/**
 * The example of an event, and events that are pasted, beside the wall.
 *
 * @module steps/schemas_example
 */

import { h } from '../dom.js';
import { button } from '../frame/widgets.js';
import { typedField } from './bus_typed.js';
import { shortened } from './common.js';
import { compareExample, filledExample } from './json_fields.js';
import { exampleEdits, findFields } from './schemas_actions.js';
import { fieldsFromExample, setExample } from './schemas_edits.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Contract} Contract */

/**
 * @param {Board} board
 * @param {string} event
 */
export function pasting(board, event) {
  return h(
    'details',
    { 'data-fold': 'paste' },
    h('summary', { 'data-focus': 'paste' }, 'Paste an event'),
    typedField(board, {
      key: `paste ${event}`,
      label: 'Event as JSON',
      value: '',
      rows: 6,
      code: true,
      done: 'Find its fields',
      placeholder: '{"detail": {"amount": 49.0}}',
      commit: (text) => {
        if (!text.trim()) return;
        parsed(text, 'The event');
        void findFields(board, event, text);
      },
    }),
  );
}

/**
 * @param {Board} board
 * @param {string} event
 * @param {Contract | undefined} contract
 * @returns {(Node | null)[]}
 */
export function examplePart(board, event, contract) {
  const example = contract?.example;
  const { missing, unknown, other } = compareExample(contract ?? {}, example);
  const list = (/** @type {string[]} */ names) =>
    names
      .slice(0, 8)
      .map((name) => shortened(name, 40))
      .join(', ') + (names.length > 8 ? ', …' : '');
  const remarks = !example
    ? []
    : [
        missing.length ? `The example lacks ${list(missing)}.` : '',
        unknown.length ? `It shows ${list(unknown)}, which the contract does not name.` : '',
        ...other
          .slice(0, 4)
          .map(({ name, is, wanted }) => `${shortened(name, 40)} is ${article(is)} there, not ${article(wanted)}.`),
      ].filter(Boolean);
  const fields = Object.keys(contract?.fields ?? {});
  const incomplete = fields.some((name) => !example || !Object.hasOwn(example, name));
  const fill = example ? 'Fill it up from the fields' : 'Make one from the fields';
  return [
    typedField(board, {
      key: `example ${event}`,
      label: 'Example',
      value: example ? JSON.stringify(example, null, 2) : '',
      rows: 6,
      code: true,
      placeholder: '{"amount": 49.0}',
      hint: 'The detail of a real event. Fields follow from it while there are none.',
      commit: (text) => {
        const given = text.trim() ? parsed(text, 'The example') : null;
        void board.do(exampleEdits(board.session.doc, event, given), 'Wrote the example');
      },
    }),
    remarks.length
      ? h(
          'div',
          { role: 'status' },
          h(
            'ul',
            { class: 'b-remarks' },
            remarks.map((words) => h('li', { dir: 'auto' }, words)),
          ),
        )
      : null,
    incomplete || (unknown.length && example)
      ? h(
          'div',
          { class: 'b-acts' },
          incomplete
            ? button({
                name: fill,
                words: fill,
                kind: 'small',
                focus: `fill ${event}`,
                run: () =>
                  void board.do(
                    [setExample(event, filledExample(board.session.doc.contracts?.[event] ?? {}))],
                    'Filled the example',
                  ),
              })
            : null,
          unknown.length && example
            ? button({
                name: 'Add the fields it shows',
                words: 'Add the fields it shows',
                kind: 'small',
                focus: `add shown ${event}`,
                run: () =>
                  void board.do(
                    fieldsFromExample(board.session.doc, event, example).filter((edit) => edit.kind === 'field'),
                    'Added the fields of the example',
                  ),
              })
            : null,
        )
      : null,
  ];
}

/**
 * @param {string} text
 * @param {string} what for the message
 * @returns {any}
 */
function parsed(text, what) {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${what} is not JSON yet: ${reason}. A pair looks like "amount": 49.0, and pairs are parted by commas.`,
    );
  }
}

/** @param {string} type */
function article(type) {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
