/**
 * What crosses the borders of contexts, as the only red arrows of the wall: one for each event, or one with a count
 * where many cross between the same two places.
 *
 * @module steps/contexts_crossings
 */

import { contextOfEvent, titleOf } from '../model/reading.js';
import { centre, HEX } from './common.js';
import { makeRouter } from './contexts_routes.js';
import { shortened } from './naming.js';

/** @typedef {import('../types.js').Arrow} Arrow */
/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Coupling} Coupling */
/** @typedef {import('../types.js').Crossing} Crossing */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('./contexts_layout.js').Layout} Layout */

/**
 * All that crosses from one context to another.
 *
 * @typedef {{giver: string, taker: string, events: string[], policies: string[], copied: boolean,
 *   crossings: Crossing[]}} Way `copied`: copies serve all of it
 */

/** More events than these on one way become one arrow with a count. */
const NAMED = 2;
/** More arrows than these, and every way becomes one arrow. */
const MOST_NAMED = 24;
/** Ways that a person can still follow; the panel lists all. */
const MOST_WAYS = 60;

/** @type {WeakMap<Coupling, Doc>} the storm that each coupling was drawn with first */
const drawnWith = new WeakMap();

/**
 * The crossings by the two contexts they couple, the busiest first. While the kernel counts anew, an event is taken
 * from where it stands now: what has come home already is no crossing any more. While something is in the hand, its
 * events still stand where they were, and the coupling that comes for them says where they would go.
 *
 * @param {Doc} doc
 * @param {Coupling} coupling
 * @returns {Way[]}
 */
export function waysBetween(doc, coupling) {
  /** @type {Map<string, Crossing[]>} */
  const found = new Map();
  if (!drawnWith.has(coupling)) drawnWith.set(coupling, doc);
  const old = drawnWith.get(coupling) !== doc;
  for (const crossing of Object.values(coupling.crossings ?? {})) {
    const { event, taker } = crossing;
    const giver = old ? contextOfEvent(doc, event) : crossing.giver;
    if (!giver || giver === taker || !doc.contexts?.[giver] || !doc.contexts[taker]) continue;
    const way = `${giver}>${taker}`;
    const known = found.get(way);
    if (known) known.push({ ...crossing, giver });
    else found.set(way, [{ ...crossing, giver }]);
  }
  return [...found.values()]
    .map((crossings) => ({
      giver: crossings[0].giver,
      taker: crossings[0].taker,
      events: [...new Set(crossings.map((crossing) => crossing.event))],
      policies: [...new Set(crossings.map((crossing) => crossing.policy))],
      copied: crossings.every((crossing) => crossing.copied),
      crossings,
    }))
    .sort((a, b) => b.events.length - a.events.length);
}

/**
 * The arrows of what crosses.
 *
 * @param {Doc} doc
 * @param {Layout} layout
 * @param {Way[]} ways
 * @param {Box[]} [others] what else lies on the wall and should be read
 * @returns {Arrow[]}
 */
export function crossingArrows(doc, layout, ways, others = []) {
  const shown = ways.slice(0, MOST_WAYS);
  const named = shown.reduce((sum, way) => sum + Math.min(way.events.length, NAMED), 0) <= MOST_NAMED;
  const boxes = boxesOf(layout);
  const router = makeRouter(layout, others);
  return shown.flatMap((way) => {
    const [from, to] = [boxes.place.get(way.giver), boxes.place.get(way.taker)];
    if (!from || !to) return [];
    if (!named || way.events.length > NAMED) {
      const words = `${way.events.length} ${way.events.length === 1 ? 'event' : 'events'}`;
      const near = reactionOf(doc, way.policies, way.taker, boxes.hex);
      return [arrow(router, `${way.giver}>${way.taker}`, { place: from }, { place: to, near }, words, way.copied)];
    }
    return way.events.map((event) => {
      const own = way.crossings.filter((crossing) => crossing.event === event);
      const copied = own.every((crossing) => crossing.copied);
      const chip = copied ? boxes.copy.get(`${way.taker}/${boxes.entityOf.get(event)}`) : undefined;
      const name = shortened(titleOf(doc, `events/${event}`), 32);
      const key = `${way.giver}>${way.taker}/${event}`;
      const near = reactionOf(
        doc,
        own.map((crossing) => crossing.policy),
        way.taker,
        boxes.hex,
      );
      const hex = contextOfEvent(doc, event) === way.giver ? boxes.hex.get(event) : undefined;
      return arrow(router, key, { place: from, hex }, { place: to, chip, near }, name, copied);
    });
  });
}

/**
 * The middle of the first event that these policies put within a context: that is what an arrow into it is meant for.
 *
 * @param {Doc} doc
 * @param {string[]} policies
 * @param {string} taker
 * @param {Map<string, Box>} hexes
 */
function reactionOf(doc, policies, taker, hexes) {
  for (const policy of policies) {
    const { emits = [], fails = [] } = doc.policies?.[policy] ?? {};
    const put = [...emits, ...fails].find((event) => contextOfEvent(doc, event) === taker && hexes.has(event));
    if (put) return centre(/** @type {Box} */ (hexes.get(put)));
  }
  return undefined;
}

/** @param {Layout} layout */
function boxesOf(layout) {
  /** @type {Map<string, Box>} */
  const place = new Map();
  /** @type {Map<string, Box>} */
  const hex = new Map();
  /** @type {Map<string, Box>} */
  const copy = new Map();
  /** @type {Map<string, string>} */
  const entityOf = new Map();
  for (const one of layout.places) {
    place.set(one.context, one.box);
    for (const hive of one.hives) {
      hive.events.forEach((event, index) => {
        if (hex.has(event)) return;
        hex.set(event, { ...hive.cells[index], w: HEX.w, h: HEX.h });
        entityOf.set(event, hive.entity);
      });
    }
    for (const { entity, chip } of one.copies) copy.set(`${one.context}/${entity}`, chip);
  }
  return { place, hex, copy, entityOf };
}

/**
 * @param {ReturnType<typeof makeRouter>} router
 * @param {string} key
 * @param {{place: Box, hex?: Box}} from
 * @param {{place: Box, chip?: Box, near?: import('../types.js').Point}} to
 * @param {string} words
 * @param {boolean} copied
 * @returns {Arrow}
 */
function arrow(router, key, from, to, words, copied) {
  const { d, at } = router(from, to, words);
  return { key: `crossing/${key}`, d, at, tone: 'crossing', label: words, ...(copied && { dashed: true }) };
}
