/**
 * Finding notes on the wall by their text.
 *
 * @module frame/find
 */

import { h } from '../dom.js';
import { matches, plain } from './picker.js';
import { button, rememberFocus } from './widgets.js';

/**
 * The notes of a scene that have a text, best first.
 *
 * @param {import('../types.js').Scene} scene
 * @param {string} query
 * @returns {import('../types.js').Note[]} none for an empty query
 */
export function notesWith(scene, query) {
  if (!query.trim()) return [];
  const texts = scene.notes.map((note) => plain([note.text, ...(note.lines ?? []), note.tag ?? ''].join(' ')));
  return matches(texts, query).map((index) => scene.notes[index]);
}

/**
 * A small bar over the wall's corner. Enter goes to the next note, Shift Enter to the one before, Escape to the note
 * that was found.
 *
 * @param {import('../types.js').Board} board
 * @returns {{element: HTMLElement, open: () => void}}
 */
export function makeFind(board) {
  /** @type {() => void} */
  let back = () => {};
  /** @type {import('../types.js').Note[]} */
  let found = [];
  let at = -1;
  const input = h('input', {
    type: 'text',
    class: 'f-input',
    'aria-label': 'Find notes by text',
    placeholder: 'Find on this wall',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => look(0, false),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.isComposing || event.key !== 'Enter') return;
      event.preventDefault();
      look(at + (event.shiftKey ? -1 : 1), true);
    },
  });
  const count = h('span', { class: 'f-find-count', role: 'status' });
  const element = h(
    'div',
    { class: 'f-find', role: 'search', hidden: true },
    input,
    count,
    button({ name: 'Note before', icon: 'back', kind: 'quiet', run: () => look(at - 1, true) }),
    button({ name: 'Next note', icon: 'forward', kind: 'quiet', run: () => look(at + 1, true) }),
    button({ name: 'Close', icon: 'close', kind: 'quiet', run: () => close() }),
  );

  /**
   * @param {number} to which of the notes found
   * @param {boolean} aloud says the note, not only the count
   */
  function look(to, aloud) {
    found = notesWith(board.scene, input.value);
    at = found.length === 0 ? -1 : (to + found.length) % found.length;
    if (at < 0) {
      count.textContent = input.value.trim() ? 'None' : '';
      return;
    }
    const note = found[at];
    count.textContent = `${at + 1} of ${found.length}`;
    board.select([note.key], 'only');
    board.camera.reveal(note);
    if (aloud) board.say(`${note.says}, ${at + 1} of ${found.length}`);
  }

  /** Leaves the bar; the focus goes to the note that was found last. */
  function close() {
    element.hidden = true;
    const note = found[at];
    back();
    if (note && board.scene.notes.some((one) => one.key === note.key)) board.focus(note.key, { reveal: true });
  }

  element.addEventListener('keydown', (event) => {
    event.stopPropagation();
    const again = (event.ctrlKey || event.metaKey) && (event.key === 'f' || event.key === 'F');
    if (event.key === 'Escape') close();
    else if (again) input.select();
    else return;
    event.preventDefault();
  });
  for (const kind of ['pointerdown', 'wheel', 'contextmenu', 'paste', 'copy', 'cut']) {
    element.addEventListener(kind, (event) => event.stopPropagation());
  }

  return {
    element,
    open() {
      if (element.hidden) back = rememberFocus(board.root);
      element.hidden = false;
      at = -1;
      found = [];
      count.textContent = '';
      input.focus();
      input.select();
    },
  };
}
