/**
 * The icons of the frame: strokes on a grid of 16, drawn in the colour of the text beside them. An icon is never the
 * only name of a control: whoever uses one gives the control an accessible name.
 *
 * @module frame/icons
 */

import { svg } from '../dom.js';

/** @type {Record<string, string>} */
const STROKES = {
  undo: 'M5.5 3 2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H6',
  redo: 'm10.5 3 3 3-3 3M13.5 6H6a3.5 3.5 0 0 0 0 7h4',
  find: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3 14 14',
  minus: 'M3 8h10',
  plus: 'M3 8h10M8 3v10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10M6 6h4v4H6z',
  hand:
    'M4.5 9V4.6a1 1 0 0 1 2 0V8V3.3a1 1 0 0 1 2 0V8V3.9a1 1 0 0 1 2 0V8.6V5.8a1 1 0 0 1 2 0V10c0 2.5-1.6 4.5-4 4.5' +
    '-2.2 0-3.3-1-4.2-2.6L2.5 9.4c-.5-1 .8-1.7 1.4-.8z',
  export: 'M8 2v8M5 7.2 8 10.2l3-3M2.5 11v2.5h11V11',
  replay: 'M2.6 8a5.4 5.4 0 1 0 1.7-3.9L2.5 5.8M2.5 2.5v3.3h3.3M8 5v3.2l2.2 1.3',
  trace: 'M3.5 4.5h3v3h-3zM9.5 9.5h3v3h-3zM5 7.5V11h4.5M6.5 6h4.5v3.5',
  whole: 'M6 2.5H2.5V6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  shrink: 'M2.5 6H6V2.5M10 2.5V6h3.5M13.5 10H10v3.5M6 13.5V10H2.5',
  keys: 'M1.5 4h13v8h-13zM4 6.5h.01M6.7 6.5h.01M9.3 6.5h.01M12 6.5h.01M4 9.5h.01M12 9.5h.01M6.5 9.5h3',
  panel: 'M2 3h12v10H2zM10 3v10',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  close: 'M4 4l8 8M12 4l-8 8',
  play: 'M5 3.2v9.6L12.5 8z',
  pause: 'M5.2 3.5v9M10.8 3.5v9',
  back: 'M10 3.5 5.5 8l4.5 4.5',
  forward: 'M6 3.5 10.5 8 6 12.5',
  done: 'M3 8.5 6.5 12 13 4.5',
  live: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5.3 8.2l2 2 3.5-4',
  saving: 'M8 2.5V9M5 5.2l3-3 3 3M2.5 9.5v4h11v-4',
  away: 'M2 2l12 12M6.2 11.8 5.4 12.6a2.4 2.4 0 0 1-3.4-3.4l2-2M9.8 4.2l.8-.8a2.4 2.4 0 0 1 3.4 3.4l-2 2',
  unseen: 'M2 2l12 12M6.4 6.6a2.2 2.2 0 0 0 3 3M4.3 4.6C2.9 5.5 1.9 6.8 1.4 8c1 2.4 3.5 4.4 6.6 4.4 1.2 0 2.3-.3 3.2-.7M7 3.7l1-.1c3.1 0 5.6 2 6.6 4.4-.3.8-.8 1.6-1.5 2.3',
  lock: 'M3.5 7.5h9v6h-9zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5',
  outdated: 'M13.4 8A5.4 5.4 0 0 1 3.8 11.4M2.6 8a5.4 5.4 0 0 1 9.6-3.4M12.5 2v2.8H9.7M3.5 14v-2.8h2.8',
  people: 'M8 8a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 8 8ZM3 13.5c.4-2.6 2.4-4 5-4s4.6 1.4 5 4',
  palette: 'M2.5 4h11M2.5 8h11M2.5 12h6',
};

/**
 * An icon as an SVG element that screen readers pass over.
 *
 * @param {string} name one of the names above
 * @returns {SVGSVGElement}
 */
export function icon(name) {
  return svg(
    'svg',
    { class: 'f-icon', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: STROKES[name] }),
  );
}

/** @type {Record<string, {word: string, body: string, stroke: string}>} */
const SEVERITIES = {
  error: { word: 'Error', body: 'M5.2 1.5h5.6l3.7 3.7v5.6l-3.7 3.7H5.2l-3.7-3.7V5.2z', stroke: 'M8 4.6v4M8 11.2h.01' },
  warning: { word: 'Warning', body: 'M8 1.8 15 14.2H1z', stroke: 'M8 6.4v3.4M8 12h.01' },
  note: { word: 'Note', body: 'M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z', stroke: 'M8 7.4v4M8 4.8h.01' },
};

/**
 * The word for a severity, so that its shape and colour never speak alone.
 *
 * @param {string} severity
 * @returns {string}
 */
export function severityWord(severity) {
  return (SEVERITIES[severity] ?? SEVERITIES.note).word;
}

/**
 * The shape of a severity: an octagon for an error, a triangle for a warning, a circle for a note.
 *
 * @param {string} severity
 * @returns {SVGSVGElement}
 */
export function severityMark(severity) {
  const known = SEVERITIES[severity] ? severity : 'note';
  return svg(
    'svg',
    { class: `f-severity f-${known}`, viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { class: 'f-severity-body', d: SEVERITIES[known].body }),
    svg('path', { class: 'f-severity-sign', d: SEVERITIES[known].stroke }),
  );
}
