/**
 * The wall as a PNG picture.
 *
 * @module export/png
 */

import { canvasOf, imageOf, sharpest, sizeOf } from './raster.js';

/**
 * A PNG of an SVG picture. A picture too large for browsers comes out less sharp: see `sharpnessOf`.
 *
 * @param {string} svg as `svgOf` writes it
 * @param {number} scale px for each px of the wall
 * @returns {Promise<Blob>}
 */
export async function pngOf(svg, scale) {
  const size = sizeOf(svg);
  const [width, height] = [size.width, size.height].map((side) => Math.max(1, Math.floor(side * sharpest(size, scale))));
  const image = await imageOf(svg);
  const { canvas, pen } = canvasOf(width, height);
  pen.drawImage(image, 0, 0, width, height);
  const blob = await new Promise((/** @type {BlobCallback} */ done) => canvas.toBlob(done, 'image/png'));
  if (!blob) throw new Error('This browser has no room for a picture of this size.');
  return blob;
}

/**
 * How sharp the PNG of a picture will be, to tell people when that is less than they asked for.
 *
 * @param {string} svg
 * @param {number} scale the one wanted
 * @returns {number} the one they get
 */
export function sharpnessOf(svg, scale) {
  return sharpest(sizeOf(svg), scale);
}
