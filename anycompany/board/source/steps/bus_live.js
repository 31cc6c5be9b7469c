/**
 * Panels that people type into while others change the storm. Such a panel stays one element; what is in it is made
 * anew when the storm changes, with the focus and the caret where they were, and what is half typed is kept.
 *
 * @module steps/bus_live
 */

import { h } from '../dom.js';
import { marked, takesText } from '../frame/widgets.js';

/** @typedef {import('../types.js').Board} Board */

/**
 * What one board's panels keep between drawings: texts typed and not yet carried out, and what was wrong with them.
 *
 * @typedef {{drafts: Map<string, string>, problems: Map<string, string>,
 *   panels: Map<string, {root: HTMLElement, fill: () => void}>}} Kept
 */

/** @type {WeakMap<Board, Kept>} */
const kept = new WeakMap();

/**
 * @param {Board} board
 * @returns {Kept}
 */
export function keptFor(board) {
  const found = kept.get(board) ?? { drafts: new Map(), problems: new Map(), panels: new Map() };
  kept.set(board, found);
  return found;
}

/**
 * The panel of this name on this board, brought up to date. It follows the storm by itself from then on, but waits
 * while somebody is in the middle of a word or has a list of choices open.
 *
 * @param {Board} board
 * @param {string} name for screen readers
 * @param {() => (Node | null)[]} content makes what is in it
 * @returns {HTMLElement}
 */
export function livePanel(board, name, content) {
  const { panels } = keptFor(board);
  let panel = panels.get(name);
  if (!panel) {
    panel = newPanel(board, name, content);
    panels.set(name, panel);
  }
  panel.fill();
  return panel.root;
}

/**
 * @param {Board} board
 * @param {string} name
 * @param {() => (Node | null)[]} content
 * @returns {{root: HTMLElement, fill: () => void}}
 */
function newPanel(board, name, content) {
  const root = h('section', { class: 'b-panel', 'aria-label': name });
  let [stale, held] = [false, false];
  const fill = () => {
    stale = false;
    refill(root, content);
  };
  const follow = () => {
    stale = true;
    if (root.isConnected && !held && !inMiddleOfTyping(board, root)) fill();
  };
  const catchUp = () => setTimeout(() => stale && follow());
  /** What is pressed stays until it is let go, so that a click reaches what it was meant for. */
  const letGo = () => {
    setTimeout(() => {
      held = false;
    });
    catchUp();
  };
  board.on('draw', follow);
  board.on('selection', follow);
  root.addEventListener('focusout', catchUp);
  root.addEventListener('keydown', ({ key }) => void (['Enter', 'Escape'].includes(key) && catchUp()), true);
  root.addEventListener('pointerdown', () => {
    held = true;
    for (const end of ['pointerup', 'pointercancel']) root.ownerDocument.addEventListener(end, letGo, { once: true });
  });
  return { root, fill };
}

/**
 * @param {HTMLElement} root
 * @param {() => (Node | null)[]} content
 */
function refill(root, content) {
  const active = activeIn(root);
  const focus = active?.getAttribute('data-focus') ?? null;
  const place = active ? [...root.querySelectorAll('[data-focus]')].indexOf(active) : -1;
  const caret = isText(active) ? [active.selectionStart ?? 0, active.selectionEnd ?? 0] : null;
  const open = new Set(
    [...root.querySelectorAll('details[data-fold][open]')].map((fold) => fold.getAttribute('data-fold')),
  );
  root.replaceChildren(...content().filter((part) => part !== null));
  for (const fold of root.querySelectorAll('details[data-fold]')) {
    if (open.has(fold.getAttribute('data-fold'))) fold.setAttribute('open', '');
  }
  if (!active) return;
  const stops = root.querySelectorAll('[data-focus]');
  const again = marked(root, 'data-focus', focus) ?? stops[Math.min(Math.max(place, 0), stops.length - 1)];
  if (!(again instanceof HTMLElement)) return;
  again.focus({ preventScroll: true });
  if (caret && isText(again)) again.setSelectionRange(caret[0], caret[1]);
}

/**
 * @param {Element | null} element
 * @returns {element is HTMLTextAreaElement | HTMLInputElement} whether it has a caret
 */
function isText(element) {
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text');
}

/**
 * @param {Board} board
 * @param {HTMLElement} root
 */
function inMiddleOfTyping(board, root) {
  const active = activeIn(root);
  if (!active || !takesText(active)) return false;
  if (active instanceof HTMLSelectElement) return !active.hasAttribute('data-done');
  return keptFor(board).drafts.has(active.getAttribute('data-focus') ?? '');
}

/**
 * @param {HTMLElement} root
 * @returns {Element | null}
 */
function activeIn(root) {
  const home = root.getRootNode();
  const active = home instanceof Document || home instanceof ShadowRoot ? home.activeElement : null;
  return active && root.contains(active) ? active : null;
}

/**
 * Whether something is typed, or about to be typed, into the field of this key.
 *
 * @param {Board} board
 * @param {string} key
 * @returns {boolean}
 */
export function hasDraft(board, key) {
  return keptFor(board).drafts.has(key);
}

/**
 * Opens a field that is shown only while something is typed into it.
 *
 * @param {Board} board
 * @param {string} key
 */
export function beginDraft(board, key) {
  const { drafts, panels } = keptFor(board);
  drafts.set(key, '');
  for (const { root, fill } of panels.values()) {
    if (!root.isConnected) continue;
    fill();
    marked(root, 'data-focus', key)?.focus();
  }
}
