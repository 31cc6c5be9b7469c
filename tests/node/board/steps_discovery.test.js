import { describe, expect, test, vi } from 'vitest';
import { predict } from '../../../anycompany/board/source/model/predict.js';
import { discovery } from '../../../anycompany/board/source/steps/discovery.js';
import { SILENT, company, dropAt, large, overlapping } from './steps_docs.js';

const after = (doc, edits) => predict(doc, { kind: 'batch', edits });
const scene = (doc) => discovery.scene(doc, SILENT);
const places = (doc) =>
  new Map(
    scene(doc)
      .notes.filter(({ key }) => key.startsWith('events/'))
      .map(({ key, x, y }) => [key, [x, y]]),
  );
const drops = (doc, ...keys) => discovery.drops(doc, scene(doc), keys);

describe('where notes lie', () => {
  test('in a grid in which no two touch, also thousands', () => {
    expect(overlapping(scene(large(2000)).notes.filter(({ kind }) => kind === 'event'))).toEqual([]);
  });

  test('and stay when others are added, moved away or laid on free ground', () => {
    const before = places(company());
    const added = places(after(company(), [{ kind: 'add', to: 'events', name: 'Late Fee Charged' }]));
    for (const [key, place] of before) expect(added.get(key)).toEqual(place);
    const moved = places(after(company(), [{ kind: 'move', note: 'events/payment-attempted', x: 3000, y: 40 }]));
    for (const [key, place] of before)
      expect(moved.get(key)).toEqual(key === 'events/payment-attempted' ? [3000, 40] : place);
  });

  test('beside what was laid where the grid would put them', () => {
    const [first] = places(company()).values();
    const doc = { ...company(), board: { notes: { 'events/account-created': [first[0] + 156, first[1]] } } };
    expect(overlapping(scene(doc).notes.filter(({ kind }) => kind === 'event'))).toEqual([]);
  });

  test('whatever a hand wrote into the file, on the wall', () => {
    const notes = {
      'events/account-created': 'left',
      'events/payment-failed': [1e12, 3],
      'events/invoice-sent': [null, 2],
    };
    for (const [, [x, y]] of places({ ...company(), board: { notes } })) {
      expect(Math.abs(x)).toBeLessThanOrEqual(1e5);
      expect(Number.isFinite(y)).toBe(true);
    }
  });

  test('the shelf lies below everything and holds what was put aside', () => {
    const { notes, regions } = scene(company());
    const shelf = regions.find(({ kind }) => kind === 'shelf');
    const aside = notes.find(({ key }) => key === 'parked/card-lost');
    for (const note of notes) if (note !== aside) expect(note.y + note.h).toBeLessThan(shelf.y);
    expect(aside.y + aside.h).toBeLessThan(shelf.y + shelf.h);
    expect(aside).not.toHaveProperty('ref');
    expect(aside.says).toBe('Event Card Lost, put aside');
  });

  test('an empty wall says what to do', () => {
    expect(scene({ name: 'x' })).toMatchObject({
      notes: [],
      regions: [],
      free: true,
      empty: expect.stringMatching(/Enter/),
    });
  });
});

describe('typing', () => {
  test('a note lies where it was written', () => {
    const doc = after(company(), discovery.typed(company(), 'Late Fee Charged', null, { x: 40.4, y: 900 }));
    expect(places(doc).get('events/late-fee-charged')).toEqual([40, 900]);
  });

  test('a second note of the same name is another note', () => {
    const doc = after(company(), discovery.typed(company(), 'Invoice Sent', null, { x: 1, y: 2 }));
    expect(Object.values(doc.events).filter(({ name }) => name === 'Invoice Sent')).toHaveLength(2);
  });

  test('any script gets a safe id', () => {
    for (const name of ['Zahlung erhöht', 'Заказ создан', '支払い完了', '🎉', '<script>', '=1+1']) {
      const [add, move] = discovery.typed(company(), name, null, { x: 1, y: 2 });
      expect(add).toMatchObject({ kind: 'add', to: 'events', name });
      expect(add.id).toMatch(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/);
      expect(move.note).toBe(`events/${add.id}`);
    }
  });

  test('without a place the wall finds one', () => {
    expect(discovery.typed(company(), 'Late Fee Charged', null, null)).toEqual([
      { kind: 'add', to: 'events', name: 'Late Fee Charged' },
    ]);
  });
});

describe('dropping', () => {
  test('a note on the middle of another merges them under either name', () => {
    const doc = company();
    const note = scene(doc).notes.find(({ key }) => key === 'events/invoice-sent');
    const drop = dropAt(drops(doc, 'events/receipt-sent'), note.x + 66, note.y + 44);
    expect(drop.words).toBe('Merge “Receipt Sent” with “Invoice Sent”');
    expect(drop.choices.map(({ words }) => words)).toEqual(['Merge as “Invoice Sent”', 'Merge as “Receipt Sent”']);
    const merged = after(doc, drop.choices[1].edits);
    expect(merged.events['invoice-sent'].name).toBe('Receipt Sent');
    expect(merged.events).not.toHaveProperty('receipt-sent');
  });

  test('several notes on one merge them all', () => {
    const doc = company();
    const drop = drops(doc, 'events/receipt-sent', 'events/refund-requested').find(
      ({ key }) => key === 'merge events/invoice-sent',
    );
    expect(drop.choices).toHaveLength(3);
    const merged = after(doc, drop.choices[2].edits);
    expect(merged.events['invoice-sent'].name).toBe('Refund Requested');
    expect(Object.keys(merged.events)).toHaveLength(6);
  });

  test('a note beside another merges nothing', () => {
    const doc = company();
    const note = scene(doc).notes.find(({ key }) => key === 'events/invoice-sent');
    expect(dropAt(drops(doc, 'events/receipt-sent'), note.x + 5, note.y + 44)).toBeUndefined();
  });

  test('on the shelf puts aside, and out of it brings back', () => {
    const doc = company();
    const shelf = scene(doc).regions[0];
    const aside = dropAt(drops(doc, 'events/receipt-sent'), shelf.x + 500, shelf.y + 5);
    expect(after(doc, aside.edits).board.parked).toHaveProperty('receipt-sent');
    const parked = drops(doc, 'parked/card-lost');
    expect(after(doc, dropAt(parked, -900, 77).edits).events).toHaveProperty('card-lost');
    expect(dropAt(parked, shelf.x + 500, shelf.y + 5).edits).toEqual([]);
  });

  test('hot spots lie freely here', () => {
    expect(drops(company(), 'hotspots/who-pays')).toEqual([]);
  });
});

describe('actions', () => {
  const action = (doc, keys, id) => discovery.actions(doc, keys, SILENT).find((one) => one.id === id);
  const keys = ['events/account-created', 'events/payment-succeeded', 'events/refund-requested'];

  test('align and lay out in a grid', () => {
    const scattered = {
      ...company(),
      board: {
        notes: {
          'events/account-created': [10, 20],
          'events/payment-succeeded': [400, 300],
          'events/refund-requested': [90, 700],
        },
      },
    };
    const left = places(after(scattered, action(scattered, keys, 'align-left').edits({})));
    expect(keys.map((key) => left.get(key))).toEqual([
      [10, 20],
      [10, 300],
      [10, 700],
    ]);
    const top = places(after(scattered, action(scattered, keys, 'align-top').edits({})));
    expect(keys.map((key) => top.get(key)[1])).toEqual([20, 20, 20]);
    const grid = places(after(scattered, action(scattered, keys, 'align-grid').edits({})));
    expect(keys.map((key) => grid.get(key))).toEqual([
      [10, 20],
      [166, 20],
      [10, 132],
    ]);
  });

  test('merge two under a third name, or one with another by name', () => {
    const doc = company();
    const two = action(doc, keys.slice(0, 2), 'merge');
    expect(after(doc, two.edits({ name: 'Third' })).events['account-created'].name).toBe('Third');
    const one = action(doc, keys.slice(0, 1), 'merge');
    expect(one.ask[0].choices).toHaveLength(7);
    expect(after(doc, one.edits({ gone: 'invoice-sent', name: 'Account Created' })).events).not.toHaveProperty(
      'invoice-sent',
    );
  });

  test('paste a list is always there', () => {
    expect(action({ name: 'x' }, [], 'paste-list')).toMatchObject({ tool: true, run: expect.any(Function) });
  });
});

describe('pasting a list', () => {
  const paste = discovery.actions({ name: 'x' }, [], SILENT).find(({ id }) => id === 'paste-list');

  test('asks for lines, lets the kernel read them, and adds what it says', async () => {
    const root = document.body.appendChild(document.createElement('div'));
    const edits = [{ kind: 'add', to: 'events', name: 'Room Booked' }];
    const board = { root, session: { ask: vi.fn(async () => ({ edits })) }, do: vi.fn(), notice: vi.fn() };
    paste.run(board);
    root.querySelector('textarea').value = '- Room Booked\n';
    root.querySelector('form').requestSubmit();
    await vi.waitFor(() => expect(board.do).toHaveBeenCalled());
    expect(board.session.ask).toHaveBeenCalledWith('lines', { text: '- Room Booked' });
    expect(board.do.mock.calls[0][0]).toBe(edits);
    root.remove();
  });

  test('says what went wrong', async () => {
    const root = document.body.appendChild(document.createElement('div'));
    const ask = vi.fn(() => Promise.reject(new Error('The kernel is away. Try again.')));
    const board = { root, session: { ask }, do: vi.fn(), notice: vi.fn() };
    paste.run(board);
    root.querySelector('textarea').value = 'Room Booked';
    root.querySelector('form').requestSubmit();
    await vi.waitFor(() => expect(board.notice).toHaveBeenCalledWith('warning', 'The kernel is away. Try again.'));
    root.remove();
  });
});
