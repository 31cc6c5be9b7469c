/**
 * The rules a storm stands for: one per policy, one per listener, one per AWS event that starts something. The same
 * rules, with the same event patterns, as the kernel puts into the templates.
 *
 * @module steps/bus_rules
 */

import { detailType, ownerOf, serviceOfPolicy, slug } from '../model/reading.js';

/** @typedef {import('../types.js').Doc} Doc */

/**
 * @typedef {{section: 'policies' | 'listeners' | 'triggers', id: string, home: string | null, hears: string[],
 *   pattern: Record<string, any>, target: string, bus: 'own' | 'default'}} Rule
 */

/** Rules that a bus may have before AWS has to be asked for more. */
export const MOST_RULES = 300;

/** Where a listener's events may go, and the words for it. */
export const TARGETS = /** @type {Record<string, string>} */ ({
  topic: 'a topic, many may subscribe',
  queue: 'a queue, one reader',
  log: 'a log',
});

/**
 * @param {Doc} doc
 * @returns {string} the name of the bus: as given, else made from the storm's name
 */
export function busName(doc) {
  return doc.bus?.name || trimmed(slug(doc.name ?? '')) || 'storm';
}

/**
 * @param {Doc} doc
 * @returns {string} the `source` above all services' sources, as given or made from the storm's name
 */
export function stormSource(doc) {
  return doc.source || `com.${trimmed(slug(doc.name ?? '')) || 'storm'}`;
}

/**
 * @param {Doc} doc
 * @param {string} service
 * @returns {string} the `source` of a service's events: as given, else below the storm's own
 */
export function serviceSource(doc, service) {
  return doc.services?.[service]?.source || `${stormSource(doc)}.${service}`;
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {string} the `source` that an event carries on the bus
 */
export function sourceOf(doc, event) {
  const owner = ownerOf(doc, event);
  return owner ? serviceSource(doc, owner) : stormSource(doc);
}

/**
 * The number of a service's hue: its context's, or one of its own where it shares a context or has none.
 *
 * @param {Doc} doc
 * @param {string} service
 * @returns {number}
 */
export function hueOfService(doc, service) {
  const services = Object.keys(doc.services ?? {});
  const contexts = Object.keys(doc.contexts ?? {});
  const context = doc.services?.[service]?.context ?? '';
  const first = services.find((other) => doc.services?.[other].context === context);
  return contexts.includes(context) && first === service
    ? contexts.indexOf(context)
    : contexts.length + services.indexOf(service);
}

/**
 * What a listener hears, of the events that there are.
 *
 * @param {Doc} doc
 * @param {string} listener
 * @returns {string[]}
 */
export function heardBy(doc, listener) {
  const hears = doc.listeners?.[listener]?.hears ?? [];
  return (hears === 'all' ? Object.keys(doc.events ?? {}) : hears).filter((event) => doc.events?.[event]);
}

/**
 * What a policy hears, of the events that there are, each once.
 *
 * @param {Doc} doc
 * @param {string} policy
 * @returns {string[]}
 */
export function heardByPolicy(doc, policy) {
  return [...new Set(doc.policies?.[policy]?.when ?? [])].filter((event) => doc.events?.[event]);
}

/**
 * How many rules stand on the storm's own bus: one for each policy and each listener that hears something.
 *
 * @param {Doc} doc
 * @returns {number}
 */
export function countRules(doc) {
  const hearing = (/** @type {string[]} */ ids, /** @type {(doc: Doc, id: string) => string[]} */ heard) =>
    ids.filter((id) => heard(doc, id).length).length;
  return hearing(Object.keys(doc.policies ?? {}), heardByPolicy) + hearing(Object.keys(doc.listeners ?? {}), heardBy);
}

/**
 * The events that no policy and no listener hears, in the order in which they were written.
 *
 * @param {Doc} doc
 * @returns {string[]}
 */
export function unheard(doc) {
  const heard = new Set([
    ...Object.keys(doc.policies ?? {}).flatMap((id) => heardByPolicy(doc, id)),
    ...Object.keys(doc.listeners ?? {}).flatMap((id) => heardBy(doc, id)),
  ]);
  return Object.keys(doc.events ?? {}).filter((event) => !heard.has(event));
}

/**
 * The first of these events whose detail-type only the kernel knows for sure: names beyond ASCII are spelled in Latin
 * letters there.
 *
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {string | undefined}
 */
export function spelledElsewhere(doc, events) {
  return events.find(
    (event) => /[^\x00-\x7f]/.test(doc.events?.[event]?.name ?? '') && !doc.contracts?.[event]?.['detail-type'],
  );
}

/**
 * The rule that one policy, listener or AWS trigger stands for.
 *
 * @param {Doc} doc
 * @param {'policies' | 'listeners' | 'triggers'} section
 * @param {string} id
 * @returns {Rule | null} null when it hears nothing
 */
export function ruleOf(doc, section, id) {
  if (section === 'triggers') return ruleOfAws(doc, id);
  const hears = section === 'policies' ? heardByPolicy(doc, id) : heardBy(doc, id);
  if (!hears.length) return null;
  if (section === 'policies') {
    const home = serviceOfPolicy(doc, id) ?? null;
    return { section, id, home, hears, pattern: patternFor(doc, hears), target: 'workflow', bus: 'own' };
  }
  const said = doc.listeners?.[id];
  const home = said?.for ?? null;
  return { section, id, home, hears, pattern: listeningPattern(doc, id), target: said?.to ?? 'topic', bus: 'own' };
}

/**
 * The event pattern that lets exactly these events through, by source and detail-type: side by side where that is
 * exact, else source by source.
 *
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Record<string, any>}
 */
export function patternFor(doc, events) {
  /** @type {Map<string, Set<string>>} */
  const bySource = new Map();
  for (const event of events) {
    const source = sourceOf(doc, event);
    bySource.set(source, (bySource.get(source) ?? new Set()).add(detailType(doc, event)));
  }
  const sources = [...bySource.keys()].sort();
  const names = sorted(new Set(sources.flatMap((source) => [...(bySource.get(source) ?? [])])));
  const exact = bySource.size < 2 || !othersMatch(doc, bySource, names);
  if (exact) return { source: sources, 'detail-type': names };
  return {
    $or: sources.map((source) => ({ source: [source], 'detail-type': sorted(bySource.get(source) ?? new Set()) })),
  };
}

/**
 * The event pattern of a listener: its events, its filter on the detail, and never a replay from the archive.
 *
 * @param {Doc} doc
 * @param {string} listener
 * @returns {Record<string, any>}
 */
export function listeningPattern(doc, listener) {
  const said = doc.listeners?.[listener];
  const pattern = said?.hears === 'all' ? { source: [{ prefix: '' }] } : patternFor(doc, heardBy(doc, listener));
  const filtered = said?.where && Object.keys(said.where).length ? { ...pattern, detail: said.where } : pattern;
  return { ...filtered, 'replay-name': [{ exists: false }] };
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {Rule | null}
 */
function ruleOfAws(doc, event) {
  const aws = doc.triggers?.[event]?.aws;
  if (!aws || !doc.events?.[event]) return null;
  const pattern = { source: [aws.source], 'detail-type': [aws['detail-type']] };
  return {
    section: 'triggers',
    id: event,
    home: ownerOf(doc, event) ?? null,
    hears: [event],
    pattern,
    target: 'workflow',
    bus: 'default',
  };
}

/**
 * Whether an event that is not wanted would slip through if sources and detail-types stood side by side.
 *
 * @param {Doc} doc
 * @param {Map<string, Set<string>>} wanted detail-types by source
 * @param {string[]} names
 */
function othersMatch(doc, wanted, names) {
  const listed = new Set(names);
  return Object.keys(doc.events ?? {}).some((event) => {
    const name = detailType(doc, event);
    const own = listed.has(name) ? wanted.get(sourceOf(doc, event)) : undefined;
    return own !== undefined && !own.has(name);
  });
}

/** @param {Set<string>} texts */
function sorted(texts) {
  return [...texts].sort();
}

/** @param {string} text as long as a name on the bus may be */
function trimmed(text) {
  return text.slice(0, 48).replace(/^-+|-+$/g, '');
}
