/**
 * The wheel on the wall.
 *
 * @module hands/wheel
 */

/** @import { Board, Point } from '../types.js' */
/** @import { Wall } from '../paint/wall.js' */

/**
 * The wheel zooms with Ctrl (a pinch on a touch pad says so too). Without, it moves the wall, but only while the board
 * has the focus or the whole screen: else the page must scroll past.
 *
 * @param {Board} board
 * @param {Wall} wall
 * @param {(event: WheelEvent) => Point} pointIn
 */
export function giveWheel(board, wall, pointIn) {
  wall.element.addEventListener(
    'wheel',
    (event) => {
      const line = event.deltaMode === 1 ? 18 : event.deltaMode === 2 ? 300 : 1;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const by = Math.max(-60, Math.min(60, event.deltaY * line));
        wall.camera.zoomBy(Math.exp(-by * 0.008), pointIn(event));
        return;
      }
      const inside = board.root.matches(':focus-within') || document.fullscreenElement?.contains(board.root);
      if (!inside && !board.root.querySelector('.f-fixed')) return;
      event.preventDefault();
      const sideways = event.shiftKey && !event.deltaX;
      wall.camera.panBy((sideways ? event.deltaY : event.deltaX) * line, (sideways ? 0 : event.deltaY) * line);
    },
    { passive: false },
  );
}
