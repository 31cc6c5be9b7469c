/**
 * Mouse, pen and fingers on the wall. On a note: select, drag, edit by a double click. On the empty wall: a rubber band
 * with the mouse, moving the wall with a finger, the middle button, the held space bar, or the hand tool. Two fingers
 * pinch; a long press is the context menu.
 *
 * @module hands/pointer
 */

import { banding, carrying, panning } from './gestures.js';
import { keyOf } from './meant.js';
import { giveWheel } from './wheel.js';

/** @import { Board, Point } from '../types.js' */
/** @import { Wall } from '../paint/wall.js' */
/** @import { Overlay } from '../paint/overlay.js' */
/** @import { Gesture } from './gestures.js' */

const THRESHOLD = 4;
const LONG_PRESS = 550;
const EDGE = 36;
const TOLD_EVERY = 60;
/** What has hands of its own and is left alone. */
const OWN_HANDS = '.editor, .typing, .finding';

/**
 * @typedef {{id: number, kind: string, start: Point, key: string | null, pan: boolean, gesture: Gesture | null,
 *   toggled: boolean, adding: boolean}} Press
 */

/**
 * Gives the wall its pointers.
 *
 * @param {Board} board
 * @param {Wall} wall
 * @param {Overlay} overlay
 * @param {{menuAt: (key: string | null, at: Point) => void, newAt: (at: Point) => void, spaceHeld: () => boolean,
 *   spaceUsed: () => void}} hands
 *   `menuAt` opens the menu of a note or the wall at a point of the root; `newAt` begins a note at a point of the wall
 * @returns {{cancel(): boolean}} gives up what is in the hand; false when nothing was
 */
export function givePointers(board, wall, overlay, hands) {
  const { element, camera } = wall;
  /** @type {Map<number, Point>} fingers on the wall */
  const fingers = new Map();
  /** @type {Press | null} */
  let press = null;
  /** @type {{distance: number, middle: Point} | null} */
  let pinch = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let longPress;
  let frame = 0;
  /** @type {Point} */
  let last = { x: 0, y: 0 };
  let told = 0;

  /**
   * @param {{clientX: number, clientY: number}} event
   * @param {HTMLElement} [frame]
   * @returns {Point}
   */
  const pointIn = (event, frame = element) => {
    const { left, top } = frame.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const rootPoint = (/** @type {Point} */ screen) => {
    const [here, root] = [element.getBoundingClientRect(), board.root.getBoundingClientRect()];
    return { x: screen.x + here.left - root.left, y: screen.y + here.top - root.top };
  };

  /** @param {PointerEvent} event */
  const down = (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest(OWN_HANDS)) return;
    const point = pointIn(event);
    if (event.pointerType === 'touch') {
      fingers.set(event.pointerId, point);
      if (fingers.size === 2) return startPinch();
    }
    if (press || event.button === 2) return;
    const key = keyAt(target);
    const pan = event.button === 1 || hands.spaceHeld() || element.dataset.hand === 'true';
    if (event.button === 1) event.preventDefault();
    const adding = event.shiftKey || event.ctrlKey || event.metaKey;
    const kind = event.pointerType;
    press = { id: event.pointerId, kind, start: point, key, pan, gesture: null, toggled: false, adding };
    last = point;
    if (event.pointerType === 'touch') longPress = setTimeout(pressLong, LONG_PRESS);
    if (pan) return;
    event.preventDefault();
    if (!key) return element.focus({ preventScroll: true });
    if (adding) {
      board.select([key], 'toggle');
      press.toggled = true;
    } else if (!board.selection.has(key)) board.select([key]);
    board.focus(key, { reveal: false });
  };

  /** @param {PointerEvent} event */
  const move = (event) => {
    const point = pointIn(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, point);
    if (pinch) return movePinch();
    last = point;
    tellPointer(point);
    if (!press || press.id !== event.pointerId) return;
    if (press.kind === 'mouse' && event.buttons === 0) return up(event);
    if (!press.gesture) {
      if (Math.hypot(point.x - press.start.x, point.y - press.start.y) < THRESHOLD) return;
      clearTimeout(longPress);
      press.gesture = begin(press);
      if (!press.gesture) return;
      element.setPointerCapture?.(event.pointerId);
      element.classList.add('has-gesture');
    }
    frame ||= requestAnimationFrame(tick);
  };

  const tick = () => {
    frame = 0;
    const gesture = press?.gesture;
    if (!gesture) return;
    if (gesture.edges && panAtEdge()) frame = requestAnimationFrame(tick);
    gesture.move(last);
  };

  const panAtEdge = () => {
    const push = (/** @type {number} */ at, /** @type {number} */ length) =>
      at < EDGE ? Math.max(-EDGE, at - EDGE) : at > length - EDGE ? Math.min(EDGE, at - length + EDGE) : 0;
    const [dx, dy] = [push(last.x, camera.width), push(last.y, camera.height)];
    if (dx || dy) camera.panBy(dx / 3, dy / 3);
    return Boolean(dx || dy);
  };

  /** @param {PointerEvent} event */
  const up = (event) => {
    fingers.delete(event.pointerId);
    if (fingers.size < 2) pinch = null;
    if (!press || press.id !== event.pointerId) return;
    const done = press;
    release();
    if (event.type === 'pointercancel') return done.gesture?.cancel();
    if (done.gesture) {
      // A quick hand lets go before the last movement was drawn.
      done.gesture.move(pointIn(event));
      return done.gesture.end(pointIn(event));
    }
    if (done.pan || done.toggled) return;
    if (done.key) board.select([done.key]);
    else if (!done.adding) board.select([]);
  };

  const release = () => {
    clearTimeout(longPress);
    cancelAnimationFrame(frame);
    frame = 0;
    press = null;
    element.classList.remove('has-gesture');
  };

  const cancel = () => {
    const gesture = press?.gesture;
    release();
    gesture?.cancel();
    return Boolean(gesture);
  };

  /**
   * @param {Press} held
   * @returns {Gesture | null}
   */
  const begin = (held) => {
    if (held.pan || (held.kind === 'touch' && !held.key)) {
      if (hands.spaceHeld()) hands.spaceUsed();
      return panning(wall, held.start);
    }
    const isNote = held.key && board.scene.notes.some((note) => note.key === held.key);
    if (!held.key || !isNote) return banding(board, wall, overlay, held);
    if (board.root.classList.contains('is-readonly')) return null;
    return carrying(board, wall, overlay, held.key, held.start, { rootPoint, lost: cancel });
  };

  const pressLong = () => {
    if (!press || press.gesture) return;
    const { key, start } = press;
    release();
    hands.menuAt(key, rootPoint(start));
  };

  const startPinch = () => {
    cancel();
    pinch = spread([...fingers.values()]);
  };

  const movePinch = () => {
    const now = spread([...fingers.values()]);
    if (!pinch || fingers.size < 2) return;
    camera.panBy(pinch.middle.x - now.middle.x, pinch.middle.y - now.middle.y);
    camera.zoomBy(now.distance / pinch.distance, now.middle);
    pinch = now;
  };

  /** @param {Point} screen */
  const tellPointer = (screen) => {
    if (press?.gesture || Date.now() - told < TOLD_EVERY) return;
    told = Date.now();
    const { x, y } = camera.toWall(screen);
    board.session.tell({ pointer: [Math.round(x), Math.round(y)] });
  };

  element.addEventListener('pointerdown', down);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', up);
  element.addEventListener('pointercancel', up);
  element.addEventListener('pointerleave', () => {
    if (!press) board.session.tell({ pointer: null });
  });
  element.addEventListener('dblclick', (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest(OWN_HANDS)) return;
    const key = keyAt(target);
    if (key) board.edit(key);
    else hands.newAt(camera.toWall(pointIn(event)));
  });
  element.addEventListener('contextmenu', (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest('.editor, .typing')) return;
    event.preventDefault();
    if (press?.kind === 'touch') release();
    hands.menuAt(keyAt(target), pointIn(event, board.root));
  });
  giveWheel(board, wall, pointIn);
  return { cancel };
}

/**
 * The key of the note under the pointer, or of a place whose title is under it.
 *
 * @param {Element} target
 * @returns {string | null}
 */
function keyAt(target) {
  return target.closest('.note, .place-title, .place-subtitle') ? keyOf(target) : null;
}

/** @param {Point[]} points */
function spread([one, other]) {
  if (!one || !other) return { distance: 1, middle: one ?? { x: 0, y: 0 } };
  return {
    distance: Math.max(10, Math.hypot(one.x - other.x, one.y - other.y)),
    middle: { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 },
  };
}
