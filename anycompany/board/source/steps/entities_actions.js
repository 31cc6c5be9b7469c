/**
 * What can be done at step 4 beside dragging: in the menu, on the toolbar, and by keys.
 *
 * @module steps/entities_actions
 */

import { entityEvents, entityOf, homeless, titleOf } from '../model/reading.js';
import { eventsAmong, homelessAmong } from './entities_drops.js';
import { assignEvents, entitiesFromNouns, mergeEntities, newEntity } from './entities_edits.js';
import { nounsToChoose } from './entities_nouns.js';
import { shortened, spoken } from './naming.js';

/** @typedef {import('../types.js').Action} Action */
/** @typedef {import('../types.js').Doc} Doc */

/**
 * The actions of step 4 for these selected notes.
 *
 * @param {Doc} doc
 * @param {string[]} keys
 * @returns {Action[]}
 */
export function entitiesActions(doc, keys) {
  const events = eventsAmong(doc, keys);
  const chosen = entitiesAmong(doc, keys);
  return [
    addEntity(doc, events),
    ...(events.length ? moving(doc, events) : []),
    ...(chosen.length === 1 && !events.length ? ofOneEntity(doc, chosen[0]) : []),
    ...(chosen.length === 2 ? [mergeTwo(doc, chosen[0], chosen[1])] : []),
    ...suggestions(doc, events),
  ];
}

/**
 * The entities whose titles are among these notes.
 *
 * @param {Doc} doc
 * @param {Iterable<string>} keys
 * @returns {string[]}
 */
function entitiesAmong(doc, keys) {
  const chosen = [...keys].filter((key) => key.startsWith('entities/')).map((key) => key.slice(9).split('#')[0]);
  return [...new Set(chosen)].filter((id) => doc.entities?.[id]);
}

/**
 * Entities to choose from in a question.
 *
 * @param {Doc} doc
 * @param {string[]} [without]
 * @returns {{value: string, words: string}[]}
 */
export function entityChoices(doc, without = []) {
  return Object.keys(doc.entities ?? {})
    .filter((id) => !without.includes(id))
    .map((id) => ({ value: id, words: titleOf(doc, `entities/${id}`) }));
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action}
 */
function addEntity(doc, events) {
  const name = events.length ? 'Make an entity of the selected events…' : 'Add an entity…';
  const value = events.length ? nounsToChoose(doc, events)[0] : '';
  return {
    id: 'entity-add',
    name,
    tool: true,
    ...(events.length && { keys: 'e' }),
    ask: [
      {
        key: 'name',
        label: 'Name of the entity',
        kind: 'text',
        value,
        hint: 'A noun that the team says, such as Payment',
      },
    ],
    edits: (answers) => newEntity(doc, String(answers.name), events),
  };
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action[]}
 */
function moving(doc, events) {
  const homes = new Set(events.map((event) => entityOf(doc, event)));
  const here = homes.size === 1 ? [...homes][0] : null;
  const choices = entityChoices(doc, here ? [here] : []);
  /** @type {Action[]} */
  const actions = [];
  if (choices.length) {
    actions.push({
      id: 'entity-move',
      name: 'Move to an entity…',
      ask: [{ key: 'to', label: 'Entity', kind: 'one', choices }],
      edits: (answers) => assignEvents(doc, events, String(answers.to)),
    });
  }
  if (homelessAmong(doc, events).length < events.length) {
    actions.push({
      id: 'entity-leave',
      name: 'Take out of the entity',
      keys: 'Shift+m',
      edits: () => assignEvents(doc, events, null),
    });
  }
  return actions;
}

/**
 * @param {Doc} doc
 * @param {string} entity
 * @returns {Action[]}
 */
function ofOneEntity(doc, entity) {
  const title = shortened(titleOf(doc, `entities/${entity}`), 40);
  const events = entityEvents(doc, entity).filter((event) => doc.events?.[event]);
  const others = entityChoices(doc, [entity]);
  const loose = homeless(doc);
  const asChoices = (/** @type {readonly string[]} */ ids) =>
    ids.map((id) => ({ value: id, words: doc.events?.[id]?.name ?? id }));
  /** @type {Action[]} */
  const actions = [];
  if (loose.length) {
    actions.push({
      id: 'entity-take-in',
      name: `Put homeless events into ${title}…`,
      ask: [{ key: 'events', label: 'Events', kind: 'many', choices: asChoices(loose) }],
      edits: (answers) => assignEvents(doc, answers.events, entity),
    });
  }
  if (events.length > 1) {
    actions.push({
      id: 'entity-split',
      name: `Split ${title}…`,
      keys: 's',
      ask: [
        { key: 'events', label: 'Events that go into a new entity', kind: 'many', choices: asChoices(events) },
        { key: 'name', label: 'Name of the new entity', kind: 'text' },
      ],
      edits: (answers) => (answers.events.length ? newEntity(doc, String(answers.name), answers.events) : []),
    });
  }
  if (others.length) {
    actions.push({
      id: 'entity-merge',
      name: `Merge ${title} into another entity…`,
      keys: 'g',
      ask: [
        { key: 'keep', label: 'Entity', kind: 'one', choices: others },
        {
          key: 'name',
          label: 'Called from now on',
          kind: 'text',
          optional: true,
          hint: 'Left out: the name of the other',
        },
      ],
      edits: ({ keep, name }) => mergeEntities(doc, keep, entity, name?.trim() || titleOf(doc, `entities/${keep}`)),
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
  const titles = [keep, gone].map((id) => titleOf(doc, `entities/${id}`));
  return {
    id: 'entity-merge-two',
    name: `Merge ${spoken(titles)}…`,
    keys: 'g',
    ask: [{ key: 'name', label: 'Called from now on', kind: 'text', value: titles[0] }],
    edits: (answers) => mergeEntities(doc, keep, gone, String(answers.name)),
  };
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action[]}
 */
function suggestions(doc, events) {
  const chosen = homelessAmong(doc, events);
  const loose = chosen.length > 1 ? chosen : homeless(doc);
  if (!loose.length) return [];
  return [
    {
      id: 'entity-nouns',
      name: chosen.length > 1 ? 'Group these by their nouns' : 'Group the homeless by their nouns',
      tool: true,
      edits: () => entitiesFromNouns(doc, loose),
    },
  ];
}
