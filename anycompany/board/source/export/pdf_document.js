/**
 * The bytes of a PDF with one page: a picture that fills it, and its words.
 *
 * @module export/pdf_document
 */

import { writable } from './markup.js';
import { NO_SHAPE, fontObject, fontsFor, meanings, utf16, wordsContent } from './pdf_words.js';

/** @import { Words } from './pdf_words.js' */

/** Points in a px, and the longest side that a page may have in points. */
const POINTS = 0.75;
const LONGEST_SIDE = 14_400;

/**
 * Writes the document.
 *
 * @param {{page: {width: number, height: number}, words: Words[], title: string,
 *   image: {width: number, height: number, pixels: Uint8Array}}} parts
 *   the page in px; the picture's pixels are red, green, blue in rows from above, deflated
 * @returns {Uint8Array}
 */
export function pdfDocument({ page, image, words, title }) {
  const points = Math.min(POINTS, LONGEST_SIDE / Math.max(page.width, page.height));
  const [width, height] = [page.width * points, page.height * points].map((side) => Math.round(side * 1000) / 1000);
  const fonts = fontsFor(words);
  const names = fonts.map((_, index) => `/F${index} ${7 + index * 3} 0 R`).join(' ');
  const content = [
    `${points} 0 0 ${points} 0 0 cm`,
    `q ${page.width} 0 0 ${page.height} 0 0 cm /Picture Do Q`,
    wordsContent(words, fonts, page.height),
  ].join('\n');
  const colours = '/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode';
  return fileOf([
    '<< /Type /Catalog /Pages 2 0 R /ViewerPreferences << /DisplayDocTitle true >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents 4 0 R\n` +
      `/Resources << /XObject << /Picture 5 0 R >> /Font << ${names} >> >> >>`,
    stream('', bytesOf(content)),
    stream(`/Type /XObject /Subtype /Image /Width ${image.width} /Height ${image.height} ${colours}`, image.pixels),
    `<< /Title <feff${utf16(writable(title))}> /Producer (AnyCompany workbook) >>`,
    ...fonts.flatMap((characters, index) => [
      fontObject(characters, 8 + index * 3),
      stream('', bytesOf(meanings(characters))),
      stream('', bytesOf(NO_SHAPE)),
    ]),
  ]);
}

/**
 * @param {string} entries of the stream's dictionary
 * @param {Uint8Array} bytes
 */
function stream(entries, bytes) {
  return [bytesOf(`<< ${entries} /Length ${bytes.length} >>\nstream\n`), bytes, bytesOf('\nendstream')];
}

/**
 * The file: its objects, and the table that says where each begins.
 *
 * @param {(string | Uint8Array[])[]} objects the first is the catalogue, the sixth says what the document is
 */
function fileOf(objects) {
  // The four odd bytes tell programs that move files that this is not text.
  /** @type {Uint8Array[]} */
  const parts = [Uint8Array.of(...bytesOf('%PDF-1.5\n%'), 0xe2, 0xe3, 0xcf, 0xd3, 0x0a)];
  let length = parts[0].length;
  const add = (/** @type {Uint8Array} */ bytes) => {
    parts.push(bytes);
    length += bytes.length;
  };
  const starts = objects.map((object, index) => {
    const start = length;
    add(bytesOf(`${index + 1} 0 obj\n`));
    for (const part of typeof object === 'string' ? [bytesOf(object)] : object) add(part);
    add(bytesOf('\nendobj\n'));
    return start;
  });
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('');
  const count = objects.length + 1;
  add(bytesOf(`xref\n0 ${count}\n0000000000 65535 f \n${table}trailer\n<< /Size ${count} /Root 1 0 R /Info 6 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  const file = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

/** @param {string} text in ASCII */
function bytesOf(text) {
  return new TextEncoder().encode(text);
}
