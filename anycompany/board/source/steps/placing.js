/**
 * The edits that put events into time, one by one or several at once.
 *
 * @module steps/placing
 */

/** @typedef {import('../types.js').Edit} Edit */

/**
 * @typedef {{after?: string, before?: string, instead_of?: string, parallel_to?: string}} Neighbour
 *   at most one of them, an event's id; none means the end
 */

/**
 * Puts events into time, in this order, so that they stay together.
 *
 * @param {string[]} events
 * @param {Neighbour} beside where the first one goes
 * @returns {Edit[]}
 */
export function placeEdits(events, beside) {
  return events.map((event, index) => {
    const together = beside.instead_of !== undefined || beside.parallel_to !== undefined;
    if (index === 0 || together) return { kind: 'place', event, ...beside };
    return { kind: 'place', event, after: events[index - 1] };
  });
}

/**
 * Lets events stand in one moment: the first stays where it is, or goes to the end, and the others join it.
 *
 * @param {string[]} events
 * @param {'instead_of' | 'parallel_to'} how
 * @param {boolean} standing whether the first is in time already
 * @returns {Edit[]}
 */
export function joinEdits([first, ...others], how, standing) {
  const start = standing ? [] : placeEdits([first], {});
  return [...start, ...placeEdits(others, { [how]: first })];
}
