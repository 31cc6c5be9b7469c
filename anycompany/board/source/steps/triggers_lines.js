/**
 * The lines of step 3: from each event down to the policies that hear it, and from each policy up to what it emits.
 *
 * Policies stand below the gaps between moments, so that straight lines below the events never meet one. A line goes
 * down from its event in a slot of its own, along a track above the row of its policy, and into the policy's top.
 *
 * @module steps/triggers_lines
 */

import { assignTracks, roundedPath } from './bus_tracks.js';
import { SIDES } from './triggers_edits.js';
import { POLICY } from './triggers_notes.js';

/**
 * @typedef {import('../types.js').Arrow} Arrow
 * @typedef {import('../types.js').Box} Box
 * @typedef {import('../types.js').Label} Label
 * @typedef {import('./moments.js').Column} Column
 */

/**
 * Where a policy stands: below which gap, in which row, and what it is tied to.
 *
 * @typedef {{key: string, gap: number, row: number, x: number, when: string[], emits: string[], fails: string[],
 *   guess: boolean}} Placed
 */

/**
 * An end of a line at an event, and the other at a policy.
 *
 * @typedef {{key: string, event: string, policy: Placed, side: 'when' | 'emits' | 'fails', from: number, to: number,
 *   track: number, turn: number}} Line `from`: x of the slot below the event; `to`: x at the policy; `turn`: y where a
 *   line from the side of an event turns into its slot
 */

/** The room for slots below an event, left free on either side. */
const ASIDE = 44;
const SLOT = 9;
const TRACK = 9;
/** The most tracks above one row of policies; where there are more lines, they share. */
const MOST_TRACKS = 14;
const ABOVE_POLICY = 26;
const BELOW_ROW = 22;
/** Where on the top of a policy the lines of each side end: from which share of its width, and over which. */
const PORTS = { when: [0.02, 0.26], emits: [0.54, 0.2], fails: [0.8, 0.17] };
/** How far beside a column the lines of its upper events go down. */
const GUTTER = 10;
/** Where on the side of an event such a line ends, below the arrow of time. */
const BELOW_MIDDLE = 0.72;

/**
 * Rows of policies and the lines to them.
 *
 * @param {Column[]} columns
 * @param {Map<string, Box>} events the box of every event's note
 * @param {Placed[]} policies
 * @param {number} top where the first row may begin
 * @returns {{rows: number[], arrows: Arrow[], labels: Label[]}} `rows`: the y of each row of policies
 */
export function linesOf(columns, events, policies, top) {
  const lines = policies.flatMap((policy) => linesOfPolicy(policy, events));
  slotsBelowEvents(columns, events, lines);
  const byPolicy = portsOnPolicies(policies, lines);
  const count = policies.reduce((most, { row }) => Math.max(most, row + 1), 0);
  /** @type {Line[][]} */
  const perRow = Array.from({ length: count }, () => []);
  for (const line of lines) perRow[line.policy.row].push(line);
  /** @type {number[]} */
  const rows = [];
  let y = top;
  for (const inRow of perRow) {
    const tracks = Math.min(assignTracks(inRow), MOST_TRACKS);
    rows.push(y + ABOVE_POLICY + tracks * TRACK);
    y = rows[rows.length - 1] + POLICY.h + BELOW_ROW;
  }
  return {
    rows,
    arrows: lines.map((line) => arrowOf(line, events, rows[line.policy.row])),
    labels: policies.flatMap((policy) => labelsOf(byPolicy.get(policy) ?? [], rows[policy.row])),
  };
}

/**
 * @param {Placed} policy
 * @param {Map<string, Box>} events
 * @returns {Line[]}
 */
function linesOfPolicy(policy, events) {
  return /** @type {const} */ (['when', 'emits', 'fails']).flatMap((side) =>
    [...new Set(policy[side])]
      .filter((event) => events.has(event))
      .map((event) => ({
        key: `${side}/${policy.key}/${event}`,
        event,
        policy,
        side,
        from: 0,
        to: 0,
        track: 0,
        turn: 0,
      })),
  );
}

/**
 * Gives the lines of each column their slots, those that go left at the left.
 *
 * @param {Column[]} columns
 * @param {Map<string, Box>} events
 * @param {Line[]} lines
 */
function slotsBelowEvents(columns, events, lines) {
  /** @type {Map<string, Line[]>} */
  const byEvent = new Map();
  for (const line of lines) {
    const known = byEvent.get(line.event);
    if (known) known.push(line);
    else byEvent.set(line.event, [line]);
  }
  for (const { cells } of columns) {
    /** @type {Map<number, Line[]>} the lines that go down below one stack of events */
    const stacks = new Map();
    for (const { event, x } of cells) stacks.set(x, [...(stacks.get(x) ?? []), ...(byEvent.get(event) ?? [])]);
    for (const [x, stack] of stacks) {
      const width = cells[0].w - 2 * ASIDE;
      const middle = x + cells[0].w / 2;
      stack.sort((a, b) => towards(a, middle) - towards(b, middle) || b.policy.row - a.policy.row);
      const step = Math.min(SLOT * 2, width / Math.max(1, stack.length - 1));
      const lowest = Math.max(...cells.filter((cell) => cell.x === x).map((cell) => cell.y + cell.h));
      stack.forEach((line, index) => {
        line.from = middle + (index - (stack.length - 1) / 2) * step;
        line.turn = lowest + GUTTER + (index % 3) * 5;
      });
    }
  }
}

/**
 * Where the policy of a line stands as seen from its event; the lines from a policy further left come first.
 *
 * @param {Line} line
 * @param {number} middle
 */
function towards(line, middle) {
  return line.policy.x + POLICY.w / 2 - middle + (line.side === 'when' ? 0.1 : 0);
}

/**
 * What a policy hears comes in at the left of its top, what it emits leaves further right, failures last.
 *
 * @param {Placed[]} policies
 * @param {Line[]} lines
 * @returns {Map<Placed, Line[]>} the lines of each policy
 */
function portsOnPolicies(policies, lines) {
  /** @type {Map<Placed, Line[]>} */
  const byPolicy = new Map(policies.map((policy) => [policy, []]));
  for (const line of lines) byPolicy.get(line.policy)?.push(line);
  for (const [policy, own] of byPolicy) {
    for (const [side, [start, room]] of Object.entries(PORTS)) {
      const third = own.filter((line) => line.side === side).sort((a, b) => a.from - b.from);
      third.forEach((line, index) => {
        line.to = policy.x + POLICY.w * (start + (room * (index + 1)) / (third.length + 1));
      });
    }
  }
  return byPolicy;
}

/**
 * The words at the top of a policy: what it hears comes in at “whenever”, what it emits goes out at “then”.
 *
 * @param {Line[]} lines of one policy
 * @param {number} top
 * @returns {Label[]}
 */
function labelsOf(lines, top) {
  return SIDES.flatMap(([side, words]) => {
    const ends = lines.filter((line) => line.side === side).map((line) => line.to);
    if (!ends.length) return [];
    const { key } = lines[0].policy;
    return [{ key: `${side}/${key}`, x: Math.max(...ends) + 5, y: top - 9, text: words, size: 11, tone: 'soft' }];
  });
}

/**
 * @param {Line} line
 * @param {Map<string, Box>} events
 * @param {number} top of the policy
 * @returns {Arrow}
 */
function arrowOf(line, events, top) {
  const { event, side, from, to, turn, policy } = line;
  const box = /** @type {Box} */ (events.get(event));
  const y = top - ABOVE_POLICY - (Math.max(line.track, 0) % MOST_TRACKS) * TRACK;
  const straight = line.track < 0;
  /** @type {[number, number][]} */
  const down = straight
    ? [[to, top]]
    : [
        [from, y],
        [to, y],
        [to, top],
      ];
  const heard = side === 'when';
  /** @type {[number, number][]} */
  const points = [...startOf(box, heard, straight ? to : from, turn), ...down];
  if (!heard) points.reverse();
  return {
    key: line.key,
    tone: heard ? 'hears' : 'then',
    dashed: side === 'fails' || policy.guess,
    d: roundedPath(points),
  };
}

/**
 * How a line leaves its event: straight down where nothing stands below, else from its side.
 *
 * @param {Box & {lowest?: boolean}} box
 * @param {boolean} heard from the right, where it is heard; at the left, where it is emitted
 * @param {number} slot
 * @param {number} turn
 * @returns {[number, number][]}
 */
function startOf(box, heard, slot, turn) {
  if (box.lowest) return [[slot, box.y + box.h]];
  const side = heard ? box.x + box.w : box.x;
  const gutter = heard ? side + GUTTER : side - GUTTER;
  const y = box.y + box.h * BELOW_MIDDLE;
  return [
    [side, y],
    [gutter, y],
    [gutter, turn],
    [slot, turn],
  ];
}
