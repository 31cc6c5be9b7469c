import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keep, kept, stayAlive } from '../../../anycompany/board/source/sync/keep.js';
import { recallDraft, rememberDraft, setAside } from '../../../anycompany/workshop/page/source/kept.js';

const PATH = '/a/wall.storm.yaml';
const ADA = '0000000a';
const edit = (tab, n, name = 'x') => ({
  type: 'edit',
  id: `${ADA}${tab}_${n}`,
  edit: { kind: 'add', to: 'events', name },
});

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});
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

describe('what a phone keeps that has become somebody else, or went to another workshop', () => {
  const before = { workshop: PATH, person: ADA, key: 'k', name: 'Ada' };
  const notes = Array.from({ length: 500 }, (_, n) => edit('0001', n + 1, `Note ${n}`));

  it('is every note, with what was being typed, to be sent again or thrown away', () => {
    rememberDraft({ text: 'half a no', kind: 'hotspots', lost: [] });
    const vote = { ...edit('0001', 900), edit: { kind: 'vote', hotspot: 'fees', who: 'Ada' } };
    const renamed = { ...edit('0001', 901), edit: { kind: 'rename', of: 'hotspots', id: 'fees', name: 'Who pays?' } };
    keep(PATH, ADA, [...notes, vote, renamed], new Set());
    setAside(before);
    const { text, lost } = recallDraft();
    expect(text).toBe('half a no');
    expect(lost.map((one) => one.text)).toEqual([...notes.map((one) => one.edit.name), 'Who pays?']);
    expect(lost.at(-1)).toMatchObject({ kind: 'hotspots' });
    expect(kept(PATH, ADA)).toEqual([]);
    setAside(before);
    expect(recallDraft().lost).toHaveLength(501);
  });

  it('stays where it is when the browser has no room for it elsewhere', () => {
    keep(PATH, ADA, notes, new Set());
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    setAside(before);
    expect(kept(PATH, ADA)).toHaveLength(500);
  });
});
