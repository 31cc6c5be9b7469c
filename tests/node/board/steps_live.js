/** A board with a panel that lives: selection, edits that take effect, redraws. For the tests of steps 7 and 8. */

import { predict } from '../../../anycompany/board/source/model/predict.js';

/**
 * @param {import('../../../anycompany/board/source/types.js').Step} step
 * @param {object} doc
 * @param {object} insight
 * @param {Record<string, any>} [answers] what the kernel answers, by question
 */
export function liveBoard(step, doc, insight, answers = {}) {
  const listeners = new Map();
  const emit = (event) => (listeners.get(event) ?? []).forEach((listener) => listener());
  const root = document.createElement('div');
  document.body.append(root);
  const log = { done: [], asked: [], noticed: [] };
  const session = {
    doc,
    insight,
    ask: async (question, about) => {
      log.asked.push([question, about]);
      if (!(question in answers)) throw new Error('The kernel is not there.');
      return answers[question];
    },
  };
  const board = {
    root, session, step, log, selection: new Set(), focused: null, replay: null, panel: null,
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    do: async (edits, words) => {
      log.done.push({ edits, words });
      board.change(edits.reduce(predict, session.doc));
      return { ok: true, revision: 1 };
    },
    change: (next) => {
      session.doc = next;
      emit('draw');
    },
    select: (keys) => {
      board.selection = new Set(keys);
      emit('selection');
    },
    focus: () => {},
    say: () => {},
    notice: (tone, text) => log.noticed.push(text),
    control: (key) => [...root.querySelectorAll('[data-focus]')].find((one) => one.getAttribute('data-focus') === key),
    settled: () => new Promise((done) => setTimeout(done, 5)),
    close: () => root.remove(),
  };
  board.panel = step.panel(board);
  root.append(board.panel);
  return board;
}

/** Types a text into the control of this key and ends with a key, or by leaving it. */
export async function typeInto(board, key, text, end = 'blur') {
  const control = board.control(key);
  control.focus();
  control.value = text;
  control.dispatchEvent(new Event('input', { bubbles: true }));
  if (end === 'blur') control.blur();
  else control.dispatchEvent(new KeyboardEvent('keydown', { key: end, bubbles: true, cancelable: true }));
  await board.settled();
}
