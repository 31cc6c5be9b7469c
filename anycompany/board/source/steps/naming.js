/**
 * Names within sentences, and ids within keys.
 *
 * @module steps/naming
 */

/**
 * Names joined as people say them: “A”, “B” and “C”; beyond four, how many more.
 *
 * @param {string[]} names
 * @param {string} [joint]
 * @returns {string}
 */
export function spoken(names, joint = 'and') {
  const quoted = names.slice(0, names.length > 4 ? 3 : 4).map((name) => `“${shortened(name)}”`);
  if (names.length > 4) quoted.push(`${names.length - 3} more`);
  return quoted.length < 2
    ? quoted.join('')
    : `${quoted.slice(0, -1).join(', ')} ${joint} ${quoted[quoted.length - 1]}`;
}

/**
 * A text cut to a length that menus and sentences can hold.
 *
 * @param {string} text
 * @param {number} [length] in characters
 * @returns {string}
 */
export function shortened(text, length = 60) {
  const characters = [...text.slice(0, 4 * length)];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text;
}

/**
 * A number of things in words: “1 note”, “3 notes”.
 *
 * @param {number} number
 * @param {string} one
 * @param {string} [many]
 * @returns {string}
 */
export function counted(number, one, many = `${one}s`) {
  return `${number} ${number === 1 ? one : many}`;
}

/**
 * The ids of those keys that are whole things of a section: `events/a`, but not `events/a#copy`.
 *
 * @param {Iterable<string>} keys
 * @param {string} section
 * @returns {string[]}
 */
export function idsOf(keys, section) {
  const start = `${section}/`;
  return [...keys].filter((key) => key.startsWith(start) && !key.includes('#')).map((key) => key.slice(start.length));
}
