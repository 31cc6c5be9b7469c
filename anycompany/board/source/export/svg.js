/**
 * The wall as a picture that stands for itself: an SVG file without styles, scripts or anything to load.
 *
 * @module export/svg
 */

import { FONT, colour } from '../palette.js';
import { overlap } from '../steps/common.js';
import { arrowBox, extentOf, labelBox } from './extent.js';
import { element } from './markup.js';
import { noteSvg, textAt } from './note_svg.js';
import { arrowSvg, labelSvg, pillSvg, placeSvg } from './place_svg.js';

/** @import { Box, Scene } from '../types.js' */
/** @import { Theme } from '../palette.js' */

/**
 * A scene as an SVG document.
 *
 * @param {Scene} scene
 * @param {{box?: Box, theme?: Theme, title?: string, revision?: number}} [options]
 *   the part of the wall to show, else all of it; what the picture is called, and of which revision of the storm it is
 * @returns {string}
 */
export function svgOf(scene, { box, theme = 'light', title = 'Wall', revision } = {}) {
  const shown = inWholePixels(box ?? extentOf(scene));
  const inSight = (/** @type {Box} */ thing) => !box || overlap(thing, grown(box));
  const empty = scene.empty && !scene.notes.length;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: shown.w,
      height: shown.h,
      viewBox: [shown.x, shown.y, shown.w, shown.h].join(' '),
      role: 'img',
      'font-family': FONT,
    },
    element('title', null, title),
    revision !== undefined && element('desc', null, `The storm at revision ${revision}`),
    element('rect', { x: shown.x, y: shown.y, width: shown.w, height: shown.h, fill: colour('page', theme) }),
    scene.regions.filter(inSight).map((region) => placeSvg(region, theme)),
    scene.arrows.filter((arrow) => inSight(arrowBox(arrow))).map((arrow) => arrowSvg(arrow, theme)),
    scene.labels.filter((label) => inSight(labelBox(label))).map((label) => labelSvg(label, theme)),
    above(scene.notes.filter(inSight)).map((note) => noteSvg(note, theme)),
    scene.arrows.filter((arrow) => inSight(arrowBox(arrow))).map((arrow) => pillSvg(arrow, theme)),
    empty && textAt(scene.empty ?? '', shown.x + shown.w / 2, shown.y + shown.h / 2, { size: 18, fill: colour('soft', theme), anchor: 'middle' }),
  )}\n`;
}

/**
 * Notes in the order in which they lie on each other: hot spots are on top.
 *
 * @param {Scene['notes']} notes
 */
function above(notes) {
  return [...notes.filter((note) => note.kind !== 'hotspot'), ...notes.filter((note) => note.kind === 'hotspot')];
}

/**
 * A little more than the box: shadows and tilted corners reach beyond their notes.
 *
 * @param {Box} box
 */
function grown({ x, y, w, h }) {
  return { x: x - 12, y: y - 12, w: w + 24, h: h + 24 };
}

/** @param {Box} box */
function inWholePixels({ x, y, w, h }) {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return { x: left, y: top, w: Math.max(1, Math.ceil(x + w) - left), h: Math.max(1, Math.ceil(y + h) - top) };
}
