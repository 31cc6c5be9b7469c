import { describe, expect, test, vi } from 'vitest';
import { predict } from '../../../anycompany/board/source/model/predict.js';
import {
  boxAround,
  centre,
  curve,
  everybodyActions,
  hexFor,
  hotspotDrops,
  hotspotNotes,
  idsOf,
  makeGround,
  noteFor,
  rim,
  shortened,
  spoken,
} from '../../../anycompany/board/source/steps/common.js';
import { discovery } from '../../../anycompany/board/source/steps/discovery.js';
import { STEPS } from '../../../anycompany/board/source/steps/index.js';
import { sequencing } from '../../../anycompany/board/source/steps/sequencing.js';
import { SILENT, company, large, overlap } from './steps_docs.js';

const EMPTY = { notes: [], regions: [], arrows: [], labels: [] };
const actionsFor = (doc, keys, insight = SILENT) => everybodyActions(doc, keys, insight);
const action = (doc, keys, id, insight) => actionsFor(doc, keys, insight).find((one) => one.id === id);
const after = (doc, edits) => predict(doc, { kind: 'batch', edits });

describe('boxes and lines', () => {
  test('boxAround holds all boxes and the margin', () => {
    expect(
      boxAround(
        [
          { x: 1, y: 2, w: 3, h: 4 },
          { x: -5, y: 6, w: 1, h: 1 },
        ],
        2,
      ),
    ).toEqual({ x: -7, y: 0, w: 13, h: 9 });
    expect(boxAround([])).toEqual({ x: 0, y: 0, w: 0, h: 0 });
  });

  test('rim lies on the border of the box, on the way to the point', () => {
    expect(rim({ x: 0, y: 0, w: 10, h: 20 }, { x: 105, y: 10 })).toEqual({ x: 10, y: 10 });
    expect(rim({ x: 0, y: 0, w: 10, h: 20 }, { x: 5, y: -90 }, 3)).toEqual({ x: 5, y: -3 });
    const box = { x: 0, y: 0, w: 10, h: 10 };
    expect(rim(box, centre(box))).toEqual(centre(box));
  });

  test('curve begins and ends where it should, level at its ends when it is wide', () => {
    expect(curve({ x: 0, y: 0 }, { x: 100, y: 50 })).toBe('M 0 0 C 50 0 50 50 100 50');
    expect(curve({ x: 0, y: 0 }, { x: 100, y: 50 }, 'v')).toBe('M 0 0 C 0 25 100 25 100 50');
  });

  test('ground is free exactly where nothing was taken', () => {
    const ground = makeGround([
      { x: 0, y: 0, w: 100, h: 100 },
      { x: -1e5, y: 900, w: 2e5, h: 10 },
    ]);
    expect(ground.isFree({ x: 99, y: 99, w: 10, h: 10 })).toBe(false);
    expect(ground.isFree({ x: 100, y: 0, w: 10, h: 10 })).toBe(true);
    expect(ground.isFree({ x: 5000, y: 905, w: 1, h: 1 })).toBe(false);
    ground.take({ x: 400, y: 400, w: 5, h: 5 });
    expect(ground.isFree({ x: 390, y: 390, w: 20, h: 20 })).toBe(false);
  });
});

describe('names', () => {
  test('spoken joins names and counts what is too many', () => {
    expect(spoken(['A'])).toBe('“A”');
    expect(spoken(['A', 'B'], 'or')).toBe('“A” or “B”');
    expect(spoken(['A', 'B', 'C', 'D', 'E'])).toBe('“A”, “B”, “C” and 2 more');
  });

  test('shortened never cuts an emoji in two', () => {
    expect(shortened('👩‍🚀'.repeat(100), 5).isWellFormed()).toBe(true);
    expect(shortened('short')).toBe('short');
  });

  test('idsOf takes whole things only', () => {
    expect(idsOf(['events/a', 'events/a#copy', 'policies/b', 'eventsx/c'], 'events')).toEqual(['a']);
  });
});

describe('an event as a note', () => {
  test('says its name, its place in time and whether it is pivotal', () => {
    const note = noteFor(company(), 'account-created');
    expect(note).toMatchObject({
      key: 'events/account-created',
      kind: 'event',
      shape: 'paper',
      tag: 'event',
      text: 'Account Created',
      pivotal: true,
    });
    expect(note.says).toBe('Event Account Created, moment 1 of 5, pivotal');
    expect(noteFor(company(), 'refund-requested').says).toBe('Event Refund Requested, not yet in time');
  });

  test('is a hexagon in a hive', () => {
    expect(hexFor(company(), 'invoice-sent')).toMatchObject({ shape: 'hex', w: 112, h: 124 });
  });
});

describe('hot spots', () => {
  test('lie beside what they are about and cover nothing', () => {
    for (const doc of [company(), large(300), large(300, 7)]) {
      const scene = sequencing.scene(doc, SILENT);
      const [spots, others] = [
        scene.notes.filter((one) => one.kind === 'hotspot'),
        scene.notes.filter((one) => one.kind !== 'hotspot'),
      ];
      expect(spots).toHaveLength(Object.keys(doc.hotspots).length);
      const covering = spots.filter((spot) => others.some((other) => overlap(spot, other)));
      expect(covering.length).toBeLessThan(spots.length / 3 + 1);
      expect(spots.filter((one, index) => spots.slice(index + 1).some((other) => overlap(one, other)))).toHaveLength(0);
    }
  });

  test('about nothing stand at the left bottom, each on its own ground', () => {
    const doc = { name: 'x', events: { a: { name: 'A' } }, hotspots: { one: { text: 'One' }, two: { text: 'Two' } } };
    const [event, one, two] = sequencing.scene(doc, SILENT).notes;
    expect(one.y).toBeGreaterThan(event.y + event.h);
    expect(overlap(one, two)).toBe(false);
  });

  test('keep the place that somebody gave them where notes lie freely, and only there', () => {
    const doc = { ...company(), board: { notes: { 'hotspots/who-pays': [777, 555] } } };
    const place = (step) => step.scene(doc, SILENT).notes.find((note) => note.key === 'hotspots/who-pays');
    expect(place(discovery)).toMatchObject({ x: 777, y: 555 });
    expect(place(sequencing).x).not.toBe(777);
  });

  test('bear what a hand may have written into the file', () => {
    for (const place of ['far', [1], [NaN, 2], [{}, []], null, [1e300, -1e300]]) {
      const notes = hotspotNotes(
        { name: 'x', hotspots: { one: { text: 'One' } }, board: { notes: { 'hotspots/one': place } } },
        { ...EMPTY, free: true },
      );
      expect(Number.isFinite(notes[0].x + notes[0].y)).toBe(true);
      expect(Math.abs(notes[0].x)).toBeLessThanOrEqual(1e5);
    }
  });

  test('say their text, what they are about and their votes', () => {
    const note = sequencing.scene(company(), SILENT).notes.find(({ key }) => key === 'hotspots/who-pays');
    expect(note).toMatchObject({ votes: 1, says: 'Hot spot: Who pays a refund?, about Payment Failed, 1 vote' });
  });

  test('dropped on a note are about it from then on', () => {
    const doc = company();
    const drops = hotspotDrops(doc, sequencing.scene(doc, SILENT), ['hotspots/how-long']);
    const onto = drops.find((drop) => drop.key === 'about events/invoice-sent');
    expect(after(doc, onto.edits).hotspots['how-long'].about).toBe('invoice-sent');
    const off = drops.find((drop) => drop.key === 'about nothing');
    expect(after(after(doc, onto.edits), off.edits).hotspots['how-long']).not.toHaveProperty('about');
    expect(hotspotDrops(doc, sequencing.scene(doc, SILENT), ['events/invoice-sent'])).toEqual([]);
  });
});

describe('what can be done at every step', () => {
  test('the keys are the same everywhere, and no capital letter is taken from somebody who begins to type', () => {
    const keys = [
      'events/account-created',
      'hotspots/who-pays',
      'policies/take-payment',
      'triggers/account-created#actor',
    ];
    for (const step of STEPS) {
      for (const chosen of [[], ...keys.map((key) => [key]), keys.slice(0, 1).concat('events/invoice-sent')]) {
        for (const one of [...step.actions(company(), chosen, SILENT), ...actionsFor(company(), chosen)]) {
          expect(one.keys ?? '').not.toMatch(/^Shift\+[a-z]$/);
          expect(one.name).not.toMatch(/undefined|\[object|!/);
        }
      }
    }
    const byId = (id) =>
      actionsFor(company(), ['events/account-created', 'hotspots/who-pays']).find((one) => one.id === id)?.keys;
    expect([byId('pivotal'), byId('hotspot-add'), byId('vote'), byId('remove')]).toEqual(['p', 'h', 'v', 'Delete']);
  });

  test('pivotal is marked and unmarked', () => {
    const doc = company();
    expect(
      after(doc, action(doc, ['events/account-created'], 'pivotal').edits({})).events['account-created'],
    ).not.toHaveProperty('pivotal');
    expect(after(doc, action(doc, ['events/invoice-sent'], 'pivotal').edits({})).events['invoice-sent'].pivotal).toBe(
      true,
    );
  });

  test('a hot spot is about what is selected: the thing a part belongs to', () => {
    const edit = (key) => action(company(), [key], 'hotspot-add').edits({ text: 'Why?' })[0];
    expect(edit('events/invoice-sent').keys).toEqual({ about: 'invoice-sent' });
    expect(edit('triggers/account-created#actor').keys).toEqual({ about: 'account-created' });
    expect(action(company(), [], 'hotspot-add').edits({ text: 'Why?' })).toEqual([
      { kind: 'add', to: 'hotspots', name: 'Why?', keys: {} },
    ]);
  });

  test('a vote is given once and taken back', () => {
    const doc = company();
    const board = { session: { doc, me: { name: 'Jo' } }, do: vi.fn() };
    action(doc, ['hotspots/who-pays'], 'vote').run(board);
    const [edits] = board.do.mock.calls[0];
    expect(after(doc, edits).hotspots['who-pays'].votes).toEqual(['Ada', 'Jo']);
    board.session.doc = after(doc, edits);
    action(doc, ['hotspots/who-pays'], 'vote').run(board);
    expect(after(board.session.doc, board.do.mock.calls[1][0]).hotspots['who-pays'].votes).toEqual(['Ada']);
  });

  test('a decision about a hot spot is about the same thing and may take it off the wall', () => {
    const doc = after(
      company(),
      action(company(), ['hotspots/who-pays'], 'decide').edits({ text: 'We do', because: '', done: true }),
    );
    expect(Object.values(doc.decisions)).toEqual([{ text: 'We do', about: 'payment-failed' }]);
    expect(doc.hotspots).not.toHaveProperty('who-pays');
  });

  test('put aside, brought back, and removed for good', () => {
    const aside = after(company(), action(company(), ['events/invoice-sent'], 'park').edits({}));
    expect(aside.events).not.toHaveProperty('invoice-sent');
    const back = after(aside, action(aside, ['parked/invoice-sent'], 'unpark').edits({}));
    expect(back.events['invoice-sent'].name).toBe('Invoice Sent');
    const gone = after(aside, action(aside, ['parked/invoice-sent'], 'remove').edits({}));
    expect(gone.events).not.toHaveProperty('invoice-sent');
    expect(gone.board.parked).not.toHaveProperty('invoice-sent');
    expect(action(aside, [], 'unpark-some').edits({ events: ['card-lost'] })).toEqual([
      { kind: 'unpark', event: 'card-lost' },
    ]);
  });

  test('several notes are removed together, and the parts of a thing are not the thing', () => {
    const doc = company();
    const { name, edits } = action(doc, ['events/invoice-sent', 'policies/take-payment'], 'remove');
    expect(name).toBe('Remove 2 notes');
    expect(Object.keys(after(doc, edits({})).policies)).toEqual(['settle-payment']);
    expect(action(doc, ['triggers/account-created#actor', 'events/gone'], 'remove')).toBeUndefined();
  });

  test('a pattern is repeated for the noun that its events share', () => {
    const { ask, edits } = action(company(), ['events/payment-succeeded', 'events/payment-failed'], 'repeat');
    expect(ask[0].value).toBe('Payment');
    expect(edits({ noun: 'Payment', nouns: ['Refund'] })).toEqual([
      { kind: 'repeat', events: ['payment-succeeded', 'payment-failed'], noun: 'Payment', nouns: ['Refund'] },
    ]);
  });

  test('findings of the selection are mended, dismissed and taken up again', () => {
    const fix = { kind: 'unplace', event: 'invoice-sent' };
    const finding = (more) => ({
      key: 'k',
      what: 'Something is off.',
      remedy: 'Do it.',
      where: ['events/invoice-sent'],
      fix,
      dismissed: null,
      ...more,
    });
    const ids = (finding_, key = 'events/invoice-sent') =>
      actionsFor(company(), [key], { ...SILENT, findings: { k: finding_ } }).map((one) => one.id);
    expect(ids(finding())).toEqual(expect.arrayContaining(['mend k', 'dismiss k']));
    expect(ids(finding({ fix: null }))).not.toContain('mend k');
    expect(ids(finding({ dismissed: 'fine' }))).toContain('take-up k');
    expect(ids(finding(), 'events/receipt-sent')).not.toContain('dismiss k');
  });
});
