/**
 * One sticky note as an element: paper, hexagon, card or chip.
 *
 * @module paint/note
 */

import { h } from '../dom.js';
import { HUES } from '../palette.js';
import { SAID, SHOWN, clip, initials, isBlank } from './text.js';

/** @import { Note, Person } from '../types.js' */

/**
 * What is said about a note beside its own words.
 *
 * @typedef {{
 *   findings: number, severity: string, worst: string,
 *   holders: Person[],
 *   selected: boolean,
 * }} Mark `worst`: the most severe finding in words
 */

/** @type {Mark} */
export const UNMARKED = { findings: 0, severity: '', worst: '', holders: [], selected: false };

const LINE = { paper: 17, hex: 16, card: 18, chip: 16 };
const SMALL_LINE = 15;
const PADDING = { paper: 18, hex: 46, card: 22, chip: 8 };
const TAG = 14;
const MOST_DOTS = 5;
const MOST_LINES = 40;
/** The letter of a finding's badge; its shape and colour come from the style sheet. */
const LETTERS = /** @type {Record<string, string>} */ ({ error: '!', warning: '!', note: 'i' });

/**
 * A new, empty element for a note; `fillNote` writes on it.
 *
 * @param {string} key
 * @returns {HTMLElement}
 */
export function newNote(key) {
  const spokenOf = { role: 'group', 'aria-roledescription': 'sticky note' };
  return h('div', { class: 'note', 'data-key': key, tabindex: -1, ...spokenOf });
}

/**
 * Writes a note's data on its element; marks are kept.
 *
 * @param {HTMLElement} element
 * @param {Note} note
 */
export function fillNote(element, note) {
  element.className = noteClasses(note).join(' ');
  element.dataset.kind = note.kind;
  element.style.width = `${note.w}px`;
  element.style.height = `${note.h}px`;
  if (note.hue === undefined) element.removeAttribute('data-hue');
  else element.dataset.hue = String(note.hue);
  wearHue(element, note.hue);
  element.querySelector(':scope > .face')?.remove();
  element.prepend(face(note));
}

/**
 * Puts what is said about a note on its element: findings, who holds it, whether it is selected.
 *
 * @param {HTMLElement} element
 * @param {Note} note
 * @param {Mark} mark
 */
export function markNote(element, note, mark) {
  element.classList.toggle('is-selected', mark.selected);
  element.classList.toggle('is-held', mark.holders.length > 0);
  element.setAttribute('aria-label', spoken(note, mark));
  const holder = mark.holders[0];
  element.style.setProperty('--holder', holder ? `var(--ab-name-${holder.hue % HUES})` : '');
  for (const old of element.querySelectorAll(':scope > .finding, :scope > .holder')) old.remove();
  if (mark.findings) element.append(badge(mark));
  if (holder) element.append(ring(holder));
}

/**
 * The whole note in words, for a screen reader.
 *
 * @param {Note} note
 * @param {Mark} mark
 * @returns {string}
 */
export function spoken(note, mark) {
  const parts = [clip(note.says, SAID)];
  if (mark.findings) parts.push(`${count(mark.findings, 'finding')}: ${mark.worst}`);
  for (const person of mark.holders) {
    parts.push(`${person.editing === note.key ? 'edited' : 'held'} by ${clip(person.name, 40)}`);
  }
  if (mark.selected) parts.push('selected');
  return parts.join(', ');
}

/**
 * Sets the hue that the style sheet draws with.
 *
 * @param {HTMLElement | SVGElement} element
 * @param {number | undefined} hue
 */
export function wearHue(element, hue) {
  for (const role of ['hue', 'tint', 'name']) {
    if (hue === undefined) element.style.removeProperty(`--${role}`);
    else element.style.setProperty(`--${role}`, `var(--ab-${role}-${hue % HUES})`);
  }
}

/** @param {Note} note */
function noteClasses(note) {
  const classes = ['note', `is-${note.shape}`, `of-${note.kind}`];
  if (note.pivotal) classes.push('is-pivotal');
  if (note.guess) classes.push('is-guess');
  if (note.crossing) classes.push('is-crossing');
  if (note.copy) classes.push('is-copy');
  if (note.faded) classes.push('is-faded');
  if (note.hue !== undefined) classes.push('has-hue');
  if (note.fixed) classes.push('is-fixed');
  return classes;
}

/** @param {Note} note */
function face(note) {
  const blank = isBlank(note.text);
  const lines = (note.lines ?? []).slice(0, MOST_LINES);
  const tagged = note.tag || note.pivotal || note.votes;
  const room = note.h - PADDING[note.shape] - (tagged ? TAG : 0) - lines.length * SMALL_LINE;
  const classes = `text${blank ? ' is-blank' : ''}${tightness(note)}`;
  const clamp = Math.max(1, Math.floor(room / LINE[note.shape]));
  const text = blank ? 'No name yet' : clip(note.text, SHOWN);
  return h(
    'div',
    { class: 'face', 'aria-hidden': 'true' },
    tagged && tag(note),
    h('div', { class: classes, dir: 'auto', style: `-webkit-line-clamp:${clamp}` }, text),
    lines.map((line) => h('div', { class: 'line', dir: 'auto' }, clip(line, SHOWN))),
  );
}

/**
 * The small line above the text: what it is, whether it is pivotal, how many votes it has.
 *
 * @param {Note} note
 */
function tag(note) {
  const votes = note.votes ?? 0;
  const dots = '●'.repeat(Math.min(votes, MOST_DOTS));
  return h(
    'div',
    { class: 'tag' },
    note.tag || null,
    note.tag && note.pivotal ? ' · ' : null,
    note.pivotal && h('b', null, 'pivotal'),
    votes ? h('span', { class: 'votes' }, votes > MOST_DOTS ? `${dots} ${votes}` : dots) : null,
  );
}

/**
 * Long words are written smaller, so that they are not broken in the middle.
 *
 * @param {Note} note
 */
function tightness(note) {
  const longest = Math.max(...clip(note.text, SHOWN).split(/[\s-]+/).map((word) => word.length));
  const most = note.w / (note.shape === 'hex' ? 9.2 : 10.2);
  return longest <= most ? '' : longest <= most * 1.2 ? ' is-tight' : ' is-tighter';
}

/** @param {Mark} mark */
function badge(mark) {
  const letter = LETTERS[mark.severity] ?? LETTERS.note;
  return h(
    'button',
    {
      class: `finding is-${mark.severity in LETTERS ? mark.severity : 'note'}`,
      type: 'button',
      tabindex: -1,
      'aria-label': `${count(mark.findings, 'finding')}: ${mark.worst}`,
      title: mark.worst,
    },
    h('span', { 'aria-hidden': 'true' }, mark.findings > 1 ? Math.min(mark.findings, 99) : letter),
  );
}

/** @param {Person} person */
function ring(person) {
  const title = clip(person.name, 40);
  const element = h('span', { class: 'holder', 'aria-hidden': 'true', title }, initials(person.name));
  wearHue(element, person.hue);
  return element;
}

/**
 * @param {number} number
 * @param {string} noun
 */
function count(number, noun) {
  return number === 1 ? `one ${noun}` : `${number} ${noun}s`;
}
