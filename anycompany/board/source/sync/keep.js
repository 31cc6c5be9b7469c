/**
 * Edits that are on their way, kept by the browser tab until the kernel has them: a reload loses none.
 *
 * Several boards of one page may be on the same storm; each keeps its own edits beside the others'.
 *
 * @module sync/keep
 */

/** @typedef {{type: 'edit' | 'undo' | 'redo', id: string, edit?: import('../types.js').Edit, was?: string}} Numbered */

/** What keeps them: the tab, unless a page says otherwise. */
let place = /** @returns {Storage} */ () => globalThis.sessionStorage;

/**
 * Has edits kept somewhere else, such as in what outlives the tab.
 *
 * @param {() => Storage} storage may throw where the browser keeps nothing
 */
export function keepIn(storage) {
  place = storage;
}

/** Where the boards of this page say that they are alive, whichever copy of this module they use. */
const ALIVE = Symbol.for('anycompany.board.tabs');

/**
 * @param {string} path
 * @param {string} person
 * @returns {string}
 */
function placeOf(path, person) {
  return `anycompany-board-edits:${person}:${path}`;
}

/**
 * The boards of this page that are alive, each by its person and tab.
 *
 * @returns {Set<string>}
 */
function alive() {
  const page = /** @type {any} */ (globalThis);
  return (page[ALIVE] ??= new Set());
}

/**
 * Says that a board is alive: the edits it keeps are its own business.
 *
 * @param {string} tab the person's and the tab's id, with which the ids of its edits begin
 * @returns {() => void} says that it is no more
 */
export function stayAlive(tab) {
  alive().add(tab);
  return () => alive().delete(tab);
}

/**
 * Keeps the edits of a board instead of those it kept before. Where the browser keeps nothing, or has no room left,
 * they live as long as the page.
 *
 * @param {string} path the storm file, as the kernel names it
 * @param {string} person
 * @param {Numbered[]} messages what is on its way
 * @param {ReadonlySet<string>} ours ids of all edits that were ever this board's; others' are left alone
 */
export function keep(path, person, messages, ours) {
  try {
    const all = [...everything(path, person).filter(({ id }) => !ours.has(id)), ...messages];
    const key = placeOf(path, person);
    if (all.length) place().setItem(key, JSON.stringify(all));
    else place().removeItem(key);
  } catch {
    // A page in a sandbox may keep nothing.
  }
}

/**
 * The edits that were kept for a storm by boards that are gone.
 *
 * @param {string} path
 * @param {string} person
 * @returns {Numbered[]} in the order they were made
 */
export function kept(path, person) {
  return everything(path, person).filter(({ id }) => !alive().has(id.slice(0, id.indexOf('_'))));
}

/**
 * @param {string} path
 * @param {string} person
 * @returns {Numbered[]}
 */
function everything(path, person) {
  try {
    const said = JSON.parse(place().getItem(placeOf(path, person)) ?? '[]');
    return Array.isArray(said) ? said.filter(isNumbered) : [];
  } catch {
    return [];
  }
}

/**
 * @param {any} message
 * @returns {message is Numbered}
 */
function isNumbered(message) {
  if (!message || !/^[0-9a-f]{12}_\d{1,20}$/.test(message.id)) return false;
  const isEdit = message.type === 'edit' && typeof message.edit?.kind === 'string';
  return isEdit || message.type === 'undo' || message.type === 'redo';
}
