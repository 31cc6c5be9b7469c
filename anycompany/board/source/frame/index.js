/**
 * The frame around the wall: where we are, who is here, what can be done, what was found, and whether it is saved.
 *
 * @module frame
 */

import { h } from '../dom.js';
import { STEPS } from '../steps/index.js';
import { makeCommands } from './commands.js';
import { keepLookingAtDoor } from './entrance.js';
import { makeFind } from './find.js';
import { openMenu } from './menu.js';
import { makeNotices } from './notices.js';
import { makePanel } from './panel.js';
import { makePeople } from './people.js';
import { makeReplay } from './replay.js';
import { fullScreen, makeHandle } from './size.js';
import { laterWords } from '../steps/steering.js';
import { makeStatusLine } from './status.js';
import { makeStepBar } from './step_bar.js';
import { makeStrip } from './strip.js';
import { makeSummons } from './summons.js';
import { makeCommandBar, makeStepTools } from './toolbar.js';
import { makeTrace } from './trace.js';
import { oncePerFrame, takesText } from './widgets.js';

const BREATH = 250;
/** Narrower than this, the panel is a drawer over the wall; see frame.css. */
const NARROW = 900;

/**
 * @typedef {import('../types.js').Board} Board
 * @typedef {{
 *   element: HTMLElement,
 *   say: (words: string) => void,
 *   alert: (words: string) => void,
 *   notice: Board['notice'],
 *   menu: Board['menu'],
 *   draw: () => void,
 *   close: () => void,
 * }} Frame `say` waits until a screen reader is silent, `alert` interrupts it; `draw` brings everything up to date
 */

/**
 * Builds the frame and keeps it up to date with the board and its session.
 *
 * @param {Board} board its `root` is to hold the frame's element
 * @param {{wall: HTMLElement}} parts
 * @returns {Frame}
 */
export function makeFrame(board, { wall }) {
  const polite = h('div', { class: 'f-unseen', 'aria-live': 'polite' });
  const urgent = h('div', { class: 'f-unseen', 'aria-live': 'assertive' });
  const say = speaker(polite);
  const alert = speaker(urgent);

  const question = h('h2', { class: 'f-question' });
  const hint = h('p', { class: 'f-step-hint' });
  const find = makeFind(board);
  const replay = makeReplay(board);
  const trace = makeTrace(board, { wall, changed: () => drawBars() });
  const panel = makePanel(board, () => narrow && togglePanel());
  let narrow = false;
  const slot = h('div', { class: 'f-wall' }, wall);
  const { root } = board;
  const element = h('div', { class: 'f-board', 'data-panel': 'open', lang: 'en' });
  const screen = fullScreen(root, () => drawBars());
  const notices = makeNotices(root, (words, pressing) => (pressing ? alert : say)(words));
  const commands = makeCommands({ board, element, wall, find, replay, trace, screen, togglePanel, changed: () => drawBars() });
  const tools = makeStepTools(board);
  const bar = makeCommandBar('Board', commands.bar);
  const view = makeCommandBar('View', commands.view);
  const stepBar = makeStepBar(board, STEPS);
  const people = makePeople(board, STEPS);
  const status = makeStatusLine(board, view.element);
  const summons = makeSummons(board);
  const strip = makeStrip(board, summons);

  element.append(
    h('div', { class: 'f-header' }, stepBar.element, people.element),
    strip.element,
    h('div', { class: 'f-heading' }, h('div', { class: 'f-words' }, question, hint), bar.element),
    tools.element,
    h(
      'div',
      { class: 'f-middle' },
      h('div', { class: 'f-stage' }, slot, find.element, replay.element, trace.element, notices.element),
      panel.element,
    ),
    status.element,
    makeHandle(root),
    polite,
    urgent,
  );

  /** Shows which commands can be used now, and which are on. */
  function drawBars() {
    bar.draw();
    view.draw();
    status.draw();
  }

  /** @type {unknown[]} the scene and the revision that were on the wall when the frame was drawn last */
  let shown = [];
  /** @param {boolean} [open] */
  function togglePanel(open = element.dataset.panel === 'closed') {
    element.dataset.panel = open ? 'open' : 'closed';
    drawBars();
    panel.draw();
  }

  const draw = oncePerFrame(() => {
    shown = [board.scene, board.replay];
    question.textContent = board.step.question;
    hint.textContent = laterWords(board.session.workshop ?? null, board.step.number) ?? board.step.hint;
    stepBar.draw();
    strip.draw();
    tools.draw();
    drawBars();
    people.draw();
    panel.draw();
  });
  const drawSelection = oncePerFrame(() => {
    tools.draw();
    status.draw();
    panel.draw();
  });

  element.addEventListener('keydown', (event) => {
    const command =
      event.defaultPrevented || event.isComposing ? undefined : commands.byKey(event, takesText(event.target));
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    command.run();
  });

  const sized = new ResizeObserver(() => {
    const now = root.clientWidth > 0 && root.clientWidth <= NARROW;
    if (now === narrow) return;
    narrow = now;
    togglePanel(!narrow);
  });
  sized.observe(root);

  const stops = [
    () => sized.disconnect(),
    board.camera.on(status.drawZoom),
    ...['change', 'insight', 'status'].map((event) => board.session.on(event, draw)),
    board.session.on('people', people.draw),
    board.session.on('workshop', draw),
    board.session.on('door', panel.draw),
    keepLookingAtDoor(board),
    ...['change', 'workshop'].map((event) => board.session.on(event, summons.heed)),
    strip.close,
    board.session.on('notice', (told) => notices.show(told.tone, told.text, told.actions)),
    board.session.on('play', trace.hear),
    trace.close,
    board.on('selection', drawSelection),
    board.on('preview', panel.draw),
    board.on('draw', () => (board.scene !== shown[0] || board.replay !== shown[1]) && draw()),
    board.on('step', () => {
      say(`Step ${board.step.number}, ${board.step.short}. ${board.step.question}`);
      panel.stepChanged();
      draw();
    }),
    screen.stop,
  ];
  draw();

  return {
    element,
    say,
    alert,
    notice: notices.show,
    menu: (at, items, title) => void openMenu(root, at, items, title),
    draw,
    close: () => stops.forEach((stop) => stop()),
  };
}

/**
 * Says words by putting them into a live region. The same words again are said again, and what is said in one breath
 * is said together: a region tells only what stands in it last.
 *
 * @param {HTMLElement} region
 * @returns {(words: string) => void}
 */
function speaker(region) {
  let last = 0;
  return (words) => {
    const before = Date.now() - last < BREATH ? `${region.textContent} ` : '';
    const next = `${before}${words}`;
    region.textContent = region.textContent === next ? `${next}\u00a0` : next;
    last = Date.now();
  };
}
