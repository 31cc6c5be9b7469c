import { afterEach, expect, it, vi } from 'vitest';
import { makePanel } from '../../../anycompany/board/source/frame/panel.js';
import { STEPS, drawn, fakeBoard, finding, note, press } from './frame_fake.js';

afterEach(() => document.body.replaceChildren());

const left = vi.fn();

/** @param {() => Node[]} content of the step's own part */
const panelWith = async (content) => {
  const board = fakeBoard({ findings: [finding('a')] });
  board.step = {
    ...STEPS[4],
    panel: () => {
      const own = document.createElement('div');
      own.append(...content());
      return own;
    },
  };
  const panel = makePanel(board, left);
  board.root.append(panel.element);
  panel.draw();
  await drawn();
  return { ...panel, board };
};
const made = (tag, more = {}) => {
  const element = Object.assign(document.createElement(tag), more);
  if (more.focusKey) element.setAttribute('data-focus', more.focusKey);
  return element;
};

it('shows the step’s own part first, then the findings', async () => {
  const panel = await panelWith(() => [made('p', { textContent: 'Own' })]);
  const sections = [...panel.element.querySelectorAll('.f-section')].map((one) => one.textContent);
  expect(sections[0]).toBe('Own');
  expect(sections[1]).toContain('What a.');
});

it('is not made anew while somebody types into it, and catches up when they leave', async () => {
  const content = vi.fn(() => [made('input', { type: 'text' })]);
  const panel = await panelWith(content);
  const input = panel.element.querySelector('input');
  input.focus();
  input.value = 'half a wo';
  panel.draw();
  await drawn();
  expect(panel.element.querySelector('input')).toBe(input);
  expect(document.activeElement).toBe(input);
  input.blur();
  await drawn();
  expect(content).toHaveBeenCalledTimes(2);
});

it('is not made anew between pressing and letting go of a button', async () => {
  const content = vi.fn(() => [made('button', { textContent: 'Try' })]);
  const panel = await panelWith(content);
  panel.element.querySelector('button').dispatchEvent(new Event('pointerdown', { bubbles: true }));
  panel.draw();
  await drawn();
  expect(content).toHaveBeenCalledTimes(1);
  document.dispatchEvent(new Event('pointerup'));
  await drawn();
  await drawn();
  expect(content).toHaveBeenCalledTimes(2);
});

it('gives the focus to what stands in the place of what had it', async () => {
  const panel = await panelWith(() => [
    made('button', { textContent: 'A', focusKey: 'a' }),
    made('button', { textContent: 'B', focusKey: 'b' }),
  ]);
  const before = panel.element.querySelector('[data-focus=b]');
  before.focus();
  panel.draw();
  await drawn();
  expect(document.activeElement).not.toBe(before);
  expect(document.activeElement.textContent).toBe('B');
});

it('gives the focus to the neighbour when what had it is gone, or to the panel when nothing is left', async () => {
  let names = ['a', 'b', 'c'];
  const panel = await panelWith(() => names.map((name) => made('button', { textContent: name, focusKey: name })));
  panel.element.querySelector('[data-focus=b]').focus();
  names = ['a', 'c'];
  panel.draw();
  await drawn();
  expect(document.activeElement.textContent).toBe('c');
  names = [];
  panel.board.session.insight = { ...panel.board.session.insight, findings: {} };
  panel.draw();
  await drawn();
  expect(document.activeElement).toBe(panel.element);
});

it('keeps folds open and stays scrolled as far as it was', async () => {
  const panel = await panelWith(() => []);
  panel.element.querySelector('details').open = true;
  panel.element.scrollTop = 40;
  panel.draw();
  await drawn();
  expect(panel.element.querySelector('details').open).toBe(true);
  expect(panel.element.scrollTop).toBe(40);
});

it('is left with Escape', async () => {
  const panel = await panelWith(() => [made('button', { textContent: 'A' })]);
  press(panel.element.querySelector('button'), 'Escape');
  expect(left).toHaveBeenCalledOnce();
});

it('shows nothing of now while one looks at the past', async () => {
  const panel = await panelWith(() => [made('p', { textContent: 'Own' })]);
  panel.board.replay = 12;
  panel.draw();
  await drawn();
  expect(panel.element.textContent).toContain('You look at revision 12.');
  expect(panel.element.querySelector('article')).toBe(null);
  expect(panel.element.textContent).not.toContain('Own');
});

it('lists the decisions, folded, each with what it is about, and removes one', async () => {
  const board = fakeBoard({
    doc: {
      events: { paid: { name: 'Bill Paid' } },
      decisions: { free: { text: 'No free tier', because: 'it is simpler' }, pay: { text: 'Pay first', about: 'paid' } },
    },
    notes: [note('events/paid')],
  });
  const panel = makePanel(board, left);
  board.root.append(panel.element);
  panel.draw();
  await drawn();
  const section = panel.element.querySelector('[aria-label="Decisions"]');
  expect(section.querySelector('details').open).toBe(false);
  expect([...section.querySelectorAll('li')].map((one) => one.textContent)).toEqual([
    'No free tierBecause it is simplerRemove',
    'Pay firstShow “Bill Paid”Remove',
  ]);
  const buttons = section.querySelectorAll('button');
  buttons[1].click();
  expect(board.focus).toHaveBeenCalledWith('events/paid');
  buttons[0].click();
  expect(board.do).toHaveBeenCalledWith([{ kind: 'remove', of: 'decisions', id: 'free' }], 'Decision removed.');
});
