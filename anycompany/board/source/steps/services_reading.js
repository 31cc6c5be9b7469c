/**
 * Who runs what, read from a storm for step 6: for each context its services, its workflows and its events; and what
 * services hear of each other.
 *
 * @module steps/services_reading
 */

import { contextOfEvent, inOrder, serviceOfPolicy, titleOf } from '../model/reading.js';

/** @typedef {import('../types.js').Doc} Doc */

/**
 * One lane: a context, or a service that belongs to none (`context` null).
 *
 * @typedef {{key: string, context: string | null, title: string, owner: string, hue: number, services: string[],
 *   policies: string[], events: string[]}} Lane
 * @typedef {{lanes: Lane[], homeless: string[], laneOfPolicy: Map<string, Lane>}} Lanes `homeless` are policies
 */

/** @type {WeakMap<Doc, Lanes>} */
const known = new WeakMap();

/**
 * The lanes of a storm, in the order of its contexts; services without a context come last.
 *
 * @param {Doc} doc
 * @returns {Lanes}
 */
export function lanesOf(doc) {
  const found = known.get(doc) ?? readLanes(doc);
  known.set(doc, found);
  return found;
}

/**
 * @param {Doc} doc
 * @returns {Lanes}
 */
function readLanes(doc) {
  const contexts = Object.entries(doc.contexts ?? {});
  /** @type {Map<string, Lane>} */
  const byContext = new Map();
  contexts.forEach(([context, said], hue) => {
    byContext.set(context, {
      key: `lane/${context}`,
      context,
      title: titleOf(doc, `contexts/${context}`),
      owner: said.owner ?? '',
      hue,
      services: [],
      policies: [],
      events: [],
    });
  });
  const lanes = [...byContext.values()];
  /** @type {Map<string, Lane>} */
  const byService = new Map();
  Object.entries(doc.services ?? {}).forEach(([service, said], index) => {
    let lane = said.context ? byContext.get(said.context) : undefined;
    if (!lane) {
      lane = {
        key: `lane#${service}`,
        context: null,
        title: 'In no context yet',
        owner: '',
        hue: contexts.length + index,
        services: [],
        policies: [],
        events: [],
      };
      lanes.push(lane);
    }
    lane.services.push(service);
    byService.set(service, lane);
  });
  for (const event of inOrder(doc)) {
    const context = contextOfEvent(doc, event);
    if (context) byContext.get(context)?.events.push(event);
  }
  /** @type {Lanes} */
  const read = { lanes, homeless: [], laneOfPolicy: new Map() };
  for (const policy of Object.keys(doc.policies ?? {})) {
    const lane = laneFor(doc, policy, byService, byContext);
    if (!lane) read.homeless.push(policy);
    else {
      lane.policies.push(policy);
      read.laneOfPolicy.set(policy, lane);
    }
  }
  return read;
}

/**
 * The lane of a policy: of the service it runs in; or where its events are at home, while that context has no service.
 *
 * @param {Doc} doc
 * @param {string} policy
 * @param {Map<string, Lane>} byService
 * @param {Map<string, Lane>} byContext
 * @returns {Lane | null}
 */
function laneFor(doc, policy, byService, byContext) {
  const { emits = [], fails = [], when = [], service: said } = doc.policies?.[policy] ?? {};
  const service = serviceOfPolicy(doc, policy);
  const lane = (service && byService.get(service)) || null;
  const homes = (/** @type {string[]} */ events) =>
    events.map((event) => contextOfEvent(doc, event)).filter((home) => home !== null);
  const put = homes([...emits, ...fails]);
  if (lane && (!put.length || said === service || put.includes(lane.context ?? ''))) return lane;
  return byContext.get(put[0] ?? homes(when)[0] ?? '') ?? lane;
}

/**
 * What the lanes hear of each other: for each lane, the events of other lanes that its workflows react to, by lane.
 *
 * @param {Doc} doc
 * @returns {Map<Lane, Map<Lane, string[]>>} taker → giver → events
 */
export function heardAcross(doc) {
  const { lanes, laneOfPolicy } = lanesOf(doc);
  const laneOfContext = new Map(lanes.map((lane) => [lane.context, lane]));
  /** @type {Map<Lane, Map<Lane, string[]>>} */
  const heard = new Map();
  for (const [policy, taker] of laneOfPolicy) {
    for (const event of doc.policies?.[policy]?.when ?? []) {
      const context = contextOfEvent(doc, event);
      const giver = context ? laneOfContext.get(context) : undefined;
      if (!giver || giver === taker || !doc.events?.[event]) continue;
      const givers = heard.get(taker) ?? new Map();
      heard.set(taker, givers);
      const events = givers.get(giver) ?? [];
      if (!events.includes(event)) events.push(event);
      givers.set(giver, events);
    }
  }
  return heard;
}

/**
 * The service that comes first among those of a context; the others are findings.
 *
 * @param {Lane | undefined} lane
 * @returns {string | null}
 */
export function mainService(lane) {
  return lane?.services[0] ?? null;
}

/**
 * What people call a lane: its service's name, else its context's.
 *
 * @param {Doc} doc
 * @param {Lane} lane
 * @returns {string}
 */
export function laneName(doc, lane) {
  const service = mainService(lane);
  return service ? titleOf(doc, `services/${service}`) : lane.title;
}
