/**
 * The panel beside the wall: the step's own part, the findings, the decisions, the legend. It is made anew when something changes, but
 * never under somebody's hands: while text is typed into it or a button is held down, it waits.
 *
 * @module frame/panel
 */

import { h } from '../dom.js';
import { decisionsSection } from './decisions.js';
import { facilitatorSection } from './facilitating.js';
import { findingsSection } from './findings.js';
import { gatheredSection } from './gathered.js';
import { legendSection } from './legend.js';
import { votingSection } from './voting.js';
import { marked, oncePerFrame, reachable, takesText, wallStop } from './widgets.js';

/**
 * @param {import('../types.js').Board} board
 * @param {() => void} left is told when somebody leaves the panel with Escape
 * @returns {{element: HTMLElement, draw: () => void, stepChanged: () => void}}
 *   `draw` asks for a new panel, made before the next picture; `stepChanged` begins at the top again
 */
export function makePanel(board, left) {
  const inside = h('div', { class: 'f-panel-inside' });
  const element = h('aside', { class: 'f-panel', 'aria-label': 'Beside the wall', tabindex: '-1' }, inside);
  const shown = { all: false };
  let stale = false;
  let held = false;

  /** Makes the panel anew, with the same folds open, scrolled as far, and the focus where it was or next to it. */
  function make() {
    const active = element.ownerDocument.activeElement;
    const within = active !== null && inside.contains(active);
    if (held || (within && takesText(active))) {
      stale = true;
      return;
    }
    stale = false;
    const focus = within ? active.getAttribute('data-focus') : null;
    const turn = within ? reachable(inside).indexOf(/** @type {HTMLElement} */ (active)) : -1;
    const scroll = element.scrollTop;
    const open = new Set(
      [...inside.querySelectorAll('details[data-fold][open]')].map((one) => one.getAttribute('data-fold')),
    );
    inside.replaceChildren(...parts().filter((part) => part !== null));
    for (const fold of inside.querySelectorAll('details[data-fold]')) {
      if (open.has(fold.getAttribute('data-fold'))) fold.setAttribute('open', '');
    }
    element.scrollTop = scroll;
    if (!within) return;
    const stops = reachable(inside);
    const neighbour = stops[Math.min(turn, stops.length - 1)];
    (marked(inside, 'data-focus', focus) ?? neighbour ?? element).focus({ preventScroll: true });
  }

  /** @returns {(HTMLElement | null)[]} */
  function parts() {
    if (board.replay !== null) {
      const words = `You look at revision ${board.replay}. Findings and numbers are about now; go back to see them.`;
      return [
        h('section', { class: 'f-section', 'aria-label': 'Replay' }, h('p', { class: 'f-soft' }, words)),
        legendSection(board.scene),
      ];
    }
    const own = board.step.panel?.(board) ?? null;
    if (own) own.classList.add('f-section', 'f-own');
    return [
      facilitatorSection(board),
      votingSection(board),
      gatheredSection(board),
      own,
      findingsSection(board, shown, draw),
      decisionsSection(board),
      legendSection(board.scene),
    ];
  }

  const draw = oncePerFrame(() => {
    if (element.isConnected && !element.closest('[data-panel="closed"]')) make();
  });
  const caughtUp = () => {
    if (stale) draw();
  };
  element.addEventListener('focusout', () => setTimeout(caughtUp));
  element.addEventListener('pointerdown', () => {
    held = true;
    element.ownerDocument.addEventListener('pointerup', letGo, { once: true });
    element.ownerDocument.addEventListener('pointercancel', letGo, { once: true });
  });
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || takesText(event.target)) return;
    event.stopPropagation();
    wallStop(board.root)?.focus({ preventScroll: true });
    left();
  });

  /** The click comes after the pointer is up; only then may the button it meant go away. */
  function letGo() {
    setTimeout(() => {
      held = false;
      caughtUp();
    });
  }

  return {
    element,
    draw,
    stepChanged: () => {
      shown.all = false;
      element.scrollTop = 0;
      draw();
    },
  };
}
