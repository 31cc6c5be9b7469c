import { afterEach, beforeEach, expect, it } from 'vitest';
import { showGlossary } from '../../../anycompany/board/source/frame/glossary.js';
import { startTour, STOPS, tourOnce } from '../../../anycompany/board/source/frame/tour.js';
import { fakeBoard } from './frame_fake.js';

/** @type {any} */
let board;
beforeEach(() => {
  localStorage.clear();
  globalThis.ResizeObserver ??= class {
    observe() {}
    disconnect() {}
  };
  board = fakeBoard();
  board.say ??= () => {};
  for (const { at } of STOPS) {
    const part = document.createElement('div');
    part.className = at.startsWith('.') ? at.slice(1) : '';
    if (at.startsWith('[')) part.dataset.focus = 'command-keys';
    part.getClientRects = () => [{}];
    board.root.append(part);
  }
});
afterEach(() => board.root.remove());

const card = () => board.root.querySelector('.f-tour');
const press = (key) => card().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
const named = (name) => [...card().querySelectorAll('button')].find((one) => (one.getAttribute('aria-label') ?? one.textContent) === name);

it('is shown once in a browser, without taking the focus from whoever is at work', () => {
  const typing = document.createElement('input');
  document.body.append(typing);
  typing.focus();
  tourOnce(board);
  expect(card()).not.toBeNull();
  expect(document.activeElement).toBe(typing);
  named('End the tour').click();
  expect(card()).toBeNull();
  tourOnce(board);
  expect(card()).toBeNull();
  typing.remove();
});

it('is not shown by itself where it could not be remembered, nor on a wall that is only looked at', () => {
  const storage = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  Object.defineProperty(globalThis, 'localStorage', { configurable: true, get: () => { throw new Error('sandbox'); } });
  tourOnce(board);
  Object.defineProperty(globalThis, 'localStorage', storage);
  expect(card()).toBeNull();
  board.root.classList.add('is-readonly');
  tourOnce(board);
  expect(card()).toBeNull();
});

it('goes on, back and to its end by keys, and passes over parts that are not in sight', () => {
  const panel = board.root.querySelector('.f-panel');
  panel.hidden = true;
  startTour(board);
  expect(document.activeElement.textContent).toBe('Next');
  const titles = [];
  for (let stop = 0; stop < STOPS.length - 1; stop += 1) {
    titles.push(card().querySelector('h3').textContent);
    press('ArrowRight');
  }
  expect(titles).toEqual(STOPS.filter(({ at }) => at !== '.f-panel').map(({ title }) => title));
  expect(card()).toBeNull();
  startTour(board);
  press('ArrowRight');
  press('ArrowLeft');
  expect(card().querySelector('h3').textContent).toBe(STOPS[0].title);
  press('Escape');
  expect(card()).toBeNull();
  expect(board.root.querySelector('.f-tour-ring')).toBeNull();
});

it('has one card, however often it is started', () => {
  startTour(board);
  startTour(board);
  expect(board.root.querySelectorAll('.f-tour')).toHaveLength(1);
});

it('finds the terms of the glossary by any of their words', () => {
  showGlossary(board);
  const all = board.root.querySelectorAll('dt').length;
  const input = board.root.querySelector('input[type=search]');
  expect(document.activeElement).toBe(input);
  input.value = 'bounded';
  input.dispatchEvent(new Event('input'));
  const found = [...board.root.querySelectorAll('dt')].map((one) => one.textContent);
  expect(found).toContain('Bounded context');
  expect(found.length).toBeLessThan(all);
  input.value = 'zzz';
  input.dispatchEvent(new Event('input'));
  expect(board.root.querySelector('[role=status]').textContent).toBe('No such term.');
});
