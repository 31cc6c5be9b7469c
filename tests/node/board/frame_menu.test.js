import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { keepInside, openMenu } from '../../../anycompany/board/source/frame/menu.js';

/** @type {HTMLElement} */
let root;
/** @type {HTMLElement} */
let before;
beforeEach(() => {
  root = document.createElement('div');
  before = document.createElement('button');
  root.append(before);
  document.body.append(root);
  before.focus();
});
afterEach(() => root.remove());

const press = (key) =>
  document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
const names = ['Rename', 'Mark as pivotal', 'Remove'];
const open = (runs = {}) =>
  openMenu(
    root,
    { x: 10, y: 10 },
    names.map((name) => ({ name, run: runs[name] ?? (() => {}) })),
    'Account Created',
  );
const here = () => document.activeElement.textContent;

it('is a menu with a name whose first item has the focus', () => {
  open();
  expect(root.querySelector('[role=menu]').getAttribute('aria-label')).toBe('Account Created');
  expect(here()).toBe('Rename');
});

it('goes round with the arrow keys, to both ends, and to what one types', () => {
  open();
  press('ArrowUp');
  expect(here()).toBe('Remove');
  press('ArrowDown');
  expect(here()).toBe('Rename');
  press('End');
  expect(here()).toBe('Remove');
  press('Home');
  press('m');
  expect(here()).toBe('Mark as pivotal');
});

it('goes on to the next one at the same letter, and narrows with more letters', () => {
  open();
  press('r');
  expect(here()).toBe('Remove');
  vi.useFakeTimers({ now: Date.now() + 5000 });
  press('r');
  press('e');
  press('n');
  vi.useRealTimers();
  expect(here()).toBe('Rename');
});

it('runs an item after the focus is back', () => {
  let focusThen = null;
  open({
    Rename: () => {
      focusThen = document.activeElement;
    },
  });
  press('Enter');
  expect(focusThen).toBe(before);
  expect(root.querySelector('[role=menu]')).toBe(null);
});

it('closes at Escape and Tab, and gives the focus back', () => {
  for (const key of ['Escape', 'Tab']) {
    open();
    press(key);
    expect(root.querySelector('[role=menu]')).toBe(null);
    expect(document.activeElement).toBe(before);
  }
});

it('closes when somebody points elsewhere', () => {
  open();
  document.body.dispatchEvent(new Event('pointerdown', { bubbles: true, composed: true }));
  expect(root.querySelector('[role=menu]')).toBe(null);
});

it('is one at a time', () => {
  open();
  open();
  expect(root.querySelectorAll('[role=menu]').length).toBe(1);
});

it('finds the focus again when what had it was drawn anew', () => {
  before.setAttribute('data-focus', 'undo');
  const close = open();
  const again = document.createElement('button');
  again.setAttribute('data-focus', 'undo');
  before.replaceWith(again);
  close();
  expect(document.activeElement).toBe(again);
});

it('stays inside the board', () => {
  const element = document.createElement('div');
  for (const [thing, width, height] of [
    [root, 400, 300],
    [element, 120, 100],
  ]) {
    for (const [name, value] of [
      ['clientWidth', width],
      ['clientHeight', height],
      ['offsetWidth', width],
      ['offsetHeight', height],
    ]) {
      Object.defineProperty(thing, name, { value });
    }
  }
  keepInside(root, element, { x: 390, y: 290 });
  expect([element.style.left, element.style.top]).toEqual(['272px', '192px']);
  keepInside(root, element, { x: -50, y: 20 });
  expect([element.style.left, element.style.top]).toEqual(['8px', '20px']);
});
