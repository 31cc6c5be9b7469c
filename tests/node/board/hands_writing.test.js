import { beforeEach, expect, test } from 'vitest';
import { linesOf, readOurs } from '../../../anycompany/board/source/hands/clipboard.js';
import { wordingOf } from '../../../anycompany/board/source/hands/naming.js';
import { HOTEL, freeStep, mountHands, press, settled } from './hands_fake.js';

let made;
beforeEach(() => {
  made = mountHands();
});
const editor = () => made.root.querySelector('.editor');
const write = (text) => {
  const field = made.root.querySelector('.editor textarea');
  field.value = text;
  field.dispatchEvent(new Event('input'));
};
const renames = () => made.session.done.map(([edit, options]) => [edit.name, options?.was]);

test('Enter writes the name, in one line, from the name one began with, and the focus is back on the note', async () => {
  made.board.edit('events/bill-paid');
  expect(document.activeElement.value).toBe('Bill Paid');
  expect(made.session.told.at(-1)).toEqual({ editing: 'events/bill-paid' });
  write('  Bill \n Settled ');
  press('Enter');
  expect(made.session.done).toEqual([[{ kind: 'rename', of: 'events', id: 'bill-paid', name: 'Bill Settled' }, { was: 'Bill Paid' }]]);
  expect(document.activeElement.dataset.key).toBe('events/bill-paid');
  expect(made.session.told.at(-1)).toEqual({ editing: null });
});

test('Escape, the same text, and an empty text change nothing', () => {
  for (const [text, key] of [['Other', 'Escape'], ['Bill Paid', 'Enter'], [' \u200b ', 'Enter']]) {
    made.board.edit('events/bill-paid');
    write(text);
    press(key);
    expect(editor()).toBe(null);
  }
  expect(made.session.done).toEqual([]);
});

test('Enter that ends a composition writes nothing yet', () => {
  made.board.edit('events/bill-paid');
  write('支払い');
  press('Enter', { isComposing: true });
  expect(editor()).not.toBe(null);
  expect(made.session.done).toEqual([]);
});

test('leaving the editor keeps what was written', () => {
  made.board.edit('events/bill-paid');
  write('Bill Settled');
  document.hasFocus = () => true;
  made.root.querySelector('.editor textarea').blur();
  expect(renames()).toEqual([['Bill Settled', 'Bill Paid']]);
});

test('what others write meanwhile is said and does not touch what one writes', async () => {
  made.session.people = [{ id: 'jo', name: 'Jo', hue: 1, editing: 'events/bill-paid' }];
  made.board.edit('events/bill-paid');
  write('Mine');
  made.session.become({ ...HOTEL, events: { ...HOTEL.events, 'bill-paid': { name: 'Theirs' } } });
  await settled();
  expect(editor().querySelector('.meanwhile').textContent).toBe('Jo has written “Theirs” meanwhile.');
  expect(editor().querySelector('textarea').value).toBe('Mine');
});

/** Two people renamed one note; one's own text was refused. */
async function conflict() {
  made.session.outcome = () => {
    made.session.outcome = null;
    made.session.become({ ...HOTEL, events: { ...HOTEL.events, 'bill-paid': { name: 'Theirs' } } });
    return { ok: false, why: 'w', remedy: 'r', conflict: { theirs: 'Theirs', author: 'Jo' } };
  };
  made.board.edit('events/bill-paid');
  write('Mine');
  press('Enter');
  await settled();
}
const choose = (name) => [...editor().querySelectorAll('button')].find((one) => one.textContent === name).click();

test('two names for one note: both are shown, and nobody loses theirs', async () => {
  await conflict();
  expect(editor().querySelector('textarea').value).toBe('Mine');
  expect(editor().querySelector('.meanwhile').textContent).toContain('“Theirs”');
  editor().querySelector('textarea').blur();
  expect(editor()).not.toBe(null);
});

test.each([
  ['Keep mine', [[{ kind: 'rename', of: 'events', id: 'bill-paid', name: 'Mine' }, { was: 'Theirs' }]]],
  ['Keep theirs', []],
  ['Keep both', [[{ kind: 'add', to: 'events', name: 'Mine' }]]],
])('%s', async (name, edits) => {
  await conflict();
  made.session.done.length = 0;
  choose(name);
  expect(made.session.done).toEqual(edits);
});

test('a refusal that is no conflict gives the words back', async () => {
  made.session.outcome = () => ({ ok: false, why: 'The name is too long.', remedy: 'Shorten it.' });
  made.board.edit('events/bill-paid');
  write('Mine');
  press('Enter');
  await settled();
  expect(made.notices[0].text).toBe('The name is too long. Shorten it.');
  made.notices[0].actions[0].run();
  expect(editor().querySelector('textarea').value).toBe('Mine');
});

test('type and Enter, type and Enter: the field keeps the focus and the notes do not cover each other', () => {
  const field = made.root.querySelector('.typing input');
  field.focus();
  for (const text of ['Key Lost', 'Key Found']) {
    field.value = text;
    press('Enter');
    expect([document.activeElement, field.value]).toEqual([field, '']);
  }
  const [one, other] = ['key-lost', 'key-found'].map((id) => made.wall.boxOf(`events/${id}`));
  expect([one.text, other.text]).toEqual(['Key Lost', 'Key Found']);
  expect(Math.abs(one.x - other.x) >= one.w || Math.abs(one.y - other.y) >= one.h).toBe(true);
});

test('what a step refuses stays in the field, with the reason', () => {
  made = mountHands({
    steps: [freeStep(1, { typed: () => {
      throw new Error('Say more.');
    } })],
  });
  const field = made.root.querySelector('.typing input');
  field.focus();
  field.value = 'Hm';
  press('Enter');
  expect([field.value, made.notices[0].text]).toEqual(['Hm', 'Say more.']);
});

test('a step without a placeholder has no field, and letters do nothing', () => {
  made = mountHands({ steps: [freeStep(1, { placeholder: null })] });
  expect(made.root.querySelector('.typing').hidden).toBe(true);
  made.note('bill-paid').focus();
  press('x');
  expect(document.activeElement.dataset.key).toBe('events/bill-paid');
});

/** @param {string} type @param {Record<string, string>} data */
function clipboard(type, data, on = document.activeElement) {
  const event = new Event(type, { bubbles: true, cancelable: true });
  event.clipboardData = { getData: (kind) => data[kind] ?? '', setData: (kind, value) => (data[kind] = value) };
  on.dispatchEvent(event);
  return event;
}

test('a pasted list becomes as many notes, on the wall and in the field', async () => {
  made.session.answer = async (_, { text }) => ({ edits: text.split('\n').map((name) => ({ kind: 'add', to: 'events', name, id: name })) });
  made.note('bill-paid').focus();
  clipboard('paste', { 'text/plain': 'one\ntwo' });
  await settled();
  const field = made.root.querySelector('.typing input');
  field.focus();
  clipboard('paste', { 'text/plain': 'three\nfour' }, field);
  await settled();
  expect(Object.keys(made.session.doc.events).slice(-4)).toEqual(['one', 'two', 'three', 'four']);
});

test('one line pasted into the field is just text', () => {
  const field = made.root.querySelector('.typing input');
  field.focus();
  expect(clipboard('paste', { 'text/plain': 'one' }, field).defaultPrevented).toBe(false);
});

test('notes are copied as lines for all programs, and as what they are for boards', () => {
  made.board.select(['events/bill-paid', 'events/room-booked']);
  made.note('bill-paid').focus();
  const data = {};
  clipboard('copy', data);
  expect(data['text/plain']).toBe('Room Booked\nBill Paid');
  expect(readOurs(data['application/x-anycompany-notes'])).toEqual({ lines: ['Room Booked', 'Bill Paid'], edits: [] });
  expect(linesOf([{ text: 'a\nb' }])).toBe('a b');
});

test.each(['', 'x', '{}', 'null', '[1, null, {"text": 3}]'])('a clipboard that holds %j adds nothing', (json) => {
  expect(readOurs(json)?.edits ?? []).toEqual([]);
});

test('hot spots are pasted as hot spots', () => {
  expect(readOurs('[{"section": "hotspots", "text": "Who?"}]')).toEqual({ lines: [], edits: [{ kind: 'add', to: 'hotspots', name: 'Who?' }] });
});

test('an editor changes the words of what the note shows', () => {
  const doc = { ...HOTEL, hotspots: { h: { text: 'Who pays?' } }, entities: { room: [] }, triggers: { 'bill-paid': { actor: 'Guest', command: 'Pay' } } };
  expect(wordingOf(doc, 'hotspots/h', 'hotspots/h')).toMatchObject({ text: 'Who pays?', was: 'Who pays?' });
  expect(wordingOf(doc, 'entities/room', 'entities/room')).toMatchObject({ text: 'Room', was: '' });
  expect(wordingOf(doc, 'triggers/bill-paid#actor', 'events/bill-paid').rename('Clerk')).toEqual({
    kind: 'trigger', event: 'bill-paid', trigger: { actor: 'Clerk', command: 'Pay' },
  });
  expect(wordingOf(doc, 'contracts/bill-paid', 'contracts/bill-paid').rename('Bill Settled')).toMatchObject({ kind: 'rename', of: 'events' });
  expect(wordingOf(doc, 'events/none', 'events/none')).toBe(null);
});
