/**
 * A quiet strip above the wall for everybody in a workshop: the phase, what it asks, how much time is left, and what
 * holds at the moment.
 *
 * @module frame/strip
 */

import { h } from '../dom.js';
import { clock, secondsLeft } from '../steps/steering.js';
import { icon } from './icons.js';
import { button } from './widgets.js';

/** Seconds left at which screen readers are told. */
const TOLD_AT = [300, 60, 0];

/**
 * @param {import('../types.js').Board} board
 * @param {{show: (key: string) => void}} parts `show` brings a note into sight
 * @returns {{element: HTMLElement, draw: () => void, close: () => void}}
 */
export function makeStrip(board, { show }) {
  const name = h('strong', { class: 'f-phase' });
  const asks = h('span', { class: 'f-asks' });
  const marks = h('span', { class: 'f-holds' });
  const shown = h('span', { 'aria-hidden': 'true' });
  const spoken = h('span', { class: 'f-unseen' });
  const time = h('span', { class: 'f-timer', role: 'timer' }, icon('replay'), shown, spoken);
  const element = h(
    'div',
    { class: 'f-strip', role: 'group', 'aria-label': 'Workshop', hidden: true },
    name,
    asks,
    marks,
    time,
  );
  let print = '';
  /** @type {number | null} */
  let before = null;

  /** Shows the time that is left, once a second while it runs. */
  function tick() {
    const { workshop } = board.session;
    const left = secondsLeft(workshop);
    time.hidden = left === null;
    if (left === null) return void (before = null);
    const words = clock(left);
    if (shown.textContent !== words) shown.textContent = words;
    const minutes = Math.ceil(left / 60);
    const said =
      left <= 0
        ? 'Time is up'
        : left < 60
          ? 'Less than a minute left'
          : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`;
    const whole = workshop?.running ? said : `${said}, the timer stands`;
    if (spoken.textContent !== whole) spoken.textContent = whole;
    time.classList.toggle('f-over', left <= 0);
    time.classList.toggle('f-stands', !workshop?.running);
    const crossed = TOLD_AT.find((at) => before !== null && before > at && left <= at);
    if (workshop?.running && crossed !== undefined) board.say(`${said}.`);
    before = left;
  }

  /** Shows where the workshop stands. */
  function draw() {
    const { workshop, doc, me } = board.session;
    const state = doc.workshop ?? {};
    const driver = state.driver;
    const drives =
      driver && (driver.person === me.id.slice(0, 8) ? 'You drive' : `${driver.name || 'Somebody'} drives`);
    const dots = workshop?.dots;
    const left = dots ? dots.of - Object.keys(dots.on).length : 0;
    const holds = [
      state.blind && ['unseen', 'Only you see your notes'],
      state.locked && ['lock', 'Locked'],
      drives && ['hand', drives],
      dots && ['done', `${left} of ${dots.of} dots left`],
    ].filter((one) => Array.isArray(one));
    const nothing = !workshop?.phase && !holds.length && !state.spotlight && (workshop?.left ?? null) === null;
    const now = JSON.stringify([nothing, workshop?.phase, holds, state.spotlight]);
    if (now !== print) {
      print = now;
      element.hidden = nothing;
      name.textContent = workshop?.phase?.name ?? '';
      asks.textContent = workshop?.phase?.asks ?? '';
      asks.title = asks.textContent;
      const { spotlight } = state;
      marks.replaceChildren(
        ...holds.map(([sign, words]) =>
          h('span', { class: 'f-hold' }, icon(String(sign)), h('span', null, String(words))),
        ),
        ...(spotlight
          ? [
              button({
                name: 'Show what the spotlight is on',
                words: 'Spotlight',
                icon: 'find',
                kind: 'small',
                focus: 'strip-spotlight',
                run: () => show(spotlight),
              }),
            ]
          : []),
      );
    }
    tick();
  }

  const timer = setInterval(tick, 500);
  return { element, draw, close: () => clearInterval(timer) };
}
