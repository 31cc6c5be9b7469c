/**
 * Above the bus: listeners, the dotted arrows up to them, one bracket for those that hear everything, and the shelf of
 * those that hear nothing yet.
 *
 * @module steps/bus_above
 */

import { heardBy } from './bus_rules.js';
import { assignTracks, ports, roundedPath } from './bus_tracks.js';

/** @typedef {import('../types.js').Arrow} Arrow */
/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('./bus_bar.js').Bar} Bar */

/** A listener's card. */
export const LISTENER = { w: 168, h: 90 };

const BETWEEN = 20;
const TRACK = 10;
const PADDING = 20;
const BRACKET = 14;
const SHELF_HEAD = 50;
/** Listeners stand right of the shelf. */
const FIRST = LISTENER.w + 2 * BETWEEN;
const EMPTY_SHELF = 60;
/** As wide as what it says while there is no listener at all. */
const LONELY_SHELF = 460;

/**
 * @typedef {{listener: string, event: string, from: number, to: number, track: number}} Line
 */

/**
 * @param {Doc} doc
 * @param {Bar} bar is made wider where the listeners need more room
 * @returns {{cards: Map<string, Box>, arrows: Arrow[], shelf: Box}}
 */
export function layAbove(doc, bar) {
  const all = Object.keys(doc.listeners ?? {});
  const everything = all.filter((id) => doc.listeners?.[id].hears === 'all');
  const some = all.filter((id) => !everything.includes(id) && heardBy(doc, id).length > 0);
  const idle = all.filter((id) => !everything.includes(id) && !some.includes(id));
  const lefts = spread([
    ...everything.map((id) => ({ id, wish: FIRST })),
    ...some.map((id) => ({ id, wish: middleOf(heardBy(doc, id), bar) - LISTENER.w / 2 })),
  ]);
  bar.box.w = Math.max(bar.box.w, ...[...lefts.values()].map((x) => x + LISTENER.w + 2 * BETWEEN));
  const lines = linesOf(doc, bar, some, lefts);
  const tracks = assignTracks(lines);
  const floor = bar.box.y - PADDING - (everything.length ? BRACKET : 0);
  const y = floor - Math.max(0, tracks - 1) * TRACK - PADDING - LISTENER.h;
  const cards = new Map([...lefts].map(([id, x]) => [id, { x, y, ...LISTENER }]));
  const shelf = layShelf(idle, cards, y);
  const arrows = lines.map((line) => arrowOf(line, bar, y + LISTENER.h, floor));
  if (everything.length) arrows.push(...bracket(everything, cards, bar));
  return { cards, arrows, shelf };
}

/**
 * @param {string[]} events
 * @param {Bar} bar
 * @returns {number} x of the middle of what a listener hears
 */
function middleOf(events, bar) {
  const xs = events.flatMap((event) => bar.places.get(event)?.up[0] ?? []);
  return xs.length ? xs.reduce((sum, x) => sum + x, 0) / xs.length : FIRST;
}

/**
 * Cards beside each other, each as near to its wish as the others let it.
 *
 * @param {{id: string, wish: number}[]} wishes
 * @returns {Map<string, number>} the left edges
 */
function spread(wishes) {
  const pitch = LISTENER.w + BETWEEN;
  const order = [...wishes].sort((a, b) => a.wish - b.wish);
  /** @type {{start: number, ids: string[], sum: number}[]} cards that touch; `sum` of wishes for the first's edge */
  const clusters = [];
  for (const { id, wish } of order) {
    let cluster = { start: Math.max(FIRST, wish), ids: [id], sum: wish };
    for (
      let before = clusters[clusters.length - 1];
      before && before.start + before.ids.length * pitch > cluster.start;
      before = clusters[clusters.length - 1]
    ) {
      clusters.pop();
      const sum = before.sum + cluster.sum - cluster.ids.length * before.ids.length * pitch;
      const ids = [...before.ids, ...cluster.ids];
      cluster = { start: Math.max(FIRST, sum / ids.length), ids, sum };
    }
    clusters.push(cluster);
  }
  return new Map(
    clusters.flatMap(({ start, ids }) =>
      ids.map((id, index) => /** @type {[string, number]} */ ([id, Math.round(start + index * pitch)])),
    ),
  );
}

/**
 * @param {Doc} doc
 * @param {Bar} bar
 * @param {string[]} listeners
 * @param {Map<string, number>} lefts
 * @returns {Line[]}
 */
function linesOf(doc, bar, listeners, lefts) {
  /** @type {Map<string, Line[]>} */
  const byEvent = new Map();
  const lines = listeners.flatMap((listener) =>
    [...new Set(heardBy(doc, listener))].map((event) => {
      const line = { listener, event, from: 0, to: 0, track: -1 };
      byEvent.set(event, [...(byEvent.get(event) ?? []), line]);
      return line;
    }),
  );
  for (const [event, own] of byEvent) {
    const place = bar.places.get(event);
    if (!place) continue;
    own.sort((a, b) => (lefts.get(a.listener) ?? 0) - (lefts.get(b.listener) ?? 0));
    ports(...place.up, own.length).forEach((x, index) => {
      own[index].from = x;
    });
  }
  for (const listener of listeners) {
    const left = lefts.get(listener) ?? 0;
    const own = lines.filter((line) => line.listener === listener).sort((a, b) => a.from - b.from);
    const found = ports(left + 12, left + LISTENER.w - 12, own.length, { shifted: true });
    const straight = own.length === 1 && own[0].from > left + 12 && own[0].from < left + LISTENER.w - 12;
    own.forEach((line, index) => {
      line.to = straight ? line.from : found[index];
    });
  }
  return lines;
}

/**
 * @param {Line} line
 * @param {Bar} bar
 * @param {number} bottom of the listeners
 * @param {number} floor y of the lowest track
 * @returns {Arrow}
 */
function arrowOf(line, bar, bottom, floor) {
  const top = bar.places.get(line.event)?.box.y ?? bar.box.y;
  const y = floor - Math.max(0, line.track) * TRACK;
  return {
    key: `listens/${line.event}>${line.listener}`,
    tone: 'listens',
    dashed: true,
    d: roundedPath([
      [line.from, top],
      [line.from, y],
      [line.to, y],
      [line.to, bottom],
    ]),
  };
}

/**
 * One bracket over the whole bar, and a line from it to each listener that hears everything.
 *
 * @param {string[]} listeners
 * @param {Map<string, Box>} cards
 * @param {Bar} bar
 * @returns {Arrow[]}
 */
function bracket(listeners, cards, bar) {
  const [left, right, y] = [16, bar.box.w - 16, bar.box.y - BRACKET];
  /** @type {Arrow} */
  const span = {
    key: 'listens/everything',
    tone: 'listens',
    dashed: true,
    ends: false,
    d: roundedPath([
      [left, bar.box.y],
      [left, y],
      [right, y],
      [right, bar.box.y],
    ]),
  };
  return [
    span,
    ...listeners.map((listener, index) => {
      const card = /** @type {Box} */ (cards.get(listener));
      const x = Math.floor((card.x + card.w / 2) / 8) * 8 + 4;
      /** @type {Arrow} */
      const stem = {
        key: `listens/*>${listener}`,
        tone: 'listens',
        dashed: true,
        d: roundedPath([
          [x, y],
          [x, card.y + card.h],
        ]),
      };
      return index ? stem : { ...stem, label: 'everything', at: { x, y } };
    }),
  ];
}

/**
 * The shelf stands at the left of the listeners and grows upwards.
 *
 * @param {string[]} listeners
 * @param {Map<string, Box>} cards takes their boxes
 * @param {number} y of the row of listeners
 * @returns {Box}
 */
function layShelf(listeners, cards, y) {
  const w = cards.size || listeners.length ? LISTENER.w + 16 : LONELY_SHELF;
  const bottom = y + LISTENER.h + 8;
  if (!listeners.length) return { x: 0, y: bottom - 8 - EMPTY_SHELF, w, h: EMPTY_SHELF };
  const pitch = LISTENER.h + 8;
  listeners.forEach((id, index) => cards.set(id, { x: 8, y: y - index * pitch, ...LISTENER }));
  const top = y - (listeners.length - 1) * pitch - SHELF_HEAD;
  return { x: 0, y: top, w, h: bottom - top };
}
