/**
 * Unseen words of a PDF. Their fonts have no shapes, only widths and what each code means: every script can be
 * searched, and no font has to come along.
 *
 * @module export/pdf_words
 */

import { widthOf } from './lettering.js';
import { rounded } from './markup.js';

/** @typedef {{text: string, x: number, y: number, size: number, weight: number, anchor: string, turned: boolean}} Words */

const CODES = 255;
/** Every letter is this wide, in thousandths of the size; the words are stretched to where they are seen. */
const WIDTH = 500;
const ANCHORS = /** @type {Record<string, number>} */ ({ start: 0, middle: 0.5, end: 1 });

/**
 * Which code of which font stands for each character.
 *
 * @param {Words[]} words
 * @returns {string[][]} the characters of each font; the first has code 1
 */
export function fontsFor(words) {
  const characters = [...new Set(words.flatMap(({ text }) => [...text]))];
  return Array.from({ length: Math.ceil(characters.length / CODES) }, (_, font) => characters.slice(font * CODES, (font + 1) * CODES));
}

/**
 * The part of the page's content that places the words.
 *
 * @param {Words[]} words
 * @param {string[][]} fonts
 * @param {number} height of the page in px
 * @returns {string}
 */
export function wordsContent(words, fonts, height) {
  /** @type {Map<string, [number, number]>} */
  const codes = new Map(fonts.flatMap((characters, font) => characters.map((character, index) => [character, [font, index + 1]])));
  const lines = words.map(({ text, x, y, size, weight, anchor, turned }) => {
    const characters = [...text];
    if (!characters.length) return '';
    const width = widthOf(text, { size, weight });
    const share = turned ? 1 - ANCHORS[anchor] : ANCHORS[anchor];
    const stretch = rounded((width / ((characters.length * size * WIDTH) / 1000)) * 100);
    const place = `1 0 0 1 ${rounded(x - width * share)} ${rounded(height - y)} Tm ${stretch} Tz`;
    return `${place} ${runs(characters.map((character) => /** @type {[number, number]} */ (codes.get(character))), size)}`;
  });
  return ['BT 3 Tr', ...lines.filter(Boolean), 'ET'].join('\n');
}

/**
 * Shows codes, changing the font wherever the next one is of another.
 *
 * @param {[number, number][]} codes
 * @param {number} size
 */
function runs(codes, size) {
  let [written, font] = ['', -1];
  for (const [of, code] of codes) {
    if (of !== font) written += `${font < 0 ? '' : '> Tj '}/F${of} ${size} Tf <`;
    font = of;
    written += code.toString(16).padStart(2, '0');
  }
  return `${written}> Tj`;
}

/**
 * The objects of one font.
 *
 * @param {string[]} characters
 * @param {number} meaning the number of the object that `meanings` fills
 * @returns {string}
 */
export function fontObject(characters, meaning) {
  const names = characters.map((_, index) => `/c${index + 1}`);
  return [
    '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0] /Resources << >>',
    `/FirstChar 1 /LastChar ${characters.length} /Widths [${characters.map(() => WIDTH).join(' ')}]`,
    `/Encoding << /Type /Encoding /Differences [1 ${names.join(' ')}] >>`,
    `/CharProcs << ${names.map((name) => `${name} ${meaning + 1} 0 R`).join(' ')} >> /ToUnicode ${meaning} 0 R >>`,
  ].join('\n');
}

/** What draws a letter that nobody sees: its width, and nothing. */
export const NO_SHAPE = `${WIDTH} 0 d0`;

/**
 * What the codes of a font mean, as PDF wants to be told.
 *
 * @param {string[]} characters
 * @returns {string}
 */
export function meanings(characters) {
  const lines = characters.map((character, index) => `<${(index + 1).toString(16).padStart(2, '0')}> <${utf16(character)}>`);
  const blocks = [];
  for (let start = 0; start < lines.length; start += 100) {
    const some = lines.slice(start, start + 100);
    blocks.push(`${some.length} beginbfchar\n${some.join('\n')}\nendbfchar`);
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange\n<00> <FF>\nendcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n');
}

/**
 * A text in UTF-16, in hexadecimal digits.
 *
 * @param {string} text
 * @returns {string}
 */
export function utf16(text) {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index).toString(16).padStart(4, '0')).join('');
}
