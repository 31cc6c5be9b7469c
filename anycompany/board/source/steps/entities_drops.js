/**
 * Where events and hives may be dropped at step 4.
 *
 * @module steps/entities_drops
 */

import { homeless, titleOf } from '../model/reading.js';
import { hotspotDrops } from './common.js';
import { assignEvents, mergeEntities, newEntity } from './entities_edits.js';
import { nounsToChoose } from './entities_nouns.js';
import { shortened, spoken } from './naming.js';

/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Drop} Drop */
/** @typedef {import('../types.js').Edit} Edit */
/** @typedef {import('../types.js').Region} Region */
/** @typedef {import('../types.js').Scene} Scene */

/**
 * What is in the hand may go onto hives, onto the shelf, or make a new entity.
 *
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} keys
 * @returns {Drop[]}
 */
export function entitiesDrops(doc, scene, keys) {
  const events = eventsAmong(doc, keys);
  if (events.length) return dropsOfEvents(doc, scene, events);
  const chips = keys.filter((key) => key.startsWith('entities/')).map((key) => key.slice(9));
  return chips.length === 1 ? dropsOfHive(doc, scene, chips[0]) : hotspotDrops(doc, scene, keys);
}

/**
 * The events among the notes in the hand or selected, each once.
 *
 * @param {Doc} doc
 * @param {Iterable<string>} keys
 * @returns {string[]}
 */
export function eventsAmong(doc, keys) {
  /** @type {Set<string>} */
  const events = new Set();
  for (const key of keys) {
    const event = key.startsWith('events/') ? key.slice(7).split('#')[0] : '';
    if (doc.events?.[event]) events.add(event);
  }
  return [...events];
}

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} events
 * @returns {Drop[]}
 */
function dropsOfEvents(doc, scene, events) {
  const names = events.map((event) => doc.events?.[event]?.name ?? event);
  const what = spoken(names);
  /** @type {Drop[]} */
  const drops = [];
  for (const region of scene.regions) {
    const entity = entityOfRegion(region);
    if (entity) {
      const edits = assignEvents(doc, events, entity);
      const words = `Put ${what} into ${titled(doc, entity)}`;
      if (edits.length) drops.push({ key: region.key, box: region, words, edits });
    } else if (region.kind === 'shelf') {
      const edits = assignEvents(doc, events, null);
      if (edits.length) drops.push({ key: region.key, box: region, words: `Leave ${what} without an entity`, edits });
    } else if (region.kind === 'hive') {
      drops.push({ key: region.key, box: region, words: `Make a new entity of ${what}`, ...ofNewName(doc, events) });
    }
  }
  return drops;
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {{edits: Edit[]} | {choices: {words: string, edits: Edit[]}[]}}
 */
function ofNewName(doc, events) {
  const nouns = nounsToChoose(doc, events);
  const choices = nouns.map((noun) => ({
    words: `New entity “${shortened(noun, 40)}”`,
    edits: newEntity(doc, noun, events),
  }));
  return choices.length === 1 ? { edits: choices[0].edits } : { choices };
}

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string} entity
 * @returns {Drop[]}
 */
function dropsOfHive(doc, scene, entity) {
  const own = titled(doc, entity);
  /** @type {Drop[]} */
  const drops = [];
  for (const region of scene.regions) {
    const other = entityOfRegion(region);
    if (other && other !== entity) {
      drops.push({ key: region.key, box: region, ...mergeChoices(doc, other, entity) });
    } else if (region.kind === 'shelf') {
      const edits = [{ kind: 'remove', of: 'entities', id: entity }];
      drops.push({ key: region.key, box: region, words: `Take “${own}” apart; its events become homeless`, edits });
    }
  }
  return drops;
}

/**
 * The names to choose from when two entities become one.
 *
 * @param {Doc} doc
 * @param {string} keep
 * @param {string} gone
 * @returns {{words: string, choices: {words: string, edits: Edit[]}[]}}
 */
export function mergeChoices(doc, keep, gone) {
  const titles = [keep, gone].map((id) => titleOf(doc, `entities/${id}`));
  return {
    words: `Merge “${shortened(titles[1], 40)}” with “${shortened(titles[0], 40)}”`,
    choices: [...new Set(titles)].map((name) => ({
      words: `Merge as “${shortened(name, 40)}”`,
      edits: mergeEntities(doc, keep, gone, name),
    })),
  };
}

/**
 * @param {Doc} doc
 * @param {string} entity
 */
function titled(doc, entity) {
  return shortened(titleOf(doc, `entities/${entity}`), 40);
}

/**
 * @param {Region} region
 * @returns {string | null} the entity whose hive this is
 */
function entityOfRegion(region) {
  return region.key.startsWith('hive/') ? region.key.slice('hive/'.length) : null;
}

/**
 * Which of these events lie on the shelf.
 *
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {string[]}
 */
export function homelessAmong(doc, events) {
  const without = new Set(homeless(doc));
  return events.filter((event) => without.has(event));
}
