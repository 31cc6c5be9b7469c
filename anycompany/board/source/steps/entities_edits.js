/**
 * What dragging and naming at step 4 means, as edits: new entities, events that move, entities that are one.
 *
 * @module steps/entities_edits
 */

import { entityEvents, homeless, titleOf } from '../model/reading.js';
import { groupedByNoun } from './entities_nouns.js';

/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Edit} Edit */

/**
 * Puts events into an entity, or makes them homeless (`to` null); those that are there alone already stay.
 *
 * @param {Doc} doc
 * @param {string[]} events
 * @param {string | null} to
 * @returns {Edit[]}
 */
export function assignEvents(doc, events, to) {
  const here = new Set(to === null ? homeless(doc) : entityEvents(doc, to));
  return events.filter((event) => !here.has(event)).map((event) => ({ kind: 'assign', of: 'events', id: event, to }));
}

/**
 * An entity of this name with these events; where there is one of the name already, the events go there.
 *
 * @param {Doc} doc
 * @param {string} name
 * @param {string[]} events
 * @returns {Edit[]}
 */
export function newEntity(doc, name, events) {
  const called = name.trim();
  if (!called) throw new Error('An entity needs a name: type the noun that the events happen to.');
  const known = entityCalled(doc, called);
  if (known) return assignEvents(doc, events, known);
  return [{ kind: 'add', to: 'entities', name: called, keys: events.length ? { events } : {} }];
}

/**
 * @param {Doc} doc
 * @param {string} name
 * @returns {string | undefined} the id of the entity that is called so
 */
function entityCalled(doc, name) {
  const wanted = name.toLocaleLowerCase();
  return Object.keys(doc.entities ?? {}).find((id) => titleOf(doc, `entities/${id}`).toLocaleLowerCase() === wanted);
}

/**
 * Two entities are one thing: `keep` gets the other's events, copies, notes and, if it has none, its home.
 *
 * @param {Doc} doc
 * @param {string} keep
 * @param {string} gone
 * @param {string} name what the one is called from now on
 * @returns {Edit[]}
 */
export function mergeEntities(doc, keep, gone, name) {
  /** @type {Edit[]} */
  const edits = assignEvents(doc, entityEvents(doc, gone), keep);
  const contexts = Object.entries(doc.contexts ?? {});
  const homeOf = (/** @type {string} */ entity) => contexts.find(([, said]) => said.entities?.includes(entity))?.[0];
  const inherited = homeOf(keep) ? undefined : homeOf(gone);
  if (inherited) edits.push({ kind: 'assign', of: 'entities', id: keep, to: inherited });
  const home = homeOf(keep) ?? inherited;
  for (const [context, said] of contexts) {
    const takesOver = said.copies?.includes(gone) && !said.copies.includes(keep) && context !== home;
    if (takesOver) edits.push({ kind: 'copy', entity: keep, context, keep: true });
  }
  for (const section of /** @type {const} */ (['hotspots', 'decisions'])) {
    for (const [id, note] of Object.entries(doc[section] ?? {})) {
      const about = note.about === gone && !doc.events?.[gone];
      if (about) edits.push({ kind: 'change', of: section, id, keys: { about: keep } });
    }
  }
  edits.push({ kind: 'remove', of: 'entities', id: gone });
  if (name !== titleOf(doc, `entities/${keep}`)) edits.push({ kind: 'rename', of: 'entities', id: keep, name });
  return edits;
}

/**
 * An entity for every noun that homeless events begin with; where there is one of that name, they go there.
 *
 * @param {Doc} doc
 * @param {readonly string[]} [events] these only
 * @returns {Edit[]}
 */
export function entitiesFromNouns(doc, events = homeless(doc)) {
  return groupedByNoun(doc, events).flatMap((group) => newEntity(doc, group.noun, group.events));
}
