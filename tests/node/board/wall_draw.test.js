import { beforeEach, expect, test } from 'vitest';
import { findingsByRef } from '../../../anycompany/board/source/paint/marks.js';
import { MANY, makeWall } from '../../../anycompany/board/source/paint/wall.js';
import { UNMARKED, spoken } from '../../../anycompany/board/source/paint/note.js';

const NONE = { findings: new Map(), people: [], selection: new Set() };
const note = (id, other = {}) => ({
  key: `events/${id}`, ref: `events/${id}`, kind: 'event', shape: 'paper', tag: 'event', text: id, says: `Event ${id}`, x: 0, y: 0, w: 132, h: 88, ...other,
});
const scene = (notes, other = {}) => ({ notes, regions: [], arrows: [], labels: [], ...other });

let wall;
beforeEach(() => {
  wall = makeWall();
  document.body.replaceChildren(wall.element);
});

/** What a drawing changes in the document. */
async function changes(work) {
  const seen = [];
  const observer = new MutationObserver((records) => seen.push(...records));
  observer.observe(wall.world, { subtree: true, childList: true, attributes: true, characterData: true });
  work();
  await Promise.resolve();
  seen.push(...observer.takeRecords());
  observer.disconnect();
  return seen;
}

test('a note has its words, its kind, its place and a name for screen readers', () => {
  wall.draw(scene([note('booked', { text: 'Room Booked', x: 10, y: 20, pivotal: true, lines: ['small'] })]), NONE);
  const element = wall.noteElement('events/booked');
  expect(element.querySelector('.text').textContent).toBe('Room Booked');
  expect(element.querySelector('.tag').textContent).toBe('event · pivotal');
  expect(element.querySelector('.line').textContent).toBe('small');
  expect(element.style.transform).toBe('translate(10px, 20px)');
  expect(element.getAttribute('aria-label')).toBe('Event booked');
  expect(element.getAttribute('aria-roledescription')).toBe('sticky note');
});

test('what people type is text, in notes, places, arrows and labels', () => {
  const bad = '<img src=x onerror="window.ran = true"><script>window.ran = true</script>';
  wall.draw(
    scene([note('a', { text: bad, lines: [bad], tag: bad, says: bad })], {
      regions: [{ key: 'r', kind: 'context', title: bad, subtitle: bad, ref: 'contexts/r', x: 0, y: 0, w: 10, h: 10 }],
      arrows: [{ key: 'a', d: 'M 0 0 L 10 0', tone: 'then', label: bad, at: { x: 5, y: 0 } }],
      labels: [{ key: 'l', x: 0, y: 0, text: bad }],
    }),
    NONE,
  );
  expect(wall.element.querySelector('img, script')).toBe(null);
  expect(globalThis.ran).toBe(undefined);
  expect(wall.noteElement('events/a').querySelector('.text').textContent).toBe(bad);
});

test('drawing the same again touches nothing', async () => {
  const made = () => scene([note('a', { lines: ['one'] }), note('b', { x: 200 })], {
    regions: [{ key: 'r', kind: 'context', x: 0, y: 0, w: 10, h: 10 }],
    arrows: [{ key: 'a', d: 'M 0 0 L 10 0', tone: 'then', at: { x: 5, y: 0 }, label: 'x' }],
    labels: [{ key: 'l', x: 0, y: 0, text: 'time' }],
  });
  wall.draw(made(), NONE);
  expect(await changes(() => wall.draw(made(), NONE))).toEqual([]);
});

test('only the note that changed is touched, and it keeps its element', async () => {
  wall.draw(scene([note('a'), note('b')]), NONE);
  const [a, b] = ['events/a', 'events/b'].map((key) => wall.noteElement(key));
  const seen = await changes(() => wall.draw(scene([note('a'), note('b', { text: 'Other' })]), NONE));
  expect(seen.length).toBeGreaterThan(0);
  expect(seen.some((record) => a.contains(record.target))).toBe(false);
  expect(wall.noteElement('events/b')).toBe(b);
  expect(b.textContent).toContain('Other');
});

test('a note that is gone leaves the wall', () => {
  wall.draw(scene([note('a'), note('b')]), NONE);
  wall.draw(scene([note('b')]), NONE);
  expect(wall.noteElement('events/a')).toBe(null);
  expect(wall.element.querySelectorAll('.note').length).toBe(1);
});

test.each([['nothing', ''], ['blanks', '  \n '], ['zero-width characters', '\u200b\u200d\u2060\ufeff'], ['a soft hyphen', '\u00ad']])(
  'a name of %s shows a placeholder',
  (_, text) => {
    wall.draw(scene([note('a', { text })]), NONE);
    expect(wall.noteElement('events/a').querySelector('.text').textContent).toBe('No name yet');
  },
);

test('a novel is cut to what a note can show, and read out no longer than can be borne', () => {
  wall.draw(scene([note('a', { text: 'x'.repeat(10_000), says: 'y'.repeat(10_000) })]), NONE);
  const element = wall.noteElement('events/a');
  expect(element.textContent.length).toBeLessThan(300);
  expect(element.textContent).toContain('…');
  expect(element.getAttribute('aria-label').length).toBeLessThan(500);
});

test('findings, holders and selection are marked, and said', () => {
  const findings = new Map([['events/a', { count: 2, severity: 'error', worst: 'Nobody emits it.' }]]);
  const people = [{ id: 'p', name: 'Jo Osei', hue: 3, holds: 'events/a', editing: null, here: true }];
  wall.draw(scene([note('a')]), { findings, people, selection: new Set(['events/a']) });
  const element = wall.noteElement('events/a');
  expect(element.getAttribute('aria-label')).toBe('Event a, 2 findings: Nobody emits it., held by Jo Osei, selected');
  expect(element.querySelector('button.finding.is-error').getAttribute('aria-label')).toBe('2 findings: Nobody emits it.');
  expect(element.querySelector('.finding').textContent).toBe('2');
  expect(element.querySelector('.holder').textContent).toBe('JO');
  wall.draw(scene([note('a')]), NONE);
  expect(element.querySelector('.finding, .holder')).toBe(null);
  expect(element.classList.contains('is-selected')).toBe(false);
});

test('somebody’s pointer that moves does not touch the note they hold', async () => {
  const person = (x) => ({ id: 'p', name: 'Jo', hue: 3, holds: 'events/a', editing: null, pointer: [x, 0] });
  wall.draw(scene([note('a')]), { ...NONE, people: [person(1)] });
  expect(await changes(() => wall.draw(scene([note('a')]), { ...NONE, people: [person(2)] }))).toEqual([]);
});

test('on the first step nothing is judged; later ones show the findings of the steps so far, the gravest first', () => {
  const finding = (key, step, severity, dismissed = null) => ({ key, step, severity, what: key, where: ['events/a'], dismissed });
  const all = { a: finding('a', 2, 'note'), b: finding('b', 3, 'error'), c: finding('c', 5, 'error'), d: finding('d', 2, 'error', 'fine') };
  expect(findingsByRef(all, 1).size).toBe(0);
  expect(findingsByRef(all, 3).get('events/a')).toEqual({ count: 2, severity: 'error', worst: 'b' });
});

test('notes in the hand stay in the hand while others change the wall', () => {
  wall.draw(scene([note('a', { x: 10 })]), NONE);
  wall.lift(['events/a'], { x: 5, y: 7 });
  wall.draw(scene([note('a', { x: 10, text: 'Renamed' })]), NONE);
  const element = wall.noteElement('events/a');
  expect(element.style.transform).toBe('translate(15px, 7px)');
  expect(element.classList.contains('is-lifted')).toBe(true);
  wall.settle();
  expect(element.style.transform).toBe('translate(10px, 0px)');
});

test('on a large wall only what is in sight is there, and what is pinned', () => {
  const many = Array.from({ length: MANY + 500 }, (_, index) => note(`n${index}`, { x: (index % 50) * 160, y: Math.floor(index / 50) * 120 }));
  wall.draw(scene(many), NONE);
  const count = () => wall.element.querySelectorAll('.note').length;
  expect(count()).toBeGreaterThan(10);
  expect(count()).toBeLessThan(400);
  const last = many[many.length - 1].key;
  expect(wall.noteElement(last)).toBe(null);
  expect(wall.boxOf(last)).toMatchObject({ key: last });
  wall.pin([last]);
  expect(wall.noteElement(last)).not.toBe(null);
});

test('an empty wall says what to do', () => {
  wall.draw(scene([], { empty: 'Type an event.' }), NONE);
  const blank = wall.element.querySelector('.blank');
  expect([blank.hidden, blank.textContent]).toEqual([false, 'Type an event.']);
  wall.draw(scene([note('a')], { empty: 'Type an event.' }), NONE);
  expect(blank.hidden).toBe(true);
});

test('a place that is a thing of the storm can take the focus and has a name', () => {
  wall.draw(scene([], { regions: [{ key: 'contexts/a', kind: 'context', title: 'Billing', subtitle: 'Finance', ref: 'contexts/a', x: 0, y: 0, w: 9, h: 9 }] }), NONE);
  const place = wall.noteElement('contexts/a');
  expect(place.getAttribute('aria-label')).toBe('Billing, Finance, context');
  expect(place.tabIndex).toBe(-1);
});

test('who edits is said otherwise than who holds', () => {
  const holder = { id: 'p', name: 'Jo', hue: 1, editing: 'events/a' };
  expect(spoken(note('a'), { ...UNMARKED, holders: [holder] })).toBe('Event a, edited by Jo');
});
