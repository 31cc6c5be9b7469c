/**
 * The fields of an event's contract and the JSON around them: what was typed, what an example shows, what an example
 * lacks, and the JSON Schema as the registry takes it.
 *
 * @module steps/json_fields
 */

import { detailType } from '../model/reading.js';
import { sourceOf } from './bus_rules.js';

/** @typedef {import('../types.js').Contract} Contract */
/** @typedef {import('../types.js').ContractField} ContractField */
/** @typedef {import('../types.js').Doc} Doc */

/** The types a field may have. */
export const TYPES = ['string', 'number', 'integer', 'boolean', 'object', 'array'];

/** What stands for a field of each type where the team gave no example. */
const SAMPLES = /** @type {Record<string, any>} */ ({
  string: 'text',
  number: 1.5,
  integer: 1,
  boolean: true,
  object: {},
  array: [],
});

const TYPE_WORDS = /** @type {Record<string, string>} */ ({
  text: 'string',
  str: 'string',
  int: 'integer',
  float: 'number',
  decimal: 'number',
  bool: 'boolean',
  list: 'array',
  json: 'object',
  date: 'string',
  datetime: 'string',
});
const NAME = /^[^\s:?{}[\]"]+(?: [^\s:?{}[\]"]+)*$/;
const LONGEST_NAME = 100;

/**
 * A field as somebody types it: `amount: number`, `email: string personal`, `reason?`, `plan` (a string).
 *
 * @param {string} text
 * @returns {{name: string, field: ContractField} | null} null when it is no field
 */
export function typedField(text) {
  const [, left = '', right = ''] = /^\s*([^:]+?)\s*(?::\s*(.*?)\s*)?$/s.exec(text) ?? [];
  const name = left.replace(/\?$/, '').trim();
  if (!NAME.test(name) || name.length > LONGEST_NAME) return null;
  const words = right
    .toLowerCase()
    .split(/[\s,·]+/)
    .filter(Boolean);
  const types = words.map((word) => TYPE_WORDS[word] ?? word).filter((word) => TYPES.includes(word));
  if (right && !types.length && words.some((word) => !['personal', 'optional'].includes(word))) return null;
  return {
    name,
    field: fieldOf(types[0] ?? 'string', words.includes('personal'), left.endsWith('?') || words.includes('optional')),
  };
}

/**
 * A field with only what has to be said.
 *
 * @param {string} type
 * @param {boolean} [personal]
 * @param {boolean} [optional]
 * @param {string} [risk]
 * @returns {ContractField}
 */
export function fieldOf(type, personal = false, optional = false, risk = '') {
  return { type, ...(personal && { personal }), ...(optional && { optional }), ...(risk && { risk }) };
}

/**
 * @param {any} value of an example
 * @returns {string} its type
 */
export function typeOf(value) {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'object' && value !== null ? 'object' : 'string';
}

/**
 * A pasted event's detail: of an event as EventBridge delivers or takes it, or the detail alone.
 *
 * @param {string} text
 * @returns {Record<string, any> | null} null when the text is not a JSON object
 */
export function detailIn(text) {
  let value;
  try {
    value = JSON.parse(text);
    const inner = value?.detail ?? value?.Detail;
    if (typeof inner === 'string') value = JSON.parse(inner);
    else if (isObject(inner) && ('detail-type' in value || 'source' in value || 'Source' in value)) value = inner;
  } catch {
    return null;
  }
  return isObject(value) ? value : null;
}

/**
 * What an example lacks and has too much, by the contract's fields; and values of another type.
 *
 * @param {Contract} contract
 * @param {any} example
 * @returns {{missing: string[], unknown: string[], other: {name: string, is: string, wanted: string}[]}}
 */
export function compareExample(contract, example) {
  const fields = contract.fields ?? {};
  const given = isObject(example) ? example : {};
  const has = (/** @type {string} */ name) => Object.hasOwn(given, name);
  return {
    missing: Object.keys(fields).filter((name) => !fields[name].optional && !has(name)),
    unknown: Object.keys(given).filter((name) => !Object.hasOwn(fields, name)),
    other: Object.keys(fields)
      .filter((name) => has(name) && !fits(given[name], fields[name].type ?? 'string'))
      .map((name) => ({ name, is: typeOf(given[name]), wanted: fields[name].type ?? 'string' })),
  };
}

/**
 * An example made from the fields: what there is already stays, the rest gets a sample of its type.
 *
 * @param {Contract} contract
 * @returns {Record<string, any>}
 */
export function filledExample(contract) {
  const given = isObject(contract.example) ? contract.example : {};
  const samples = Object.fromEntries(
    Object.entries(contract.fields ?? {}).map(([name, field]) => [
      name,
      Object.hasOwn(given, name) ? given[name] : SAMPLES[field.type ?? 'string'],
    ]),
  );
  return { ...samples, ...given };
}

/**
 * The contract of an event as JSON Schema draft 4, in the envelope EventBridge delivers it in: what the registry gets.
 *
 * @param {Doc} doc
 * @param {string} event
 * @returns {Record<string, any>}
 */
export function jsonSchema(doc, event) {
  const contract = doc.contracts?.[event] ?? {};
  const fields = Object.entries(contract.fields ?? {});
  const required = fields.filter(([, field]) => !field.optional).map(([name]) => name);
  const properties = Object.fromEntries(
    fields.map(([name, field]) => [
      name,
      {
        type: field.type ?? 'string',
        ...(field.personal && { 'x-personal': true }),
        ...(field.risk && { 'x-risk': field.risk }),
      },
    ]),
  );
  return {
    $schema: 'http://json-schema.org/draft-04/schema#',
    title: (doc.events?.[event]?.name ?? event).slice(0, 200),
    'x-version': contract.version ?? 1,
    'x-note': `events/${event}`,
    type: 'object',
    required: ['source', 'detail-type', 'detail'],
    properties: {
      source: { type: 'string', enum: [sourceOf(doc, event)] },
      'detail-type': { type: 'string', enum: [detailType(doc, event)] },
      detail: { type: 'object', properties, ...(required.length && { required }) },
    },
  };
}

/**
 * @param {any} value
 * @param {string} type
 */
function fits(value, type) {
  const is = typeOf(value);
  return (
    is === type ||
    (type === 'number' && is === 'integer') ||
    (type === 'integer' && is === 'number' && Number.isInteger(value))
  );
}

/** @param {any} value @returns {value is Record<string, any>} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
