import axe from 'axe-core';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeFrame } from '../../../anycompany/board/source/frame/index.js';
import { drawn, fakeBoard, finding, named, note, press } from './frame_fake.js';

vi.mock('../../../anycompany/board/source/steps/index.js', async () => ({
  STEPS: (await import('./frame_fake.js')).STEPS,
}));
vi.mock('../../../anycompany/board/source/hands/keys.js', () => ({
  takeBack: (board, back) => (back ? board.session.undo() : board.session.redo()),
}));
vi.mock('../../../anycompany/board/source/export/svg.js', () => ({ svgOf: () => '' }));
vi.mock('../../../anycompany/board/source/export/png.js', () => ({
  pngOf: async () => new Blob([]),
  sharpnessOf: () => 2,
}));
vi.mock('../../../anycompany/board/source/export/pdf.js', () => ({ pdfOf: async () => new Blob([]) }));

/** @type {ReturnType<typeof fakeBoard>} */
let board;
/** @type {ReturnType<typeof makeFrame>} */
let frame;
/** @type {HTMLElement} */
let wall;
const people = ['Anna K', 'Jo', 'Mia', 'Zed', 'Q'].map((name, index) => ({
  id: String(index),
  name,
  hue: index,
  step: 2,
}));
const actions = [
  { id: 'new', name: 'New context', keys: 'n', tool: true },
  { id: 'rm', name: 'Remove', keys: 'Delete' },
];

beforeEach(async () => {
  HTMLCanvasElement.prototype.getContext = () => null;
  globalThis.ResizeObserver = class {
    observe() {}
    disconnect() {}
  };
  board = fakeBoard({
    findings: [finding('a'), finding('b', { step: 2 })],
    notes: [note('events/account-created')],
    actions,
    people,
  });
  wall = document.createElement('div');
  wall.tabIndex = 0;
  frame = makeFrame(board, { wall });
  board.root.append(frame.element);
  await drawn();
});
afterEach(() => {
  frame.close();
  document.body.replaceChildren();
});
const steps = () => [...board.root.querySelectorAll('nav button')];

it('says where we are and what is done', () => {
  expect(
    steps()
      .map((one) => one.textContent.replace(/\s+/g, ' '))
      .slice(0, 5),
  ).toEqual([
    '1 Discover, done',
    '2 Sequence, not begun',
    '3 Triggers, not begun',
    '4 Entities, not begun',
    '5 Contexts, 1 of 3 done',
  ]);
  expect(steps().filter((one) => one.getAttribute('aria-current') === 'step')).toEqual([steps()[4]]);
  expect(board.root.querySelector('h2').textContent).toBe('What of Contexts?');
});

it('goes to another step with a click or the arrow keys and says so', async () => {
  steps()[4].focus();
  press(steps()[4], 'ArrowRight');
  expect(document.activeElement).toBe(steps()[5]);
  steps()[5].click();
  await drawn();
  expect(board.setStep).toHaveBeenCalledWith(6);
  expect(board.root.querySelector('h2').textContent).toBe('What of Services?');
  expect(document.activeElement).toBe(steps()[5]);
  expect(board.root.querySelector('[aria-live=polite]').textContent).toContain('Step 6, Services.');
});

it('offers the tools of the step, with their keys', () => {
  const tools = [...board.root.querySelectorAll('[aria-label="What this step offers"] button')];
  expect(tools.map((one) => one.textContent)).toEqual(['New contextN']);
  tools[0].click();
  expect(board.run).toHaveBeenCalledWith(actions[0]);
});

it('opens palette, find and help by their keys, and undoes', () => {
  press(wall, 'k', { ctrlKey: true });
  expect(board.root.querySelector('[role=dialog] h2').textContent).toBe('What would you like to do?');
  press(document.activeElement, 'Escape');
  press(wall, '?');
  expect(board.root.querySelector('[role=dialog] h2').textContent).toBe('Keys');
  press(document.activeElement, 'Escape');
  press(wall, '/');
  expect(board.root.querySelector('[role=search]').hidden).toBe(false);
  press(document.activeElement, 'Escape');
  press(wall, 'z', { ctrlKey: true });
  expect(board.session.undo).toHaveBeenCalledOnce();
  press(wall, 'z', { ctrlKey: true, shiftKey: true });
  expect(board.session.redo).toHaveBeenCalledOnce();
});

it('finds a note, counts, and leaves the focus on it', () => {
  press(wall, 'f', { ctrlKey: true });
  const input = board.root.querySelector('[role=search] input');
  input.value = 'account';
  input.dispatchEvent(new Event('input'));
  expect(board.root.querySelector('[role=search] [role=status]').textContent).toBe('1 of 1');
  press(input, 'Escape');
  expect(board.focus).toHaveBeenCalledWith('events/account-created', { reveal: true });
});

it('finds actions, commands and steps in the palette', () => {
  press(wall, 'k', { ctrlKey: true });
  const box = board.root.querySelector('[role=combobox]');
  for (const [query, first] of [
    ['remove', 'Remove'],
    ['full', 'Full screen'],
    ['schemas', 'Go to step 8, Schemas'],
  ]) {
    box.value = query;
    box.dispatchEvent(new Event('input'));
    expect(board.root.querySelector('[role=option] bdi').textContent).toBe(first);
  }
});

it('shows four people at most, the rest in a menu, and asks for one’s own name', () => {
  const circles = [...board.root.querySelectorAll('.f-person')];
  expect(circles.map((one) => one.textContent)).toEqual(['AK', 'J', 'M', '+2', 'ÅL']);
  circles[3].click();
  expect([...board.root.querySelectorAll('[role=menuitem]')].length).toBe(5);
  press(document.activeElement, 'Escape');
  circles[4].click();
  board.root.querySelector('form input').value = 'Åsa L';
  board.root.querySelector('form').requestSubmit();
  return Promise.resolve().then(() => expect(board.session.tell).toHaveBeenCalledWith({ name: 'Åsa L' }));
});

it('leaves the circles alone while pointers move, and goes where somebody is by then', async () => {
  const circle = board.root.querySelector('.f-person');
  board.session.people = people.map((person) => ({ ...person, pointer: [500, 300], step: 2 }));
  board.tellAll('people');
  await drawn();
  expect(board.root.querySelector('.f-person')).toBe(circle);
  circle.click();
  expect(board.setStep).toHaveBeenCalledWith(2);
  expect(board.camera.reveal).toHaveBeenCalledWith({ x: 420, y: 220, w: 160, h: 160 });
  board.session.people = board.session.people.slice(1);
  board.tellAll('people');
  await drawn();
  expect(board.root.querySelector('.f-person').textContent).toBe('J');
});

it('says what the session says', () => {
  board.tellAll('notice', { tone: 'warning', text: 'The file was changed by hand.' });
  expect(board.root.querySelector('.f-notices').textContent).toContain('changed by hand');
  expect(board.root.querySelector('[aria-live=assertive]').textContent).toBe('The file was changed by hand.');
});

it('says together what is said in one breath, and says the same again', () => {
  const region = board.root.querySelector('[aria-live=polite]');
  vi.useFakeTimers({ now: Date.now() + 10000 });
  frame.say('Added.');
  frame.say('Saved.');
  expect(region.textContent).toBe('Added. Saved.');
  vi.advanceTimersByTime(1000);
  frame.say('Undone.');
  vi.advanceTimersByTime(1000);
  const before = region.textContent;
  frame.say('Undone.');
  vi.useRealTimers();
  expect(region.textContent).not.toBe(before);
  expect(region.textContent.trim()).toBe('Undone.');
});

it('folds the panel away and remembers nothing it should not', async () => {
  const toggle = named(board.root, 'Panel beside the wall');
  expect(toggle.getAttribute('aria-pressed')).toBe('true');
  toggle.click();
  expect(toggle.getAttribute('aria-pressed')).toBe('false');
  expect(frame.element.dataset.panel).toBe('closed');
});

it('hears nothing any more when it is closed', async () => {
  frame.close();
  board.step = { ...board.step, question: 'Another?' };
  board.tellAll('change');
  await drawn();
  expect(board.root.querySelector('h2').textContent).toBe('What of Contexts?');
});

it.each([
  ['at rest', () => {}],
  ['with a menu', () => frame.menu({ x: 1, y: 1 }, [{ name: 'Rename', run() {} }], 'A')],
  ['with the palette', () => press(wall, 'k', { ctrlKey: true })],
  ['with the keys', () => press(wall, '?')],
  [
    'with the find bar and a notice',
    () => {
      press(wall, '/');
      frame.notice('error', 'The disk is full.', [{ name: 'Again', run() {} }]);
    },
  ],
])('has nothing for axe to find, %s', async (_, prepare) => {
  prepare();
  const { violations } = await axe.run(board.root, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((where) => where.html).join(' ')}`)).toEqual([]);
});
