/**
 * What lies above the board for a moment and takes the focus: dialogs and lists to choose from. Escape closes it, Tab
 * stays inside, and the focus goes back to where it came from.
 *
 * @module frame/layer
 */

import { h } from '../dom.js';
import { button, freshId, reachable, rememberFocus } from './widgets.js';

/**
 * Opens a dialog over the board.
 *
 * @param {HTMLElement} root of the board
 * @param {{title: string, content: (Node | null)[], kind?: string, onclose?: () => void}} what
 *   `kind` is a class for its size; `onclose` is told however it was closed
 * @returns {{element: HTMLElement, close: () => void}}
 */
export function openLayer(root, { title, content, kind = '', onclose }) {
  const back = rememberFocus(root);
  const id = freshId('title');
  const box = h(
    'div',
    { class: `f-dialog ${kind}`, role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': id, tabindex: '-1' },
    h(
      'div',
      { class: 'f-dialog-head' },
      h('h2', { id }, title),
      button({ name: 'Close', icon: 'close', kind: 'quiet', run: () => close() }),
    ),
    content,
  );
  const veil = h('div', { class: 'f-veil' }, box);
  let open = true;

  /** Closes once; the focus is back before `onclose` is told, so that what it opens finds it there. */
  function close() {
    if (!open) return;
    open = false;
    veil.remove();
    back();
    onclose?.();
  }

  veil.addEventListener('pointerdown', (event) => {
    if (event.target === veil) {
      event.preventDefault();
      close();
    }
  });
  for (const kindOfEvent of ['pointerdown', 'wheel', 'contextmenu', 'paste', 'copy', 'cut', 'keyup']) {
    veil.addEventListener(kindOfEvent, (event) => event.stopPropagation());
  }
  veil.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape' && !event.isComposing) {
      event.preventDefault();
      close();
    }
    if (event.key === 'Tab') stayInside(box, event);
  });
  root.append(veil);
  const first = box.querySelector('[data-first]') ?? reachable(box)[1] ?? box;
  if (first instanceof HTMLElement) first.focus();
  return { element: box, close };
}

/**
 * Lets Tab go round inside a box.
 *
 * @param {HTMLElement} box
 * @param {KeyboardEvent} event
 */
function stayInside(box, event) {
  const stops = reachable(box);
  const at = stops.indexOf(/** @type {HTMLElement} */ (box.ownerDocument.activeElement));
  const leaving = event.shiftKey ? at <= 0 : at === stops.length - 1;
  if (!leaving) return;
  event.preventDefault();
  stops[event.shiftKey ? stops.length - 1 : 0]?.focus();
}
