import { expect, it, vi } from 'vitest';
import { fileName } from '../../../anycompany/board/source/frame/exporting.js';

vi.mock('../../../anycompany/board/source/export/svg.js', () => ({ svgOf: () => '' }));
vi.mock('../../../anycompany/board/source/export/png.js', () => ({
  pngOf: async () => new Blob([]),
  sharpnessOf: () => 2,
}));
vi.mock('../../../anycompany/board/source/export/pdf.js', () => ({ pdfOf: async () => new Blob([]) }));

it('names files so that every system takes them', () => {
  expect(fileName('AnyCompany', '5-Contexts', 'png')).toBe('anycompany-5-contexts.png');
  expect(fileName('../../etc/passwd\u0000', '1', 'svg')).toBe('etc-passwd-1.svg');
  expect(fileName('Crème & Brûlée', '1', 'pdf')).toBe('crème-brûlée-1.pdf');
  expect(fileName('山田 <b>', '', 'png')).toBe('山田-b.png');
  expect(fileName('…', '', 'png')).toBe('storm.png');
  expect(fileName('x'.repeat(10000), '', 'png').length).toBeLessThan(70);
});
