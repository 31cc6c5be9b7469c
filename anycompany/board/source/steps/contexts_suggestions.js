/**
 * Suggested boundaries in the panel: asked for, and tried on the wall.
 *
 * @module steps/contexts_suggestions
 */

import { h } from '../dom.js';
import { button, unseen } from '../frame/widgets.js';
import { askForSuggestions, trialOf, trySuggestion } from './contexts_trial.js';
import { changeSentence, changeWords, crossingChange } from './contexts_words.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('./contexts_trial.js').Suggestion} Suggestion */

/**
 * The suggested boundaries, or how to ask for them.
 *
 * @param {Board} board
 * @returns {HTMLElement}
 */
export function suggestionsPart(board) {
  const trial = trialOf(board);
  const section = h('div', { class: 'c-part-of' }, h('h4', null, 'Other boundaries'));
  if (trial.asking) section.append(h('p', { class: 'f-soft' }, 'Looking for looser boundaries …'));
  else if (trial.suggestions?.length) {
    section.append(
      h(
        'ul',
        { class: 'c-rows' },
        trial.suggestions.map((one, index) => h('li', null, row(board, one, index))),
      ),
    );
    section.append(ask(board, 'Look again'));
  } else {
    const words =
      trial.refusal ||
      (trial.suggestions
        ? 'None was found that couples less than these.'
        : 'Let the board propose borders: try them on the wall, keep them or throw them away.');
    section.append(
      h('p', { class: 'f-soft' }, words),
      ask(board, trial.suggestions ? 'Look again' : 'Suggest boundaries'),
    );
  }
  return section;
}

/**
 * @param {Board} board
 * @param {string} words
 */
function ask(board, words) {
  return button({ name: words, words, kind: 'small', focus: 'suggest', run: () => void askForSuggestions(board) });
}

/**
 * @param {Board} board
 * @param {Suggestion} suggestion
 * @param {number} index
 */
function row(board, suggestion, index) {
  const { doc, insight } = board.session;
  const change = changeWords(suggestion.coupling.score - insight.coupling.score);
  const sentence = changeSentence(crossingChange(doc, insight.coupling, suggestion.coupling));
  const tryIt = button({
    name: suggestion.words,
    words: suggestion.words,
    kind: 'row',
    focus: `suggestion-${index}`,
    run: () => trySuggestion(board, suggestion),
  });
  tryIt.classList.add('c-row', `is-${change.tone}`);
  tryIt.replaceChildren(
    unseen('Try: '),
    h(
      'span',
      { class: 'c-row-words' },
      h('strong', { dir: 'auto' }, suggestion.words),
      h('span', { class: 'c-soft' }, sentence),
    ),
    h('span', { class: 'c-delta' }, change.number, h('span', { class: 'c-delta-word' }, change.word)),
  );
  return tryIt;
}
