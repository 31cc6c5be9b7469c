/**
 * What may mean the same, gathered once all notes are revealed: each pair to be merged, or told apart with a reason.
 *
 * @module frame/gathered
 */

import { h } from '../dom.js';
import { shortened } from '../steps/naming.js';
import { askQuestions } from './dialog.js';
import { button } from './widgets.js';

const AT_ONCE = 20;

/**
 * @param {import('../types.js').Board} board
 * @returns {HTMLElement | null} null where nothing is gathered
 */
export function gatheredSection(board) {
  const alike = board.session.insight?.alike ?? [];
  if (!alike.length || board.session.doc.workshop?.blind) return null;
  return h(
    'section',
    { class: 'f-section', 'aria-label': 'Gathered for merging' },
    h('h3', null, 'Gathered for merging', h('span', { class: 'f-tally' }, String(alike.length))),
    h(
      'ul',
      { class: 'f-lines' },
      alike.slice(0, AT_ONCE).map((pair) => h('li', { class: 'f-pair' }, card(board, pair))),
    ),
  );
}

/**
 * @param {import('../types.js').Board} board
 * @param {import('../types.js').Alike} pair
 */
function card(board, { notes, names, why, edit }) {
  const key = notes.join(',');
  const [one, other] = names.map((name) => shortened(name, 50));
  const here = () => notes.filter((ref) => board.scene.notes.some((note) => note.key === ref));
  return [
    h('p', null, h('bdi', null, `“${one}”`), ' and ', h('bdi', null, `“${other}”`)),
    h('p', { class: 'f-soft' }, why),
    h(
      'div',
      { class: 'f-row' },
      button({
        name: `Merge “${other}” into “${one}”`,
        words: 'Merge',
        kind: 'small',
        focus: `merge-${key}`,
        run: () => void board.do([edit], `Merged into ${one}.`),
      }),
      button({
        name: `Show “${one}” and “${other}”`,
        words: 'Show',
        kind: 'small f-quiet',
        focus: `show-${key}`,
        run: () => {
          board.select(here());
          if (here().length) board.focus(here()[0]);
        },
      }),
      button({
        name: `“${one}” and “${other}” are not the same`,
        words: 'Not the same',
        kind: 'small f-quiet',
        focus: `apart-${key}`,
        run: () => void tellApart(board, key, one, other),
      }),
    ),
  ];
}

/**
 * @param {import('../types.js').Board} board
 * @param {string} key the two notes
 * @param {string} one
 * @param {string} other
 */
async function tellApart(board, key, one, other) {
  const answers = await askQuestions(
    board,
    'These are not the same',
    [{ key: 'because', label: 'What tells them apart?', kind: 'text', hint: `${one}; ${other}` }],
    { button: 'Keep both' },
  );
  if (answers)
    await board.do([{ kind: 'dismiss', finding: `near-duplicate:${key}`, because: answers.because }], 'Both are kept.');
}
