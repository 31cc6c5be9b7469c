/**
 * Words on the wall: people paste novels, names without a single visible letter, and every script there is.
 *
 * @module paint/text
 */

const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}\p{Cc}\p{Zs}]/gu;

/** As many characters of a name as a note could ever show; the whole name is in the editor. */
export const SHOWN = 240;
/** As many characters as a screen reader is made to read. */
export const SAID = 400;

/**
 * Whether there is nothing to see in a text.
 *
 * @param {string | undefined | null} text
 * @returns {boolean}
 */
export function isBlank(text) {
  return !text || text.slice(0, 2000).replace(INVISIBLE, '') === '';
}

/**
 * The beginning of a text, with an ellipsis when there is more; never half a character.
 *
 * @param {string} text
 * @param {number} most characters
 * @returns {string}
 */
export function clip(text, most) {
  if (text.length <= most) return text;
  const cut = /[\ud800-\udbff]/.test(text[most - 2]) ? most - 2 : most - 1;
  return `${text.slice(0, cut)}…`;
}

/**
 * The first letters of somebody's name, for the ring around what they hold.
 *
 * @param {string} name
 * @returns {string} one or two letters
 */
export function initials(name) {
  const parts = name.replace(INVISIBLE, ' ').split(/[\s._-]+/).filter(Boolean);
  const letters = [parts[0], parts.length > 1 ? parts[parts.length - 1] : ''].map((part) => [...(part ?? '')][0] ?? '');
  return letters.join('').toUpperCase() || '?';
}
