/**
 * Which notes are meant when somebody does something.
 *
 * @module hands/meant
 */

/** @import { Board } from '../types.js' */

/**
 * The selected notes; when none is, the note that has the focus.
 *
 * @param {Pick<Board, 'root' | 'selection' | 'focused'>} board
 * @returns {string[]} their keys
 */
export function keysMeant({ root, selection, focused }) {
  if (selection.size) return [...selection];
  const active = /** @type {Document | ShadowRoot} */ (root.getRootNode()).activeElement;
  return focused && active && keyOf(active) === focused ? [focused] : [];
}

/**
 * The key of the note, or of the place, that an element is or is in.
 *
 * @param {Element} element
 * @returns {string | null}
 */
export function keyOf(element) {
  const thing = element.closest('.note, .place[tabindex]');
  return thing instanceof HTMLElement ? (thing.dataset.key ?? thing.dataset.place ?? null) : null;
}
