/**
 * What people type at step 3, read as a trigger, a schedule, a policy, or the task of one. Nothing typed is lost: what
 * is about nothing becomes an event.
 *
 * @module steps/triggers_typed
 */

import { momentOf } from '../model/reading.js';
import { newId, timedEvent } from './adding.js';
import { newPolicy, policyList, triggerEdits } from './triggers_edits.js';

/**
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Edit} Edit
 * @typedef {import('../types.js').Trigger} Trigger
 */

const WHENEVER = /^(?:policy\s*:?\s*)?whenever\s+(.+?)[\s,;]+then\s+(.+)$/i;
const POLICY = /^policy(?:\s*:\s*|\s+)(.+)$/i;
const FAILS = /[\s,;.]+(?:but )?if (?:it|that) fails[\s,;]*(?:then\s+)?/i;
/** A longer text is no sentence that anybody reads aloud. */
const LONGEST_SENTENCE = 2000;
const EVERY = /^every (?:(\d{1,9}) )?(minute|hour|day|week)s?$/i;

/**
 * The edits that a typed text means.
 *
 * @param {Doc} doc
 * @param {string} text
 * @param {string | null} near the key of the focused note
 * @returns {Edit[]}
 */
export function triggersTyped(doc, text, near) {
  const sentence = text.length > LONGEST_SENTENCE ? null : WHENEVER.exec(text);
  if (sentence) return wheneverThen(doc, sentence[1], sentence[2]);
  const event = eventNear(doc, near);
  const named = POLICY.exec(text);
  if (named) return [newPolicy(doc, { name: named[1], when: event ? [event] : [] })];
  if (event) return triggerEdits([event], triggerFrom(text));
  const policy = near?.startsWith('policies/') ? near.slice('policies/'.length) : '';
  if (doc.policies?.[policy]) return [policyList(policy, 'does', [...(doc.policies[policy].does ?? []), text])];
  return timedEvent(doc, text, null);
}

/**
 * A trigger from what people type: `rate(1 day)` or “every day” is a schedule, `aws.s3: Object Created` an event of
 * AWS, “system: Zendesk” an external system, and anything else an actor, with the command behind a colon.
 *
 * @param {string} text
 * @returns {Trigger}
 */
export function triggerFrom(text) {
  const schedule = /^((?:rate|cron|at)\([^()]*\))[\s,:;]*(.*)$/i.exec(text);
  if (schedule) return { schedule: scheduleFrom(schedule[1]), ...(schedule[2] && { says: schedule[2] }) };
  if (EVERY.test(text)) return { schedule: scheduleFrom(text) };
  const aws = /^(aws\.[\w.-]+)[\s:/]+(.+)$/.exec(text);
  if (aws) return { aws: { source: aws[1], 'detail-type': aws[2] } };
  const external = /^(?:external(?: system)?|system)\s*:\s*(.+)$/i.exec(text);
  if (external) return { external: external[1] };
  const [actor, ...command] = text.split(':');
  const what = command.join(':').trim();
  if (!actor.trim()) return { command: what || text };
  return { actor: actor.trim(), ...(what && { command: what }) };
}

/**
 * A schedule as EventBridge Scheduler writes it: “every 5 minutes” is `rate(5 minutes)`.
 *
 * @param {string} text
 * @returns {string} the text itself where it is no plain rate
 */
export function scheduleFrom(text) {
  const every = EVERY.exec(text.trim());
  if (!every) return text.trim();
  const weeks = every[2].toLowerCase() === 'week';
  const number = Number(every[1] ?? 1) * (weeks ? 7 : 1);
  const unit = weeks ? 'day' : every[2].toLowerCase();
  return `rate(${number} ${unit}${number === 1 ? '' : 's'})`;
}

/**
 * @param {Doc} doc
 * @param {string | null} near
 * @returns {string | null} the event that the focused note is, or is stuck to
 */
function eventNear(doc, near) {
  const event = /^(?:guess\/)?(?:events|triggers)\/([^#]+)/.exec(near ?? '')?.[1];
  return event && doc.events?.[event] ? event : null;
}

/**
 * “whenever A or B then do this; then C, if it fails D”. What is called as an event is that event; in the first part
 * what is not called so becomes a new event, in the others a task.
 *
 * @param {Doc} doc
 * @param {string} first
 * @param {string} second
 * @returns {Edit[]}
 */
function wheneverThen(doc, first, second) {
  const [then, failing = ''] = second.split(FAILS);
  const byName = new Map(Object.entries(doc.events ?? {}).map(([id, event]) => [plain(event.name), id]));
  /** @type {Edit[]} */
  const added = [];
  const eventOf = (/** @type {string} */ name) => {
    const known = byName.get(plain(name));
    if (known) return known;
    const id = newId(doc, 'events', name);
    added.push({ kind: 'add', to: 'events', name, id });
    byName.set(plain(name), id);
    return id;
  };
  const when = partsOf(first, byName, /\s+or\s+|,/).map(eventOf);
  const parts = partsOf(then, byName, /\s*[;,]\s*(?:and\s+)?(?:then\s+)?|\s+and\s+(?:then\s+)?/);
  const emits = parts.flatMap((part) => byName.get(plain(part)) ?? []);
  const does = parts.filter((part) => !byName.has(plain(part))).map((part) => part.replace(/^do\s+/i, ''));
  const fails = partsOf(failing, byName, /\s+and\s+|,/).map(eventOf);
  const last = when.findLast((event) => momentOf(doc, event) >= 0);
  const failure = last ? fails.filter((event) => added.some((one) => one.id === event)) : [];
  return [
    ...added,
    ...failure.map((event) => ({ kind: 'place', event, after: last })),
    newPolicy(doc, { when, does, emits, fails }),
  ];
}

/**
 * A part of a sentence at its joints, unless all of it is the name of an event.
 *
 * @param {string} text
 * @param {Map<string, string>} byName
 * @param {RegExp} joint
 * @returns {string[]}
 */
function partsOf(text, byName, joint) {
  const whole = text.replace(/[\s.]+$/, '').trim();
  if (byName.has(plain(whole))) return [whole];
  return whole
    .split(joint)
    .map((part) => part.trim())
    .filter(Boolean);
}

/** @param {string} name */
function plain(name) {
  return name.toLowerCase().replace(/[“”"]/g, '').replace(/\s+/g, ' ').trim();
}
