/**
 * What dragging, splitting and merging at step 5 means, as edits.
 *
 * @module steps/contexts_edits
 */

import { contextOf, entityOf, serviceOf, titleOf } from '../model/reading.js';

/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Edit} Edit */

/**
 * What the notes in the hand or selected stand for at step 5. A hexagon stands for its entity.
 *
 * @typedef {{entities: string[], copies: {entity: string, context: string}[], contexts: string[]}} Taken
 */

/**
 * Reads the keys of notes as what they stand for.
 *
 * @param {Doc} doc
 * @param {Iterable<string>} keys
 * @returns {Taken}
 */
export function takenAtContexts(doc, keys) {
  /** @type {Set<string>} */
  const entities = new Set();
  /** @type {Taken} */
  const taken = { entities: [], copies: [], contexts: [] };
  for (const key of keys) {
    const [name, suffix = ''] = key.split('#'); // a hexagon that two entities claim says which it stands for
    const [section, id] = [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)];
    if (section === 'contexts' && doc.contexts?.[id]) taken.contexts.push(id);
    else if (suffix.startsWith('copy:')) taken.copies.push({ entity: id, context: suffix.slice(5) });
    else if (section === 'entities' && doc.entities?.[id]) entities.add(id);
    else if (section === 'events') {
      const entity = doc.entities?.[suffix] ? suffix : entityOf(doc, id);
      if (entity) entities.add(entity);
    }
  }
  taken.entities = [...entities];
  return taken;
}

/**
 * Gives entities a home, or takes it from them (`to` null).
 *
 * @param {Doc} doc
 * @param {string[]} entities
 * @param {string | null} to
 * @returns {Edit[]}
 */
export function assignEntities(doc, entities, to) {
  return entities
    .filter((entity) => contextOf(doc, entity) !== to || claims(doc, entity) > 1)
    .map((entity) => ({ kind: 'assign', of: 'entities', id: entity, to }));
}

/**
 * @param {Doc} doc
 * @param {string} entity
 * @returns {number} how many contexts call themselves its home
 */
function claims(doc, entity) {
  return Object.values(doc.contexts ?? {}).filter((context) => context.entities?.includes(entity)).length;
}

/**
 * Keeps copies of entities in a context that is not their home; what has no home yet cannot be copied.
 *
 * @param {Doc} doc
 * @param {string[]} entities
 * @param {string} context
 * @returns {Edit[]}
 */
export function copyEntities(doc, entities, context) {
  const said = doc.contexts?.[context];
  return entities
    .filter((entity) => {
      const home = contextOf(doc, entity);
      return home && !said?.entities?.includes(entity) && !said?.copies?.includes(entity);
    })
    .map((entity) => ({ kind: 'copy', entity, context, keep: true }));
}

/**
 * A context with these entities in it.
 *
 * @param {string} name
 * @param {string[]} entities
 * @param {string} [owner]
 * @returns {Edit[]}
 */
export function newContext(name, entities, owner = '') {
  const called = name.trim();
  if (!called) throw new Error('A context needs a name: type what its team calls this part of the business.');
  const keys = { ...(entities.length && { entities }), ...(owner.trim() && { owner: owner.trim() }) };
  return [{ kind: 'add', to: 'contexts', name: called, keys }];
}

/**
 * Two contexts are one: `keep` gets the other's entities, copies, service, owner and notes, where it has none.
 *
 * @param {Doc} doc
 * @param {string} keep
 * @param {string} gone
 * @param {string} name what the one is called from now on
 * @returns {Edit[]}
 */
export function mergeContexts(doc, keep, gone, name) {
  const [kept, left] = [doc.contexts?.[keep] ?? {}, doc.contexts?.[gone] ?? {}];
  const moving = (left.entities ?? []).filter((entity) => doc.entities?.[entity]);
  const home = new Set([...(kept.entities ?? []), ...moving]);
  /** @type {Edit[]} */
  const edits = moving.map((entity) => ({ kind: 'assign', of: 'entities', id: entity, to: keep }));
  for (const entity of left.copies ?? []) {
    const needed = doc.entities?.[entity] && !home.has(entity) && !kept.copies?.includes(entity);
    if (needed) edits.push({ kind: 'copy', entity, context: keep, keep: true });
  }
  if (!kept.owner && left.owner) edits.push({ kind: 'change', of: 'contexts', id: keep, keys: { owner: left.owner } });
  edits.push(...mergedServices(doc, keep, gone));
  for (const section of /** @type {const} */ (['hotspots', 'decisions'])) {
    for (const [id, note] of Object.entries(doc[section] ?? {})) {
      const about = note.about === gone && !doc.events?.[gone] && !doc.entities?.[gone];
      if (about) edits.push({ kind: 'change', of: section, id, keys: { about: keep } });
    }
  }
  edits.push({ kind: 'remove', of: 'contexts', id: gone });
  if (name !== titleOf(doc, `contexts/${keep}`)) edits.push({ kind: 'rename', of: 'contexts', id: keep, name });
  return edits;
}

/**
 * The service of the context that goes moves along, or its policies go to the service of the one that stays.
 *
 * @param {Doc} doc
 * @param {string} keep
 * @param {string} gone
 * @returns {Edit[]}
 */
function mergedServices(doc, keep, gone) {
  const [staying, leaving] = [serviceOf(doc, keep), serviceOf(doc, gone)];
  if (!leaving) return [];
  if (!staying) return [{ kind: 'change', of: 'services', id: leaving, keys: { context: keep } }];
  return [
    ...Object.entries(doc.policies ?? {})
      .filter(([, policy]) => policy.service === leaving)
      .map(([id]) => ({ kind: 'change', of: 'policies', id, keys: { service: staying } })),
    { kind: 'remove', of: 'services', id: leaving },
  ];
}
