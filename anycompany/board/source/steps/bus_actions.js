/**
 * What can be done at step 7 beside dragging: in the menu, on the toolbar, and by keys.
 *
 * @module steps/bus_actions
 */

import { hearersOf, titleOf } from '../model/reading.js';
import { letHear, letListener } from './bus_edits.js';
import { addListener, changeListener, eventChoices, hearEverything } from './bus_listener_actions.js';
import { heardBy } from './bus_rules.js';
import { nameBus, serviceSources, setSource } from './bus_settings.js';
import { everybodyActions, idsOf, shortened, spoken } from './common.js';

/** @typedef {import('../types.js').Action} Action */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Question} Question */

/**
 * @param {Doc} doc
 * @param {string[]} keys
 * @param {import('../types.js').Insight} insight
 * @returns {Action[]}
 */
export function busActions(doc, keys, insight) {
  const events = idsOf(keys, 'events').filter((id) => doc.events?.[id]);
  const listeners = idsOf(keys, 'listeners').filter((id) => doc.listeners?.[id]);
  const policies = [
    ...new Set(keys.filter((key) => key.startsWith('policies/')).map((key) => key.slice(9).split('#')[0])),
  ].filter((id) => doc.policies?.[id]);
  return [
    addListener(doc, events),
    ...(events.length === 1 ? ofOneEvent(doc, events[0]) : []),
    ...(events.length > 1 && Object.keys(doc.listeners ?? {}).length ? [letListen(doc, events)] : []),
    ...(listeners.length === 1 ? [changeListener(doc, listeners[0])] : []),
    ...(listeners.length ? [hearEverything(listeners)] : []),
    ...(policies.length === 1 ? [changeWorkflow(doc, policies[0])] : []),
    nameBus(doc),
    setSource(doc),
    ...serviceSources(doc, keys, policies),
    ...everybodyActions(doc, keys, insight),
  ];
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {Action[]}
 */
function ofOneEvent(doc, event) {
  const title = titleOf(doc, `events/${event}`);
  const hearers = hearersAndListeners(doc, event);
  const choices = ['policies', 'listeners'].flatMap((section) =>
    Object.keys(/** @type {any} */ (doc)[section] ?? {}).map((id) => ({
      value: `${section}/${id}`,
      words: `${section === 'policies' ? 'Workflow' : 'Listener'} ${titleOf(doc, `${section}/${id}`)}`,
    })),
  );
  /** @type {Action[]} */
  const found = [
    {
      id: 'event-heard-by',
      name: 'What hears this event?',
      keys: 'w',
      run: (board) => {
        board.select([`events/${event}`, ...hearers]);
        board.say(
          hearers.length
            ? `${title} is heard by ${spoken(hearers.map((ref) => titleOf(doc, ref)))}.`
            : `Nothing hears ${title}.`,
        );
      },
    },
  ];
  if (choices.length) {
    found.unshift({
      id: 'event-hearers',
      name: 'Say what hears this event…',
      keys: 'e',
      tool: true,
      ask: [
        { key: 'hearers', label: `Hears “${shortened(title)}”`, kind: 'many', choices, value: hearers, optional: true },
      ],
      edits: ({ hearers: chosen }) => letHear(doc, event, chosen),
    });
  }
  return found;
}

/**
 * What hears an event, as refs.
 *
 * @param {Doc} doc
 * @param {string} event
 * @returns {string[]}
 */
export function hearersAndListeners(doc, event) {
  const listeners = Object.keys(doc.listeners ?? {}).filter((id) => heardBy(doc, id).includes(event));
  return [...hearersOf(doc, event).map((id) => `policies/${id}`), ...listeners.map((id) => `listeners/${id}`)];
}

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {Action}
 */
function letListen(doc, events) {
  return {
    id: 'events-listener',
    name: 'Let a listener hear these…',
    keys: 'e',
    ask: [
      {
        key: 'listener',
        label: 'Listener',
        kind: 'one',
        choices: Object.keys(doc.listeners ?? {}).map((id) => ({ value: id, words: titleOf(doc, `listeners/${id}`) })),
      },
    ],
    edits: ({ listener }) => letListener(doc, listener, events, true),
  };
}

/**
 * @param {Doc} doc
 * @param {string} policy
 * @returns {Action}
 */
function changeWorkflow(doc, policy) {
  const now = doc.policies?.[policy] ?? {};
  /** @param {'when' | 'emits' | 'fails'} key @param {string} label @returns {Question} */
  const events = (key, label) => ({
    key,
    label,
    kind: 'many',
    choices: eventChoices(doc),
    value: now[key] ?? [],
    optional: true,
  });
  return {
    id: 'workflow-change',
    name: 'Change what it hears and puts…',
    keys: 'e',
    tool: true,
    ask: [
      events('when', 'Hears'),
      events('emits', 'Puts when the work succeeds'),
      events('fails', 'Puts when the work fails'),
    ],
    edits: ({ when, emits, fails }) => {
      const keys = Object.fromEntries(
        Object.entries({ when, emits, fails }).filter(
          ([key, chosen]) => !sameList(chosen, /** @type {any} */ (now)[key] ?? []),
        ),
      );
      return Object.keys(keys).length ? [{ kind: 'change', of: 'policies', id: policy, keys }] : [];
    },
  };
}

/**
 * @param {string[]} one
 * @param {string[]} other
 */
function sameList(one, other) {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
