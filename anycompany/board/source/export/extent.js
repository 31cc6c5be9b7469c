/**
 * How much room a scene takes.
 *
 * @module export/extent
 */

import { boxAround } from '../steps/common.js';
import { widthOf } from './lettering.js';

/** @import { Arrow, Box, Label, Scene } from '../types.js' */

const MARGIN = 32;
const BLANK = { x: 0, y: 0, w: 640, h: 360 };
const ANCHORS = { start: 0, middle: 0.5, end: 1 };

/**
 * The box that holds everything in a scene, with a margin.
 *
 * @param {Scene} scene
 * @returns {Box}
 */
export function extentOf({ notes, regions, arrows, labels }) {
  const boxes = [...notes, ...regions, ...arrows.map(arrowBox), ...labels.map(labelBox)];
  return boxes.length ? boxAround(boxes, MARGIN) : BLANK;
}

/**
 * The box around an arrow's points and those that bend it, with its label; the path never leaves these points.
 *
 * @param {Arrow} arrow
 * @returns {Box}
 */
export function arrowBox({ d, label, at }) {
  const numbers = (d.match(/-?\d*\.?\d+(?:e-?\d+)?/gi) ?? []).map(Number);
  const points = [];
  for (let index = 0; index + 1 < numbers.length; index += 2) {
    points.push({ x: numbers[index] - 5, y: numbers[index + 1] - 5, w: 10, h: 10 });
  }
  if (label && at) points.push({ x: at.x - 100, y: at.y - 11, w: 200, h: 22 });
  return boxAround(points);
}

/**
 * @param {Label} label
 * @returns {Box}
 */
export function labelBox({ x, y, text, size = 14, weight = 400, anchor = 'start' }) {
  const width = widthOf(text.slice(0, 120), { size, weight });
  return { x: x - width * ANCHORS[anchor], y: y - size, w: width, h: size * 1.4 };
}
