/**
 * Every place where one thing mentions another, as `anycompany/storm/mentions.py` has it.
 *
 * @module model/mentions
 */

import { eventsIn, momentOf } from './reading.js';
import { section, withEach, withoutEntry, withoutKey } from './sections.js';
import { isAlternatives, momentFrom, withoutEvent } from './timeline.js';

/** @import { Doc } from '../types.js' */

/** @type {Record<string, string[]>} */
const LISTS_OF_EVENTS = { policies: ['when', 'emits', 'fails'], entities: ['events'], listeners: ['hears'] };

/**
 * The storm with every mention of a removed thing taken out.
 *
 * @param {Doc} doc
 * @param {string} name the section it was in
 * @param {string} gone its id
 * @returns {Doc}
 */
export function withoutMentions(doc, name, gone) {
  const others = (/** @type {string[]} */ ids) => (ids.includes(gone) ? ids.filter((one) => one !== gone) : ids);
  if (name === 'events') {
    doc = withLists(doc, others);
    if (doc.timeline) doc = { ...doc, timeline: withoutEvent(doc.timeline, gone) };
    doc = withoutEntry(withoutEntry(doc, 'triggers', gone), 'contracts', gone);
  } else if (name === 'entities') {
    doc = withEach(doc, 'contexts', (context) => changedLists(context, ['entities', 'copies'], others));
  } else if (name === 'contexts') {
    doc = cleared(doc, 'services', 'context', gone);
  } else if (name === 'services') {
    doc = cleared(doc, 'policies', 'service', gone);
  }
  doc = cleared(cleared(doc, 'hotspots', 'about', gone), 'decisions', 'about', gone);
  return withoutNote(doc, `${name}/${gone}`);
}

/**
 * The storm with every mention of one event meaning another instead.
 *
 * @param {Doc} doc
 * @param {string} gone
 * @param {string} keep
 * @returns {Doc}
 */
export function withEventReplaced(doc, gone, keep) {
  const replaced = (/** @type {string[]} */ ids) => [...new Set(ids.map((one) => (one === gone ? keep : one)))];
  const timeline = doc.timeline ?? [];
  const meant =
    momentOf(doc, keep) >= 0
      ? withoutEvent(timeline, gone)
      : timeline.map((moment) => momentFrom(replaced(eventsIn(moment)), isAlternatives(moment)));
  doc = withLists({ ...doc, timeline: meant }, replaced);
  doc = withOneEntityOf(doc, keep);
  for (const part of ['hotspots', 'decisions']) {
    doc = withEach(doc, part, (thing) => (thing.about === gone ? { ...thing, about: keep } : thing));
  }
  for (const part of ['triggers', 'contracts']) doc = moved(doc, part, gone, keep);
  return withoutNote(doc, `events/${gone}`);
}

/**
 * The storm with an event in the first of its entities only.
 *
 * @param {Doc} doc
 * @param {string} event
 * @returns {Doc}
 */
function withOneEntityOf(doc, event) {
  let found = false;
  return withEach(doc, 'entities', (entity) => {
    const events = Array.isArray(entity) ? entity : (entity.events ?? []);
    if (!events.includes(event)) return entity;
    const again = found;
    found = true;
    if (!again) return entity;
    const left = events.filter((/** @type {string} */ one) => one !== event);
    return Array.isArray(entity) ? left : { ...entity, events: left };
  });
}

/**
 * @param {Doc} doc
 * @param {(ids: string[]) => string[]} change
 * @returns {Doc} with every list of events changed
 */
function withLists(doc, change) {
  for (const [name, keys] of Object.entries(LISTS_OF_EVENTS)) {
    doc = withEach(doc, name, (thing) => {
      if (!Array.isArray(thing)) return changedLists(thing, keys, change);
      const after = change(thing);
      return same(after, thing) ? thing : after;
    });
  }
  return doc;
}

/**
 * @param {any} thing
 * @param {string[]} keys
 * @param {(ids: string[]) => string[]} change
 * @returns {any} with these of its lists changed; the same thing if none is
 */
function changedLists(thing, keys, change) {
  for (const key of keys) {
    if (!Array.isArray(thing[key])) continue;
    const after = change(thing[key]);
    if (!same(after, thing[key])) thing = { ...thing, [key]: after };
  }
  return thing;
}

/**
 * @param {string[]} one
 * @param {string[]} other
 * @returns {boolean}
 */
function same(one, other) {
  return one === other || (one.length === other.length && one.every((id, index) => id === other[index]));
}

/**
 * @param {Doc} doc
 * @param {string} name
 * @param {string} key
 * @param {string} gone
 * @returns {Doc} without this key where it mentions what is gone
 */
function cleared(doc, name, key, gone) {
  return withEach(doc, name, (thing) => (thing[key] === gone ? withoutKey(thing, key) : thing));
}

/**
 * @param {Doc} doc
 * @param {string} name
 * @param {string} gone
 * @param {string} keep
 * @returns {Doc} what was said of one event is said of the other, unless that has its own
 */
function moved(doc, name, gone, keep) {
  const entries = section(doc, name);
  if (!Object.hasOwn(entries, gone) || Object.hasOwn(entries, keep)) return withoutEntry(doc, name, gone);
  const renamed = Object.entries(entries).map(([id, thing]) => [id === gone ? keep : id, thing]);
  return { ...doc, [name]: Object.fromEntries(renamed) };
}

/**
 * @param {Doc} doc
 * @param {string} key
 * @returns {Doc} without the place of a note
 */
function withoutNote(doc, key) {
  const notes = doc.board?.notes;
  if (!notes || !Object.hasOwn(notes, key)) return doc;
  return { ...doc, board: { ...doc.board, notes: withoutKey(notes, key) } };
}
