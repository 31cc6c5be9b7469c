/**
 * The editor in place: a note's text is changed where it stands, and a new note is written where it will lie. What
 * others do meanwhile is said beside it and never takes away what somebody is typing.
 *
 * @module hands/editing
 */

import { h } from '../dom.js';
import { isBlank } from '../paint/text.js';
import { wordingOf, asName } from './naming.js';

/** @import { Board, Box, Outcome, Point } from '../types.js' */
/** @import { Wall } from '../paint/wall.js' */
/** @import { Wording } from './naming.js' */

const LEAST = { w: 168, h: 76 };
const TALLEST = 260;
const NEW_NOTE = { w: 132, h: 88 };

/**
 * @typedef {{box: () => Box, kind: string, text: string, label: string, commit(text: string): void, ended(): void,
 *   meanwhile?: () => string | null, choices?: {name: string, run: (text: string) => void}[]}} Writing
 *   `meanwhile` says what became of the text under the editor; with `choices` the editor stays until one is taken
 */

/**
 * The editor that is open.
 *
 * @typedef {{element: HTMLElement, finish(commit: boolean, refocus?: boolean): void, place(): void, look(): void}} Open
 */

/**
 * Editing in place on a wall.
 *
 * @param {Board} board
 * @param {Wall} wall
 * @param {(text: string, at: Point | null) => boolean} add what to do with a new note's text
 * @returns {{edit(key: string): void, newAt(at: Point): void, close(): void, readonly open: boolean}}
 */
export function makeEditing(board, wall, add) {
  /** @type {Open | null} */
  let current = null;

  /** @param {Writing} writing */
  const open = (writing) => {
    current?.finish(true, false);
    const field = h('textarea', { 'aria-label': writing.label, dir: 'auto', rows: 2, spellcheck: 'true' });
    const line = h('p', { class: 'meanwhile', role: 'status', hidden: true });
    const buttons = (writing.choices ?? []).map(({ name, run }) => {
      const take = () => {
        const text = asName(field.value);
        finish(false);
        run(text);
      };
      return h('button', { type: 'button', onclick: take }, name);
    });
    const choices = buttons.length ? h('div', { class: 'choices' }, buttons) : null;
    const element = h('div', { class: `editor of-${writing.kind}` }, field, line, choices);
    field.value = writing.text;

    const grow = () => {
      field.style.height = 'auto';
      field.style.height = `${Math.min(TALLEST, Math.max(Number(field.dataset.least), field.scrollHeight))}px`;
    };
    const place = () => {
      const box = writing.box();
      const { x, y } = wall.camera.toScreen(box);
      const zoom = wall.camera.zoom;
      const [width, height] = [Math.max(LEAST.w, box.w * zoom), Math.max(LEAST.h, box.h * zoom)];
      element.style.transform = `translate(${x + (box.w * zoom - width) / 2}px, ${y + (box.h * zoom - height) / 2}px)`;
      element.style.width = `${width}px`;
      field.style.fontSize = `${14 * Math.max(1, Math.min(zoom, 1.8))}px`;
      field.dataset.least = String(height);
      grow();
    };
    const look = () => {
      const words = writing.meanwhile?.() ?? null;
      line.hidden = !words;
      if (words && line.textContent !== words) line.textContent = words;
      place();
    };
    const finish = (/** @type {boolean} */ commit, refocus = true) => {
      if (current?.element !== element) return;
      current = null;
      const text = asName(field.value);
      element.remove();
      board.session.tell({ editing: null });
      if (refocus) writing.ended();
      if (commit && !isBlank(text)) writing.commit(text);
      else if (commit && writing.text) board.say('A name cannot be empty. Nothing was changed.');
    };

    field.addEventListener('input', grow);
    field.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === 'Enter' || event.key === 'Tab') finish(true);
      else if (event.key === 'Escape') finish(false);
      else return;
      event.preventDefault();
    });
    field.addEventListener('blur', () => {
      if (document.hasFocus() && !choices) finish(true, false);
    });
    choices?.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key === 'Escape') finish(false);
    });
    current = { element, finish, place, look };
    wall.element.append(element);
    look();
    field.focus({ preventScroll: true });
    field.select();
  };

  /**
   * @param {string} key
   * @param {string} ref
   * @param {Wording} wording what the person began from
   * @param {Partial<Writing>} [other] what is different from plain editing
   */
  const openNote = (key, ref, wording, other = {}) => {
    const drawn = wall.boxOf(key);
    if (!drawn) return;
    let box = /** @type {Box} */ (drawn);
    wall.camera.reveal(box);
    board.session.tell({ editing: key });
    open({
      box: () => (box = placeOf(key) ?? box),
      kind: 'kind' in drawn ? drawn.kind : 'event',
      text: wording.text,
      label: `Text of ${wording.text || 'this note'}`,
      commit: (typed) => void rename(key, ref, wording, typed),
      ended: () => board.focus(key),
      meanwhile: () => meanwhile(key, ref, wording),
      ...other,
    });
  };

  /**
   * Where the words of a note stand: all of a note, the head of a place.
   *
   * @param {string} key
   * @returns {Box | null}
   */
  const placeOf = (key) => {
    const drawn = wall.boxOf(key);
    if (!drawn) return null;
    return 'shape' in drawn ? drawn : { x: drawn.x + 8, y: drawn.y + 8, w: Math.min(drawn.w - 16, 260), h: 44 };
  };

  /**
   * @param {string} key
   * @param {string} ref
   * @param {Wording} began
   */
  const meanwhile = (key, ref, began) => {
    const now = wordingOf(board.session.doc, key, ref);
    if (!now) return 'Somebody removed this note meanwhile.';
    if (now.text === began.text) return null;
    const writer = board.session.people.find((person) => person.editing === key && person.id !== board.session.me.id);
    return `${writer?.name || 'Somebody'} has written “${now.text.slice(0, 80)}” meanwhile.`;
  };

  /**
   * @param {string} key
   * @param {string} ref
   * @param {Wording} began
   * @param {string} text
   */
  const rename = async (key, ref, began, text) => {
    if (text === began.text) return;
    board.say(`Renamed to “${text.slice(0, 80)}”.`);
    const outcome = await board.session.do(began.rename(text), { was: began.was });
    if (outcome.ok) return;
    const { conflict } = outcome;
    const again = () => (conflict ? settle(key, ref, began, text, conflict) : openNote(key, ref, began, { text }));
    if (conflict && !current) return again();
    const name = conflict ? 'Choose' : 'Write it again';
    board.notice('warning', `${outcome.why} ${outcome.remedy}`.trim(), [{ name, run: again }]);
  };

  /**
   * Two people wrote something else: the editor opens again with one's own text, the choice is by name, and nobody's
   * words are lost.
   *
   * @param {string} key
   * @param {string} ref
   * @param {Wording} began
   * @param {string} mine
   * @param {{theirs: string, author: string}} conflict
   */
  const settle = (key, ref, began, mine, { theirs, author }) => {
    const now = { ...(wordingOf(board.session.doc, key, ref) ?? began), text: theirs, was: theirs };
    const another = began.again;
    const keepMine = (/** @type {string} */ text) => void rename(key, ref, now, text);
    const keepBoth = (/** @type {string} */ text) => {
      if (another) void board.do([another(text)], `Added “${text.slice(0, 80)}”.`);
    };
    openNote(key, ref, now, {
      text: mine,
      commit: keepMine,
      meanwhile: () => `${author || 'Somebody'} has written “${theirs.slice(0, 80)}” meanwhile.`,
      choices: [
        { name: 'Keep mine', run: keepMine },
        { name: 'Keep theirs', run: () => board.say(`“${theirs.slice(0, 80)}” stays.`) },
        ...(another ? [{ name: 'Keep both', run: keepBoth }] : []),
      ],
    });
  };

  wall.camera.on(() => current?.place());
  board.on('draw', () => current?.look());

  return {
    get open() {
      return current !== null;
    },
    edit(key) {
      const drawn = wall.boxOf(key);
      const ref = drawn?.ref ?? key;
      const wording = wordingOf(board.session.doc, key, ref);
      if (!drawn || board.replay !== null || board.root.classList.contains('is-readonly')) return;
      if (!wording) return board.say('This note has no text of its own to edit.');
      openNote(key, ref, wording);
    },
    newAt(at) {
      if (board.step.placeholder === null || board.root.classList.contains('is-readonly')) return;
      const box = { x: Math.round(at.x - NEW_NOTE.w / 2), y: Math.round(at.y - NEW_NOTE.h / 2), ...NEW_NOTE };
      open({
        box: () => box,
        kind: 'event',
        text: '',
        label: board.step.placeholder,
        commit: (text) => void add(text, { x: box.x, y: box.y }),
        ended: () => wall.element.focus({ preventScroll: true }),
      });
    },
    close: () => current?.finish(false),
  };
}
