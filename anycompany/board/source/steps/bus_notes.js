/**
 * What is written on the notes of the bus: origins, rules, listeners.
 *
 * @module steps/bus_notes
 */

import { detailType, titleOf } from '../model/reading.js';
import { filterWords } from './bus_filter.js';
import { heardBy, sourceOf, stormSource } from './bus_rules.js';
import { shortened, spoken } from './common.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Note} Note */

/** Names that are read aloud of one note. */
export const SAID_AT_MOST = 12;

/**
 * @param {Doc} doc
 * @param {string} event
 * @param {Box} box
 * @returns {Note}
 */
export function originNote(doc, event, box) {
  const { actor, command, external, schedule, aws } = doc.triggers?.[event] ?? {};
  /** @type {[Note['kind'], string, string]} */
  const [kind, text, words] =
    external !== undefined
      ? ['external', external, `external system ${external}`]
      : schedule !== undefined
        ? ['schedule', schedule, `schedule ${schedule}`]
        : aws
          ? ['aws', aws.source, `AWS event ${aws['detail-type']} of ${aws.source}`]
          : [
              'actor',
              actor ?? command ?? '',
              `actor ${actor ?? 'unnamed'}${command ? ` with command ${command}` : ''}`,
            ];
  return {
    ...box,
    key: `triggers/${event}#${kind === 'actor' && actor === undefined ? 'command' : kind}`,
    kind,
    shape: 'chip',
    text,
    fixed: true,
    says: `${titleOf(doc, `events/${event}`)} is started by ${words}`,
  };
}

/**
 * @param {Doc} doc
 * @param {string} policy
 * @param {string[]} heard
 * @param {Box} box
 * @param {number | undefined} hue
 * @returns {Note}
 */
export function ruleNote(doc, policy, heard, box, hue) {
  const types = [...new Set(heard.map((event) => detailType(doc, event)))];
  const sources = [...new Set(heard.map((event) => sourceOf(doc, event)))];
  return {
    ...box,
    key: `policies/${policy}#rule`,
    kind: 'workflow',
    shape: 'chip',
    hue,
    fixed: true,
    text: types.length === 1 ? types[0] : `any of ${types.length}`,
    says:
      `Rule of workflow ${titleOf(doc, `policies/${policy}`)}: ` +
      `detail-type ${types.slice(0, SAID_AT_MOST).join(' or ')}, ` +
      `source ${sources.slice(0, SAID_AT_MOST).join(' or ') || stormSource(doc)}`,
  };
}

/**
 * @param {Doc} doc
 * @param {string} id
 * @param {Box} box
 * @returns {Note}
 */
export function listenerNote(doc, id, box) {
  const said = doc.listeners?.[id] ?? {};
  const ref = `listeners/${id}`;
  const title = titleOf(doc, ref);
  const filter = filterWords(said.where);
  const to = said.to ?? 'topic';
  const heard = heardBy(doc, id);
  const words = [
    `Listener ${title}`,
    said.for && `for ${said.for}`,
    said.hears === 'all' ? 'hears everything' : heard.length ? `hears ${names(doc, heard)}` : 'hears nothing yet',
    filter && `only where ${filter}`,
    `to a ${to}`,
  ];
  return {
    ...box,
    key: ref,
    ref,
    kind: 'listener',
    shape: 'card',
    text: title,
    tag: shortened(said.for || 'listener', 24),
    lines: [filter ? `${to} · ${filter}` : to],
    says: words.filter(Boolean).join(', '),
  };
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 */
export function names(doc, events) {
  const some = events.slice(0, SAID_AT_MOST).map((event) => titleOf(doc, `events/${event}`));
  return events.length > some.length ? `${spoken(some)} and ${events.length - some.length} more` : spoken(some);
}
