/**
 * The eye that follows what happens on a wall too large to be read at once: gently, and only until a hand takes over.
 *
 * @module frame/following
 */

import { boxAround } from '../steps/common.js';

/** @import { Board, Box } from '../types.js' */

/** Below this zoom a wall is looked at but not read. */
const LEGIBLE = 0.45;
const READING = 0.65;
/** How much of the way is left after a second. */
const LEFT = 0.02;
/** As much of the sight at its edges is no good place for what happens. */
const EDGE = 0.2;

/**
 * @param {Board} board
 * @param {HTMLElement} wall
 * @returns {{begin: () => void, stop: () => void, aim: (keys: string[]) => void, move: (seconds: number) => void}}
 *   `begin` once the whole wall is in sight; `aim` at notes, those that are on the wall; `move` for so long
 */
export function makeFollowing(board, wall) {
  let on = false;
  /** @type {Box | null} */
  let goal = null;
  const stop = () => {
    on = false;
    goal = null;
  };
  for (const kind of ['pointerdown', 'wheel', 'keydown']) wall.addEventListener(kind, stop, { passive: true });
  return {
    stop,
    begin() {
      goal = null;
      on = board.camera.zoom < LEGIBLE;
      if (on) board.camera.zoomBy(READING / board.camera.zoom, { x: 0, y: wall.clientHeight / 2 });
    },
    aim(keys) {
      const boxes = board.scene.notes.filter((note) => keys.includes(note.key));
      if (boxes.length) goal = boxAround(boxes);
    },
    move(seconds) {
      if (!on || !goal) return;
      const { sight, zoom } = board.camera;
      const share = 1 - LEFT ** seconds;
      const across = shift(goal.x, goal.w, sight.x, sight.w);
      const down = shift(goal.y, goal.h, sight.y, sight.h);
      if (Math.abs(across) + Math.abs(down) > 0.5) board.camera.panBy(across * zoom * share, down * zoom * share);
    },
  };
}

/**
 * How far a stretch of sight should move so that a thing lies well inside it; its beginning, where it is too long.
 *
 * @param {number} start of the thing
 * @param {number} size
 * @param {number} from where the sight begins
 * @param {number} length
 */
function shift(start, size, from, length) {
  const margin = length * EDGE;
  if (start < from + margin) return start - from - margin;
  return Math.max(0, Math.min(start + size - (from + length - margin), start - from - margin));
}
