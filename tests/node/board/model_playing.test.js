import { expect, it } from 'vitest';
import { clock, momentAt, readPlay, wordsOf } from '../../../anycompany/board/source/model/playing.js';
import { along } from '../../../anycompany/board/source/paint/along.js';
import { beat, PAYMENT } from './playing_message.js';

const play = readPlay(PAYMENT);
const at = (time) => momentAt(play, time);
const ways = (time) => at(time).hops.map(({ arrows, failed }) => [arrows.join(' '), failed]);

it('lets an event travel to the policy that hears it, and what is emitted back', () => {
  expect(ways(1.2)).toEqual([['hears/created>take rule/take', false]]);
  expect(at(2).hops).toEqual([]);
  expect(at(2).lights.map((light) => light.key)).toEqual(['policies/take']);
  expect(ways(2.5)).toEqual([['puts/take>attempted', false]]);
  expect(at(2.999).hops[0].share).toBeGreaterThan(0.98);
});

it('lets a failure travel along its own arrow', () => {
  expect(ways(4.5)).toEqual([['fails/settle>declined', true]]);
  expect(at(5.1).lights).toEqual([expect.objectContaining({ key: 'events/declined', failed: true })]);
});

it('lets listeners hear after the event has come', () => {
  expect(ways(3.1)).toContainEqual(['listens/attempted>audit listens/*>audit', false]);
  expect(at(3.9).lights.map((light) => light.key)).toContain('listeners/audit');
});

it('counts as it goes, and in the end as in the whole trace', () => {
  expect(at(0.9).counts.size).toBe(0);
  expect(at(3).counts.get('listeners/audit')).toBe(1);
  expect(at(play.end).counts.get('events/created')).toBe(7);
  expect(at(play.end).lights).toEqual([]);
});

it('lets an event travel once to a policy that answers with several', () => {
  const beats = ['one', 'two'].map((event, index) =>
    beat({ start: 1, at: 3, event, after: 'created', policy: 'take', new: index === 0 }),
  );
  const twice = readPlay({ id: 'x', beats });
  expect(momentAt(twice, 1.2).hops).toHaveLength(1);
  expect(momentAt(twice, 2.5).hops).toHaveLength(2);
});

it.each([null, 3, 'play', {}, { id: 'x' }, { id: 3, beats: [] }])('takes nothing for a trace that is none: %j', (message) => {
  expect(readPlay(message)).toBe(null);
});

it.each([
  [[null]],
  [[{}, 'beat', 7]],
  [[{ at: 'soon', start: NaN, event: {}, listeners: 'all', counts: null }]],
  [[{ at: 1, start: 9, policy: '__proto__', event: 'constructor', after: 'toString', counts: { __proto__: 1 } }]],
])('makes something watchable of any beats: %j', (beats) => {
  const read = readPlay({ id: 'x', beats });
  for (const time of [0, 0.5, 1, 2, 1e9]) expect(momentAt(read, time).beats).toBeLessThanOrEqual(beats.length);
  for (const one of read.beats) expect(typeof wordsOf({ name: 'Inn' }, one)).toBe('string');
});

it('says what happens in the words of the storm as it is now', () => {
  const doc = { name: 'Shop', events: { declined: { name: 'Payment <b>Declined</b>' } }, policies: { settle: { name: 'Settle' } } };
  expect(wordsOf(doc, play.beats[2])).toBe('Settle fails → Payment <b>Declined</b>');
  expect(wordsOf(doc, readPlay({ id: 'x', beats: [beat({ policy: 'settle' })] }).beats[0])).toBe('Settle is done');
  expect(wordsOf(doc, readPlay({ id: 'x', beats: [beat({ event: 'gone-since' })] }).beats[0])).toBe('Gone since');
});

it('tells the time as the kernel does', () => {
  expect([3.21, 754, 5400, 200_000].map(clock)).toEqual(['3.2 s', '12 min 34 s', '1 h 30 min', '2 d 7 h 33 min']);
});

it('finds the way along arrows, round their corners and from one to the next', () => {
  const way = along(['M 0 0 L 0 90 Q 0 100 10 100 L 100 100', 'M 100 110 L 100 200']);
  expect(way(0)).toEqual({ x: 0, y: 0 });
  expect(way(1)).toEqual({ x: 100, y: 200 });
  const middle = way(0.5);
  expect(middle.y).toBe(100);
  expect(middle.x).toBeGreaterThan(30);
  for (let share = 0; share <= 1; share += 0.01) {
    const { x, y } = way(share);
    expect(x === 0 || x === 100 || y > 90).toBe(true);
  }
  expect(way(-3)).toEqual(way(0));
  expect(way(7)).toEqual(way(1));
});

it('knows no way where there is none', () => {
  expect(along([])).toBe(null);
  expect(along(['', 'M 1 1', 'nonsense'])).toBe(null);
  expect(along(['M 5 5 L 5 5'])(0.5)).toEqual({ x: 5, y: 5 });
});
