/**
 * A note in a picture: the same paper, hexagon, card or chip that the wall shows.
 *
 * @module export/note_svg
 */

import { blend, colour } from '../palette.js';
import { SHOWN, clip, isBlank } from '../paint/text.js';
import { isRightToLeft, shortened, widthOf, wrapped } from './lettering.js';
import { element } from './markup.js';

/** @import { Note } from '../types.js' */
/** @import { Theme } from '../palette.js' */

/** @typedef {{text: string, size: number, weight: number, height: number, tone?: 'soft', italic?: boolean, side?: boolean}} Row */

const TAG_HEIGHT = 14;
const SMALL_HEIGHT = 15;
const MOST_DOTS = 8;
const MOST_LINES = 40;
const TILT = -4;

/** How each shape lays out its words: the room at its sides and above, the height of a line, from where they begin. */
const LAYOUT = {
  paper: { side: 10, top: 8, line: 17, size: 14, centred: false },
  hex: { side: 5, top: 18, line: 16, size: 12.5, centred: true },
  card: { side: 13, top: 11, line: 18, size: 14, centred: false },
  chip: { side: 11, top: 3, line: 16, size: 12.5, centred: true },
};

/**
 * A note as SVG.
 *
 * @param {Note} note
 * @param {Theme} theme
 * @returns {ReturnType<typeof element>}
 */
export function noteSvg(note, theme) {
  const tilted = note.kind === 'hotspot' && note.shape === 'paper';
  const middle = `${note.x + note.w / 2} ${note.y + note.h / 2}`;
  return element(
    'g',
    { 'data-key': note.key, opacity: note.faded ? 0.5 : null, transform: tilted ? `rotate(${TILT} ${middle})` : null },
    element('title', null, clip(note.says, 400)),
    isTitle(note) ? null : outline(note, theme),
    isTitle(note) ? titleWords(note, theme) : words(note, theme),
  );
}

/**
 * Whether a note is the title of a context: it can be dragged as a note can, and looks like a title.
 *
 * @param {Note} note
 */
function isTitle(note) {
  return note.shape === 'chip' && note.kind === 'aggregate' && note.hue !== undefined;
}

/**
 * Whether a note is the card of a service, whose name is its title.
 *
 * @param {Note} note
 */
function isService(note) {
  return note.shape === 'card' && note.kind === 'aggregate';
}

/** @param {Note} note */
function isOnCard(note) {
  return note.shape === 'card' || (note.shape === 'chip' && (note.hue !== undefined || note.kind === 'contract' || note.kind === 'listener'));
}

/**
 * @param {Note} note
 * @param {Theme} theme
 */
function paper(note, theme) {
  if (isOnCard(note)) return colour('card', theme);
  const full = colour(note.kind, theme);
  return note.copy ? blend(full, note.shape === 'hex' ? '#FFFFFF' : colour('page', theme), 0.45) : full;
}

/**
 * @param {Note} note
 * @param {Theme} theme
 */
function outline(note, theme) {
  const { x, y, w, h } = note;
  const ink = colour('paper-ink', theme);
  const fill = paper(note, theme);
  if (note.shape === 'hex') {
    const points = [[0.5, 0], [1, 0.25], [1, 0.75], [0.5, 1], [0, 0.75], [0, 0.25]];
    const corners = points.map(([across, down]) => `${x + across * w} ${y + down * h}`).join(' ');
    const rim = note.pivotal ? colour('ink', theme) : blend(fill, '#6B3A00', 0.82);
    return element('polygon', { points: corners, fill, stroke: rim, 'stroke-width': note.pivotal ? 3.5 : 1.5, 'stroke-dasharray': dashes(note) });
  }
  if (isOnCard(note)) {
    const edge = note.crossing ? colour('crossing', theme) : note.hue === undefined ? colour('frame', theme) : colour(`hue-${note.hue}`, theme);
    const rx = note.shape === 'card' ? 8 : h / 2;
    return [
      element('rect', { x: x + 0.5, y: y + 0.5, width: w - 1, height: h - 1, rx, fill, stroke: edge, 'stroke-dasharray': dashes(note) }),
      note.shape === 'card' && note.hue !== undefined && element('rect', { x: x + 1, y: y + 8, width: 3, height: Math.max(0, h - 16), fill: edge }),
    ];
  }
  const rx = note.shape === 'chip' ? h / 2 : 2;
  return [
    element('rect', { x, y: y + 1.5, width: w, height: h, rx, fill: '#000000', opacity: theme === 'dark' ? 0.4 : 0.1 }),
    element('rect', { x, y, width: w, height: h, rx, fill }),
    note.pivotal && element('rect', { x, y, width: 6, height: h, fill: colour('ink', theme) }),
    note.guess && element('rect', { x: x + 2, y: y + 2, width: w - 4, height: h - 4, fill: 'none', stroke: ink, 'stroke-width': 1.5, 'stroke-dasharray': '4 3' }),
  ];
}

/** @param {Note} note */
function dashes(note) {
  return note.guess ? '4 3' : null;
}

/**
 * How large the name is written: as on the wall, long words are smaller, so that they are not broken in the middle.
 *
 * @param {Note} note
 */
function textSize(note) {
  if (isService(note)) return 18;
  const { size } = LAYOUT[note.shape];
  const longest = Math.max(...clip(note.text, SHOWN).split(/[\s-]+/).map((word) => word.length));
  const most = note.w / (note.shape === 'hex' ? 9.2 : 10.2);
  return longest <= most ? size : longest <= most * 1.2 ? 12.5 : 11;
}

/**
 * What stands on the note, row by row: tag, name, small lines.
 *
 * @param {Note} note
 * @param {number} width
 * @returns {Row[]}
 */
function rows(note, width) {
  const { top } = LAYOUT[note.shape];
  const size = textSize(note);
  const line = isService(note) ? 22 : LAYOUT[note.shape].line;
  const tag = [note.tag, note.pivotal && 'pivotal'].filter(Boolean).join(' · ');
  const tagged = Boolean(tag) && note.shape !== 'chip';
  const small = (note.lines ?? []).slice(0, MOST_LINES);
  const taken = top * 2 + (tagged ? TAG_HEIGHT : 0) + (note.votes ? TAG_HEIGHT : 0) + small.length * SMALL_HEIGHT;
  const most = Math.max(1, Math.floor((note.h - taken) / line));
  const blank = isBlank(note.text);
  const type = { size, weight: blank ? 400 : 600 };
  const name = wrapped(blank ? 'No name yet' : clip(note.text, SHOWN), width, type, most);
  return [
    ...(tagged ? [{ text: shortened(tag, width, { size: 11 }), size: 11, weight: 400, height: TAG_HEIGHT, side: true }] : []),
    ...name.map((text) => ({ ...type, text, height: line, italic: blank })),
    ...small.map((text) => ({ text: shortened(clip(text, SHOWN), width, { size: 11 }), size: 11, weight: 400, height: SMALL_HEIGHT, side: true })),
  ];
}

/**
 * @param {Note} note
 * @param {Theme} theme
 */
function words(note, theme) {
  const { side, top, centred } = LAYOUT[note.shape];
  const left = note.x + side + (note.pivotal && note.shape === 'paper' ? 6 : 0);
  const width = note.x + note.w - side - left;
  const ink = colour(isOnCard(note) ? 'ink' : 'paper-ink', theme);
  const name = isService(note) && note.hue !== undefined ? colour(`name-${note.hue}`, theme) : ink;
  const soft = isOnCard(note) ? colour('soft', theme) : ink;
  const all = rows(note, width);
  const height = all.reduce((sum, row) => sum + row.height, 0);
  let y = centred ? note.y + (note.h - height) / 2 : note.y + top;
  const written = all.map((row) => {
    const baseline = y + row.height / 2 + row.size * 0.35;
    y += row.height;
    const fits = y <= note.y + note.h + 1;
    return fits && textAt(row.text, centred ? left + width / 2 : left, baseline, {
      ...row, fill: row.side ? soft : name, anchor: centred ? 'middle' : 'start', room: width,
    });
  });
  return [...written, note.votes && votes(note.votes, left, note.y + note.h - top - 3, ink)];
}

/**
 * @param {Note} note
 * @param {Theme} theme
 */
function titleWords({ x, y, w, text, hue }, theme) {
  const type = { size: 18, weight: 600 };
  const room = w - 16;
  const name = shortened(isBlank(text) ? 'No name yet' : clip(text, SHOWN), room, type);
  return textAt(name, x + 8, y + 4 + type.size, { ...type, fill: colour(`name-${hue}`, theme), room });
}

/**
 * One dot for each vote, and their number when there are many.
 *
 * @param {number} count
 * @param {number} x
 * @param {number} y
 * @param {string} fill
 */
function votes(count, x, y, fill) {
  const shown = Math.min(count, MOST_DOTS);
  return [
    ...Array.from({ length: shown }, (_, index) => element('circle', { cx: x + 3 + index * 9, cy: y - 4, r: 3, fill })),
    count > shown && textAt(String(count), x + shown * 9 + 4, y, { size: 11, fill }),
  ];
}

/**
 * A line of text in a picture. What is read from right to left begins at the right side of its room.
 *
 * @param {string} text
 * @param {number} x
 * @param {number} y of the baseline
 * @param {{size: number, fill: string, weight?: number, italic?: boolean, anchor?: string, room?: number}} style
 * @returns {ReturnType<typeof element> | null}
 */
export function textAt(text, x, y, { size, fill, weight = 400, italic = false, anchor = 'start', room }) {
  if (!text) return null;
  const turned = isRightToLeft(text);
  const start = turned && anchor === 'start' ? x + (room ?? widthOf(text, { size, weight })) : x;
  return element(
    'text',
    {
      x: start, y, fill, 'font-size': size, 'font-weight': weight === 400 ? null : weight,
      'font-style': italic ? 'italic' : null,
      'text-anchor': anchor === 'start' ? null : anchor,
      direction: turned ? 'rtl' : null,
    },
    text,
  );
}
