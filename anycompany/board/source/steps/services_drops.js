/**
 * Where policies and services may be dropped at step 6.
 *
 * @module steps/services_drops
 */

import { titleOf } from '../model/reading.js';
import { hotspotDrops } from './common.js';
import { idsOf, spoken } from './naming.js';
import { movePolicies, moveService } from './services_edits.js';
import { lanesOf } from './services_reading.js';

/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Drop} Drop */
/** @typedef {import('../types.js').Scene} Scene */

/**
 * What is in the hand may go into lanes, or back to where its events are.
 *
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} keys
 * @returns {Drop[]}
 */
export function servicesDrops(doc, scene, keys) {
  const policies = idsOf(keys, 'policies').filter((id) => doc.policies?.[id]);
  const services = idsOf(keys, 'services').filter((id) => doc.services?.[id]);
  if (!policies.length && services.length !== 1) return hotspotDrops(doc, scene, keys);
  const lanes = new Map(lanesOf(doc).lanes.map((lane) => [lane.key, lane]));
  /** @type {Drop[]} */
  const drops = [];
  for (const region of scene.regions) {
    const lane = lanes.get(region.key);
    if (lane) {
      const drop = policies.length ? movePolicies(doc, policies, lane) : moveService(doc, services[0], lane);
      if (drop) drops.push({ key: region.key, box: region, ...drop });
    } else if (region.kind === 'shelf' && policies.some((id) => doc.policies?.[id].service)) {
      const said = policies.filter((id) => doc.policies?.[id].service);
      drops.push({
        key: region.key,
        box: region,
        words: `Let ${spoken(said.map((id) => titleOf(doc, `policies/${id}`)))} follow the events again`,
        edits: said.map((id) => ({ kind: 'change', of: 'policies', id, keys: { service: null } })),
      });
    }
  }
  return drops;
}
