/**
 * Copy, cut and paste on the wall: notes travel as lines of text, which any program can read, and beside that as what
 * they are, so that a hot spot stays a hot spot.
 *
 * @module hands/clipboard
 */

import { splitRef } from '../model/reading.js';
import { keysMeant } from './meant.js';

/** @import { Action, Board, Edit, Note } from '../types.js' */

const OURS = 'application/x-anycompany-notes';
/** What can be added again by its name alone. */
const AGAIN = ['policies', 'entities', 'contexts', 'services', 'hotspots', 'decisions'];

/**
 * Gives the wall copy, cut and paste.
 *
 * @param {Board} board
 * @param {HTMLElement} element of the wall
 * @param {(text: string) => Promise<void>} addLines what to do with a list of lines
 */
export function giveClipboard(board, element, addLines) {
  const mine = (/** @type {ClipboardEvent} */ event) =>
    event.target instanceof Element && event.target.closest('input, textarea') ? null : event.clipboardData;

  for (const kind of /** @type {const} */ (['copy', 'cut'])) {
    element.addEventListener(kind, (event) => {
      const data = mine(event);
      const notes = chosen(board);
      if (!data || !notes.length) return;
      event.preventDefault();
      data.setData('text/plain', linesOf(notes));
      const things = notes.map((note) => ({ section: splitRef(note.ref ?? note.key)[0], text: note.text }));
      data.setData(OURS, JSON.stringify(things));
      board.say(notes.length === 1 ? `Copied “${notes[0].text.slice(0, 80)}”.` : `Copied ${notes.length} notes.`);
      const remove = kind === 'cut' && board.actions().find((action) => action.keys === 'Delete');
      if (remove) board.run(/** @type {Action} */ (remove));
    });
  }
  element.addEventListener('paste', (event) => {
    const data = mine(event);
    if (!data) return;
    event.preventDefault();
    const ours = readOurs(data.getData(OURS));
    const text = ours ? ours.lines.join('\n') : data.getData('text/plain');
    if (ours?.edits.length) void board.do(ours.edits, 'Pasted.');
    if (text.trim()) void addLines(text);
  });
}

/**
 * The notes as lines of text, one each.
 *
 * @param {Note[]} notes
 * @returns {string}
 */
export function linesOf(notes) {
  return notes.map((note) => note.text.replace(/\s+/g, ' ')).join('\n');
}

/**
 * What was copied from a board: events as lines, other things as edits that add them again.
 *
 * @param {string} json
 * @returns {{lines: string[], edits: Edit[]} | null} null when it is not from a board
 */
export function readOurs(json) {
  try {
    const things = JSON.parse(json);
    if (!Array.isArray(things)) return null;
    const named = things.filter((one) => typeof one?.text === 'string' && typeof one.section === 'string');
    const again = named.filter((one) => AGAIN.includes(one.section));
    return {
      lines: named.filter((one) => !again.includes(one)).map((one) => one.text),
      edits: again.map((one) => ({ kind: 'add', to: one.section, name: one.text })),
    };
  } catch {
    return null;
  }
}

/** @param {Board} board */
function chosen(board) {
  const keys = new Set(keysMeant(board));
  return board.scene.notes.filter((note) => keys.has(note.key));
}
