/**
 * Keeps elements in step with data that has keys: makes what is new, patches what changed, removes what is gone.
 *
 * @module paint/keyed
 */

import { same } from './same.js';

/**
 * @template {{key: string}} T
 * @template {Element} E
 * @typedef {{element: E, data: T}} Kept
 */

/**
 * A list of keyed things in a parent element. Elements that stay keep their place in the parent.
 *
 * @template {{key: string}} T
 * @template {Element} E
 * @param {Element} parent
 * @param {(data: T) => E} make
 * @param {(element: E, data: T) => void} fill
 * @returns {{update(items: T[]): void, get(key: string): Kept<T, E> | undefined, keys(): Iterable<string>}}
 */
export function keyed(parent, make, fill) {
  /** @type {Map<string, Kept<T, E>>} */
  const kept = new Map();
  return {
    update(items) {
      const gone = new Set(kept.keys());
      const made = document.createDocumentFragment();
      for (const data of items) {
        const old = kept.get(data.key);
        gone.delete(data.key);
        if (old && same(old.data, data)) continue;
        const element = old?.element ?? make(data);
        fill(element, data);
        if (!old) made.append(element);
        kept.set(data.key, { element, data });
      }
      for (const key of gone) {
        kept.get(key)?.element.remove();
        kept.delete(key);
      }
      if (made.hasChildNodes()) parent.append(made);
    },
    get: (key) => kept.get(key),
    keys: () => kept.keys(),
  };
}
