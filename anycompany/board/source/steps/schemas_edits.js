/**
 * Edits of contracts: small ones, field by field, so that what several people do at once merges.
 *
 * @module steps/schemas_edits
 */

import { compareExample, fieldOf, typeOf } from './json_fields.js';

/** @typedef {import('../types.js').Contract} Contract */
/** @typedef {import('../types.js').ContractField} ContractField */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Edit} Edit */

/**
 * Says what one field is; the contract begins with its first field.
 *
 * @param {string} event
 * @param {string} field
 * @param {ContractField | null} is null takes the field away
 * @returns {Edit}
 */
export function setField(event, field, is) {
  return { kind: 'field', event, field, is };
}

/**
 * Begins the contract of an event, without any field.
 *
 * @param {Doc} doc
 * @param {string} event
 * @returns {Edit}
 */
export function beginContract(doc, event) {
  return { kind: 'add', to: 'contracts', name: doc.events?.[event]?.name ?? event, id: event };
}

/**
 * Contracts for all events that have none.
 *
 * @param {Doc} doc
 * @returns {Edit[]}
 */
export function beginAllContracts(doc) {
  return Object.keys(doc.events ?? {})
    .filter((event) => !doc.contracts?.[event])
    .map((event) => beginContract(doc, event));
}

/**
 * One field with some of its keys changed; a value that says nothing is left out.
 *
 * @param {Doc} doc
 * @param {string} event
 * @param {string} name
 * @param {ContractField} changes
 * @returns {Edit[]} none when the field is gone or nothing changes
 */
export function changeField(doc, event, name, changes) {
  const before = doc.contracts?.[event]?.fields?.[name];
  if (!before) return [];
  const { type, personal, optional, risk } = { ...before, ...changes };
  const after = fieldOf(type ?? 'string', personal, optional, risk?.trim());
  return sameField(before, after) ? [] : [setField(event, name, after)];
}

/**
 * Another name for a field; its example goes with it.
 *
 * @param {Doc} doc
 * @param {string} event
 * @param {string} from
 * @param {string} to
 * @returns {Edit[]} none when it is called so; throws an Error when another field is
 */
export function renameField(doc, event, from, to) {
  const contract = doc.contracts?.[event];
  const field = contract?.fields?.[from];
  const name = to.trim();
  if (!field || name === from) return [];
  if (!name) throw new Error('A field needs a name.');
  if (contract.fields?.[name]) throw new Error(`There is a field “${name}” already.`);
  const example =
    contract.example && Object.hasOwn(contract.example, from)
      ? Object.fromEntries(Object.entries(contract.example).map(([key, value]) => [key === from ? name : key, value]))
      : null;
  return [setField(event, name, field), setField(event, from, null), ...(example ? [setExample(event, example)] : [])];
}

/**
 * @param {string} event
 * @param {Record<string, any> | null} example
 * @returns {Edit}
 */
export function setExample(event, example) {
  return { kind: 'change', of: 'contracts', id: event, keys: { example } };
}

/**
 * Copies the fields of one event's contract to another's.
 *
 * @param {Doc} doc
 * @param {string} from
 * @param {string} to
 * @param {'missing' | 'all'} which `missing` leaves fields alone that are there already
 * @returns {Edit[]}
 */
export function copyFields(doc, from, to, which) {
  const here = doc.contracts?.[to]?.fields ?? {};
  return Object.entries(doc.contracts?.[from]?.fields ?? {})
    .filter(([name, field]) => !here[name] || (which === 'all' && !sameField(here[name], field)))
    .map(([name, field]) => setField(to, name, field));
}

/**
 * The fields that an example shows and the contract does not have, and the example where there was none.
 *
 * @param {Doc} doc
 * @param {string} event
 * @param {Record<string, any>} detail
 * @returns {Edit[]}
 */
export function fieldsFromExample(doc, event, detail) {
  const contract = doc.contracts?.[event];
  const fields = compareExample(contract ?? {}, detail).unknown.map((name) =>
    setField(event, name, fieldOf(typeOf(detail[name]))),
  );
  const begin = !contract && !fields.length ? [beginContract(doc, event)] : [];
  return [...begin, ...fields, setExample(event, detail)];
}

/**
 * @param {ContractField} one
 * @param {ContractField} other
 */
function sameField(one, other) {
  return (
    (one.type ?? 'string') === (other.type ?? 'string') &&
    Boolean(one.personal) === Boolean(other.personal) &&
    Boolean(one.optional) === Boolean(other.optional) &&
    (one.risk ?? '') === (other.risk ?? '')
  );
}
