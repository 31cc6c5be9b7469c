/**
 * Whether two drawn things are alike, so that only what changed is painted again.
 *
 * @module paint/same
 */

/**
 * Compares flat data: numbers, words, and lists or places of them.
 *
 * @param {any} one
 * @param {any} other
 * @returns {boolean}
 */
export function same(one, other) {
  if (one === other) return true;
  if (!one || !other || typeof one !== 'object' || typeof other !== 'object') return false;
  const keys = Object.keys(one);
  if (keys.length !== Object.keys(other).length) return false;
  for (const key of keys) if (one[key] !== other[key] && !same(one[key], other[key])) return false;
  return true;
}
