/**
 * Where things in the hand may go at step 7: events onto what shall hear them, listeners and workflows onto what they
 * shall hear.
 *
 * @module steps/bus_drops
 */

import { titleOf } from '../model/reading.js';
import { letListener, letPolicy, listenerHears } from './bus_edits.js';
import { BUS, SHELF } from './bus_scene.js';
import { hotspotDrops, idsOf, shortened } from './common.js';

/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Drop} Drop */
/** @typedef {import('../types.js').Note} Note */
/** @typedef {import('../types.js').Scene} Scene */

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} keys
 * @returns {Drop[]}
 */
export function busDrops(doc, scene, keys) {
  const events = idsOf(keys, 'events').filter((id) => doc.events?.[id]);
  const listeners = idsOf(keys, 'listeners').filter((id) => doc.listeners?.[id]);
  const policies = idsOf(keys, 'policies').filter((id) => doc.policies?.[id]);
  if (events.length && events.length === keys.length) return eventDrops(doc, scene, events);
  if (listeners.length && listeners.length === keys.length) return listenerDrops(doc, scene, listeners);
  if (policies.length === 1 && keys.length === 1) return workflowDrops(doc, scene, policies[0]);
  return hotspotDrops(doc, scene, keys);
}

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} events
 * @returns {Drop[]}
 */
function eventDrops(doc, scene, events) {
  const these = events.length === 1 ? named(doc, `events/${events[0]}`) : `${events.length} events`;
  const hearers = scene.notes.filter((note) => note.key === note.ref && ['listener', 'workflow'].includes(note.kind));
  return hearers.map((note) => {
    const id = note.key.slice(note.key.indexOf('/') + 1);
    const who = `“${shortened(note.text)}”`;
    if (note.kind === 'workflow') {
      const heard = new Set(doc.policies?.[id]?.when);
      const how = events.every((event) => heard.has(event)) ? 'stop' : 'hear';
      return drop(note, words(how, who, these), letPolicy(doc, id, 'when', events, how === 'hear'));
    }
    const how = hearing(doc, [id], events);
    return drop(note, words(how, who, these), listening(doc, [id], events, how));
  });
}

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} listeners
 * @returns {Drop[]}
 */
function listenerDrops(doc, scene, listeners) {
  const one = listeners.length === 1;
  const these = one ? named(doc, `listeners/${listeners[0]}`) : `these ${listeners.length} listeners`;
  /** @type {Drop[]} */
  const places = scene.regions
    .filter((region) => region.key === BUS || region.key === SHELF)
    .map((region) => ({
      key: region.key,
      box: boxOf(region),
      words: region.key === BUS ? `Let ${these} hear everything` : `Let ${these} hear nothing for now`,
      edits: listeners.map((id) => listenerHears(id, region.key === BUS ? 'all' : [])),
    }));
  const events = scene.notes.filter((note) => note.kind === 'event');
  return [
    ...places,
    ...events.map((note) => {
      const event = note.key.slice('events/'.length);
      const how = hearing(doc, listeners, [event]);
      return drop(note, words(how, these, `“${shortened(note.text)}”`), listening(doc, listeners, [event], how));
    }),
  ];
}

/**
 * What bringing listeners and events together means: to hear them; to hear nothing else, for those that hear
 * everything; or to stop hearing what is heard already.
 *
 * @typedef {'hear' | 'only' | 'stop'} How
 *
 * @param {Doc} doc
 * @param {string[]} listeners
 * @param {string[]} events
 * @returns {How}
 */
function hearing(doc, listeners, events) {
  const heard = listeners.map((id) => doc.listeners?.[id]?.hears ?? []);
  if (heard.every((hears) => hears === 'all')) return 'only';
  return heard.every((hears) => hears === 'all' || events.every((event) => hears.includes(event))) ? 'stop' : 'hear';
}

/**
 * @param {Doc} doc
 * @param {string[]} listeners
 * @param {string[]} events
 * @param {How} how
 * @returns {import('../types.js').Edit[]}
 */
function listening(doc, listeners, events, how) {
  if (how === 'only') return listeners.map((id) => listenerHears(id, events));
  return listeners.flatMap((id) => letListener(doc, id, events, how === 'hear'));
}

/**
 * @param {How} how
 * @param {string} who
 * @param {string} what
 */
function words(how, who, what) {
  return {
    hear: `Let ${who} hear ${what}`,
    only: `Let ${who} hear only ${what}`,
    stop: `Let ${who} stop hearing ${what}`,
  }[how];
}

/**
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string} policy
 * @returns {Drop[]}
 */
function workflowDrops(doc, scene, policy) {
  const name = named(doc, `policies/${policy}`);
  const said = doc.policies?.[policy] ?? {};
  return scene.notes
    .filter((note) => note.kind === 'event')
    .map((note) => {
      const event = note.key.slice('events/'.length);
      /** @param {'when' | 'emits' | 'fails'} key @param {string} yes @param {string} no */
      const choice = (key, yes, no) => {
        const now = Boolean(said[key]?.includes(event));
        return { words: now ? no : yes, edits: letPolicy(doc, policy, key, [event], !now) };
      };
      return {
        key: note.key,
        box: boxOf(note),
        words: `${name} and “${shortened(note.text)}”`,
        choices: [
          choice('when', 'Hear it', 'Stop hearing it'),
          choice('emits', 'Put it on the bus when the work succeeds', 'No longer put it when the work succeeds'),
          choice('fails', 'Put it on the bus when the work fails', 'No longer put it when the work fails'),
        ],
      };
    });
}

/**
 * @param {Note} note
 * @param {string} words
 * @param {import('../types.js').Edit[]} edits
 * @returns {Drop}
 */
function drop(note, words, edits) {
  return { key: note.key, box: boxOf(note), words, edits };
}

/**
 * @param {Doc} doc
 * @param {string} ref
 */
function named(doc, ref) {
  return `“${shortened(titleOf(doc, ref))}”`;
}

/** @param {import('../types.js').Box} box */
function boxOf({ x, y, w, h }) {
  return { x, y, w, h };
}
