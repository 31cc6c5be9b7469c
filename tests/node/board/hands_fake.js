/**
 * A board with a wall and hands, over a session that keeps its storm in memory.
 *
 * @module hands_fake
 */

import { makeBoard } from '../../../anycompany/board/source/board.js';
import { giveHands } from '../../../anycompany/board/source/hands/index.js';
import { predict } from '../../../anycompany/board/source/model/predict.js';
import { noteFor } from '../../../anycompany/board/source/steps/common.js';

const SPOTS = { 'room-booked': [0, 0], 'guest-arrived': [200, 0], 'guest-left': [400, 0], 'bill-paid': [200, 200] };

/** A storm of four events. */
export const HOTEL = {
  name: 'Hotel',
  events: {
    'room-booked': { name: 'Room Booked' },
    'guest-arrived': { name: 'Guest Arrived' },
    'guest-left': { name: 'Guest Left' },
    'bill-paid': { name: 'Bill Paid' },
  },
};

/**
 * A step on which notes lie freely; notes can be dropped on a box at (1000, 0) too.
 *
 * @param {number} number
 * @param {object} [other]
 */
export function freeStep(number, other = {}) {
  return {
    number,
    short: 'Free',
    question: 'What happens?',
    hint: '',
    placeholder: 'An event',
    scene: (doc) => ({
      notes: Object.keys(doc.events).map((id) => {
        const [x, y] = doc.board?.notes?.[`events/${id}`] ?? SPOTS[id] ?? [600, 400];
        return { ...noteFor(doc, id), x, y };
      }),
      regions: [],
      arrows: [],
      labels: [],
      free: true,
    }),
    drops: (doc, scene, keys) => [
      {
        key: 'shelf',
        box: { x: 1000, y: 0, w: 300, h: 300 },
        words: 'Put it aside',
        edits: keys.map((key) => ({ kind: 'park', event: key.split('/')[1] })),
      },
    ],
    actions: () => [],
    typed: (doc, text, near, at) => [
      { kind: 'add', to: 'events', name: text, id: text.toLowerCase().replaceAll(' ', '-') },
      ...(at ? [{ kind: 'move', note: `events/${text.toLowerCase().replaceAll(' ', '-')}`, ...at }] : []),
    ],
    ...other,
  };
}

/**
 * Mounts a board on the page.
 *
 * @param {{doc?: object, steps?: object[], step?: number}} [options]
 */
export function mountHands({ doc = HOTEL, steps = [freeStep(1), freeStep(2), freeStep(3), freeStep(4), freeStep(5)], step = 1 } = {}) {
  document.body.replaceChildren();
  const listeners = new Map();
  const emit = (event, detail) => (listeners.get(event) ?? []).forEach((listener) => listener(detail));
  const session = {
    doc,
    revision: 1,
    insight: { findings: {}, coupling: null, progress: {}, next: null, guesses: [] },
    people: [],
    me: { id: 'me', name: 'Ada', hue: 0 },
    pending: 0,
    status: 'live',
    done: [],
    told: [],
    asked: [],
    answer: async () => ({ score: 1 }),
    outcome: null,
    async do(edit, options) {
      session.done.push(options ? [edit, options] : [edit]);
      if (session.outcome) return session.outcome(edit);
      session.become(predict(session.doc, edit));
      return { ok: true, revision: session.revision };
    },
    undo: async () => ({ ok: true, revision: 1 }),
    redo: async () => ({ ok: true, revision: 1 }),
    ask: (question, about) => {
      session.asked.push([question, about]);
      return session.answer(question, about);
    },
    tell: (presence) => session.told.push(presence),
    on(event, listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return () => {};
    },
    close() {},
    become(next) {
      session.doc = next;
      session.revision += 1;
      emit('change');
    },
  };
  const notices = [];
  const root = document.createElement('div');
  const made = makeBoard(root, {
    session,
    steps,
    step,
    readonly: false,
    frame: () => ({ notice: (tone, text, actions = []) => notices.push({ tone, text, actions }) }),
    hands: () => hands,
  });
  const hands = giveHands(made.board, made.wall);
  root.append(made.wall.element);
  document.body.append(root);
  made.draw();
  made.wall.camera.set(0, 0, 1);
  return { ...made, session, notices, root, note: (id) => root.querySelector(`[data-key="events/${id}"]`) };
}

/** Lets animation frames and promises come. */
export async function settled(milliseconds = 40) {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * A pointer event on an element at a point of the page.
 *
 * @param {Element} element
 * @param {string} type
 * @param {number} x
 * @param {number} y
 * @param {object} [other]
 */
export function point(element, type, x, y, other = {}) {
  const buttons = type === 'pointerup' ? 0 : 1;
  const event = new MouseEvent(type, { bubbles: true, cancelable: true, clientX: x, clientY: y, button: 0, buttons, ...other });
  Object.assign(event, { pointerId: 1, pointerType: 'mouse', ...other.pointer });
  element.dispatchEvent(event);
}

/**
 * A key press where the focus is, or on an element.
 *
 * @param {string} key
 * @param {object} [other]
 * @param {Element} [on]
 */
export function press(key, other = {}, on = document.activeElement) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...other });
  on.dispatchEvent(event);
  on.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true, ...other }));
  return event;
}
