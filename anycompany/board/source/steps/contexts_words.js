/**
 * Coupling in plain words: how many events cross, what a change would gain and lose.
 *
 * @module steps/contexts_words
 */

import { titleOf } from '../model/reading.js';
import { counted, shortened } from './naming.js';

/** @typedef {import('../types.js').Coupling} Coupling */
/** @typedef {import('../types.js').Doc} Doc */

/** Smaller differences of the score are noise. */
const SAME = 0.005;

/**
 * The events that cross a border, each once.
 *
 * @param {Coupling | null | undefined} coupling
 * @returns {string[]}
 */
export function crossingEvents(coupling) {
  return [...new Set(Object.values(coupling?.crossings ?? {}).map((crossing) => crossing.event))];
}

/**
 * A score as people read it.
 *
 * @param {number} score
 * @returns {string} with two places
 */
export function scoreWords(score) {
  return score.toFixed(2);
}

/**
 * A difference of the score: the lower, the looser.
 *
 * @param {number} change
 * @returns {{number: string, word: string, tone: 'good' | 'bad' | 'same'}}
 */
export function changeWords(change) {
  if (Math.abs(change) < SAME) return { number: '±0', word: 'the same', tone: 'same' };
  const size = Math.abs(change).toFixed(2);
  return change < 0
    ? { number: `−${size}`, word: 'looser', tone: 'good' }
    : { number: `+${size}`, word: 'tighter', tone: 'bad' };
}

/**
 * What no longer crosses and what begins to cross, by the names of the events.
 *
 * @param {Doc} doc
 * @param {Coupling} before
 * @param {Coupling} after
 * @returns {{fewer: string[], more: string[]}}
 */
export function crossingChange(doc, before, after) {
  const [had, has] = [new Set(crossingEvents(before)), new Set(crossingEvents(after))];
  const names = (/** @type {Set<string>} */ some, /** @type {Set<string>} */ others) =>
    [...some].filter((event) => !others.has(event)).map((event) => shortened(titleOf(doc, `events/${event}`), 40));
  return { fewer: names(had, has), more: names(has, had) };
}

/**
 * The same as a short sentence: "2 crossings fewer, 1 more".
 *
 * @param {{fewer: string[], more: string[]}} change
 * @returns {string}
 */
export function changeSentence({ fewer, more }) {
  if (!fewer.length && !more.length) return 'The same events cross';
  if (!more.length) return `${counted(fewer.length, 'crossing')} fewer`;
  if (!fewer.length) return `${counted(more.length, 'crossing')} more`;
  return `${counted(fewer.length, 'crossing')} fewer, ${more.length} more`;
}
