/**
 * Which part of the wall is in sight. The camera moves one element, the world, by one CSS transform; positions
 * are wall coordinates (px at zoom 1).
 *
 * @module paint/camera
 */

/** @import { Box, Camera, Point } from '../types.js' */

export const NEAREST = 3;
export const FARTHEST = 0.01;
const LEGIBLE = 0.55;
const MARGIN = 48;

/**
 * @typedef {Camera & {
 *   set(x: number, y: number, zoom: number): void,
 *   resized(): void,
 *   open(box: Box | null): void,
 *   readonly width: number, readonly height: number, inset: number,
 * }} WallCamera
 *   `inset` is how much at the top is covered by the field for new notes, in px of the viewport;
 *   `set` goes to a place remembered; `resized` when the viewport has another size; `open` shows a scene for the first
 *   time: all of it when that can still be read, else its beginning
 */

/**
 * A camera over the world in a viewport.
 *
 * @param {HTMLElement} viewport
 * @param {HTMLElement} world
 * @param {() => Box | null} everything what `fit` shows when no box is named
 * @returns {WallCamera}
 */
export function makeCamera(viewport, world, everything) {
  let [x, y, zoom] = [-MARGIN, -MARGIN, 1];
  let [width, height] = [viewport.clientWidth || 800, viewport.clientHeight || 600];
  let frame = 0;
  /** @type {Set<() => void>} */
  const listeners = new Set();

  const paint = () => {
    frame = 0;
    world.style.transform = `translate(${round(-x * zoom)}px, ${round(-y * zoom)}px) scale(${zoom})`;
    for (const listener of [...listeners]) listener();
  };
  const moved = () => {
    frame ||= requestAnimationFrame(paint);
  };

  /**
   * All of a box, no smaller than a zoom: what does not fit then shows its left top.
   *
   * @param {Box | null} box
   * @param {number} least
   * @param {number} [most]
   */
  const show = (box, least, most = 1) => {
    const top = MARGIN + camera.inset;
    if (!box) return camera.set(-MARGIN, -top, 1);
    const [across, down] = [width / (box.w + 2 * MARGIN), (height - top - MARGIN) / box.h];
    const next = within(least, Math.min(across, down), most);
    const middle = box.x + box.w / 2 - width / next / 2;
    camera.set(across >= next ? middle : box.x - MARGIN / next, box.y - top / next, next);
  };

  /** @type {WallCamera} */
  const camera = {
    get zoom() {
      return zoom;
    },
    get x() {
      return x;
    },
    get y() {
      return y;
    },
    get width() {
      return width;
    },
    get height() {
      return height;
    },
    inset: 0,
    get sight() {
      return { x, y, w: width / zoom, h: height / zoom };
    },
    toWall: (point) => ({ x: x + point.x / zoom, y: y + point.y / zoom }),
    toScreen: (point) => ({ x: (point.x - x) * zoom, y: (point.y - y) * zoom }),
    set(newX, newY, newZoom) {
      [x, y, zoom] = [newX, newY, within(FARTHEST, newZoom, NEAREST)];
      moved();
    },
    zoomBy(factor, about = { x: width / 2, y: height / 2 }) {
      const fixed = camera.toWall(about);
      const next = within(FARTHEST, zoom * factor, NEAREST);
      camera.set(fixed.x - about.x / next, fixed.y - about.y / next, next);
    },
    panBy: (dx, dy) => camera.set(x + dx / zoom, y + dy / zoom, zoom),
    fit(box, nearest) {
      show(box ?? everything(), FARTHEST, nearest);
    },
    open(box) {
      show(box, LEGIBLE);
    },
    reveal(box) {
      const { w, h } = camera.sight;
      const margin = Math.min(MARGIN / zoom, w / 4, h / 4);
      camera.set(nearestShowing(x, w, box.x, box.w, margin), nearestShowing(y, h, box.y, box.h, margin), zoom);
    },
    resized() {
      [width, height] = [viewport.clientWidth || width, viewport.clientHeight || height];
      moved();
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  paint();
  return camera;
}

/**
 * Where a stretch of sight should begin so that a thing lies in it, moving as little as possible.
 *
 * @param {number} start of what is in sight
 * @param {number} length
 * @param {number} from of the thing
 * @param {number} size
 * @param {number} margin
 */
function nearestShowing(start, length, from, size, margin) {
  if (from - margin < start) return from - margin;
  if (from + size + margin > start + length) return Math.min(from - margin, from + size + margin - length);
  return start;
}

/**
 * @param {number} least
 * @param {number} value
 * @param {number} most
 */
function within(least, value, most) {
  return Math.max(least, Math.min(value, most));
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}
