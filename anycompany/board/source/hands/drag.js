/**
 * Notes in the hand: they follow it, what they are over lights up and says what dropping them there would mean, and
 * at the steps that decide boundaries the coupling is asked for while they are still in the hand.
 *
 * @module hands/drag
 */

import { layAt } from '../steps/places.js';
import { lastAt } from './spatial.js';

/** @import { Board, Drop, Edit, Note, Point, Scene } from '../types.js' */
/** @import { Wall } from '../paint/wall.js' */
/** @import { Overlay } from '../paint/overlay.js' */

const PONDER = 60;
const TOLD_EVERY = 60;
/** The steps at which a drop may change the coupling. */
const COUPLED = [5, 6];

/**
 * Picks up notes. The hand tells where it goes, and lets go or cancels.
 *
 * @param {Board} board
 * @param {Wall} wall
 * @param {Overlay} overlay
 * @param {string[]} keys of the notes
 * @param {Point} from in wall coordinates
 * @param {() => void} lost called when what is in the hand was taken away by somebody
 * @returns {{move(to: Point, screen: Point): void, drop(screen: Point): void, cancel(): void} | null}
 *   null when none of the notes can be moved
 */
export function pickUp(board, wall, overlay, keys, from, lost) {
  const carried = () => movable(board.scene, board.step.carries?.(board.scene, keys) ?? keys);
  let held = carried();
  if (!held.length) return null;
  /** @type {Scene | null} */
  let known = null;
  /** @type {Drop[]} */
  let drops = [];
  /** @type {Drop | null} */
  let over = null;
  let at = from;
  let told = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pondering;
  let asked = 0;

  const look = () => {
    if (board.scene === known) return;
    known = board.scene;
    held = carried();
    if (!held.length) return lost();
    drops = board.step.drops(board.session.doc, known, held.map((note) => note.key));
  };

  /** @param {Drop | null} next */
  const enter = (next) => {
    if (next?.key === over?.key) return;
    over = next;
    overlay.target(over ? (over.show ?? over.box) : null);
    clearTimeout(pondering);
    const edits = over?.edits;
    if (!edits?.length || !COUPLED.includes(board.step.number)) return board.setPreview(null);
    const words = over?.words ?? '';
    pondering = setTimeout(() => whatIf(edits, words), PONDER);
  };

  /**
   * @param {Edit[]} edits
   * @param {string} words
   */
  const whatIf = async (edits, words) => {
    const number = ++asked;
    try {
      const coupling = await board.session.ask('what-if', { edits });
      if (number === asked && over?.edits === edits) board.setPreview({ coupling, words });
    } catch {
      if (number === asked) board.setPreview(null);
    }
  };

  const end = () => {
    asked = -1;
    clearTimeout(pondering);
    stopWatching();
    overlay.target(null);
    overlay.words(null);
    board.setPreview(null);
    board.session.tell({ holds: null });
  };

  const stopWatching = board.on('draw', look);
  look();
  wall.lift(held.map((note) => note.key), { x: 0, y: 0 });
  board.session.tell({ holds: held[0]?.key ?? null });

  return {
    move(to, screen) {
      at = to;
      wall.lift(held.map((note) => note.key), { x: to.x - from.x, y: to.y - from.y });
      enter(lastAt(drops, to, (drop) => drop.box));
      overlay.words(over?.words ?? (known?.free ? null : 'Nothing changes here'), screen);
      if (Date.now() - told < TOLD_EVERY) return;
      told = Date.now();
      board.session.tell({ holds: held[0].key, pointer: [Math.round(to.x), Math.round(to.y)] });
    },
    drop(screen) {
      const goal = over;
      end();
      wall.settle();
      const edits = goal ? goal.edits : known?.free ? movesOf(held, { x: at.x - from.x, y: at.y - from.y }) : [];
      if (edits?.length) void board.do(edits, goal?.words);
      if (goal?.choices) chooseAmong(board, goal, screen);
    },
    cancel() {
      end();
      wall.settle();
    },
  };
}

/**
 * Carries out a drop chosen by name rather than by hand.
 *
 * @param {Board} board
 * @param {Drop} drop
 * @param {Point} screen where a menu opens if there is something to choose, in px of the root
 */
export function carryOut(board, drop, screen) {
  if (drop.choices) chooseAmong(board, drop, screen);
  else void board.do(drop.edits ?? [], drop.words);
}

/**
 * The edits that lay notes elsewhere on a wall where notes lie freely.
 *
 * @param {Note[]} notes
 * @param {Point} by
 * @returns {Edit[]}
 */
export function movesOf(notes, by) {
  return notes.map((note) => layAt(note.key, { x: note.x + by.x, y: note.y + by.y }));
}

/**
 * @param {Board} board
 * @param {Drop} drop
 * @param {Point} screen
 */
function chooseAmong(board, drop, screen) {
  const items = (drop.choices ?? []).map((choice) => ({
    name: choice.words,
    run: () => void board.do(choice.edits, choice.words),
  }));
  board.menu(screen, items, drop.words);
}

/**
 * @param {Scene} scene
 * @param {string[]} keys
 */
function movable(scene, keys) {
  const wanted = new Set(keys);
  return scene.notes.filter((note) => wanted.has(note.key) && !note.fixed);
}
