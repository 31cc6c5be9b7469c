/**
 * What the colours and shapes on this wall mean. Only what is on the wall now; each with its shape and its word.
 *
 * @module frame/legend
 */

import { h, svg } from '../dom.js';

/** @type {Record<string, string>} */
const WORDS = {
  event: 'event',
  command: 'command',
  actor: 'actor',
  policy: 'policy',
  external: 'external system',
  schedule: 'schedule',
  aws: 'AWS event',
  aggregate: 'entity',
  hotspot: 'hot spot',
  contract: 'contract',
  listener: 'listener',
  workflow: 'workflow',
};
/** @type {Record<string, string>} colours that a kind shares with another */
const PAINT = { schedule: 'external', aws: 'external', contract: 'card', listener: 'card', workflow: 'policy' };
/** @type {Record<string, string>} */
const LINES = {
  crossing: 'crosses a border',
  hears: 'hears',
  puts: 'puts on the bus',
  then: 'then',
  time: 'time',
  listens: 'listens',
};

/**
 * What a note is called: its kind, but a card made of an entity's context is its service.
 *
 * @param {import('../types.js').Note} note
 * @returns {string}
 */
function wordFor({ kind, shape }) {
  return kind === 'aggregate' && shape === 'card' ? 'service' : WORDS[kind];
}

/**
 * What the legend has to name for a scene, in a steady order.
 *
 * @param {import('../types.js').Scene} scene
 * @returns {{papers: {word: string, kind: string, shape: string}[], lines: string[]}}
 */
export function legendOf(scene) {
  /** @type {Map<string, {word: string, kind: string, shape: string}>} */
  const papers = new Map();
  for (const note of scene.notes) {
    const word = wordFor(note);
    if (!papers.has(word)) papers.set(word, { word, kind: note.kind, shape: note.shape });
  }
  const order = Object.keys(WORDS);
  const tones = new Set(scene.arrows.map((arrow) => arrow.tone));
  return {
    papers: [...papers.values()].sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind)),
    lines: Object.keys(LINES).filter((tone) => tones.has(/** @type {any} */ (tone))),
  };
}

/**
 * The legend of a scene as a section of the panel.
 *
 * @param {import('../types.js').Scene} scene
 * @returns {HTMLElement | null} null on a blank wall
 */
export function legendSection(scene) {
  const { papers, lines } = legendOf(scene);
  if (papers.length + lines.length === 0) return null;
  return h(
    'section',
    { class: 'f-section', 'aria-label': 'Legend' },
    h('h3', null, 'Legend'),
    h(
      'ul',
      { class: 'f-legend' },
      papers.map(({ word, kind, shape }) => h('li', null, swatch(kind, shape), h('span', null, word))),
      lines.map((tone) => h('li', null, stroke(tone), h('span', null, LINES[tone]))),
    ),
  );
}

/**
 * @param {string} kind
 * @param {string} shape
 */
function swatch(kind, shape) {
  const fill = `fill: var(--ab-${PAINT[kind] ?? kind})`;
  const frame = { viewBox: '0 0 18 18', class: `f-swatch f-of-${shape}`, 'aria-hidden': 'true' };
  if (shape === 'hex') return svg('svg', frame, svg('path', { d: 'M9 1 16 5v8L9 17 2 13V5z', style: fill }));
  if (shape === 'card') {
    return svg(
      'svg',
      frame,
      svg('path', { d: 'M2 2.5h12.5a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2H2z' }),
      svg('path', { d: 'M2 2v14', 'stroke-width': 3 }),
    );
  }
  const turned = kind === 'hotspot' ? 'rotate(-6 9 9)' : null;
  const [y, height, round] = shape === 'chip' ? [5, 8, 4] : [1.5, 15, 2];
  return svg('svg', frame, svg('rect', { x: 1.5, y, width: 15, height, rx: round, style: fill, transform: turned }));
}

/** @param {string} tone */
function stroke(tone) {
  return svg(
    'svg',
    { viewBox: '0 0 18 18', class: `f-swatch f-line f-line-${tone}`, 'aria-hidden': 'true' },
    svg('path', { d: 'M1 9h12M10.5 5.5 14.5 9l-4 3.5' }),
  );
}
