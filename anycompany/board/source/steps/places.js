/**
 * Where people laid notes on a wall where they lie freely, as `board.notes` of the file keeps it.
 *
 * @module steps/places
 */

/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Point} Point */

/** No note lies farther from the origin, so that the wall can always be seen as a whole. */
const FARTHEST = 100000;

/**
 * Where an event lies that somebody laid somewhere.
 *
 * @param {Doc} doc
 * @param {string} event
 * @returns {Point | null} null when nobody did
 */
export function laidAt(doc, event) {
  return pointOf(doc.board?.notes?.[`events/${event}`]);
}

/**
 * A place as the file has it. A file edited by hand may have anything there.
 *
 * @param {unknown} place
 * @returns {Point | null} null when it is no place on a wall
 */
export function pointOf(place) {
  if (!Array.isArray(place) || !place.slice(0, 2).every(Number.isFinite) || place.length < 2) return null;
  const [x, y] = place.map((number) => Math.max(-FARTHEST, Math.min(FARTHEST, number)));
  return { x, y };
}

/**
 * The edit that lays a note somewhere.
 *
 * @param {string} key of the note
 * @param {Point} at
 * @returns {import('../types.js').Edit}
 */
export function layAt(key, at) {
  return { kind: 'move', note: key, x: Math.round(at.x), y: Math.round(at.y) };
}
