/**
 * Where events in the hand may go at step 2: between moments, beside an event as an alternative, below a moment at
 * the same time, onto an event that means the same, or out of time.
 *
 * @module steps/sequencing_drops
 */

import { momentOf } from '../model/reading.js';
import { NOTE, boxAround } from './common.js';
import { hotspotDrops } from './hotspots.js';
import { mergeChoices } from './merging.js';
import { momentsOf } from './moments.js';
import { idsOf, shortened, spoken } from './naming.js';
import { placeEdits } from './placing.js';

/**
 * @typedef {import('../types.js').Box} Box
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Drop} Drop
 * @typedef {import('../types.js').Note} Note
 * @typedef {import('../types.js').Scene} Scene
 * @typedef {{doc: Doc, held: string[], names: string, boxes: Map<string, Note>, bottom: number}} Hand
 * @typedef {{events: string[], how: string, box: Box}} Moment
 */

/** How far from its left and right edge a note still takes what is put before or after it. */
const SIDE = 30;
const RIM = 24;
const LINE = 4;
const ROOM_BELOW = 84;
const FAR = 400;

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} keys
 * @returns {Drop[]}
 */
export function sequencingDrops(doc, scene, keys) {
  const held = idsOf(keys, 'events').filter((id) => doc.events?.[id]);
  if (!held.length) return hotspotDrops(doc, scene, keys);
  const hand = handOf(doc, scene, held);
  const moments = momentsOf(doc, new Set(held)).map((moment) => ({ ...moment, box: boxOfMoment(hand, moment.events) }));
  const inTime = new Set(moments.flatMap((moment) => moment.events));
  const loose = [...hand.boxes.keys()].filter((event) => !inTime.has(event) && !held.includes(event));
  return [
    ...moments.map((moment) => together(hand, moment)),
    ...between(hand, moments),
    ...shelfDrop(hand, scene),
    ...moments
      .filter(({ how }) => how !== 'and')
      .flatMap((moment) => moment.events.map((event) => instead(hand, moment, event))),
    ...moments.flatMap((moment) => moment.events.map((event) => onto(hand, event, moment))),
    ...loose.map((event) => onto(hand, event, null)),
  ];
}

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} held
 * @returns {Hand}
 */
function handOf(doc, scene, held) {
  const boxes = new Map(
    scene.notes.filter(({ kind }) => kind === 'event').map((note) => [note.key.slice('events/'.length), note]),
  );
  let bottom = NOTE.h;
  for (const moment of momentsOf(doc))
    for (const event of moment.events) bottom = Math.max(bottom, bottomOf(boxes.get(event)));
  return { doc, held, boxes, bottom, names: spoken(held.map((id) => doc.events?.[id]?.name ?? id)) };
}

/** @param {Note | undefined} note */
function bottomOf(note) {
  return note ? note.y + note.h : 0;
}

/**
 * @param {Hand} hand
 * @param {string[]} events
 * @returns {Box}
 */
function boxOfMoment({ boxes }, events) {
  return boxAround(events.flatMap((event) => boxes.get(event) ?? []));
}

/**
 * @param {Hand} hand
 * @param {Scene} scene
 * @returns {Drop[]}
 */
function shelfDrop({ doc, held, names }, scene) {
  const box = scene.regions.find((region) => region.kind === 'shelf');
  if (!box) return [];
  const timed = held.filter((event) => momentOf(doc, event) >= 0);
  const words = timed.length ? `Take ${names} out of time` : `Leave ${names} for later`;
  return [{ key: box.key, box, words, edits: timed.map((event) => ({ kind: 'unplace', event })) }];
}

/**
 * The places before the first moment, between two, and after the last.
 *
 * @param {Hand} hand
 * @param {Moment[]} moments
 * @returns {Drop[]}
 */
function between({ doc, held, names, bottom }, moments) {
  const name = (/** @type {Moment} */ { events }) =>
    spoken(
      events.map((event) => doc.events?.[event]?.name ?? event),
      'or',
    );
  const height = bottom + ROOM_BELOW;
  if (!moments.length) {
    const box = { x: -FAR, y: -FAR, w: 4 * FAR, h: FAR + height };
    return [
      { key: 'first', box, show: { x: 0, y: 56, ...NOTE }, words: `Begin with ${names}`, edits: placeEdits(held, {}) },
    ];
  }
  return [...moments, null].map((next, index) => {
    const before = moments[index - 1];
    const left = before ? before.box.x + before.box.w - SIDE : -FAR;
    const right = next ? next.box.x + SIDE : left + FAR;
    const line =
      before && next ? (before.box.x + before.box.w + next.box.x) / 2 : before ? before.box.x + before.box.w + 34 : -34;
    const words =
      before && next
        ? `between ${name(before)} and ${name(next)}`
        : before
          ? `after ${name(before)}`
          : `before ${next && name(next)}`;
    return {
      key: next ? `before ${next.events[0]}` : 'last',
      box: { x: left, y: -FAR / 2, w: right - left, h: height + FAR / 2 },
      show: { x: line - LINE / 2, y: 20, w: LINE, h: bottom },
      words: `Put ${names} ${words}`,
      edits: placeEdits(held, before ? { after: before.events[0] } : { before: next?.events[0] }),
    };
  });
}

/**
 * On the upper or lower rim of an event: either this or that.
 *
 * @param {Hand} hand
 * @param {Moment} moment
 * @param {string} event
 * @returns {Drop}
 */
function instead({ doc, held, names, boxes }, moment, event) {
  const note = /** @type {Note} */ (boxes.get(event));
  return {
    key: `instead of ${event}`,
    box: { x: note.x + SIDE, y: note.y - RIM, w: note.w - 2 * SIDE, h: note.h + 2 * RIM },
    show: boxAround([moment.box, slotBelow(moment, held.length)], 8),
    words: `Either ${spoken([doc.events?.[event]?.name ?? event])} or ${names}`,
    edits: placeEdits(held, { instead_of: event }),
  };
}

/**
 * Below a moment: at the same time.
 *
 * @param {Hand} hand
 * @param {Moment} moment
 * @returns {Drop}
 */
function together({ doc, held, names, bottom }, moment) {
  const { x, y, w, h } = moment.box;
  const either = moment.how === 'or';
  const beside = spoken(
    moment.events.map((event) => doc.events?.[event]?.name ?? event),
    either ? 'or' : 'and',
  );
  return {
    key: `with ${moment.events[0]}`,
    box: {
      x,
      y: y + (moment.how === 'and' ? 0 : h),
      w,
      h: Math.max(bottom - y - h, 0) + ROOM_BELOW + (moment.how === 'and' ? h : 0),
    },
    show: boxAround([moment.box, slotBelow(moment, held.length)], 8),
    words: either ? `Either ${beside} or ${names}` : `${names} at the same time as ${beside}`,
    edits: placeEdits(held, either ? { instead_of: moment.events[0] } : { parallel_to: moment.events[0] }),
  };
}

/**
 * On the middle of an event: a menu of all that two events can be to each other.
 *
 * @param {Hand} hand
 * @param {string} event
 * @param {Moment | null} moment null for one that is not in time
 * @returns {Drop}
 */
function onto({ doc, held, names, boxes }, event, moment) {
  const note = /** @type {Note} */ (boxes.get(event));
  const name = `“${shortened(note.text)}”`;
  return {
    key: `onto ${event}`,
    box: { x: note.x + SIDE, y: note.y + RIM, w: note.w - 2 * SIDE, h: note.h - 2 * RIM },
    show: { x: note.x, y: note.y, w: note.w, h: note.h },
    words: `Merge ${names} with ${name}, or place beside it`,
    get choices() {
      return [...mergeChoices(doc, event, held), ...(moment ? placesBeside(held, names, event, name, moment) : [])];
    },
  };
}

/**
 * @param {string[]} held
 * @param {string} names of what is in the hand
 * @param {string} event
 * @param {string} name
 * @param {Moment} moment
 */
function placesBeside(held, names, event, name, { events, how }) {
  const all = events.length > 1 ? ` (with ${events.length - 1} more)` : '';
  return [
    { words: `After ${name}`, edits: placeEdits(held, { after: event }) },
    { words: `Before ${name}`, edits: placeEdits(held, { before: event }) },
    { words: `Either ${name} or ${names}${how === 'and' ? all : ''}`, edits: placeEdits(held, { instead_of: event }) },
    { words: `At the same time as ${name}${how === 'or' ? all : ''}`, edits: placeEdits(held, { parallel_to: event }) },
  ];
}

/**
 * Where what joins a moment will stand.
 *
 * @param {Moment} moment
 * @param {number} count
 * @returns {Box}
 */
function slotBelow({ box }, count) {
  return { x: box.x, y: box.y + box.h + 34, w: NOTE.w, h: count * (NOTE.h + 34) - 34 };
}
