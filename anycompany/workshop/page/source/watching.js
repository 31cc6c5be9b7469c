/**
 * The wall, live: the board's own painting, loaded when it is looked at for the first time.
 *
 * @module watching
 */

import { h } from '../../../board/source/dom.js';

/** @import { Board, Session } from '../../../board/source/types.js' */

/**
 * @param {Session} session
 */
export function makeWatching(session) {
  /** @type {Board | null} */
  let board = null;
  /** @type {Promise<void> | null} */
  let loading = null;
  let step = 1;
  const place = h('div', { class: 'wall-place' });
  const select = h('select', { id: 'step', onchange: () => board?.setStep(Number(select.value)) });
  const button = (/** @type {string} */ words, /** @type {string} */ sign, /** @type {() => void} */ run) =>
    h('button', { type: 'button', 'aria-label': words, onclick: run }, sign);
  const tools = h('div', { class: 'wall-tools' },
    h('label', { for: 'step', class: 'unseen' }, 'What is shown'), select,
    button('Farther', '−', () => board?.camera.zoomBy(0.8)),
    button('Nearer', '+', () => board?.camera.zoomBy(1.25)),
    button('The whole wall', '⤢', () => board?.camera.fit()),
  );
  const element = h('div', { class: 'watching' }, tools, place);

  const load = () => (board ? Promise.resolve() : (loading ??= fetched()));
  const fetched = async () => {
    place.textContent = 'The wall is coming …';
    try {
      await styled('wall.css');
      const { STEP_NAMES, watchWall } = await import(/* @vite-ignore */ new URL('wall.js', location.href).href);
      for (const { number, short } of STEP_NAMES) select.append(h('option', { value: number }, `${number} ${short}`));
      select.value = String(step);
      place.textContent = '';
      const made = /** @type {Board} */ (watchWall(place, session, step).board);
      made.on('step', () => void (select.value = String(made.step.number)));
      board = made;
    } catch {
      place.replaceChildren('The wall did not come. ', h('button', { type: 'button', onclick: () => void load() }, 'Try again'));
    }
    loading = null;
  };

  session.on('workshop', () => {
    const next = session.workshop?.phase?.step || step;
    if (next === step) return;
    step = next;
    select.value = String(step);
    board?.setStep(step);
  });
  return {
    element,
    shown: () => void load(),
    /** Shows a step, wherever the phase is. @param {number} number */
    async show(number) {
      await load();
      board?.setStep(number);
    },
  };
}

/**
 * Loads a style sheet, once.
 *
 * @param {string} href
 * @returns {Promise<void>}
 */
export function styled(href) {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  return new Promise((done, failed) => {
    const link = h('link', { rel: 'stylesheet', href, onload: () => done(), onerror: () => { link.remove(); failed(new Error(href)); } });
    document.head.append(link);
  });
}
