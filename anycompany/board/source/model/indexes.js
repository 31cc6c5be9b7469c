/**
 * Indexes over the sections of a storm.
 *
 * A storm is never changed in place, so what was found out about one of its sections holds for as long as that very
 * object lives: each index is built once for a section, however many storms share it.
 *
 * @module model/indexes
 */

import { certainSlug, trimmed } from './ids.js';

/** @import { Moment } from '../types.js' */
/** @typedef {ReadonlyMap<string, string[]>} Many */

/** No ids at all. @type {string[]} */
export const NONE = /** @type {any} */ (Object.freeze([]));
/** Stands for a section that a storm does not have. */
export const NOTHING = Object.freeze({});

/**
 * A function of an object that is computed once for each object, and once for there being none.
 *
 * @template {object} T
 * @template R
 * @param {(thing: T) => R} find
 * @returns {(thing: T | undefined | null) => R}
 */
export function onceFor(find) {
  /** @type {WeakMap<object, R>} */
  const known = new WeakMap();
  return (thing) => {
    const key = thing ?? /** @type {T} */ (NOTHING);
    let found = known.get(key);
    if (found === undefined) {
      found = find(key);
      known.set(key, found);
    }
    return found;
  };
}

/**
 * @param {Iterable<[string, string]>} pairs that are the same stand beside each other
 * @returns {Many} for each first member all second members, each once, in order
 */
function collected(pairs) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const [key, value] of pairs) {
    const values = found.get(key);
    if (!values) found.set(key, [value]);
    else if (values.at(-1) !== value) values.push(value);
  }
  return found;
}

/**
 * For each member of a list within the entries of a section, the first entry that has it.
 *
 * @param {object} section
 * @param {(entry: any) => string[] | undefined} members
 * @returns {ReadonlyMap<string, string>}
 */
function firstHolders(section, members) {
  /** @type {Map<string, string>} */
  const holders = new Map();
  for (const [id, entry] of Object.entries(section)) {
    for (const member of members(entry) ?? NONE) if (!holders.has(member)) holders.set(member, id);
  }
  return holders;
}

/** For each event, the entity that claims it first. */
export const homesOfEvents = onceFor((entities) => firstHolders(entities, eventsOfEntity));
/** For each entity, the context that is its home. */
export const homesOfEntities = onceFor((contexts) => firstHolders(contexts, (context) => context.entities));
/** For each context, its service. */
export const servicesOfContexts = onceFor((services) =>
  firstHolders(services, (service) => (service.context ? [service.context] : [])),
);
/** For each event, the policies that emit it. */
export const emitters = onceFor((policies) =>
  collected(Object.entries(policies).flatMap(([id, { emits = [], fails = [] }]) => pairs([...emits, ...fails], id))),
);
/** For each event, the policies that react to it. */
export const hearers = onceFor((policies) =>
  collected(Object.entries(policies).flatMap(([id, { when = [] }]) => pairs(when, id))),
);
/** For each event on the timeline, the number of its first moment. */
export const moments = onceFor((/** @type {Moment[]} */ timeline) => {
  /** @type {Map<string, number>} */
  const found = new Map();
  if (Array.isArray(timeline)) {
    timeline.forEach((moment, number) => {
      for (const event of eventsIn(moment)) if (!found.has(event)) found.set(event, number);
    });
  }
  return found;
});
/** How the bus writes the name of an event; empty if only the kernel can transliterate it. */
export const slugOfEvent = onceFor((/** @type {{name: string}} */ event) => busName(event.name));
/** For each way a name is written on the bus, the first event called so. */
export const firstOfSlug = onceFor((events) => {
  /** @type {Map<string, string>} */
  const firsts = new Map();
  for (const [id, event] of Object.entries(events)) {
    const written = slugOfEvent(event);
    if (!firsts.has(written)) firsts.set(written, id);
  }
  return firsts;
});
/**
 * @param {string[]} keys
 * @param {string} value
 * @returns {[string, string][]}
 */
function pairs(keys, value) {
  return keys.map((key) => [key, value]);
}

/**
 * @param {string[] | {events?: string[]}} entity however it is written
 * @returns {string[]} its events
 */
export function eventsOfEntity(entity) {
  return Array.isArray(entity) ? entity : (entity?.events ?? []);
}

/**
 * @param {string} name
 * @returns {string} how it is written on the bus; empty if it has letters that only the kernel can transliterate
 */
function busName(name) {
  return trimmed((certainSlug(name) ?? '').slice(0, 128));
}

/**
 * @param {Moment} moment of the timeline
 * @returns {string[]} its events
 */
export function eventsIn(moment) {
  if (typeof moment === 'string') return [moment];
  return Array.isArray(moment) ? moment : moment.or;
}
