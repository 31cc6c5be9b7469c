/**
 * The edits that write down something new and at once put it in its place.
 *
 * @module steps/adding
 */

import { mint } from '../model/ids.js';
import { momentOf } from '../model/reading.js';
import { layAt } from './places.js';

/**
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Edit} Edit
 * @typedef {import('../types.js').Point} Point
 */

/**
 * An id for something new. Where the name has letters that only the kernel can transliterate, what of it is ASCII.
 *
 * @param {Doc} doc
 * @param {string} section
 * @param {string} name
 * @returns {string}
 */
export function newId(doc, section, name) {
  const plain = name.normalize('NFKD').replace(/[^\x20-\x7e]/g, '');
  return mint(doc, section, name) ?? mint(doc, section, plain) ?? section;
}

/**
 * A new event that lies where somebody wrote it.
 *
 * @param {Doc} doc
 * @param {string} name
 * @param {Point | null} at null leaves it to the wall
 * @returns {Edit[]}
 */
export function laidEvent(doc, name, at) {
  if (!at) return [{ kind: 'add', to: 'events', name }];
  const id = newId(doc, 'events', name);
  return [{ kind: 'add', to: 'events', name, id }, layAt(`events/${id}`, at)];
}

/**
 * A new event in time: after another one, or at the end.
 *
 * @param {Doc} doc
 * @param {string} name
 * @param {string | null} after an event's id
 * @returns {Edit[]}
 */
export function timedEvent(doc, name, after) {
  const id = newId(doc, 'events', name);
  const beside = after && momentOf(doc, after) >= 0 ? { after } : {};
  return [
    { kind: 'add', to: 'events', name, id },
    { kind: 'place', event: id, ...beside },
  ];
}
