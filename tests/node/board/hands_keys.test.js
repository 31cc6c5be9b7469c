import { beforeEach, expect, test, vi } from 'vitest';
import { keysOf } from '../../../anycompany/board/source/hands/keys.js';
import { HOTEL, freeStep, mountHands, press, settled } from './hands_fake.js';

const remove = { id: 'remove', name: 'Remove', keys: 'Delete' };
let made;
beforeEach(() => {
  made = mountHands({
    steps: [freeStep(1, { actions: (doc, keys) => [{ ...remove, edits: () => keys.map((key) => ({ kind: 'remove', of: 'events', id: key.split('/')[1] })) }] })],
  });
});
const focusedKey = () => document.activeElement.dataset.key;

test('the wall is one stop of the Tab key', () => {
  expect([...made.root.querySelectorAll('.wall, .note')].filter((one) => one.tabIndex === 0).map((one) => one.dataset.key)).toEqual(['events/room-booked']);
  made.board.focus('events/guest-left');
  expect([...made.root.querySelectorAll('.wall, .note')].filter((one) => one.tabIndex === 0).map((one) => one.dataset.key)).toEqual(['events/guest-left']);
});

test('an empty wall can be reached too', () => {
  const { wall } = mountHands({ doc: { name: 'x', events: {} } });
  expect(wall.element.tabIndex).toBe(0);
});

test('arrows go from note to note, and with Shift they select', () => {
  made.note('room-booked').focus();
  press('ArrowRight');
  expect(focusedKey()).toBe('events/guest-arrived');
  expect([...made.board.selection]).toEqual(['events/guest-arrived']);
  press('ArrowRight', { shiftKey: true });
  expect([...made.board.selection].sort()).toEqual(['events/guest-arrived', 'events/guest-left']);
  press('End');
  expect(focusedKey()).toBe('events/bill-paid');
  press('Home');
  expect(focusedKey()).toBe('events/room-booked');
});

test('Delete removes the note in focus, and the focus goes to its neighbour', async () => {
  made.note('guest-left').focus();
  press('Delete');
  await settled();
  expect(made.session.done).toEqual([[{ kind: 'remove', of: 'events', id: 'guest-left' }]]);
  expect(focusedKey()).toBe('events/guest-arrived');
});

test('the focus stays when others change the storm, and is not lost when they remove the note', async () => {
  made.note('room-booked').focus();
  made.session.become({ ...made.session.doc, events: { ...HOTEL.events, 'room-booked': { name: 'Room Reserved' } } });
  await settled();
  expect([focusedKey(), document.activeElement.textContent]).toEqual(['events/room-booked', expect.stringContaining('Room Reserved')]);
  const { 'room-booked': gone, ...left } = HOTEL.events;
  made.session.become({ ...made.session.doc, events: left });
  await settled();
  expect(focusedKey()).toBe('events/guest-arrived');
  made.session.become({ ...made.session.doc, events: {} });
  await settled();
  expect(document.activeElement).toBe(made.wall.element);
});

test('Ctrl A selects all, Escape nothing, then the whole wall, and then it is left to the page', () => {
  made.note('room-booked').focus();
  expect(press('a', { ctrlKey: true }).defaultPrevented).toBe(true);
  expect(made.board.selection.size).toBe(4);
  press('Escape');
  expect(made.board.selection.size).toBe(0);
  expect(press('Escape').defaultPrevented).toBe(true);
  expect(document.activeElement).toBe(made.wall.element);
  expect(press('Escape').defaultPrevented).toBe(false);
});

test('Alt and an arrow nudges all that is selected', () => {
  made.note('guest-arrived').focus();
  made.board.select(['events/guest-arrived', 'events/guest-left']);
  press('ArrowDown', { altKey: true });
  expect(made.session.done[0][0].edits).toEqual([
    { kind: 'move', note: 'events/guest-arrived', x: 200, y: 8 },
    { kind: 'move', note: 'events/guest-left', x: 400, y: 8 },
  ]);
});

test('Space lists the places to move to; choosing one carries it out', async () => {
  made.note('guest-arrived').focus();
  press(' ');
  const option = [...made.root.querySelectorAll('[role="option"], [role="dialog"] li, [role="dialog"] button')].find((one) => one.textContent.includes('Put it aside'));
  expect(option).toBeDefined();
  press('Enter', {}, made.root.querySelector('[role="dialog"] input'));
  await settled();
  expect(made.session.done).toEqual([[{ kind: 'park', event: 'guest-arrived' }]]);
});

test('a letter begins a new note; Enter edits; Ctrl Z takes back', async () => {
  made.note('guest-arrived').focus();
  press('R', { shiftKey: true });
  expect([document.activeElement.tagName, document.activeElement.value]).toEqual(['INPUT', 'R']);
  made.note('guest-arrived').focus();
  press('Enter');
  expect(document.activeElement.tagName).toBe('TEXTAREA');
  press('Escape');
  const undo = vi.spyOn(made.session, 'undo');
  press('z', { ctrlKey: true });
  expect(undo).toHaveBeenCalledOnce();
  const redo = vi.spyOn(made.session, 'redo');
  press('Z', { ctrlKey: true, shiftKey: true });
  press('y', { ctrlKey: true });
  expect(redo).toHaveBeenCalledTimes(2);
});

test('Shift F10 opens the menu of the note, with the actions of the step', () => {
  made.note('guest-arrived').focus();
  press('F10', { shiftKey: true });
  const names = [...made.root.querySelectorAll('[role="menuitem"]')].map((one) => one.textContent);
  expect(names[0]).toContain('Edit the text');
  expect(names.some((name) => name.includes('Remove'))).toBe(true);
});

test('what the board is for reading only, no key changes', async () => {
  made.board.look(1, HOTEL);
  made.note('guest-arrived').focus();
  press('Delete');
  press('Enter');
  press('x');
  press('ArrowDown', { altKey: true });
  await settled();
  expect(made.session.done).toEqual([]);
  expect(made.root.querySelector('.editor')).toBe(null);
});

test.each([
  [{ key: 'M', shiftKey: true }, 'Shift+m'],
  [{ key: 'p' }, 'p'],
  [{ key: '?', shiftKey: true }, '?'],
  [{ key: 'Backspace' }, 'Delete'],
  [{ key: 'Enter', shiftKey: true }, 'Shift+Enter'],
])('%j is %s', (event, keys) => {
  expect(keysOf({ shiftKey: false, ...event })).toBe(keys);
});
