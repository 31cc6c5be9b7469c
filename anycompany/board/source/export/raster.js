/**
 * A picture as pixels: what PNG and PDF are made of.
 *
 * @module export/raster
 */

/** What browsers can bear: px on one side, and px in all. */
const LONGEST_SIDE = 16_384;
const MOST_PIXELS = 120_000_000;

/**
 * The size of an SVG picture, from its first tag.
 *
 * @param {string} svg
 * @returns {{width: number, height: number}} px at scale 1
 */
export function sizeOf(svg) {
  const [, width, height] = svg.match(/<svg[^>]*? width="([\d.]+)" height="([\d.]+)"/) ?? [];
  if (!width || !height) throw new Error('The picture has no size.');
  return { width: Number(width), height: Number(height) };
}

/**
 * How sharp a picture can be: the scale that is wanted, or what browsers can bear if that is less.
 *
 * @param {{width: number, height: number}} size
 * @param {number} wanted
 * @returns {number}
 */
export function sharpest({ width, height }, wanted) {
  return Math.min(wanted, LONGEST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
}

/**
 * The picture, ready to be drawn on a canvas.
 *
 * @param {string} svg
 * @returns {Promise<HTMLImageElement>}
 */
export async function imageOf(svg) {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  const image = new Image();
  try {
    image.src = address;
    await image.decode();
    return image;
  } catch {
    throw new Error('This browser cannot draw the picture.');
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * A canvas to draw on.
 *
 * @param {number} width
 * @param {number} height
 * @returns {{canvas: HTMLCanvasElement, pen: CanvasRenderingContext2D}}
 */
export function canvasOf(width, height) {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (!pen) throw new Error('This browser has no room for a picture of this size.');
  return { canvas, pen };
}
