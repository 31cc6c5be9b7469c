/**
 * A list that gets shorter while one types: for choosing among a handful or among ten thousand.
 *
 * @module frame/picker
 */

import { h } from '../dom.js';
import { freshId, keyWords, unseen } from './widgets.js';

/**
 * @typedef {{words: string, keys?: string, danger?: boolean, also?: string}} Pickable
 *   `also` is found too, but not shown
 */

const SHOWN = 50;

/**
 * Text as it is compared: without case and accents.
 *
 * @param {string} text
 * @returns {string}
 */
export function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Which of many texts a query means: all its words must be in the text; what begins with it comes first, then what has
 * a word that does.
 *
 * @param {string[]} texts as `plain` makes them
 * @param {string} query as typed
 * @returns {number[]} indices, best first
 */
export function matches(texts, query) {
  const wanted = plain(query).trim();
  if (!wanted) return texts.map((_, index) => index);
  const words = wanted.split(/\s+/);
  /** @type {number[][]} */
  const ranks = [[], [], []];
  texts.forEach((text, index) => {
    if (!words.every((word) => text.includes(word))) return;
    ranks[text.startsWith(wanted) ? 0 : text.includes(` ${wanted}`) ? 1 : 2].push(index);
  });
  return ranks.flat();
}

/**
 * A text box over a list of what fits. The focus stays in the box; the arrow keys move through the list.
 *
 * @template {Pickable} T
 * @param {{label: string, items: T[], onpick: (item: T, byKey: boolean) => void, onmove?: (item: T | null) => void,
 *   placeholder?: string, chosen?: T | null}} what `chosen` is marked from the beginning
 * @returns {{element: HTMLElement, input: HTMLInputElement, current: () => T | null}}
 */
export function makePicker({ label, items, onpick, onmove, placeholder = 'Type to find', chosen = null }) {
  const texts = items.map((item) => plain(`${item.words} ${item.also ?? ''}`));
  const listId = freshId('list');
  /** @type {number[]} */
  let found = [];
  let at = 0;

  const input = h('input', {
    type: 'text',
    class: 'f-input',
    role: 'combobox',
    'aria-label': label,
    'aria-expanded': 'true',
    'aria-controls': listId,
    'aria-autocomplete': 'list',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder,
    'data-first': true,
    oninput: () => show(0),
  });
  const list = h('div', { class: 'f-options', role: 'listbox', id: listId, 'aria-label': label });
  const count = h('div', { class: 'f-count', role: 'status' });

  /** @param {number} start where the mark stands */
  function show(start) {
    found = matches(texts, input.value);
    at = found.length > 0 ? Math.min(start, found.length - 1) : -1;
    list.replaceChildren(...found.slice(0, SHOWN).map((index, row) => option(items[index], row)));
    count.textContent =
      found.length === 0
        ? 'Nothing fits what you typed.'
        : found.length > SHOWN
          ? `The first ${SHOWN} of ${found.length}: type more to narrow it down.`
          : input.value.trim()
            ? `${found.length} of ${items.length}`
            : '';
    mark();
  }

  /**
   * @param {T} item
   * @param {number} row
   */
  function option(item, row) {
    return h(
      'div',
      {
        class: `f-option${item.danger ? ' f-danger' : ''}`,
        role: 'option',
        id: `${listId}-${row}`,
        'aria-selected': 'false',
        onpointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        onclick: () => onpick(item, false),
      },
      h('bdi', null, item.words),
      item.keys ? [unseen(', key '), h('kbd', null, keyWords(item.keys))] : null,
    );
  }

  /** Shows which option Enter would take. */
  function mark() {
    [...list.children].forEach((row, index) => {
      row.setAttribute('aria-selected', String(index === at));
      if (index === at) row.scrollIntoView?.({ block: 'nearest' });
    });
    if (at >= 0) input.setAttribute('aria-activedescendant', `${listId}-${at}`);
    else input.removeAttribute('aria-activedescendant');
    onmove?.(at >= 0 ? items[found[at]] : null);
  }

  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const rows = Math.min(found.length, SHOWN);
    const to = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: Math.min(at + 10, rows - 1),
      PageUp: Math.max(at - 10, 0),
    }[event.key];
    if (to !== undefined && rows > 0) {
      event.preventDefault();
      at = (to + rows) % rows;
      mark();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (at >= 0) onpick(items[found[at]], true);
    }
  });
  show(0);
  if (chosen && items.includes(chosen)) show(items.indexOf(chosen) < SHOWN ? items.indexOf(chosen) : 0);
  return {
    element: h('div', { class: 'f-picker' }, input, list, count),
    input,
    current: () => (at >= 0 ? items[found[at]] : null),
  };
}
