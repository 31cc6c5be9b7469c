/**
 * Triggers and policies in words: on notes, for screen readers, and read aloud.
 *
 * @module steps/triggers_words
 */

import { titleOf } from '../model/reading.js';

/**
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Policy} Policy
 * @typedef {import('../types.js').Trigger} Trigger
 * @typedef {'actor' | 'external' | 'schedule' | 'aws'} Origin
 */

/** How many names a sentence holds. */
const MOST_NAMES = 12;

/**
 * Which kind of origin a trigger has; a command alone counts as an actor's.
 *
 * @param {Trigger} trigger
 * @returns {Origin}
 */
export function originOf(trigger) {
  if (trigger.external !== undefined) return 'external';
  if (trigger.schedule !== undefined) return 'schedule';
  return trigger.aws !== undefined ? 'aws' : 'actor';
}

/**
 * A trigger as people say it: “Visitor: Sign up”, “every 30 days”.
 *
 * @param {Trigger} trigger
 * @returns {string}
 */
export function sayTrigger(trigger) {
  switch (originOf(trigger)) {
    case 'external':
      return withRemark(`external system ${trigger.external}`, trigger.says);
    case 'schedule':
      return withRemark(scheduleWords(trigger.schedule ?? ''), trigger.says);
    case 'aws':
      return `AWS event ${trigger.aws?.['detail-type']} of ${trigger.aws?.source}`;
    default:
      return [trigger.actor, trigger.command].filter(Boolean).join(': ');
  }
}

/**
 * @param {string} said
 * @param {string} [remark]
 */
function withRemark(said, remark) {
  return remark ? `${said}, ${remark}` : said;
}

/**
 * A schedule in words where it is a plain rate, else as it is written: `rate(30 days)` is “every 30 days”.
 *
 * @param {string} expression
 * @returns {string}
 */
export function scheduleWords(expression) {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (!rate) return expression;
  return rate[1] === '1' ? `every ${rate[2]}` : `every ${rate[1]} ${rate[2]}s`;
}

/**
 * The tasks of a policy as text.
 *
 * @param {Policy} policy
 * @returns {string[]}
 */
export function tasksOf(policy) {
  return (policy.does ?? []).map((task) => (typeof task === 'string' ? task : task.do));
}

/**
 * A policy read aloud: “Whenever Account Created, then do Charge the card; then Payment Attempted.”
 *
 * @param {Doc} doc
 * @param {Policy} policy
 * @returns {string}
 */
export function policySentence(doc, policy) {
  const name = (/** @type {string} */ event) => titleOf(doc, `events/${event}`);
  const when = joined((policy.when ?? []).map(name), 'or') || '…';
  const does = joined(tasksOf(policy), 'and');
  const emits = joined((policy.emits ?? []).map(name), 'and');
  const fails = joined((policy.fails ?? []).map(name), 'and');
  const then = [does && `do ${does}`, emits].filter(Boolean).join('; then ') || '…';
  return `Whenever ${when}, then ${then}.${fails ? ` If it fails, then ${fails}.` : ''}`;
}

/**
 * @param {string[]} names
 * @param {string} joint
 */
function joined(names, joint) {
  const shown = names.slice(0, MOST_NAMES);
  if (names.length > MOST_NAMES) shown.push(`${names.length - MOST_NAMES} more`);
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} ${joint} ${shown[shown.length - 1]}`;
}
