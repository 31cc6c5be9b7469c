import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keep, kept, stayAlive } from '../../../anycompany/board/source/sync/keep.js';

const PATH = '/a/wall.storm.yaml';
const ADA = '0000000a';
const edit = (tab, n, name = 'x') => ({
  type: 'edit',
  id: `${ADA}${tab}_${n}`,
  edit: { kind: 'add', to: 'events', name },
});

beforeEach(() => sessionStorage.clear());
afterEach(() => vi.restoreAllMocks());

describe('what a tab keeps', () => {
  it('is found again by the same person for the same storm only', () => {
    keep(PATH, ADA, [edit('0001', 1)], new Set());
    expect(kept(PATH, ADA)).toEqual([edit('0001', 1)]);
    expect([kept('/other', ADA), kept(PATH, '0000000b')]).toEqual([[], []]);
  });

  it('is not mixed with what other boards of the page keep', () => {
    keep(PATH, ADA, [edit('0001', 1)], new Set([edit('0001', 1).id]));
    keep(PATH, ADA, [edit('0002', 1)], new Set([edit('0002', 1).id]));
    keep(PATH, ADA, [], new Set([edit('0001', 1).id]));
    expect(kept(PATH, ADA)).toEqual([edit('0002', 1)]);
  });

  it('belongs to a board for as long as that is alive', () => {
    const gone = stayAlive(`${ADA}0001`);
    keep(PATH, ADA, [edit('0001', 1)], new Set());
    expect(kept(PATH, ADA)).toEqual([]);
    gone();
    expect(kept(PATH, ADA)).toHaveLength(1);
  });

  it('may be anything, and only edits come out', () => {
    const place = `anycompany-board-edits:${ADA}:${PATH}`;
    for (const text of ['', 'null', '{}', '[1, null, {"id": 7}]', '{"__proto__": []}', 'not JSON']) {
      sessionStorage.setItem(place, text);
      expect(kept(PATH, ADA)).toEqual([]);
    }
    const forged = [
      { ...edit('0001', 1), id: 'x_1' },
      { ...edit('0001', 2), edit: null },
      { ...edit('0001', 3), type: 'bye' },
    ];
    sessionStorage.setItem(place, JSON.stringify([...forged, edit('0001', 4)]));
    expect(kept(PATH, ADA)).toEqual([edit('0001', 4)]);
  });

  it('is nothing where the browser keeps nothing, and that is no error', () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError');
    });
    expect(() => keep(PATH, ADA, [edit('0001', 1)], new Set())).not.toThrow();
    expect(kept(PATH, ADA)).toEqual([]);
  });
});
