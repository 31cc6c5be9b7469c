import { expect, test } from 'vitest';
import { makeCamera } from '../../../anycompany/board/source/paint/camera.js';
import { boxOfPath, headOf } from '../../../anycompany/board/source/paint/lines.js';
import { clip, initials } from '../../../anycompany/board/source/paint/text.js';

function camera(everything = null) {
  const viewport = document.createElement('div');
  Object.defineProperties(viewport, { clientWidth: { value: 1000 }, clientHeight: { value: 600 } });
  return makeCamera(viewport, document.createElement('div'), () => everything);
}

test('a point of the wall and its point on the screen are each other’s', () => {
  const eye = camera();
  eye.set(-30, 12, 0.7);
  const there = eye.toWall(eye.toScreen({ x: 123, y: 45 }));
  expect(there.x).toBeCloseTo(123);
  expect(there.y).toBeCloseTo(45);
});

test('zooming keeps what is under the pointer there', () => {
  const eye = camera();
  const before = eye.toWall({ x: 200, y: 100 });
  eye.zoomBy(1.7, { x: 200, y: 100 });
  expect(eye.zoom).toBeCloseTo(1.7);
  const after = eye.toWall({ x: 200, y: 100 });
  expect(after.x).toBeCloseTo(before.x);
  expect(after.y).toBeCloseTo(before.y);
});

test('fit shows everything and never magnifies', () => {
  const large = { x: -500, y: -200, w: 5000, h: 900 };
  const eye = camera(large);
  eye.fit();
  const { x, y, w, h } = eye.sight;
  expect([x <= large.x, y <= large.y, x + w >= large.x + large.w, y + h >= large.y + large.h]).toEqual([true, true, true, true]);
  eye.fit({ x: 0, y: 0, w: 10, h: 10 });
  expect(eye.zoom).toBe(1);
});

test('opening a wall too large to be read shows its beginning, readably', () => {
  const eye = camera();
  eye.open({ x: 0, y: 0, w: 20_000, h: 400 });
  expect(eye.zoom).toBeGreaterThanOrEqual(0.5);
  expect(eye.sight.x).toBeLessThan(0);
  expect(eye.sight.x).toBeGreaterThan(-200);
});

test('revealing moves no further than needed, and not at all for what is in sight', () => {
  const eye = camera();
  eye.set(0, 0, 1);
  eye.reveal({ x: 300, y: 300, w: 100, h: 100 });
  expect([eye.x, eye.y]).toEqual([0, 0]);
  eye.reveal({ x: 1200, y: 300, w: 100, h: 100 });
  expect([eye.x, eye.y]).toEqual([348, 0]);
});

test('an arrowhead points the way its line arrives', () => {
  const numbers = (d) => headOf(d).match(/-?[\d.]+/g).map(Number);
  const [tipX, tipY, oneX, , otherX] = numbers('M 0 0 L 100 0');
  expect([tipX, tipY]).toEqual([100, 0]);
  expect(Math.max(oneX, otherX)).toBeLessThan(100);
  const [, , , oneY, , otherY] = numbers('M 0 0 C 0 50 100 50 100 100');
  expect(Math.max(oneY, otherY)).toBeLessThan(100);
  expect(headOf('M 5 5 L 5 5')).toBe('');
});

test('the box of an arrow holds all its points', () => {
  const { x, y, w, h } = boxOfPath({ key: 'a', tone: 'then', d: 'M 10 20 C -5 20 40 -30 50 60' });
  expect([x <= -5, y <= -30, x + w >= 50, y + h >= 60]).toEqual([true, true, true, true]);
});

test('a text is never cut through a character', () => {
  expect(clip('abc', 3)).toBe('abc');
  expect(clip('ab😀cd', 4)).toBe('ab…');
  expect(clip('ab😀cd', 5)).toBe('ab😀…');
});

test.each([['Ada King', 'AK'], ['jo', 'J'], ['', '?'], ['\u200b', '?'], ['😀 Smile', '😀S'], ['a.b-c', 'AC']])('initials of “%s” are %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
