/**
 * Workflows and services in words: what each hears and puts, and what follows when a policy moves.
 *
 * @module steps/services_words
 */

import { contextOfEvent, titleOf } from '../model/reading.js';
import { laneName, lanesOf } from './services_reading.js';
import { shortened, spoken } from './naming.js';

/** @typedef {import('../types.js').Doc} Doc */

/** Letters of an event's name that a line of a workflow holds. */
const LETTERS = 24;

/** @type {WeakMap<Doc, Map<string, string[]>>} */
const known = new WeakMap();

/**
 * The small lines of a workflow: what it hears, what it puts on the bus, and what when it fails.
 *
 * @param {Doc} doc
 * @param {string} policy
 * @returns {string[]}
 */
export function workflowLines(doc, policy) {
  const all = known.get(doc) ?? new Map();
  known.set(doc, all);
  const found = all.get(policy) ?? linesOf(doc, policy);
  all.set(policy, found);
  return found;
}

/**
 * @param {Doc} doc
 * @param {string} policy
 * @returns {string[]}
 */
function linesOf(doc, policy) {
  const said = doc.policies?.[policy] ?? {};
  const foreign = new Set(heardFromOthers(doc, policy));
  return [
    ...lines(doc, 'hears', said.when ?? [], foreign),
    ...lines(doc, 'puts', said.emits ?? []),
    ...lines(doc, 'or', said.fails ?? []),
  ];
}

/**
 * @param {Doc} doc
 * @param {string} verb
 * @param {string[]} events
 * @param {Set<string>} [foreign] whose owner is named, as it is another
 * @returns {string[]}
 */
function lines(doc, verb, events, foreign) {
  const there = events.filter((event) => doc.events?.[event]);
  const shown = there.length > 2 ? there.slice(0, 1) : there;
  const said = shown.map((event) => {
    const owner = foreign?.has(event) ? ` (${shortened(ownerName(doc, event), 13)})` : '';
    return `${verb} ${shortened(titleOf(doc, `events/${event}`), owner ? LETTERS - 6 : LETTERS)}${owner}`;
  });
  return there.length > 2 ? [...said, `and ${there.length - 1} more`] : said;
}

/**
 * @param {Doc} doc
 * @param {string} event
 */
function ownerName(doc, event) {
  const context = contextOfEvent(doc, event);
  const lane = lanesOf(doc).lanes.find((one) => one.context === context);
  return lane ? laneName(doc, lane) : '';
}

/**
 * The events a workflow hears that belong to another lane than its own.
 *
 * @param {Doc} doc
 * @param {string} policy
 * @returns {string[]}
 */
export function heardFromOthers(doc, policy) {
  const lane = lanesOf(doc).laneOfPolicy.get(policy);
  return (doc.policies?.[policy]?.when ?? []).filter((event) => {
    const context = contextOfEvent(doc, event);
    return context !== null && lane !== undefined && context !== lane.context;
  });
}

/**
 * A workflow in words, for a screen reader.
 *
 * @param {Doc} doc
 * @param {string} policy
 * @returns {string}
 */
export function sayWorkflow(doc, policy) {
  const said = doc.policies?.[policy] ?? {};
  const lane = lanesOf(doc).laneOfPolicy.get(policy);
  const names = (/** @type {string[] | undefined} */ events) =>
    spoken((events ?? []).map((event) => titleOf(doc, `events/${event}`)));
  const foreign = heardFromOthers(doc, policy);
  return [
    `Workflow ${titleOf(doc, `policies/${policy}`)}`,
    lane ? `of ${laneName(doc, lane)}` : 'in no service',
    said.when?.length ? `hears ${names(said.when)}` : 'hears nothing',
    said.emits?.length ? `puts ${names(said.emits)}` : 'puts nothing',
    said.fails?.length ? `or ${names(said.fails)} if it fails` : '',
    foreign.length ? `hears ${foreign.length} of another service` : '',
  ]
    .filter(Boolean)
    .join(', ');
}
