/**
 * Where policies stand at step 3: below the gaps between moments, in rows.
 *
 * @module steps/triggers_policy_places
 */

import { titleOf } from '../model/reading.js';
import { POLICY } from './triggers_notes.js';

/**
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Policy} Policy
 * @typedef {import('./moments.js').Column} Column
 * @typedef {import('./triggers_lines.js').Placed} Placed
 * @typedef {{id: string, policy: Policy, title: string, guess: boolean}} Stated a policy, or the guess of one
 */

/**
 * The policies of the storm, and those that are guessed.
 *
 * @param {Doc} doc
 * @param {import('../types.js').Edit[]} guesses
 * @returns {Stated[]}
 */
export function statedPolicies(doc, guesses) {
  return [
    ...Object.entries(doc.policies ?? {}).map(([id, policy]) => ({
      id,
      policy,
      title: titleOf(doc, `policies/${id}`),
      guess: false,
    })),
    ...guesses
      .filter(({ kind }) => kind === 'add')
      .map(({ id, keys, name }) => ({ id, policy: keys, title: name, guess: true })),
  ];
}

/**
 * Gives every policy the gap between moments that it stands below, half-way from what it hears to what it emits, and
 * a row of its own there.
 *
 * @param {Column[]} columns
 * @param {Stated[]} policies
 * @param {number} between how wide a gap is
 * @returns {(Placed & Stated)[]}
 */
export function placePolicies(columns, policies, between) {
  /** @type {Map<string, number>} */
  const columnOf = new Map();
  columns.forEach(({ events }, index) => events.forEach((event) => columnOf.set(event, index)));
  /** @type {Map<number, number>} */
  const rows = new Map();
  return policies.map((stated) => {
    const { when = [], emits = [], fails = [] } = stated.policy;
    const gap = gapOf(columnsWith(columnOf, when), columnsWith(columnOf, [...emits, ...fails]));
    const row = rows.get(gap) ?? 0;
    rows.set(gap, row + 1);
    const left = columns[gap]?.box;
    const middle = left ? left.x + left.w + between / 2 : -between / 2;
    const key = stated.guess ? `guess/policies/${stated.id}` : `policies/${stated.id}`;
    return { ...stated, key, gap, row, x: middle - POLICY.w / 2, when, emits, fails };
  });
}

/**
 * @param {Map<string, number>} columnOf
 * @param {string[]} events
 * @returns {number[]}
 */
function columnsWith(columnOf, events) {
  return events.flatMap((event) => columnOf.get(event) ?? []);
}

/**
 * The gap that a policy stands below: the one after column number `gap`.
 *
 * @param {number[]} heard
 * @param {number[]} emitted
 * @returns {number}
 */
function gapOf(heard, emitted) {
  if (!heard.length && !emitted.length) return -1;
  if (!emitted.length) return Math.max(...heard);
  const to = Math.min(...emitted);
  if (!heard.length) return to - 1;
  const from = Math.max(...heard);
  return to > from ? Math.floor((from + to - 1) / 2) : from;
}
