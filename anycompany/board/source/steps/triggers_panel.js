/**
 * Beside the wall at step 3: the selected event or policy with all that can be said about it, in fields; nothing
 * selected, the guesses and every policy read aloud.
 *
 * @module steps/triggers_panel
 */

import { h } from '../dom.js';
import { button } from '../frame/widgets.js';
import { titleOf } from '../model/reading.js';
import { livePanel } from './bus_live.js';
import { counted, shortened } from './naming.js';
import { aboutEvent } from './triggers_event_fields.js';
import { accepted, guessesFor, keyOfGuess } from './triggers_guesses.js';
import { aboutPolicy, policyLine } from './triggers_policy_fields.js';
import { policySentence, sayTrigger } from './triggers_words.js';

/**
 * @typedef {import('../types.js').Board} Board
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Edit} Edit
 */

const MOST_LISTED = 30;
/**
 * @param {Board} board
 * @returns {HTMLElement}
 */
export function triggersPanel(board) {
  return livePanel(board, 'What starts what', () => content(board));
}

/**
 * @param {Board} board
 * @returns {(Node | null)[]}
 */
function content(board) {
  const { doc } = board.session;
  const key =
    (board.selection.size === 1 ? [...board.selection][0] : board.selection.size ? null : board.focused) ?? '';
  const guess = guessesFor(doc, board.session.insight).find((edit) => keyOfGuess(edit) === key.split('#')[0]);
  if (guess) return aboutGuess(board, doc, guess);
  const [section, id = ''] = key.split('#')[0].split('/');
  if (['events', 'triggers'].includes(section) && doc.events?.[id]) return aboutEvent(board, doc, id);
  if (section === 'policies' && doc.policies?.[id]) return aboutPolicy(board, doc, id);
  return aboutAll(board, doc);
}

/**
 * @param {Board} board
 * @param {Doc} doc
 * @returns {(Node | null)[]}
 */
function aboutAll(board, doc) {
  const guesses = guessesFor(doc, board.session.insight);
  const policies = Object.keys(doc.policies ?? {});
  return [
    guesses.length
      ? h(
          'div',
          null,
          h('h3', null, 'Guesses from the order'),
          h(
            'ul',
            { class: 'c-rows' },
            guesses.slice(0, MOST_LISTED).map((edit) => h('li', null, guessLine(board, doc, edit))),
          ),
          more(guesses.length),
          button({
            name: `Accept all ${counted(guesses.length, 'guess', 'guesses')}`,
            words: 'Accept all',
            kind: 'strong',
            focus: 'accept-all',
            run: () => void board.do(guesses.map(accepted), 'Guesses accepted.'),
          }),
        )
      : null,
    h('h3', null, 'Read aloud'),
    policies.length
      ? h(
          'ul',
          { class: 'c-rows' },
          policies.slice(0, MOST_LISTED).map((id) => h('li', null, policyLine(board, doc, id))),
        )
      : h('p', { class: 'f-soft' }, 'No policy yet. Drag one event onto another, or type: whenever this then that.'),
    more(policies.length),
    h('p', { class: 'f-soft' }, 'Choose an event or a policy, and change here what it says.'),
  ];
}

/** @param {number} count */
function more(count) {
  return count > MOST_LISTED ? h('p', { class: 'f-soft' }, `and ${count - MOST_LISTED} more`) : null;
}

/**
 * @param {Doc} doc
 * @param {Edit} edit
 */
function guessWords(doc, edit) {
  if (edit.kind === 'trigger') return `${sayTrigger(edit.trigger)} starts ${titleOf(doc, `events/${edit.event}`)}.`;
  return policySentence(doc, edit.keys);
}

/**
 * @param {Board} board
 * @param {Doc} doc
 * @param {Edit} edit
 */
function guessLine(board, doc, edit) {
  const words = guessWords(doc, edit);
  return h(
    'div',
    null,
    h('p', { dir: 'auto' }, shortened(words, 200)),
    h(
      'div',
      { class: 'b-acts' },
      button({
        name: `Accept: ${words}`,
        words: 'Accept',
        kind: 'small',
        focus: `accept ${keyOfGuess(edit)}`,
        run: () => void board.do([accepted(edit)], 'Guess accepted.'),
      }),
    ),
  );
}

/**
 * @param {Board} board
 * @param {Doc} doc
 * @param {Edit} edit
 * @returns {Node[]}
 */
function aboutGuess(board, doc, edit) {
  return [
    h('h3', null, 'A guess from the order'),
    guessLine(board, doc, edit),
    h('p', { class: 'f-soft' }, 'Nobody has said so yet. Accept it, or say something else about the event.'),
  ];
}
