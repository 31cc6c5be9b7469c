import { expect, test } from 'vitest';
import { svgOf } from '../../../anycompany/board/source/export/svg.js';
import { inOneLine, shortened, widthOf, wrapped } from '../../../anycompany/board/source/export/lettering.js';
import { HOSTILE, anyText, dice } from './hostile.js';

const SHAPES = ['paper', 'hex', 'card', 'chip'];
const KINDS = ['event', 'command', 'actor', 'policy', 'external', 'schedule', 'aws', 'aggregate', 'hotspot', 'contract', 'listener', 'workflow'];
const PLACES = ['moment', 'context', 'lane', 'hive', 'bus', 'shelf', 'stream'];
const TONES = ['time', 'then', 'hears', 'puts', 'crossing', 'listens'];

/** A scene with a note of every kind and shape, a place of every kind and an arrow of every tone. */
function everything(text) {
  const notes = SHAPES.flatMap((shape, row) => KINDS.map((kind, column) => ({
    key: `${shape}/${kind}`, kind, shape, x: column * 160, y: row * 140, w: 132, h: shape === 'chip' ? 24 : 100,
    text, tag: text, lines: [text, text], votes: column, hue: column % 2 ? column : undefined, pivotal: column === 0,
    guess: column === 1, copy: column === 2, faded: column === 3, crossing: column === 5, says: text,
  })));
  const regions = PLACES.map((kind, index) => ({
    key: kind, kind, x: index * 300, y: 600, w: 280, h: 120, title: text, subtitle: text, hue: index, dashed: index === 1, ref: 'contexts/x',
  }));
  const arrows = TONES.map((tone, index) => ({
    key: tone, tone, d: `M 0 ${index * 10} C 50 0 50 90 300 90`, label: text, at: { x: 60, y: 60 }, hue: index % 2 ? index : undefined, ends: index !== 0,
  }));
  const labels = ['start', 'middle', 'end'].map((anchor) => ({ key: anchor, x: 10, y: 800, text, anchor, tone: 'hue', hue: 2, size: 18, weight: 700 }));
  return { notes, regions, arrows, labels };
}

function parsed(picture) {
  const document = new DOMParser().parseFromString(picture, 'image/svg+xml');
  expect(document.querySelector('parsererror')).toBe(null);
  return document.documentElement;
}

const ALLOWED = new Set(['svg', 'g', 'title', 'desc', 'rect', 'polygon', 'path', 'circle', 'text']);

/** Nothing but shapes and words: nothing that runs, loads or links. */
function expectHarmless(root) {
  for (const element of root.querySelectorAll('*')) {
    expect(ALLOWED.has(element.tagName), element.tagName).toBe(true);
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(/^on|href$|^style$|^class$/i);
      expect(value).not.toMatch(/NaN|undefined|Infinity|\[object/);
    }
  }
}

test.each(HOSTILE.map((text, index) => [index, text]))('hostile text %i is only text', (_, text) => {
  for (const theme of ['light', 'dark']) expectHarmless(parsed(svgOf(everything(text), { theme, title: text })));
});

test('any text makes well-formed, harmless pictures', () => {
  for (let seed = 0; seed < 60; seed++) {
    const text = anyText(dice(seed));
    expectHarmless(parsed(svgOf(everything(text), { title: text })));
  }
});

test('long text stays on its note', () => {
  for (const text of HOSTILE) {
    const { notes } = everything(text);
    for (const note of notes) {
      const root = parsed(svgOf({ notes: [{ ...note, x: 1000, y: 2000 }], regions: [], arrows: [], labels: [] }));
      for (const words of root.querySelectorAll('text')) {
        const [x, y] = [Number(words.getAttribute('x')), Number(words.getAttribute('y'))];
        expect(x).toBeGreaterThanOrEqual(1000);
        expect(x).toBeLessThanOrEqual(1000 + note.w);
        expect(y).toBeGreaterThan(2000);
        expect(y).toBeLessThanOrEqual(2000 + note.h);
      }
    }
  }
});

test('a picture of a long text is not much longer than one of a short text', () => {
  const [short, long] = ['A name', 'name '.repeat(2000)].map((text) => svgOf(everything(text)).length);
  expect(long).toBeLessThan(short * 4);
});

test('what is written is what is on the notes', () => {
  const root = parsed(svgOf(everything('Account Created'), { title: 'AnyCompany', revision: 12 }));
  expect(root.querySelector('title').textContent).toBe('AnyCompany');
  expect(root.querySelector('desc').textContent).toBe('The storm at revision 12');
  const note = root.querySelector('[data-key="paper/event"]');
  expect([...note.querySelectorAll('text')].map((words) => words.textContent)).toContain('Account Created');
});

test('a box shows a part of the wall, and nothing that lies outside it', () => {
  const scene = everything('Name');
  const root = parsed(svgOf(scene, { box: { x: 0, y: 0, w: 140, h: 120 } }));
  expect(root.getAttribute('viewBox')).toBe('0 0 140 120');
  expect(root.querySelector('[data-key="paper/event"]')).not.toBe(null);
  expect(root.querySelector('[data-key="chip/workflow"]')).toBe(null);
});

test('a blank wall is a picture too, and says what the wall says', () => {
  const root = parsed(svgOf({ notes: [], regions: [], arrows: [], labels: [], empty: 'Type what happened.' }));
  expect(root.textContent).toContain('Type what happened.');
});

test('what is read from right to left begins at the right side of its note', () => {
  const [card] = everything('مرحبا بالعالم').notes.filter((note) => note.key === 'card/aggregate');
  const root = parsed(svgOf({ notes: [{ ...card, x: 0, y: 0, w: 200 }], regions: [], arrows: [], labels: [] }));
  for (const words of root.querySelectorAll('text')) {
    expect(words.getAttribute('direction')).toBe('rtl');
    expect(Number(words.getAttribute('x'))).toBeGreaterThan(150);
  }
});

test('text is broken at spaces, inside long words, and cut with an ellipsis', () => {
  const type = { size: 14, weight: 600 };
  expect(wrapped('Payment Succeeded', 90, type, 3)).toEqual(['Payment', 'Succeeded']);
  expect(wrapped('', 90, type, 3)).toEqual([]);
  for (let seed = 0; seed < 300; seed++) {
    const random = dice(seed);
    const text = anyText(random);
    const [width, most] = [30 + random() * 200, 1 + Math.floor(random() * 4)];
    const lines = wrapped(text, width, type, most);
    expect(lines.length).toBeLessThanOrEqual(most);
    const whole = inOneLine(text).replaceAll(' ', '');
    const kept = lines.join('').replaceAll(' ', '');
    if (kept !== whole) {
      expect(kept.endsWith('…')).toBe(true);
      expect(whole.startsWith(kept.slice(0, -1))).toBe(true);
    }
    for (const line of lines) {
      const characters = [...new Intl.Segmenter().segment(line.replace(/…$/, ''))].length;
      expect(characters <= 1 || widthOf(line, type) <= width).toBe(true);
    }
  }
  expect(shortened('A long name that does not fit', 60, type)).toMatch(/^A.*…$/);
});

test('a family of emoji is not broken into its members', () => {
  const family = '👩‍👩‍👧‍👦';
  for (const line of wrapped(family.repeat(6), 60, { size: 14 }, 20)) expect(line.length % family.length).toBe(0);
});

test('shows the ground of a hive, and the place for a new one with its words in the middle', () => {
  const scene = {
    notes: [],
    arrows: [],
    labels: [],
    regions: [
      { key: 'hive/bill', kind: 'hive', x: 0, y: 0, w: 200, h: 200 },
      { key: 'new-hive', kind: 'hive', dashed: true, title: 'New entity', subtitle: 'Drop here', x: 300, y: 0, w: 200, h: 200 },
    ],
  };
  const picture = new DOMParser().parseFromString(svgOf(scene), 'image/svg+xml');
  expect(picture.querySelector('[data-key="hive/bill"] rect')).not.toBeNull();
  expect(picture.querySelector('[data-key="new-hive"] rect').getAttribute('stroke-dasharray')).toBe('6 4');
  const words = [...picture.querySelectorAll('[data-key="new-hive"] text')];
  expect(words.map((one) => [one.textContent, one.getAttribute('x'), one.getAttribute('text-anchor')])).toEqual([
    ['New entity', '400', 'middle'],
    ['Drop here', '400', 'middle'],
  ]);
});

test('writes the title of a context as a title, not as a chip', () => {
  const title = { key: 'contexts/sales', kind: 'aggregate', shape: 'chip', hue: 0, text: 'Sales', says: 'Sales', x: 0, y: 0, w: 200, h: 32 };
  const picture = new DOMParser().parseFromString(svgOf({ notes: [title], regions: [], arrows: [], labels: [] }), 'image/svg+xml');
  const drawn = picture.querySelector('[data-key="contexts/sales"]');
  expect(drawn.querySelector('rect')).toBeNull();
  expect(drawn.querySelector('text').getAttribute('font-size')).toBe('18');
});
