/**
 * Who is here: a circle with initials for each, in their hue. A click on yourself asks for your name.
 *
 * @module frame/people
 */

import { h } from '../dom.js';
import { HUES, serviceHue } from '../palette.js';
import { askQuestions } from './dialog.js';
import { openMenu } from './menu.js';
import { marked, roving } from './widgets.js';

const ROOM_FOR = 4;

/**
 * The first letters of a name, two at most.
 *
 * @param {string} name
 * @returns {string}
 */
export function initials(name) {
  const words = name
    .normalize('NFC')
    .split(/[\s._-]+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.map((word) => word.match(/[\p{L}\p{N}]/u)?.[0] ?? '');
  const chosen = letters.length > 1 ? [letters[0], letters[letters.length - 1]] : letters;
  return chosen.join('').toUpperCase() || '?';
}

/**
 * @param {import('../types.js').Board} board
 * @param {import('../types.js').Step[]} steps
 * @returns {{element: HTMLElement, draw: () => void}}
 */
export function makePeople(board, steps) {
  const element = h('div', { class: 'f-people', role: 'group', 'aria-label': 'People here' });
  const settle = roving(element);
  let drawn = '';

  /** Draws the circles again when somebody came, went, moved to another step, or took another name; not for a pointer. */
  function draw() {
    const { me, people } = board.session;
    const others = people.filter((person) => person.id !== me.id && person.here !== false);
    const shown = others.length > ROOM_FOR ? others.slice(0, ROOM_FOR - 1) : others;
    const print = JSON.stringify([me, ...others].map(({ id, name, hue, step }) => [id, name, hue, step]));
    if (print === drawn) return;
    drawn = print;
    const active = element.ownerDocument.activeElement;
    const had = active && element.contains(active) ? active.getAttribute('data-focus') : null;
    element.replaceChildren(
      ...shown.map((person) => circle(person, at(person, steps), () => visit(board, person))),
      ...(shown.length < others.length ? [rest(board, others, steps)] : []),
      circle(me, ', you: change your name', () => void askName(board, draw), true),
    );
    settle();
    if (had) (marked(element, 'data-focus', had) ?? element.querySelector('button'))?.focus();
  }

  return { element, draw };
}

/**
 * @param {import('../types.js').Person} person
 * @param {string} more what is said behind the name
 * @param {() => void} run
 * @param {boolean} [mine]
 */
function circle(person, more, run, mine = false) {
  const name = person.name || (mine ? 'No name yet' : 'Somebody');
  const letters = initials(person.name || (mine ? 'You' : ''));
  const words = `${name}${more}`;
  const round = h(
    'button',
    {
      type: 'button',
      class: `f-person${mine ? ' f-me' : ''}`,
      'aria-label': `${letters}: ${words}`,
      title: words,
      'data-focus': `person-${person.id}`,
      onclick: run,
    },
    letters,
  );
  round.style.setProperty('--hue', serviceHue((person.hue || 0) % HUES, 'light'));
  return round;
}

/**
 * @param {import('../types.js').Board} board
 * @param {import('../types.js').Person[]} others
 * @param {import('../types.js').Step[]} steps
 */
function rest(board, others, steps) {
  const sign = `+${others.length - ROOM_FOR + 1}`;
  const words = `All ${others.length} other people here`;
  const more = h(
    'button',
    {
      type: 'button',
      class: 'f-person f-rest',
      'aria-label': `${sign}: ${words}`,
      title: words,
      'aria-haspopup': 'menu',
      'data-focus': 'person-rest',
      onclick: () => {
        const [place, frame] = [more.getBoundingClientRect(), board.root.getBoundingClientRect()];
        openMenu(
          board.root,
          { x: place.left - frame.left, y: place.bottom - frame.top + 6 },
          others.map((person) => ({
            name: `${person.name || 'Somebody'}${at(person, steps)}`,
            run: () => visit(board, person),
          })),
          'People here',
        );
      },
    },
    sign,
  );
  return more;
}

/**
 * @param {import('../types.js').Person} person
 * @param {import('../types.js').Step[]} steps
 * @returns {string} where the person is, in words
 */
function at(person, steps) {
  const step = steps.find((one) => one.number === person.step);
  return step ? `, at step ${step.number}, ${step.short}` : '';
}

/**
 * Goes where somebody is now.
 *
 * @param {import('../types.js').Board} board
 * @param {import('../types.js').Person} person
 */
function visit(board, person) {
  const { step, pointer } = board.session.people.find((one) => one.id === person.id) ?? person;
  if (step && step !== board.step.number) board.setStep(step);
  if (pointer) board.camera.reveal({ x: pointer[0] - 80, y: pointer[1] - 80, w: 160, h: 160 });
}

/**
 * Asks for one's own name, which the browser keeps.
 *
 * @param {import('../types.js').Board} board
 * @param {() => void} done
 */
async function askName(board, done) {
  const answers = await askQuestions(
    board,
    'Your name',
    [
      {
        key: 'name',
        label: 'Name',
        kind: 'text',
        value: board.session.me.name,
        hint: 'It stands beside your edits, for everybody to see.',
      },
    ],
    { button: 'Take this name' },
  );
  if (!answers) return;
  board.session.tell({ name: String(answers.name).slice(0, 60) });
  done();
}
