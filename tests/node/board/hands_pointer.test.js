import { expect, test, vi } from 'vitest';
import { freeStep, mountHands, point, settled } from './hands_fake.js';

/** Drags from one point to another, and stays there. */
async function drag(made, element, from, to, other) {
  point(element, 'pointerdown', ...from, other);
  point(made.wall.element, 'pointermove', (from[0] + to[0]) / 2, (from[1] + to[1]) / 2, other);
  point(made.wall.element, 'pointermove', ...to, other);
  await settled();
}
const drop = async (made, at, other) => {
  point(made.wall.element, 'pointerup', ...at, other);
  await settled();
};

test('a note is dragged, lies where it is dropped, and others see it held meanwhile', async () => {
  const made = mountHands();
  await drag(made, made.note('guest-arrived'), [210, 10], [310, 60]);
  expect(made.note('guest-arrived').style.transform).toBe('translate(300px, 50px)');
  expect(made.session.told.some((one) => one.holds === 'events/guest-arrived')).toBe(true);
  await drop(made, [310, 60]);
  expect(made.session.done).toEqual([[{ kind: 'move', note: 'events/guest-arrived', x: 300, y: 50 }]]);
  expect(made.note('guest-arrived').style.transform).toBe('translate(300px, 50px)');
  expect(made.session.told.at(-1)).toEqual({ holds: null });
});

test('selected notes go together', async () => {
  const made = mountHands();
  made.board.select(['events/room-booked', 'events/guest-arrived']);
  await drag(made, made.note('guest-arrived'), [210, 10], [220, 40]);
  await drop(made, [220, 40]);
  expect(made.session.done[0][0].edits.map(({ note, x, y }) => [note, x, y])).toEqual([['events/room-booked', 10, 30], ['events/guest-arrived', 210, 30]]);
});

test('what a drop would mean is said and lit up, and dropping does it', async () => {
  const made = mountHands();
  made.wall.camera.set(600, 0, 1);
  await settled();
  await drag(made, made.note('bill-paid'), [10, 210], [450, 100]);
  expect(made.root.querySelector('.meaning').textContent).toBe('Put it aside');
  expect(made.root.querySelector('.target').hidden).toBe(false);
  await drop(made, [450, 100]);
  expect(made.session.done).toEqual([[{ kind: 'park', event: 'bill-paid' }]]);
  expect(made.root.querySelector('.target').hidden).toBe(true);
});

test('with choices, dropping asks which', async () => {
  const choices = [{ words: 'As “A”', edits: [{ kind: 'vote' }] }, { words: 'As “B”', edits: [{ kind: 'park', event: 'bill-paid' }] }];
  const made = mountHands({ steps: [freeStep(1, { drops: () => [{ key: 'm', box: { x: 300, y: 300, w: 200, h: 200 }, words: 'Merge', choices }] })] });
  await drag(made, made.note('bill-paid'), [210, 210], [350, 350]);
  await drop(made, [350, 350]);
  expect(made.session.done).toEqual([]);
  const items = [...made.root.querySelectorAll('[role="menuitem"]')];
  expect(items.map((one) => one.textContent)).toEqual(['As “A”', 'As “B”']);
  items[1].click();
  expect(made.session.done).toEqual([[{ kind: 'park', event: 'bill-paid' }]]);
});

test('Escape puts a note back; a trembling hand moves nothing', async () => {
  const made = mountHands();
  await drag(made, made.note('guest-arrived'), [210, 10], [310, 60]);
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }));
  expect(made.note('guest-arrived').style.transform).toBe('translate(200px, 0px)');
  await drop(made, [310, 60]);
  await drag(made, made.note('guest-arrived'), [210, 10], [212, 11]);
  await drop(made, [212, 11]);
  expect(made.session.done).toEqual([]);
});

test('while boundaries are decided, the coupling is asked for with the note in the hand', async () => {
  const made = mountHands({ step: 5 });
  const previews = [];
  made.board.on('preview', () => previews.push(made.board.preview));
  made.wall.camera.set(600, 0, 1);
  await settled();
  await drag(made, made.note('bill-paid'), [10, 210], [450, 100]);
  await settled(120);
  expect(made.session.asked).toEqual([['what-if', { edits: [{ kind: 'park', event: 'bill-paid' }] }]]);
  expect(previews.at(-1)).toEqual({ coupling: { score: 1 }, words: 'Put it aside' });
  await drop(made, [450, 100]);
  expect(made.board.preview).toBe(null);
});

test('an answer that comes too late is not shown', async () => {
  const made = mountHands({ step: 5 });
  let answer;
  made.session.answer = () => new Promise((resolve) => (answer = resolve));
  made.wall.camera.set(600, 0, 1);
  await settled();
  await drag(made, made.note('bill-paid'), [10, 210], [450, 100]);
  await settled(120);
  await drop(made, [450, 100]);
  answer({ score: 9 });
  await settled();
  expect(made.board.preview).toBe(null);
});

test('when somebody removes the note in the hand, the hand is empty and nothing is done', async () => {
  const made = mountHands();
  await drag(made, made.note('bill-paid'), [210, 210], [250, 250]);
  const { 'bill-paid': gone, ...left } = made.session.doc.events;
  made.session.become({ ...made.session.doc, events: left });
  await settled();
  await drop(made, [250, 250]);
  expect(made.session.done).toEqual([]);
  expect(made.root.querySelector('.is-lifted')).toBe(null);
});

test('a click selects one, with Shift more, and the empty wall none', () => {
  const made = mountHands();
  const click = (element, x, y, other) => ['pointerdown', 'pointerup'].forEach((type) => point(element, type, x, y, other));
  click(made.note('room-booked'), 10, 10);
  click(made.note('guest-left'), 410, 10, { shiftKey: true });
  expect([...made.board.selection]).toEqual(['events/room-booked', 'events/guest-left']);
  click(made.note('room-booked'), 10, 10, { shiftKey: true });
  expect([...made.board.selection]).toEqual(['events/guest-left']);
  click(made.wall.element, 700, 500);
  expect(made.board.selection.size).toBe(0);
});

test('a rubber band selects what it touches', async () => {
  const made = mountHands();
  await drag(made, made.wall.element, [150, 150], [390, 50]);
  expect(made.root.querySelector('.band').hidden).toBe(false);
  expect([...made.board.selection]).toEqual(['events/guest-arrived']);
  await drop(made, [390, 50]);
  expect(made.root.querySelector('.band').hidden).toBe(true);
});

test('the middle button, the hand tool and a finger on the empty wall move the wall', async () => {
  const made = mountHands();
  for (const [element, other] of [
    [made.note('guest-arrived'), { button: 1 }],
    [made.wall.element, { pointer: { pointerType: 'touch' } }],
  ]) {
    const before = made.board.camera.x;
    await drag(made, element, [210, 10], [190, 10], other);
    await drop(made, [190, 10], other);
    expect(made.board.camera.x).toBeCloseTo(before + 20);
  }
  made.wall.element.dataset.hand = 'true';
  await drag(made, made.note('guest-arrived'), [210, 10], [190, 10]);
  expect(made.board.camera.x).toBeCloseTo(60);
  expect(made.session.done).toEqual([]);
});

test('two fingers pinch', async () => {
  const made = mountHands();
  const finger = (pointerId) => ({ pointer: { pointerId, pointerType: 'touch' } });
  point(made.wall.element, 'pointerdown', 300, 300, finger(1));
  point(made.wall.element, 'pointerdown', 400, 300, finger(2));
  point(made.wall.element, 'pointermove', 500, 300, finger(2));
  expect(made.board.camera.zoom).toBeCloseTo(2);
});

test('a long press opens the menu', () => {
  vi.useFakeTimers();
  const made = mountHands();
  point(made.note('guest-arrived'), 'pointerdown', 210, 10, { pointer: { pointerType: 'touch' } });
  vi.advanceTimersByTime(700);
  expect(made.root.querySelector('[role="menu"]')).not.toBe(null);
  vi.useRealTimers();
});

test('the wheel scrolls the page past a board that nobody works on, and moves the wall of one that has the focus', () => {
  const made = mountHands();
  const wheel = (other) => {
    const event = new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY: 50, ...other });
    made.wall.element.dispatchEvent(event);
    return event.defaultPrevented;
  };
  document.activeElement.blur();
  expect(wheel()).toBe(false);
  made.note('room-booked').focus();
  expect(wheel()).toBe(true);
  expect(made.board.camera.y).toBe(50);
  document.activeElement.blur();
  expect(wheel({ ctrlKey: true })).toBe(true);
  expect(made.board.camera.zoom).toBeLessThan(1);
});

test('a fixed note stays', async () => {
  const made = mountHands({ steps: [freeStep(1, { scene: () => ({ notes: [{ key: 'x', kind: 'event', shape: 'paper', text: 'X', says: 'X', fixed: true, x: 0, y: 0, w: 100, h: 80 }], regions: [], arrows: [], labels: [] }) })] });
  const element = made.root.querySelector('[data-key="x"]');
  await drag(made, element, [10, 10], [200, 200]);
  await drop(made, [200, 200]);
  expect(element.style.transform).toBe('translate(0px, 0px)');
  expect(made.session.done).toEqual([]);
});
