/**
 * The agenda, with timings that can be changed and a way to every phase.
 *
 * @module frame/agenda
 */

import { h } from '../dom.js';
import { goTo } from '../steps/steering.js';
import { button } from './widgets.js';

const DAYS = [
  '',
  'Day 1, with everybody',
  'Day 2, technical team',
  'Day 3, technical team',
  'Day 4, technical team',
  'Day 5, technical team',
];

/**
 * @param {import('../types.js').Board} board
 * @param {import('../types.js').Standing} workshop
 * @returns {HTMLElement}
 */
export function agendaFold(board, workshop) {
  const planned = new Map(workshop.agenda.map((slot) => [slot.id, slot.minutes]));
  const all = workshop.phases ?? workshop.agenda;
  const days = [...new Set(all.map((slot) => slot.day))];
  return h(
    'details',
    { class: 'f-fold f-agenda', 'data-fold': 'agenda' },
    h('summary', { 'data-focus': 'agenda' }, 'Agenda and timings'),
    days.map((day) => {
      const slots = all.filter((slot) => slot.day === day);
      const minutes = slots.reduce((sum, slot) => sum + (planned.get(slot.id) ?? 0), 0);
      return [
        h('h4', null, DAYS[day] ?? `Day ${day}`, h('span', { class: 'f-tally' }, spell(minutes))),
        h(
          'ul',
          { class: 'f-lines' },
          slots.map((slot) => h('li', null, line(board, workshop, slot, planned))),
        ),
      ];
    }),
  );
}

/**
 * @param {import('../types.js').Board} board
 * @param {import('../types.js').Standing} workshop
 * @param {import('../types.js').Slot} slot
 * @param {Map<string, number>} planned
 */
function line(board, workshop, { id, name, minutes }, planned) {
  const on = planned.get(id);
  const current = workshop.phase?.id === id;
  const plan = (/** @type {number | null} */ value) =>
    void board.do(
      [{ kind: 'plan', minutes: { [id]: value } }],
      value ? `${name}: ${value} minutes.` : `${name} is off the agenda.`,
    );
  let now = on ?? 0;
  const commit = () => {
    const value = Math.round(Number(field.value));
    const fine = field.value.trim() !== '' && value >= 0 && value <= 1440;
    if (!fine) field.value = String(now);
    else if (value !== now) {
      now = value;
      plan(value || null);
    }
  };
  const field = h('input', {
    type: 'number',
    min: 0,
    max: 1440,
    value: on ?? 0,
    class: 'f-input f-number',
    'aria-label': `Minutes of ${name}; 0 takes it off the agenda`,
    title: `Usually ${minutes} minutes; 0 takes it off the agenda`,
    'data-focus': `plan-${id}`,
    onchange: () => commit(),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key === 'Enter') commit();
    },
  });
  return h(
    'div',
    {
      class: `f-row f-slot${current ? ' f-current' : ''}${on === undefined ? ' f-off' : ''}`,
      'aria-current': current ? 'step' : null,
    },
    h('span', { class: 'f-slot-name' }, name),
    field,
    h('span', { class: 'f-soft', 'aria-hidden': 'true' }, 'min'),
    button({
      name: `Go to ${name}`,
      icon: 'forward',
      kind: 'quiet',
      focus: `go-${id}`,
      run: () => void board.do(goTo(id), `Now ${name}.`),
    }),
  );
}

/** @param {number} minutes */
function spell(minutes) {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return hours ? `${hours} h ${rest ? `${rest} min` : ''}`.trim() : `${rest} min`;
}
