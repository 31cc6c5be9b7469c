/**
 * Which words of the storm a note shows, and the edit that puts others in their place.
 *
 * @module hands/naming
 */

import { splitRef, titleOf } from '../model/reading.js';

/** @import { Doc, Edit } from '../types.js' */

const NAMED = ['events', 'policies', 'entities', 'contexts', 'services', 'listeners', 'hotspots', 'decisions'];
const TRIGGER_WORDS = ['actor', 'command', 'external', 'schedule', 'says'];

/**
 * What an editor in place changes: the text now, whether a note like it can be added, and the edits.
 *
 * @typedef {{text: string, was: string, rename(text: string): Edit, again?: (text: string) => Edit}} Wording
 *   `was` is the name as the storm has it, empty for a thing that is called by its id
 */

/**
 * The words that a note or a place shows, if they can be changed where they stand.
 *
 * @param {Doc} doc
 * @param {string} key of the note
 * @param {string} ref of what it is about
 * @returns {Wording | null} null when there is no name to change
 */
export function wordingOf(doc, key, ref) {
  const [section, id] = splitRef(ref);
  const part = key.split('#')[1];
  const event = key.startsWith('triggers/') ? splitRef(key)[1].split('#')[0] : '';
  const trigger = doc.triggers?.[event];
  if (trigger && part && TRIGGER_WORDS.includes(part)) return triggerWording(trigger, event, part);
  const named = section === 'contracts' ? 'events' : section;
  const thing = /** @type {any} */ (doc)[named]?.[id];
  if (!NAMED.includes(named) || thing === undefined) return null;
  const textual = named === 'hotspots' || named === 'decisions';
  return {
    text: titleOf(doc, `${named}/${id}`),
    was: (textual ? thing.text : thing.name) ?? '',
    rename: (text) => ({ kind: 'rename', of: named, id, name: text }),
    again: (text) => ({ kind: 'add', to: named, name: text }),
  };
}

/**
 * @param {import('../types.js').Trigger} trigger
 * @param {string} event
 * @param {string} part
 * @returns {Wording}
 */
function triggerWording(trigger, event, part) {
  const words = /** @type {Record<string, string>} */ (/** @type {any} */ (trigger));
  return {
    text: words[part] ?? '',
    was: words[part] ?? '',
    rename: (text) => ({ kind: 'trigger', event, trigger: { ...trigger, [part]: text } }),
  };
}

/**
 * A text as it becomes a name: one line, without blanks at its ends.
 *
 * @param {string} text
 * @returns {string}
 */
export function asName(text) {
  return text.replace(/\s+/g, ' ').trim();
}
