/**
 * What the order suggests for events that nothing starts yet: proposals for a team to accept or to argue with.
 *
 * @module steps/triggers_guesses
 */

import { emittersOf } from '../model/reading.js';

/**
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Edit} Edit
 * @typedef {import('../types.js').Insight} Insight
 */

/**
 * The guesses that still hold: those about events that nobody has said anything about since they were made.
 *
 * @param {Doc} doc
 * @param {Insight | null | undefined} insight
 * @returns {Edit[]} edits of the kinds `trigger` and `add` (of a policy)
 */
export function guessesFor(doc, insight) {
  const started = (/** @type {string} */ event) =>
    !doc.events?.[event] || Boolean(doc.triggers?.[event]) || emittersOf(doc, event).length > 0;
  return (insight?.guesses ?? []).filter((edit) => {
    if (edit.kind === 'trigger') return !started(edit.event);
    const { when = [], emits = [], fails = [] } = edit.keys ?? {};
    const there = when.every((/** @type {string} */ event) => doc.events?.[event]);
    return edit.to === 'policies' && there && !doc.policies?.[edit.id] && ![...emits, ...fails].some(started);
  });
}

/**
 * The key of a guess as a note.
 *
 * @param {Edit} edit
 * @returns {string} without the part that a trigger's note adds to it
 */
export function keyOfGuess(edit) {
  return edit.kind === 'trigger' ? `guess/triggers/${edit.event}` : `guess/policies/${edit.id}`;
}

/**
 * A guess as something that the team says: no longer marked as guessed.
 *
 * @param {Edit} edit
 * @returns {Edit}
 */
export function accepted(edit) {
  if (edit.kind === 'trigger') return { ...edit, trigger: said(edit.trigger) };
  return { ...edit, keys: said(edit.keys) };
}

/**
 * @param {Record<string, any>} marked
 * @returns {Record<string, any>}
 */
function said(marked) {
  return Object.fromEntries(Object.entries(marked).filter(([key]) => key !== 'x-guess'));
}
