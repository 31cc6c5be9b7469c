/**
 * Places, arrows and words of the wall itself in a picture.
 *
 * @module export/place_svg
 */

import { colour } from '../palette.js';
import { headOf } from '../paint/lines.js';
import { isBlank } from '../paint/text.js';
import { inOneLine, isRightToLeft, shortened, widthOf } from './lettering.js';
import { element } from './markup.js';
import { textAt } from './note_svg.js';

/** @import { Arrow, Label, Region } from '../types.js' */
/** @import { Theme } from '../palette.js' */

const LONGEST = 120;
const PILL = { size: 11, weight: 600 };
const WIDEST_PILL = 182;
/** Places that only stand behind notes: a ground without an edge, a small title. */
const QUIET = new Set(['moment', 'stream', 'hive']);

/**
 * A place with its title.
 *
 * @param {Region} region
 * @param {Theme} theme
 * @returns {ReturnType<typeof element>}
 */
export function placeSvg(region, theme) {
  return element('g', { 'data-key': region.key }, ground(region, theme), titles(region, theme));
}

/**
 * @param {Region} region
 * @param {Theme} theme
 */
function ground({ x, y, w, h, kind, hue, dashed }, theme) {
  const size = { x, y, width: w, height: h };
  if (isOffer({ kind, dashed })) return element('rect', { ...size, rx: 18, fill: 'none', stroke: colour('frame', theme), 'stroke-width': 1.5, 'stroke-dasharray': '6 4' });
  if (kind === 'hive')
    return element('rect', { ...size, rx: 18, fill: colour('card', theme), 'fill-opacity': 0.8, stroke: colour('frame', theme), 'stroke-opacity': 0.5 });
  if (kind === 'bus') return element('rect', { ...size, rx: 12, fill: colour('bar', theme) });
  if (QUIET.has(kind)) return element('rect', { ...size, rx: 10, fill: hue === undefined ? colour('inlay', theme) : colour(`tint-${hue}`, theme) });
  return element('rect', {
    ...size,
    rx: kind === 'lane' ? 12 : 18,
    fill: hue === undefined || kind === 'shelf' ? 'none' : colour(`tint-${hue}`, theme),
    stroke: hue === undefined || kind === 'shelf' ? colour('frame', theme) : colour(`hue-${hue}`, theme),
    'stroke-width': kind === 'lane' ? 1 : 1.5,
    'stroke-dasharray': dashed || kind === 'shelf' ? '6 4' : null,
  });
}

/**
 * Whether a place is not there yet and only says what may be dropped there: its words stand in its middle.
 *
 * @param {{kind: Region['kind'], dashed?: boolean}} region
 */
function isOffer({ kind, dashed }) {
  return Boolean(dashed) && (kind === 'hive' || kind === 'context');
}

/**
 * @param {Region} region
 * @param {Theme} theme
 */
function titles(region, theme) {
  if (isOffer(region)) return offer(region, theme);
  const { x, y, w, h, kind, hue, subtitle } = region;
  const title = isBlank(region.title) ? (region.ref ? 'No name yet' : '') : (region.title ?? '').slice(0, LONGEST);
  const quiet = QUIET.has(kind);
  const size = kind === 'hive' || kind === 'shelf' ? 14 : quiet ? 12.5 : 18;
  const [side, top] = quiet ? [10, 6] : [20, 16];
  const room = w - 2 * side;
  if (room <= 0) return null;
  const name = shortened(title, room, { size, weight: 600 });
  const fill = hue === undefined ? colour(quiet && kind !== 'hive' ? 'soft' : 'ink', theme) : colour(`name-${hue}`, theme);
  const baseline = kind === 'bus' ? y + h / 2 + size * 0.35 : y + top + size;
  const style = { size, weight: 600, fill, room };
  const soft = { size: 12.5, fill: colour('soft', theme), room };
  const beside = kind === 'bus' ? x + side + (name ? widthOf(name, style) + 12 : 0) : 0;
  return [
    kind === 'hive' ? textAt(name, x + w / 2, baseline, { ...style, anchor: 'middle' }) : textAt(name, x + side, baseline, style),
    !isBlank(subtitle) && (beside
      ? textAt(shortened(subtitle ?? '', x + w - side - beside, soft), beside, baseline - 1, { ...soft, room: x + w - side - beside })
      : textAt(shortened((subtitle ?? '').slice(0, LONGEST), room, soft), x + side, baseline + (name ? 20 : 0), soft)),
  ];
}

/**
 * @param {Region} region
 * @param {Theme} theme
 */
function offer({ x, y, w, h, title = '', subtitle = '' }, theme) {
  const room = w - 20;
  if (room <= 0) return null;
  const [name, soft] = [{ size: 14, weight: 600 }, { size: 12.5 }];
  const more = { fill: colour('soft', theme), anchor: 'middle' };
  const middle = { x: x + w / 2, y: y + h / 2 };
  return [
    textAt(shortened(title.slice(0, LONGEST), room, name), middle.x, middle.y - (subtitle ? 4 : -5), { ...name, ...more }),
    textAt(shortened(subtitle.slice(0, LONGEST), room, soft), middle.x, middle.y + (title ? 14 : 4), { ...soft, ...more }),
  ];
}

/**
 * An arrow with its head, without its label.
 *
 * @param {Arrow} arrow
 * @param {Theme} theme
 * @returns {ReturnType<typeof element>}
 */
export function arrowSvg({ key, d, tone, hue, dashed, ends }, theme) {
  const stroke = tone === 'crossing' ? colour('crossing', theme) : tone === 'time' ? colour('frame', theme)
    : hue === undefined ? colour('line', theme) : colour(`hue-${hue}`, theme);
  const dots = tone === 'listens' ? '1.5 4.5' : dashed ? '6 4' : null;
  return element(
    'g',
    { 'data-key': key },
    element('path', { d, fill: 'none', stroke, 'stroke-width': 1.75, 'stroke-dasharray': dots, 'stroke-linecap': tone === 'listens' ? 'round' : null }),
    ends !== false && element('path', { d: headOf(d), fill: stroke }),
  );
}

/**
 * The words on an arrow, in a pill above the notes.
 *
 * @param {Arrow} arrow
 * @param {Theme} theme
 * @returns {ReturnType<typeof element> | null}
 */
export function pillSvg({ tone, hue, label, at }, theme) {
  if (!label || !at || isBlank(label)) return null;
  const text = shortened(label.slice(0, LONGEST), WIDEST_PILL, PILL);
  const width = widthOf(text, PILL) + 20;
  const stroke = tone === 'crossing' ? colour('crossing', theme) : hue === undefined ? colour('soft', theme) : colour(`name-${hue}`, theme);
  return element(
    'g',
    null,
    element('rect', { x: at.x - width / 2, y: at.y - 11, width, height: 22, rx: 11, fill: colour('card', theme), stroke }),
    textAt(text, at.x, at.y + 4, { ...PILL, fill: stroke, anchor: 'middle' }),
  );
}

/**
 * Words that stand on the wall.
 *
 * @param {Label} label
 * @param {Theme} theme
 * @returns {ReturnType<typeof element> | null}
 */
export function labelSvg({ x, y, text, size = 14, weight = 400, tone = 'ink', hue, anchor = 'start' }, theme) {
  const role = tone !== 'hue' ? tone : hue === undefined ? 'ink' : `name-${hue}`;
  const written = inOneLine(text.slice(0, LONGEST));
  // Anchors follow the reading direction: the start of what is read from right to left is its right side.
  const turned = isRightToLeft(written) && anchor === 'end' ? 'start' : anchor;
  const left = turned === anchor ? x : x - widthOf(written, { size, weight });
  return textAt(written, left, y, { size, weight, fill: colour(role, theme), anchor: turned });
}
