import { describe, expect, it } from 'vitest';
import * as r from '../../../anycompany/board/source/model/reading.js';

const INN = {
  name: 'Inn',
  events: {
    booked: { name: 'Room Booked' },
    paid: { name: 'Room Paid', pivotal: true },
    failed: { name: 'Payment Failed' },
    'booked-2': { name: 'Room  Booked!' },
    sent: { name: 'Заказ 注文' },
  },
  timeline: ['booked', { or: ['paid', 'failed'] }, ['booked', 'ghost']],
  policies: {
    'take-payment': { when: ['booked', 'booked'], emits: ['paid'], fails: ['failed', 'paid'] },
    tell: { when: ['paid'], service: 'desk' },
    wait: { when: ['sent', 'booked'] },
    odd: { when: [], emits: ['booked', 'paid'], service: 'money' },
    none: {},
  },
  entities: { room: ['booked', 'booked-2'], payment: { name: 'Pay', events: ['paid', 'failed', 'booked'] } },
  contexts: { stay: { entities: ['room'] }, billing: { entities: ['payment', 'room'], name: 'Billing' } },
  services: { desk: { context: 'stay' }, money: { context: 'billing' }, lost: {}, again: { context: 'stay' } },
  contracts: { failed: { 'detail-type': 'payment-refused' } },
  hotspots: { why: { text: 'Why?' } },
  board: { parked: { later: { name: 'Later' } } },
};

describe('reading a storm', () => {
  it('calls things by their names, texts or ids', () => {
    const refs = [
      'events/paid',
      'hotspots/why',
      'policies/take-payment',
      'contexts/billing',
      'contracts/paid',
      'events/ghost-one',
    ];
    expect(refs.map((ref) => r.titleOf(INN, ref))).toEqual([
      'Room Paid',
      'Why?',
      'Take payment',
      'Billing',
      'Room Paid',
      'Ghost one',
    ]);
    expect(r.titleOf(INN, 'entities/room')).toBe('Room');
    expect([r.refOf('events', 'a'), r.splitRef('events/a'), r.splitRef('a')]).toEqual([
      'events/a',
      ['events', 'a'],
      ['a', ''],
    ]);
  });

  it('knows the order', () => {
    expect(r.inOrder(INN)).toEqual(['booked', 'paid', 'failed', 'booked-2', 'sent']);
    expect(['booked', 'failed', 'sent'].map((event) => r.momentOf(INN, event))).toEqual([0, 1, -1]);
    expect(INN.timeline.map(r.eventsIn)).toEqual([['booked'], ['paid', 'failed'], ['booked', 'ghost']]);
  });

  it('knows who emits and who hears, each once', () => {
    expect(r.emittersOf(INN, 'paid')).toEqual(['take-payment', 'odd']);
    expect(r.hearersOf(INN, 'booked')).toEqual(['take-payment', 'wait']);
    expect(r.hearersOf(INN, 'nobody')).toEqual([]);
  });

  it('knows homes and owners; the first mention counts', () => {
    expect(['booked', 'paid', 'sent'].map((event) => r.entityOf(INN, event))).toEqual(['room', 'payment', null]);
    expect(['room', 'payment', 'ghost'].map((entity) => r.contextOf(INN, entity))).toEqual(['stay', 'billing', null]);
    expect(['booked', 'paid', 'sent'].map((event) => r.contextOfEvent(INN, event))).toEqual(['stay', 'billing', null]);
    expect(['booked', 'paid', 'sent'].map((event) => r.ownerOf(INN, event))).toEqual(['desk', 'money', null]);
    expect(['stay', 'nowhere'].map((context) => r.serviceOf(INN, context))).toEqual(['desk', null]);
    expect([r.entityEvents(INN, 'room'), r.entityEvents(INN, 'payment'), r.entityEvents(INN, 'x')]).toEqual([
      ['booked', 'booked-2'],
      ['paid', 'failed', 'booked'],
      [],
    ]);
    expect(r.homeless(INN)).toEqual(['sent']);
  });

  it('runs a policy where its events are owned, else where it says, else where it hears', () => {
    const services = ['take-payment', 'tell', 'wait', 'odd', 'none', 'ghost'].map((policy) =>
      r.serviceOfPolicy(INN, policy),
    );
    expect(services).toEqual(['money', 'desk', 'desk', 'money', null, null]);
  });

  it('writes detail-types as the kernel does', () => {
    const types = ['booked', 'booked-2', 'failed', 'sent'].map((event) => r.detailType(INN, event));
    expect(types).toEqual(['room-booked', 'booked-2', 'payment-refused', 'sent']);
    expect(r.parked(INN)).toEqual({ later: { name: 'Later' } });
  });

  it('reads a storm of nothing but a name', () => {
    const bare = { name: 'Bare' };
    expect([r.inOrder(bare), r.homeless(bare), r.parked(bare), r.emittersOf(bare, 'a')]).toEqual([[], [], {}, []]);
    expect([
      r.momentOf(bare, 'a'),
      r.ownerOf(bare, 'a'),
      r.detailType(bare, 'a'),
      r.titleOf(bare, 'events/a-b'),
    ]).toEqual([-1, null, 'a', 'A b']);
  });

  it('finds nothing under the names of what every object has', () => {
    for (const id of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
      expect([r.serviceOfPolicy(INN, id), r.entityEvents(INN, id), r.entityOf(INN, id)]).toEqual([null, [], null]);
      expect(r.titleOf(INN, `events/${id}`)).toBe(r.words(id));
    }
  });

  it('sees another storm where a section is another', () => {
    const moved = { ...INN, entities: { ...INN.entities, room: [], payment: ['sent', 'booked'] } };
    expect([r.entityOf(moved, 'sent'), r.entityOf(INN, 'sent'), r.homeless(moved)]).toEqual([
      'payment',
      null,
      ['paid', 'failed', 'booked-2'],
    ]);
  });
});
