import { describe, expect, it, vi } from 'vitest';
import { facilitatorSection } from '../../../anycompany/board/source/frame/facilitating.js';
import { gatheredSection } from '../../../anycompany/board/source/frame/gathered.js';
import { makeStrip } from '../../../anycompany/board/source/frame/strip.js';
import { makeSummons } from '../../../anycompany/board/source/frame/summons.js';
import { votingSection } from '../../../anycompany/board/source/frame/voting.js';
import { mint } from '../../../anycompany/board/source/model/ids.js';
import { savedWhile } from '../../../anycompany/board/source/saved.js';
import {
  clock,
  heldBack,
  laterWords,
  nextDriver,
  secondsLeft,
  votes,
} from '../../../anycompany/board/source/steps/steering.js';
import { steeringActions } from '../../../anycompany/board/source/steps/steering_actions.js';
import { fakeBoard, named, note } from './frame_fake.js';

vi.mock('../../../anycompany/board/source/steps/index.js', async () => ({
  STEPS: (await import('./frame_fake.js')).STEPS,
}));

const slot = (id, name, step, minutes = 15, day = 1) => ({ id, name, step, minutes, day, asks: `Do ${name}.` });
const ALONE = slot('alone', 'Alone', 1);
const SORT = slot('sequence', 'Sorting', 2, 30);
const BUS = slot('bus', 'The bus', 7, 60, 3);
const standing = (more = {}) => ({
  facilitates: true,
  phase: ALONE,
  left: 600,
  running: true,
  agenda: [ALONE, SORT],
  phases: [ALONE, SORT, BUS],
  back: null,
  next: 'sequence',
  at: performance.now(),
  ...more,
});
const edits = (board) => board.do.mock.calls.map(([some]) => some);

describe('the timer', () => {
  it('is counted on from what the kernel told, by the page’s own clock', () => {
    const at = 1_000; // whole, so that no fraction of a millisecond rounds the other way
    expect(secondsLeft(standing({ at }), at + 61_500)).toBe(539);
    expect(secondsLeft(standing({ at, running: false }), at + 61_500)).toBe(600);
    expect(secondsLeft(standing({ at, left: 10 }), at + 40_000)).toBe(-30);
    expect([secondsLeft(null), secondsLeft(standing({ left: null }))]).toEqual([null, null]);
  });
  it('reads as a clock', () => {
    expect([clock(0), clock(65), clock(3725), clock(-30)]).toEqual(['0:00', '1:05', '1:02:05', '+0:30']);
  });
});

describe('the strip', () => {
  it('is there only in a workshop, and says what holds', () => {
    const board = fakeBoard({ doc: { name: 'Inn' } });
    const strip = makeStrip(board, { show: vi.fn() });
    strip.draw();
    expect(strip.element.hidden).toBe(true);
    board.session.doc = { name: 'Inn', workshop: { blind: true, driver: { person: '1a2b3c4d', name: 'Bo <b>' } } };
    board.session.workshop = standing({ facilitates: false, dots: { of: 3, on: { 'hotspots/a': 'Ada' } } });
    strip.draw();
    expect(strip.element.hidden).toBe(false);
    for (const words of ['Alone', 'Only you see your notes', 'Bo <b> drives', '2 of 3 dots left', '10:00'])
      expect(strip.element.textContent).toContain(words);
    strip.close();
  });
  it('tells screen readers once when time runs out', () => {
    vi.useFakeTimers();
    const board = fakeBoard({ workshop: standing({ left: 61, at: performance.now() }) });
    const strip = makeStrip(board, { show: vi.fn() });
    strip.draw();
    vi.advanceTimersByTime(63_000);
    expect(board.say.mock.calls.map(([words]) => words)).toEqual(['1 minute left.', 'Time is up.']);
    strip.close();
    vi.useRealTimers();
  });
});

describe('the facilitator’s part of the panel', () => {
  it('is nobody else’s', () => {
    expect(facilitatorSection(fakeBoard({ workshop: standing({ facilitates: false }), quiet: ['Bo'] }))).toBe(null);
    expect(facilitatorSection(fakeBoard())).toBe(null);
    expect(steeringActions(fakeBoard({ workshop: standing({ facilitates: false }) }), [])).toEqual([]);
  });
  it('says edits that let the kernel write its own time', () => {
    const board = fakeBoard({ workshop: standing(), quiet: ['Bo', 'Cy'] });
    const section = facilitatorSection(board);
    named(section, 'Next: Sorting').click();
    named(section, 'Pause').click();
    named(section, '+1 min').click();
    named(section, 'Lock').click();
    named(section, 'Open a vote').click();
    expect(edits(board)).toEqual([
      [{ kind: 'phase', phase: 'sequence', since: 'now' }],
      [{ kind: 'timer', seconds: 600 }],
      [{ kind: 'timer', seconds: 660, since: 'now' }],
      [{ kind: 'conduct', keys: { locked: true } }],
      [{ kind: 'conduct', keys: { voting: { dots: 5, hidden: true } } }],
    ]);
    expect(section.textContent).toContain('Not spoken yet: Bo, Cy');
  });
  it('changes timings, and takes a phase off by 0 minutes', () => {
    const board = fakeBoard({ workshop: standing() });
    const section = facilitatorSection(board);
    const minutes = [...section.querySelectorAll('.f-agenda input')];
    expect(minutes.map((field) => field.value)).toEqual(['15', '30', '0']);
    for (const [field, value] of [
      [minutes[0], '20'],
      [minutes[1], '0'],
      [minutes[2], '-4'],
    ]) {
      field.value = value;
      field.dispatchEvent(new Event('change'));
    }
    expect(edits(board)).toEqual([
      [{ kind: 'plan', minutes: { alone: 20 } }],
      [{ kind: 'plan', minutes: { sequence: null } }],
    ]);
    expect(minutes[2].value).toBe('0');
  });
  it('shows the way in, and asks before it closes the door', () => {
    const door = {
      address: 'http://a/join',
      screen: '',
      code: 'BCDFGH',
      left: 7200,
      guests: ['Eve'],
      qr: '<svg/>',
      trouble: '',
    };
    const board = fakeBoard({ workshop: standing(), door });
    const section = facilitatorSection(board);
    expect(section.textContent).toContain('BCD FGH for 2 hours more');
    named(section, 'Change the code').click();
    named(section, 'Close the door…').click();
    expect(board.session.atDoor.mock.calls).toEqual([['change']]);
    expect(board.root.querySelector('[role="dialog"]')).not.toBe(null);
  });
  it('is in the palette too', () => {
    const board = fakeBoard({ workshop: standing(), notes: [note('events/a')] });
    const names = steeringActions(board, ['events/a']).map((action) => action.name);
    for (const name of [
      'Workshop: go on to “Sorting”',
      'Timer: pause',
      'Bring everyone here',
      'Rotate the driver',
      'Spotlight on “events/a”',
    ])
      expect(names).toContain(name);
  });
});

describe('people in a workshop', () => {
  const people = [
    { id: '222222220001', name: 'Bo', here: true },
    { id: '222222220002', name: 'Bo', here: true },
    { id: '5c4ee4000001', name: 'Big screen', here: true },
    { id: '333333330001', name: 'Cy', here: false },
  ];
  it('drive in turn, each once, big screens never', () => {
    const board = fakeBoard({ workshop: standing(), people, doc: { name: 'Inn' } });
    board.session.me = { id: '111111110001', name: 'Ada' };
    const driven = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const driver = nextDriver(board);
      driven.push(driver.name);
      board.session.doc = { name: 'Inn', workshop: { driver } };
    }
    expect(driven).toEqual(['Ada', 'Bo', 'Ada']);
  });
  it('are told why they may not edit, unless they steer', () => {
    const board = fakeBoard({
      workshop: standing({ facilitates: false }),
      doc: { name: 'Inn', workshop: { locked: true } },
    });
    expect(heldBack(board)?.why).toBe('The facilitator has locked the wall.');
    board.session.doc = { name: 'Inn', workshop: { driver: { person: '22222222', name: 'Bo' } } };
    expect(heldBack(board)?.why).toBe('Bo is driving.');
    board.session.workshop = standing();
    expect(heldBack(board)).toBe(null);
  });
  it('may look ahead at a later step', () => {
    expect([laterWords(null, 8), laterWords(standing(), 1)]).toEqual([null, null]);
    expect(laterWords(standing(), 2)).toContain('opens with “Sorting”');
    expect(laterWords(standing(), 8)).toContain('opens later');
  });
  it('are brought along by what changes while they are here', () => {
    const board = fakeBoard({
      workshop: standing({ facilitates: false }),
      doc: { name: 'Inn', workshop: { phase: 'alone' } },
    });
    const summons = makeSummons(board);
    summons.heed();
    expect(board.setStep).not.toHaveBeenCalled();
    board.session.doc = { name: 'Inn', workshop: { phase: 'sequence' } };
    summons.heed();
    expect(board.setStep).not.toHaveBeenCalled(); // the kernel has not told of the phase yet
    board.session.workshop = standing({ facilitates: false, phase: SORT });
    summons.heed();
    board.session.doc = { name: 'Inn', workshop: { phase: 'sequence', here: { step: 3, x: 5, y: 5, since: 'a' } } };
    summons.heed();
    summons.heed();
    expect(board.setStep.mock.calls).toEqual([[2], [3]]);
    expect(board.camera.reveal).toHaveBeenCalledTimes(1);
  });
});

describe('votes', () => {
  const doc = {
    name: 'Inn',
    hotspots: { fees: { text: 'Fees?', votes: ['Ada', 'Bo'] } },
    contexts: { desk: { name: 'Desk', votes: ['Bo', 'Cy', 'Di'] } },
    workshop: { voting: { dots: 2, hidden: false } },
  };
  it('go by what the kernel counts as one’s own', () => {
    const board = fakeBoard({ doc, workshop: standing({ dots: { of: 2, on: { 'hotspots/fees': 'Ada 2' } } }) });
    expect(votes(board, ['hotspots/fees', 'contexts/desk']).edits).toEqual([
      { kind: 'vote', hotspot: 'fees', who: 'Ada 2', up: false },
      { kind: 'vote', context: 'desk', who: 'Åsa Lind', up: true },
    ]);
  });
  it('are listed, most dots first, once they may be seen', () => {
    const board = fakeBoard({ doc, workshop: standing({ dots: { of: 2, on: {} } }) });
    const order = (section) => [...section.querySelectorAll('li bdi')].map((one) => one.textContent);
    expect(order(votingSection(board))).toEqual(['Desk', 'Fees?']);
    board.session.doc = { ...doc, workshop: { voting: { dots: 2 } } };
    const hidden = votingSection(board);
    expect(order(hidden)).toEqual(['Fees?', 'Desk']);
    expect(hidden.textContent).not.toContain('3 dots');
  });
});

describe('before and after the reveal', () => {
  it('ids tell nothing of what others wrote', () => {
    const blind = { name: 'Inn', events: {}, workshop: { blind: true } };
    const ids = new Set(Array.from({ length: 50 }, () => mint(blind, 'events', 'Room Booked')));
    expect(ids.size).toBeGreaterThan(45);
    for (const id of ids) expect(id).toMatch(/^room-booked-[a-z2-9]{4}$/);
    expect(mint({ name: 'Inn' }, 'events', 'Room Booked')).toBe('room-booked');
  });
  it('a widget’s state, which others may read, keeps nothing of a blind wall', () => {
    vi.useFakeTimers();
    const kept = [];
    const model = { get: () => null, set: (name, value) => kept.push(value.doc) };
    const listeners = [];
    const live = {
      status: 'live',
      pending: 0,
      revision: 1,
      doc: { workshop: { blind: true } },
      on: (_, one) => (listeners.push(one), () => {}),
      close() {},
    };
    const session = savedWhile(live, model);
    for (const doc of [live.doc, { workshop: {} }]) {
      live.doc = doc;
      listeners.forEach((one) => one());
      vi.advanceTimersByTime(2500);
    }
    expect(kept).toEqual([{ workshop: {} }]);
    session.close();
    vi.useRealTimers();
  });
  it('what may mean the same is gathered, and merged with a click', () => {
    const board = fakeBoard();
    expect(gatheredSection(board)).toBe(null);
    const edit = { kind: 'merge', keep: 'a', gone: 'b' };
    board.session.insight.alike = [
      { notes: ['events/a', 'events/b'], names: ['A', 'B'], why: 'They have one name.', edit },
    ];
    named(gatheredSection(board), 'Merge').click();
    expect(edits(board)).toEqual([[edit]]);
  });
});
