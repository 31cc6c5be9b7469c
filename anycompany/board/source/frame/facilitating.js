/**
 * The facilitator's part of the panel: the phase and the way on, the timer, what people may do and see, who drives, the
 * vote, who has not spoken yet, the agenda and the parking lot. It is there on the workshop page alone.
 *
 * @module frame/facilitating
 */

import { h } from '../dom.js';
import { clock, goTo, secondsLeft, timer } from '../steps/steering.js';
import { counted, shortened } from '../steps/naming.js';
import { agendaFold } from './agenda.js';
import { peoplePart, steer, votePart } from './conducting.js';
import { entrancePart } from './entrance.js';
import { button } from './widgets.js';

/**
 * @typedef {import('../types.js').Board} Board
 * @typedef {import('../types.js').Standing} Standing
 */

/**
 * @param {Board} board
 * @returns {HTMLElement | null} null for participants
 */
export function facilitatorSection(board) {
  const { workshop } = board.session;
  if (!workshop?.facilitates) return null;
  return h(
    'section',
    { class: 'f-section f-facilitating', 'aria-label': 'Facilitating' },
    h('h3', null, 'Facilitating'),
    phasePart(board, workshop),
    workshop.phase ? null : entrancePart(board),
    timerPart(board, workshop),
    peoplePart(board),
    votePart(board),
    quietPart(board),
    workshop.phase ? entrancePart(board) : null,
    agendaFold(board, workshop),
    parkingFold(board),
  );
}

/**
 * @param {Board} board
 * @param {Standing} workshop
 */
function phasePart(board, workshop) {
  const { phase, next, back, agenda } = workshop;
  const named = (/** @type {string | null} */ id) => agenda.find((one) => one.id === id)?.name ?? '';
  return h(
    'div',
    { class: 'f-part' },
    phase
      ? h('p', null, h('strong', null, phase.name), h('span', { class: 'f-soft' }, ` · day ${phase.day}`))
      : h('p', { class: 'f-soft' }, 'No phase is on: everything is open to everybody.'),
    h(
      'div',
      { class: 'f-row' },
      back === null
        ? null
        : button({
            name: `Back to ${named(back)}`,
            words: 'Back',
            icon: 'back',
            kind: 'small',
            focus: 'steer-back',
            run: steer(board, () => goTo(back), `Back to ${named(back)}.`),
          }),
      next === null
        ? null
        : button({
            name: phase ? `Next: ${named(next)}` : 'Begin the workshop',
            words: phase ? `Next: ${named(next)}` : 'Begin the workshop',
            icon: 'forward',
            kind: 'strong',
            focus: 'steer-next',
            run: steer(board, () => goTo(next), `Now ${named(next)}.`),
          }),
    ),
  );
}

/**
 * @param {Board} board
 * @param {Standing} workshop
 */
function timerPart(board, workshop) {
  if (workshop.left === null) return null;
  const now = () => Math.max(0, secondsLeft(board.session.workshop) ?? 0);
  return h(
    'div',
    { class: 'f-part f-row', role: 'group', 'aria-label': 'Timer' },
    button({
      name: workshop.running ? 'Pause the timer' : `Start at ${clock(now())}, the timer`,
      words: workshop.running ? 'Pause' : `Start at ${clock(now())}`,
      icon: workshop.running ? 'pause' : 'play',
      kind: 'small',
      focus: 'steer-timer',
      run: steer(board, () => timer(now(), !workshop.running), workshop.running ? 'Paused.' : 'Running.'),
    }),
    button({
      name: '+1 min: one minute more',
      words: '+1 min',
      kind: 'small',
      focus: 'steer-more',
      run: steer(board, () => timer(now() + 60, workshop.running), 'One minute more.'),
    }),
    button({
      name: '−1 min: one minute less',
      words: '−1 min',
      kind: 'small',
      focus: 'steer-less',
      run: steer(board, () => timer(now() - 60, workshop.running), 'One minute less.'),
    }),
  );
}

/** @param {Board} board */
function quietPart(board) {
  const { quiet, workshop } = board.session;
  if (!workshop?.phase) return null;
  const words = quiet.length ? quiet.map((name) => shortened(name, 30)).join(', ') : 'everybody has';
  return h(
    'p',
    { class: 'f-part f-quietly' },
    h('span', { class: 'f-soft' }, quiet.length ? 'Not spoken yet: ' : 'Spoken: '),
    h('bdi', null, words),
  );
}

/** @param {Board} board */
function parkingFold(board) {
  const parked = Object.entries(board.session.doc.board?.parked ?? {});
  if (!parked.length) return null;
  return h(
    'details',
    { class: 'f-fold', 'data-fold': 'parking' },
    h('summary', { 'data-focus': 'parking' }, `Parking lot: ${counted(parked.length, 'note')}`),
    h(
      'ul',
      { class: 'f-lines' },
      parked.map(([id, note]) =>
        h(
          'li',
          { class: 'f-row' },
          h('bdi', null, shortened(String(note?.name ?? id), 60)),
          button({
            name: `Bring back ${note?.name ?? id}`,
            words: 'Bring back',
            kind: 'small f-quiet',
            focus: `unpark-${id}`,
            run: steer(board, () => [{ kind: 'unpark', event: id }], 'Brought back.'),
          }),
        ),
      ),
    ),
  );
}
