import { describe, expect, test } from 'vitest';
import { predict } from '../../../anycompany/board/source/model/predict.js';
import { momentsOf } from '../../../anycompany/board/source/steps/moments.js';
import { sequencing } from '../../../anycompany/board/source/steps/sequencing.js';
import { SILENT, company, dropAt, large, overlapping } from './steps_docs.js';

const after = (doc, edits) => predict(doc, { kind: 'batch', edits });
const scene = (doc) => sequencing.scene(doc, SILENT);
const box = (doc, event) => scene(doc).notes.find(({ key }) => key === `events/${event}`);
const drops = (doc, ...events) =>
  sequencing.drops(
    doc,
    scene(doc),
    events.map((event) => `events/${event}`),
  );
const dropped = (doc, drop) => after(doc, drop.edits).timeline;
const action = (doc, events, id) =>
  sequencing
    .actions(
      doc,
      events.map((event) => `events/${event}`),
      SILENT,
    )
    .find((one) => one.id === id);

describe('the wall', () => {
  test('moments go from left to right, events of one moment down, and nothing overlaps', () => {
    for (const doc of [company(), large(400), large(400, 9)]) {
      const notes = scene(doc).notes.filter(({ kind }) => kind === 'event');
      expect(overlapping(notes)).toEqual([]);
      expect(new Set(notes.map(({ key }) => key)).size).toBe(Object.keys(doc.events).length);
      const left = (moment) =>
        Math.min(...moment.events.map((event) => notes.find(({ key }) => key === `events/${event}`).x));
      const lefts = momentsOf(doc).map(left);
      expect(lefts).toEqual([...lefts].sort((a, b) => a - b));
    }
  });

  test('alternatives say “or”, parallel events “and” in a dashed stream', () => {
    const { labels, regions } = scene(company());
    expect(labels.filter(({ text }) => text === 'or')).toHaveLength(1);
    expect(labels.filter(({ text }) => text === 'and')).toHaveLength(1);
    expect(regions.map(({ kind, dashed }) => [kind, dashed])).toEqual([
      ['moment', false],
      ['stream', true],
      ['shelf', true],
    ]);
  });

  test('a pivotal event has a line behind it, and what is not in time lies on the shelf', () => {
    const { arrows, regions, notes } = scene(company());
    expect(arrows.filter(({ key }) => key.startsWith('pivotal/'))).toHaveLength(1);
    const shelf = regions.find(({ kind }) => kind === 'shelf');
    const inside = notes.filter((note) => note.kind === 'event' && note.y > shelf.y);
    expect(inside.map(({ key }) => key)).toEqual(['events/refund-requested']);
    expect(shelf.title).toBe('Not yet in time: 1 event');
  });

  test('every note says its place and what stands with it', () => {
    expect(box(company(), 'payment-failed').says).toBe(
      'Event Payment Failed, moment 3 of 5, or instead Payment Succeeded',
    );
    expect(box(company(), 'receipt-sent').says).toBe(
      'Event Receipt Sent, moment 4 of 5, at the same time as Invoice Sent',
    );
  });

  test('a timeline that names an event twice, or one that is gone, is drawn once', () => {
    const doc = {
      name: 'x',
      events: { a: { name: 'A' }, b: { name: 'B' } },
      timeline: ['a', { or: ['b', 'a'] }, 'gone', ['gone']],
    };
    expect(momentsOf(doc)).toEqual([
      { number: 0, events: ['a'], how: 'one' },
      { number: 1, events: ['b'], how: 'one' },
    ]);
    expect(scene(doc).notes.map(({ key }) => key)).toEqual(['events/a', 'events/b']);
  });

  test('an empty wall says what to do', () => {
    expect(scene({ name: 'x' }).empty).toMatch(/step 1/);
  });
});

describe('where an event in the hand may go', () => {
  const doc = company();
  const at = (event, dx, dy, ...held) => {
    const note = box(doc, event);
    return dropAt(drops(doc, ...held), note.x + note.w * dx, note.y + note.h * dy);
  };

  test('between two moments', () => {
    const drop = at('payment-attempted', -0.2, 0.5, 'refund-requested');
    expect(drop.words).toBe('Put “Refund Requested” between “Account Created” and “Payment Attempted”');
    expect(dropped(doc, drop).slice(0, 3)).toEqual(['account-created', 'refund-requested', 'payment-attempted']);
  });

  test('the left edge of a note is before it, the right edge after it', () => {
    expect(at('payment-attempted', 0.05, 0.5, 'refund-requested').key).toBe('before payment-attempted');
    expect(at('payment-attempted', 0.95, 0.5, 'refund-requested').key).toBe('before payment-succeeded');
  });

  test('before the first and after the last', () => {
    expect(dropped(doc, at('account-created', -0.5, 0.5, 'refund-requested'))[0]).toBe('refund-requested');
    const last = at('customer-subscribed', 1.4, 0.5, 'refund-requested');
    expect(last.words).toBe('Put “Refund Requested” after “Customer Subscribed”');
    expect(dropped(doc, last).at(-1)).toBe('refund-requested');
  });

  test('the upper and the lower rim are: either this or that', () => {
    for (const dy of [-0.1, 0.1, 0.9]) {
      const drop = at('payment-attempted', 0.5, dy, 'refund-requested');
      expect(drop.words).toBe('Either “Payment Attempted” or “Refund Requested”');
      expect(dropped(doc, drop)[1]).toEqual({ or: ['payment-attempted', 'refund-requested'] });
    }
  });

  test('below a moment is: at the same time; below alternatives it is one more of them', () => {
    const drop = at('payment-attempted', 0.5, 1.6, 'refund-requested');
    expect(drop.words).toBe('“Refund Requested” at the same time as “Payment Attempted”');
    expect(dropped(doc, drop)[1]).toEqual(['payment-attempted', 'refund-requested']);
    expect(dropped(doc, at('payment-failed', 0.5, 1.5, 'refund-requested'))[2].or).toHaveLength(3);
    expect(dropped(doc, at('receipt-sent', 0.5, 0.05, 'refund-requested'))[3]).toHaveLength(3);
  });

  test('the middle of a note offers to merge, and every place beside it', () => {
    const drop = at('payment-attempted', 0.5, 0.5, 'refund-requested');
    expect(drop.choices.map(({ words }) => words)).toEqual([
      'Merge as “Payment Attempted”',
      'Merge as “Refund Requested”',
      'After “Payment Attempted”',
      'Before “Payment Attempted”',
      'Either “Payment Attempted” or “Refund Requested”',
      'At the same time as “Payment Attempted”',
    ]);
    expect(after(doc, drop.choices[1].edits).events['payment-attempted'].name).toBe('Refund Requested');
    expect(after(doc, drop.choices[5].edits).timeline[1]).toEqual(['payment-attempted', 'refund-requested']);
  });

  test('the shelf takes out of time', () => {
    const shelf = scene(doc).regions.find(({ kind }) => kind === 'shelf');
    const drop = dropAt(drops(doc, 'payment-failed'), shelf.x + 700, shelf.y + 10);
    expect(drop.words).toBe('Take “Payment Failed” out of time');
    expect(dropped(doc, drop)[2]).toBe('payment-succeeded');
  });

  test('what is not in time stays on the shelf, and is not said to be taken out of time', () => {
    const drop = drops(doc, 'refund-requested').find(({ key }) => key.startsWith('shelf/'));
    expect([drop.words, drop.edits]).toEqual(['Leave “Refund Requested” for later', []]);
  });

  test('several stay together, in their order', () => {
    const drop = drops(doc, 'refund-requested', 'payment-failed').find(({ key }) => key === 'before payment-attempted');
    expect(dropped(doc, drop).slice(0, 4)).toEqual([
      'account-created',
      'refund-requested',
      'payment-failed',
      'payment-attempted',
    ]);
  });

  test('the first event of all can be dropped anywhere above the shelf', () => {
    const blank = { name: 'x', events: { a: { name: 'A' } } };
    const drop = dropAt(drops(blank, 'a'), 200, 60);
    expect(drop.words).toBe('Begin with “A”');
    expect(dropped(blank, drop)).toEqual(['a']);
  });

  test('every drop but “leave” has an effect that the kernel takes, and its own key', () => {
    for (const storm of [company(), large(60), large(60, 3)]) {
      const ids = Object.keys(storm.events);
      for (const held of [[ids[0]], [ids[5]], ids.slice(2, 5), [ids.at(-1)]]) {
        const all = drops(storm, ...held);
        expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
        expect(all.filter(({ words }) => !words.startsWith('Leave')).every((one) => one.choices ?? one.edits.length)).toBe(true);
        for (const edits of all.flatMap((drop) =>
          drop.choices ? drop.choices.map((one) => one.edits) : [drop.edits],
        )) {
          const done = predict(storm, { kind: 'batch', edits });
          expect(done !== storm).toBe(edits.length > 0);
          const placed = momentsOf(done).flatMap(({ events }) => events);
          expect(new Set(placed).size).toBe(placed.length);
        }
      }
    }
  });
});

describe('by name and by keys', () => {
  test('put into time at every kind of place', () => {
    const { edits, ask } = action(company(), ['refund-requested'], 'place');
    expect(ask[1].choices).toHaveLength(7);
    const put = (where, neighbour) => after(company(), edits({ where, neighbour })).timeline;
    expect(put('after', 'account-created')[1]).toBe('refund-requested');
    expect(put('before', 'account-created')[0]).toBe('refund-requested');
    expect(put('instead_of', 'account-created')[0]).toEqual({ or: ['account-created', 'refund-requested'] });
    expect(put('parallel_to', 'account-created')[0]).toEqual(['account-created', 'refund-requested']);
    expect(put('end', '').at(-1)).toBe('refund-requested');
    expect(() => put('after', '')).toThrow('Choose one');
  });

  test('earlier and later by one moment, out of a moment of several and past whole ones', () => {
    const go = (event, id) =>
      after(company(), action(company(), [event], id).edits({})).timeline.map((one) => one.or ?? one);
    expect(go('payment-attempted', 'earlier')[0]).toBe('payment-attempted');
    expect(go('payment-attempted', 'later').slice(1, 3)).toEqual([
      ['payment-succeeded', 'payment-failed'],
      'payment-attempted',
    ]);
    expect(go('payment-failed', 'earlier').slice(1, 4)).toEqual([
      'payment-attempted',
      'payment-failed',
      'payment-succeeded',
    ]);
    expect(go('payment-failed', 'later').slice(2, 4)).toEqual(['payment-succeeded', 'payment-failed']);
    expect(action(company(), ['account-created'], 'earlier')).toBeUndefined();
    expect(action(company(), ['refund-requested'], 'later')).toBeUndefined();
  });

  test('selected events become alternatives, parallel, or one after the other', () => {
    const go = (id, ...events) => after(company(), action(company(), events, id).edits({})).timeline;
    expect(go('alternatives', 'refund-requested', 'account-created')[0]).toEqual({
      or: ['account-created', 'refund-requested'],
    });
    expect(go('parallel', 'account-created', 'payment-attempted')[0]).toEqual(['account-created', 'payment-attempted']);
    expect(go('one-by-one', 'payment-failed', 'account-created').slice(0, 3)).toEqual([
      'payment-attempted',
      { or: ['payment-succeeded', 'payment-failed'] },
      'account-created',
    ]);
  });

  test('the last ones are put at the end as they were written, and all out of time again', () => {
    const doc = after(company(), action(company(), [], 'place-loose').edits({}));
    expect(doc.timeline.at(-1)).toBe('refund-requested');
    expect(action(doc, [], 'place-loose')).toBeUndefined();
    const out = after(doc, action(doc, Object.keys(doc.events), 'unplace').edits({}));
    expect(out.timeline).toEqual([]);
  });

  test('what is typed goes after the focused note, else to the end', () => {
    const typed = (near) => after(company(), sequencing.typed(company(), 'Late Fee Charged', near, null)).timeline;
    expect(typed('events/account-created')[1]).toBe('late-fee-charged');
    expect(typed(null).at(-1)).toBe('late-fee-charged');
    expect(typed('events/refund-requested').at(-1)).toBe('late-fee-charged');
  });
});
