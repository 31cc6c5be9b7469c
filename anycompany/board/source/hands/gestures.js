/**
 * What a moving pointer does: moves the wall, draws a rubber band, carries notes.
 *
 * @module hands/gestures
 */

import { pickUp } from './drag.js';
import { within } from './spatial.js';

/** @import { Board, Box, Point } from '../types.js' */
/** @import { Wall } from '../paint/wall.js' */
/** @import { Overlay } from '../paint/overlay.js' */

/**
 * @typedef {{move(screen: Point): void, end(screen: Point): void, cancel(): void, edges: boolean}} Gesture
 *   `edges`: the wall moves when the pointer comes near its edge
 */

/**
 * Moves the wall along with the pointer.
 *
 * @param {Wall} wall
 * @param {Point} from px of the viewport
 * @returns {Gesture}
 */
export function panning({ camera }, from) {
  let before = from;
  return {
    move(screen) {
      camera.panBy(before.x - screen.x, before.y - screen.y);
      before = screen;
    },
    end() {},
    cancel() {},
    edges: false,
  };
}

/**
 * Selects what a rectangle touches.
 *
 * @param {Board} board
 * @param {Wall} wall
 * @param {Overlay} overlay
 * @param {{start: Point, adding: boolean}} press where it begins, and whether what is selected stays so
 * @returns {Gesture}
 */
export function banding(board, { camera }, overlay, { start, adding }) {
  const from = camera.toWall(start);
  const before = adding ? [...board.selection] : [];
  return {
    move(screen) {
      const box = boxBetween(from, camera.toWall(screen));
      overlay.band(box);
      board.select([...before, ...within(board.scene.notes, box).map((note) => note.key)]);
    },
    end() {
      overlay.band(null);
      const count = board.selection.size;
      board.say(count === 1 ? 'One note selected.' : `${count} notes selected.`);
    },
    cancel() {
      overlay.band(null);
      board.select(before);
    },
    edges: true,
  };
}

/**
 * Carries a note, and all that is selected if the note is.
 *
 * @param {Board} board
 * @param {Wall} wall
 * @param {Overlay} overlay
 * @param {string} key
 * @param {Point} start px of the viewport
 * @param {{rootPoint: (screen: Point) => Point, lost: () => void}} ways from the viewport to the root; and what to do
 *   when somebody takes the notes away
 * @returns {Gesture | null} null when nothing of it can be moved
 */
export function carrying(board, wall, overlay, key, start, { rootPoint, lost }) {
  const { camera } = wall;
  const keys = board.selection.has(key) ? [...board.selection] : [key];
  const drag = pickUp(board, wall, overlay, keys, camera.toWall(start), () => {
    lost();
    board.say('What you held was taken away by somebody else.');
  });
  if (!drag) return null;
  return {
    move: (screen) => drag.move(camera.toWall(screen), screen),
    end: (screen) => drag.drop(rootPoint(screen)),
    cancel: () => drag.cancel(),
    edges: true,
  };
}

/**
 * @param {Point} one
 * @param {Point} other
 * @returns {Box}
 */
function boxBetween(one, other) {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)];
  return { x, y, w: Math.abs(one.x - other.x), h: Math.abs(one.y - other.y) };
}
