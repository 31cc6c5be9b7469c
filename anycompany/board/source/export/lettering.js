/**
 * Text in a picture, which no browser lays out for us: measured, broken into lines, cut with an ellipsis.
 *
 * @module export/lettering
 */

import { FONT } from '../palette.js';
import { writable } from './markup.js';

/** @typedef {{size: number, weight?: number}} Type */

const RIGHT_TO_LEFT = /\p{Script=Hebrew}|\p{Script=Arabic}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|\p{Script=Adlam}/u;
const LETTER = /\p{L}/u;
/** Characters that turn round the writing beside them; each line of a picture stands for itself. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;
/** Accents on top of accents, which would cover the lines above. */
const TOWERS = /(\p{M}{3})\p{M}+/gu;
const MOST_REMEMBERED = 20_000;

/** @type {Map<string, number>} */
const widths = new Map();
const pieces = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** @type {CanvasRenderingContext2D | null | undefined} */
let canvas;

/**
 * The text in one line, without what a picture cannot bear.
 *
 * @param {string} text
 * @returns {string}
 */
export function inOneLine(text) {
  return writable(text.replace(TURNING, '')).replace(TOWERS, '$1').replace(/\s+/g, ' ').trim();
}

/**
 * How wide a text is, in px: measured by the browser, estimated where there is none.
 *
 * @param {string} text
 * @param {Type} type
 * @returns {number}
 */
export function widthOf(text, { size, weight = 400 }) {
  const key = `${size} ${weight} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > MOST_REMEMBERED) widths.clear();
  const width = measured(text, size, weight);
  widths.set(key, width);
  return width;
}

/**
 * Breaks a text into lines that fit, at spaces where it can and inside words where it must.
 *
 * @param {string} text
 * @param {number} width in px
 * @param {Type} type
 * @param {number} most lines; what is left over is an ellipsis at the end of the last
 * @returns {string[]}
 */
export function wrapped(text, width, type, most) {
  /** @type {string[]} */
  const lines = [];
  let line = '';
  for (const word of inOneLine(text).split(' ')) {
    const longer = line ? `${line} ${word}` : word;
    if (widthOf(longer, type) <= width) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    line = word;
    while (lines.length <= most && widthOf(line, type) > width) {
      const fits = beginning(line, width, type);
      lines.push(fits);
      line = line.slice(fits.length);
    }
    if (lines.length > most) break;
  }
  if (line) lines.push(line);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), shortened(lines.slice(most - 1).join(' '), width, type)];
}

/**
 * The text, or as much of its beginning as fits, with an ellipsis.
 *
 * @param {string} text
 * @param {number} width in px
 * @param {Type} type
 * @returns {string}
 */
export function shortened(text, width, type) {
  const whole = inOneLine(text);
  if (widthOf(whole, type) <= width) return whole;
  return `${beginning(whole, width - widthOf('…', type), type).trimEnd()}…`;
}

/**
 * Whether a text is read from right to left, by its first letter.
 *
 * @param {string} text
 * @returns {boolean}
 */
export function isRightToLeft(text) {
  const first = text.match(LETTER)?.[0];
  return first !== undefined && RIGHT_TO_LEFT.test(first);
}

/**
 * As many whole characters as fit, at least one.
 *
 * @param {string} text
 * @param {number} width
 * @param {Type} type
 */
function beginning(text, width, type) {
  let fits = '';
  for (const { segment } of pieces.segment(text.slice(0, 400))) {
    if (fits && widthOf(fits + segment, type) > width) break;
    fits += segment;
  }
  return fits;
}

/**
 * @param {string} text
 * @param {number} size
 * @param {number} weight
 */
function measured(text, size, weight) {
  if (canvas === undefined) canvas = globalThis.OffscreenCanvas ? context(new OffscreenCanvas(1, 1)) : null;
  if (!canvas) return estimated(text) * size * (weight >= 600 ? 1.07 : 1);
  canvas.font = `${weight} ${size}px ${FONT}`;
  return canvas.measureText(text).width;
}

/** @param {OffscreenCanvas} made */
function context(made) {
  return /** @type {any} */ (made.getContext('2d'));
}

/**
 * The width of a text in units of its size: narrow, wide and full-width letters by a rule of thumb.
 *
 * @param {string} text
 */
function estimated(text) {
  let sum = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    if (/[\s'.,:;!|ijlIftr()[\]]/.test(character)) sum += 0.34;
    else if (/[mwMW@%…—]/.test(character)) sum += 0.9;
    else sum += character > '\u2e7f' ? 1.05 : 0.6;
  }
  return sum;
}
