/**
 * What can be done at step 5 beside dragging: in the menu, on the toolbar, and by keys.
 *
 * @module steps/contexts_actions
 */

import { contextOf, titleOf } from '../model/reading.js';
import { assignEntities, copyEntities, mergeContexts, newContext, takenAtContexts } from './contexts_edits.js';
import { askForSuggestions } from './contexts_trial.js';
import { shortened, spoken } from './naming.js';

/** @typedef {import('../types.js').Action} Action */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Question} Question */

/** @type {Action} */
const suggest = {
  id: 'context-suggest',
  name: 'Suggest boundaries',
  tool: true,
  run: (board) => void askForSuggestions(board),
};

/**
 * The actions of step 5 for these selected notes.
 *
 * @param {Doc} doc
 * @param {string[]} keys
 * @returns {Action[]}
 */
export function contextsActions(doc, keys) {
  const { entities, copies, contexts } = takenAtContexts(doc, keys);
  return [
    addContext(doc, entities),
    ...(Object.keys(doc.entities ?? {}).length ? [suggest] : []),
    ...(entities.length ? ofEntities(doc, entities) : []),
    ...(copies.length ? [giveUp(copies)] : []),
    ...(contexts.length === 1 && !entities.length ? ofOneContext(doc, contexts[0]) : []),
    ...(contexts.length === 2 ? [mergeTwo(doc, contexts[0], contexts[1])] : []),
  ];
}

/**
 * Contexts to choose from in a question.
 *
 * @param {Doc} doc
 * @param {(id: string) => boolean} [fits]
 * @returns {{value: string, words: string}[]}
 */
export function contextChoices(doc, fits = () => true) {
  return Object.keys(doc.contexts ?? {})
    .filter(fits)
    .map((id) => ({ value: id, words: titleOf(doc, `contexts/${id}`) }));
}

/**
 * @param {Doc} doc
 * @param {string[]} ids of entities
 */
function entityChoices(doc, ids) {
  return ids.map((id) => ({ value: id, words: titleOf(doc, `entities/${id}`) }));
}

/**
 * @param {Doc} doc
 * @param {string[]} entities
 * @returns {Action}
 */
function addContext(doc, entities) {
  const loose = Object.keys(doc.entities ?? {}).filter((entity) => contextOf(doc, entity) === null);
  const some = loose.length > 0 && !entities.length;
  const value = entities.length === 1 ? titleOf(doc, `entities/${entities[0]}`) : '';
  /** @type {Question[]} */
  const ask = [
    {
      key: 'name',
      label: 'Name of the context',
      kind: 'text',
      value,
      hint: 'What its team calls this part of the business',
    },
    ...(some
      ? [
          /** @type {Question} */ ({
            key: 'entities',
            label: 'Entities in it',
            kind: 'many',
            optional: true,
            choices: entityChoices(doc, loose),
          }),
        ]
      : []),
    { key: 'owner', label: 'Owner', kind: 'text', optional: true, hint: 'The team that answers for it' },
  ];
  return {
    id: 'context-add',
    name: entities.length ? 'Make a context of the selected entities…' : 'Add a context…',
    ...(entities.length && { keys: 'c' }),
    tool: true,
    ask,
    edits: (answers) =>
      newContext(String(answers.name), some ? (answers.entities ?? []) : entities, answers.owner ?? ''),
  };
}

/**
 * @param {Doc} doc
 * @param {string[]} entities
 * @returns {Action[]}
 */
function ofEntities(doc, entities) {
  const homes = new Set(entities.map((entity) => contextOf(doc, entity)));
  const elsewhere = contextChoices(doc, (id) => homes.size > 1 || !homes.has(id));
  const copyable = contextChoices(doc, (id) => copyEntities(doc, entities, id).length > 0);
  /** @type {Action[]} */
  const actions = [];
  if (elsewhere.length) {
    actions.push({
      id: 'context-move',
      name: 'Move to a context…',
      ask: [{ key: 'to', label: 'Context', kind: 'one', choices: elsewhere }],
      edits: (answers) => assignEntities(doc, entities, String(answers.to)),
    });
  }
  if (copyable.length) {
    actions.push({
      id: 'context-copy',
      name: 'Keep a copy in…',
      keys: 'k',
      ask: [
        {
          key: 'in',
          label: 'Contexts that keep a copy',
          kind: 'many',
          choices: copyable,
          hint: 'A copy spares its context asking back, and must be kept in step.',
        },
      ],
      edits: (answers) => answers.in.flatMap((/** @type {string} */ id) => copyEntities(doc, entities, id)),
    });
  }
  if (homes.size > 1 || !homes.has(null)) {
    actions.push({
      id: 'context-leave',
      name: 'Take out of the context',
      keys: 'Shift+m',
      edits: () => assignEntities(doc, entities, null),
    });
  }
  return actions;
}

/**
 * @param {{entity: string, context: string}[]} copies
 * @returns {Action}
 */
function giveUp(copies) {
  return {
    id: 'context-uncopy',
    name: copies.length > 1 ? 'Give the copies up' : 'Give the copy up',
    keys: 'Delete',
    edits: () => copies.map(({ entity, context }) => ({ kind: 'copy', entity, context, keep: false })),
  };
}

/**
 * @param {Doc} doc
 * @param {string} context
 * @returns {Action[]}
 */
function ofOneContext(doc, context) {
  const said = doc.contexts?.[context] ?? {};
  const title = shortened(titleOf(doc, `contexts/${context}`), 40);
  const inside = (said.entities ?? []).filter((entity) => doc.entities?.[entity]);
  const outside = Object.keys(doc.entities ?? {}).filter((entity) => !inside.includes(entity));
  const others = contextChoices(doc, (id) => id !== context);
  /** @type {Action[]} */
  const actions = [
    {
      id: 'context-owner',
      name: `Say who owns ${title}…`,
      keys: 'o',
      ask: [
        {
          key: 'owner',
          label: 'Owner',
          kind: 'text',
          value: said.owner ?? '',
          optional: true,
          hint: 'The team that answers for it; left empty: nobody yet',
        },
      ],
      edits: ({ owner }) => [{ kind: 'change', of: 'contexts', id: context, keys: { owner: owner?.trim() || null } }],
    },
  ];
  if (outside.length) {
    actions.push({
      id: 'context-take-in',
      name: `Put entities into ${title}…`,
      ask: [{ key: 'entities', label: 'Entities', kind: 'many', choices: entityChoices(doc, outside) }],
      edits: (answers) => assignEntities(doc, answers.entities, context),
    });
  }
  if (inside.length > 1) {
    actions.push({
      id: 'context-split',
      name: `Split ${title}…`,
      keys: 's',
      ask: [
        {
          key: 'entities',
          label: 'Entities that go into a new context',
          kind: 'many',
          choices: entityChoices(doc, inside),
        },
        { key: 'name', label: 'Name of the new context', kind: 'text' },
        { key: 'owner', label: 'Its owner', kind: 'text', optional: true },
      ],
      edits: ({ entities, name, owner }) => (entities.length ? newContext(String(name), entities, owner ?? '') : []),
    });
  }
  if (others.length) {
    actions.push({
      id: 'context-merge',
      name: `Merge ${title} into another context…`,
      keys: 'g',
      ask: [
        { key: 'keep', label: 'Context', kind: 'one', choices: others },
        {
          key: 'name',
          label: 'Called from now on',
          kind: 'text',
          optional: true,
          hint: 'Left out: the name of the other',
        },
      ],
      edits: ({ keep, name }) => mergeContexts(doc, keep, context, name?.trim() || titleOf(doc, `contexts/${keep}`)),
    });
  }
  return actions;
}

/**
 * @param {Doc} doc
 * @param {string} keep
 * @param {string} gone
 * @returns {Action}
 */
function mergeTwo(doc, keep, gone) {
  const titles = [keep, gone].map((id) => titleOf(doc, `contexts/${id}`));
  return {
    id: 'context-merge-two',
    name: `Merge ${spoken(titles)}…`,
    keys: 'g',
    ask: [{ key: 'name', label: 'Called from now on', kind: 'text', value: titles[0] }],
    edits: (answers) => mergeContexts(doc, keep, gone, String(answers.name)),
  };
}
