/**
 * A trace that the kernel has sent to be played: read with care, and what of it is to be seen at any moment.
 *
 * @module model/playing
 */

import { titleOf } from './reading.js';

/** Seconds that an event is on its way along an arrow, at most; less where the playing is in a hurry. */
const TRAVEL = 0.8;
const SHARE = 0.42;
const GLOW = 0.8;
/** Seconds after the last thing has happened. */
const LAST = 1.2;

/**
 * One thing that happens: an event comes on the bus, or a policy has run and emitted nothing.
 *
 * @typedef {{start: number, at: number, seconds: number, event: string, after: string, policy: string, fresh: boolean,
 *   failed: boolean, listeners: string[], counts: [string, number][]}} Beat
 *   ids are empty where there is none; `fresh` is false where the policy's run was seen in an earlier beat
 *
 * An event on its way: from when until when, along which arrows one after the other.
 * @typedef {{key: string, start: number, end: number, arrows: string[], failed: boolean}} Hop
 *
 * A note that is alight, from when until when.
 * @typedef {{key: string, start: number, end: number, failed: boolean}} Light
 *
 * @typedef {{id: string, fresh: boolean, end: number, steps: number, lasted: number, leftOut: string, beats: Beat[],
 *   hops: Hop[], lights: Light[], totals: [string, number][]}} Play `fresh`: it has only just been started
 *
 * What is to be seen: how many beats have happened, what moves and how far it is, what is alight, what was counted.
 * @typedef {{beats: number, hops: {key: string, arrows: string[], share: number, failed: boolean}[],
 *   lights: {key: string, failed: boolean}[], counts: Map<string, number>, travelled: Set<string>}} Moment
 */

const number = (/** @type {any} */ value) => (Number.isFinite(value) && value > 0 ? Number(value) : 0);
const text = (/** @type {any} */ value) => (typeof value === 'string' ? value : '');

/**
 * @param {any} message
 * @returns {Play | null} null where it is no such message
 */
export function readPlay(message) {
  if (!message || typeof message.id !== 'string' || !Array.isArray(message.beats)) return null;
  /** @type {Beat[]} */
  const beats = message.beats.map(readBeat).sort((/** @type {Beat} */ a, /** @type {Beat} */ b) => a.at - b.at);
  return {
    id: message.id,
    fresh: message.fresh === true,
    end: (beats[beats.length - 1]?.at ?? 0) + LAST,
    steps: number(message.steps),
    lasted: number(message.lasted),
    leftOut: text(message.left_out),
    beats,
    hops: beats.flatMap(hopsOf),
    lights: beats.flatMap(lightsOf),
    totals: countsIn(message.totals),
  };
}

/**
 * @param {any} said
 * @returns {Beat}
 */
function readBeat(said) {
  const at = number(said?.at);
  return {
    at,
    start: Math.min(number(said?.start), at),
    seconds: number(said?.seconds),
    event: text(said?.event),
    after: text(said?.after),
    policy: text(said?.policy),
    fresh: said?.new !== false,
    failed: said?.failed === true,
    listeners: Array.isArray(said?.listeners) ? said.listeners.map(text) : [],
    counts: countsIn(said?.counts),
  };
}

/**
 * @param {any} said
 * @returns {[string, number][]}
 */
function countsIn(said) {
  return said && typeof said === 'object' ? Object.entries(said).map(([key, count]) => [key, number(count)]) : [];
}

/** @param {Beat} beat when what its policy hears has arrived, and when what it emits sets out */
function workOf({ start, at }) {
  const way = Math.min(TRAVEL, (at - start) * SHARE);
  return { arrives: start + way, leaves: at - way };
}

/**
 * @param {Beat} beat
 * @param {number} index
 * @returns {Hop[]}
 */
function hopsOf(beat, index) {
  const { start, at, event, after, policy, fresh, failed, listeners } = beat;
  const { arrives, leaves } = workOf(beat);
  const hop = (/** @type {string} */ way, /** @type {number} */ from, /** @type {number} */ to, /** @type {string[]} */ ...arrows) => ({
    key: `${index} ${way}`,
    start: from,
    end: to,
    arrows,
    failed: failed && way === 'out',
  });
  return [
    ...(policy && after && fresh ? [hop('in', start, arrives, `hears/${after}>${policy}`, `rule/${policy}`)] : []),
    ...(policy && event ? [hop('out', leaves, at, `${failed ? 'fails' : 'puts'}/${policy}>${event}`)] : []),
    ...(event ? listeners : []).map((one) => hop(one, at, at + TRAVEL, `listens/${event}>${one}`, `listens/*>${one}`)),
  ];
}

/**
 * @param {Beat} beat
 * @returns {Light[]}
 */
function lightsOf(beat) {
  const { at, event, policy, failed, listeners } = beat;
  const { arrives, leaves } = workOf(beat);
  const heard = at + TRAVEL;
  return [
    ...(policy ? [{ key: `policies/${policy}`, start: arrives, end: Math.max(leaves, arrives + 0.1), failed }] : []),
    ...(event ? [{ key: `events/${event}`, start: at, end: at + GLOW, failed }] : []),
    ...(event ? listeners : []).map((one) => ({ key: `listeners/${one}`, start: heard, end: heard + 0.3, failed: false })),
  ];
}

/**
 * What is to be seen at a moment of the playing.
 *
 * @param {Play} play
 * @param {number} time in seconds from its beginning
 * @returns {Moment}
 */
export function momentAt(play, time) {
  const happened = play.beats.filter((beat) => beat.at <= time);
  const over = time >= play.end;
  const counts = new Map(happened.flatMap((beat) => beat.counts));
  if (over) for (const [key, count] of play.totals) counts.set(key, count);
  const going = play.hops.filter((hop) => hop.start <= time && time < hop.end);
  return {
    beats: happened.length,
    hops: going.map((hop) => ({ ...hop, share: (time - hop.start) / Math.max(hop.end - hop.start, 1e-6) })),
    lights: over ? [] : play.lights.filter((light) => light.start <= time && time < light.end),
    counts,
    travelled: new Set(play.hops.filter((hop) => hop.start <= time).flatMap((hop) => hop.arrows)),
  };
}

/**
 * A time of the trace as people say it.
 *
 * @param {number} seconds
 * @returns {string}
 */
export function clock(seconds) {
  if (seconds < 100) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${minutes} min ${Math.round(seconds) % 60} s`;
  if (hours < 24) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h ${minutes % 60} min`;
}

/**
 * What happens in a beat, such as `Take payment → Payment Attempted`.
 *
 * @param {import('../types.js').Doc} doc
 * @param {Beat} beat
 * @returns {string}
 */
export function wordsOf(doc, { event, policy, failed }) {
  const name = event && titleOf(doc, `events/${event}`);
  if (!policy) return name;
  const work = titleOf(doc, `policies/${policy}`);
  if (!name) return `${work}${failed ? ' fails' : ' is done'}`;
  return `${work}${failed ? ' fails' : ''} → ${name}`;
}
