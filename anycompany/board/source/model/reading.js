/**
 * What a storm says, looked up: names, order, homes and owners. The browser's part of `anycompany/storm/relations.py`.
 *
 * @module model/reading
 */

import { slug, words } from './ids.js';
import {
  emitters,
  eventsIn,
  eventsOfEntity,
  firstOfSlug,
  hearers,
  homesOfEntities,
  homesOfEvents,
  moments,
  NONE,
  NOTHING,
  onceFor,
  servicesOfContexts,
  slugOfEvent,
} from './indexes.js';
import { entry } from './sections.js';

/** @import { Doc } from '../types.js' */

export { eventsIn, slug, words };

const ordered = onceFor((/** @type {Doc} */ doc) => {
  const placed = [...moments(doc.timeline).keys()].filter((event) => entry(doc, 'events', event));
  const standing = moments(doc.timeline);
  return [...placed, ...Object.keys(doc.events ?? NOTHING).filter((event) => !standing.has(event))];
});
const unhoused = onceFor((/** @type {Doc} */ doc) => ordered(doc).filter((event) => entityOf(doc, event) === null));

/**
 * @param {string} section
 * @param {string} id
 * @returns {string} how the thing is referred to in findings and keys: `events/account-created`
 */
export function refOf(section, id) {
  return `${section}/${id}`;
}

/**
 * @param {string} ref such as `events/account-created`
 * @returns {[string, string]} section and id; the id is empty where there is none
 */
export function splitRef(ref) {
  const at = ref.indexOf('/');
  return at < 0 ? [ref, ''] : [ref.slice(0, at), ref.slice(at + 1)];
}

/**
 * What people call a thing: its name or text, else its id as words. Triggers and contracts are called as their event.
 *
 * @param {Doc} doc
 * @param {string} ref such as `events/account-created`
 * @returns {string}
 */
export function titleOf(doc, ref) {
  const [section, id] = splitRef(ref);
  const named = section === 'triggers' || section === 'contracts' ? 'events' : section;
  const thing = entry(doc, named, id);
  return thing?.name || thing?.text || words(id || section);
}

/**
 * @param {Doc} doc
 * @param {string} entityId
 * @returns {string[]} the events of an entity, however it is written
 */
export function entityEvents(doc, entityId) {
  return eventsOfEntity(entry(doc, 'entities', entityId));
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {string | null} the entity an event belongs to
 */
export function entityOf(doc, event) {
  return homesOfEvents(doc.entities).get(event) ?? null;
}

/**
 * @param {Doc} doc
 * @param {string} entityId
 * @returns {string | null} the context that is the home of an entity
 */
export function contextOf(doc, entityId) {
  return homesOfEntities(doc.contexts).get(entityId) ?? null;
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {string | null} the context an event belongs to through its entity
 */
export function contextOfEvent(doc, event) {
  const entity = entityOf(doc, event);
  return entity === null ? null : contextOf(doc, entity);
}

/**
 * @param {Doc} doc
 * @param {string} contextId
 * @returns {string | null} the service of a context
 */
export function serviceOf(doc, contextId) {
  return servicesOfContexts(doc.services).get(contextId) ?? null;
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {string | null} the service that alone emits an event
 */
export function ownerOf(doc, event) {
  const context = contextOfEvent(doc, event);
  return context === null ? null : serviceOf(doc, context);
}

/**
 * The service a policy runs in: the owner of the events it emits; where it emits none, its `service`; failing that
 * the owner of the first event it hears.
 *
 * @param {Doc} doc
 * @param {string} policyId
 * @returns {string | null}
 */
export function serviceOfPolicy(doc, policyId) {
  const policy = entry(doc, 'policies', policyId);
  if (!policy) return null;
  const { when = [], emits = [], fails = [], service = null } = policy;
  const owners = [...emits, ...fails].map((event) => ownerOf(doc, event)).filter((owner) => owner !== null);
  if (owners.length) return owners.includes(service) ? service : owners[0];
  if (service !== null && entry(doc, 'services', service)) return service;
  for (const event of when) {
    const owner = ownerOf(doc, event);
    if (owner !== null) return owner;
  }
  return null;
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {number} the number of an event's moment from 0, or -1 while it is not on the timeline
 */
export function momentOf(doc, event) {
  return moments(doc.timeline).get(event) ?? -1;
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {string[]} the policies that emit an event, by success or by failure
 */
export function emittersOf(doc, event) {
  return emitters(doc.policies).get(event) ?? NONE;
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {string[]} the policies that react to an event
 */
export function hearersOf(doc, event) {
  return hearers(doc.policies).get(event) ?? NONE;
}

/**
 * @param {Doc} doc
 * @returns {string[]} all events, those on the timeline first and in its order
 */
export function inOrder(doc) {
  return ordered(doc);
}

/**
 * @param {Doc} doc
 * @returns {string[]} events that belong to no entity, in order of time
 */
export function homeless(doc) {
  return unhoused(doc);
}

/**
 * The `detail-type` of an event on the bus: its contract's, else made from its name. Of two events with one name the
 * later goes by its id, as does an event whose name is written in letters that only the kernel can transliterate.
 *
 * @param {Doc} doc
 * @param {string} event
 * @returns {string}
 */
export function detailType(doc, event) {
  const given = entry(doc, 'contracts', event)?.['detail-type'];
  if (given) return given;
  const thing = entry(doc, 'events', event);
  const own = thing ? slugOfEvent(thing) : '';
  return own && firstOfSlug(doc.events).get(own) === event ? own : event;
}

/**
 * @param {Doc} doc
 * @returns {Record<string, {name: string}>} the events that were put aside for later, by id
 */
export function parked(doc) {
  return doc.board?.parked ?? NOTHING;
}
