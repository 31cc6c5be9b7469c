/**
 * Below the bus: a lane for each service, its workflows with their rules, and the arrows between them and the bus.
 *
 * @module steps/bus_below
 */

import { WORKFLOW } from './bus_columns.js';
import { heardByPolicy, hueOfService } from './bus_rules.js';
import { assignTracks, grouped, ports, roundedPath } from './bus_tracks.js';

/** @typedef {import('../types.js').Arrow} Arrow */
/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('./bus_bar.js').Bar} Bar */
/** @typedef {import('./bus_columns.js').Slot} Slot */

/** The rule that lets events through to a workflow. */
export const RULE = { w: 124, h: 22 };

const CHANNEL_PADDING = 16;
const TRACK = 10;
const LANE_PADDING = 14;
const RULE_GAP = 16;
const BETWEEN_LANES = 12;
const EMPTY_LANE = 56;
/** How far from the middle of an event its arrows run that go to one side alone. */
const ASIDE = 32;

/**
 * @typedef {{policy: string, event: string, how: 'hears' | 'puts' | 'fails', from: number, to: number,
 *   track: number}} Line `from` is its x on the bus, `to` its x on the workflow
 * @typedef {{policy: string, service: string | null, hue: number | undefined, card: Box, rule: Box | null}} Workflow
 * @typedef {{service: string | null, hue: number | undefined, box: Box, workflows: number}} Lane
 */

/**
 * @param {Doc} doc
 * @param {Bar} bar
 * @param {Slot[]} slots
 * @returns {{workflows: Workflow[], lanes: Lane[], arrows: Arrow[], bottom: number}}
 */
export function layBelow(doc, bar, slots) {
  const lines = linesOf(doc, bar, slots);
  placeOnBus(lines, bar, slots);
  placeOnWorkflows(lines, slots);
  const tracks = assignTracks(lines);
  const channel = bar.box.y + bar.box.h + CHANNEL_PADDING;
  const lanes = lanesOf(doc, bar, slots, channel + Math.max(0, tracks - 1) * TRACK + CHANNEL_PADDING);
  const laneOf = new Map(lanes.map((lane) => [lane.service, lane]));
  const workflows = slots.map((slot) => workflowAt(doc, slot, /** @type {Lane} */ (laneOf.get(slot.service))));
  const byPolicy = new Map(workflows.map((workflow) => [workflow.policy, workflow]));
  const arrows = lines.map((line) => arrowOf(line, bar, /** @type {Workflow} */ (byPolicy.get(line.policy)), channel));
  const last = lanes[lanes.length - 1];
  return {
    workflows,
    lanes,
    arrows: [...arrows, ...workflows.flatMap(throughRule)],
    bottom: last ? last.box.y + last.box.h : bar.box.y + bar.box.h,
  };
}

/**
 * Every hearing and every putting as a line without places yet.
 *
 * @param {Doc} doc
 * @param {Bar} bar
 * @param {Slot[]} slots
 * @returns {Line[]}
 */
function linesOf(doc, bar, slots) {
  return slots.flatMap(({ policy }) => {
    const { emits = [], fails = [] } = doc.policies?.[policy] ?? {};
    /** @param {string[]} events @param {Line['how']} how */
    const lines = (events, how) =>
      [...new Set(events)]
        .filter((event) => bar.places.has(event))
        .map((event) => ({ policy, event, how, from: 0, to: 0, track: -1 }));
    return [...lines(heardByPolicy(doc, policy), 'hears'), ...lines(emits, 'puts'), ...lines(fails, 'fails')];
  });
}

/**
 * Where the lines leave their events: in the order of the workflows from left to right.
 *
 * @param {Line[]} lines
 * @param {Bar} bar
 * @param {Slot[]} slots
 */
function placeOnBus(lines, bar, slots) {
  const x = new Map(slots.map((slot) => [slot.policy, slot.x]));
  /** @param {Line} line */
  const aim = (line) => (x.get(line.policy) ?? 0) + (line.how === 'hears' ? RULE.w / 2 : WORKFLOW.w - 24);
  for (const [event, own] of grouped(lines, (line) => line.event)) {
    const place = bar.places.get(event);
    if (!place) continue;
    own.sort((a, b) => aim(a) - aim(b));
    const [left, right] = place.down;
    const middle = (left + right) / 2;
    const leftwards = own.filter((line) => aim(line) < middle);
    const rightwards = own.filter((line) => aim(line) >= middle);
    const aside = place.alone ? ASIDE : 8;
    const split = leftwards.length && rightwards.length && own.length <= (right - left) / 8;
    const xs = split
      ? [
          ...ports(left, middle - 4, leftwards.length, { prefer: middle - aside }),
          ...ports(middle + 4, right, rightwards.length, { prefer: middle + aside }),
        ]
      : ports(left, right, own.length, { prefer: middle + (place.alone ? (leftwards.length ? -aside : aside) : 0) });
    [...leftwards, ...rightwards].forEach((line, index) => {
      line.from = xs[index];
    });
  }
}

/**
 * Where the lines reach their workflows: straight below where that is possible.
 *
 * @param {Line[]} lines
 * @param {Slot[]} slots
 */
function placeOnWorkflows(lines, slots) {
  const x = new Map(slots.map((slot) => [slot.policy, slot.x]));
  for (const [policy, own] of grouped(lines, (line) => line.policy)) {
    const left = x.get(policy) ?? 0;
    placeOnEdge(
      own.filter((line) => line.how === 'hears'),
      left + 8,
      left + RULE.w - 8,
    );
    placeOnEdge(
      own.filter((line) => line.how !== 'hears'),
      left + RULE.w + 8,
      left + WORKFLOW.w - 8,
    );
  }
}

/**
 * @param {Line[]} lines
 * @param {number} left
 * @param {number} right
 */
function placeOnEdge(lines, left, right) {
  const bent = lines.filter((line) => line.from < left || line.from > right);
  for (const line of lines) line.to = line.from;
  for (const side of [bent.filter((line) => line.from < left), bent.filter((line) => line.from > right)]) {
    const fromLeft = side.length > 0 && side[0].from < left;
    side.sort((a, b) => a.from - b.from);
    const others = lines.length - side.length;
    const prefer = others ? (fromLeft ? left : right) : (left + right) / 2;
    const found = ports(left, right, side.length, { shifted: true, prefer });
    side.forEach((line, index) => {
      line.to = found[index];
    });
  }
}

/**
 * @param {Doc} doc
 * @param {Bar} bar
 * @param {Slot[]} slots
 * @param {number} top
 * @returns {Lane[]}
 */
function lanesOf(doc, bar, slots, top) {
  const homeless = slots.some((slot) => slot.service === null);
  let y = top;
  return [...Object.keys(doc.services ?? {}), ...(homeless ? [null] : [])].map((service) => {
    const workflows = slots.filter((slot) => slot.service === service).length;
    const h = workflows ? 2 * LANE_PADDING + RULE.h + RULE_GAP + WORKFLOW.h : EMPTY_LANE;
    const box = { x: 0, y, w: bar.box.w, h };
    y += h + BETWEEN_LANES;
    return { service, hue: service === null ? undefined : hueOfService(doc, service), box, workflows };
  });
}

/**
 * @param {Doc} doc
 * @param {Slot} slot
 * @param {Lane} lane
 * @returns {Workflow}
 */
function workflowAt(doc, slot, lane) {
  const top = lane.box.y + LANE_PADDING;
  const rule = heardByPolicy(doc, slot.policy).length ? { x: slot.x, y: top, ...RULE } : null;
  const card = { x: slot.x, y: top + RULE.h + RULE_GAP, ...WORKFLOW };
  return { policy: slot.policy, service: slot.service, hue: lane.hue, card, rule };
}

/**
 * @param {Line} line
 * @param {Bar} bar
 * @param {Workflow} workflow
 * @param {number} channel y of the first track
 * @returns {Arrow}
 */
function arrowOf(line, bar, workflow, channel) {
  const { box } = /** @type {import('./bus_bar.js').Place} */ (bar.places.get(line.event));
  const y = channel + Math.max(0, line.track) * TRACK;
  /** @type {[number, number][]} */
  const down = [
    [line.from, box.y + box.h],
    [line.from, y],
    [line.to, y],
    [line.to, line.how === 'hears' ? (workflow.rule ?? workflow.card).y : workflow.card.y],
  ];
  const hears = line.how === 'hears';
  return {
    key: hears ? `hears/${line.event}>${line.policy}` : `${line.how}/${line.policy}>${line.event}`,
    d: roundedPath(hears ? down : down.reverse()),
    tone: hears ? 'hears' : 'puts',
    hue: workflow.hue,
    ...(line.how === 'fails' && { dashed: true }),
  };
}

/**
 * @param {Workflow} workflow
 * @returns {Arrow[]} from the rule on to the workflow
 */
function throughRule({ policy, hue, card, rule }) {
  if (!rule) return [];
  const x = rule.x + 28;
  return [
    {
      key: `rule/${policy}`,
      d: roundedPath([
        [x, rule.y + rule.h],
        [x, card.y],
      ]),
      tone: 'hears',
      hue,
    },
  ];
}
