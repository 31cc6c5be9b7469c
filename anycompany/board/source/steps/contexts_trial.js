/**
 * Suggested boundaries that are tried: seen on the wall with their arrows before anybody has decided, then kept or
 * thrown away. Nothing of it reaches the storm until it is kept.
 *
 * @module steps/contexts_trial
 */

import { predict } from '../model/predict.js';
import { changeWords } from './contexts_words.js';
import { shortened } from './naming.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Coupling} Coupling */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Edit} Edit */
/** @typedef {import('../types.js').Insight} Insight */
/** @typedef {{words: string, why: string[], edits: Edit[], coupling: Coupling}} Suggestion as the kernel gives it */

/**
 * What a board's panel of step 5 remembers: the suggestions that were asked for, and how to show them.
 *
 * @typedef {{suggestions: Suggestion[] | null, asking: boolean, refusal: string, redraw: () => void}} Trial
 */

/** @type {WeakMap<Doc, Coupling>} what coupling a storm has that only this screen knows */
const coupledAs = new WeakMap();
/** @type {WeakMap<Board, Trial>} */
const trials = new WeakMap();

/**
 * What the panel of this board remembers.
 *
 * @param {Board} board
 * @returns {Trial}
 */
export function trialOf(board) {
  let trial = trials.get(board);
  if (!trial) {
    trial = { suggestions: null, asking: false, refusal: '', redraw: () => {} };
    trials.set(board, trial);
  }
  return trial;
}

/**
 * The coupling of a storm: that of its trial, else what the kernel found.
 *
 * @param {Doc} doc
 * @param {Insight} insight
 * @returns {Coupling}
 */
export function couplingOf(doc, insight) {
  return coupledAs.get(doc) ?? insight.coupling;
}

/**
 * Asks the kernel for other boundaries and shows them in the panel.
 *
 * @param {Board} board
 */
export async function askForSuggestions(board) {
  const trial = trialOf(board);
  if (trial.asking) return;
  Object.assign(trial, { asking: true, refusal: '' });
  trial.redraw();
  try {
    trial.suggestions = await board.session.ask('suggestions', {});
    const count = trial.suggestions?.length ?? 0;
    board.say(count ? `${count} suggested boundaries are in the panel.` : 'No boundaries were found that couple less.');
  } catch (error) {
    trial.refusal = error instanceof Error ? error.message : String(error);
    board.say(trial.refusal);
  }
  trial.asking = false;
  trial.redraw();
}

/**
 * Shows a suggestion on the wall, with the choice to keep it or to throw it away.
 *
 * @param {Board} board
 * @param {Suggestion} suggestion
 */
export function trySuggestion(board, suggestion) {
  const { session } = board;
  const doc = suggestion.edits.reduce((storm, edit) => predict(storm, edit), session.doc);
  if (doc !== session.doc) coupledAs.set(doc, suggestion.coupling);
  board.look(session.revision, doc);
  const { number, word } = changeWords(suggestion.coupling.score - session.insight.coupling.score);
  const [why = ''] = suggestion.why;
  board.notice(
    'note',
    `On trial: ${suggestion.words} (${number}, ${word}). Nothing is changed yet. ${shortened(why, 120)}`.trim(),
    [
      { name: 'Keep these boundaries', run: () => void keep(board, suggestion) },
      { name: 'Throw away', run: () => throwAway(board) },
    ],
  );
}

/**
 * @param {Board} board
 * @param {Suggestion} suggestion
 */
async function keep(board, suggestion) {
  board.look(null, null);
  trialOf(board).suggestions = null;
  await board.do(suggestion.edits, `Kept: ${suggestion.words}`);
}

/** @param {Board} board */
function throwAway(board) {
  board.look(null, null);
  board.say('Thrown away. The borders are as they were.');
}
