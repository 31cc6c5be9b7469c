/**
 * What a session knows of its storm from the kernel.
 *
 * @module sync/known
 */

/** @import { Doc, Insight, Session } from '../types.js' */

/**
 * `doc` is what the kernel has confirmed at `revision`; `retired` are ids that nothing new may get; `trouble` is why
 * nothing can be saved at the moment.
 *
 * @typedef {{doc: Doc, revision: number, insight: Insight, insightNumber: number, path: string,
 *   status: Session['status'], retired: Set<string>, trouble: string, workshop: Session['workshop'],
 *   quiet: string[], door: import('../types.js').Entrance | null}} Known `quiet`: who has not spoken yet, for facilitators
 */

/** @type {Insight} */
const NO_INSIGHT = {
  findings: {},
  coupling: { score: 0, communication: 0, size: 0, copies: 0, reactions: 0, guessed: false, crossings: {} },
  progress: {},
  next: null,
  guesses: [],
};

/** @returns {Known} before the kernel has answered */
export function nothingKnown() {
  return {
    doc: { name: '' },
    revision: 0,
    insight: NO_INSIGHT,
    insightNumber: 0,
    path: '',
    status: 'connecting',
    retired: new Set(),
    trouble: '',
    workshop: null,
    quiet: [],
    door: null,
  };
}
