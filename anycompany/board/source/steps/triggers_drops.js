/**
 * Where notes in the hand may go at step 3: an event onto a policy or a policy onto an event, to tie them; an event
 * onto an event, for a new policy from one to the other; a trigger onto another event.
 *
 * @module steps/triggers_drops
 */

import { titleOf } from '../model/reading.js';
import { hotspotDrops } from './hotspots.js';
import { idsOf, shortened, spoken } from './naming.js';
import { moveTrigger, newPolicy, tieChoices } from './triggers_edits.js';
import { sayTrigger } from './triggers_words.js';

/**
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Drop} Drop
 * @typedef {import('../types.js').Note} Note
 * @typedef {import('../types.js').Scene} Scene
 */

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} keys
 * @returns {Drop[]}
 */
export function triggersDrops(doc, scene, keys) {
  const notes = scene.notes.filter((note) => note.ref === note.key && !keys.includes(note.key));
  const [trigger] = triggeredAmong(doc, keys);
  if (trigger) return dropsOfTrigger(doc, scene, trigger);
  const events = idsOf(keys, 'events').filter((id) => doc.events?.[id]);
  if (events.length) {
    const names = spoken(
      events.map((id) => titleOf(doc, `events/${id}`)),
      'or',
    );
    return notes.flatMap((note) => dropOfEvents(doc, note, events, names));
  }
  const policies = idsOf(keys, 'policies').filter((id) => doc.policies?.[id]);
  if (policies.length === 1) return notes.flatMap((note) => dropOfPolicy(doc, note, policies[0]));
  return hotspotDrops(doc, scene, keys);
}

/**
 * The events whose triggers are among these notes.
 *
 * @param {Doc} doc
 * @param {string[]} keys
 * @returns {string[]} each once
 */
export function triggeredAmong(doc, keys) {
  const events = keys
    .filter((key) => key.startsWith('triggers/'))
    .map((key) => key.slice('triggers/'.length).split('#')[0]);
  return [...new Set(events)].filter((event) => doc.triggers?.[event]);
}

/**
 * @param {Doc} doc
 * @param {Note} note
 * @param {string[]} events in the hand
 * @param {string} names theirs
 * @returns {Drop[]}
 */
function dropOfEvents(doc, note, events, names) {
  const id = note.key.slice(note.key.indexOf('/') + 1);
  const target = { key: `onto ${note.key}`, box: boxOf(note) };
  if (note.kind === 'policy') {
    return [
      {
        ...target,
        words: `Tie ${names} to the policy “${shortened(note.text)}”`,
        get choices() {
          return tieChoices(doc, id, events);
        },
      },
    ];
  }
  if (note.kind !== 'event') return [];
  const name = `“${shortened(note.text)}”`;
  return [
    {
      ...target,
      words: `Make a policy of ${names} and ${name}`,
      get choices() {
        return [
          { words: `Whenever ${name}, then ${names}`, edits: [newPolicy(doc, { when: [id], emits: events })] },
          { words: `Whenever ${names}, then ${name}`, edits: [newPolicy(doc, { when: events, emits: [id] })] },
        ];
      },
    },
  ];
}

/**
 * @param {Doc} doc
 * @param {Note} note
 * @param {string} policy in the hand
 * @returns {Drop[]}
 */
function dropOfPolicy(doc, note, policy) {
  if (note.kind !== 'event') return [];
  const title = spoken([titleOf(doc, `policies/${policy}`)]);
  return [
    {
      key: `onto ${note.key}`,
      box: boxOf(note),
      words: `Tie the policy ${title} to “${shortened(note.text)}”`,
      get choices() {
        return tieChoices(doc, policy, [note.key.slice('events/'.length)]);
      },
    },
  ];
}

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string} from the event whose trigger is in the hand
 * @returns {Drop[]}
 */
function dropsOfTrigger(doc, scene, from) {
  const trigger = doc.triggers?.[from];
  const what = trigger ? sayTrigger(trigger) : '';
  return scene.notes
    .filter(({ kind, key }) => kind === 'event' && key !== `events/${from}`)
    .map((note) => {
      const to = note.key.slice('events/'.length);
      const before = doc.triggers?.[to];
      const instead = before ? ` instead of “${shortened(sayTrigger(before))}”` : '';
      return {
        key: `onto ${note.key}`,
        box: boxOf(note),
        words: `Let “${shortened(what)}” start “${shortened(note.text)}”${instead}`,
        edits: moveTrigger(doc, from, to),
      };
    });
}

/** @param {Note} note */
function boxOf({ x, y, w, h }) {
  return { x, y, w, h };
}
