/**
 * The sections of a storm, and their entries.
 *
 * @module model/sections
 */

/** @import { Doc } from '../types.js' */

const NOTHING = Object.freeze(/** @type {Record<string, any>} */ ({}));

/**
 * The entries of a section; none where the storm does not have it.
 *
 * @param {Doc} doc
 * @param {string} name
 * @returns {Record<string, any>}
 */
export function section(doc, name) {
  return /** @type {any} */ (doc)[name] ?? NOTHING;
}

/**
 * One entry of a section. Ids such as `constructor` find what the storm says under them, and nothing else.
 *
 * @param {Doc} doc
 * @param {string} name
 * @param {string} id
 * @returns {any} undefined if it is not there
 */
export function entry(doc, name, id) {
  const entries = section(doc, name);
  return Object.hasOwn(entries, id) ? entries[id] : undefined;
}

/**
 * The storm with one entry more, or another one in its place.
 *
 * @param {Doc} doc
 * @param {string} name
 * @param {string} id
 * @param {any} thing
 * @returns {Doc}
 */
export function withEntry(doc, name, id, thing) {
  return { ...doc, [name]: { ...section(doc, name), [id]: thing } };
}

/**
 * The storm without one entry.
 *
 * @param {Doc} doc
 * @param {string} name
 * @param {string} id
 * @returns {Doc}
 */
export function withoutEntry(doc, name, id) {
  return entry(doc, name, id) === undefined ? doc : { ...doc, [name]: withoutKey(section(doc, name), id) };
}

/**
 * @template {object} T
 * @param {T} things
 * @param {string} key
 * @returns {T} without this key
 */
export function withoutKey(things, key) {
  const { [key]: _, ...others } = /** @type {any} */ (things);
  return others;
}

/**
 * The storm with each entry of a section changed; the same storm if none is.
 *
 * @param {Doc} doc
 * @param {string} name
 * @param {(thing: any) => any} change returns the same thing to leave it alone
 * @returns {Doc}
 */
export function withEach(doc, name, change) {
  let same = true;
  const entries = Object.entries(section(doc, name)).map(([id, thing]) => {
    const after = change(thing);
    same &&= after === thing;
    return [id, after];
  });
  return same ? doc : { ...doc, [name]: Object.fromEntries(entries) };
}
