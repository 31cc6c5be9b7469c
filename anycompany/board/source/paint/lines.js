/**
 * Arrows, and words that stand on the wall itself. Arrows and labels are SVG, as they are in a picture that is saved;
 * the words on an arrow are small pills above the notes.
 *
 * @module paint/lines
 */

import { h, svg } from '../dom.js';
import { keyed } from './keyed.js';
import { wearHue } from './note.js';
import { clip } from './text.js';

/** @import { Arrow, Box, Label, Point } from '../types.js' */

const HEAD = 9;
const HALF = 4.5;
const LONGEST_LABEL = 120;
const LONGEST_PILL = 48;

/**
 * The layers of arrows, labels and pills.
 *
 * @returns {{under: SVGSVGElement, over: HTMLElement, draw(arrows: Arrow[], labels: Label[]): void}}
 *   `under` lies below the notes, `over` above them
 */
export function makeLines() {
  const arrowLayer = svg('g', null);
  const labelLayer = svg('g', null);
  const under = svg('svg', { class: 'lines', 'aria-hidden': 'true', width: 1, height: 1 }, arrowLayer, labelLayer);
  const over = h('div', { class: 'pills', 'aria-hidden': 'true' });
  const arrows = keyed(arrowLayer, () => svg('g', null, svg('path', null), svg('path', null)), fillArrow);
  const labels = keyed(labelLayer, () => svg('text', null), fillLabel);
  const pills = keyed(over, () => h('div', { dir: 'auto' }), fillPill);
  return {
    under,
    over,
    draw(someArrows, someLabels) {
      arrows.update(someArrows);
      labels.update(someLabels);
      pills.update(someArrows.filter((arrow) => arrow.label && arrow.at));
    },
  };
}

/**
 * The head of an arrow: a triangle at the end of a path, pointing the way the path goes there. For paths whose
 * last command is a line or a curve to absolute coordinates.
 *
 * @param {string} d SVG path data
 * @returns {string} SVG path data, empty when the path has no direction
 */
export function headOf(d) {
  const numbers = numbersOf(d);
  const [tipX, tipY] = numbers.slice(-2);
  for (let index = numbers.length - 4; index >= 0; index -= 2) {
    const [dx, dy] = [tipX - numbers[index], tipY - numbers[index + 1]];
    const length = Math.hypot(dx, dy);
    if (length < 0.5) continue;
    const [ux, uy] = [dx / length, dy / length];
    const [baseX, baseY] = [tipX - ux * HEAD, tipY - uy * HEAD];
    const corner = (/** @type {number} */ side) => `${cut(baseX - uy * side)} ${cut(baseY + ux * side)}`;
    return `M ${cut(tipX)} ${cut(tipY)} L ${corner(HALF)} L ${corner(-HALF)} Z`;
  }
  return '';
}

/** @type {WeakMap<Arrow, Box>} */
const boxes = new WeakMap();

/**
 * A box that holds an arrow: that of all points its path names.
 *
 * @param {Arrow} arrow
 * @returns {Box}
 */
export function boxOfPath(arrow) {
  const known = boxes.get(arrow);
  if (known) return known;
  const numbers = numbersOf(arrow.d);
  const [xs, ys] = [0, 1].map((odd) => numbers.filter((_, index) => index % 2 === odd));
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  const box = { x: x - HEAD, y: y - HEAD, w: Math.max(...xs) - x + 2 * HEAD, h: Math.max(...ys) - y + 2 * HEAD };
  boxes.set(arrow, box);
  return box;
}

/** @param {string} d */
function numbersOf(d) {
  return (d.match(/-?\d*\.?\d+(?:e-?\d+)?/gi) ?? []).map(Number);
}

/**
 * @param {SVGGElement} element
 * @param {Arrow} arrow
 */
function fillArrow(element, arrow) {
  element.setAttribute('class', `arrow is-${arrow.tone}${arrow.dashed ? ' is-dashed' : ''}`);
  element.setAttribute('data-key', arrow.key);
  wearHue(element, arrow.hue);
  const [shaft, head] = element.children;
  shaft.setAttribute('class', 'shaft');
  shaft.setAttribute('d', arrow.d);
  head.setAttribute('class', 'head');
  head.setAttribute('d', arrow.ends === false ? '' : headOf(arrow.d));
}

/**
 * @param {SVGTextElement} element
 * @param {Label} label
 */
function fillLabel(element, label) {
  element.setAttribute('class', `label is-${label.tone ?? 'ink'}`);
  element.setAttribute('x', String(label.x));
  element.setAttribute('y', String(label.y));
  element.setAttribute('text-anchor', label.anchor ?? 'start');
  element.setAttribute('font-size', String(label.size ?? 14));
  element.setAttribute('font-weight', String(label.weight ?? 400));
  wearHue(element, label.hue);
  element.textContent = clip(label.text, LONGEST_LABEL);
}

/**
 * @param {HTMLElement} element
 * @param {Arrow} arrow
 */
function fillPill(element, arrow) {
  const { x, y } = /** @type {Point} */ (arrow.at);
  element.className = `pill is-${arrow.tone}`;
  element.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
  wearHue(element, arrow.hue);
  element.textContent = clip(arrow.label ?? '', LONGEST_PILL);
}

/** @param {number} value */
function cut(value) {
  return Math.round(value * 100) / 100;
}
