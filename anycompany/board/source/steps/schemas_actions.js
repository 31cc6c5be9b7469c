/**
 * What can be done at step 8 by drag, by key and from the menu.
 *
 * @module steps/schemas_actions
 */

import { askQuestions } from '../frame/dialog.js';
import { inOrder, titleOf } from '../model/reading.js';
import { everybodyActions } from './common.js';
import { TYPES, detailIn, fieldOf, filledExample } from './json_fields.js';
import { eventsOfCards } from './schemas_drops.js';
import {
  beginAllContracts,
  beginContract,
  copyFields,
  fieldsFromExample,
  setExample,
  setField,
} from './schemas_edits.js';

/** @typedef {import('../types.js').Action} Action */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Drop} Drop */
/** @typedef {import('../types.js').Question} Question */
/** @typedef {import('../types.js').Scene} Scene */

/**
 * @param {Doc} doc
 * @param {string[]} keys
 * @param {import('../types.js').Insight} insight
 * @returns {Action[]}
 */
export function schemasActions(doc, keys, insight) {
  const events = eventsOfCards(doc, keys);
  const open = beginAllContracts(doc);
  return [
    ...(events.length === 1 ? ofOneEvent(doc, events[0]) : []),
    ...(events.length ? publishing(doc, events) : []),
    ...(open.length
      ? [
          /** @type {Action} */ ({
            id: 'contracts-begin',
            name:
              open.length === 1
                ? 'Begin the contract that is missing'
                : `Begin the ${open.length} contracts that are missing`,
            tool: true,
            edits: () => beginAllContracts(doc),
          }),
        ]
      : []),
    ...everybodyActions(doc, keys, insight),
  ];
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {Action[]}
 */
function ofOneEvent(doc, event) {
  const contract = doc.contracts?.[event];
  const fields = Object.keys(contract?.fields ?? {});
  const others = inOrder(doc).filter(
    (other) => other !== event && Object.keys(doc.contracts?.[other]?.fields ?? {}).length,
  );
  /** @type {(Action | false)[]} */
  const all = [
    addField(doc, event),
    fields.length > 0 && {
      id: 'field-remove',
      name: 'Take fields away…',
      ask: [
        { key: 'fields', label: 'Fields', kind: 'many', choices: fields.map((name) => ({ value: name, words: name })) },
      ],
      edits: ({ fields: chosen }) => chosen.map((/** @type {string} */ name) => setField(event, name, null)),
    },
    pasteEvent(event),
    {
      id: 'example-set',
      name: 'Write an example…',
      ask: [
        {
          key: 'example',
          label: 'Example of the detail',
          kind: 'json',
          value: contract?.example ?? filledExample(contract ?? {}),
          optional: true,
          hint: 'What the event carries, such as {"amount": 49.0}',
        },
      ],
      edits: ({ example }) => exampleEdits(doc, event, example),
    },
    others.length > 0 && copyFrom(doc, event, others),
    !contract && { id: 'contract-begin', name: 'Begin its contract', edits: () => [beginContract(doc, event)] },
  ];
  return all.flatMap((action) => action || []);
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {Action}
 */
function addField(doc, event) {
  return {
    id: 'field-add',
    name: 'Add a field…',
    keys: 'f',
    tool: true,
    ask: [
      { key: 'name', label: 'Field', kind: 'text', hint: 'Such as amount or card-holder' },
      {
        key: 'type',
        label: 'Type',
        kind: 'one',
        value: 'string',
        choices: TYPES.map((type) => ({ value: type, words: type })),
      },
      { key: 'personal', label: 'Personal data', kind: 'tick' },
      { key: 'optional', label: 'May be missing', kind: 'tick' },
      { key: 'risk', label: 'Risk', kind: 'text', optional: true, hint: 'What could go wrong with it, in a few words' },
    ],
    edits: ({ name, type, personal, optional, risk }) => {
      if (doc.contracts?.[event]?.fields?.[name]) throw new Error(`There is a field “${name}” already.`);
      return [setField(event, name, fieldOf(type, personal, optional, risk))];
    },
  };
}

/** @param {string} event @returns {Action} */
function pasteEvent(event) {
  return {
    id: 'fields-paste',
    name: 'Paste an event…',
    keys: 'j',
    tool: true,
    run: async (board) => {
      const answers = await askQuestions(board, 'Find the fields of a pasted event', [
        {
          // as lines, not as JSON: parsing here would make 49.0 an integer
          key: 'json',
          label: 'Event as JSON',
          kind: 'lines',
          hint: 'A whole event or only its detail; its fields are found and added',
        },
      ]);
      if (answers) await findFields(board, event, answers.json.join('\n'));
    },
  };
}

/**
 * Lets the kernel find the fields of a pasted event, and adds them.
 *
 * @param {import('../types.js').Board} board
 * @param {string} event
 * @param {string} text
 * @returns {Promise<void>}
 */
export async function findFields(board, event, text) {
  try {
    const { edits, words } = await board.session.ask('fields', { event, text });
    if (edits.length) await board.do(edits, words);
    else board.notice('note', words || 'Nothing new was found in this event.');
  } catch (error) {
    board.notice('warning', error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @param {any} example
 * @returns {import('../types.js').Edit[]}
 */
export function exampleEdits(doc, event, example) {
  if (example === null || example === undefined || example === '')
    return doc.contracts?.[event]?.example ? [setExample(event, null)] : [];
  const detail = detailIn(JSON.stringify(example));
  if (!detail) throw new Error('An example is a JSON object, such as {"amount": 49.0}.');
  return doc.contracts?.[event] && Object.keys(doc.contracts[event].fields ?? {}).length
    ? [setExample(event, detail)]
    : fieldsFromExample(doc, event, detail);
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @param {string[]} others
 * @returns {Action}
 */
function copyFrom(doc, event, others) {
  return {
    id: 'fields-copy',
    name: 'Copy fields from another event…',
    ask: [
      {
        key: 'from',
        label: 'From',
        kind: 'one',
        choices: others.map((other) => ({ value: other, words: titleOf(doc, `events/${other}`) })),
      },
      { key: 'all', label: 'Also change fields that are here already', kind: 'tick' },
    ],
    edits: ({ from, all }) => copyFields(doc, from, event, all ? 'all' : 'missing'),
  };
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action[]}
 */
function publishing(doc, events) {
  const open = events.filter((event) => {
    const contract = doc.contracts?.[event];
    return contract && (contract.published ?? 0) < (contract.version ?? 1);
  });
  if (!open.length) return [];
  const name =
    open.length === 1
      ? `Publish version ${doc.contracts?.[open[0]].version ?? 1}: others may rely on it`
      : `Publish ${open.length} contracts: others may rely on them`;
  return [{ id: 'contract-publish', name, edits: () => open.map((event) => ({ kind: 'publish', event })) }];
}
