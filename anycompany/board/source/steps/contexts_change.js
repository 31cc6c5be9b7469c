/**
 * What dropping what is in the hand would do to the coupling, in the panel of step 5.
 *
 * @module steps/contexts_change
 */

import { h } from '../dom.js';
import { changeWords, crossingChange, scoreWords } from './contexts_words.js';

/** @typedef {import('../types.js').Coupling} Coupling */
/** @typedef {import('../types.js').Doc} Doc */

/**
 * What is in the hand would do: before, after, and by name what begins and stops to cross.
 *
 * @param {Doc} doc
 * @param {Coupling} before
 * @param {Coupling} after
 * @param {string} words what dropping it would be
 * @returns {HTMLElement}
 */
export function changePart(doc, before, after, words) {
  const { number, word, tone } = changeWords(after.score - before.score);
  const { fewer, more } = crossingChange(doc, before, after);
  const list = (/** @type {string} */ title, /** @type {string[]} */ names) =>
    names.length
      ? h('p', { class: 'c-names' }, h('span', { class: 'c-soft' }, title), h('bdi', null, names.join(', ')))
      : null;
  return h(
    'div',
    { class: `c-change is-${tone}` },
    h('p', { class: 'c-words', dir: 'auto' }, words),
    h(
      'p',
      { class: 'c-scores' },
      h('span', { class: 'c-soft' }, 'Score '),
      scoreWords(before.score),
      ' → ',
      h('strong', null, scoreWords(after.score)),
      h('span', { class: 'c-delta' }, `${number} ${word}`),
    ),
    list('No longer crosses: ', fewer),
    list('Begins to cross: ', more),
    fewer.length + more.length ? null : h('p', { class: 'c-names c-soft' }, 'The same events cross.'),
    because(before, after) ? h('p', { class: 'c-names c-soft' }, because(before, after)) : null,
  );
}

/**
 * Why a score changes, where it is not what crosses.
 *
 * @param {Coupling} before
 * @param {Coupling} after
 * @returns {string} empty where what crosses says it
 */
function because(before, after) {
  const change = after.score - before.score;
  /** @type {[number, string, string][]} */
  const parts = [
    [after.communication - before.communication, '', ''],
    [2 * (after.size - before.size), 'More would sit in one context.', 'It would be spread more evenly.'],
    [0.5 * (after.copies - before.copies), 'A copy has to be kept in step.', 'A copy less has to be kept in step.'],
  ];
  if (changeWords(change).tone === 'same') return '';
  const [most] = parts.sort(([one], [other]) => (other - one) * Math.sign(change));
  return change > 0 ? most[1] : most[2];
}
