/**
 * Looking back: a slider through all that happened to the storm, edit by edit. Nothing can be changed in the past.
 *
 * @module frame/replay
 */

import { h } from '../dom.js';
import { icon } from './icons.js';
import { button, rememberFocus } from './widgets.js';

/** @typedef {{revision: number, author: string, time: string, words: string}} Happening */

const PAUSE = 900;
const KEPT = 60;

/**
 * When something happened, as people say it.
 *
 * @param {string} time as the log has it
 * @returns {string}
 */
export function timeWords(time) {
  const date = new Date(time);
  return Number.isNaN(date.getTime())
    ? time
    : date.toLocaleString('en', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hour12: false });
}

/**
 * The bar of the replay, below the wall while it is open.
 *
 * @param {import('../types.js').Board} board
 * @returns {{element: HTMLElement, toggle: () => Promise<void>, readonly on: boolean}}
 */
export function makeReplay(board) {
  /** @type {Happening[]} */
  let history = [];
  let at = 0;
  let asked = 0;
  /** @type {any} */
  let playing = null;
  /** @type {() => void} */
  let back = () => {};
  /** @type {Map<number, import('../types.js').Doc>} */
  const docs = new Map();

  const slider = h('input', {
    type: 'range',
    class: 'f-slider',
    min: 0,
    max: 0,
    step: 1,
    value: 0,
    'aria-label': 'Revision',
    oninput: () => {
      pause();
      void show(Number(slider.value));
    },
  });
  const words = h('p', { class: 'f-replay-words', 'aria-live': 'off' });
  const play = button({ name: 'Play', icon: 'play', kind: 'quiet', run: () => (playing ? pause() : start()) });
  const element = h(
    'div',
    { class: 'f-replay', role: 'group', 'aria-label': 'Replay of the history', hidden: true },
    h(
      'div',
      { class: 'f-replay-row' },
      button({ name: 'One edit back', icon: 'back', kind: 'quiet', run: () => step(-1) }),
      play,
      button({ name: 'One edit on', icon: 'forward', kind: 'quiet', run: () => step(1) }),
      slider,
      button({ name: 'Back to now', words: 'Back to now', kind: 'strong', run: () => close() }),
    ),
    words,
  );
  for (const kind of ['pointerdown', 'wheel', 'contextmenu'])
    element.addEventListener(kind, (event) => event.stopPropagation());
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    else if (event.key === ' ' && event.target === slider) play.click();
    else if (!event.ctrlKey && !event.metaKey) return;
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === ' ') event.preventDefault();
  });

  /** @param {number} by */
  function step(by) {
    pause();
    void show(at + by);
  }

  /** Plays from here; from the beginning when it stands at the end. */
  function start() {
    const tick = async () => {
      if (!playing) return;
      await show(at + 1);
      if (at >= history.length - 1) pause();
      else if (playing) playing = setTimeout(tick, PAUSE);
    };
    if (at >= history.length - 1) at = -1;
    playing = setTimeout(tick, 0);
    setPlay('Pause', 'pause');
  }

  function pause() {
    clearTimeout(playing);
    playing = null;
    setPlay('Play', 'play');
  }

  /**
   * @param {string} name
   * @param {string} sign
   */
  function setPlay(name, sign) {
    play.setAttribute('aria-label', name);
    play.title = name;
    play.replaceChildren(icon(sign));
  }

  /**
   * Shows the storm as it was after a happening; of many asked for in a hurry only the last one is shown.
   *
   * @param {number} wanted index in the history
   */
  async function show(wanted) {
    at = Math.max(0, Math.min(history.length - 1, wanted));
    const here = history[at];
    if (!here) return;
    const turn = (asked += 1);
    slider.value = String(at);
    slider.setAttribute('aria-valuetext', `Revision ${here.revision}, ${here.author}: ${here.words}`);
    words.replaceChildren(
      h('b', null, `Revision ${here.revision}`),
      ` of ${history[history.length - 1].revision} · ${timeWords(here.time)} · `,
      h('bdi', null, here.author || 'Somebody'),
      ': ',
      h('bdi', null, here.words),
    );
    try {
      const doc = docs.get(here.revision) ?? (await board.session.ask('at', { revision: here.revision })).doc;
      docs.set(here.revision, doc);
      if (docs.size > KEPT) docs.delete(docs.keys().next().value ?? -1);
      if (turn === asked && !element.hidden) board.look(here.revision, doc);
    } catch (error) {
      pause();
      words.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  async function open() {
    back = rememberFocus(board.root);
    try {
      history = await board.session.ask('history', {});
    } catch (error) {
      board.notice(
        'warning',
        `The history cannot be read now: ${error instanceof Error ? error.message : String(error)}`,
      );
      return;
    }
    if (history.length === 0) {
      board.notice('note', 'There is no history yet: nothing has been changed since the storm was begun.');
      return;
    }
    slider.max = String(history.length - 1);
    element.hidden = false;
    await show(history.length - 1);
    slider.focus();
    board.say('Replay. The arrow keys go through the history, Space plays it, Escape comes back to now.');
  }

  function close() {
    if (element.hidden) return;
    pause();
    asked += 1;
    element.hidden = true;
    docs.clear();
    board.look(null, null);
    back();
    board.say('Back to now.');
  }

  return {
    element,
    get on() {
      return !element.hidden;
    },
    toggle: async () => (element.hidden ? open() : close()),
  };
}
