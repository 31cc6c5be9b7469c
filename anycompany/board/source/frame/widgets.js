/**
 * Small pieces that all of the frame is made of: buttons, focus that is never lost, arrow keys within a bar.
 *
 * @module frame/widgets
 */

import { h } from '../dom.js';
import { icon } from './icons.js';

let made = 0;

/**
 * An id that no other element of the page has, however many boards are on it.
 *
 * @param {string} word what it is for
 * @returns {string}
 */
export function freshId(word) {
  made += 1;
  return `ab-${word}-${made}`;
}

/**
 * A button. With `icon` and no `words` it shows the icon alone and carries its name for screen readers and as a
 * tooltip.
 *
 * @param {{name: string, words?: string, icon?: string, keys?: string, kind?: string, focus?: string,
 *   pressed?: boolean, popup?: string, run: (event: MouseEvent) => void}} what
 *   `kind` is a class (`strong`, `quiet`, …; a `row` is filled by whoever made it, and all it says is its
 *   name); `focus` the key under which focus is found again after a redraw
 * @returns {HTMLButtonElement}
 */
export function button(what) {
  const spoken = what.kind !== 'row' && (what.words !== what.name || what.icon) ? what.name : null;
  const hint = what.keys ? `${what.name} (${keyWords(what.keys)})` : what.words ? null : what.name;
  return h(
    'button',
    {
      type: 'button',
      class: `f-button${what.kind ? ` f-${what.kind}` : ''}${what.words ? '' : ' f-bare'}`,
      'aria-label': spoken,
      'aria-keyshortcuts': what.keys ? what.keys.replace('Ctrl', 'Control') : null,
      'aria-pressed': what.pressed === undefined ? null : String(what.pressed),
      'aria-haspopup': what.popup,
      'data-focus': what.focus,
      title: hint,
      onclick: (/** @type {MouseEvent} */ event) => {
        if (event.currentTarget instanceof Element && event.currentTarget.getAttribute('aria-disabled') !== 'true') {
          what.run(event);
        }
      },
    },
    what.icon ? icon(what.icon) : null,
    what.words ? h('span', null, what.words) : null,
    what.words && what.keys ? h('kbd', { 'aria-hidden': 'true' }, keyWords(what.keys)) : null,
  );
}

/**
 * Keys as people read them: `Shift+m` → `Shift M`.
 *
 * @param {string} keys
 * @returns {string}
 */
export function keyWords(keys) {
  const apple = /Mac|iP(hone|ad)/.test(globalThis.navigator?.platform ?? '');
  return keys
    .split('+')
    .map((key, index, all) => (key === '' && index === all.length - 1 ? '+' : key))
    .filter((key) => key !== '')
    .map((key) => (key === 'Ctrl' && apple ? '⌘' : key.length === 1 ? key.toUpperCase() : key.replace('Arrow', '')))
    .join(' ');
}

/**
 * Whether the storm can be changed from this board now.
 *
 * @param {import('../types.js').Board} board
 * @returns {boolean}
 */
export function mayEdit(board) {
  return (
    board.replay === null &&
    !['readonly', 'outdated'].includes(board.session.status) &&
    !board.root.classList.contains('is-readonly')
  );
}

/**
 * Text for screen readers alone.
 *
 * @param {string} words
 * @returns {HTMLElement}
 */
export function unseen(words) {
  return h('span', { class: 'f-unseen' }, words);
}

/**
 * Whether typing goes into this element.
 *
 * @param {EventTarget | null} target
 * @returns {boolean}
 */
export function takesText(target) {
  if (!(target instanceof Element)) return false;
  if (target.closest('[contenteditable=""], [contenteditable="true"], textarea, select')) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type);
}

const FOCUSABLE =
  'button:not([disabled]), [href], input:not([disabled]), select:not([disabled]), ' +
  'textarea:not([disabled]), summary, [tabindex]:not([tabindex="-1"])';

/**
 * What can be reached by Tab inside an element, in order.
 *
 * @param {Element} element
 * @returns {HTMLElement[]}
 */
export function reachable(element) {
  /** @type {NodeListOf<HTMLElement>} */
  const found = element.querySelectorAll(FOCUSABLE);
  return [...found].filter((one) => one.tabIndex >= 0 && !one.closest('[hidden], details:not([open]) > :not(summary)'));
}

/**
 * Remembers where the focus is, to put it back when something that took it is closed.
 *
 * @param {HTMLElement} root of the board
 * @returns {() => void} puts the focus back: on the same element, on what stands in its place, or on the wall
 */
export function rememberFocus(root) {
  const before = root.ownerDocument.activeElement;
  const key = before?.getAttribute('data-focus') ?? null;
  const note = before?.getAttribute('data-key') ?? null;
  return () => {
    const again =
      before instanceof HTMLElement && before.isConnected && before !== root.ownerDocument.body
        ? before
        : (marked(root, 'data-focus', key) ?? marked(root, 'data-key', note));
    (again ?? wallStop(root))?.focus({ preventScroll: true });
  };
}

/**
 * The element inside `root` whose attribute has this value.
 *
 * @param {Element} root
 * @param {string} attribute
 * @param {string | null} value
 * @returns {HTMLElement | null}
 */
export function marked(root, attribute, value) {
  if (value === null) return null;
  /** @type {NodeListOf<HTMLElement>} */
  const all = root.querySelectorAll(`[${attribute}]`);
  return [...all].find((one) => one.getAttribute(attribute) === value) ?? null;
}

/**
 * Where the focus goes on the wall when nothing better is known.
 *
 * @param {HTMLElement} root
 * @returns {HTMLElement | null}
 */
export function wallStop(root) {
  /** @type {HTMLElement | null} */
  const wall = root.querySelector('.f-wall');
  if (!wall) return null;
  return reachable(wall)[0] ?? wall;
}

/**
 * Makes a bar one stop of the Tab key; the arrow keys, Home and End move inside it. Works for what is put in later too.
 *
 * @param {HTMLElement} bar
 * @returns {() => void} to be called after the bar's content has changed
 */
export function roving(bar) {
  /** @returns {HTMLElement[]} */
  const stops = () => [...bar.querySelectorAll('button')].filter((one) => !one.hidden);
  const settle = (/** @type {Element | null | undefined} */ wanted) => {
    const all = stops();
    const stop = all.find((one) => one === wanted) ?? all.find((one) => one.getAttribute('aria-current')) ?? all[0];
    for (const one of all) one.tabIndex = one === stop ? 0 : -1;
  };
  bar.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const all = stops();
    const at = all.findIndex((one) => one === event.target);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = all[(to + all.length) % all.length];
    settle(next);
    next.focus();
  });
  bar.addEventListener('focusin', (event) => settle(/** @type {Element} */ (event.target)));
  settle(null);
  return () => settle(bar.ownerDocument.activeElement);
}

/**
 * Runs something before the next picture, once, however often it is asked for until then.
 *
 * @param {() => void} work
 * @returns {() => void} asks for it
 */
export function oncePerFrame(work) {
  let asked = false;
  const later = globalThis.requestAnimationFrame ?? ((/** @type {() => void} */ then) => setTimeout(then, 16));
  return () => {
    if (asked) return;
    asked = true;
    later(() => {
      asked = false;
      work();
    });
  };
}
