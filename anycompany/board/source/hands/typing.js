/**
 * The field at the corner of the wall: type and Enter, type and Enter. Several pasted lines become as many notes.
 *
 * @module hands/typing
 */

import { h } from '../dom.js';
import { clip, isBlank } from '../paint/text.js';
import { laterWords } from '../steps/steering.js';
import { asName } from './naming.js';

/** @import { Board } from '../types.js' */

/**
 * The field for new notes.
 *
 * @param {Board} board
 * @param {(text: string) => boolean} add what to do with one note's text; false when nothing came of it
 * @param {(text: string) => Promise<void>} addLines what to do with a list of lines
 * @returns {{element: HTMLElement, start(letters: string): boolean, draw(): void}}
 *   `start` takes the focus and begins with these letters, false where nothing can be typed; `draw` follows the step
 */
export function makeTyping(board, add, addLines) {
  const field = h('input', { type: 'text', dir: 'auto', autocomplete: 'off', spellcheck: 'true' });
  const added = h('span', { class: 'added', dir: 'auto', 'aria-hidden': 'true' });
  const element = h('div', { class: 'typing' }, field, added);
  let step = 0;

  const enter = () => {
    const text = asName(field.value);
    if (isBlank(text) || !add(text)) return;
    field.value = '';
    added.textContent = clip(text, 60);
  };

  field.addEventListener('keydown', (event) => {
    if (event.isComposing || event.keyCode === 229 || !['Enter', 'Escape'].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') return enter();
    field.value = '';
    field.blur();
    const key = board.focused ?? board.scene.notes[0]?.key;
    if (key) board.focus(key);
  });
  field.addEventListener('paste', (event) => {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!/\S[^\S\n]*[\n\r]+[^\S\n]*\S/.test(text)) return;
    event.preventDefault();
    event.stopPropagation();
    void addLines(text);
  });
  field.addEventListener('blur', () => (added.textContent = ''));

  return {
    element,
    start(letters) {
      if (element.hidden) return false;
      field.value += letters;
      field.focus({ preventScroll: true });
      return true;
    },
    draw() {
      const { placeholder, number } = board.step;
      const later = laterWords(board.session.workshop ?? null, number) !== null;
      element.hidden =
        later || placeholder === null || board.replay !== null || board.root.classList.contains('is-readonly');
      if (step === number) return;
      step = number;
      added.textContent = '';
      field.placeholder = placeholder ?? '';
      field.setAttribute('aria-label', placeholder ?? '');
    },
  };
}
