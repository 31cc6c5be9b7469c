/**
 * Dots on hot spots and boundaries, as a list beside the wall: to put them while a vote is open, and to read what came
 * out of it. While dots are hidden it shows one's own.
 *
 * @module frame/voting
 */

import { h } from '../dom.js';
import { titleOf } from '../model/reading.js';
import { counted, shortened } from '../steps/naming.js';
import { votes } from '../steps/steering.js';
import { button } from './widgets.js';

/**
 * @param {import('../types.js').Board} board
 * @returns {HTMLElement | null} null without a workshop, and where nothing was voted on
 */
export function votingSection(board) {
  const { doc, workshop } = board.session;
  if (!workshop || !doc.workshop) return null;
  const things = [
    ...Object.entries(doc.hotspots ?? {}).map(([id, one]) => ({
      key: `hotspots/${id}`,
      words: one.text,
      votes: one.votes ?? [],
      owner: one.owner,
    })),
    ...Object.entries(doc.contexts ?? {}).map(([id, one]) => ({
      key: `contexts/${id}`,
      words: titleOf(doc, `contexts/${id}`),
      votes: one.votes ?? [],
      owner: one.owner,
    })),
  ];
  const dots = workshop.dots;
  const shown = dots ? things : things.filter((one) => one.votes.length);
  if (!shown.length) return null;
  const hidden = Boolean(doc.workshop.voting) && doc.workshop.voting?.hidden !== false;
  if (!hidden) shown.sort((one, other) => other.votes.length - one.votes.length);
  const left = dots ? dots.of - Object.keys(dots.on).length : 0;
  return h(
    'section',
    { class: 'f-section', 'aria-label': 'Votes' },
    h('h3', null, 'Votes', h('span', { class: 'f-tally' }, dots ? `${left} of ${dots.of} dots left` : '')),
    hidden ? h('p', { class: 'f-soft' }, 'Each sees only their own dots until the vote is closed.') : null,
    h(
      'ul',
      { class: 'f-lines' },
      shown.map((one) => h('li', { class: 'f-row' }, line(board, one, hidden))),
    ),
  );
}

/**
 * @param {import('../types.js').Board} board
 * @param {{key: string, words: string, votes: string[], owner?: string}} one
 * @param {boolean} hidden
 */
function line(board, one, hidden) {
  const dots = board.session.workshop?.dots;
  const mine = dots ? one.key in dots.on : false;
  const kind = one.key.startsWith('contexts/') ? 'Boundary' : 'Hot spot';
  return [
    h(
      'span',
      { class: 'f-slot-name' },
      h('span', { class: 'f-soft' }, `${kind} `),
      h('bdi', null, shortened(one.words, 80)),
      one.owner ? h('span', { class: 'f-soft' }, ` · ${shortened(one.owner, 30)}`) : null,
    ),
    hidden ? null : h('span', { class: 'f-tally' }, counted(one.votes.length, 'dot')),
    dots
      ? button({
          name: `${mine ? 'Take back your dot on' : 'Put a dot on'} ${one.words}`,
          words: mine ? 'Take back' : 'Dot',
          kind: `small${mine ? ' f-on' : ''}`,
          focus: `dot-${one.key}`,
          run: () => void board.do(votes(board, [one.key]).edits, mine ? 'Dot taken back.' : 'Dot put.'),
        })
      : null,
  ];
}
