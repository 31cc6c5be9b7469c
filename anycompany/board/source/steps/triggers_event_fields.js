/**
 * An event beside the wall at step 3, in fields.
 *
 * @module steps/triggers_event_fields
 */

import { h } from '../dom.js';
import { emittersOf, hearersOf, titleOf } from '../model/reading.js';
import { chosenField, typedField } from './bus_typed.js';
import { shortened } from './naming.js';
import { triggerEdits } from './triggers_edits.js';
import { policyLine } from './triggers_policy_fields.js';
import { scheduleFrom } from './triggers_typed.js';
import { originOf } from './triggers_words.js';

/**
 * @typedef {import('../types.js').Board} Board
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Trigger} Trigger
 */

const MOST_LISTED = 30;
const ORIGINS = [
  { value: '', words: 'nothing yet' },
  { value: 'actor', words: 'a person' },
  { value: 'external', words: 'an outside system' },
  { value: 'schedule', words: 'time' },
  { value: 'aws', words: 'an AWS service' },
];
/** @type {Record<string, Trigger>} what an event gets at first when its kind of trigger is chosen */
const FIRST = {
  actor: { actor: 'Somebody' },
  external: { external: 'Outside system' },
  schedule: { schedule: 'rate(1 day)' },
  aws: { aws: { source: 'aws.s3', 'detail-type': 'Object Created' } },
};

/**
 * An event in fields: what starts it, who emits and who hears it.
 *
 * @param {Board} board
 * @param {Doc} doc
 * @param {string} event
 * @returns {(Node | null)[]}
 */
export function aboutEvent(board, doc, event) {
  const name = titleOf(doc, `events/${event}`);
  const trigger = doc.triggers?.[event];
  const emitters = emittersOf(doc, event);
  const hearers = hearersOf(doc, event);
  return [
    h('h3', { dir: 'auto' }, shortened(name, 120)),
    h(
      'div',
      null,
      h('h4', { 'aria-hidden': 'true' }, 'Started by'),
      chosenField({
        key: 'origin',
        label: `What starts ${shortened(name)}`,
        value: trigger ? originOf(trigger) : '',
        choices: emitters.length && !trigger ? [{ value: '', words: 'a policy' }, ...ORIGINS.slice(1)] : ORIGINS,
        commit: (kind) => void board.do(triggerEdits([event], FIRST[kind] ?? null), 'Trigger changed.'),
      }),
    ),
    ...(trigger ? triggerFields(board, event, trigger) : []),
    emitters.length ? h('h4', null, 'Emitted by') : null,
    ...emitters.slice(0, MOST_LISTED).map((id) => policyLine(board, doc, id)),
    hearers.length ? h('h4', null, 'Heard by') : null,
    ...hearers.slice(0, MOST_LISTED).map((id) => policyLine(board, doc, id)),
    hearers.length ? null : h('p', { class: 'f-soft' }, 'No policy hears it. That is normal: nobody has to care.'),
  ];
}

/**
 * @param {Board} board
 * @param {string} event
 * @param {Trigger} trigger
 * @returns {Node[]}
 */
function triggerFields(board, event, trigger) {
  const put = (/** @type {Trigger} */ next) => void board.do(triggerEdits([event], next), 'Trigger changed.');
  const field = (
    /** @type {'actor' | 'command' | 'external' | 'schedule' | 'says'} */ key,
    /** @type {string} */ label,
    optional = false,
    hint = '',
  ) =>
    typedField(board, {
      key: `${event} ${key}`,
      label,
      value: trigger[key] ?? '',
      hint: hint || undefined,
      commit: (text) => {
        if (!text.trim() && !optional)
          throw new Error(`“${label}” is empty. Fill it in, or choose another kind of start.`);
        const said = key === 'schedule' ? scheduleFrom(text) : text.trim();
        const { [key]: _, ...others } = trigger;
        put(said ? { ...trigger, [key]: said } : others);
      },
    });
  const aws = (/** @type {'source' | 'detail-type'} */ key, /** @type {string} */ label) =>
    typedField(board, {
      key: `${event} ${key}`,
      label,
      value: trigger.aws?.[key] ?? '',
      commit: (text) => {
        if (!text.trim()) throw new Error(`“${label}” is empty. Fill it in, or choose another kind of start.`);
        put({ ...trigger, aws: { source: '', 'detail-type': '', ...trigger.aws, [key]: text.trim() } });
      },
    });
  switch (originOf(trigger)) {
    case 'external':
      return [field('external', 'System'), field('says', 'Remark', true)];
    case 'schedule':
      return [
        field('schedule', 'Schedule', false, 'Every day, rate(12 hours), cron(0 3 * * ? *)'),
        field('says', 'In words', true),
      ];
    case 'aws':
      return [aws('source', 'Source'), aws('detail-type', 'Detail-type')];
    default:
      return [
        field('actor', 'Who', trigger.command !== undefined),
        field('command', 'Command', trigger.actor !== undefined),
      ];
  }
}
