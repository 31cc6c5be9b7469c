/**
 * The notes of step 3 at the origin: what starts an event, stuck above it, and policies.
 *
 * @module steps/triggers_notes
 */

import { NOTE } from './common.js';
import { shortened } from './naming.js';
import { originOf, policySentence, sayTrigger, scheduleWords, tasksOf } from './triggers_words.js';

/**
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Note} Note
 * @typedef {import('../types.js').Policy} Policy
 * @typedef {import('../types.js').Trigger} Trigger
 */

/** A policy. */
export const POLICY = { w: 140, h: 96 };

/** The height of a note of one line of text, and what another line of text or a small line adds. */
const ONE_LINE = 54;
const LINE = 17;
const SMALL_LINE = 15;
const ACTOR_WIDTH = 118;
/** How many letters of text, and of a small line, a note is wide; an actor's is narrower. */
const WIDE = 13;
const ACTOR_WIDE = 11;
const SMALL_WIDE = 18;
const MOST_TEXT_LINES = 3;
const MOST_REMARK_LINES = 4;
/** How far one note is stuck over the next. */
const STUCK = 4;
const MOST_TASKS = 2;

/**
 * The notes that are stuck above an event, and how much room they take above it. Their `y` is counted from the top
 * of the event, so it is below zero.
 *
 * @param {Doc} doc
 * @param {string} event
 * @param {Trigger | undefined} trigger
 * @param {boolean} [guess] whether it is only a guess
 * @returns {{notes: Note[], height: number}}
 */
export function triggerNotes(doc, event, trigger, guess = false) {
  if (!trigger) return { notes: [], height: 0 };
  const name = doc.events?.[event]?.name ?? event;
  const said = `${guess ? 'Guess: ' : ''}${sayTrigger(trigger)} starts ${name}`;
  let y = 0;
  const notes = partsOf(trigger).map(({ part, kind, tag, text, lines, size }) => {
    y -= size.h - STUCK;
    return /** @type {Note} */ ({
      x: 0,
      y,
      ...size,
      key: guess ? `guess/triggers/${event}#${part}` : `triggers/${event}#${part}`,
      ...(!guess && { ref: `triggers/${event}` }),
      kind,
      shape: 'paper',
      tag,
      text,
      lines,
      ...(guess && { guess: true, fixed: true }),
      says: `${tag[0].toUpperCase()}${tag.slice(1)} ${text}: ${said}`,
    });
  });
  return { notes: notes.reverse(), height: -y };
}

/**
 * @param {Trigger} trigger
 * @returns {{part: string, kind: string, tag: string, text: string, lines?: string[], size: {w: number, h: number}}[]}
 *   from the event upwards
 */
function partsOf(trigger) {
  const lines = inLines(trigger.says ?? '');
  switch (originOf(trigger)) {
    case 'external':
      return [
        {
          part: 'external',
          kind: 'external',
          tag: 'external system',
          text: trigger.external ?? '',
          lines,
          size: sizeFor(trigger.external ?? '', lines),
        },
      ];
    case 'schedule':
      return [
        {
          part: 'schedule',
          kind: 'schedule',
          tag: 'schedule',
          text: scheduleWords(trigger.schedule ?? ''),
          lines,
          size: sizeFor(scheduleWords(trigger.schedule ?? ''), lines),
        },
      ];
    case 'aws':
      return [
        {
          part: 'aws',
          kind: 'aws',
          tag: 'AWS event',
          text: trigger.aws?.['detail-type'] ?? '',
          lines: [trigger.aws?.source ?? ''],
          size: sizeFor(trigger.aws?.['detail-type'] ?? '', ['']),
        },
      ];
    default:
      return [
        ...(trigger.command !== undefined
          ? [
              {
                part: 'command',
                kind: 'command',
                tag: 'command',
                text: trigger.command,
                size: sizeFor(trigger.command),
              },
            ]
          : []),
        ...(trigger.actor !== undefined
          ? [
              {
                part: 'actor',
                kind: 'actor',
                tag: 'actor',
                text: trigger.actor,
                size: { ...sizeFor(trigger.actor, [], ACTOR_WIDE), w: ACTOR_WIDTH },
              },
            ]
          : []),
      ];
  }
}

/**
 * The size of a note that is stuck on: up to three lines of text, and its small lines.
 *
 * @param {string} text
 * @param {string[]} [lines]
 * @param {number} [wide] how many letters a line holds
 */
function sizeFor(text, lines = [], wide = WIDE) {
  return { w: NOTE.w, h: ONE_LINE + (textLines(text, wide) - 1) * LINE + lines.length * SMALL_LINE };
}

/**
 * How many lines a text takes when it is broken between words, and words that are too long within.
 *
 * @param {string} text
 * @param {number} wide how many letters a line holds
 */
function textLines(text, wide) {
  let [lines, used] = [1, 0];
  for (const { length } of shortened(text, wide * (MOST_TEXT_LINES + 1)).split(/\s+/)) {
    if (used && used + 1 + length > wide) [lines, used] = [lines + 1, 0];
    else if (used) used += 1;
    used += length;
    if (used > 1.2 * wide) [lines, used] = [lines + Math.floor(used / (1.2 * wide)), used % wide];
  }
  return Math.min(lines, MOST_TEXT_LINES);
}

/**
 * A remark as a few small lines, broken between words.
 *
 * @param {string} text
 * @returns {string[]}
 */
function inLines(text) {
  /** @type {string[]} */
  const lines = [];
  for (const word of shortened(text, SMALL_WIDE * (MOST_REMARK_LINES + 1))
    .split(/\s+/)
    .filter(Boolean)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && (last.length + word.length < SMALL_WIDE || lines.length === MOST_REMARK_LINES))
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/**
 * A policy as a lilac note at the origin.
 *
 * @param {Doc} doc
 * @param {string} id
 * @param {Policy} policy
 * @param {string} title
 * @param {boolean} [guess] whether it is only a guess, which the storm does not have yet
 * @returns {Note}
 */
export function policyNote(doc, id, policy, title, guess = false) {
  const tasks = tasksOf(policy);
  const lines =
    tasks.length > MOST_TASKS
      ? [...tasks.slice(0, MOST_TASKS - 1), `and ${tasks.length - MOST_TASKS + 1} more`]
      : tasks;
  const tag = policy.kind === 'standard' ? 'policy, may take long' : 'policy';
  return {
    x: 0,
    y: 0,
    ...POLICY,
    key: guess ? `guess/policies/${id}` : `policies/${id}`,
    ...(!guess && { ref: `policies/${id}` }),
    kind: 'policy',
    shape: 'paper',
    tag,
    text: title,
    lines,
    ...((guess || /** @type {any} */ (policy)['x-guess']) && { guess: true }),
    ...(guess && { fixed: true }),
    says: `${guess ? 'Guessed policy' : 'Policy'} ${title}: ${policySentence(doc, policy)}`,
  };
}
