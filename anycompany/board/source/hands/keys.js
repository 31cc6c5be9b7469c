/**
 * The keyboard on the wall. Everything a pointer can do has its key here, and the actions of the step have theirs.
 *
 * @module hands/keys
 */

import { movesOf } from './drag.js';
import { keysMeant } from './meant.js';
import { nextInDirection } from './spatial.js';

/** @import { Board, Note } from '../types.js' */
/** @import { Direction } from './spatial.js' */

const NUDGE = 8;
const PAN = 120;
/** @type {Record<string, [number, number]>} */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * What the keys set going that is not of the board itself.
 *
 * @typedef {{moveTo(): void, menu(): void, type(letters: string): boolean, cancel(): boolean, findings(): void}} Doings
 *   `type` begins a new note, `cancel` gives up what is in the hand
 */

/**
 * Gives the wall its keys.
 *
 * @param {Board} board
 * @param {HTMLElement} element of the wall
 * @param {Doings} doings
 * @returns {{spaceHeld(): boolean, spaceUsed(): void}}
 */
export function giveKeys(board, element, doings) {
  let space = false;
  let used = false;

  element.addEventListener('keydown', (event) => {
    if (event.isComposing || event.defaultPrevented || fromField(event)) return;
    if (event.key === ' ' && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      if (!space) used = false;
      space = true;
      element.classList.add('is-hand');
      return;
    }
    if (!onKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  board.root.addEventListener('keydown', (event) => {
    const key = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : '';
    if ((key !== 'z' && key !== 'y') || event.defaultPrevented || fromField(event)) return;
    event.preventDefault();
    void takeBack(board, key === 'z' && !event.shiftKey);
  });
  element.addEventListener('keyup', (event) => {
    if (event.key !== ' ' || !space) return;
    space = false;
    element.classList.remove('is-hand');
    if (!used && !fromField(event) && keysMeant(board).length) doings.moveTo();
  });
  element.addEventListener('focusout', () => {
    space = false;
    element.classList.remove('is-hand');
  });

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key meant something
   */
  const onKey = (event) => {
    const control = event.ctrlKey || event.metaKey;
    if (event.key in WAYS) return arrow(event, control);
    if (control) return event.key.toLowerCase() === 'a' && selectAll();
    if (event.altKey) return false;
    switch (event.key) {
      case 'Home':
      case 'End':
        return toNote(board.scene.notes.at(event.key === 'Home' ? 0 : -1), event.shiftKey);
      case 'Enter':
      case 'F2':
        if (board.focused && onNote(event)) board.edit(board.focused);
        else doings.type('');
        return true;
      case 'Escape':
        return escape(event);
      case 'ContextMenu':
        doings.menu();
        return true;
      case 'F10':
        if (event.shiftKey) doings.menu();
        return event.shiftKey;
      case '+':
      case '=':
        board.camera.zoomBy(1.25);
        return true;
      case '-':
        board.camera.zoomBy(1 / 1.25);
        return true;
      case '0':
        board.camera.fit();
        return true;
    }
    return action(event) || letter(event);
  };

  /**
   * @param {KeyboardEvent} event
   * @param {boolean} control
   */
  const arrow = (event, control) => {
    const [dx, dy] = WAYS[event.key];
    if (event.altKey) return nudge(dx, dy);
    if (control) {
      board.camera.panBy(dx * PAN, dy * PAN);
      return true;
    }
    const { notes, regions } = board.scene;
    const things = [...notes, ...regions.filter((region) => region.ref)];
    const from = things.find((thing) => thing.key === board.focused);
    if (!from || !onNote(event)) return toNote(/** @type {Note} */ (from ?? things[0]), false);
    const next = nextInDirection(things, from, /** @type {Direction} */ (event.key));
    return toNote(/** @type {Note | undefined} */ (next ?? undefined), event.shiftKey) || true;
  };

  /**
   * @param {{key: string} | undefined} note
   * @param {boolean} extending
   */
  const toNote = (note, extending) => {
    if (!note) return false;
    if (extending) board.select([...(board.focused ? [board.focused] : []), note.key], 'add');
    else board.select([note.key]);
    board.focus(note.key);
    return true;
  };

  /**
   * @param {number} dx
   * @param {number} dy
   */
  const nudge = (dx, dy) => {
    const keys = keysMeant(board);
    const notes = board.scene.notes.filter((note) => keys.includes(note.key) && !note.fixed);
    if (!notes.length) return false;
    if (!board.scene.free) board.say('Notes have their places here. Press M to move this one to another place.');
    else void board.do(movesOf(notes, { x: dx * NUDGE, y: dy * NUDGE }), 'Moved.');
    return true;
  };

  const selectAll = () => {
    board.select(board.scene.notes.map((note) => note.key));
    board.say(`${board.selection.size} notes selected.`);
    return true;
  };

  /**
   * Gives up what is in the hand, else the selection, else the note: then what is done is done to the whole wall.
   *
   * @param {KeyboardEvent} event
   */
  const escape = (event) => {
    if (doings.cancel()) return true;
    if (board.selection.size) {
      board.select([]);
      board.say('Nothing selected.');
      return true;
    }
    if (!onNote(event)) return false;
    element.focus({ preventScroll: true });
    board.say('The whole wall.');
    return true;
  };

  /** @param {KeyboardEvent} event */
  const action = (event) => {
    const keys = keysOf(event);
    const wanted = board.actions().find((one) => one.keys && sameKeys(one.keys, keys));
    if (wanted) board.run(wanted);
    else if (keys === 'm' && keysMeant(board).length) doings.moveTo();
    else if (keys === '!' && keysMeant(board).length) doings.findings();
    else return false;
    return true;
  };

  /** @param {KeyboardEvent} event */
  const letter = (event) => /^[\p{L}\p{N}]$/u.test(event.key) && doings.type(event.key);

  return { spaceHeld: () => space, spaceUsed: () => void (used = true) };
}

/**
 * Undoes or redoes one's own last edit, and says what came of it.
 *
 * @param {Board} board
 * @param {boolean} back undo rather than redo
 */
export async function takeBack(board, back) {
  const outcome = await (back ? board.session.undo() : board.session.redo());
  if (outcome.ok) board.say(back ? 'Undone.' : 'Done again.');
  else board.notice('note', `${outcome.why} ${outcome.remedy}`.trim());
}

/**
 * A key press in the words of an action's `keys`: 'p', 'Shift+m', 'Delete'.
 *
 * @param {{key: string, shiftKey: boolean}} event
 * @returns {string}
 */
export function keysOf({ key, shiftKey }) {
  if (key === 'Backspace') return 'Delete';
  const isLetter = /^\p{L}$/u.test(key);
  const shifted = shiftKey && (isLetter || key.length > 1);
  return `${shifted ? 'Shift+' : ''}${isLetter ? key.toLowerCase() : key}`;
}

/**
 * @param {string} one
 * @param {string} other
 */
function sameKeys(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}

/** @param {Event} event */
function fromField(event) {
  const fields = 'input, textarea, select, [contenteditable], .editor';
  return event.target instanceof Element && Boolean(event.target.closest(fields));
}

/** @param {Event} event */
function onNote(event) {
  return event.target instanceof Element && Boolean(event.target.closest('.note, .place'));
}
