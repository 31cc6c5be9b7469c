/**
 * Watching a trace: events light up and travel along the bus as they did. Nothing of the storm changes, and everybody
 * can go on working while it plays.
 *
 * @module frame/trace
 */

import { h } from '../dom.js';
import { clock, momentAt, readPlay, wordsOf } from '../model/playing.js';
import { makeTokens } from '../paint/tokens.js';
import { around } from '../paint/wall.js';
import { makeFollowing } from './following.js';
import { icon } from './icons.js';
import { button, rememberFocus } from './widgets.js';

/** @typedef {import('../model/playing.js').Play} Play */

/** The step whose wall has the arrows that events travel along. */
const BUS = 7;
/** Milliseconds between what is said aloud while it plays: a screen reader needs them to finish. */
const BREATH = 2500;
/** Milliseconds between two pictures, at most: where there are more, it plays slower, and leaves nothing out. */
const SLOWEST = 100;
/** Just after something has happened, in seconds: when it is looked at step by step. */
const AFTER = 0.05;

/**
 * The bar of the trace, below the wall while it is open, and what plays on the wall.
 *
 * @param {import('../types.js').Board} board
 * @param {{wall: HTMLElement, changed: () => void}} parts `changed` is told when there is something to watch, or it
 *   is opened or closed
 * @returns {{element: HTMLElement, hear: (message: any) => void, toggle: () => void, close: () => void,
 *   readonly on: boolean, readonly known: boolean}}
 */
export function makeTrace(board, { wall, changed }) {
  /** @type {Play | null} */
  let play = null;
  let time = 0;
  let before = 0;
  let frame = 0;
  let said = 0;
  let shown = -1;
  let marked = -1;
  /** @type {() => void} */
  let back = () => {};
  const tokens = makeTokens(wall.querySelector('.world') ?? wall);
  const following = makeFollowing(board, wall);
  const calm = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');

  const slider = h('input', {
    type: 'range',
    class: 'f-slider',
    min: 0,
    max: 0,
    step: 1,
    value: 0,
    'aria-label': 'Step of the trace',
    oninput: () => goTo(Number(slider.value)),
  });
  const words = h('p', { class: 'f-replay-words', 'aria-live': 'off' });
  const playing = button({ name: 'Play', icon: 'play', kind: 'quiet', run: () => (frame ? pause() : start()) });
  const toBus = button({ name: 'Show it on the bus', words: 'Show it on the bus', run: () => board.setStep(BUS) });
  const element = h(
    'div',
    { class: 'f-replay f-trace', role: 'group', 'aria-label': 'Trace', hidden: true },
    h(
      'div',
      { class: 'f-replay-row' },
      button({ name: 'One step back', icon: 'back', kind: 'quiet', run: () => goTo(shown - 1) }),
      playing,
      button({ name: 'One step on', icon: 'forward', kind: 'quiet', run: () => goTo(shown + 1) }),
      slider,
      toBus,
      button({ name: 'Close the trace', words: 'Close', kind: 'strong', run: () => close() }),
    ),
    words,
  );
  for (const kind of ['pointerdown', 'wheel', 'contextmenu'])
    element.addEventListener(kind, (event) => event.stopPropagation());
  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
    else if (event.key === ' ' && event.target === slider) playing.click();
    else if (!event.ctrlKey && !event.metaKey) return;
    event.stopPropagation();
    if (event.key === 'Escape' || (event.key === ' ' && event.target === slider)) event.preventDefault();
  });

  /** Plays from here; from the beginning when it is over. */
  function start() {
    if (!play || frame) return;
    if (time >= play.end) time = 0;
    before = performance.now();
    frame = requestAnimationFrame(tick);
    setPlay('Pause', 'pause');
    draw();
  }

  /** @param {number} now */
  function tick(now) {
    if (!play || element.hidden) return;
    const seconds = Math.min(Math.max(0, now - before), SLOWEST) / 1000;
    time += seconds;
    before = now;
    following.move(seconds);
    frame = requestAnimationFrame(tick);
    if (time >= play.end) pause();
    draw();
  }

  function pause() {
    cancelAnimationFrame(frame);
    frame = 0;
    setPlay('Play', 'play');
  }

  /**
   * @param {string} name
   * @param {string} sign
   */
  function setPlay(name, sign) {
    playing.setAttribute('aria-label', name);
    playing.title = name;
    playing.replaceChildren(icon(sign));
  }

  /**
   * Stands still just after so many steps.
   *
   * @param {number} beats
   */
  function goTo(beats) {
    if (!play) return;
    pause();
    const wanted = Math.max(0, Math.min(play.beats.length, beats));
    time = wanted ? play.beats[wanted - 1].at + AFTER : 0;
    // what happens at one moment is one step: back has to go before all of it
    if (wanted < shown) while (time > AFTER && momentAt(play, time).beats > wanted) time = beforeTime(play, time);
    said = 0;
    draw();
  }

  /** Brings the wall and the bar to this moment. */
  function draw() {
    if (!play || element.hidden) return;
    const moment = momentAt(play, time);
    tokens.draw(moment, board.scene, calm?.matches ?? false);
    markTravelled(moment.travelled);
    toBus.hidden = board.step.number === BUS;
    if (moment.beats !== shown) tell(play, moment.beats);
  }

  /**
   * @param {Play} what
   * @param {number} beats that have happened
   */
  function tell(what, beats) {
    shown = beats;
    const beat = what.beats[beats - 1];
    const when = beat ? clock(beat.seconds) : clock(0);
    const now = beat ? wordsOf(board.session.doc, beat) : 'Nothing has happened yet';
    if (beat) following.aim([`events/${beat.event}`, `policies/${beat.policy}`]);
    slider.value = String(beats);
    slider.setAttribute('aria-valuetext', `${beats} of ${what.beats.length}, ${when}: ${now}`);
    words.replaceChildren(
      h('b', null, when),
      ' · ',
      h('bdi', null, now),
      ` · ${beats} of ${what.beats.length}${what.leftOut ? ` · ${what.leftOut}` : ''}`,
    );
    const over = beats === what.beats.length && frame;
    if (!beat || (Date.now() - said < BREATH && !over)) return;
    said = Date.now();
    board.say(`${now}, ${when}.${over ? ' The trace is over.' : ''}`);
  }

  /** @param {Set<string>} travelled keys of arrows */
  function markTravelled(travelled) {
    if (travelled.size === marked) return;
    marked = travelled.size;
    for (const arrow of wall.querySelectorAll('.lines .arrow[data-key]'))
      arrow.toggleAttribute('data-travelled', travelled.has(arrow.getAttribute('data-key') ?? ''));
  }

  /** @param {boolean} asked whether a person here has asked for it, and not the kernel */
  function open(asked) {
    if (!play) return;
    if (asked) back = rememberFocus(board.root);
    time = 0;
    shown = -1;
    said = 0;
    slider.max = String(play.beats.length);
    element.hidden = false;
    board.say(`A trace of ${counted(play)} plays on the wall. Space plays and pauses it, Escape closes it.`);
    said = Date.now();
    if (asked) slider.focus();
    if (asked || allInSight()) makeRoom();
    if (asked && !calm?.matches) following.begin();
    draw();
    if (!calm?.matches) start();
    changed();
  }

  /** Whether the whole wall is looked at: then whoever looks is not busy with a part of it. */
  function allInSight() {
    const [all, { x, y, w, h: height }] = [around(board.scene), board.camera.sight];
    return all && x <= all.x && y <= all.y && x + w >= all.x + all.w && y + height >= all.y + all.h;
  }

  /** Shows the whole wall above the bar. */
  function makeRoom() {
    const all = around(board.scene);
    if (!all) return;
    const share = element.offsetHeight / Math.max(1, wall.clientHeight - element.offsetHeight);
    board.camera.fit({ ...all, h: all.h * (1 + share) + element.offsetHeight * share });
  }

  function close() {
    if (element.hidden) return;
    pause();
    following.stop();
    const had = element.contains(element.ownerDocument.activeElement);
    element.hidden = true;
    tokens.draw(null, board.scene, true);
    markTravelled(new Set());
    if (had) back();
    changed();
  }

  /** Watches from the beginning, on the bus. */
  function watch() {
    close();
    if (board.replay !== null) return;
    board.setStep(BUS);
    open(true);
  }

  board.camera.on(() => tokens.zoomed(board.camera.zoom));
  board.on('draw', () => {
    marked = -1;
    if (board.replay === null) draw();
    else close();
  });
  return {
    element,
    hear(message) {
      const next = readPlay(message);
      if (!next || next.id === play?.id) return;
      close();
      play = next;
      changed();
      if (!next.fresh) return;
      if (board.step.number === BUS && board.replay === null) open(false);
      else board.notice('note', `A trace of ${counted(next)} can be watched on the bus.`, [{ name: 'Watch it', run: watch }]);
    },
    toggle: () => (element.hidden ? watch() : close()),
    close,
    get on() {
      return !element.hidden;
    },
    get known() {
      return play !== null;
    },
  };
}

/** @param {Play} play */
function counted({ steps, lasted }) {
  return `${steps === 1 ? '1 step' : `${steps.toLocaleString('en')} steps`} in ${clock(lasted)}`;
}

/**
 * @param {Play} play
 * @param {number} time
 * @returns {number} just after what happened last before this moment and all that happened with it
 */
function beforeTime(play, time) {
  const here = play.beats.filter((beat) => beat.at < time).pop()?.at ?? 0;
  const last = play.beats.filter((beat) => beat.at < here).pop()?.at;
  return last === undefined ? 0 : last + AFTER;
}
