import { describe, expect, it } from 'vitest';
import { applyDelta } from '../../../anycompany/board/source/model/delta.js';
import { predict } from '../../../anycompany/board/source/model/predict.js';
import * as r from '../../../anycompany/board/source/model/reading.js';
import { withIds } from '../../../anycompany/board/source/model/new_ids.js';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'];

/** A storm of many notes in good order. */
function large(count) {
  const ids = Array.from({ length: count }, (_, n) => `event-${n}`);
  const groups = Array.from({ length: count / 10 }, (_, n) => ids.slice(n * 10, n * 10 + 10));
  const each = (make) => Object.fromEntries(groups.map((group, n) => make(group, n)));
  return {
    name: 'Large',
    events: Object.fromEntries(ids.map((id, n) => [id, { name: `Event ${n} Happened` }])),
    timeline: [...ids],
    policies: each((group, n) => [`policy-${n}`, { when: [group[0]], emits: [group[1]], fails: [group[2]] }]),
    entities: each((group, n) => [`entity-${n}`, group]),
    contexts: each((_, n) => [`context-${n}`, { entities: [`entity-${n}`] }]),
    services: each((_, n) => [`service-${n}`, { context: `context-${n}` }]),
  };
}

const everything = (doc) => {
  for (const event of r.inOrder(doc)) {
    r.ownerOf(doc, event);
    r.momentOf(doc, event);
    r.emittersOf(doc, event);
    r.hearersOf(doc, event);
    r.detailType(doc, event);
  }
  for (const policy of Object.keys(doc.policies)) r.serviceOfPolicy(doc, policy);
};

describe('what is hostile', () => {
  it.each(NAMES)('does not reach what all objects share, in a delta about %s', (name) => {
    const before = JSON.parse('{"board": {"notes": {}}, "list": []}');
    const forged = [
      [['set', [name, 'polluted'], 1]],
      [['set', ['board', name, 'polluted'], 1]],
      [['set', ['board', name, 'prototype', 'polluted'], 1]],
      [['set', ['list', name, 'polluted'], 1]],
      [['del', ['board', name]]],
      [['splice', [name], 0, 0, [1]]],
    ];
    for (const ops of forged) expect(() => applyDelta(before, ops)).toThrow('does not fit');
    const after = applyDelta(before, [
      ['set', ['board', 'notes', name], { polluted: 1 }],
      ['set', [name], [7], 'board'],
    ]);
    expect(Object.keys(after.board.notes)).toEqual([name]);
    expect(JSON.stringify(after)).toBe(`{"${name}":[7],"board":{"notes":{"${name}":{"polluted":1}}},"list":[]}`);
    expect([{}.polluted, [].polluted, Object.getPrototypeOf(after) === Object.prototype]).toEqual([
      undefined,
      undefined,
      true,
    ]);
    expect(
      applyDelta(after, [
        ['del', ['board', 'notes', name]],
        ['del', [name]],
      ]),
    ).toEqual(before);
  });

  it.each(NAMES)('is written down as said and no more, in edits about %s', (name) => {
    const doc = { name: 'Inn', events: { a: { name: 'A' } } };
    const edits = [
      { kind: 'move', note: name, x: 1, y: 2 },
      { kind: 'dismiss', finding: name, because: 'so' },
      { kind: 'field', event: 'a', field: name, is: { type: 'string' } },
    ];
    const after = edits.reduce(predict, doc);
    expect([after.board.notes, after.dismissed, after.contracts.a.fields].map(Object.keys)).toEqual([
      [name],
      [name],
      [name],
    ]);
    const back = predict(predict(after, { ...edits[1], because: null }), { ...edits[2], is: null });
    expect([back.dismissed, back.contracts.a.fields].map(Object.keys)).toEqual([[], []]);
    for (const edit of [
      { kind: name },
      { kind: 'remove', of: 'events', id: name },
      { kind: 'add', to: name, name: 'X', id: 'x' },
      { kind: 'unpark', event: name },
      { kind: 'add', to: 'events', name: 'X', id: 'x', keys: JSON.parse(`{"${name}": {"polluted": 1}}`) },
    ]) {
      expect(predict(doc, edit)).toBe(doc);
    }
    expect({}.polluted).toBe(undefined);
  });

  it.each([
    {},
    { kind: null },
    { kind: 'add' },
    { kind: 'batch' },
    { kind: 'batch', edits: [null] },
    { kind: 'place', event: {} },
    { kind: 'settings', keys: { bus: 7 } },
  ])('predicts nothing for an edit that is none: %j', (edit) => {
    const doc = { name: 'Inn', events: {} };
    expect(predict(doc, edit)).toBe(doc);
  });

  it('may be very deep', () => {
    const depth = 5000;
    const path = Array(depth).fill('a');
    let deep = { b: 1 };
    for (const key of path) deep = { [key]: deep };
    let value = applyDelta(deep, [['set', [...path, 'b'], 2]]);
    for (const key of path) value = value[key];
    expect(value).toEqual({ b: 2 });
    expect(() => applyDelta({}, [['set', path, 1]])).toThrow('there is nothing');
  });

  it('may be typed as a name of ten thousand characters', () => {
    for (const name of [
      'x'.repeat(10_000),
      '-'.repeat(10_000),
      '<b>'.repeat(3000),
      'и'.repeat(10_000),
      '🎉'.repeat(5000),
    ]) {
      const edit = withIds({ name: 'Inn' }, { kind: 'add', to: 'events', name });
      expect(predict({ name: 'Inn' }, edit).events[edit.id]).toEqual({ name });
    }
  });
});

describe('ten thousand notes', () => {
  const doc = large(10_000);

  it('take a patch, and are read through', () => {
    const now = applyDelta(doc, [['set', ['events', 'event-5000', 'name'], 'Room Aired']]);
    everything(now);
    expect(r.detailType(now, 'event-5000')).toBe('room-aired');
    expect(r.inOrder(now).length).toBe(10_000);
    expect(doc.events['event-5000'].name).not.toBe('Room Aired');
  });

  it('come in one patch', () => {
    const ops = Object.entries(doc.events).map(([id, event]) => ['set', ['events', id], event]);
    expect(applyDelta({ name: 'Large', events: {} }, ops).events).toEqual(doc.events);
  });

  it('show an edit before the kernel has answered', () => {
    expect(predict(doc, { kind: 'move', note: 'events/event-7', x: 1, y: 2 }).board.notes['events/event-7']).toEqual([1, 2]);
    expect(predict(doc, { kind: 'rename', of: 'events', id: 'event-7', name: 'Other' }).events['event-7'].name).toBe('Other');
  });
});
