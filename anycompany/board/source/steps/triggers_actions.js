/**
 * What can be done at step 3 beside dragging: every kind of trigger by its questions, policies and all they consist
 * of, and guesses.
 *
 * @module steps/triggers_actions
 */

import { titleOf } from '../model/reading.js';
import { counted, idsOf, spoken } from './naming.js';
import { policyActions, policyFields } from './triggers_policies.js';
import { triggeredAmong } from './triggers_drops.js';
import { newPolicy, triggerEdits } from './triggers_edits.js';
import { accepted, guessesFor, keyOfGuess } from './triggers_guesses.js';
import { scheduleFrom } from './triggers_typed.js';

/**
 * @typedef {import('../types.js').Action} Action
 * @typedef {import('../types.js').Answers} Answers
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Insight} Insight
 * @typedef {import('../types.js').Question} Question
 * @typedef {import('../types.js').Trigger} Trigger
 */

/**
 * @param {Doc} doc
 * @param {string[]} keys
 * @param {Insight} insight
 * @returns {Action[]}
 */
export function triggersActions(doc, keys, insight) {
  const events = idsOf(keys, 'events').filter((id) => doc.events?.[id]);
  const stuck = triggeredAmong(doc, keys);
  const policies = idsOf(keys, 'policies').filter((id) => doc.policies?.[id]);
  const all = [...new Set([...events, ...stuck])];
  return [
    ...guessActions(doc, keys, insight),
    ...(all.length ? [...startedBy(doc, all), ...untrigger(doc, all, stuck.length > 0 && !events.length)] : []),
    ...(events.length === 2 ? [link(doc, events[0], events[1])] : []),
    addPolicy(doc, events),
    ...(policies.length === 1 ? policyActions(doc, policies[0]) : []),
  ];
}

/**
 * One action for each kind of origin.
 *
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action[]}
 */
function startedBy(doc, events) {
  const names = spoken(events.map((id) => titleOf(doc, `events/${id}`)));
  const now = events.length === 1 ? (doc.triggers?.[events[0]] ?? {}) : {};
  const says = text('says', 'Remark', now.says, { optional: true });
  return [
    origin(
      'actor',
      `A person starts ${names}…`,
      'a',
      events,
      [
        text('actor', 'Who', now.actor, { hint: 'Such as Visitor' }),
        text('command', 'Command', now.command, { optional: true, hint: 'What they ask for, such as Sign up' }),
      ],
      ({ actor, command }) => ({ actor, ...(command && { command }) }),
    ),
    origin(
      'external',
      `An outside system starts ${names}…`,
      'x',
      events,
      [text('external', 'System', now.external, { hint: 'Such as Zendesk' }), says],
      (answers) => ({ external: answers.external, ...(answers.says && { says: answers.says }) }),
    ),
    origin(
      'schedule',
      `Time starts ${names}…`,
      't',
      events,
      [
        text('schedule', 'Schedule', now.schedule, {
          hint: 'Every day, rate(12 hours), cron(0 3 * * ? *) or at(2026-03-01T09:00:00)',
        }),
        text('says', 'In words', now.says, { optional: true, hint: 'Such as: a paid month is over' }),
      ],
      (answers) => ({ schedule: scheduleFrom(answers.schedule), ...(answers.says && { says: answers.says }) }),
    ),
    origin(
      'aws',
      `An AWS service starts ${names}…`,
      undefined,
      events,
      [
        text('source', 'Source', now.aws?.source, { hint: 'Such as aws.s3' }),
        text('type', 'Detail-type', now.aws?.['detail-type'], { hint: 'Such as Object Created' }),
      ],
      ({ source, type }) => ({ aws: { source, 'detail-type': type } }),
    ),
  ];
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {string | undefined} keys
 * @param {string[]} events
 * @param {Question[]} ask
 * @param {(answers: Answers) => Trigger} trigger
 * @returns {Action}
 */
function origin(kind, name, keys, events, ask, trigger) {
  return { id: `trigger-${kind}`, name, keys, ask, edits: (answers) => triggerEdits(events, trigger(answers)) };
}

/**
 * @param {string} key
 * @param {string} label
 * @param {string | undefined} value
 * @param {Partial<Question>} [more]
 * @returns {Question}
 */
function text(key, label, value, more) {
  return { key, label, kind: 'text', value: value ?? '', ...more };
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @param {boolean} deleting whether triggers alone are selected
 * @returns {Action[]}
 */
function untrigger(doc, events, deleting) {
  const triggered = events.filter((event) => doc.triggers?.[event]);
  if (!triggered.length) return [];
  return [
    {
      id: 'untrigger',
      name:
        triggered.length > 1
          ? `Take ${triggered.length} triggers away`
          : `Take the trigger of ${spoken([titleOf(doc, `events/${triggered[0]}`)])} away`,
      keys: deleting ? 'Delete' : undefined,
      edits: () => triggerEdits(triggered, null),
    },
  ];
}

/**
 * @param {Doc} doc
 * @param {string} first
 * @param {string} second
 * @returns {Action}
 */
function link(doc, first, second) {
  const [heard, emitted] = [first, second].map((id) => spoken([titleOf(doc, `events/${id}`)]));
  return {
    id: 'policy-link',
    name: `Whenever ${heard}, then ${emitted}`,
    keys: '>',
    edits: () => [newPolicy(doc, { when: [first], emits: [second] })],
  };
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action}
 */
function addPolicy(doc, events) {
  return {
    id: 'policy-add',
    name: events.length
      ? `Add a policy: whenever ${spoken(
          events.map((id) => titleOf(doc, `events/${id}`)),
          'or',
        )}…`
      : 'Add a policy…',
    keys: 'w',
    tool: true,
    ask: policyFields(doc, { when: events }),
    edits: (answers) => [newPolicy(doc, answers)],
  };
}

/**
 * @param {Doc} doc
 * @param {string[]} keys
 * @param {Insight} insight
 * @returns {Action[]}
 */
function guessActions(doc, keys, insight) {
  const guesses = guessesFor(doc, insight);
  if (!guesses.length) return [];
  const chosen = new Set(keys.map((key) => key.split('#')[0]));
  const here = guesses.filter((edit) => chosen.has(keyOfGuess(edit)));
  return [
    ...(here.length
      ? [
          {
            id: 'guess-accept',
            name: here.length > 1 ? `Accept ${here.length} guesses` : 'Accept this guess',
            keys: 'y',
            edits: () => here.map(accepted),
          },
        ]
      : []),
    {
      id: 'guess-accept-all',
      name: `Accept ${guesses.length > 1 ? `all ${counted(guesses.length, 'guess', 'guesses')}` : 'the guess'} from the order`,
      tool: true,
      edits: () => guesses.map(accepted),
    },
  ];
}
