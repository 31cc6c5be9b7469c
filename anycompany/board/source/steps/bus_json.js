/**
 * JSON to read beside the wall.
 *
 * @module steps/bus_json
 */

import { h } from '../dom.js';

/** Characters that fit beside the wall. */
const JSON_WIDTH = 33;

/**
 * JSON to read, in full, with a name, and reachable by Tab where it scrolls.
 *
 * @param {string} name
 * @param {any} value
 * @returns {HTMLElement}
 */
export function jsonView(name, value) {
  return h(
    'pre',
    { class: 'b-json', tabindex: '0', role: 'region', 'aria-label': name, dir: 'ltr', 'data-focus': `json ${name}` },
    compactJson(value),
  );
}

/**
 * JSON with short lists and objects on one line, as people write event patterns.
 *
 * @param {any} value
 * @param {string} [indent]
 * @param {number} [used] characters of the line that are taken
 * @returns {string}
 */
export function compactJson(value, indent = '', used = 0) {
  const flat = spaced(JSON.stringify(value) ?? 'null');
  if (typeof value !== 'object' || value === null || flat.length + used <= JSON_WIDTH) return flat;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((one) => inner + compactJson(one, inner, inner.length))
    : Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([key, one]) => {
          const start = `${inner}${JSON.stringify(key)}: `;
          return start + compactJson(one, inner, start.length);
        });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

/** @param {string} json on one line, with a blank after each colon and comma outside of texts */
function spaced(json) {
  return json.replace(/"(?:[^"\\]|\\.)*"|[,:]/g, (part) => (part === ',' || part === ':' ? `${part} ` : part));
}
