/**
 * Ids for what an edit adds, given in the browser, so that what is shown at once is what will be.
 *
 * @module model/new_ids
 */

import { mint } from './ids.js';
import { predict } from './predict.js';

/** @import { Doc, Edit } from '../types.js' */

/**
 * For each key of edits and entries that holds ids: of which section.
 *
 * @type {ReadonlyMap<string, string>}
 */
const MEANT = new Map([
  ...[
    'event',
    'events',
    'keep',
    'gone',
    'after',
    'before',
    'instead_of',
    'parallel_to',
    'when',
    'emits',
    'fails',
    'hears',
  ].map((key) => /** @type {[string, string]} */ ([key, 'events'])),
  ['entity', 'entities'],
  ['entities', 'entities'],
  ['copies', 'entities'],
  ['context', 'contexts'],
  ['service', 'services'],
  ['hotspot', 'hotspots'],
]);

/**
 * The edit with an id for everything new in it. Contracts take the id of their event.
 *
 * @param {Doc} doc
 * @param {Edit} edit
 * @param {ReadonlySet<string>} [retired] ids known to have been in use before
 * @returns {Edit}
 */
export function withIds(doc, edit, retired = new Set()) {
  if (edit.kind === 'batch') {
    const gone = new Set(retired);
    const edits = edit.edits.map((/** @type {Edit} */ one) => {
      const resolved = withIds(doc, one, gone);
      doc = predict(doc, resolved);
      for (const id of idsRetiredBy(one)) gone.add(id);
      return resolved;
    });
    return { ...edit, edits };
  }
  if (edit.kind !== 'add' || edit.id || edit.to === 'contracts') return edit;
  return { ...edit, id: mint(doc, edit.to, String(edit.name), retired) };
}

/**
 * The ids that no new thing may get after an edit.
 *
 * @param {Edit} edit
 * @returns {string[]}
 */
export function idsRetiredBy(edit) {
  if (edit.kind === 'batch') return edit.edits.flatMap(idsRetiredBy);
  if (edit.kind === 'remove' && edit.of !== 'contracts') return [edit.id];
  if (edit.kind === 'merge') return [edit.gone];
  return edit.kind === 'park' ? [edit.event] : [];
}

/**
 * The things that an edit adds, with the ids it gives them.
 *
 * @param {Edit} edit
 * @returns {{section: string, id: string, name: string}[]}
 */
export function newThings(edit) {
  if (edit.kind === 'batch') return edit.edits.flatMap(newThings);
  const isNew = edit.kind === 'add' && edit.id && edit.to !== 'contracts';
  return isNew ? [{ section: edit.to, id: edit.id, name: String(edit.name) }] : [];
}

/**
 * What an edit is about: the ids of all that it mentions. Two edits that share none may change places.
 *
 * @param {Edit} edit
 * @returns {string[]}
 */
export function idsIn(edit) {
  return Object.entries(edit).flatMap(([key, value]) => {
    if (key === 'edits' || key === 'keys') return [value].flat().flatMap((inner) => idsIn(inner ?? {}));
    if (key === 'note') return [String(value).slice(String(value).indexOf('/') + 1)];
    const isId = key === 'about' || key === 'finding' || sectionMeant(edit, key) !== undefined;
    return isId ? [value].flat().filter((id) => typeof id === 'string') : [];
  });
}

/**
 * The edit with another id for something new, wherever the edit mentions it.
 *
 * @param {Edit} edit
 * @param {string} section
 * @param {string} taken
 * @param {string} another
 * @returns {Edit}
 */
export function withAnotherId(edit, section, taken, another) {
  const swapped = (/** @type {any} */ value) => {
    if (Array.isArray(value)) return value.map((one) => (one === taken ? another : one));
    return value === taken ? another : value;
  };
  const changed = Object.entries(edit).map(([key, value]) => {
    if (key === 'edits')
      return [key, value.map((/** @type {Edit} */ one) => withAnotherId(one, section, taken, another))];
    if (key === 'keys') return [key, withAnotherId(value, section, taken, another)];
    if (key === 'note') return [key, value === `${section}/${taken}` ? `${section}/${another}` : value];
    return [key, key === 'about' || sectionMeant(edit, key) === section ? swapped(value) : value];
  });
  return Object.fromEntries(changed);
}

/**
 * @param {Edit} edit
 * @param {string} key
 * @returns {string | undefined} the section whose ids stand under this key of an edit
 */
function sectionMeant(edit, key) {
  if (key === 'id') return edit.kind === 'add' ? edit.to : edit.of;
  if (key === 'to' && edit.kind === 'assign') return edit.of === 'events' ? 'entities' : 'contexts';
  return MEANT.get(key);
}
