/**
 * The board as a widget of a notebook, and as something to put on any page.
 *
 * @module main
 */

import { makeBoard } from './board.js';
import { h } from './dom.js';
import { makeFrame } from './frame/index.js';
import { tourOnce } from './frame/tour.js';
import { giveHands } from './hands/index.js';
import { dress, onTheme, themeAround } from './palette.js';
import { openSession } from './sync/session.js';
import { widgetWire } from './sync/wire.js';
import { savedWhile } from './saved.js';
import { STEPS } from './steps/index.js';

/** @import { Board, Session, Wire } from './types.js' */

const PERSON = 'anycompany-board-person';
const NAME = 'anycompany-board-name';
/** Keys and clipboard that the notebook around must not hear of. */
const OURS = ['keydown', 'keyup', 'keypress', 'copy', 'cut', 'paste'];

/**
 * Puts a board into an element.
 *
 * @param {HTMLElement} el
 * @param {{wire?: Wire, session?: Session, step?: number, name?: string, readonly?: boolean}} options
 *   a wire to the kernel, or a session that is open already; the step to begin with; the person's name if it is known
 * @returns {{board: Board, close: () => void}}
 */
export function mountBoard(el, { wire, session: given, step = 1, name, readonly = false }) {
  const quiet = { 'data-lm-suppress-shortcuts': 'true' };
  const root = h('div', { class: 'anycompany-board', role: 'region', 'aria-label': 'Board', ...quiet });
  const session = given ?? openSession({ wire: /** @type {Wire} */ (wire), ...whoIsThis(name), step });
  const { board, wall, draw, close } = makeBoard(root, {
    session,
    steps: STEPS,
    step,
    readonly,
    frame: () => frame,
    hands: () => hands,
  });
  const hands = giveHands(board, wall);
  const frame = makeFrame(board, { wall: wall.element });
  root.append(frame.element);
  for (const kind of OURS) root.addEventListener(kind, (event) => event.stopPropagation());
  dress(root, themeAround());
  el.append(root);
  draw();
  const stopTheme = onTheme((theme) => dress(root, theme));
  const sized = new ResizeObserver(() => wall.camera.resized());
  sized.observe(wall.element);
  board.on('draw', () => session.me?.name && remember(NAME, session.me.name));
  return {
    board,
    close() {
      sized.disconnect();
      stopTheme();
      frame.close();
      close();
      if (!given) session.close();
      root.remove();
    },
  };
}

/**
 * The widget: how anywidget shows a board.
 *
 * @param {{model: any, el: HTMLElement}} parts
 * @returns {() => void} takes it away
 */
function render({ model, el }) {
  const step = Number(model.get('step')) || 1;
  const live = openSession({ wire: widgetWire(model), ...whoIsThis(), step });
  const session = savedWhile(live, model);
  const mounted = mountBoard(el, { session, step });
  const hidden = hideTwin(String(model.get('twin') ?? ''));
  const endTour = tourOnce(mounted.board);
  return () => {
    endTour();
    mounted.close();
    session.close();
    hidden?.remove();
  };
}

/**
 * Hides what the notebook shows where no board can be, as long as there is one.
 *
 * @param {string} twin its CSS class
 * @returns {HTMLStyleElement | null}
 */
function hideTwin(twin) {
  if (!/^[\w-]+$/.test(twin)) return null;
  const style = h('style', null, `.${twin} { display: none }`);
  document.head.append(style);
  return style;
}

/**
 * The person at this browser: an id that stays, and the name they gave.
 *
 * @param {string} [name]
 * @returns {{person: string, name: string}}
 */
function whoIsThis(name) {
  const known = recall(PERSON) ?? '';
  const id = /^[0-9a-f]{8}$/.test(known) ? known : freshId();
  remember(PERSON, id);
  return { person: id, name: name ?? recall(NAME) ?? '' };
}

function freshId() {
  const bytes = new Uint8Array(4);
  globalThis.crypto.getRandomValues(bytes);
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * What this browser keeps, if it keeps anything: a page in a sandbox may not.
 *
 * @param {string} key
 * @returns {string | null}
 */
function recall(key) {
  try {
    return globalThis.localStorage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
function remember(key, value) {
  try {
    globalThis.localStorage?.setItem(key, value);
  } catch {
    // The browser keeps nothing here: the person is somebody new next time.
  }
}

export default { render };
