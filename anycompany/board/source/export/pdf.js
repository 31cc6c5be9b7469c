/**
 * The wall as a PDF of one page: the picture, and over it its words, unseen, so that they can be searched and copied.
 *
 * @module export/pdf
 */

import { pdfDocument } from './pdf_document.js';
import { canvasOf, imageOf, sharpest, sizeOf } from './raster.js';

/** @import { Words } from './pdf_words.js' */

const SCALE = 2.5;
const STRIP = 256;

/**
 * A PDF of an SVG picture.
 *
 * @param {string} svg as `svgOf` writes it
 * @returns {Promise<Blob>}
 */
export async function pdfOf(svg) {
  const size = sizeOf(svg);
  const scale = sharpest(size, SCALE);
  const [width, height] = [size.width, size.height].map((side) => Math.max(1, Math.floor(side * scale)));
  const pixels = await deflated(strips(await imageOf(svg), width, height));
  const { title, words } = wordsOf(svg);
  const bytes = pdfDocument({ page: size, image: { width, height, pixels }, words, title });
  return new Blob([/** @type {BlobPart} */ (bytes)], { type: 'application/pdf' });
}

/**
 * The pixels of the picture, red, green, blue, from above: strip by strip, so that a large wall needs little room.
 *
 * @param {HTMLImageElement} image
 * @param {number} width
 * @param {number} height
 * @returns {Generator<Uint8Array>}
 */
function* strips(image, width, height) {
  const { pen } = canvasOf(width, STRIP);
  for (let top = 0; top < height; top += STRIP) {
    pen.drawImage(image, 0, -top, width, height);
    const rows = Math.min(STRIP, height - top);
    const { data } = pen.getImageData(0, 0, width, rows);
    const opaque = new Uint8Array(width * rows * 3);
    for (let from = 0, to = 0; from < data.length; from += 4) {
      opaque[to++] = data[from];
      opaque[to++] = data[from + 1];
      opaque[to++] = data[from + 2];
    }
    yield opaque;
  }
}

/**
 * @param {Iterable<Uint8Array>} parts
 * @returns {Promise<Uint8Array>}
 */
async function deflated(parts) {
  const { readable, writable } = new CompressionStream('deflate');
  const whole = new Response(readable).arrayBuffer();
  const writer = writable.getWriter();
  for (const part of parts) await writer.write(/** @type {BufferSource} */ (part));
  await writer.close();
  return new Uint8Array(await whole);
}

/**
 * The words of a picture and where they stand, in px from its left top corner.
 *
 * @param {string} svg
 * @returns {{title: string, words: Words[]}}
 */
export function wordsOf(svg) {
  const picture = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const [left, top] = (picture.getAttribute('viewBox') ?? '').split(' ').map(Number);
  const number = (/** @type {Element} */ element, /** @type {string} */ name) => Number(element.getAttribute(name));
  const words = [...picture.querySelectorAll('text')].map((element) => ({
    text: element.textContent ?? '',
    x: number(element, 'x') - left,
    y: number(element, 'y') - top,
    size: number(element, 'font-size'),
    weight: number(element, 'font-weight') || 400,
    anchor: element.getAttribute('text-anchor') ?? 'start',
    turned: element.getAttribute('direction') === 'rtl',
  }));
  return { title: picture.querySelector('title')?.textContent ?? '', words };
}
