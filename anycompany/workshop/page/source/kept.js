/**
 * What a phone keeps of its workshop: who its owner is there, and the text that is being typed.
 *
 * @module kept
 */

import { keep, kept } from '../../../board/source/sync/keep.js';

/** @typedef {{key: string, person: string, name: string, workshop: string}} Kept */

const PLACE = `anycompany-guest:${location.pathname}`;
const DRAFT = `anycompany-draft:${location.pathname}`;

/** @returns {Kept | null} */
export function recall() {
  const said = read(PLACE);
  return said && /^[0-9a-f]{8}$/.test(said.person) && typeof said.key === 'string' ? said : null;
}

/** @param {Kept} kept */
export function remember(kept) {
  write(PLACE, kept);
}

/** @returns {{text: string, kind: string, lost: {kind: string, text: string, why: string}[]}} */
export function recallDraft() {
  const said = read(DRAFT) ?? {};
  return { text: String(said.text ?? ''), kind: String(said.kind ?? 'events'), lost: Array.isArray(said.lost) ? said.lost : [] };
}

/** @param {{text: string, kind: string, lost: object[]}} draft */
export function rememberDraft(draft) {
  write(DRAFT, draft);
}

/**
 * Puts notes that are still on their way to a workshop where their owner sees them, to send them again or to throw them
 * away: this phone is somebody else now, or elsewhere, and nobody else would.
 *
 * @param {Kept} before who its owner was, and where
 */
export function setAside({ workshop, person }) {
  const left = kept(workshop, person);
  const why = 'It was written for another workshop, or before you joined anew.';
  const notes = left.flatMap(({ edit }) => {
    const { kind: does, to, of, name } = /** @type {any} */ (edit ?? {});
    return does === 'add' || does === 'rename' ? [{ kind: to ?? of, text: String(name), why }] : [];
  });
  const draft = recallDraft();
  const lost = [...draft.lost, ...notes];
  if (notes.length) rememberDraft({ ...draft, lost });
  if (recallDraft().lost.length < lost.length) return; // no room: they stay where they are
  keep(workshop, person, [], new Set(left.map(({ id }) => id)));
}

/** @param {string} place */
function read(place) {
  try {
    return JSON.parse(localStorage.getItem(place) ?? 'null');
  } catch {
    return null;
  }
}

/**
 * @param {string} place
 * @param {object} value
 */
function write(place, value) {
  try {
    localStorage.setItem(place, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing: it lives as long as the page.
  }
}
