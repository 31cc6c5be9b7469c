/**
 * The timeline: where an event goes by its neighbours, as `storm/timeline.py` has it.
 *
 * @module model/timeline
 */

import { eventsIn } from './reading.js';

/** @typedef {import('../types.js').Moment} Moment */

/**
 * A moment of these events: alone, as alternatives, or in parallel.
 *
 * @param {string[]} events
 * @param {boolean} alternatives
 * @returns {Moment}
 */
export function momentFrom(events, alternatives) {
  if (events.length === 1) return events[0];
  return alternatives ? { or: events } : events;
}

/** @param {Moment} moment */
export const isAlternatives = (moment) => typeof moment === 'object' && !Array.isArray(moment);

/**
 * The timeline without an event, wherever and however often it stood.
 *
 * @param {Moment[]} timeline
 * @param {string} event
 * @returns {Moment[]}
 */
export function withoutEvent(timeline, event) {
  return timeline.flatMap((moment) => {
    const events = eventsIn(moment);
    if (!events.includes(event)) return [moment];
    const rest = events.filter((other) => other !== event);
    return rest.length ? [momentFrom(rest, isAlternatives(moment))] : [];
  });
}

/**
 * The timeline with an event at its new place, and only there; a neighbour that is not there means the end.
 *
 * @param {Moment[]} timeline
 * @param {{event: string, after?: string, before?: string, instead_of?: string, parallel_to?: string}} edit
 * @returns {Moment[]}
 */
export function placedIn(timeline, edit) {
  const left = withoutEvent(timeline, edit.event);
  const neighbour = edit.after ?? edit.before ?? edit.instead_of ?? edit.parallel_to;
  const here = neighbour === undefined ? -1 : left.findIndex((moment) => eventsIn(moment).includes(neighbour));
  if (here < 0) return [...left, edit.event];
  if (edit.after) return [...left.slice(0, here + 1), edit.event, ...left.slice(here + 1)];
  if (edit.before) return [...left.slice(0, here), edit.event, ...left.slice(here)];
  const joined = momentFrom([...eventsIn(left[here]), edit.event], Boolean(edit.instead_of));
  return left.map((moment, index) => (index === here ? joined : moment));
}
