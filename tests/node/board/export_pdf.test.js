import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pdfDocument } from '../../../anycompany/board/source/export/pdf_document.js';
import { fontsFor, wordsContent } from '../../../anycompany/board/source/export/pdf_words.js';
import { wordsOf } from '../../../anycompany/board/source/export/pdf.js';
import { sharpest, sizeOf } from '../../../anycompany/board/source/export/raster.js';
import { svgOf } from '../../../anycompany/board/source/export/svg.js';
import { HOSTILE } from './hostile.js';

const image = { width: 2, height: 2, pixels: new Uint8Array(deflateSync(new Uint8Array(12))) };
const words = (text) => ({ text, x: 10, y: 20, size: 14, weight: 600, anchor: 'start', turned: false });
const latin = (bytes) => new TextDecoder('latin1').decode(bytes);

test('the table of a PDF says where each object begins', () => {
  const file = latin(pdfDocument({ page: { width: 200, height: 100 }, image, words: HOSTILE.map(words), title: 'Wall' }));
  const start = Number(file.match(/startxref\n(\d+)\n%%EOF\n$/)[1]);
  const table = file.slice(start).match(/^xref\n0 (\d+)\n0{10} 65535 f \n((?:\d{10} 00000 n \n)+)trailer/);
  const starts = table[2].trim().split(' \n').map((line) => Number(line.slice(0, 10)));
  expect(starts.length).toBe(Number(table[1]) - 1);
  starts.forEach((at, index) => expect(file.slice(at, at + 12)).toMatch(new RegExp(`^${index + 1} 0 obj\n`)));
});

test('a page is as large as the picture in points, and never larger than a PDF may be', () => {
  const boxes = [[200, 100], [100_000, 50]].map(([width, height]) =>
    latin(pdfDocument({ page: { width, height }, image, words: [], title: '' })).match(/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/).slice(1).map(Number));
  expect(boxes[0]).toEqual([150, 75]);
  expect(boxes[1]).toEqual([14_400, 7.2]);
});

test('a font has at most 255 characters, and every character has a code', () => {
  const many = String.fromCodePoint(...Array.from({ length: 700 }, (_, index) => 0x4e00 + index));
  const fonts = fontsFor([words(many), words('again 一')]);
  expect(fonts.map((font) => font.length).every((count) => count <= 255)).toBe(true);
  expect(fonts.flat().join('')).toContain(many);
  expect(wordsContent([words(many)], fonts, 100)).toMatch(/\/F0 14 Tf <[0-9a-f]+> Tj \/F1 14 Tf <[0-9a-f]+> Tj \/F2 14 Tf/);
});

test('the words of a picture are those of its notes', () => {
  const note = { key: 'events/a', kind: 'event', shape: 'paper', text: 'A & B < C', x: 50, y: 60, w: 132, h: 88, says: 'Event' };
  const found = wordsOf(svgOf({ notes: [note], regions: [], arrows: [], labels: [] }, { title: 'AnyCompany' }));
  expect(found.title).toBe('AnyCompany');
  expect(found.words.map((one) => one.text)).toEqual(['A & B < C']);
  expect(found.words[0].x).toBeCloseTo(32 + 10);
});

test('a picture is never larger than browsers can bear', () => {
  for (const [width, height] of [[100, 100], [40_000, 300], [30_000, 30_000], [1, 200_000]]) {
    const scale = sharpest({ width, height }, 4);
    expect(scale).toBeGreaterThan(0);
    expect(Math.max(width, height) * scale).toBeLessThanOrEqual(16_384.01);
    expect(width * height * scale * scale).toBeLessThanOrEqual(120_000_001);
  }
  expect(sharpest({ width: 1000, height: 1000 }, 4)).toBe(4);
  expect(sizeOf(svgOf({ notes: [], regions: [], arrows: [], labels: [] }))).toEqual({ width: 640, height: 360 });
});
