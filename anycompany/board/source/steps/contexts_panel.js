/**
 * Beside the wall at step 5: what crosses, what it costs, what moving an entity would do, and other boundaries to try.
 *
 * @module steps/contexts_panel
 */

import { h } from '../dom.js';
import { button, marked } from '../frame/widgets.js';
import { titleOf } from '../model/reading.js';
import { changePart } from './contexts_change.js';
import { waysBetween } from './contexts_crossings.js';
import { suggestionsPart } from './contexts_suggestions.js';
import { trialOf } from './contexts_trial.js';
import { whatIfPart } from './contexts_whatif.js';
import { crossingEvents, scoreWords } from './contexts_words.js';
import { counted, shortened } from './naming.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Coupling} Coupling */
/** @typedef {import('../types.js').Doc} Doc */

/** Ways between contexts that are listed at once. */
const MOST_WAYS = 30;

/**
 * The panel of step 5.
 *
 * @param {Board} board
 * @returns {HTMLElement}
 */
export function contextsPanel(board) {
  const element = h('section', { class: 'c-panel', 'aria-label': 'Coupling' });
  const fill = () => {
    const active = element.ownerDocument.activeElement;
    const focus = active && element.contains(active) ? active.getAttribute('data-focus') : null;
    element.replaceChildren(...parts(board).filter((part) => part !== null));
    if (focus)
      (marked(element, 'data-focus', focus) ?? element.querySelector('button'))?.focus({ preventScroll: true });
  };
  fill();
  trialOf(board).redraw = fill;
  return element;
}

/**
 * @param {Board} board
 * @returns {(HTMLElement | null)[]}
 */
function parts(board) {
  const { doc, insight } = board.session;
  const now = insight?.coupling;
  if (!now || isBlank(insight)) return [h('h3', null, 'Coupling'), h('p', { class: 'f-soft' }, 'Counting what crosses a border …')];
  const entities = Object.keys(doc.entities ?? {}).length;
  if (Object.keys(doc.contexts ?? {}).length < 2) {
    const words = 'Two contexts make a border. Then it is counted here what crosses it, and what moving an entity would do.';
    const start = h('p', { class: 'f-soft' }, words);
    return [h('h3', null, 'Coupling'), start, entities ? suggestionsPart(board) : null];
  }
  const held = board.preview?.coupling ?? null;
  return [
    h('h3', null, 'Coupling'),
    numberPart(doc, held ?? now),
    held ? changePart(doc, now, held, board.preview?.words ?? '') : scorePart(now),
    held ? null : whatIfPart(board),
    suggestionsPart(board),
    waysPart(board, doc, held ?? now),
  ];
}

/**
 * Whether the kernel has not said yet what it finds: nothing is counted, and no step has been looked at.
 *
 * @param {import('../types.js').Insight} insight
 */
function isBlank({ coupling, progress }) {
  return !coupling.score && !coupling.reactions && !Object.keys(progress).length;
}

/**
 * The one number to look at.
 *
 * @param {Doc} doc
 * @param {Coupling} coupling
 */
function numberPart(doc, coupling) {
  const crossing = crossingEvents(coupling).length;
  const all = Object.keys(doc.events ?? {}).length;
  const served = new Set(
    Object.values(coupling.crossings)
      .filter((one) => one.copied)
      .map((one) => one.event),
  ).size;
  const verb = crossing === 1 ? 'event crosses a border' : 'events cross a border';
  return h(
    'div',
    { class: 'c-count' },
    h('span', { class: `c-number${crossing ? ' is-crossing' : ''}` }, String(crossing)),
    h(
      'p',
      null,
      `${verb} of ${all}`,
      served ? h('span', { class: 'c-more' }, `${served} of them served by a copy`) : null,
      coupling.guessed ? h('span', { class: 'c-more' }, 'Guessed from the order; step 3 says who reacts.') : null,
    ),
  );
}

/**
 * The score with its parts, each in plain words.
 *
 * @param {Coupling} coupling
 */
function scorePart(coupling) {
  const crossed = Object.keys(coupling.crossings).length;
  /** @type {[string, number, string][]} */
  const rows = [
    [
      'Communication',
      coupling.communication,
      `${crossed} of ${counted(coupling.reactions, 'reaction')} ${crossed === 1 ? 'crosses' : 'cross'} a border`,
    ],
    ['Size', 2 * coupling.size, 'how much sits in one context; counts double'],
    ['Copies', 0.5 * coupling.copies, 'copies that must be kept in step; count half'],
  ];
  const most = Math.max(2, coupling.score);
  return h(
    'details',
    { class: 'f-fold', 'data-fold': 'coupling-score' },
    h(
      'summary',
      { 'data-focus': 'coupling-score' },
      'Score ',
      h('strong', null, scoreWords(coupling.score)),
      h('span', { class: 'c-soft' }, ', the lower the looser'),
    ),
    h(
      'ul',
      { class: 'c-score' },
      rows.map(([name, value, words]) =>
        h(
          'li',
          null,
          h('span', { class: 'c-part' }, name),
          h('span', { class: 'c-value' }, scoreWords(value)),
          h(
            'span',
            { class: 'c-bar', 'aria-hidden': 'true' },
            h('span', { style: `inline-size:${Math.round((value / most) * 100)}%` }),
          ),
          h('span', { class: 'c-soft' }, words),
        ),
      ),
    ),
    h('p', { class: 'c-soft' }, 'Coupling advises; the organization’s own words decide.'),
  );
}

/**
 * All that crosses, by the two contexts it couples; each name goes to its note.
 *
 * @param {Board} board
 * @param {Doc} doc
 * @param {Coupling} coupling
 */
function waysPart(board, doc, coupling) {
  const ways = waysBetween(doc, coupling);
  if (!ways.length) return null;
  const name = (/** @type {string} */ ref) => shortened(titleOf(doc, ref), 40);
  return h(
    'details',
    { class: 'f-fold', 'data-fold': 'coupling-ways' },
    h('summary', { 'data-focus': 'coupling-ways' }, 'What crosses, by name'),
    ways.slice(0, MOST_WAYS).map((way) =>
      h(
        'div',
        { class: 'c-way' },
        h(
          'p',
          null,
          h('bdi', null, name(`contexts/${way.giver}`)),
          ' → ',
          h('bdi', null, name(`contexts/${way.taker}`)),
          way.copied ? h('span', { class: 'c-soft' }, ', served by a copy') : null,
        ),
        h(
          'ul',
          null,
          way.events.map((event) =>
            h(
              'li',
              null,
              button({
                name: name(`events/${event}`),
                words: name(`events/${event}`),
                kind: 'small',
                focus: `way-${way.taker}-${event}`,
                run: () => {
                  board.select([`events/${event}`]);
                  board.focus(`events/${event}`, { reveal: true });
                },
              }),
            ),
          ),
        ),
      ),
    ),
    ways.length > MOST_WAYS ? h('p', { class: 'c-soft' }, `and ${ways.length - MOST_WAYS} more ways`) : null,
  );
}
