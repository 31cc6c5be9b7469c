/**
 * How large the board is: a handle below it to drag or to move with the arrow keys, and the whole screen.
 *
 * @module frame/size
 */

import { h } from '../dom.js';

const KEY = 'anycompany-board-height';
const LEAST = 420;

/** @returns {number | null} the height somebody gave a board before, in px */
function kept() {
  try {
    return Number(globalThis.localStorage?.getItem(KEY)) || null;
  } catch {
    return null;
  }
}

/** @param {number} height */
function keep(height) {
  try {
    globalThis.localStorage?.setItem(KEY, String(height));
  } catch {
    // A browser that keeps nothing for this page: the height holds until the page is closed.
  }
}

/**
 * The handle below the board.
 *
 * @param {HTMLElement} root the element whose height it changes
 * @returns {HTMLElement}
 */
export function makeHandle(root) {
  const most = () => Math.max(LEAST, (root.ownerDocument.defaultView?.innerHeight ?? 1000) * 2);
  const element = h('div', {
    class: 'f-handle',
    role: 'separator',
    tabindex: '0',
    'aria-orientation': 'horizontal',
    'aria-label': 'Height of the board',
    title: 'Drag to change the height',
    'aria-valuemin': LEAST,
    'aria-valuemax': most(),
    'aria-valuenow': kept() ?? 760,
  });

  /** @param {number} wanted */
  function set(wanted) {
    const height = Math.round(Math.min(most(), Math.max(LEAST, wanted)));
    root.style.height = `${height}px`;
    element.setAttribute('aria-valuenow', String(height));
    keep(height);
  }

  const before = kept();
  if (before) root.style.height = `${Math.min(most(), Math.max(LEAST, before))}px`;
  element.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    element.focus({ preventScroll: true });
    element.setPointerCapture?.(event.pointerId);
    const [from, height] = [event.clientY, root.offsetHeight];
    const move = (/** @type {PointerEvent} */ moved) => set(height + moved.clientY - from);
    element.addEventListener('pointermove', move);
    for (const end of ['pointerup', 'pointercancel']) {
      element.addEventListener(end, () => element.removeEventListener('pointermove', move), { once: true });
    }
  });
  element.addEventListener('keydown', (event) => {
    const by = { ArrowDown: 24, ArrowUp: -24, PageDown: 120, PageUp: -120 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    set(root.offsetHeight + by);
  });
  return element;
}

/**
 * The whole screen, or the whole window where the page may not have the screen.
 *
 * @param {HTMLElement} root
 * @param {() => void} changed
 * @returns {{toggle: () => Promise<void>, readonly on: boolean, stop: () => void}}
 */
export function fullScreen(root, changed) {
  const page = root.ownerDocument;
  const isOn = () => page.fullscreenElement === root || root.classList.contains('f-fixed');
  page.addEventListener('fullscreenchange', changed);
  return {
    get on() {
      return isOn();
    },
    async toggle() {
      if (root.classList.contains('f-fixed')) root.classList.remove('f-fixed');
      else if (page.fullscreenElement === root) await page.exitFullscreen();
      else {
        try {
          await root.requestFullscreen();
        } catch {
          root.classList.add('f-fixed');
        }
      }
      changed();
    },
    stop: () => page.removeEventListener('fullscreenchange', changed),
  };
}
