import { describe, expect, it } from 'vitest';
import { applyDelta } from '../../../anycompany/board/source/model/delta.js';

const frozen = (value) => {
  if (value && typeof value === 'object') Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};

describe('a delta', () => {
  it('makes the data that was meant, its keys in their order, and leaves the data before as it was', () => {
    const before = frozen({
      name: 'Inn',
      events: { a: { name: 'A' }, c: { name: 'C' } },
      timeline: ['a', 'c'],
      x: { y: 1 },
    });
    const after = applyDelta(before, [
      ['set', ['events', 'b'], { name: 'B' }, 'c'],
      ['set', ['events', 'd'], { name: 'D' }],
      ['set', ['events', 'a', 'name'], 'Aa'],
      ['del', ['events', 'c']],
      ['splice', ['timeline'], 1, 1, ['b', { or: ['d', 'a'] }]],
      ['set', ['timeline', 2, 'or', 0], 'b'],
      ['set', ['bus'], { kind: 'v2' }, 'x'],
    ]);
    expect(JSON.stringify(after)).toBe(
      JSON.stringify({
        name: 'Inn',
        events: { a: { name: 'Aa' }, b: { name: 'B' }, d: { name: 'D' } },
        timeline: ['a', 'b', { or: ['b', 'a'] }],
        bus: { kind: 'v2' },
        x: { y: 1 },
      }),
    );
    expect(before.events).toEqual({ a: { name: 'A' }, c: { name: 'C' } });
    expect(after.x).toBe(before.x);
  });

  it('shares what it does not touch, and does not change what it was given', () => {
    const before = frozen({ events: { a: { name: 'A' }, b: { name: 'B' } }, policies: {} });
    const value = frozen({ name: 'C', of: [] });
    const after = applyDelta(before, [
      ['set', ['events', 'c'], value],
      ['set', ['events', 'c', 'name'], 'Cc'],
      ['splice', ['events', 'c', 'of'], 0, 0, [1]],
    ]);
    expect([after.policies === before.policies, after.events.a === before.events.a]).toEqual([true, true]);
    expect([after.events.c, value]).toEqual([
      { name: 'Cc', of: [1] },
      { name: 'C', of: [] },
    ]);
    expect(applyDelta(before, [])).toBe(before);
  });

  it('may replace the whole', () => {
    expect(applyDelta({ a: 1 }, [['set', [], { b: 2 }]])).toEqual({ b: 2 });
  });

  it('puts a new key to the end where the key behind it is not there', () => {
    expect(Object.keys(applyDelta({ a: 1 }, [['set', ['b'], 2, 'gone']]))).toEqual(['a', 'b']);
  });

  it.each([
    ['no list', null],
    ['an unknown kind', [['get', ['a']]]],
    ['no path', [['set', 'a', 1]]],
    ['no value', [['set', ['a']]]],
    ['a place that is not there', [['set', ['b', 'c'], 1]]],
    ['a place within a text', [['set', ['text', 'length'], 1]]],
    ['a place within nothing', [['set', ['nothing', 'x'], 1]]],
    ['a key that is gone already', [['del', ['b']]]],
    ['an item that is not there', [['set', ['list', 2], 1]]],
    ['an item before the first', [['set', ['list', -1], 1]]],
    ['the name of an item', [['set', ['list', 'length'], 0]]],
    ['too many items', [['splice', ['list'], 1, 2, []]]],
    ['a stretch behind the end', [['splice', ['list'], 3, 0, [1]]]],
    ['a stretch of keys', [['splice', ['a'], 0, 0, [1]]]],
    ['no items', [['splice', ['list'], 0, 0, 'ab']]],
  ])('is refused for %s, and nothing is changed', (_, ops) => {
    const before = frozen({ a: { b: 1 }, text: 'x', nothing: null, list: [1, 2] });
    expect(() => applyDelta(before, ops)).toThrow();
  });
});
