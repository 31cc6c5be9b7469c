import { afterEach, beforeEach, expect, it } from 'vitest';
import { chooseFrom } from '../../../anycompany/board/source/frame/chooser.js';
import { matches, plain } from '../../../anycompany/board/source/frame/picker.js';

/** @type {HTMLElement} */
let root;
beforeEach(() => {
  root = document.createElement('div');
  document.body.append(root);
});
afterEach(() => root.remove());

const found = (texts, query) => matches(texts.map(plain), query).map((index) => texts[index]);

it('finds without case and accents, all words in any order', () => {
  expect(found(['Événement créé', 'Payment Failed'], 'evenement')).toEqual(['Événement créé']);
  expect(found(['Payment Failed', 'Failed Login'], 'failed pay')).toEqual(['Payment Failed']);
  expect(found(['A', 'B'], '  ')).toEqual(['A', 'B']);
  expect(found(['A'], 'a(')).toEqual([]);
});

it('puts first what begins with the query, then what has a word that does', () => {
  expect(found(['Prepayment', 'After Payment', 'Payment Failed'], 'payment')).toEqual([
    'Payment Failed',
    'After Payment',
    'Prepayment',
  ]);
});

const typed = (text) => {
  const box = root.querySelector('[role=combobox]');
  box.value = text;
  box.dispatchEvent(new Event('input'));
  return box;
};
const press = (box, key) => box.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));

it('draws at most fifty of ten thousand and says so', () => {
  chooseFrom(
    { root },
    'Move to…',
    Array.from({ length: 10000 }, (_, index) => ({ words: `Place ${index}`, run() {} })),
  );
  expect(root.querySelectorAll('[role=option]').length).toBe(50);
  expect(root.querySelector('[role=status]').textContent).toContain('of 10000');
  typed('9999');
  expect([...root.querySelectorAll('[role=option]')].map((row) => row.textContent)).toEqual(['Place 9999']);
  typed('nowhere');
  expect(root.querySelector('[role=status]').textContent).toBe('Nothing fits what you typed.');
});

it('tells a screen reader which option Enter takes, and takes it after it is closed', () => {
  const ran = [];
  chooseFrom(
    { root },
    'Move to…',
    ['One', 'Two', 'Three'].map((words) => ({
      words,
      run: () => ran.push(words, root.querySelector('[role=dialog]')),
    })),
  );
  const box = typed('');
  press(box, 'ArrowDown');
  expect(document.getElementById(box.getAttribute('aria-activedescendant')).textContent).toBe('Two');
  press(box, 'ArrowUp');
  press(box, 'ArrowUp');
  expect(document.getElementById(box.getAttribute('aria-activedescendant')).textContent).toBe('Three');
  press(box, 'Enter');
  expect(ran).toEqual(['Three', null]);
});

it('does nothing at Enter when nothing fits', () => {
  const ran = [];
  chooseFrom({ root }, 'Move to…', [{ words: 'One', run: () => ran.push(1) }]);
  press(typed('zzz'), 'Enter');
  expect(ran).toEqual([]);
  expect(root.querySelector('[role=dialog]')).not.toBe(null);
});
