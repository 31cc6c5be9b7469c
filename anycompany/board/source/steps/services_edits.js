/**
 * What dragging and naming at step 6 means, as edits.
 *
 * @module steps/services_edits
 */

import { contextOfEvent, entityOf, serviceOf, titleOf } from '../model/reading.js';
import { assignEntities } from './contexts_edits.js';
import { counted, shortened, spoken } from './naming.js';
import { laneName, lanesOf, mainService } from './services_reading.js';

/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Edit} Edit */
/** @typedef {import('./services_reading.js').Lane} Lane */

/**
 * Contexts that no service is named for.
 *
 * @param {Doc} doc
 * @returns {string[]}
 */
export function unserved(doc) {
  return Object.keys(doc.contexts ?? {}).filter((context) => !serviceOf(doc, context));
}

/**
 * A service for a context (null: for none yet).
 *
 * @param {string} name
 * @param {string | null} context
 * @param {string} [source]
 * @returns {Edit[]}
 */
export function newService(name, context, source = '') {
  const called = name.trim();
  if (!called) throw new Error('A service needs a name: type the word that its team says on the phone.');
  return [
    {
      kind: 'add',
      to: 'services',
      name: called,
      keys: { ...(context && { context }), ...(source.trim() && { source: source.trim() }) },
    },
  ];
}

/**
 * A service for every context that has none, called as the context.
 *
 * @param {Doc} doc
 * @returns {Edit[]}
 */
export function servicesFromContexts(doc) {
  return unserved(doc).flatMap((context) => newService(titleOf(doc, `contexts/${context}`), context));
}

/**
 * Lets policies run in another lane's service. A policy that puts events belongs to the service that owns them: then
 * there is something to choose.
 *
 * @param {Doc} doc
 * @param {string[]} policies
 * @param {Lane} lane
 * @returns {{words: string, edits: Edit[]} | {words: string, choices: {words: string, edits: Edit[]}[]} | null} null
 *   where nothing would change, or the lane has no service yet
 */
export function movePolicies(doc, policies, lane) {
  const service = mainService(lane);
  const { laneOfPolicy } = lanesOf(doc);
  const moving = policies.filter(
    (policy) =>
      laneOfPolicy.get(policy) !== lane ||
      (doc.policies?.[policy]?.service !== undefined && doc.policies[policy].service !== service),
  );
  if (!service || !moving.length) return null;
  const where = shortened(laneName(doc, lane), 40);
  const words = `Run ${spoken(moving.map((policy) => titleOf(doc, `policies/${policy}`)))} in ${where}`;
  /** @type {Edit[]} */
  const said = moving.map((policy) => ({ kind: 'change', of: 'policies', id: policy, keys: { service } }));
  const foreign = entitiesPut(doc, moving).filter((one) => one.context !== lane.context);
  if (!foreign.length) return { words, edits: said };
  if (lane.context === null) return { words: `${words} (a finding: others own what it puts)`, edits: said };
  const entities = foreign.map((one) => one.entity);
  const names = spoken(entities.map((entity) => titleOf(doc, `entities/${entity}`)));
  const along = followers(doc, entities, moving);
  const others = along ? `, and ${counted(along, 'other workflow')}` : '';
  /** @type {Edit[]} */
  const cleared = moving
    .filter((policy) => doc.policies?.[policy]?.service && doc.policies[policy].service !== service)
    .map((policy) => ({ kind: 'change', of: 'policies', id: policy, keys: { service: null } }));
  return {
    words,
    choices: [
      {
        words: `Move ${names} to ${shortened(lane.title, 40)}: the events go along${others}`,
        edits: [...assignEntities(doc, entities, lane.context), ...cleared],
      },
      { words: `Only say that it runs in ${where}: a finding, as another service owns what it puts`, edits: said },
    ],
  };
}

/**
 * The entities whose events policies put, with their context; events that nobody owns yet do not count.
 *
 * @param {Doc} doc
 * @param {string[]} policies
 * @returns {{entity: string, context: string}[]}
 */
function entitiesPut(doc, policies) {
  /** @type {Map<string, string>} */
  const put = new Map();
  for (const policy of policies) {
    const said = doc.policies?.[policy] ?? {};
    for (const event of [...(said.emits ?? []), ...(said.fails ?? [])]) {
      const [entity, context] = [entityOf(doc, event), contextOfEvent(doc, event)];
      if (entity && context && serviceOf(doc, context)) put.set(entity, context);
    }
  }
  return [...put].map(([entity, context]) => ({ entity, context }));
}

/**
 * How many other workflows put events of these entities, and would go along with them.
 *
 * @param {Doc} doc
 * @param {string[]} entities
 * @param {string[]} moving
 */
function followers(doc, entities, moving) {
  return Object.entries(doc.policies ?? {}).filter(
    ([policy, said]) =>
      !moving.includes(policy) &&
      [...(said.emits ?? []), ...(said.fails ?? [])].some((event) => entities.includes(entityOf(doc, event) ?? '')),
  ).length;
}

/**
 * Gives a service another context; the service that is there changes places with it.
 *
 * @param {Doc} doc
 * @param {string} service
 * @param {Lane} lane
 * @returns {{words: string, edits: Edit[]} | null}
 */
export function moveService(doc, service, lane) {
  const from = doc.services?.[service]?.context ?? null;
  if (!lane.context || lane.context === from) return null;
  const title = shortened(titleOf(doc, `services/${service}`), 40);
  const there = mainService(lane);
  /** @type {Edit[]} */
  const edits = [{ kind: 'change', of: 'services', id: service, keys: { context: lane.context } }];
  if (!there) return { words: `Let “${title}” be the service of ${shortened(lane.title, 40)}`, edits };
  edits.push({ kind: 'change', of: 'services', id: there, keys: { context: from } });
  const other = shortened(titleOf(doc, `services/${there}`), 40);
  return { words: `Let “${title}” and “${other}” change places`, edits };
}
