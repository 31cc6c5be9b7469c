/**
 * The edits of step 3: what starts an event, and what a policy hears, does and emits.
 *
 * @module steps/triggers_edits
 */

import { titleOf } from '../model/reading.js';
import { newId } from './adding.js';
import { spoken } from './naming.js';
import { tasksOf } from './triggers_words.js';

/**
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Edit} Edit
 * @typedef {import('../types.js').Policy} Policy
 * @typedef {import('../types.js').Trigger} Trigger
 * @typedef {'when' | 'emits' | 'fails'} Side
 */

/** What each list of a policy is called. */
export const SIDES = /** @type {const} */ ([
  ['when', 'whenever'],
  ['emits', 'then'],
  ['fails', 'if it fails'],
]);

/**
 * Says what starts these events.
 *
 * @param {string[]} events
 * @param {Trigger | null} trigger null takes it away
 * @returns {Edit[]}
 */
export function triggerEdits(events, trigger) {
  return events.map((event) => ({ kind: 'trigger', event, trigger }));
}

/**
 * Lets the trigger of one event start another instead.
 *
 * @param {Doc} doc
 * @param {string} from
 * @param {string} to
 * @returns {Edit[]}
 */
export function moveTrigger(doc, from, to) {
  const trigger = doc.triggers?.[from];
  return trigger && from !== to ? [...triggerEdits([from], null), ...triggerEdits([to], trigger)] : [];
}

/**
 * A new policy. Without a name it is called by its first task, else by what it hears.
 *
 * @param {Doc} doc
 * @param {{name?: string, when?: string[], does?: string[], emits?: string[], fails?: string[],
 *   standard?: boolean}} said
 * @returns {Edit}
 */
export function newPolicy(doc, { name, standard, ...lists }) {
  const heard = (lists.when ?? []).map((event) => titleOf(doc, `events/${event}`));
  const called =
    name?.trim() || lists.does?.[0] || (heard.length ? `After ${heard.slice(0, 3).join(' or ')}` : 'New policy');
  const keys = Object.fromEntries(Object.entries(lists).filter(([, list]) => list?.length));
  return {
    kind: 'add',
    to: 'policies',
    name: called.slice(0, 200),
    id: newId(doc, 'policies', called),
    keys: { ...keys, ...(standard && { kind: 'standard' }) },
  };
}

/**
 * Changes one list of a policy; an empty one is taken away.
 *
 * @param {string} policy
 * @param {Side | 'does'} key
 * @param {any[]} list
 * @returns {Edit}
 */
export function policyList(policy, key, list) {
  return { kind: 'change', of: 'policies', id: policy, keys: { [key]: list.length ? list : null } };
}

/**
 * The tasks of a policy from lines of text; where a task is still called the same it keeps what it runs.
 *
 * @param {Policy | undefined} policy
 * @param {string[]} lines
 * @returns {import('../types.js').Task[]}
 */
export function tasksFrom(policy, lines) {
  const known = new Map(tasksOf(policy ?? {}).map((text, index) => [text, policy?.does?.[index] ?? text]));
  return lines.map((line) => known.get(line) ?? line);
}

/**
 * What an event and a policy can be to each other: tied on each of three sides, or no longer tied.
 *
 * @param {Doc} doc
 * @param {string} id of the policy
 * @param {string[]} events
 * @returns {{words: string, edits: Edit[]}[]}
 */
export function tieChoices(doc, id, events) {
  const policy = doc.policies?.[id] ?? {};
  const names = spoken(
    events.map((event) => titleOf(doc, `events/${event}`)),
    'or',
  );
  const title = spoken([titleOf(doc, `policies/${id}`)]);
  const words = {
    when: `Whenever ${names}, then ${title}`,
    emits: `${title}, then ${names}`,
    fails: `If ${title} fails, then ${names}`,
  };
  const untied = {
    when: `${title} no longer hears ${names}`,
    emits: `${title} no longer emits ${names}`,
    fails: `${title} no longer fails with ${names}`,
  };
  return SIDES.map(([side]) => {
    const list = policy[side] ?? [];
    const loose = events.filter((event) => !list.includes(event));
    return loose.length
      ? { words: words[side], edits: [policyList(id, side, [...list, ...loose])] }
      : {
          words: untied[side],
          edits: [
            policyList(
              id,
              side,
              list.filter((event) => !events.includes(event)),
            ),
          ],
        };
  });
}
