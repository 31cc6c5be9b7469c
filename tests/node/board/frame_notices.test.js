import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeNotices, staysFor } from '../../../anycompany/board/source/frame/notices.js';
import { named } from './frame_fake.js';

/** @type {ReturnType<typeof makeNotices>} */
let notices;
const speak = vi.fn();
beforeEach(() => {
  vi.useFakeTimers();
  speak.mockClear();
  const root = document.createElement('div');
  document.body.append(root);
  notices = makeNotices(root, speak);
  root.append(notices.element);
});
afterEach(() => {
  vi.useRealTimers();
  document.body.replaceChildren();
});
const texts = () => [...notices.element.querySelectorAll('p')].map((one) => one.textContent);

it('stays longer the more there is to read, and for good when it is grave or can be acted upon', () => {
  expect(staysFor('good', 'Saved.', 0)).toBe(7000);
  expect(staysFor('note', 'x'.repeat(200), 0)).toBe(19000);
  expect([staysFor('warning', '', 0), staysFor('error', '', 0), staysFor('note', '', 1)]).toEqual([0, 0, 0]);
});

it('goes by itself when it was read', () => {
  notices.show('good', 'Saved.');
  vi.advanceTimersByTime(6900);
  expect(texts()).toEqual(['Saved.']);
  vi.advanceTimersByTime(200);
  expect(texts()).toEqual([]);
});

it('waits while somebody points at it or has the focus in it', () => {
  notices.show('good', 'Saved.');
  notices.element.dispatchEvent(new Event('pointerenter'));
  vi.advanceTimersByTime(60000);
  expect(texts()).toEqual(['Saved.']);
  notices.element.dispatchEvent(new Event('pointerleave'));
  vi.advanceTimersByTime(7100);
  expect(texts()).toEqual([]);
});

it('interrupts a screen reader only for what is grave', () => {
  notices.show('good', 'Saved.');
  notices.show('error', 'The disk is full.');
  expect(speak.mock.calls).toEqual([
    ['Saved.', false],
    ['The disk is full.', true],
  ]);
});

it('carries an action out once, and is gone', () => {
  const run = vi.fn();
  notices.show('note', 'The file was changed by hand.', [{ name: 'Put it back', run }]);
  vi.advanceTimersByTime(600000);
  named(notices.element, 'Put it back').click();
  expect(run).toHaveBeenCalledOnce();
  expect(texts()).toEqual([]);
});

it('does not pile up: the same once, four at most, and what passes goes first', () => {
  notices.show('warning', 'Grave');
  for (const text of ['1', '1', '2', '3', '4']) notices.show('note', text);
  expect(texts()).toEqual(['Grave', '2', '3', '4']);
});

it('keeps the focus when the notice that has it is dismissed', () => {
  notices.show('error', 'First');
  notices.show('error', 'Second');
  const [first] = notices.element.querySelectorAll('button');
  first.focus();
  first.click();
  expect(notices.element.contains(document.activeElement)).toBe(true);
});
