import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeReplay } from '../../../anycompany/board/source/frame/replay.js';
import { fakeBoard, named, press } from './frame_fake.js';

const history = [3, 4, 9].map((revision) => ({
  revision,
  author: 'Anna',
  time: '2026-03-01T12:00:00Z',
  words: `did ${revision}`,
}));
const ask = async (question, about) => (question === 'history' ? history : { doc: { name: `at ${about.revision}` } });
/** @type {ReturnType<typeof fakeBoard>} */
let board;
/** @type {ReturnType<typeof makeReplay>} */
let replay;
beforeEach(async () => {
  board = fakeBoard({ ask });
  replay = makeReplay(board);
  board.root.append(replay.element);
  await replay.toggle();
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});
const slider = () => replay.element.querySelector('input');
const settled = () => new Promise((resolve) => setTimeout(resolve));
const slideTo = (value) => {
  slider().value = String(value);
  slider().dispatchEvent(new Event('input'));
};

it('begins at the newest revision, with the focus on the slider', () => {
  expect(replay.on).toBe(true);
  expect(board.look).toHaveBeenLastCalledWith(9, { name: 'at 9' });
  expect(document.activeElement).toBe(slider());
});

it('says who did what, and when', async () => {
  slideTo(1);
  await settled();
  expect(board.look).toHaveBeenLastCalledWith(4, { name: 'at 4' });
  expect(replay.element.textContent).toContain('Revision 4 of 9');
  expect(replay.element.textContent).toContain('Anna: did 4');
  expect(slider().getAttribute('aria-valuetext')).toBe('Revision 4, Anna: did 4');
});

it('shows only the last of many asked for in a hurry', async () => {
  const waiting = [];
  board.session.ask = vi.fn(() => new Promise((resolve) => waiting.push(resolve)));
  slideTo(0);
  slideTo(1);
  board.look.mockClear();
  waiting[1]({ doc: { name: 'second' } });
  waiting[0]({ doc: { name: 'first' } });
  await settled();
  expect(board.look.mock.calls).toEqual([[4, { name: 'second' }]]);
});

it('steps back and forward and stops at the ends', async () => {
  named(replay.element, 'One edit back').click();
  await settled();
  expect(board.look).toHaveBeenLastCalledWith(4, { name: 'at 4' });
  for (let times = 0; times < 3; times += 1) named(replay.element, 'One edit on').click();
  await settled();
  expect(board.look).toHaveBeenLastCalledWith(9, { name: 'at 9' });
});

it('plays from the beginning when it stands at the end, and pauses', async () => {
  vi.useFakeTimers();
  board.look.mockClear();
  named(replay.element, 'Play').click();
  await vi.advanceTimersByTimeAsync(10);
  expect(board.look).toHaveBeenLastCalledWith(3, { name: 'at 3' });
  await vi.advanceTimersByTimeAsync(1000);
  expect(board.look).toHaveBeenLastCalledWith(4, { name: 'at 4' });
  named(replay.element, 'Pause').click();
  await vi.advanceTimersByTimeAsync(5000);
  expect(board.look).toHaveBeenLastCalledWith(4, { name: 'at 4' });
});

it('comes back to now at Escape, and no late answer brings the past back', async () => {
  let answer = (/** @type {object} */ _) => {};
  board.session.ask = vi.fn(
    () =>
      new Promise((resolve) => {
        answer = resolve;
      }),
  );
  slideTo(0);
  press(slider(), 'Escape');
  answer({ doc: { name: 'late' } });
  await settled();
  expect(replay.on).toBe(false);
  expect(board.look).toHaveBeenLastCalledWith(null, null);
});

it('says why there is nothing to replay', async () => {
  const empty = fakeBoard({ ask: async () => [] });
  const none = makeReplay(empty);
  empty.root.append(none.element);
  await none.toggle();
  expect(none.on).toBe(false);
  expect(empty.notice.mock.calls[0][1]).toContain('no history yet');
  const broken = fakeBoard({
    ask: async () => {
      throw new Error('Not connected.');
    },
  });
  await makeReplay(broken).toggle();
  expect(broken.notice.mock.calls[0]).toEqual(['warning', 'The history cannot be read now: Not connected.']);
});
