/**
 * Where entities, copies and whole contexts may be dropped at step 5.
 *
 * @module steps/contexts_drops
 */

import { contextOf, titleOf } from '../model/reading.js';
import { hotspotDrops } from './common.js';
import { assignEntities, copyEntities, mergeContexts, newContext, takenAtContexts } from './contexts_edits.js';
import { shortened, spoken } from './naming.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Drop} Drop */
/** @typedef {import('../types.js').Edit} Edit */
/** @typedef {import('../types.js').Region} Region */
/** @typedef {import('../types.js').Scene} Scene */

/** The foot of a place: what is dropped there stays at home and is copied. */
const FOOT = 56;

/**
 * What is in the hand may go into places, onto their feet, onto the shelf, or into a new place. What is in a context
 * that is in the hand too only goes along with it.
 *
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} keys
 * @returns {Drop[]}
 */
export function contextsDrops(doc, scene, keys) {
  const taken = takenAtContexts(doc, keys);
  const { contexts } = taken;
  const entities = taken.entities.filter((entity) => !contexts.includes(contextOf(doc, entity) ?? ''));
  const copies = taken.copies.filter(({ context }) => !contexts.includes(context));
  if (contexts.length === 1 && !entities.length) return dropsOfContext(doc, scene, contexts[0]);
  if (copies.length && !entities.length) return dropsOfCopies(doc, scene, copies);
  return entities.length ? dropsOfEntities(doc, scene, entities) : hotspotDrops(doc, scene, keys);
}

/**
 * @param {Doc} doc
 * @param {string} section
 * @param {string} id
 */
function title(doc, section, id) {
  return shortened(titleOf(doc, `${section}/${id}`), 40);
}

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} entities
 * @returns {Drop[]}
 */
function dropsOfEntities(doc, scene, entities) {
  const names = entities.map((entity) => title(doc, 'entities', entity));
  const what = spoken(names);
  /** @type {Drop[]} */
  const drops = [];
  for (const region of scene.regions) {
    const context = contextOfRegion(region);
    if (context) {
      const where = title(doc, 'contexts', context);
      const edits = assignEntities(doc, entities, context);
      if (edits.length) drops.push({ key: region.key, box: region, words: `Move ${what} to ${where}`, edits });
      const copies = copyEntities(doc, entities, context);
      const foot = footOf(region);
      if (copies.length) {
        drops.push({
          key: `${region.key}/copy`,
          box: foot,
          words: `Keep a copy of ${what} in ${where}`,
          edits: copies,
        });
      }
    } else if (region.kind === 'shelf') {
      const edits = assignEntities(doc, entities, null);
      if (edits.length) drops.push({ key: region.key, box: region, words: `Leave ${what} without a context`, edits });
    } else if (region.kind === 'context') {
      drops.push({
        key: region.key,
        box: region,
        words: `Draw a new context around ${what}`,
        ...ofNewName(names, entities),
      });
    }
  }
  return drops;
}

/**
 * @param {string[]} names
 * @param {string[]} entities
 * @returns {{edits: Edit[]} | {choices: {words: string, edits: Edit[]}[]}}
 */
function ofNewName(names, entities) {
  const choices = [...new Set(names)]
    .slice(0, 5)
    .map((name) => ({ words: `New context “${name}”`, edits: newContext(name, entities) }));
  return choices.length === 1 ? { edits: choices[0].edits } : { choices };
}

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {{entity: string, context: string}[]} copies
 * @returns {Drop[]}
 */
function dropsOfCopies(doc, scene, copies) {
  const names = copies.map(({ entity }) => title(doc, 'entities', entity));
  const what = spoken(names);
  /** @type {Edit[]} */
  const given = copies.map(({ entity, context }) => ({ kind: 'copy', entity, context, keep: false }));
  /** @type {Drop[]} */
  const drops = [];
  for (const region of scene.regions) {
    const context = contextOfRegion(region);
    if (region.kind === 'shelf') {
      drops.push({ key: region.key, box: region, words: `Give the copy of ${what} up`, edits: given });
    } else if (context && !copies.some((copy) => copy.context === context)) {
      const kept = copyEntities(
        doc,
        copies.map(({ entity }) => entity),
        context,
      );
      const where = title(doc, 'contexts', context);
      const home = copies.every(({ entity }) => contextOf(doc, entity) === context);
      const words = home
        ? `Give the copy up: ${what} is at home in ${where}`
        : `Keep the copy of ${what} in ${where} instead`;
      if (kept.length || home) drops.push({ key: region.key, box: region, words, edits: [...given, ...kept] });
    }
  }
  return drops;
}

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string} context
 * @returns {Drop[]}
 */
function dropsOfContext(doc, scene, context) {
  const own = title(doc, 'contexts', context);
  /** @type {Drop[]} */
  const drops = [];
  for (const region of scene.regions) {
    const other = contextOfRegion(region);
    if (other && other !== context) {
      drops.push({ key: region.key, box: region, ...contextMerges(doc, other, context) });
    } else if (region.kind === 'shelf') {
      const words = `Remove the context “${own}”; its entities become homeless`;
      drops.push({ key: region.key, box: region, words, edits: [{ kind: 'remove', of: 'contexts', id: context }] });
    }
  }
  return drops;
}

/**
 * The names to choose from when two contexts become one.
 *
 * @param {Doc} doc
 * @param {string} keep
 * @param {string} gone
 * @returns {{words: string, choices: {words: string, edits: Edit[]}[]}}
 */
function contextMerges(doc, keep, gone) {
  const titles = [keep, gone].map((id) => titleOf(doc, `contexts/${id}`));
  return {
    words: `Merge “${shortened(titles[1], 40)}” with “${shortened(titles[0], 40)}”`,
    choices: [...new Set(titles)].map((name) => ({
      words: `Merge as “${shortened(name, 40)}”`,
      edits: mergeContexts(doc, keep, gone, name),
    })),
  };
}

/**
 * @param {Region} region
 * @returns {string | null}
 */
function contextOfRegion(region) {
  return region.key.startsWith('context/') ? region.key.slice('context/'.length) : null;
}

/**
 * @param {Box} box
 * @returns {Box}
 */
function footOf(box) {
  return { x: box.x, y: box.y + box.h - FOOT, w: box.w, h: FOOT };
}
