/**
 * What the team has decided, beside the wall at every step: what, why and about what; and the way to take it back.
 *
 * @module frame/decisions
 */

import { h } from '../dom.js';
import { titleOf } from '../model/reading.js';
import { shortened } from '../steps/naming.js';
import { button, mayEdit } from './widgets.js';

/**
 * @typedef {import('../types.js').Board} Board
 * @typedef {import('../types.js').Doc} Doc
 */

/** The sections whose things a decision may be about, in the order in which its id is looked for. */
const SECTIONS = /** @type {const} */ (['events', 'policies', 'entities', 'contexts', 'services', 'listeners']);

/**
 * The folded section of the panel with the decisions.
 *
 * @param {Board} board
 * @returns {HTMLElement | null} null when nothing is decided yet
 */
export function decisionsSection(board) {
  const { doc } = board.session;
  const decisions = Object.entries(doc.decisions ?? {});
  if (decisions.length === 0) return null;
  return h(
    'section',
    { class: 'f-section', 'aria-label': 'Decisions' },
    h(
      'details',
      { class: 'f-decided', 'data-fold': 'decisions' },
      h(
        'summary',
        { 'data-focus': 'decisions' },
        h('h3', null, 'Decisions', h('span', { class: 'f-tally' }, String(decisions.length))),
      ),
      h(
        'ul',
        { class: 'f-decisions' },
        decisions.map(([id, decision]) => h('li', null, decisionCard(board, id, decision))),
      ),
    ),
  );
}

/**
 * @param {Board} board
 * @param {string} id
 * @param {{text: string, because?: string, about?: string}} decision
 */
function decisionCard(board, id, { text, because, about }) {
  const ref = about === undefined ? null : refOf(board.session.doc, about);
  const inSight = ref !== null && board.scene.notes.some((note) => note.key === ref);
  return h(
    'article',
    { class: 'f-decision' },
    h('p', { class: 'f-what', dir: 'auto' }, text),
    because ? h('p', { class: 'f-soft', dir: 'auto' }, `Because ${because}`) : null,
    h(
      'div',
      { class: 'f-finding-acts' },
      ref && inSight
        ? button({
            name: `Show ${titleOf(board.session.doc, ref)}`,
            words: `Show “${shortened(titleOf(board.session.doc, ref), 30)}”`,
            kind: 'small f-quiet',
            focus: `decision-show-${id}`,
            run: () => {
              board.select([ref]);
              board.focus(ref);
            },
          })
        : null,
      mayEdit(board)
        ? button({
            name: `Remove the decision “${shortened(text)}”`,
            words: 'Remove',
            kind: 'small f-quiet',
            focus: `decision-remove-${id}`,
            run: () => void board.do([{ kind: 'remove', of: 'decisions', id }], 'Decision removed.'),
          })
        : null,
    ),
  );
}

/**
 * @param {Doc} doc
 * @param {string} id of what a decision is about
 * @returns {string | null} its ref, null when the storm has no such thing any more
 */
function refOf(doc, id) {
  const section = SECTIONS.find((one) => doc[one]?.[id] !== undefined);
  return section ? `${section}/${id}` : null;
}
