/**
 * The line below the wall: whether one's edits arrive, how much there is, and how far one is from it.
 *
 * @module frame/status
 */

import { h } from '../dom.js';
import { icon } from './icons.js';
import { mayEdit, oncePerFrame } from './widgets.js';

/**
 * What to say about the connection, in words and as a sign.
 *
 * @param {{status: string, pending: number, replay: number | null}} now
 * @returns {{sign: string, words: string, tone: string}}
 */
export function statusWords({ status, pending, replay }) {
  const edits = pending === 1 ? '1 edit' : `${pending} edits`;
  if (status === 'outdated')
    return { sign: 'outdated', tone: 'warning', words: 'This page is older than the notebook: reload it to go on' };
  if (status === 'away') {
    return {
      sign: 'away',
      tone: 'warning',
      words: `Not connected: your edits are kept here${pending ? ` (${edits})` : ''}`,
    };
  }
  if (status === 'connecting') return { sign: 'saving', tone: 'soft', words: 'Connecting to the notebook' };
  if (replay !== null) return { sign: 'replay', tone: 'warning', words: `Looking at revision ${replay}` };
  if (status === 'readonly') return { sign: 'lock', tone: 'soft', words: 'Read only' };
  if (pending) return { sign: 'saving', tone: 'soft', words: `Saving ${edits}` };
  return { sign: 'live', tone: 'good', words: 'Live: everything is saved' };
}

/**
 * @param {import('../types.js').Board} board
 * @param {HTMLElement} tools the view's buttons, at the end of the line
 * @returns {{element: HTMLElement, draw: () => void, drawZoom: () => void}}
 */
export function makeStatusLine(board, tools) {
  const state = h('span', { class: 'f-state' });
  const facts = h('span', { class: 'f-facts' });
  const zoom = h('span', { class: 'f-zoom' });
  const element = h('div', { class: 'f-status', role: 'group', 'aria-label': 'Status' }, state, facts, zoom, tools);
  let drawn = '';
  let told = '';

  /** Says how things stand; aloud only when the connection changes, not at every edit. */
  function draw() {
    const { session } = board;
    const now = statusWords({
      status: session.status === 'live' && board.replay === null && !mayEdit(board) ? 'readonly' : session.status,
      pending: session.pending,
      replay: board.replay,
    });
    if (now.words !== drawn) {
      state.className = `f-state f-tone-${now.tone}`;
      state.replaceChildren(icon(now.sign), h('span', null, now.words));
      if (told && told !== now.sign && now.sign !== 'saving' && !(told === 'live' && now.sign === 'live'))
        board.say(now.words);
      if (now.sign !== 'saving') told = now.sign;
      drawn = now.words;
    }
    facts.textContent = counts(board).join(' · ');
  }

  return {
    element,
    draw,
    drawZoom: oncePerFrame(() => {
      zoom.textContent = `${Math.round(board.camera.zoom * 100)} %`;
    }),
  };
}

/**
 * @param {import('../types.js').Board} board
 * @returns {string[]}
 */
function counts(board) {
  const { doc, revision } = board.session;
  const many = (/** @type {object | undefined} */ section, /** @type {string} */ one, /** @type {string} */ more) => {
    const count = Object.keys(section ?? {}).length;
    return count === 0 ? null : `${count.toLocaleString('en')} ${count === 1 ? one : more}`;
  };
  const facts = [
    many(doc.events, 'event', 'events'),
    many(doc.policies, 'policy', 'policies'),
    many(doc.contexts, 'context', 'contexts'),
    many(doc.services, 'service', 'services'),
    many(doc.hotspots, 'hot spot', 'hot spots'),
  ].filter((fact) => fact !== null);
  const chosen = board.selection.size > 1 ? [`${board.selection.size} selected`] : [];
  return [`Revision ${revision}`, ...facts, ...chosen];
}
