import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { savedWhile } from '../../../anycompany/board/source/saved.js';

const SAVED = { revision: 7, doc: { name: 'Saved' }, insight: { findings: {} } };

function fake(saved) {
  const listeners = new Map();
  const live = {
    doc: { name: '' }, revision: 0, insight: {}, status: 'connecting', pending: 0,
    on: (event, listener) => {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
      return () => {};
    },
    close: vi.fn(),
  };
  const model = { get: () => saved, set: vi.fn() };
  const emit = (event) => (listeners.get(event) ?? []).forEach((listener) => listener());
  return { live, model, emit, session: savedWhile(live, model) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what was saved is shown at once, and for reading only when no kernel answers', () => {
  const { session } = fake(SAVED);
  const changed = vi.fn();
  session.on('status', changed);
  expect([session.doc, session.revision, session.status]).toEqual([SAVED.doc, 7, 'connecting']);
  vi.advanceTimersByTime(10_000);
  expect(session.status).toBe('readonly');
  expect(changed).toHaveBeenCalled();
});

test('when the kernel answers, its storm is shown', () => {
  const { live, session, emit } = fake(SAVED);
  Object.assign(live, { doc: { name: 'Live' }, revision: 9, status: 'live' });
  emit('status');
  expect([session.doc.name, session.revision, session.status]).toEqual(['Live', 9, 'live']);
});

test('what is confirmed is kept, once in a while and never with edits on their way', () => {
  const { live, model, emit } = fake(null);
  Object.assign(live, { doc: { name: 'Live' }, revision: 9, status: 'live', pending: 1 });
  emit('change');
  vi.advanceTimersByTime(5000);
  expect(model.set).not.toHaveBeenCalled();
  live.pending = 0;
  emit('change');
  emit('change');
  vi.advanceTimersByTime(5000);
  expect(model.set.mock.calls).toEqual([['saved', { revision: 9, doc: { name: 'Live' }, insight: {} }]]);
});

test.each([[null], ['x'], [{}], [{ doc: 'x' }]])('a widget without a saved board just waits: %j', (saved) => {
  const { session } = fake(saved);
  vi.advanceTimersByTime(10_000);
  expect(session.status).toBe('connecting');
});
