import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askQuestions } from '../../../anycompany/board/source/frame/dialog.js';

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

const press = (target, key, more = {}) => {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
};
const fields = () => [...root.querySelectorAll('input, textarea, select')];
const submit = () => root.querySelector('form').requestSubmit();
const problem = () => root.querySelector('[role=alert]');

describe('askQuestions', () => {
  it('gives text, lines, JSON, choices and ticks in the shapes that actions expect', async () => {
    const asked = askQuestions({ root }, 'All kinds', [
      { key: 'name', label: 'Name', kind: 'text' },
      { key: 'nouns', label: 'Nouns', kind: 'lines' },
      { key: 'example', label: 'Example', kind: 'json' },
      {
        key: 'to',
        label: 'Where',
        kind: 'one',
        choices: [
          { value: 'a', words: 'A' },
          { value: 'b', words: 'B' },
        ],
      },
      {
        key: 'hears',
        label: 'Hears',
        kind: 'many',
        choices: [
          { value: 'x', words: 'X' },
          { value: 'y', words: 'Y' },
        ],
      },
      { key: 'personal', label: 'Personal data', kind: 'tick' },
    ]);
    const [name, nouns, example, to, x, , personal] = fields();
    name.value = '  Billing ';
    nouns.value = 'one\n\n two \r\nthree';
    example.value = '{"amount": 49.0}';
    to.value = 'b';
    x.checked = true;
    personal.checked = true;
    submit();
    expect(await asked).toEqual({
      name: 'Billing',
      nouns: ['one', 'two', 'three'],
      example: { amount: 49 },
      to: 'b',
      hears: ['x'],
      personal: true,
    });
  });

  it('begins with the values it was given and the focus in the first field', async () => {
    const asked = askQuestions({ root }, 'Change', [
      { key: 'name', label: 'Name', kind: 'text', value: 'Old' },
      { key: 'example', label: 'Example', kind: 'json', value: { a: 1 } },
      {
        key: 'many',
        label: 'Many',
        kind: 'many',
        value: ['y'],
        choices: [
          { value: 'x', words: 'X' },
          { value: 'y', words: 'Y' },
        ],
      },
    ]);
    expect(document.activeElement).toBe(fields()[0]);
    submit();
    expect(await asked).toEqual({ name: 'Old', example: { a: 1 }, many: ['y'] });
  });

  it('is a dialog with a name, and Escape takes the action back and gives the focus back', async () => {
    const asked = askQuestions({ root }, 'New context', [{ key: 'name', label: 'Name', kind: 'text' }]);
    const dialog = root.querySelector('[role=dialog]');
    expect(document.getElementById(dialog.getAttribute('aria-labelledby')).textContent).toBe('New context');
    press(fields()[0], 'Escape');
    expect(await asked).toBe(null);
    expect(root.querySelector('[role=dialog]')).toBe(null);
    expect(document.activeElement).toBe(before);
  });

  it('has the verb on its button where that is short, and no dots in its title', () => {
    const button = () => root.querySelector('button[type=submit]').textContent;
    askQuestions({ root }, 'Add a context…', []);
    expect([root.querySelector('h2').textContent, button()]).toEqual(['Add a context', 'Add a context']);
    root.querySelector('.f-veil').remove();
    askQuestions({ root }, 'Repeat these 4 events for other nouns…', []);
    expect(button()).toBe('OK');
    root.querySelector('.f-veil').remove();
    askQuestions({ root }, 'Your name', [], { button: 'Take it' });
    expect(button()).toBe('Take it');
  });

  it('keeps Tab inside, both ways', () => {
    askQuestions({ root }, 'Name', [{ key: 'name', label: 'Name', kind: 'text' }]);
    const buttons = [...root.querySelectorAll('[role=dialog] button')];
    const last = buttons.at(-1);
    last.focus();
    expect(press(last, 'Tab').defaultPrevented).toBe(true);
    expect(document.activeElement).toBe(buttons[0]);
    expect(press(buttons[0], 'Tab', { shiftKey: true }).defaultPrevented).toBe(true);
    expect(document.activeElement).toBe(last);
    fields()[0].focus();
    expect(press(fields()[0], 'Tab').defaultPrevented).toBe(false);
  });

  it('says what is wrong beside the field and keeps what was typed', async () => {
    const asked = askQuestions({ root }, 'Example', [
      { key: 'name', label: 'Name', kind: 'text' },
      { key: 'example', label: 'Example', kind: 'json' },
    ]);
    const [name, example] = fields();
    submit();
    expect(problem().textContent).toContain('“Name” is empty');
    expect(document.activeElement).toBe(name);
    name.value = 'Payment';
    example.value = '{amount: 1';
    submit();
    expect(problem().hidden).toBe(false);
    expect(problem().textContent).toContain('“Example” is not JSON yet');
    expect(example.getAttribute('aria-invalid')).toBe('true');
    expect(name.getAttribute('aria-invalid')).toBe(null);
    expect(example.value).toBe('{amount: 1');
    example.value = '{}';
    submit();
    expect(await asked).toEqual({ name: 'Payment', example: {} });
  });

  it('shows what a check throws and asks again', async () => {
    const check = vi.fn((answers) => {
      if (answers.name === 'Taken') throw new Error('There is a context called “Taken” already.');
    });
    const asked = askQuestions({ root }, 'New', [{ key: 'name', label: 'Name', kind: 'text', value: 'Taken' }], {
      check,
    });
    submit();
    expect(problem().textContent).toBe('There is a context called “Taken” already.');
    fields()[0].value = 'Free';
    submit();
    expect(await asked).toEqual({ name: 'Free' });
  });

  it('leaves Enter to the lines of a text area and takes it with Ctrl', async () => {
    const asked = askQuestions({ root }, 'Lines', [{ key: 'lines', label: 'Lines', kind: 'lines', value: ['a'] }]);
    expect(press(fields()[0], 'Enter').defaultPrevented).toBe(false);
    press(fields()[0], 'Enter', { ctrlKey: true });
    expect(await asked).toEqual({ lines: ['a'] });
  });

  it('offers many choices as a list that gets shorter, and Enter takes the one that is left', async () => {
    const choices = Array.from({ length: 40 }, (_, index) => ({ value: `v${index}`, words: `Service ${index}` }));
    const asked = askQuestions({ root }, 'Where', [{ key: 'to', label: 'Service', kind: 'one', choices }]);
    const box = root.querySelector('[role=combobox]');
    box.value = '37';
    box.dispatchEvent(new Event('input'));
    expect(root.querySelectorAll('[role=option]').length).toBe(1);
    press(box, 'Enter');
    expect(await asked).toEqual({ to: 'v37' });
  });

  it('keeps ticked choices in sight while the others are filtered', () => {
    const choices = Array.from({ length: 12 }, (_, index) => ({
      value: `v${index}`,
      words: `Event ${String.fromCharCode(65 + index)}`,
    }));
    askQuestions({ root }, 'Hears', [{ key: 'hears', label: 'Hears', kind: 'many', choices, value: ['v0'] }]);
    const filter = root.querySelector('input[type=text]');
    filter.value = 'event c';
    filter.dispatchEvent(new Event('input'));
    const shown = [...root.querySelectorAll('.f-checks label')]
      .filter((row) => !row.hidden)
      .map((row) => row.textContent);
    expect(shown).toEqual(['Event A', 'Event C']);
  });

  it('writes hostile text as text', () => {
    const bad = '<img src=x onerror="alert(1)">';
    askQuestions({ root }, bad, [
      { key: 'to', label: bad, kind: 'one', choices: [{ value: bad, words: bad }], hint: bad, value: bad },
    ]);
    expect(root.querySelector('img')).toBe(null);
    expect(root.querySelector('h2').textContent).toBe(bad);
  });

  it('does not let keys out to the wall', () => {
    const heard = vi.fn();
    root.addEventListener('keydown', heard);
    askQuestions({ root }, 'Name', [{ key: 'name', label: 'Name', kind: 'text' }]);
    for (const key of ['p', 'Delete', 'Enter', 'ArrowLeft']) press(fields()[0], key);
    expect(heard).not.toHaveBeenCalled();
  });
});
