/**
 * Points along the arrows of the wall, from their path data alone.
 *
 * @module paint/along
 */

/** @import { Point } from '../types.js' */

/** Straight pieces that one curve is measured by. */
const PIECES = 8;

/**
 * A way along some paths, one after the other.
 *
 * @param {string[]} paths SVG path data of absolute lines and curves (M, L, Q, C)
 * @returns {((share: number) => Point) | null} the point at a share from 0 to 1 of its length; null for no way at all
 */
export function along(paths) {
  const lines = paths.map(pointsOf).filter((points) => points.length > 1);
  if (!lines.length) return null;
  /** @type {{from: Point, to: Point, start: number, length: number}[]} */
  const pieces = [];
  let whole = 0;
  for (const points of lines) {
    for (let index = 1; index < points.length; index++) {
      const [from, to] = [points[index - 1], points[index]];
      const length = Math.hypot(to.x - from.x, to.y - from.y);
      pieces.push({ from, to, start: whole, length });
      whole += length;
    }
  }
  return (share) => {
    const way = Math.min(1, Math.max(0, share)) * whole;
    const piece = pieces.find((one) => way <= one.start + one.length) ?? pieces[pieces.length - 1];
    const part = piece.length ? (way - piece.start) / piece.length : 1;
    return between(piece.from, piece.to, Math.min(1, part));
  };
}

/**
 * @param {string} d
 * @returns {Point[]} along the path
 */
function pointsOf(d) {
  /** @type {Point[]} */
  const points = [];
  for (const [, command, rest] of d.matchAll(/([MLQC])([^A-Za-z]*)/g)) {
    const numbers = (rest.match(/-?\d*\.?\d+(?:e-?\d+)?/gi) ?? []).map(Number);
    const given = Array.from({ length: numbers.length >> 1 }, (_, index) => ({
      x: numbers[2 * index],
      y: numbers[2 * index + 1],
    }));
    const size = { M: 1, L: 1, Q: 2, C: 3 }[command] ?? 1;
    for (let index = 0; index + size <= given.length; index += size) {
      const start = points[points.length - 1];
      const hull = [...(start && size > 1 ? [start] : []), ...given.slice(index, index + size)];
      if (hull.length === 1) points.push(hull[0]);
      else for (let piece = 1; piece <= PIECES; piece++) points.push(onCurve(hull, piece / PIECES));
    }
  }
  return points;
}

/**
 * @param {Point[]} hull of a Bézier curve of any degree
 * @param {number} share
 * @returns {Point}
 */
function onCurve(hull, share) {
  let points = hull;
  while (points.length > 1) points = points.slice(1).map((point, index) => between(points[index], point, share));
  return points[0];
}

/**
 * @param {Point} one
 * @param {Point} other
 * @param {number} share
 * @returns {Point}
 */
function between(one, other, share) {
  return { x: one.x + (other.x - one.x) * share, y: one.y + (other.y - one.y) * share };
}
