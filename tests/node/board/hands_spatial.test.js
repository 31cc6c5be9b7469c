import { expect, test } from 'vitest';
import { freeSpot, lastAt, nearestTo, nextInDirection, within } from '../../../anycompany/board/source/hands/spatial.js';

const box = (x, y, w = 100, h = 60) => ({ x, y, w, h });
const touching = (one, other) => one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

test('an arrow key goes to the nearest ahead, what lies straight ahead first', () => {
  const [from, ahead, aside, behind] = [box(0, 0), box(300, 0), box(150, 120), box(-150, 0)];
  const all = [behind, aside, ahead, from];
  expect(nextInDirection(all, from, 'ArrowRight')).toBe(ahead);
  expect(nextInDirection(all, from, 'ArrowLeft')).toBe(behind);
  expect(nextInDirection(all, from, 'ArrowDown')).toBe(aside);
  expect(nextInDirection(all, from, 'ArrowUp')).toBe(null);
});

test('every note of a grid can be reached with the arrow keys', () => {
  const all = Array.from({ length: 30 }, (_, index) => box((index % 6) * 150 + (index % 2) * 20, Math.floor(index / 6) * 90));
  const reached = new Set([all[0]]);
  for (const one of reached) {
    for (const way of ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']) {
      const next = nextInDirection(all, one, way);
      if (next) reached.add(next);
    }
  }
  expect(reached.size).toBe(all.length);
});

test('the nearest is by the middle', () => {
  const [near, far] = [box(100, 100), box(400, 0)];
  expect(nearestTo([far, near], box(90, 90))).toBe(near);
  expect(nearestTo([], box(0, 0))).toBe(null);
});

test('a new note covers nothing and stays in sight while there is room', () => {
  const sight = { x: -20, y: -20, w: 800, h: 500 };
  const taken = [box(0, 0, 132, 88)];
  for (let count = 0; count < 15; count++) {
    const spot = { ...freeSpot(taken, sight, { w: 132, h: 88 }), w: 132, h: 88 };
    expect(taken.some((one) => touching(one, spot))).toBe(false);
    expect([spot.x >= sight.x, spot.y >= sight.y, spot.x + spot.w <= sight.x + sight.w, spot.y + spot.h <= sight.y + sight.h]).toEqual([true, true, true, true]);
    taken.push(spot);
  }
});

test('where no room is left in sight, a new note goes below', () => {
  const sight = { x: 0, y: 0, w: 400, h: 300 };
  const spot = freeSpot([box(-1000, -1000, 3000, 2000)], sight, { w: 132, h: 88 });
  expect(spot.y).toBeGreaterThanOrEqual(1000);
});

test('of boxes over each other the last one counts', () => {
  const [lower, upper] = [{ box: box(0, 0) }, { box: box(50, 0) }];
  const at = (x) => lastAt([lower, upper], { x, y: 10 }, (one) => one.box);
  expect([at(10), at(60), at(500)]).toEqual([lower, upper, null]);
});

test('the rubber band takes what it touches', () => {
  const all = [box(0, 0), box(500, 0)];
  expect(within(all, { x: 90, y: 50, w: 10, h: 10 })).toEqual([all[0]]);
});
