/**
 * All hands of a board: pointer, keyboard, editor in place, the field for new notes, the clipboard.
 *
 * @module hands
 */

import { chooseFrom } from '../frame/chooser.js';
import { showFindings } from '../frame/findings.js';
import { findingsByRef } from '../paint/marks.js';
import { makeOverlay } from '../paint/overlay.js';
import { litNote } from '../steps/steering.js';
import { giveClipboard } from './clipboard.js';
import { carryOut } from './drag.js';
import { makeEditing } from './editing.js';
import { giveKeys } from './keys.js';
import { keysMeant } from './meant.js';
import { givePointers } from './pointer.js';
import { freeSpot } from './spatial.js';
import { makeTyping } from './typing.js';

/** @import { Action, Board, Edit, Point } from '../types.js' */
/** @import { Wall } from '../paint/wall.js' */

const NEW_NOTE = { w: 132, h: 88 };

/**
 * Gives a board its hands.
 *
 * @param {Board} board
 * @param {Wall} wall
 * @returns {{edit(key: string): void, actions(): Action[], typing: HTMLElement}} `actions` are those of the wall itself
 */
export function giveHands(board, wall) {
  const overlay = makeOverlay(wall.camera);
  const readOnly = () => board.root.classList.contains('is-readonly');

  /**
   * @param {string} text
   * @param {Point | null} [at] a free place in sight when nobody chose one
   * @returns {boolean} whether something came of it
   */
  const add = (text, at = null) => {
    const spot = at ?? freeSpot(board.scene.notes, inSight(), NEW_NOTE);
    const near = [...board.selection].pop() ?? board.focused;
    try {
      const edits = board.step.typed(board.session.doc, text, near, spot);
      if (edits.length) void addAll(edits, `Added “${text.slice(0, 80)}”.`, at !== null);
      else board.notice('note', 'Nothing was added: it is here already, or it cannot be added at this step.');
      return edits.length > 0;
    } catch (error) {
      board.notice('warning', error instanceof Error ? error.message : String(error));
      return false;
    }
  };

  /** @param {string} text */
  const addLines = async (text) => {
    if (readOnly() || (isJson(text) && add(text))) return;
    try {
      const { edits } = await board.session.ask('lines', { text });
      const count = edits.length;
      await addAll(edits, count === 1 ? 'One note added.' : `${count} notes added.`, false);
    } catch (error) {
      board.notice('warning', error instanceof Error ? error.message : String(error));
    }
  };

  /**
   * @param {Edit[]} edits
   * @param {string} words
   * @param {boolean} focusing whether the focus goes to the new note
   */
  const addAll = async (edits, words, focusing) => {
    const before = new Set(board.scene.notes.map((note) => note.key));
    const done = board.do(edits, words);
    const made = board.scene.notes.filter((note) => !before.has(note.key));
    if (made.length) {
      board.select(made.map((note) => note.key));
      if (focusing) board.focus(made[0].key);
      else wall.camera.reveal(made[made.length - 1]);
    }
    await done;
  };

  /** The part of the wall that is in sight and not below the field for new notes. */
  const inSight = () => {
    const { x, y, w, h } = wall.camera.sight;
    const under = wall.camera.inset / wall.camera.zoom;
    return { x, y: y + under, w, h: h - under };
  };

  /**
   * The middle of a note, or else of the wall, in px of the root.
   *
   * @param {string | null} key
   */
  const cornerOf = (key) => {
    const { left, top, width, height } = ((key && wall.noteElement(key)) || wall.element).getBoundingClientRect();
    const root = board.root.getBoundingClientRect();
    return { x: left - root.left + width / 2, y: top - root.top + height / 2 };
  };

  const moveTo = () => {
    const keys = keysMeant(board);
    const held = board.scene.notes.filter((note) => keys.includes(note.key) && !note.fixed).map((note) => note.key);
    const drops = held.length && !readOnly() ? board.step.drops(board.session.doc, board.scene, held) : [];
    if (!drops.length) return board.say('This note cannot be moved at this step.');
    const at = cornerOf(held[0]);
    chooseFrom(board, 'Move to…', drops.map((drop) => ({ words: drop.words, run: () => carryOut(board, drop, at) })));
  };

  /** @param {string | null} key */
  const findings = (key = board.focused) => {
    const thing = key && wall.boxOf(key);
    if (thing) showFindings(board, thing.ref ?? thing.key, cornerOf(thing.key));
  };

  /**
   * @param {string | null} key
   * @param {Point} at
   */
  const menuAt = (key, at) => {
    if (key && !board.selection.has(key)) board.select([key]);
    if (key) board.focus(key, { reveal: false });
    else board.select([]);
    const thing = key ? wall.boxOf(key) : null;
    const title = thing ? ('text' in thing ? thing.text : thing.title) : undefined;
    const actions = board.actions();
    const ours = actions.filter((action) => action.id.startsWith('wall-') && !(key && action.id === 'wall-write'));
    const others = actions.filter((action) => !action.id.startsWith('wall-'));
    const items = [...ours, ...others].map((action) => ({ ...action, run: () => board.run(action) }));
    const many = board.selection.size > 1;
    if (items.length) board.menu(at, items, many ? `${board.selection.size} notes` : title?.slice(0, 60));
  };

  const menu = () => {
    const key = keysMeant(board).pop() ?? null;
    menuAt(key, cornerOf(key));
  };

  const editing = makeEditing(board, wall, add);
  const typing = makeTyping(board, add, addLines);
  const keys = giveKeys(board, wall.element, {
    moveTo,
    menu,
    findings,
    type: (letters) => !readOnly() && typing.start(letters),
    cancel: () => pointers.cancel(),
  });
  const pointers = givePointers(board, wall, overlay, { menuAt, newAt: (at) => editing.newAt(at), ...keys });
  giveClipboard(board, wall.element, addLines);

  wall.element.append(overlay.element, typing.element);
  wall.element.addEventListener('click', (event) => {
    const badge = /** @type {Element} */ (event.target).closest('.finding');
    const thing = badge?.closest('[data-key]');
    if (thing instanceof HTMLElement) findings(thing.dataset.key ?? null);
  });
  const pointTo = () => {
    const others = board.session.people.filter((person) => person.id !== board.session.me.id);
    overlay.pointers(others, board.step.number);
  };
  board.session.on('people', pointTo);
  board.on('draw', () => {
    pointTo();
    overlay.spot(litNote(board));
    typing.draw();
  });

  return {
    edit: (key) => editing.edit(key),
    typing: typing.element,
    actions: () => wallActions(board, { moveTo, findings, write: () => void typing.start(''), readOnly: readOnly() }),
  };
}

/**
 * What can be done on every wall, for the menu and the palette.
 *
 * @param {Board} board
 * @param {{moveTo: () => void, findings: () => void, write: () => void, readOnly: boolean}} doings
 * @returns {Action[]}
 */
function wallActions(board, { moveTo, findings, write, readOnly }) {
  const key = keysMeant(board).pop();
  const note = board.scene.notes.find((one) => one.key === key);
  const writes = !readOnly && board.step.placeholder !== null;
  /** @type {Action[]} */
  const actions = writes ? [{ id: 'wall-write', name: 'Write a new note', run: write }] : [];
  if (!key) return actions;
  const found = findingsByRef(board.session.insight?.findings ?? {}, board.step.number).has(note?.ref ?? key);
  if (!readOnly) actions.push({ id: 'wall-edit', name: 'Edit the text', keys: 'F2', run: () => board.edit(key) });
  if (!readOnly && note && !note.fixed) actions.push({ id: 'wall-move', name: 'Move to…', keys: 'm', run: moveTo });
  if (found) actions.push({ id: 'wall-findings', name: 'Show the findings', keys: '!', run: () => findings() });
  return actions;
}

/**
 * Whether a pasted text is one thing rather than a list of lines.
 *
 * @param {string} text
 */
function isJson(text) {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
