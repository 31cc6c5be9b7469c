/**
 * Writing XML. What people typed is made harmless here, and nowhere else: every value and every text goes through
 * `element`, so that nothing can end a tag, and nothing is left that XML cannot carry.
 *
 * @module export/markup
 */

/** Made by `element` and safe to put into another one. */
class Markup {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

/** @typedef {Markup | string | number | null | undefined | false | Child[]} Child */

const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ESCAPES = /** @type {Record<string, string>} */ ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' });

/**
 * An element in XML. Values that are `null`, `undefined` or `false` leave an attribute or a child out.
 *
 * @param {string} name
 * @param {Record<string, string | number | null | undefined | false> | null} attributes
 * @param {...Child} children markup as it is, anything else as text
 * @returns {Markup}
 */
export function element(name, attributes, ...children) {
  const pairs = Object.entries(attributes ?? {})
    .filter(([, value]) => value !== null && value !== undefined && value !== false)
    .map(([key, value]) => ` ${key}="${escaped(typeof value === 'number' ? String(rounded(value)) : String(value))}"`);
  const inside = children.map(asText).join('');
  return new Markup(`<${name}${pairs.join('')}${inside ? `>${inside}</${name}>` : '/>'}`);
}

/**
 * A text without the characters that XML does not allow: each becomes the replacement character.
 *
 * @param {string} text
 * @returns {string}
 */
export function writable(text) {
  return text.replace(UNWRITABLE, '\ufffd').replace(LONE, '\ufffd');
}

/**
 * A number with as many digits as a picture can show.
 *
 * @param {number} value
 * @returns {number}
 */
export function rounded(value) {
  return Math.round(value * 100) / 100;
}

/**
 * @param {Child} child
 * @returns {string}
 */
function asText(child) {
  if (child === null || child === undefined || child === false) return '';
  if (Array.isArray(child)) return child.map(asText).join('');
  return child instanceof Markup ? child.text : escaped(String(child));
}

/** @param {string} text */
function escaped(text) {
  return writable(text).replace(/[&<>"]/g, (character) => ESCAPES[character]);
}
