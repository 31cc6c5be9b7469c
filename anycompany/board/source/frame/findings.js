/**
 * What the checks found, beside the wall and beside a note; with one click it is mended, or dismissed with a reason
 * that everybody can read.
 *
 * @module frame/findings
 */

import { h } from '../dom.js';
import { findingCard, isAbout } from './finding_card.js';
import { keepInside } from './menu.js';
import { button, reachable, rememberFocus } from './widgets.js';

/**
 * @typedef {import('../types.js').Board} Board
 * @typedef {import('../types.js').Finding} Finding
 */

const AT_ONCE = 20;
/** The step at which everybody writes and nothing is judged. */
const UNJUDGED = 1;
/** @type {Record<string, number>} */
const GRAVITY = { error: 0, warning: 1, note: 2 };

/**
 * Findings in the order in which one should look at them: of this step first, then the graver.
 *
 * @param {Record<string, Finding>} findings
 * @param {number} step
 * @returns {{open: Finding[], dismissed: Finding[]}}
 */
export function sorted(findings, step) {
  const all = Object.values(findings);
  const rank = (/** @type {Finding} */ one) => (one.step === step ? 0 : 10) + (GRAVITY[one.severity] ?? 2);
  return {
    open: all.filter((one) => one.dismissed === null || one.dismissed === undefined).sort((a, b) => rank(a) - rank(b)),
    dismissed: all.filter((one) => one.dismissed !== null && one.dismissed !== undefined),
  };
}

/**
 * The section of the panel with the findings.
 *
 * @param {Board} board
 * @param {{all: boolean}} shown `all` is set when somebody asked for more than the first
 * @param {() => void} redraw
 * @returns {HTMLElement}
 */
export function findingsSection(board, shown, redraw) {
  const step = board.step.number;
  const { open, dismissed } = sorted(board.session.insight?.findings ?? {}, step);
  const here = open.filter((one) => one.step === step && step !== UNJUDGED);
  const elsewhere = open.filter((one) => !here.includes(one));
  const room = shown.all ? open.length : AT_ONCE;
  const calm = step === UNJUDGED ? 'Nothing is judged while you write.' : 'Nothing to mend at this step.';
  return h(
    'section',
    { class: 'f-section', 'aria-label': 'Findings' },
    h('h3', null, 'Findings', h('span', { class: 'f-tally' }, here.length ? `${here.length} at this step` : '')),
    here.length === 0 ? h('p', { class: 'f-soft' }, calm) : cards(board, here.slice(0, room)),
    elsewhere.length === 0
      ? null
      : fold(
          'elsewhere',
          `${elsewhere.length} ${step === UNJUDGED ? 'for later' : 'at other steps'}`,
          cards(board, elsewhere.slice(0, room), true),
        ),
    open.length <= room
      ? null
      : button({
          name: `Show all ${open.length} findings`,
          words: `Show all ${open.length}`,
          kind: 'small',
          focus: 'findings-all',
          run: () => {
            shown.all = true;
            redraw();
          },
        }),
    dismissed.length === 0 ? null : fold('dismissed', `${dismissed.length} dismissed`, cards(board, dismissed, true)),
  );
}

/**
 * @param {string} key
 * @param {string} title
 * @param {Node | null} content
 */
function fold(key, title, content) {
  return h(
    'details',
    { class: 'f-fold', 'data-fold': `findings-${key}` },
    h('summary', { 'data-focus': `findings-${key}` }, title),
    content,
  );
}

/**
 * @param {Board} board
 * @param {Finding[]} findings
 * @param {boolean} [withStep]
 */
function cards(board, findings, withStep = false) {
  return findings.length === 0
    ? null
    : h(
        'ul',
        { class: 'f-findings' },
        findings.map((one) => h('li', null, findingCard(board, one, withStep))),
      );
}

/**
 * Shows the findings of a note beside it, as a small window that Escape closes.
 *
 * @param {Board} board
 * @param {string} ref such as `events/account-created`
 * @param {import('../types.js').Point} at in px of the root
 * @returns {() => void} closes it
 */
export function showFindings(board, ref, at) {
  const { root } = board;
  root.querySelector('.f-popover')?.dispatchEvent(new CustomEvent('f-close'));
  const { open } = sorted(board.session.insight?.findings ?? {}, board.step.number);
  const about = open.filter((one) => isAbout(one, ref));
  if (about.length === 0) return () => {};
  const back = rememberFocus(root);
  const popover = h(
    'div',
    { class: 'f-popover', role: 'dialog', 'aria-label': 'Findings of this note', tabindex: '-1' },
    h(
      'div',
      { class: 'f-popover-head' },
      h('h3', null, about.length === 1 ? 'One finding' : `${about.length} findings`),
      button({ name: 'Close', icon: 'close', kind: 'quiet', run: () => close() }),
    ),
    cards(board, about, true),
  );

  /** @param {boolean} [giveBack] false when the focus has gone elsewhere already */
  function close(giveBack = true) {
    if (!popover.isConnected) return;
    root.ownerDocument.removeEventListener('pointerdown', outside, true);
    stop();
    popover.remove();
    if (giveBack) back();
  }
  /** @param {Event} event */
  function outside(event) {
    const path = event.composedPath();
    if (!path.includes(popover) && !path.some((one) => one instanceof Element && one.classList.contains('f-veil')))
      close(false);
  }

  popover.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
  });
  for (const kind of ['pointerdown', 'wheel', 'contextmenu'])
    popover.addEventListener(kind, (event) => event.stopPropagation());
  popover.addEventListener('f-close', () => close(false));
  const stop = board.session.on('insight', () => {
    const left = board.session.insight.findings;
    if (about.some((one) => !left[one.key] || left[one.key].dismissed))
      close(popover.contains(root.ownerDocument.activeElement));
  });
  root.append(popover);
  keepInside(root, popover, at);
  root.ownerDocument.addEventListener('pointerdown', outside, true);
  (reachable(popover)[1] ?? popover).focus({ preventScroll: true });
  return close;
}
