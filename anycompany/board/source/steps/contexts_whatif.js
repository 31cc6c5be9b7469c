/**
 * What if the selected entity moved? Asked of the kernel for every other context; a click does it.
 *
 * @module steps/contexts_whatif
 */

import { h } from '../dom.js';
import { button, unseen } from '../frame/widgets.js';
import { contextOf, titleOf } from '../model/reading.js';
import { assignEntities, takenAtContexts } from './contexts_edits.js';
import { changeSentence, changeWords, crossingChange } from './contexts_words.js';
import { shortened, spoken } from './naming.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Coupling} Coupling */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Edit} Edit */
/** @typedef {{context: string, words: string, edits: Edit[]}} Move */

/** Moves that are weighed at once; more would only be noise. */
const MOST = 12;

/** @type {WeakMap<Doc, Map<string, Promise<Coupling>>>} answers, which hold as long as the storm is the same */
const answers = new WeakMap();

/**
 * The moves of the chosen entities, each with what it would do.
 *
 * @param {Board} board
 * @returns {HTMLElement | null}
 */
export function whatIfPart(board) {
  const { doc } = board.session;
  const chosen = board.selection.size ? board.selection : board.focused ? [board.focused] : [];
  const { entities } = takenAtContexts(doc, chosen);
  const contexts = Object.keys(doc.contexts ?? {});
  if (contexts.length < 2) return null;
  const section = h('div', { class: 'c-part-of' }, h('h4', null, 'What if'));
  if (!entities.length) {
    section.append(h('p', { class: 'f-soft' }, 'Choose an entity, and read here what moving it would do.'));
    return section;
  }
  const moves = movesOf(doc, entities, contexts);
  const list = h('ul', { class: 'c-rows' });
  section.append(list);
  for (const move of moves.slice(0, MOST)) {
    const row = h('li', null);
    list.append(row);
    showMove(board, row, move);
  }
  return section;
}

/**
 * @param {Doc} doc
 * @param {string[]} entities
 * @param {string[]} contexts
 * @returns {Move[]}
 */
function movesOf(doc, entities, contexts) {
  const what =
    entities.length > 2
      ? `${entities.length} entities`
      : entities.map((id) => shortened(titleOf(doc, `entities/${id}`), 24)).join(' and ');
  return contexts
    .filter((context) => entities.some((entity) => contextOf(doc, entity) !== context))
    .map((context) => ({
      context,
      words: `${what} → ${shortened(titleOf(doc, `contexts/${context}`), 28)}`,
      edits: assignEntities(doc, entities, context),
    }));
}

/**
 * Fills a row with what its move would do, as soon as the kernel says.
 *
 * @param {Board} board
 * @param {HTMLElement} row
 * @param {Move} move
 */
async function showMove(board, row, move) {
  const { doc, insight } = board.session;
  const key = JSON.stringify(move.edits);
  row.replaceChildren(
    h(
      'div',
      { class: 'c-row is-waiting' },
      h(
        'span',
        { class: 'c-row-words' },
        h('strong', { dir: 'auto' }, move.words),
        h('span', { class: 'c-soft' }, 'weighing …'),
      ),
    ),
  );
  try {
    const after = await weighed(board, doc, key, move.edits);
    const change = changeWords(after.score - insight.coupling.score);
    const crossings = crossingChange(doc, insight.coupling, after);
    const tip = [
      crossings.fewer.length ? `No longer crosses: ${spoken(crossings.fewer)}.` : '',
      crossings.more.length ? `Begins to cross: ${spoken(crossings.more)}.` : '',
    ]
      .join(' ')
      .trim();
    const doIt = button({
      name: move.words,
      words: move.words,
      kind: 'row',
      focus: `what-if-${move.context}`,
      run: () => void board.do(move.edits, `Moved: ${move.words}`),
    });
    doIt.classList.add('c-row', `is-${change.tone}`);
    if (tip) doIt.title = tip;
    doIt.replaceChildren(
      unseen('Move: '),
      h(
        'span',
        { class: 'c-row-words' },
        h('strong', { dir: 'auto' }, move.words),
        h('span', { class: 'c-soft' }, changeSentence(crossings)),
      ),
      h('span', { class: 'c-delta' }, change.number, h('span', { class: 'c-delta-word' }, change.word)),
    );
    row.replaceChildren(doIt);
  } catch (error) {
    row.replaceChildren(h('p', { class: 'f-soft' }, error instanceof Error ? error.message : String(error)));
  }
}

/**
 * @param {Board} board
 * @param {Doc} doc
 * @param {string} key
 * @param {Edit[]} edits
 * @returns {Promise<Coupling>}
 */
function weighed(board, doc, key, edits) {
  const known = answers.get(doc) ?? new Map();
  answers.set(doc, known);
  const found = known.get(key);
  if (found) return found;
  const asked = board.session.ask('what-if', { edits });
  known.set(key, asked);
  asked.catch(() => known.delete(key));
  return asked;
}
