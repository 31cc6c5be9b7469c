/**
 * Short messages in the corner of the wall: long enough to be read, still while one reads, and never over its centre.
 * Warnings, errors and what can be acted upon stay until they are dismissed.
 *
 * @module frame/notices
 */

import { h } from '../dom.js';
import { icon, severityMark } from './icons.js';
import { button, reachable, wallStop } from './widgets.js';

/** @typedef {'note' | 'good' | 'warning' | 'error'} Tone */

const AT_MOST = 4;

/**
 * How long a message stays, in milliseconds; 0 is until somebody dismisses it.
 *
 * @param {Tone} tone
 * @param {string} text
 * @param {number} actions how many buttons it has
 * @returns {number}
 */
export function staysFor(tone, text, actions) {
  if (actions > 0 || tone === 'warning' || tone === 'error') return 0;
  return Math.max(7000, 3000 + text.length * 80);
}

/**
 * @param {HTMLElement} root of the board
 * @param {(words: string, urgent: boolean) => void} speak to screen readers
 * @returns {{element: HTMLElement,
 *   show: (tone: Tone, text: string, actions?: {name: string, run: () => void}[]) => void}}
 */
export function makeNotices(root, speak) {
  const element = h('div', { class: 'f-notices', role: 'region', 'aria-label': 'Messages' });
  /** @type {Map<HTMLElement, {text: string, left: number, timer: any, since: number}>} */
  const open = new Map();
  let paused = false;

  /** @param {HTMLElement} notice */
  function dismiss(notice) {
    const clock = open.get(notice);
    if (!clock) return;
    clearTimeout(clock.timer);
    open.delete(notice);
    const had = notice.contains(notice.ownerDocument.activeElement);
    notice.remove();
    if (had) (reachable(element)[0] ?? wallStop(root))?.focus({ preventScroll: true });
  }

  /** @param {HTMLElement} notice */
  function start(notice) {
    const clock = open.get(notice);
    if (!clock || clock.left === 0 || paused) return;
    clock.since = Date.now();
    clock.timer = setTimeout(() => dismiss(notice), clock.left);
  }

  function pause() {
    if (paused) return;
    paused = true;
    for (const clock of open.values()) {
      clearTimeout(clock.timer);
      if (clock.left > 0) clock.left = Math.max(2000, clock.left - (Date.now() - clock.since));
    }
  }

  function goOn() {
    if (element.matches(':hover') || element.contains(element.ownerDocument.activeElement)) return;
    paused = false;
    for (const notice of open.keys()) start(notice);
  }

  element.addEventListener('pointerenter', pause);
  element.addEventListener('pointerleave', goOn);
  element.addEventListener('focusin', pause);
  element.addEventListener('focusout', () => setTimeout(goOn));
  for (const kind of ['pointerdown', 'wheel', 'contextmenu'])
    element.addEventListener(kind, (event) => event.stopPropagation());

  return {
    element,
    show(tone, text, actions = []) {
      const same = [...open].find(([, clock]) => clock.text === text);
      if (same) dismiss(same[0]);
      const notice = h(
        'div',
        { class: `f-notice f-notice-${tone}` },
        tone === 'good' ? icon('live') : severityMark(tone),
        h('p', null, h('bdi', null, text)),
        button({ name: `Dismiss: ${text.slice(0, 60)}`, icon: 'close', kind: 'quiet', run: () => dismiss(notice) }),
        actions.length === 0
          ? null
          : h(
              'div',
              { class: 'f-notice-acts' },
              actions.map(({ name, run }) =>
                button({
                  name,
                  words: name,
                  kind: 'small',
                  run: () => {
                    dismiss(notice);
                    run();
                  },
                }),
              ),
            ),
      );
      open.set(notice, { text, left: staysFor(tone, text, actions.length), timer: null, since: Date.now() });
      element.append(notice);
      const passing = [...open].find(([, clock]) => clock.left > 0) ?? [...open][0];
      if (open.size > AT_MOST) dismiss(passing[0]);
      start(notice);
      speak(text, tone === 'warning' || tone === 'error');
    },
  };
}
