/**
 * The tour of the board: a few words at each of its parts, shown once in a browser, and again from the help. It waits
 * beside the work and never stands in its way: nothing has to be answered, and Escape ends it.
 *
 * @module frame/tour
 */

import { h } from '../dom.js';
import { keepInside } from './menu.js';
import { button, freshId, rememberFocus, wallStop } from './widgets.js';

const SEEN = 'anycompany-board-tour';
const GAP = 10;

/** @type {{at: string, title: string, words: string}[]} */
export const STOPS = [
  {
    at: '.f-wall',
    title: 'The wall',
    words: 'Everybody who opens this storm works on this one wall. Notes can be dragged, renamed and undone; nothing is lost.',
  },
  {
    at: '.f-steps',
    title: 'Eight steps',
    words: 'From events to schemas. Each step shows the wall in its own way; go back and forth as you like.',
  },
  {
    at: '.f-tools',
    title: 'What this step offers',
    words: 'The buttons change with the step and with what is selected. Their keys stand beside them.',
  },
  {
    at: '.f-panel',
    title: 'Beside the wall',
    words: 'What is selected, what the checks have found and how to mend it, and what each colour means.',
  },
  {
    at: '.f-people',
    title: 'Who is here',
    words: 'Those who are on this wall with you. Give yourself a name, so that others know you.',
  },
  {
    at: '[data-focus="command-keys"]',
    title: 'Help',
    words: 'All keys, the glossary, and this tour again. Ctrl K finds every command by its name.',
  },
];

/**
 * Shows the tour if this browser has not seen it. Where a browser keeps nothing it is not shown by itself, as it would
 * be shown for ever.
 *
 * @param {import('../types.js').Board} board
 * @returns {() => void} ends it
 */
export function tourOnce(board) {
  if (board.root.classList.contains('is-readonly') || !firstTime()) return () => {};
  board.say('A short tour of the board is open beside the wall. Escape ends it.');
  return startTour(board, false);
}

/** Whether this is the first time, which it is once. */
function firstTime() {
  try {
    const seen = globalThis.localStorage.getItem(SEEN);
    globalThis.localStorage.setItem(SEEN, 'seen');
    return seen === null;
  } catch {
    return false;
  }
}

/**
 * Starts the tour. One is open at a time.
 *
 * @param {import('../types.js').Board} board
 * @param {boolean} [takesFocus] false where nobody asked for it: the hands may be at work already
 * @returns {() => void} ends it
 */
export function startTour(board, takesFocus = true) {
  const { root } = board;
  root.querySelector('.f-tour')?.dispatchEvent(new CustomEvent('f-close'));
  const giveBack = rememberFocus(root);
  const titleId = freshId('tour');
  const title = h('h3', { id: titleId });
  const words = h('p', null);
  const count = h('span', { class: 'f-soft' });
  const back = button({ name: 'Back', words: 'Back', kind: 'small', run: () => go(-1) });
  const next = button({ name: 'Next', words: 'Next', kind: 'small', run: () => go(1) });
  const skip = button({ name: 'End the tour', icon: 'close', kind: 'quiet', run: () => close() });
  const ring = h('div', { class: 'f-tour-ring', 'aria-hidden': 'true' });
  const card = h(
    'div',
    { class: 'f-tour', role: 'dialog', 'aria-labelledby': titleId, tabindex: '-1' },
    h('div', { class: 'f-tour-head' }, title, skip),
    h('div', { 'aria-live': 'polite' }, words),
    h('div', { class: 'f-tour-foot' }, count, back, next),
  );
  let at = 0;
  let open = true;

  /** The stops whose part of the board is in sight now. */
  const stops = () => STOPS.filter((stop) => inSight(find(stop)));

  /** @param {typeof STOPS[number]} stop */
  function find(stop) {
    return /** @type {HTMLElement | null} */ (root.querySelector(stop.at));
  }

  /** @param {number} by */
  function go(by) {
    if (at + by >= stops().length) close();
    else {
      at = Math.max(0, at + by);
      draw();
    }
  }

  function draw() {
    const there = stops();
    if (there.length === 0) {
      ring.hidden = true;
      return;
    }
    at = Math.min(at, there.length - 1);
    title.textContent = there[at].title;
    words.textContent = there[at].words;
    count.textContent = `${at + 1} of ${there.length}`;
    back.hidden = at === 0;
    const label = next.querySelector('span');
    if (label) label.textContent = at === there.length - 1 ? 'Done' : 'Next';
    place(/** @type {HTMLElement} */ (find(there[at])));
  }

  /** @param {HTMLElement} target */
  function place(target) {
    const outer = root.getBoundingClientRect();
    const box = target.getBoundingClientRect();
    const [x, y] = [box.left - outer.left, box.top - outer.top];
    ring.hidden = false;
    Object.assign(ring.style, { left: `${x}px`, top: `${y}px`, width: `${box.width}px`, height: `${box.height}px` });
    const below = y + box.height + GAP;
    const fits = below + card.offsetHeight < root.clientHeight;
    const inside = box.height > card.offsetHeight + 4 * GAP;
    const beside = inside && x > card.offsetWidth + 2 * GAP;
    keepInside(root, card, {
      x: beside ? x - card.offsetWidth - GAP : inside ? x + box.width - card.offsetWidth - GAP : x,
      y: inside ? y + GAP : fits ? below : y - card.offsetHeight - GAP,
    });
  }

  function close() {
    if (!open) return;
    open = false;
    sized.disconnect();
    const had = card.contains(root.ownerDocument.activeElement);
    ring.remove();
    card.remove();
    if (had) (takesFocus ? giveBack() : wallStop(root)?.focus({ preventScroll: true }));
  }

  card.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowRight') go(1);
    else if (event.key === 'ArrowLeft') go(-1);
    else return;
    event.preventDefault();
  });
  for (const kind of ['pointerdown', 'wheel', 'contextmenu'])
    card.addEventListener(kind, (event) => event.stopPropagation());
  card.addEventListener('f-close', close);
  const sized = new ResizeObserver(draw);
  root.append(ring, card);
  // the wall moves, too, when something above it comes or goes
  for (const part of [root, ...STOPS.map(find)]) if (part) sized.observe(part);
  draw();
  if (takesFocus) next.focus({ preventScroll: true });
  return close;
}

/** @param {HTMLElement | null} part */
function inSight(part) {
  return part !== null && part.closest('[hidden]') === null && part.getClientRects().length > 0;
}
