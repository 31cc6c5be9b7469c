import { describe, expect, it } from 'vitest';
import { entities } from '../../../anycompany/board/source/steps/entities.js';
import { commonNoun, groupedByNoun, nounsToChoose } from '../../../anycompany/board/source/steps/entities_nouns.js';
import { comb, rowsOfCells } from '../../../anycompany/board/source/steps/hive.js';
import { inRows } from '../../../anycompany/board/source/steps/hive_flow.js';
import {
  after,
  company,
  dropOf,
  expectSound,
  hostile,
  inLines,
  insight,
  noteOf,
  overlapping,
} from './steps_company.js';

const action = (doc, keys, id) => entities.actions(doc, keys, insight()).find((one) => one.id === id);
const homelessCompany = () => ({ ...company(), entities: {}, contexts: {}, services: {} });

describe('the comb of a hive', () => {
  it('has three cells in a triangle and seven in a flower', () => {
    const rows = (count) => inLines(comb(count).cells).map((row) => row.length);
    expect(rows(3)).toEqual([2, 1]);
    expect(rows(7)).toEqual([2, 3, 2]);
  });

  it.each([1, 2, 5, 12, 40, 90, 400])('has %i cells that do not overlap', (count) => {
    const { cells, w, h } = comb(count);
    expect(cells).toHaveLength(count);
    const near = cells.flatMap((one, index) =>
      cells.slice(index + 1).map((other) => Math.hypot(one.x - other.x, one.y - other.y)),
    );
    expect(Math.min(...near, 112)).toBeGreaterThanOrEqual(110);
    expect(Math.min(...cells.map((cell) => cell.x), ...cells.map((cell) => cell.y))).toBe(0);
    expect(Math.max(...cells.map((cell) => cell.x)) + 112).toBeLessThanOrEqual(w);
    expect(Math.max(...cells.map((cell) => cell.y)) + 124).toBeLessThanOrEqual(h);
  });

  it('shifts every second row by half a cell', () => {
    const { cells } = rowsOfCells(4, 2);
    expect(cells[2].x - cells[0].x).toBe((cells[1].x - cells[0].x) / 2);
  });
});

describe('boxes in rows', () => {
  it('never overlap, keep their order, and have about the shape of a screen', () => {
    const sizes = Array.from({ length: 37 }, (_, index) => ({
      w: 120 + ((index * 53) % 260),
      h: 100 + ((index * 31) % 180),
    }));
    const { boxes, w, h } = inRows(sizes, { gap: 20, aspect: 1.7 });
    expect(overlapping(boxes.map((box, index) => ({ ...box, key: String(index) })))).toEqual([]);
    for (const [index, box] of boxes.entries()) {
      const next = boxes[index + 1];
      if (next) expect(next.y > box.y || next.x > box.x).toBe(true);
    }
    expect(w / h).toBeGreaterThan(1.1);
    expect(w / h).toBeLessThan(2.6);
  });

  it('fills every row when asked to', () => {
    const { boxes, w } = inRows(
      [
        { w: 500, h: 300 },
        { w: 300, h: 200 },
        { w: 280, h: 250 },
      ],
      { gap: 40, fill: 'both' },
    );
    for (const row of inLines(boxes)) {
      expect(Math.abs(row[row.length - 1].x + row[row.length - 1].w - w)).toBeLessThanOrEqual(2);
      expect(new Set(row.map((box) => box.h)).size).toBe(1);
    }
  });

  it('has nothing to lay for nothing', () => {
    expect(inRows([], { gap: 10 })).toEqual({ boxes: [], w: 0, h: 0 });
  });
});

describe('nouns of events', () => {
  it.each([
    [['Payment Attempted', 'Payment Failed'], 'Payment'],
    [['Menu Photo Uploaded', 'Menu Photo Checked'], 'Menu Photo'],
    [['Foreign Payment Made', 'Local Payment Made'], 'Payment'],
    [['Customer Signed Up', 'Customer Left'], 'Customer'],
    [['Account Created', 'Payment Failed'], null],
  ])('of %j is %j', (names, noun) => expect(commonNoun(names)).toBe(noun));

  it('group events by their first word under the longest name they share', () => {
    const doc = {
      name: 'x',
      events: { a: { name: 'Purchase Order Placed' }, b: { name: 'Bill Paid' }, c: { name: 'Purchase Order Sent' } },
    };
    expect(groupedByNoun(doc, ['a', 'b', 'c'])).toEqual([
      { noun: 'Purchase Order', events: ['a', 'c'] },
      { noun: 'Bill', events: ['b'] },
    ]);
  });

  it('do not propose the name of an entity that is there already', () => {
    expect(nounsToChoose(company(), ['payment-failed'])).toEqual(['Payment Failed']);
    expect(nounsToChoose(homelessCompany(), ['account-created', 'payment-failed'])).toEqual(['Account', 'Payment']);
  });
});

describe('the beehive', () => {
  it('shows each entity as a hive with its events, and an empty shelf', () => {
    const scene = entities.scene(company(), insight());
    expectSound(scene);
    expect(scene.notes.filter((note) => note.shape === 'hex')).toHaveLength(11);
    expect(noteOf(scene, 'entities/payment').says).toBe('Entity Payment, 3 events');
    expect(noteOf(scene, 'events/payment-failed').says).toContain('in entity Payment');
    expect(scene.regions.find((region) => region.key === 'shelf').title).toBe('Homeless: 0 events');
    const hive = scene.regions.find((region) => region.key === 'hive/payment');
    const hex = noteOf(scene, 'events/payment-failed');
    expect(hex.x >= hive.x && hex.x + hex.w <= hive.x + hive.w && hex.y + hex.h <= hive.y + hive.h).toBe(true);
  });

  it('puts events without an entity on the shelf, left of all hives', () => {
    const doc = company();
    doc.entities = { customer: doc.entities.customer };
    const scene = entities.scene(doc, insight());
    expectSound(scene);
    const shelf = scene.regions.find((region) => region.kind === 'shelf');
    expect(shelf.title).toBe('Homeless: 8 events');
    expect(shelf.x + shelf.w).toBeLessThan(0);
    const before = scene.regions.find((region) => region.key === 'hive/customer');
    const emptied = entities.scene(after(doc, [{ kind: 'park', event: 'payment-failed' }]), insight());
    expect(emptied.regions.find((region) => region.key === 'hive/customer')).toEqual(before);
  });

  it('draws an event of two entities in both, under keys of their own', () => {
    const doc = company();
    doc.entities.customer = [...doc.entities.customer, 'payment-failed'];
    const scene = entities.scene(doc, insight());
    expectSound(scene);
    expect(noteOf(scene, 'events/payment-failed').says).toContain('in entity Customer');
    expect(noteOf(scene, 'events/payment-failed#payment').says).toContain('and in another one too');
  });

  it('says the one thing to do when there is nothing', () => {
    expect(entities.scene({ name: 'Inn' }, insight()).empty).toContain('step 1');
  });

  it('survives names nobody should type', () => expectSound(entities.scene(hostile(), insight())));

});

describe('dropping at step 4', () => {
  const drops = (doc, keys) => entities.drops(doc, entities.scene(doc, insight()), keys);

  it('puts an event into another hive, not into its own', () => {
    const doc = company();
    const found = drops(doc, ['events/account-created']);
    expect(dropOf(found, 'hive/customer')).toBeUndefined();
    const drop = dropOf(found, 'hive/payment');
    expect(drop.words).toBe('Put “Account Created” into Payment');
    const next = after(doc, drop.edits);
    expect(next.entities.payment).toContain('account-created');
    expect(next.entities.customer).not.toContain('account-created');
  });

  it('takes several out at once', () => {
    const doc = company();
    const drop = dropOf(drops(doc, ['events/payment-failed', 'events/account-created', 'entities/customer']), 'shelf');
    const next = after(doc, drop.edits);
    expect(next.entities.payment).not.toContain('payment-failed');
    expect(next.entities.customer).not.toContain('account-created');
  });

  it('makes a new entity under the noun the events share, or lets one choose', () => {
    const doc = homelessCompany();
    const one = dropOf(drops(doc, ['events/payment-failed', 'events/payment-succeeded']), 'new-hive');
    expect(after(doc, one.edits).entities.payment).toEqual(['payment-failed', 'payment-succeeded']);
    const two = dropOf(drops(doc, ['events/payment-failed', 'events/account-created']), 'new-hive');
    expect(two.choices.map((choice) => choice.words)).toEqual(['New entity “Payment”', 'New entity “Account”']);
  });

  it('merges two hives under a name to choose, and keeps home, copies and notes', () => {
    const doc = company();
    doc.contexts.operations.copies = ['subscription'];
    doc.hotspots = { who: { text: 'Who?', about: 'subscription' } };
    const drop = dropOf(drops(doc, ['entities/subscription']), 'hive/payment');
    expect(drop.choices.map((choice) => choice.words)).toEqual(['Merge as “Payment”', 'Merge as “Subscription”']);
    const next = after(doc, drop.choices[1].edits);
    expect(next.entities.subscription).toBeUndefined();
    expect(next.entities.payment.name).toBe('Subscription');
    expect(next.entities.payment.events).toHaveLength(5);
    expect(next.contexts.operations.copies).toEqual(['payment']);
    expect(next.hotspots.who.about).toBe('payment');
  });

  it('gives a merged entity without a home that of the other', () => {
    const doc = company();
    doc.contexts.billing.entities = [];
    const drop = dropOf(drops(doc, ['entities/operation']), 'hive/payment');
    expect(after(doc, drop.choices[0].edits).contexts.operations.entities).toEqual(['payment']);
  });

  it('takes a hive apart on the shelf', () => {
    const doc = company();
    const drop = dropOf(drops(doc, ['entities/payment']), 'shelf');
    expect(after(doc, drop.edits).entities.payment).toBeUndefined();
  });
});

describe('actions of step 4', () => {
  it('group the homeless by their nouns, into entities that are there where there is one', () => {
    const doc = { ...company(), entities: { payment: ['payment-failed'] } };
    const next = after(doc, action(doc, [], 'entity-nouns').edits({}));
    expect(Object.keys(next.entities).sort()).toEqual(['account', 'customer', 'operation', 'payment', 'subscription']);
    expect(next.entities.payment).toHaveLength(3);
    expect(action(next, [], 'entity-nouns')).toBeUndefined();
  });

  it('move, take out and make new by keyboard alone', () => {
    const doc = company();
    const keys = ['events/payment-failed'];
    expect(after(doc, action(doc, keys, 'entity-move').edits({ to: 'customer' })).entities.customer).toContain(
      'payment-failed',
    );
    expect(after(doc, action(doc, keys, 'entity-leave').edits({})).entities.payment).not.toContain('payment-failed');
    expect(after(doc, action(doc, keys, 'entity-add').edits({ name: 'Refund' })).entities.refund).toEqual([
      'payment-failed',
    ]);
    expect(() => action(doc, keys, 'entity-add').edits({ name: '  ' })).toThrow('needs a name');
  });

  it('split and merge an entity', () => {
    const doc = company();
    const split = action(doc, ['entities/customer'], 'entity-split').edits({
      events: ['account-created'],
      name: 'Account',
    });
    expect(after(doc, split).entities).toMatchObject({
      account: ['account-created'],
      customer: ['customer-subscribed', 'customer-cancelled'],
    });
    const merge = action(doc, ['entities/customer'], 'entity-merge').edits({ keep: 'payment', name: '' });
    expect(after(doc, merge).entities).toMatchObject({ payment: { length: 6 } });
    const two = action(doc, ['entities/customer', 'entities/payment'], 'entity-merge-two').edits({ name: 'Client' });
    expect(after(doc, two).entities.customer.name).toBe('Client');
  });

  it('typed text is a new entity, with the homeless note beside it', () => {
    const doc = { ...company(), entities: { payment: ['payment-failed'] } };
    expect(after(doc, entities.typed(doc, 'Account', 'events/account-created', null)).entities.account).toEqual([
      'account-created',
    ]);
    expect(entities.typed(doc, 'Refund', 'events/payment-failed', null)).toEqual([
      { kind: 'add', to: 'entities', name: 'Refund', keys: {} },
    ]);
    expect(entities.typed(doc, 'payment', null, null)).toEqual([]);
  });
});
