/**
 * A board that is no board: what the frame sees of one, with everything it does written down.
 */

import { vi } from 'vitest';

export const STEPS = ['Discover', 'Sequence', 'Triggers', 'Entities', 'Contexts', 'Services', 'Bus', 'Schemas'].map(
  (short, index) => ({
    number: index + 1,
    short,
    question: `What of ${short}?`,
    hint: `Hint of ${short}`,
    placeholder: null,
    scene: () => ({ notes: [], regions: [], arrows: [], labels: [] }),
    drops: () => [],
    actions: () => [],
    typed: () => [],
  }),
);

export const finding = (key, more = {}) => ({
  key,
  check: key,
  step: 5,
  severity: 'warning',
  what: `What ${key}.`,
  why: `Why ${key}.`,
  remedy: `Remedy ${key}.`,
  source: 'A book',
  where: ['events/account-created'],
  fix: null,
  dismissed: null,
  ...more,
});

export const note = (key, more = {}) => ({
  key,
  ref: key,
  kind: 'event',
  shape: 'paper',
  text: key,
  x: 0,
  y: 0,
  w: 132,
  h: 88,
  says: `Event ${key}`,
  ...more,
});

/**
 * @param {{findings?: object[], notes?: object[], actions?: object[], ask?: Function,
 *   people?: object[], doc?: object, workshop?: object, quiet?: string[], door?: object}} [given]
 */
export function fakeBoard(given = {}) {
  const root = document.createElement('div');
  root.className = 'anycompany-board';
  document.body.append(root);
  const listeners = new Map();
  const on = (event, listener) => {
    if (!listeners.has(event)) listeners.set(event, new Set());
    listeners.get(event).add(listener);
    return () => listeners.get(event).delete(listener);
  };
  const tell = (event, detail) => [...(listeners.get(event) ?? [])].forEach((listener) => listener(detail));
  const ok = async () => ({ ok: true, revision: 1 });
  const session = {
    doc: given.doc ?? { name: 'Inn', events: { a: { name: 'A' } } },
    revision: 7,
    pending: 0,
    status: 'live',
    insight: {
      findings: Object.fromEntries((given.findings ?? []).map((one) => [one.key, one])),
      coupling: null,
      next: null,
      guesses: [],
      progress: {
        1: { done: 4, total: 4, missing: [], finished: true },
        5: { done: 1, total: 3, missing: ['an owner'], finished: false },
      },
    },
    people: given.people ?? [],
    workshop: given.workshop ?? null,
    quiet: given.quiet ?? [],
    door: given.door ?? null,
    atDoor: vi.fn(),
    me: { id: 'me', name: 'Åsa Lind', hue: 0, step: 5 },
    do: vi.fn(ok),
    undo: vi.fn(ok),
    redo: vi.fn(ok),
    ask: vi.fn(given.ask ?? ok),
    tell: vi.fn(),
    on,
    close: vi.fn(),
  };
  const board = {
    session,
    root,
    step: STEPS[4],
    scene: { notes: given.notes ?? [], regions: [], arrows: [], labels: [] },
    selection: new Set(),
    focused: null,
    preview: null,
    replay: null,
    on,
    tellAll: tell,
    setStep: vi.fn((number) => {
      board.step = STEPS[number - 1];
      tell('step');
    }),
    select: vi.fn(),
    focus: vi.fn(),
    do: vi.fn(ok),
    run: vi.fn(),
    actions: () => given.actions ?? [],
    edit: vi.fn(),
    menu: vi.fn(),
    say: vi.fn(),
    notice: vi.fn(),
    setPreview: vi.fn(),
    look: vi.fn((revision) => {
      board.replay = revision;
    }),
    camera: {
      zoom: 1,
      sight: { x: 0, y: 0, w: 10, h: 10 },
      zoomBy: vi.fn(),
      panBy: vi.fn(),
      fit: vi.fn(),
      reveal: vi.fn(),
      on: () => () => {},
    },
  };
  return board;
}

/** Until what waits for the next picture has been drawn. */
export const drawn = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))));

/** The button inside an element that has this name. */
export const named = (element, name) =>
  [...element.querySelectorAll('button')].find(
    (one) => (one.getAttribute('aria-label') ?? one.textContent) === name || one.textContent === name,
  );

/** Presses a key on an element. */
export function press(target, key, more = {}) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more });
  target.dispatchEvent(event);
  return event;
}
