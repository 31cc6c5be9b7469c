/**
 * What a facilitator lets people do and see: blind, lock, everyone here, spotlight, driver, and the vote.
 *
 * @module frame/conducting
 */

import { h } from '../dom.js';
import { counted, shortened } from '../steps/naming.js';
import { DOTS, callHere, conduct, drivers, nextDriver } from '../steps/steering.js';
import { button, freshId } from './widgets.js';

/** @typedef {import('../types.js').Board} Board */

/** @param {Board} board */
export function peoplePart(board) {
  const state = board.session.doc.workshop ?? {};
  const id = freshId('driver');
  const all = drivers(board);
  const now = state.driver;
  if (now && !all.some((one) => one.person === now.person))
    all.push({ person: now.person, name: now.name || 'Somebody' });
  const chosen = [...board.selection]
    .map((key) => key.split('#')[0])
    .find((key) => board.scene.notes.some((note) => note.ref === key));
  const lit = state.spotlight;
  return h(
    'div',
    { class: 'f-part' },
    h(
      'div',
      { class: 'f-row' },
      toggle(
        'Blind',
        'Each sees only their own notes',
        state.blind,
        'steer-blind',
        steer(
          board,
          () => conduct({ blind: !state.blind }),
          state.blind ? 'Revealed.' : 'Each sees only their own notes.',
        ),
        state.blind ? 'Reveal' : undefined,
      ),
      toggle(
        'Lock',
        'Only facilitators edit',
        state.locked,
        'steer-lock',
        steer(board, () => conduct({ locked: !state.locked }), state.locked ? 'Opened.' : 'Locked.'),
        state.locked ? 'Unlock' : undefined,
      ),
      button({
        name: 'Bring everyone here',
        words: 'Everyone here',
        kind: 'small',
        focus: 'steer-here',
        run: steer(board, () => callHere(board), 'Everyone is called here.'),
      }),
      lit
        ? button({
            name: 'Spotlight off: nothing in particular to look at',
            words: 'Spotlight off',
            kind: 'small',
            focus: 'steer-spotlight',
            run: steer(board, () => conduct({ spotlight: null }), 'No spotlight.'),
          })
        : button({
            name: 'Spotlight on the selected note',
            words: 'Spotlight',
            kind: 'small',
            focus: 'steer-spotlight',
            run: () =>
              chosen
                ? void board.do(conduct({ spotlight: chosen }), 'Spotlight on.')
                : board.notice('note', 'Select the note first that all should look at.'),
          }),
    ),
    h(
      'div',
      { class: 'f-row' },
      h('label', { for: id }, 'Driver'),
      h(
        'select',
        {
          id,
          class: 'f-input f-tight',
          'data-focus': 'steer-driver',
          onchange: (/** @type {Event} */ event) => {
            const person = /** @type {HTMLSelectElement} */ (event.target).value;
            const one = all.find((other) => other.person === person);
            void board.do(conduct({ driver: one ?? null }), one ? `${one.name} drives.` : 'All drive.');
          },
        },
        h('option', { value: '', selected: !now }, 'everybody'),
        all.map((one) =>
          h('option', { value: one.person, selected: one.person === now?.person }, shortened(one.name, 30)),
        ),
      ),
      button({
        name: 'Rotate the driver',
        words: 'Rotate',
        kind: 'small',
        focus: 'steer-rotate',
        run: () => {
          const one = nextDriver(board);
          void board.do(conduct({ driver: one }), `${one.name} drives.`);
        },
      }),
    ),
  );
}

/**
 * @param {Board} board
 */
export function votePart(board) {
  const { voting } = board.session.doc.workshop ?? {};
  if (voting) {
    return h(
      'div',
      { class: 'f-part f-row' },
      h('span', null, `Vote: ${counted(voting.dots ?? DOTS, 'dot')} each${voting.hidden === false ? '' : ', hidden'}`),
      button({
        name: 'Close the vote and show the dots',
        words: 'Close the vote',
        kind: 'strong',
        focus: 'steer-vote',
        run: steer(board, () => conduct({ voting: null }), 'The vote is closed.'),
      }),
    );
  }
  const [id, hide] = [freshId('dots'), freshId('hidden')];
  const dots = h('input', {
    id,
    type: 'number',
    min: 1,
    max: 50,
    value: DOTS,
    class: 'f-input f-number',
    'data-focus': 'steer-dots',
  });
  const hidden = h('input', { id: hide, type: 'checkbox', checked: true, 'data-focus': 'steer-hidden' });
  return h(
    'div',
    { class: 'f-part f-row', role: 'group', 'aria-label': 'Dot voting' },
    h('label', { for: id }, 'Dots each'),
    dots,
    h('label', { class: 'f-tick', for: hide }, hidden, 'hidden'),
    button({
      name: 'Open a vote on hot spots and boundaries',
      words: 'Open a vote',
      kind: 'small',
      focus: 'steer-vote',
      run: () => {
        const number = Math.min(50, Math.max(1, Math.round(Number(dots.value)) || DOTS));
        void board.do(
          conduct({ voting: { dots: number, hidden: hidden.checked } }),
          `A vote with ${counted(number, 'dot')} each is open.`,
        );
      },
    }),
  );
}

/**
 * @param {string} word
 * @param {string} title
 * @param {boolean | undefined} pressed
 * @param {string} focus
 * @param {() => void} run
 * @param {string} [instead] the word while it is pressed
 */
function toggle(word, title, pressed, focus, run, instead) {
  return button({
    name: instead ? `${instead}: ${title} now` : `${word}: ${title}`,
    words: instead ?? word,
    kind: `small${pressed ? ' f-on' : ''}`,
    focus,
    run,
  });
}

/**
 * What a button does that steers.
 *
 * @param {Board} board
 * @param {() => import('../types.js').Edit[]} edits
 * @param {string} words what is said of it
 */
export function steer(board, edits, words) {
  return () => void board.do(edits(), words);
}
