import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeTrace } from '../../../anycompany/board/source/frame/trace.js';
import { h, svg } from '../../../anycompany/board/source/dom.js';
import { fakeBoard, named, note, press } from './frame_fake.js';
import { PAYMENT } from './playing_message.js';

const doc = {
  name: 'Shop',
  events: { created: { name: 'Account Created' }, attempted: { name: '<img src=x onerror=alert(1)>' }, declined: { name: 'Declined' } },
  policies: { take: { name: 'Take payment' }, settle: { name: 'Settle' } },
};
const notes = ['created', 'attempted', 'declined'].map((id, index) => note(`events/${id}`, { x: 200 * index }));
const arrows = ['hears/created>take', 'rule/take', 'puts/take>attempted'].map((key) => ({ key, tone: 'hears', d: 'M 0 0 L 100 0' }));
/** @type {ReturnType<typeof fakeBoard>} */
let board;
let trace;
let changed;
let wall;
let reduced = false;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'requestAnimationFrame', 'cancelAnimationFrame', 'performance', 'Date'] });
  vi.stubGlobal('matchMedia', () => ({ get matches() { return reduced; } }));
  const lines = svg('svg', { class: 'lines' }, arrows.map(({ key }) => svg('g', { class: 'arrow', 'data-key': key })));
  wall = h('div', null, h('div', { class: 'world' }, lines, h('div', { class: 'notes' })));
  board = fakeBoard({ doc, notes });
  board.scene.arrows = arrows;
  board.step = { ...board.step, number: 7 };
  changed = vi.fn();
  trace = makeTrace(board, { wall, changed });
  board.root.append(wall, trace.element);
});
afterEach(() => {
  reduced = false;
  vi.unstubAllGlobals();
  vi.useRealTimers();
  document.body.replaceChildren();
});
const rings = () => [...wall.querySelectorAll('.t-ring')].map((ring) => ring.dataset.of);
const counts = () => [...wall.querySelectorAll('.t-count')].map((one) => `${one.dataset.of} ${one.textContent}`);
const words = () => trace.element.querySelector('p').textContent;
const pass = (seconds) => vi.advanceTimersByTime(seconds * 1000);

it('plays at once on the bus, without taking the focus', () => {
  trace.hear(PAYMENT);
  expect(trace.on).toBe(true);
  expect(trace.element.contains(document.activeElement)).toBe(false);
  pass(1.3);
  expect(rings()).toEqual(['events/created']);
  expect(counts()).toEqual(['events/created ✓ 1']);
  expect(words()).toBe('0.0 s · Account Created · 1 of 3');
  expect(wall.querySelectorAll('.t-token')).toHaveLength(1);
  expect(wall.querySelector('[data-key="hears/created>take"]').hasAttribute('data-travelled')).toBe(true);
  expect(wall.querySelector('[data-key="puts/take>attempted"]').hasAttribute('data-travelled')).toBe(false);
});

it('ends with the counts of the whole trace, and plays again from the beginning', () => {
  trace.hear(PAYMENT);
  pass(9);
  expect(named(trace.element, 'Play')).toBeTruthy();
  expect(counts()).toContain('events/created ✓ 7');
  expect(rings()).toEqual([]);
  named(trace.element, 'Play').click();
  pass(0.5);
  expect(counts()).toEqual([]);
});

it('pauses, and goes from step to step', () => {
  trace.hear(PAYMENT);
  pass(1.3);
  named(trace.element, 'Pause').click();
  pass(5);
  expect(words()).toContain('1 of 3');
  named(trace.element, 'One step on').click();
  expect(words()).toContain('2 of 3');
  expect(rings()).toContain('events/attempted');
  named(trace.element, 'One step on').click();
  named(trace.element, 'One step on').click();
  expect(words()).toContain('Settle fails → Declined · 3 of 3');
  expect(wall.querySelector('.t-ring.is-failed')).toBeTruthy();
  for (let times = 0; times < 5; times += 1) named(trace.element, 'One step back').click();
  expect(words()).toContain('Nothing has happened yet');
});

it('goes back over things that happened at one moment', () => {
  const [first, second, third] = PAYMENT.beats;
  trace.hear({ ...PAYMENT, id: 'together', beats: [first, second, { ...third, at: second.at }] });
  named(trace.element, 'One step on').click();
  named(trace.element, 'One step on').click();
  expect(words()).toContain('3 of 3');
  named(trace.element, 'One step back').click();
  expect(words()).toContain('1 of 3');
});

it('is worked with the keyboard alone and keeps its keys to itself', () => {
  trace.hear(PAYMENT);
  const slider = trace.element.querySelector('input');
  const heard = vi.fn();
  board.root.addEventListener('keydown', heard);
  expect(press(slider, ' ').defaultPrevented).toBe(true);
  expect(named(trace.element, 'Play')).toBeTruthy();
  slider.value = '2';
  slider.dispatchEvent(new Event('input'));
  expect(slider.getAttribute('aria-valuetext')).toBe('2 of 3, 0.4 s: Take payment → <img src=x onerror=alert(1)>');
  press(slider, 'Escape');
  expect(trace.on).toBe(false);
  expect(heard).not.toHaveBeenCalled();
  expect([rings(), counts()]).toEqual([[], []]);
  expect(wall.querySelector('[data-travelled]')).toBe(null);
});

it('says what happens, but not faster than can be listened to', () => {
  trace.hear(PAYMENT);
  expect(board.say.mock.calls).toEqual([[expect.stringContaining('A trace of 3 steps in 0.9 s plays')]]);
  pass(4);
  expect(board.say).toHaveBeenCalledTimes(2);
  expect(board.say).toHaveBeenLastCalledWith('Take payment → <img src=x onerror=alert(1)>, 0.4 s.');
  named(trace.element, 'One step on').click();
  expect(board.say).toHaveBeenLastCalledWith('Settle fails → Declined, 0.9 s.');
});

it('never reads a name as markup', () => {
  trace.hear(PAYMENT);
  named(trace.element, 'One step on').click();
  named(trace.element, 'One step on').click();
  expect(words()).toContain('<img src=x onerror=alert(1)>');
  expect(board.root.querySelector('img')).toBe(null);
});

it('asks first where somebody works on another step', () => {
  board.step = { ...board.step, number: 3 };
  trace.hear(PAYMENT);
  expect(trace.on).toBe(false);
  const [tone, text, [way]] = board.notice.mock.calls[0];
  expect([tone, text, way.name]).toEqual(['note', 'A trace of 3 steps in 0.9 s can be watched on the bus.', 'Watch it']);
  way.run();
  expect(board.setStep).toHaveBeenLastCalledWith(7);
  expect(trace.on).toBe(true);
  expect(document.activeElement).toBe(trace.element.querySelector('input'));
});

it('only keeps a trace that was played before somebody came in, and does not begin a known one again', () => {
  trace.hear({ ...PAYMENT, fresh: false });
  expect([trace.on, trace.known]).toEqual([false, true]);
  expect(board.notice).not.toHaveBeenCalled();
  expect(changed).toHaveBeenCalled();
  trace.toggle();
  pass(1.3);
  trace.hear(PAYMENT);
  expect(words()).toContain('1 of 3');
  trace.hear('nonsense');
  expect(trace.on).toBe(true);
});

it('lets nothing move for those who prefer that, and begins when they do', () => {
  reduced = true;
  trace.hear(PAYMENT);
  pass(9);
  expect(words()).toContain('Nothing has happened yet');
  named(trace.element, 'Play').click();
  pass(1.3);
  expect(rings()).toEqual(['events/created']);
  expect(wall.querySelectorAll('.t-token')).toHaveLength(0);
});

it('leaves out what is not on the wall any more, and goes on', () => {
  trace.hear(PAYMENT);
  board.scene = { notes: notes.slice(2), regions: [], arrows: [], labels: [] };
  pass(1.3);
  board.tellAll('draw');
  expect([rings(), counts()]).toEqual([[], []]);
  pass(4);
  expect(rings()).toEqual(['events/declined']);
});

it('follows a note that is moved while it plays', () => {
  trace.hear(PAYMENT);
  pass(1.3);
  board.scene = { ...board.scene, notes: [note('events/created', { x: 77 })] };
  board.tellAll('draw');
  expect(wall.querySelector('.t-ring').style.transform).toContain('77px');
});

it('closes where the past is looked at', () => {
  trace.hear(PAYMENT);
  board.look(3, doc);
  board.tellAll('draw');
  expect(trace.on).toBe(false);
  trace.toggle();
  expect(trace.on).toBe(false);
});

it('follows what happens on a wall too large to read, until a hand takes over', () => {
  board.camera.zoom = 0.2;
  board.camera.sight = { x: 0, y: 0, w: 100, h: 100 };
  board.camera.zoomBy.mockImplementation(() => {
    board.camera.zoom = 0.65;
  });
  trace.hear({ ...PAYMENT, fresh: false });
  trace.toggle();
  expect(board.camera.zoomBy).toHaveBeenCalledOnce();
  pass(3.2);
  const [across] = board.camera.panBy.mock.lastCall;
  expect(across).toBeGreaterThan(0);
  wall.dispatchEvent(new Event('pointerdown'));
  board.camera.panBy.mockClear();
  pass(3);
  expect(board.camera.panBy).not.toHaveBeenCalled();
});

it('moves nobody who has not asked for it', () => {
  board.camera.zoom = 0.2;
  trace.hear(PAYMENT);
  pass(6);
  expect(board.camera.zoomBy).not.toHaveBeenCalled();
  expect(board.camera.panBy).not.toHaveBeenCalled();
  expect(board.camera.fit).not.toHaveBeenCalled();
});
