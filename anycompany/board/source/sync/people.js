/**
 * Who else is here: people's tabs, as the kernel lists them and as they tell of themselves.
 *
 * @module sync/people
 */

/** @import { Person } from '../types.js' */

const MILLISECONDS_BETWEEN_SIGNS_OF_LIFE = 8000;
const MILLISECONDS_BETWEEN_POINTERS = 50;
const LONGEST_NAME = 60;
/** How many colours there are for people. */
const HUES = 24;
/** What people show of themselves. */
const SHOWN = /** @type {const} */ (['step', 'pointer', 'holds', 'editing']);

/**
 * A hue for a person, the same in every browser.
 *
 * @param {string} id that begins with the person's
 * @returns {number}
 */
export function hueOf(id) {
  return (Number.parseInt(id.slice(0, 4), 16) || 0) % HUES;
}

/** The people on a wall but oneself. */
export class People {
  /** @param {string} me the id of one's own tab */
  constructor(me) {
    this.me = me;
    /** @type {Map<string, Person>} */
    this.others = new Map();
    /** @type {Person[] | null} */
    this.sorted = null;
  }

  /** @returns {Person[]} by name; the same list until somebody changes */
  get list() {
    this.sorted ??= [...this.others.values()].sort(
      (one, other) => one.name.localeCompare(other.name) || (one.id < other.id ? -1 : 1),
    );
    return this.sorted;
  }

  /**
   * Everybody who is here, as the kernel says. What is known of them stays.
   *
   * @param {any} listed
   */
  replace(listed) {
    const known = this.others;
    this.others = new Map();
    for (const said of Array.isArray(listed) ? listed : []) this.hear(said, known);
    this.sorted = null;
  }

  /**
   * What one tab tells of itself.
   *
   * @param {any} said
   * @param {Map<string, Person>} [known]
   */
  hear(said, known = this.others) {
    if (typeof said?.person !== 'string' || typeof said.tab !== 'string') return;
    const id = said.person + said.tab;
    if (id === this.me) return;
    const name = String(said.name ?? '').slice(0, LONGEST_NAME) || known.get(id)?.name || 'Somebody';
    /** @type {any} */
    const person = { ...known.get(id), id, name, hue: hueOf(id), here: true };
    for (const key of SHOWN) if (Object.hasOwn(said, key)) person[key] = said[key];
    this.others.set(id, person);
    this.sorted = null;
  }
}

/**
 * Tells the others about oneself: at most 20 times a second, the latest always, and a sign of life now and then.
 *
 * @param {Person} me is kept up to date
 * @param {(said: object) => boolean} send says whether it could be sent; what could not is told later
 * @returns {{tell: (said: object) => void, tellAll: () => void, close: () => void}}
 */
export function makeTeller(me, send) {
  let last = 0;
  /** @type {Record<string, any>} */
  let waiting = {};
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    last = Date.now();
    if (send(waiting)) waiting = {};
  };
  const alive = setInterval(flush, MILLISECONDS_BETWEEN_SIGNS_OF_LIFE);
  const tell = (/** @type {object} */ said) => {
    Object.assign(me, said);
    Object.assign(waiting, said);
    const wait = last + MILLISECONDS_BETWEEN_POINTERS - Date.now();
    if (wait <= 0) flush();
    else timer ??= setTimeout(flush, wait);
  };
  return {
    tell,
    tellAll: () => tell(Object.fromEntries(SHOWN.map((key) => [key, me[key] ?? null]).filter(([, value]) => value))),
    close() {
      clearInterval(alive);
      clearTimeout(timer);
    },
  };
}
