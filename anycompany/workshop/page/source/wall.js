/**
 * The board's own painting, for watching: loaded when somebody wants to see the wall.
 *
 * @module wall
 */

import { makeBoard } from '../../../board/source/board.js';
import { h } from '../../../board/source/dom.js';
import { makeSummons } from '../../../board/source/frame/summons.js';
import { makeOverlay } from '../../../board/source/paint/overlay.js';
import { dress } from '../../../board/source/palette.js';
import { STEPS } from '../../../board/source/steps/index.js';
import { litNote } from '../../../board/source/steps/steering.js';
import { giveLooking } from './looking.js';

/** @import { Board, Session } from '../../../board/source/types.js' */

/** The steps by number, as a page lets people choose them. */
export const STEP_NAMES = STEPS.map(({ number, short }) => ({ number, short }));

/**
 * Puts a wall for watching into an element. It goes where the facilitator brings everyone, and shows the spotlight.
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
  const overlay = makeOverlay(wall.camera);
  wall.element.append(overlay.element);
  root.append(wall.element);
  board.on('draw', () => overlay.spot(litNote(board)));
  const summons = makeSummons(board);
  const ends = [session.on('change', summons.heed), session.on('workshop', summons.heed)];
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
      for (const end of ends) end();
      sized.disconnect();
      dark.removeEventListener('change', theme);
      close();
      root.remove();
    },
  };
}
