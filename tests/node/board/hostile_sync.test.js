import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openSession } from '../../../anycompany/board/source/sync/session.js';
import { FakeKernel, FakeLine } from './sync_fake_kernel.js';

const passing = (milliseconds) => vi.advanceTimersByTimeAsync(milliseconds);
const FORGED = [
  null,
  7,
  'patch',
  [],
  {},
  { type: null },
  { type: '__proto__' },
  { type: 'constructor' },
  { type: 'toString' },
  { type: 'patch' },
  { type: 'patch', from: 0, revision: 1, delta: null, ids: [] },
  { type: 'patch', from: 0, revision: 1, delta: [['set', ['events', 'x', 'y'], 1]], ids: [] },
  { type: 'patch', from: 0, revision: 'NaN', delta: [], ids: [] },
  { type: 'patch', from: 0, revision: 1e300, delta: [], ids: [] },
  { type: 'patch', from: 0, revision: 1, delta: [['set', ['__proto__', 'polluted'], 1]], ids: [] },
  { type: 'patch', from: 0, revision: 1, delta: [], ids: 7 },
  { type: 'insight' },
  { type: 'insight', n: 1, from_n: 0, delta: 'x' },
  { type: 'insight', n: 1, from_n: 0, delta: [['set', ['constructor', 'prototype', 'polluted'], 1]] },
  { type: 'ack' },
  { type: 'ack', id: '__proto__', revision: 1 },
  { type: 'nack' },
  { type: 'nack', id: 'somebody-else_1', why: 'x', taken: { section: '__proto__', id: 'x' } },
  { type: 'answer', n: 99, ok: true },
  { type: 'people', people: 7 },
  { type: 'people', people: [null, 7, { person: 7 }, { person: '__proto__', tab: '' }] },
  { type: 'presence', person: '__proto__', tab: '', pointer: 'x' },
];

let kernel, line, session;
beforeEach(async () => {
  vi.useFakeTimers();
  vi.spyOn(console, 'error').mockImplementation(() => {});
  sessionStorage.clear();
  kernel = new FakeKernel({ doc: { name: 'Inn', events: { a: { name: 'A' } } } });
  line = new FakeLine(kernel);
  session = openSession({ wire: line.wire, person: '0000000a', tab: '0001', name: 'Ada' });
  await passing(50);
});
afterEach(() => {
  session.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('a session that is told nonsense', () => {
  it.each(FORGED.map((message) => [JSON.stringify(message), message]))('is well again after %s', async (_, message) => {
    line.hear(message);
    await passing(2000);
    expect([session.status, session.revision, session.doc]).toEqual(['live', 0, kernel.doc]);
    expect([{}.polluted, [].polluted]).toEqual([undefined, undefined]);
    const done = session.do({ kind: 'add', to: 'events', name: 'Still Here' });
    await passing(2000);
    expect(await done).toEqual({ ok: true, revision: 1 });
    expect(session.doc).toEqual(kernel.doc);
  });

  it('takes nothing that is meant for somebody else', async () => {
    line.hear({ type: 'snapshot', to: '0000000b0001', protocol: 1, revision: 9, doc: { name: 'Other' }, path: '/x' });
    line.hear({ type: 'outdated', to: '0000000b0001', why: 'x' });
    expect([session.doc.name, session.status]).toEqual(['Inn', 'live']);
  });

  it('is read-only when the kernel speaks another version of the protocol', () => {
    line.hear({ type: 'snapshot', to: '0000000a0001', protocol: 2, revision: 9, doc: { name: 'Other' }, path: '/x' });
    expect([session.doc.name, session.status]).toEqual(['Inn', 'outdated']);
  });

  it('passes hostile text on as text', async () => {
    const name = '<img src=x onerror=alert(1)>\u202e\u0000{{7*7}}=cmd|x';
    const done = session.do({ kind: 'add', to: 'events', name });
    await passing(100);
    expect((await done).ok).toBe(true);
    expect(Object.values(kernel.doc.events)[1]).toEqual({ name });
  });

  it('bears listeners that fail', async () => {
    session.on('change', () => {
      throw new Error('A listener of the page fails.');
    });
    const done = session.do({ kind: 'add', to: 'events', name: 'One' });
    await passing(100);
    expect((await done).ok).toBe(true);
    expect(console.error).toHaveBeenCalled();
  });
});
