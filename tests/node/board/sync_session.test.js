import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { idsIn } from '../../../anycompany/board/source/model/new_ids.js';
import { openSession } from '../../../anycompany/board/source/sync/session.js';
import { FakeKernel, FakeLine, randomFrom } from './sync_fake_kernel.js';

const ADA = '0000000a';
const BOB = '0000000b';
const opened = [];

/** A session on a line to a kernel; `heard` has what it emitted. */
function join(kernel, { person = ADA, tab = '0001', delay, ...more } = {}) {
  const line = new FakeLine(kernel, delay);
  const session = openSession({ wire: line.wire, person, tab, name: person, step: 1, ...more });
  const heard = { change: 0, refused: [], notice: [], status: [] };
  session.on('change', () => (heard.change += 1));
  for (const event of ['refused', 'notice', 'status']) session.on(event, (detail) => heard[event].push(detail));
  opened.push(session);
  return { session, line, heard };
}

const passing = (milliseconds) => vi.advanceTimersByTimeAsync(milliseconds);
const add = (name, more = {}) => ({ kind: 'add', to: 'events', name, ...more });
const sent = (kernel, type) => kernel.received.filter((message) => message.type === type);

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
});
afterEach(() => {
  for (const session of opened.splice(0)) session.close();
  vi.useRealTimers();
});

describe('a session', () => {
  it('shows nothing until the kernel answers, then its storm', async () => {
    const kernel = new FakeKernel({ doc: { name: 'Inn', events: { a: { name: 'A Done' } } } });
    const { session, heard } = join(kernel);
    expect([session.status, session.doc, session.revision]).toEqual(['connecting', { name: '' }, 0]);
    await passing(50);
    expect([session.status, session.doc, heard.status]).toEqual(['live', kernel.doc, ['live']]);
    expect(heard.change).toBe(1);
    expect(sent(kernel, 'hello')).toEqual([
      { type: 'hello', protocol: 1, person: ADA, tab: '0001', name: ADA, step: 1, revision: null },
    ]);
  });

  it('shows an edit at once, and the same when the kernel has it', async () => {
    const kernel = new FakeKernel();
    const { session, heard } = join(kernel);
    await passing(50);
    const done = session.do(add('Room Booked'));
    expect(session.doc.events).toEqual({ 'room-booked': { name: 'Room Booked' } });
    expect([session.pending, session.revision, heard.change]).toEqual([1, 0, 2]);
    await passing(50);
    expect(await done).toEqual({ ok: true, revision: 1 });
    expect([session.pending, session.doc]).toEqual([0, kernel.doc]);
    expect(sent(kernel, 'edit')).toEqual([
      {
        type: 'edit',
        id: `${ADA}0001_1`,
        edit: add('Room Booked', { id: 'room-booked' }),
        person: ADA,
        tab: '0001',
        name: ADA,
      },
    ]);
  });

  it('sends the text somebody began from, and passes a conflict through', async () => {
    const kernel = new FakeKernel({ doc: { name: 'Inn', events: { a: { name: 'A' } } } });
    const { session, line, heard } = join(kernel);
    await passing(50);
    const edit = { kind: 'rename', of: 'events', id: 'a', name: 'Mine' };
    kernel.busy = true;
    const done = session.do(edit, { was: 'A' });
    await passing(50);
    expect(session.doc.events.a.name).toBe('Mine');
    expect(kernel.waiting[0][1].was).toBe('A');
    const conflict = { theirs: 'Theirs', author: 'Bob' };
    line.down({
      type: 'nack',
      to: session.me.id,
      id: `${ADA}0001_1`,
      why: 'Somebody else did.',
      remedy: 'Choose.',
      conflict,
    });
    await passing(50);
    expect(await done).toEqual({ ok: false, why: 'Somebody else did.', remedy: 'Choose.', conflict });
    expect(session.doc.events.a.name).toBe('A');
    expect(heard.refused).toHaveLength(1);
    expect(heard.refused[0].edit).toBe(edit);
  });

  it('takes a refused edit back', async () => {
    const kernel = new FakeKernel({ doc: { name: 'Inn', events: { a: { name: 'A' } } } });
    const { session, heard } = join(kernel);
    await passing(50);
    kernel.doc = { ...kernel.doc, events: {} };
    const done = session.do({ kind: 'remove', of: 'events', id: 'a' });
    expect(session.doc.events).toEqual({});
    await passing(50);
    expect((await done).ok).toBe(false);
    expect(session.doc.events).toEqual({ a: { name: 'A' } });
    expect(heard.refused[0].why).toBe('That has no meaning here.');
  });

  it('tells one change for all patches within a picture', async () => {
    const kernel = new FakeKernel();
    const ada = join(kernel);
    const bob = join(kernel, { person: BOB });
    await passing(50);
    const before = bob.heard.change;
    for (let n = 0; n < 10; n++) ada.session.do(add(`Note ${n}`));
    await passing(200);
    expect(bob.session.doc).toEqual(kernel.doc);
    expect(bob.heard.change - before).toBeLessThanOrEqual(2);
  });

  it('says hello once for many gaps, and gets the whole storm', async () => {
    const kernel = new FakeKernel();
    const ada = join(kernel);
    const bob = join(kernel, { person: BOB });
    await passing(50);
    bob.line.deaf = true;
    ada.session.do(add('Missed'));
    await passing(50);
    bob.line.deaf = false;
    for (let n = 0; n < 5; n++) ada.session.do(add(`Note ${n}`));
    await passing(100);
    expect(sent(kernel, 'hello').filter(({ person }) => person === BOB)).toHaveLength(2);
    expect(bob.session.doc).toEqual(kernel.doc);
  });

  it('repeats hello with growing patience until somebody answers', async () => {
    const kernel = new FakeKernel();
    const { session, line } = join(kernel);
    line.deaf = true;
    await passing(60_000);
    expect(session.status).toBe('away');
    line.deaf = false;
    await passing(60_000);
    expect(session.status).toBe('live');
    expect(sent(kernel, 'hello').length).toBeLessThan(3);
  });

  it('does not flood a kernel that is busy for minutes', async () => {
    const kernel = new FakeKernel();
    const { session } = join(kernel);
    await passing(50);
    kernel.busy = true;
    session.do(add('Patience Needed'));
    await passing(600_000);
    expect(kernel.waiting.length).toBeLessThan(130); // signs of life most of all
    expect(kernel.waiting.filter(([, { type }]) => type === 'hello').length).toBeLessThan(18);
    kernel.free();
    await passing(100);
    expect([session.pending, session.status, kernel.log.length]).toEqual([0, 'live', 1]);
  });

  it('keeps edits while the disk is full, says so once, and saves them in order', async () => {
    const kernel = new FakeKernel();
    const { session, heard } = join(kernel);
    await passing(50);
    kernel.diskFull = true;
    const outcomes = [session.do(add('One')), session.do(add('Two')), session.undo(), session.do(add('Three'))];
    await passing(30_000);
    expect([session.pending, kernel.log.length, heard.refused]).toEqual([4, 0, []]);
    expect(Object.keys(session.doc.events)).toEqual(['one', 'two', 'three']);
    expect(heard.notice).toEqual([{ tone: 'warning', text: 'Not saved yet: The disk is full.' }]);
    expect(kernel.received.length).toBeLessThan(30);
    kernel.diskFull = false;
    await passing(20_000);
    expect((await Promise.all(outcomes)).every(({ ok }) => ok)).toBe(true);
    expect(kernel.log.map(({ edit }) => edit.name ?? edit.kind)).toEqual(['One', 'Two', 'undo', 'Three']);
    expect(heard.notice[1]).toEqual({ tone: 'good', text: 'Edits are saved again.' });
    expect(heard.notice).toHaveLength(2);
  });

  it('does not refuse an edit before what it rests on is settled', async () => {
    const kernel = new FakeKernel();
    const { session, heard } = join(kernel);
    await passing(50);
    kernel.diskFull = true;
    session.do({ kind: 'batch', edits: [add('One', { id: 'one' })] });
    await passing(6);
    kernel.diskFull = false; // between the two
    session.do({ kind: 'place', event: 'one' });
    await passing(30_000);
    expect(heard.refused).toEqual([]);
    expect(kernel.doc.timeline).toEqual(['one']);
  });

  it('gives a new thing another id when the one it has was in use before', async () => {
    const kernel = new FakeKernel({ doc: { name: 'Inn', events: { x: { name: 'X' } } } });
    kernel.retired.add('room-booked').add('room-booked-2');
    const { session, heard } = join(kernel);
    await passing(50);
    const done = session.do({
      kind: 'batch',
      edits: [add('Room Booked', { id: 'room-booked' }), { kind: 'place', event: 'room-booked' }],
    });
    const named = session.do({ kind: 'move', note: 'events/room-booked', x: 1, y: 2 });
    await passing(200);
    expect([(await done).ok, (await named).ok, heard.refused]).toEqual([true, true, []]);
    expect(kernel.doc.events['room-booked-3']).toEqual({ name: 'Room Booked' });
    expect(kernel.doc.timeline).toEqual(['room-booked-3']);
    expect(kernel.doc.board.notes).toEqual({ 'events/room-booked-3': [1, 2] });
    expect(session.doc).toEqual(kernel.doc);
  });

  it('does not take the answer to an earlier sending for the last word', async () => {
    const kernel = new FakeKernel();
    const { session, line, heard } = join(kernel);
    await passing(50);
    kernel.busy = true;
    const done = session.do(add('Room Booked'));
    const taken = { section: 'events', id: 'room-booked' };
    const nack = {
      type: 'nack',
      to: session.me.id,
      id: `${ADA}0001_1`,
      why: 'Taken.',
      remedy: '',
      again: false,
      taken,
    };
    line.down(nack);
    line.down(nack);
    await passing(50);
    expect([session.pending, heard.refused, Object.keys(session.doc.events)]).toEqual([1, [], ['room-booked-2']]);
    kernel.waiting.shift();
    kernel.free();
    await passing(50);
    expect([(await done).ok, Object.keys(kernel.doc.events)]).toEqual([true, ['room-booked-2']]);
  });

  it('sends nothing twice that is merely on its way when the storm is asked for', async () => {
    const kernel = new FakeKernel();
    const { session, line } = join(kernel, { delay: () => 50 });
    await passing(500);
    line.hear({ type: 'patch', from: 7, revision: 8, delta: [], ids: [], author: 'x' });
    const done = session.do(add('One'));
    await passing(1000);
    expect([(await done).ok, sent(kernel, 'edit').length]).toEqual([true, 1]);
  });

  it('never lets an edit about something new reach a note of somebody else', async () => {
    const kernel = new FakeKernel();
    const ada = join(kernel, { delay: () => 5 });
    const bob = join(kernel, { person: BOB, delay: () => 50 });
    await passing(200);
    ada.session.do(add('Room Booked'));
    bob.session.do(add('Room Booked'));
    bob.session.do({ kind: 'rename', of: 'events', id: 'room-booked', name: 'Room Taken' });
    await passing(2000);
    expect(kernel.doc.events).toEqual({
      'room-booked': { name: 'Room Booked' },
      'room-booked-2': { name: 'Room Taken' },
    });
    expect(bob.session.doc).toEqual(kernel.doc);
  });

  it('has no more to say when its page is too old', async () => {
    const kernel = new FakeKernel();
    const { session, line, heard } = join(kernel);
    await passing(50);
    line.down({ type: 'outdated', to: session.me.id, why: 'Reload the page.' });
    await passing(50);
    const before = kernel.received.length;
    const outcome = await session.do(add('Too Late'));
    expect(outcome).toMatchObject({ ok: false, remedy: 'Reload the page.' });
    expect(session.status).toBe('outdated');
    expect(heard.refused).toHaveLength(1);
    line.cut();
    line.mend();
    await passing(100_000);
    expect([session.status, kernel.received.length]).toEqual(['outdated', before]);
  });

  it('answers questions, passes refusals on, and gives up after a while', async () => {
    const kernel = new FakeKernel();
    const { session, line } = join(kernel);
    await expect(session.ask('echo')).rejects.toThrow('not connected');
    await passing(50);
    const echo = session.ask('echo', { a: [1] });
    const nothing = session.ask('nothing').catch((error) => error.message);
    await passing(50);
    expect(await echo).toEqual({ a: [1] });
    expect(await nothing).toBe('There is nothing.');
    const silence = session.ask('what nobody knows').catch((error) => error.message);
    await passing(15_000);
    expect(await silence).toContain('does not answer');
    const lost = session.ask('what nobody knows').catch((error) => error.message);
    line.cut();
    expect(await lost).toContain('not connected');
  });

  it('knows who else is here, where they point and what they hold', async () => {
    const kernel = new FakeKernel();
    const ada = join(kernel);
    const bob = join(kernel, { person: BOB, tab: '0002' });
    await passing(50);
    for (let n = 0; n < 100; n++) {
      bob.session.tell({ pointer: [n, n] });
      await passing(5);
    }
    bob.session.tell({ holds: 'events/a', pointer: null });
    await passing(100);
    expect(ada.session.people).toHaveLength(1);
    expect(ada.session.people[0]).toMatchObject({
      id: `${BOB}0002`,
      name: BOB,
      holds: 'events/a',
      pointer: null,
      hue: 0,
    });
    expect(sent(kernel, 'presence').filter(({ person }) => person === BOB).length).toBeLessThanOrEqual(13);
    expect(bob.session.people.map(({ id }) => id)).not.toContain(`${BOB}0002`);
    const before = sent(kernel, 'presence').length;
    await passing(16_000);
    expect(sent(kernel, 'presence').length - before).toBeGreaterThanOrEqual(3);
  });

  it('takes on the insight that was found, and asks again when it missed some', async () => {
    const kernel = new FakeKernel();
    const { session, line } = join(kernel);
    await passing(50);
    line.down({ type: 'insight', revision: 0, n: 1, from_n: 0, delta: [['set', ['next'], 3]] });
    await passing(50);
    expect(session.insight.next).toBe(3);
    const before = sent(kernel, 'hello').length;
    line.down({ type: 'insight', revision: 0, n: 5, from_n: 4, delta: [['set', ['next'], 7]] });
    await passing(50);
    expect(sent(kernel, 'hello').length).toBe(before + 1);
    expect(session.insight.next).toBe(null);
  });

  it('offers the ways that come with a notice', async () => {
    const kernel = new FakeKernel();
    const { line, heard } = join(kernel);
    await passing(50);
    line.down({
      type: 'notice',
      tone: 'warning',
      text: 'Changed by hand.',
      edits: [{ words: 'Put back', edits: [add('Back')] }],
    });
    await passing(50);
    heard.notice[0].actions[0].run();
    await passing(50);
    expect([heard.notice[0].text, heard.notice[0].actions[0].name]).toEqual(['Changed by hand.', 'Put back']);
    expect(kernel.doc.events).toEqual({ back: { name: 'Back' } });
  });

  it('gives back what it was keeping when it is closed', async () => {
    const kernel = new FakeKernel();
    const { session, line } = join(kernel);
    await passing(50);
    line.cut();
    const done = session.do(add('On Its Way'));
    session.close();
    expect(await done).toMatchObject({ ok: false, again: true });
    expect(await session.do(add('After'))).toMatchObject({ ok: false, why: 'This board is closed.' });
  });
});

describe('edits on their way', () => {
  it('survive a reload while the kernel is away, and are carried out once, in order', async () => {
    const kernel = new FakeKernel();
    const before = join(kernel);
    await passing(50);
    before.line.cut();
    for (const name of ['One', 'Two', 'Three']) before.session.do(add(name));
    expect(before.session.status).toBe('away');
    before.session.close();
    const after = join(kernel, { tab: '0002' });
    await passing(20);
    expect(Object.keys(after.session.doc.events)).toEqual(['one', 'two', 'three']);
    await passing(200);
    expect(kernel.log.map(({ id }) => id)).toEqual([1, 2, 3].map((n) => `${ADA}0001_${n}`));
    expect([after.session.pending, sessionStorage.length]).toEqual([0, 0]);
  });

  it('survive a restart of the kernel that had them, and are not doubled', async () => {
    const kernel = new FakeKernel();
    const { session, line } = join(kernel, { delay: () => 100 });
    await passing(500);
    const outcomes = [session.do(add('One')), session.do(add('Two'))];
    await passing(150); // in the log, but the patches are on their way
    expect(kernel.log).toHaveLength(2);
    kernel.restart();
    await passing(1000);
    expect([session.status, session.pending]).toEqual(['away', 2]);
    line.mend();
    await passing(1000);
    expect((await Promise.all(outcomes)).every(({ ok }) => ok)).toBe(true);
    expect([kernel.log.length, session.pending, session.status]).toEqual([2, 0, 'live']);
  });

  it('are found again when the wire swallowed them silently', async () => {
    const kernel = new FakeKernel();
    const { session, line } = join(kernel);
    await passing(50);
    line.deaf = true;
    const done = session.do(add('Swallowed'));
    await passing(100);
    line.deaf = false;
    await passing(20_000);
    expect((await done).ok).toBe(true);
  });

  it('are each board’s own where a page has several', async () => {
    const kernel = new FakeKernel();
    const one = join(kernel, { tab: '0001' });
    const two = join(kernel, { tab: '0002' });
    await passing(50);
    one.line.cut();
    two.line.cut();
    one.session.do(add('Of The First'));
    two.session.do(add('Of The Second'));
    one.line.mend();
    await passing(100);
    expect(kernel.log.map(({ edit }) => edit.name)).toEqual(['Of The First']);
    two.session.close();
    const three = join(kernel, { tab: '0003' });
    await passing(100);
    expect(kernel.log.map(({ edit }) => edit.name)).toEqual(['Of The First', 'Of The Second']);
    expect(three.session.pending).toBe(0);
  });
});

/** A random edit of what one sees; some have no meaning by the time they arrive. */
function randomEdit(random, doc, n) {
  const any = (list) => list[Math.floor(random() * list.length)];
  const events = Object.keys(doc.events ?? {});
  const kinds = [
    () => add(`Note ${Math.floor(random() * 40)}`),
    () => ({ kind: 'batch', edits: [add(`Pair ${n}`, { id: `pair-${n}` }), { kind: 'place', event: `pair-${n}` }] }),
    () => ({ kind: 'move', note: `events/${any(events)}`, x: n, y: random() }),
    () => ({ kind: 'rename', of: 'events', id: any(events), name: `Renamed ${n}` }),
    () => ({ kind: 'place', event: any(events) }),
    () => ({ kind: 'remove', of: 'events', id: any(events) }),
    () => ({ kind: 'merge', keep: any(events), gone: any(events) }),
  ];
  return events.length < 5 ? kinds[0]() : any(kinds)();
}

describe('many at once', () => {
  it.each([1, 2])('a thousand edits of three people converge, none lost, none doubled (seed %i)', async (seed) => {
    const random = randomFrom(seed);
    const kernel = new FakeKernel();
    const people = ['0000000a', '0000000b', '0000000c'].map((person, index) =>
      join(kernel, { person, delay: () => 1 + Math.floor(random() * 60 * (index + 1)) }),
    );
    await passing(1000);
    const outcomes = [];
    for (let n = 0; n < 1000; n++) {
      const { session } = people[Math.floor(random() * 3)];
      const id = `${session.me.id}_${1 + outcomes.filter((one) => one.who === session).length}`;
      outcomes.push({ who: session, id, done: session.do(randomEdit(random, session.doc, n)) });
      if (random() < 0.02) people[Math.floor(random() * 3)].line.cut();
      if (random() < 0.02) people[Math.floor(random() * 3)].line.deaf = true;
      if (random() < 0.03) for (const { line } of people) line.deaf = false;
      if (random() < 0.03) for (const { line } of people) line.mend();
      if (random() < 0.01) kernel.restart();
      if (random() < 0.02) kernel.diskFull = !kernel.diskFull;
      if (random() < 0.5) await passing(Math.floor(random() * 100));
    }
    kernel.diskFull = false;
    for (const { line } of people) {
      line.deaf = false;
      line.mend();
    }
    await passing(300_000);
    for (const [index, { session }] of people.entries()) {
      outcomes.push({
        who: session,
        id: `${session.me.id}_${1 + outcomes.filter((one) => one.who === session).length}`,
        done: session.do(add(`Last ${index}`)),
      });
    }
    await passing(300_000);
    const ids = kernel.log.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { session } of people) {
      expect([session.pending, session.status, session.revision]).toEqual([0, 'live', kernel.revision]);
      expect(session.doc).toEqual(kernel.doc);
    }
    const settled = await Promise.all(outcomes.map(async ({ id, done }) => [id, (await done).ok]));
    expect(
      settled
        .filter(([, ok]) => ok)
        .map(([id]) => id)
        .sort(),
    ).toEqual([...ids].sort());
    expect(ids.length).toBeGreaterThan(600);
    for (const { session } of people) {
      const mine = kernel.log.filter(({ id }) => id.startsWith(session.me.id));
      const made = ({ id }) => Number(id.split('_')[1]);
      for (const [at, later] of mine.entries()) {
        const about = new Set(idsIn(later.edit));
        for (const earlier of mine.slice(0, at)) {
          if (idsIn(earlier.edit).some((id) => about.has(id))) expect(made(earlier)).toBeLessThan(made(later));
        }
      }
    }
  });
});
