import { describe, expect, it, vi } from 'vitest';
import { legendOf, legendSection } from '../../../anycompany/board/source/frame/legend.js';
import { initials } from '../../../anycompany/board/source/frame/people.js';
import { notesWith } from '../../../anycompany/board/source/frame/find.js';
import { statusWords } from '../../../anycompany/board/source/frame/status.js';
import { keyWords, roving, takesText } from '../../../anycompany/board/source/frame/widgets.js';
import { note, press } from './frame_fake.js';

vi.mock('../../../anycompany/board/source/steps/index.js', async () => ({
  STEPS: (await import('./frame_fake.js')).STEPS,
}));

describe('the status', () => {
  const words = (more) => statusWords({ status: 'live', pending: 0, replay: null, ...more }).words;
  it('says in words what is going on', () => {
    expect(words({})).toBe('Live: everything is saved');
    expect(words({ pending: 1 })).toBe('Saving 1 edit');
    expect(words({ status: 'away' })).toBe('Not connected: your edits are kept here');
    expect(words({ status: 'away', pending: 3 })).toBe('Not connected: your edits are kept here (3 edits)');
    expect(words({ status: 'readonly' })).toBe('Read only');
    expect(words({ replay: 12 })).toBe('Looking at revision 12');
    expect(words({ status: 'outdated', pending: 2 })).toContain('reload');
  });
  it('has a sign of its own for each', () => {
    const signs = [
      {},
      { pending: 1 },
      { status: 'away' },
      { status: 'readonly' },
      { status: 'outdated' },
      { replay: 1 },
    ].map((more) => statusWords({ status: 'live', pending: 0, replay: null, ...more }).sign);
    expect(new Set(signs).size).toBe(signs.length);
  });
});

describe('people', () => {
  it('have two letters at most, of any script', () => {
    expect(['Anna Karin Lind', 'jo', 'م ن', '', '🙂', 'a.b@c', '山田 太郎'].map(initials)).toEqual([
      'AL',
      'J',
      'من',
      '?',
      '?',
      'AB',
      '山太',
    ]);
  });
});

describe('the legend', () => {
  it('names only what is on the wall, once, with its shape', () => {
    const scene = {
      notes: [
        note('b', { word: 'policy', kind: 'policy', shape: 'card' }),
        note('a', { shape: 'hex' }),
        note('c', { shape: 'hex' }),
      ],
      regions: [],
      labels: [],
      arrows: [
        { key: 'x', d: '', tone: 'crossing' },
        { key: 'y', d: '', tone: 'crossing' },
      ],
    };
    expect(legendOf(scene)).toEqual({
      papers: [
        { word: 'event', kind: 'event', shape: 'hex' },
        { word: 'policy', kind: 'policy', shape: 'card' },
      ],
      lines: ['crossing'],
    });
    expect([...legendSection(scene).querySelectorAll('li')].map((one) => one.textContent)).toEqual([
      'event',
      'policy',
      'crosses a border',
    ]);
  });
  it('tells a service from an entity', () => {
    const notes = [note('a', { kind: 'aggregate', shape: 'chip' }), note('b', { kind: 'aggregate', shape: 'card' })];
    const { papers } = legendOf({ notes, regions: [], labels: [], arrows: [] });
    expect(papers.map((one) => one.word)).toEqual(['entity', 'service']);
  });
  it('is not there on a blank wall', () => {
    expect(legendSection({ notes: [], regions: [], labels: [], arrows: [] })).toBe(null);
  });
});

describe('finding', () => {
  it('looks at the text and the small lines of the notes', () => {
    const scene = {
      notes: [
        note('a', { text: 'Paid' }),
        note('b', { text: 'Zoë', lines: ['paid by card'] }),
        note('c', { text: 'X' }),
      ],
    };
    expect(notesWith(scene, 'paid').map((one) => one.key)).toEqual(['a', 'b']);
    expect(notesWith(scene, 'zoe').map((one) => one.key)).toEqual(['b']);
    expect(notesWith(scene, ' ')).toEqual([]);
  });
});

describe('widgets', () => {
  it('writes keys as people read them', () => {
    expect(['p', 'Shift+m', 'Ctrl+k', '+', 'Ctrl++', 'Alt+ArrowRight', 'Delete'].map(keyWords)).toEqual([
      'P',
      'Shift M',
      'Ctrl K',
      '+',
      'Ctrl +',
      'Alt Right',
      'Delete',
    ]);
  });
  it('knows where typing goes', () => {
    const kinds = [['input', 'text'], ['input', 'checkbox'], ['input', 'range'], ['textarea'], ['select'], ['button']];
    expect(
      kinds.map(([tag, type]) => {
        const element = document.createElement(tag);
        if (type) element.type = type;
        return takesText(element);
      }),
    ).toEqual([true, false, false, true, true, false]);
  });
  it('makes a bar one stop for Tab and moves inside it with the arrow keys', () => {
    const bar = document.createElement('div');
    bar.append(
      ...['a', 'b', 'c'].map((name) => Object.assign(document.createElement('button'), { textContent: name })),
    );
    document.body.append(bar);
    roving(bar);
    const [a, b, c] = bar.children;
    expect([a, b, c].map((one) => one.tabIndex)).toEqual([0, -1, -1]);
    a.focus();
    press(a, 'ArrowRight');
    expect(document.activeElement).toBe(b);
    press(b, 'End');
    press(c, 'ArrowRight');
    expect(document.activeElement).toBe(a);
    press(a, 'ArrowLeft');
    expect([a, b, c].map((one) => one.tabIndex)).toEqual([-1, -1, 0]);
  });
});
