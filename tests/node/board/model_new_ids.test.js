import { describe, expect, it } from 'vitest';
import { mint, slug } from '../../../anycompany/board/source/model/ids.js';
import {
  idsIn,
  idsRetiredBy,
  newThings,
  withAnotherId,
  withIds,
} from '../../../anycompany/board/source/model/new_ids.js';

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/;
const DOC = {
  name: 'Inn',
  events: { 'room-booked': { name: 'Room Booked' } },
  board: { parked: { later: { name: 'Later' } } },
};
const add = (name, more = {}) => ({ kind: 'add', to: 'events', name, ...more });

describe('ids made in the browser', () => {
  it('are the kernel’s, and none that is in use, parked or was tried', () => {
    expect(mint(DOC, 'events', 'Room Booked')).toBe('room-booked-2');
    expect(mint(DOC, 'policies', 'Room Booked')).toBe('room-booked');
    expect(mint(DOC, 'events', 'Later')).toBe('later-2');
    expect(mint(DOC, 'events', 'Room Booked', new Set(['room-booked-2', 'room-booked-3']))).toBe('room-booked-4');
    expect(mint(DOC, 'events', 'constructor')).toBe('constructor');
  });

  it.each([
    '',
    '!!!',
    '注文が作成された',
    '🎉',
    '\u202e',
    'اسم',
    '<script>',
    '-'.repeat(900),
    'x'.repeat(9000),
    'Ünit – Größe',
    '\ud800',
  ])('are ids whatever the name is: %s', (name) => {
    expect(mint(DOC, 'hotspots', name)).toMatch(ID);
    expect(mint(DOC, 'hotspots', name).length).toBeLessThanOrEqual(48);
  });

  it('read well where letters have accents or are Cyrillic or Greek', () => {
    expect(['Straße gesperrt', 'Заказ создан', 'Η παραγγελία', 'Łódź'].map(slug)).toEqual([
      'strasse-gesperrt',
      'zakaz-sozdan',
      'i-paraggelia',
      'lodz',
    ]);
  });

  it('are given to everything new in a batch, each another one', () => {
    const edit = {
      kind: 'batch',
      edits: [add('A Done'), add('A Done'), { kind: 'remove', of: 'events', id: 'room-booked' }, add('Room Booked')],
    };
    const { edits } = withIds(DOC, edit);
    expect([edits[0].id, edits[1].id, edits[3].id]).toEqual(['a-done', 'a-done-2', 'room-booked-2']);
    expect(edit.edits[0]).toEqual(add('A Done'));
  });

  it('are left as they are where they are given, and contracts take their event’s', () => {
    for (const edit of [
      add('A', { id: 'b' }),
      { kind: 'add', to: 'contracts', name: 'x' },
      { kind: 'vote', hotspot: 'a' },
    ]) {
      expect(withIds(DOC, edit)).toBe(edit);
    }
  });

  it('are exchanged wherever an edit mentions them, and nowhere else', () => {
    const edit = {
      kind: 'batch',
      edits: [
        add('order', { id: 'order' }),
        { kind: 'add', to: 'entities', name: 'order', id: 'order', keys: { events: ['order', 'b'], 'x-of': 'order' } },
        { kind: 'place', event: 'order', after: 'b' },
        { kind: 'assign', of: 'events', id: 'order', to: 'order' },
        { kind: 'move', note: 'events/order', x: 1, y: 2 },
        { kind: 'vote', hotspot: 'order', who: 'order' },
      ],
    };
    expect(withAnotherId(edit, 'events', 'order', 'order-2').edits).toEqual([
      add('order', { id: 'order-2' }),
      { kind: 'add', to: 'entities', name: 'order', id: 'order', keys: { events: ['order-2', 'b'], 'x-of': 'order' } },
      { kind: 'place', event: 'order-2', after: 'b' },
      { kind: 'assign', of: 'events', id: 'order-2', to: 'order' },
      { kind: 'move', note: 'events/order-2', x: 1, y: 2 },
      { kind: 'vote', hotspot: 'order', who: 'order' },
    ]);
    expect(newThings(edit).map(({ section, id }) => `${section}/${id}`)).toEqual(['events/order', 'entities/order']);
  });

  it('tell what an edit is about and what it retires', () => {
    const merge = { kind: 'merge', keep: 'a', gone: 'b' };
    const park = { kind: 'park', event: 'c' };
    const removal = { kind: 'remove', of: 'contracts', id: 'd' };
    expect(idsRetiredBy({ kind: 'batch', edits: [merge, park, removal] })).toEqual(['b', 'c']);
    expect(idsIn({ kind: 'batch', edits: [merge, park, add('x', { id: 'e', keys: { about: 'f' } })] })).toEqual([
      'a',
      'b',
      'c',
      'e',
      'f',
    ]);
    expect(idsIn({ kind: 'move', note: 'events/a', x: 0, y: 0 })).toEqual(['a']);
    expect(idsIn({ kind: 'assign', of: 'entities', id: 'a', to: null })).toEqual(['a']);
  });
});
