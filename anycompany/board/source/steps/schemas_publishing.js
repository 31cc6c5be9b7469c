/**
 * A contract's name on the bus, its version, and publishing it, beside the wall.
 *
 * @module steps/schemas_publishing
 */

import { h } from '../dom.js';
import { button } from '../frame/widgets.js';
import { detailType } from '../model/reading.js';
import { typedField } from './bus_typed.js';
import { shortened } from './common.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Contract} Contract */
/** @typedef {import('../types.js').Doc} Doc */

const LONGEST_DETAIL_TYPE = 128;

/**
 * The contract's name on the bus, its version, and publishing it.
 *
 * @param {Board} board
 * @param {Doc} doc
 * @param {string} event
 * @param {Contract} contract
 */
export function onTheBus(board, doc, event, contract) {
  const version = contract.version ?? 1;
  const frozen = contract.published !== undefined;
  const published = frozen && Number(contract.published) >= version;
  /** @param {Record<string, any>} keys @param {string} words */
  const change = (keys, words) => void board.do([{ kind: 'change', of: 'contracts', id: event, keys }], words);
  return h(
    'div',
    { class: 'b-part b-bus' },
    h('h4', null, 'On the bus'),
    typedField(board, {
      key: `detail-type ${event}`,
      label: 'detail-type',
      value: contract['detail-type'] ?? '',
      placeholder: detailType(doc, event),
      readonly: frozen,
      hint: frozen ? 'Frozen: it is published.' : 'Left empty, it follows the event’s name.',
      commit: (text) => {
        if (text.trim().length > LONGEST_DETAIL_TYPE)
          throw new Error(`A detail-type has at most ${LONGEST_DETAIL_TYPE} characters.`);
        change({ 'detail-type': text.trim() || null }, 'Changed the detail-type');
      },
    }),
    typedField(board, {
      key: `version ${event}`,
      label: 'Version',
      value: String(version),
      commit: (text) => {
        if (!/^[1-9]\d{0,5}$/.test(text.trim())) throw new Error('A version is a whole number from 1 on.');
        change({ version: Number(text) }, `Now version ${text.trim()}`);
      },
    }),
    published
      ? h(
          'p',
          { class: 'b-warning' },
          `Version ${contract.published} is published, and others rely on it. ` +
            `Before you change or take away a field, begin version ${version + 1}.`,
        )
      : h(
          'p',
          { class: 'f-hint' },
          `Publishing freezes “${shortened(detailType(doc, event))}” and version ${version}: ` +
            'from then on a field that changes or goes breaks whoever hears it.',
        ),
    h(
      'div',
      { class: 'b-acts' },
      published
        ? button({
            name: `Begin version ${version + 1}`,
            words: `Begin version ${version + 1}`,
            kind: 'small',
            focus: `publish ${event}`,
            run: () => change({ version: version + 1 }, `Began version ${version + 1}`),
          })
        : button({
            name: `Publish version ${version}`,
            words: `Publish version ${version}`,
            kind: 'small',
            focus: `publish ${event}`,
            run: () => void board.do([{ kind: 'publish', event }], `Published version ${version}`),
          }),
    ),
  );
}
