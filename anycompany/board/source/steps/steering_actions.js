/**
 * Steering as actions: in the palette and, for what is about a note, in its menu.
 *
 * @module steps/steering_actions
 */

import { shortened } from './naming.js';
import { DOTS, callHere, clock, conduct, goTo, nextDriver, secondsLeft, timer } from './steering.js';

/**
 * @typedef {import('../types.js').Action} Action
 * @typedef {import('../types.js').Board} Board
 */

/**
 * What a facilitator can do now; nothing for everybody else.
 *
 * @param {Board} board
 * @param {string[]} keys of the selected notes
 * @returns {Action[]}
 */
export function steeringActions(board, keys) {
  const { workshop, doc } = board.session;
  if (!workshop?.facilitates) return [];
  const state = doc.workshop ?? {};
  const named = (/** @type {string | null} */ id) => workshop.agenda.find((one) => one.id === id)?.name ?? '';
  const key = keys.length === 1 ? keys[0].split('#')[0] : null;
  const note = key ? board.scene.notes.find((one) => one.key === key || one.ref === key) : undefined;
  const left = secondsLeft(workshop);
  /** @type {(Action | null | false)[]} */
  const actions = [
    workshop.next !== null && {
      id: 'steer-next',
      name: workshop.phase ? `Workshop: go on to “${named(workshop.next)}”` : 'Workshop: begin',
      edits: () => goTo(workshop.next),
    },
    workshop.back !== null && {
      id: 'steer-back',
      name: `Workshop: back to “${named(workshop.back)}”`,
      edits: () => goTo(workshop.back),
    },
    left !== null && {
      id: 'steer-timer',
      name: workshop.running ? 'Timer: pause' : `Timer: start at ${clock(Math.max(0, left))}`,
      edits: () => timer(Math.max(0, secondsLeft(workshop) ?? 0), !workshop.running),
    },
    left !== null && {
      id: 'steer-minute',
      name: 'Timer: one minute more',
      edits: () => timer(Math.max(0, secondsLeft(workshop) ?? 0) + 60, workshop.running),
    },
    {
      id: 'steer-blind',
      name: state.blind ? 'Reveal all notes' : 'Blind: let each see only their own notes',
      edits: () => conduct({ blind: !state.blind }),
    },
    {
      id: 'steer-lock',
      name: state.locked ? 'Open the wall for all' : 'Lock the wall: only facilitators edit',
      edits: () => conduct({ locked: !state.locked }),
    },
    { id: 'steer-here', name: 'Bring everyone here', edits: () => callHere(board) },
    note?.ref !== undefined &&
      note.ref === key && {
        id: 'steer-spotlight',
        name: state.spotlight === key ? 'Take the spotlight away' : `Spotlight on “${shortened(note.text, 40)}”`,
        edits: () => conduct({ spotlight: state.spotlight === key ? null : key }),
      },
    { id: 'steer-driver', name: 'Rotate the driver', edits: () => conduct({ driver: nextDriver(board) }) },
    state.driver !== undefined && {
      id: 'steer-all-drive',
      name: 'Let all drive',
      edits: () => conduct({ driver: null }),
    },
    {
      id: 'steer-vote',
      name: state.voting ? 'Close the vote' : 'Open a vote with dots',
      edits: () => conduct({ voting: state.voting ? null : { dots: DOTS, hidden: true } }),
    },
    workshop.phase !== null && { id: 'steer-end', name: 'Workshop: end', danger: true, edits: () => goTo(null) },
  ];
  return actions.filter((one) => one !== null && one !== false);
}
