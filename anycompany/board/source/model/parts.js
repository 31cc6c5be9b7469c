/**
 * What the entries of a storm may say, as `anycompany/storm/parts.py` has it. Only what is certain counts as fitting:
 * values that the kernel might read in another way (such as "yes" for true) are left to the kernel.
 *
 * @module model/parts
 */

import { ID } from './ids.js';

/** @typedef {(value: any) => boolean} Check */

/** @type {Check} */
const text = (value) => typeof value === 'string';
/** @type {Check} */
const flag = (value) => typeof value === 'boolean';
/** @type {Check} */
const id = (value) => text(value) && ID.test(value);
/** @type {Check} */
const ids = (value) => Array.isArray(value) && value.every(id);
/** @type {Check} */
const texts = (value) => Array.isArray(value) && value.every(text);
/** @type {Check} */
const keys = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
/** @type {Check} */
const count = (value) => Number.isSafeInteger(value) && value > 0;
/** @type {(check: Check) => Check} */
const orNull = (check) => (value) => value === null || check(value);
/** @type {(...words: string[]) => Check} */
const oneOf =
  (...words) =>
  (value) =>
    words.includes(value);

const TASK = { do: text, run: orNull(text) };
const AWS = { source: text, 'detail-type': text };

/**
 * For each kind of entry the keys it may have.
 *
 * @type {Record<string, Record<string, Check>>}
 */
const KEYS = {
  events: { name: text, pivotal: flag },
  triggers: {
    actor: orNull(text),
    command: orNull(text),
    external: orNull(text),
    schedule: orNull(text),
    says: orNull(text),
    aws: orNull((value) => said(AWS, ['source', 'detail-type'], value)),
  },
  policies: {
    name: orNull(text),
    when: ids,
    does: (value) => Array.isArray(value) && value.every((task) => text(task) || said(TASK, ['do'], task)),
    emits: ids,
    fails: ids,
    service: orNull(id),
    kind: oneOf('express', 'standard'),
  },
  entities: { name: orNull(text), events: ids },
  contexts: { name: orNull(text), entities: ids, copies: ids, owner: orNull(text), votes: texts },
  services: { name: orNull(text), context: orNull(id), source: orNull(text) },
  listeners: {
    name: orNull(text),
    for: orNull(text),
    hears: (value) => value === 'all' || ids(value),
    where: orNull(keys),
    to: oneOf('topic', 'queue', 'log'),
  },
  contracts: {
    version: count,
    published: orNull(count),
    'detail-type': orNull((value) => text(value) && value.length <= 128),
    fields: (value) => keys(value) && Object.values(value).every((field) => fits('fields', field)),
    example: orNull(keys),
  },
  fields: {
    type: oneOf('string', 'number', 'integer', 'boolean', 'object', 'array'),
    personal: flag,
    risk: orNull(text),
    optional: flag,
  },
  hotspots: { text, about: orNull(id), votes: texts, owner: orNull(text) },
  decisions: { text, because: orNull(text), about: orNull(id) },
  bus: {
    name: orNull((value) => text(value) && /^[A-Za-z0-9._-]{1,100}$/.test(value)),
    kind: oneOf('classic', 'v2'),
  },
};

/** @type {Record<string, string[]>} */
const NEEDED = { events: ['name'], hotspots: ['text'], decisions: ['text'] };

/**
 * Whether a mapping has only keys that are known or one's own (`x-`), and all that are needed.
 *
 * @param {Record<string, Check>} known
 * @param {string[]} needed
 * @param {any} thing
 * @returns {boolean}
 */
function said(known, needed, thing) {
  if (!keys(thing) || !needed.every((key) => Object.hasOwn(thing, key))) return false;
  return Object.entries(thing).every(([key, value]) =>
    Object.hasOwn(known, key) ? known[key](value) : key.startsWith('x-'),
  );
}

/**
 * Whether plain data certainly is an entry of a section (or `fields`, one field of a contract; or `bus`).
 *
 * @param {string} section
 * @param {any} thing
 * @returns {boolean}
 */
export function fits(section, thing) {
  if (!Object.hasOwn(KEYS, section) || !said(KEYS[section], NEEDED[section] ?? [], thing)) return false;
  return section !== 'triggers' || hasOneOrigin(thing);
}

/**
 * @param {any} trigger
 * @returns {boolean}
 */
function hasOneOrigin(trigger) {
  const has = (/** @type {string} */ key) => trigger[key] !== undefined && trigger[key] !== null;
  const origins = ['actor', 'external', 'schedule', 'aws'].filter(has).length;
  return origins === 1 || (origins === 0 && has('command'));
}

/**
 * An entry in the shortest spelling, which is the file's: an entity of events alone as their list, a task that only
 * says what to do as its text.
 *
 * @param {string} section
 * @param {any} thing
 * @returns {any}
 */
export function shortest(section, thing) {
  if (section === 'entities') return Object.keys(thing).join() === 'events' ? thing.events : thing;
  if (section === 'policies' && thing.does) {
    const does = thing.does.map((/** @type {any} */ task) => (Object.keys(task).join() === 'do' ? task.do : task));
    return { ...thing, does };
  }
  return thing;
}

/**
 * An entry with all its keys: the opposite of `shortest` for entities.
 *
 * @param {any} thing
 * @returns {Record<string, any>}
 */
export function spelled(thing) {
  return Array.isArray(thing) ? { events: thing } : thing;
}
