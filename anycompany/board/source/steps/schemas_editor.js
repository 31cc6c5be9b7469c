/**
 * The contract of one event, to be written by keyboard alone: its fields, an example, its name on the bus, its version.
 *
 * @module steps/schemas_editor
 */

import { h } from '../dom.js';
import { button } from '../frame/widgets.js';
import { titleOf } from '../model/reading.js';
import { jsonView } from './bus_json.js';
import { beginDraft, hasDraft } from './bus_live.js';
import { chosenField, typedField } from './bus_typed.js';
import { shortened } from './common.js';
import { TYPES, jsonSchema, typedField as fieldTyped } from './json_fields.js';
import { changeField, renameField, setField } from './schemas_edits.js';
import { examplePart, pasting } from './schemas_example.js';
import { onTheBus } from './schemas_publishing.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Contract} Contract */
/** @typedef {import('../types.js').ContractField} ContractField */
/** @typedef {import('../types.js').Doc} Doc */

/**
 * @param {Board} board
 * @param {Doc} doc
 * @param {string} event
 * @returns {(Node | null)[]}
 */
export function contractEditor(board, doc, event) {
  const contract = doc.contracts?.[event];
  const fields = Object.entries(contract?.fields ?? {});
  return [
    h(
      'h3',
      null,
      h('bdi', null, shortened(titleOf(doc, `events/${event}`))),
      h('span', { class: 'f-tally' }, contract ? 'contract' : 'no contract yet'),
    ),
    h('h4', null, 'Fields'),
    fields.length
      ? h(
          'ul',
          { class: 'b-fields' },
          fields.map(([name, field]) => h('li', null, fieldRow(board, event, name, field))),
        )
      : h('p', { class: 'f-soft' }, 'None yet. Add one, or paste an event.'),
    typedField(board, {
      key: `new ${event}`,
      label: 'Add a field',
      value: '',
      placeholder: 'amount: number',
      done: 'Add',
      hint: 'A name and a type; “personal” and “?” may follow: e-mail: string personal',
      commit: (text) => addTyped(board, event, text),
    }),
    pasting(board, event),
    ...examplePart(board, event, contract),
    contract ? onTheBus(board, doc, event, contract) : null,
    contract
      ? h(
          'details',
          { 'data-fold': 'schema' },
          h('summary', { 'data-focus': 'schema' }, 'JSON Schema'),
          jsonView('JSON Schema', jsonSchema(doc, event)),
        )
      : null,
  ];
}

/**
 * @param {Board} board
 * @param {string} event
 * @param {string} text
 */
function addTyped(board, event, text) {
  if (!text.trim()) return;
  const typed = fieldTyped(text);
  if (!typed)
    throw new Error(
      `“${shortened(text)}” is not a field. Write a name and one of ${TYPES.join(', ')}, such as amount: number.`,
    );
  if (board.session.doc.contracts?.[event]?.fields?.[typed.name])
    throw new Error(`There is a field “${typed.name}” already.`);
  void board.do([setField(event, typed.name, typed.field)], `Added the field ${typed.name}`);
}

/**
 * @param {Board} board
 * @param {string} event
 * @param {string} name
 * @param {ContractField} field
 */
function fieldRow(board, event, name, field) {
  const key = `${event}.${name}`;
  const short = shortened(name, 40);
  /** @param {(doc: Doc) => import('../types.js').Edit[]} edits @param {string} words */
  const unlessGone = (edits, words) => {
    const { doc } = board.session;
    if (doc.contracts?.[event]?.fields?.[name]) void board.do(edits(doc), words);
    else board.notice('warning', `Nothing is changed: the field “${short}” has another name by now, or is gone.`);
  };
  /** @param {ContractField} changes */
  const change = (changes) =>
    unlessGone((doc) => changeField(doc, event, name, changes), `Changed the field ${short}`);
  const riskKey = `risk ${key}`;
  const withRisk = Boolean(field.risk) || hasDraft(board, riskKey);
  return h(
    'fieldset',
    { class: 'b-field' },
    h('legend', { class: 'f-unseen' }, `Field ${short}`),
    h(
      'div',
      { class: 'b-field-main' },
      typedField(board, {
        key: `name ${key}`,
        label: `Name of field ${short}`,
        hideLabel: true,
        value: name,
        commit: (text) =>
          unlessGone((doc) => {
            const edits = renameField(doc, event, name, text);
            if (edits.length) renameFocus(board, key, `${event}.${text.trim()}`);
            return edits;
          }, `Renamed the field ${short}`),
      }),
      chosenField({
        key: `type ${key}`,
        label: `Type of field ${short}`,
        value: field.type ?? 'string',
        choices: TYPES.map((type) => ({ value: type, words: type })),
        commit: (type) => change({ type }),
      }),
      button({
        name: `Take away field ${short}`,
        words: '×',
        kind: 'quiet small b-away',
        focus: `away ${key}`,
        run: () => void board.do([setField(event, name, null)], `Took away the field ${short}`),
      }),
    ),
    h(
      'div',
      { class: 'b-field-more' },
      tick(`personal ${key}`, 'personal', Boolean(field.personal), (personal) => change({ personal })),
      tick(`optional ${key}`, 'may be missing', Boolean(field.optional), (optional) => change({ optional })),
      withRisk
        ? null
        : button({
            name: `Note a risk of field ${short}`,
            words: 'risk…',
            kind: 'quiet small',
            focus: `risk? ${key}`,
            run: () => beginDraft(board, riskKey),
          }),
    ),
    withRisk
      ? typedField(board, {
          key: riskKey,
          label: `Risk of field ${short}`,
          hideLabel: true,
          value: field.risk ?? '',
          placeholder: 'Risk: what could go wrong with it?',
          commit: (risk) => change({ risk }),
        })
      : null,
  );
}

/**
 * @param {string} key
 * @param {string} words
 * @param {boolean} value
 * @param {(value: boolean) => void} commit
 */
function tick(key, words, value, commit) {
  const box = h('input', { type: 'checkbox', 'data-focus': key });
  box.checked = value;
  box.addEventListener('change', () => commit(box.checked));
  return h('label', { class: 'f-tick' }, box, words);
}

/**
 * Lets the focus find the controls of a field by its new name, when the panel is made anew.
 *
 * @param {Board} board
 * @param {string} from
 * @param {string} to
 */
function renameFocus(board, from, to) {
  for (const control of board.root.querySelectorAll('[data-focus]')) {
    const focus = control.getAttribute('data-focus') ?? '';
    if (focus.endsWith(` ${from}`)) control.setAttribute('data-focus', `${focus.slice(0, -from.length)}${to}`);
  }
}
