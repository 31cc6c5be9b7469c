/**
 * Choosing one thing of many by typing a part of it: "Move to…", "Merge with…".
 *
 * @module frame/chooser
 */

import { openLayer } from './layer.js';
import { makePicker } from './picker.js';

/**
 * Opens a list to choose from; what is chosen runs after the list is closed and the focus is back.
 *
 * @param {{readonly root: HTMLElement}} board
 * @param {string} title
 * @param {(import('./picker.js').Pickable & {run: () => void})[]} items up to ten thousand
 * @returns {() => void} closes it
 */
export function chooseFrom(board, title, items) {
  const picker = makePicker({
    label: title,
    items,
    onpick: (item) => {
      layer.close();
      item.run();
    },
  });
  const layer = openLayer(board.root, { title, content: [picker.element], kind: 'f-choosing' });
  return layer.close;
}
