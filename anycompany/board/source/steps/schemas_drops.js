/**
 * Cards in the hand at step 8: a card dropped on another gives it its fields.
 *
 * @module steps/schemas_drops
 */

import { titleOf } from '../model/reading.js';
import { hotspotDrops, shortened } from './common.js';
import { copyFields } from './schemas_edits.js';

/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Drop} Drop */
/** @typedef {import('../types.js').Scene} Scene */

/**
 * The events whose cards are among these notes, with a contract or without.
 *
 * @param {Doc} doc
 * @param {Iterable<string>} keys
 * @returns {string[]}
 */
export function eventsOfCards(doc, keys) {
  const ids = [...keys]
    .filter((key) => /^(contracts|events)\//.test(key))
    .map((key) => key.slice(key.indexOf('/') + 1).split('#')[0]);
  return [...new Set(ids)].filter((id) => doc.events?.[id]);
}

/**
 * A card dropped on another gives it its fields.
 *
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} keys
 * @returns {Drop[]}
 */
export function schemasDrops(doc, scene, keys) {
  const held = eventsOfCards(doc, keys);
  const [from] = held;
  if (held.length !== 1 || keys.length !== 1) return hotspotDrops(doc, scene, keys);
  if (!Object.keys(doc.contracts?.[from]?.fields ?? {}).length) return [];
  const name = shortened(titleOf(doc, `events/${from}`));
  return scene.notes.filter((note) => note.shape === 'card').flatMap((note) => /** @type {Drop[]} */ (dropOn(note)));

  /** @param {import('../types.js').Note} note */
  function dropOn(note) {
    const [to] = eventsOfCards(doc, [note.key]);
    if (!to || to === from) return [];
    const [missing, all] = [copyFields(doc, from, to, 'missing'), copyFields(doc, from, to, 'all')];
    const changed = all.filter((edit) => !missing.some((one) => one.field === edit.field));
    const words = `Copy the fields of “${name}” to “${shortened(note.text)}”`;
    const box = { x: note.x, y: note.y, w: note.w, h: note.h };
    if (all.length === missing.length)
      return [{ key: note.key, box, words: all.length ? words : `${words}: it has them all`, edits: all }];
    return [
      {
        key: note.key,
        box,
        words,
        choices: [
          {
            words: missing.length
              ? `Only those that are missing: ${fieldNames(missing)}`
              : 'Only those that are missing: none',
            edits: missing,
          },
          {
            words: `All of them, and change ${fieldNames(changed)}`,
            edits: all,
          },
        ],
      },
    ];
  }
}

/** @param {import('../types.js').Edit[]} edits */
function fieldNames(edits) {
  const names = edits.map((edit) => String(edit.field));
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');
}
