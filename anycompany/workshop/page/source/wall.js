/**
 * The board's own painting, for watching: loaded when somebody wants to see the wall.
 *
 * @module wall
 */

import { makeBoard } from '../../../board/source/board.js';
import { h } from '../../../board/source/dom.js';
import { dress } from '../../../board/source/palette.js';
import { STEPS } from '../../../board/source/steps/index.js';
import { giveLooking } from './looking.js';

/** @import { Board, Session } from '../../../board/source/types.js' */

/** The steps by number, as a page lets people choose them. */
export const STEP_NAMES = STEPS.map(({ number, short }) => ({ number, short }));

/**
 * Puts a wall for watching into an element.
 *
 * @param {HTMLElement} el
 * @param {Session} session
 * @param {number} step
 * @returns {{board: Board, close: () => void}}
 */
export function watchWall(el, session, step) {
  const root = h('div', { class: 'anycompany-board is-watching', role: 'region', 'aria-label': 'The wall' });
  const { board, wall, draw, close } = makeBoard(root, {
    session,
    steps: STEPS,
    step,
    readonly: true,
    frame: () => ({ notice: () => {} }),
    hands: () => ({ edit: () => {}, actions: () => [] }),
  });
  giveLooking(wall);
  root.append(wall.element);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const theme = () => dress(root, dark.matches ? 'dark' : 'light');
  theme();
  dark.addEventListener('change', theme);
  el.append(root);
  draw();
  const sized = new ResizeObserver(() => wall.camera.resized());
  sized.observe(wall.element);
  return {
    board,
    close() {
      sized.disconnect();
      dark.removeEventListener('change', theme);
      close();
      root.remove();
    },
  };
}
