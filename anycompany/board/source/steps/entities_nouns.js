/**
 * The nouns in the names of events: what a new entity may be called, and which homeless events share one.
 *
 * @module steps/entities_nouns
 */

import { titleOf } from '../model/reading.js';

/** @typedef {import('../types.js').Doc} Doc */

const ARTICLES = new Set(['the', 'a', 'an', 'der', 'die', 'das', 'le', 'la', 'el']);
/** Stand after the verb in English: “Customer Signed Up”. */
const PARTICLES = new Set('up down in out on off over back away through again'.split(' '));
const LONGEST = 40;

/**
 * The words that say what an event happened to: all but the verb, which comes last.
 *
 * @param {string} name such as "Delivery Address Added"
 * @returns {string[]} such as ["Delivery", "Address"]; a name of one word is its own noun
 */
function nounWords(name) {
  const said = name
    .slice(0, 400)
    .split(/[\s_]+/u)
    .filter(Boolean);
  while (said.length > 2 && ARTICLES.has(said[0].toLowerCase())) said.shift();
  while (said.length > 2 && PARTICLES.has(said[said.length - 1].toLowerCase())) said.pop();
  return said.length > 1 ? said.slice(0, -1) : said;
}

/**
 * What several events have in common, as the name of an entity: the words they all begin with, or all end their
 * noun with.
 *
 * @param {string[]} names of events
 * @returns {string | null} such as "Payment", or null when they share no noun
 */
export function commonNoun(names) {
  const nouns = names.map(nounWords);
  if (!nouns.length) return null;
  const first = sharedHead(nouns);
  if (first.length) return asTitle(first);
  const last = sharedHead(nouns.map((noun) => [...noun].reverse())).reverse();
  return last.length ? asTitle(last) : null;
}

/**
 * Names to choose from for a new entity of these events: the noun they share, else every noun that begins one of them.
 * Names that an entity has already are no new ones; where no noun is left, an event's whole name stands in.
 *
 * @param {Doc} doc
 * @param {readonly string[]} events ids
 * @param {number} [most]
 * @returns {string[]} at least one
 */
export function nounsToChoose(doc, events, most = 5) {
  const names = events.map((event) => doc.events?.[event]?.name ?? event);
  const taken = new Set(
    Object.keys(doc.entities ?? {}).map((id) => titleOf(doc, `entities/${id}`).toLocaleLowerCase()),
  );
  const shared = commonNoun(names);
  const tiers = [
    shared ? [shared] : names.map((name) => asTitle(nounWords(name).slice(0, 1))),
    names.map((name) => asTitle(nounWords(name))),
    names.slice(0, 1).map((name) => asTitle([name])),
  ];
  for (const tier of tiers) {
    const fresh = [...new Set(tier)].filter((name) => name && !taken.has(name.toLocaleLowerCase()));
    if (fresh.length) return fresh.slice(0, most);
  }
  return [`${asTitle([names[0] ?? ''])} 2`.trim()];
}

/**
 * Events grouped by the first word of their noun, under the longest name that all of a group share.
 *
 * @param {Doc} doc
 * @param {readonly string[]} events ids
 * @returns {{noun: string, events: string[]}[]} in the order in which the nouns come up
 */
export function groupedByNoun(doc, events) {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const event of events) {
    const head = nounWords(doc.events?.[event]?.name ?? event)[0]?.toLocaleLowerCase() ?? '';
    if (!head) continue;
    const group = groups.get(head);
    if (group) group.push(event);
    else groups.set(head, [event]);
  }
  return [...groups.values()].map((group) => {
    const names = group.map((event) => doc.events?.[event]?.name ?? event);
    const first = nounWords(names[0]).slice(0, 1);
    return { noun: (group.length > 1 && commonNoun(names)) || asTitle(first), events: group };
  });
}

/** @param {string[][]} lists */
function sharedHead(lists) {
  const shared = [];
  for (let place = 0; place < lists[0].length; place++) {
    const word = lists[0][place].toLocaleLowerCase();
    if (!lists.every((list) => list[place]?.toLocaleLowerCase() === word)) break;
    shared.push(lists[0][place]);
  }
  return shared;
}

/** @param {string[]} said */
function asTitle(said) {
  const text = said.join(' ').slice(0, LONGEST).trim();
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
}
