/**
 * Edits that change who hears what.
 *
 * @module steps/bus_edits
 */

import { heardBy } from './bus_rules.js';

/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Edit} Edit */

/**
 * A listener hears exactly these events, or everything.
 *
 * @param {string} listener
 * @param {string[] | 'all'} hears
 * @returns {Edit}
 */
export function listenerHears(listener, hears) {
  return { kind: 'change', of: 'listeners', id: listener, keys: { hears } };
}

/**
 * A listener hears these events too, or no longer. One that hears everything and shall not hear some hears all the
 * others from then on.
 *
 * @param {Doc} doc
 * @param {string} listener
 * @param {string[]} events
 * @param {boolean} hear
 * @returns {Edit[]} none when nothing changes
 */
export function letListener(doc, listener, events, hear) {
  const before = doc.listeners?.[listener]?.hears ?? [];
  if (hear && before === 'all') return [];
  const heard = heardBy(doc, listener);
  const after = withOrWithout(heard, events, hear);
  return after.length === heard.length ? [] : [listenerHears(listener, after)];
}

/**
 * A policy hears, puts, or puts on failure these events too, or no longer.
 *
 * @param {Doc} doc
 * @param {string} policy
 * @param {'when' | 'emits' | 'fails'} key
 * @param {string[]} events
 * @param {boolean} wanted
 * @returns {Edit[]} none when nothing changes
 */
export function letPolicy(doc, policy, key, events, wanted) {
  const before = doc.policies?.[policy]?.[key] ?? [];
  const after = withOrWithout(before, events, wanted);
  return after.length === before.length ? [] : [{ kind: 'change', of: 'policies', id: policy, keys: { [key]: after } }];
}

/**
 * Makes exactly these policies and listeners hear an event.
 *
 * @param {Doc} doc
 * @param {string} event
 * @param {string[]} hearers such as `policies/take-payment` and `listeners/audit`
 * @returns {Edit[]}
 */
export function letHear(doc, event, hearers) {
  const wanted = new Set(hearers);
  return [
    ...Object.keys(doc.policies ?? {}).flatMap((id) =>
      letPolicy(doc, id, 'when', [event], wanted.has(`policies/${id}`)),
    ),
    ...Object.keys(doc.listeners ?? {}).flatMap((id) => letListener(doc, id, [event], wanted.has(`listeners/${id}`))),
  ];
}

/**
 * A new listener from its answers; `all` wins over `hears`.
 *
 * @param {{name: string, for?: string, all?: boolean, hears?: string[], where?: object | null, to?: string}} said
 * @returns {Edit}
 */
export function newListener(said) {
  const keys = {
    ...(said.for && { for: said.for }),
    hears: said.all ? 'all' : (said.hears ?? []),
    ...(said.where && { where: said.where }),
    to: said.to || 'topic',
  };
  return { kind: 'add', to: 'listeners', name: said.name, keys };
}

/**
 * The names of the bus that AWS takes.
 *
 * @param {Doc} doc
 * @param {string} name as typed; empty lets the bus follow the storm's name again
 * @param {string} [kind]
 * @returns {Edit} throws an Error that says in words what is wrong with the name
 */
export function nameTheBus(doc, name, kind = doc.bus?.kind) {
  const typed = name.trim();
  if (typed && !/^[A-Za-z0-9._-]{1,100}$/.test(typed)) {
    throw new Error(
      'The name of a bus is made of letters, digits, “.”, “-” and “_”, at most 100 of them. ' +
        'Leave it empty and it follows the name of the storm.',
    );
  }
  const bus = { ...(typed && { name: typed }), ...(kind && { kind }) };
  return { kind: 'settings', keys: { bus: Object.keys(bus).length ? bus : null } };
}

/**
 * @param {string} source as typed
 * @returns {string | null} null for none; throws an Error that says in words what is wrong with it
 */
export function checkedSource(source) {
  const typed = source.trim();
  if (typed.startsWith('aws.'))
    throw new Error('A source that begins with “aws.” belongs to AWS. Take your own domain: com.anycompany.');
  if (typed.length > 256) throw new Error('A source has at most 256 characters.');
  return typed || null;
}

/**
 * @param {string[]} list
 * @param {string[]} some
 * @param {boolean} wanted
 */
function withOrWithout(list, some, wanted) {
  return wanted ? [...new Set([...list, ...some])] : list.filter((one) => !some.includes(one));
}
