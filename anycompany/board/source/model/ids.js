/**
 * Ids of things, minted in the browser by the rules of `anycompany/storm/ids.py`.
 *
 * @module model/ids
 */

import { entry } from './sections.js';

/** @import { Doc } from '../types.js' */

/** What an id may look like. */
export const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;

/** Characters of a minted id. */
const ENDINGS = 'abcdefghjkmnpqrstuvwxyz23456789';
/** The sections that are written before the reveal. */
const HIDDEN = ['events', 'hotspots'];
const LONGEST = 48;

/** What a thing is called whose name has no letters or digits that can be written. */
const FALLBACKS = new Map([
  ['events', 'event'],
  ['policies', 'policy'],
  ['entities', 'entity'],
  ['contexts', 'context'],
  ['services', 'service'],
  ['listeners', 'listener'],
  ['contracts', 'contract'],
  ['hotspots', 'hotspot'],
  ['decisions', 'decision'],
]);

const MARKS = /\p{Mark}/gu;

/**
 * How lower-case letters of other alphabets are written in ASCII. Letters with accents lose them; the kernel knows
 * many more scripts.
 *
 * @type {ReadonlyMap<string, string>}
 */
const LETTERS = new Map(
  Object.entries({
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    ð: 'd',
    đ: 'd',
    ħ: 'h',
    ı: 'i',
    ł: 'l',
    þ: 'th',
    ŋ: 'ng',
    ŧ: 't',
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    ґ: 'g',
    д: 'd',
    ђ: 'dj',
    е: 'e',
    ё: 'e',
    є: 'ie',
    ж: 'zh',
    з: 'z',
    и: 'i',
    і: 'i',
    ї: 'i',
    й: 'y',
    ј: 'j',
    к: 'k',
    л: 'l',
    љ: 'lj',
    м: 'm',
    н: 'n',
    њ: 'nj',
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
    т: 't',
    ћ: 'c',
    у: 'u',
    ў: 'u',
    ф: 'f',
    х: 'kh',
    ц: 'ts',
    ч: 'ch',
    џ: 'dzh',
    ш: 'sh',
    щ: 'shch',
    ъ: '-',
    ы: 'y',
    ь: '-',
    э: 'e',
    ю: 'yu',
    я: 'ya',
    α: 'a',
    β: 'v',
    γ: 'g',
    δ: 'd',
    ε: 'e',
    ζ: 'z',
    η: 'i',
    θ: 'th',
    ι: 'i',
    κ: 'k',
    λ: 'l',
    μ: 'm',
    ν: 'n',
    ξ: 'x',
    ο: 'o',
    π: 'p',
    ρ: 'r',
    σ: 's',
    ς: 's',
    τ: 't',
    υ: 'y',
    φ: 'f',
    χ: 'ch',
    ψ: 'ps',
    ω: 'o',
    '‘': '-',
    '’': '-',
    '“': '-',
    '”': '-',
    '–': '-',
    '—': '-',
    '…': '-',
    '\u00a0': '-',
  }),
);

/**
 * @param {string} character one that is not ASCII, in lower case
 * @returns {string | null} how it is written in ASCII, null if only the kernel knows
 */
function inAscii(character) {
  const known = LETTERS.get(character);
  if (known !== undefined) return known;
  if (!/[\u00c0-\u017f\u0370-\u03ff\u1e00-\u1ef9]/u.test(character)) return null;
  const bare = character.normalize('NFD').replace(MARKS, '');
  return /^[a-z]$/.test(bare) ? bare : (LETTERS.get(bare) ?? null);
}

/**
 * A text in lower-case ASCII words joined by hyphens; empty when nothing in it can be written so.
 *
 * @param {string} text
 * @returns {string}
 */
export function slug(text) {
  return joined([...text.toLowerCase()].map((one) => (one < '\x80' ? one : (inAscii(one) ?? '-'))).join(''));
}

/**
 * The same, where it is certain that the kernel writes the text in the same way.
 *
 * @param {string} text
 * @returns {string | null} null for letters that only the kernel can transliterate
 */
export function certainSlug(text) {
  const written = [];
  for (const one of text.toLowerCase()) {
    const ascii = one < '\x80' ? one : inAscii(one);
    if (ascii === null) return null;
    written.push(ascii);
  }
  return joined(written.join(''));
}

/**
 * @param {string} ascii
 * @returns {string}
 */
function joined(ascii) {
  return trimmed(ascii.replace(/[^a-z0-9]+/g, '-'));
}

/**
 * @param {string} text
 * @returns {string} without hyphens at its ends
 */
export function trimmed(text) {
  return text.replace(/^-+|-+$/g, '');
}

/**
 * An id as words for people: `take-payment` is “Take payment”.
 *
 * @param {string} id
 * @returns {string}
 */
export function words(id) {
  const text = id.replace(/[-_]+/g, ' ').trim();
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/**
 * An id that does not depend on what others have written: before the reveal nobody may see from an id that somebody
 * else has the same note.
 *
 * @param {string} plain
 * @returns {string}
 */
function unguessed(plain) {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(4));
  const end = [...bytes].map((byte) => ENDINGS[byte % ENDINGS.length]).join('');
  return `${trimmed(plain.slice(0, LONGEST - 8))}-${end}`;
}

/**
 * A new id for something that is to be added to a section. Where the kernel alone knows how the name is written in
 * ASCII, it is made from what can be written here; an id says nothing but which thing is meant.
 *
 * @param {Doc} doc
 * @param {string} section
 * @param {string} name the first name that somebody gave it
 * @param {ReadonlySet<string>} [tried] ids that the kernel refused: they were in use before
 * @returns {string}
 */
export function mint(doc, section, name, tried) {
  const start = name.length > 400 ? [...name].slice(0, 400).join('') : name;
  const plain = trimmed(slug(start).slice(0, LONGEST)) || (FALLBACKS.get(section) ?? section);
  const base = doc.workshop?.blind && HIDDEN.includes(section) ? unguessed(plain) : plain;
  const taken = (/** @type {string} */ id) =>
    entry(doc, section, id) !== undefined ||
    tried?.has(id) ||
    (section === 'events' && Object.hasOwn(doc.board?.parked ?? {}, id));
  if (!taken(base)) return base;
  let number = 2;
  while (taken(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}
