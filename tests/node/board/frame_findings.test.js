import { afterEach, expect, it } from 'vitest';
import { findingsSection, showFindings, sorted } from '../../../anycompany/board/source/frame/findings.js';
import { fakeBoard, finding, named, note, press } from './frame_fake.js';

afterEach(() => document.body.replaceChildren());

const section = (board, shown = { all: false }) => {
  const made = findingsSection(board, shown, () => {});
  board.root.append(made);
  return made;
};

it('puts the findings of this step first, and the graver before the others', () => {
  const all = [
    finding('note', { severity: 'note' }),
    finding('elsewhere', { step: 2, severity: 'error' }),
    finding('error', { severity: 'error' }),
    finding('warning'),
    finding('gone', { dismissed: 'fine' }),
  ];
  const { open, dismissed } = sorted(Object.fromEntries(all.map((one) => [one.key, one])), 5);
  expect(open.map((one) => one.key)).toEqual(['error', 'warning', 'note', 'elsewhere']);
  expect(dismissed.map((one) => one.key)).toEqual(['gone']);
});

it('says how grave a finding is with a word, not with a colour alone', () => {
  const made = section(
    fakeBoard({ findings: [finding('a', { severity: 'error' }), finding('b', { severity: 'note' })] }),
  );
  expect([...made.querySelectorAll('.f-severity-word')].map((one) => one.textContent)).toEqual(['Error. ', 'Note. ']);
});

it('judges nothing while everybody writes: at step 1 all findings are folded', () => {
  const board = fakeBoard({ findings: [finding('a', { step: 1 }), finding('b')] });
  board.step = { ...board.step, number: 1 };
  const made = section(board);
  expect(made.textContent).toContain('Nothing is judged while you write.');
  expect(made.querySelector('details[data-fold=findings-elsewhere]').open).toBe(false);
  expect(
    [...made.querySelectorAll('article')].every((one) => one.closest('details[data-fold=findings-elsewhere]')),
  ).toBe(true);
});

it('mends with the edit of the finding', () => {
  const fix = { kind: 'rename', of: 'events', id: 'a', name: 'A Done' };
  const board = fakeBoard({ findings: [finding('a', { fix })] });
  named(section(board), 'Mend it').click();
  expect(board.do).toHaveBeenCalledWith([fix], 'Mended: What a.');
});

it('offers to mend only what it knows how to', () => {
  expect(named(section(fakeBoard({ findings: [finding('a')] })), 'Mend it')).toBe(undefined);
});

it('dismisses with a reason, and not without', async () => {
  const board = fakeBoard({ findings: [finding('a')] });
  named(section(board), 'Dismiss').click();
  board.root.querySelector('form').requestSubmit();
  expect(board.do).not.toHaveBeenCalled();
  board.root.querySelector('input').value = 'It is our word for it';
  board.root.querySelector('form').requestSubmit();
  await Promise.resolve();
  expect(board.do).toHaveBeenCalledWith(
    [{ kind: 'dismiss', finding: 'a', because: 'It is our word for it' }],
    'Dismissed: What a.',
  );
});

it('keeps dismissed findings folded, with the reason, and takes them up again', () => {
  const board = fakeBoard({ findings: [finding('a', { dismissed: 'as agreed' })] });
  const made = section(board);
  expect(made.querySelector('details[data-fold=findings-dismissed]').open).toBe(false);
  expect(made.textContent).toContain('Dismissed: as agreed');
  named(made, 'Take up again').click();
  expect(board.do).toHaveBeenCalledWith([{ kind: 'dismiss', finding: 'a', because: null }], 'Taken up again: What a.');
});

it('shows the note it is about, going to its step when this wall has no such note', () => {
  const here = fakeBoard({ findings: [finding('a')], notes: [note('events/account-created')] });
  named(section(here), 'Show').click();
  expect(here.focus).toHaveBeenCalledWith('events/account-created', { reveal: true });
  expect(here.setStep).not.toHaveBeenCalled();

  const there = fakeBoard({ findings: [finding('b', { step: 2 })] });
  named(section(there), 'Show').click();
  expect(there.setStep).toHaveBeenCalledWith(2);
});

it('finds the note of a place deeper inside it', () => {
  const board = fakeBoard({
    findings: [finding('a', { where: ['contracts/account-created/fields/amount'] })],
    notes: [note('contracts/account'), note('contracts/account-created')],
  });
  named(section(board), 'Show').click();
  expect(board.focus).toHaveBeenCalledWith('contracts/account-created', { reveal: true });
});

it('changes nothing where nothing may be changed', () => {
  for (const [name, value] of [
    ['status', 'readonly'],
    ['status', 'outdated'],
    ['replay', 3],
  ]) {
    const board = fakeBoard({ findings: [finding('a', { fix: { kind: 'x' } }), finding('b', { dismissed: 'ok' })] });
    if (name === 'status') board.session.status = value;
    else board.replay = value;
    expect([...section(board).querySelectorAll('button')].map((one) => one.textContent)).toEqual(['Show', 'Show']);
  }
});

it('draws twenty of a thousand until somebody asks for all', () => {
  const findings = Array.from({ length: 1000 }, (_, index) => finding(`f${index}`));
  const shown = { all: false };
  const made = section(fakeBoard({ findings }), shown);
  expect(made.querySelectorAll('article').length).toBe(20);
  named(made, 'Show all 1000').click();
  expect(shown.all).toBe(true);
});

it('writes what people typed as text', () => {
  const bad = '<script>alert(1)</script><img src=x>';
  const made = section(
    fakeBoard({ findings: [finding('a', { what: bad, remedy: bad, why: bad }), finding('b', { dismissed: bad })] }),
  );
  expect(made.querySelector('script, img')).toBe(null);
  expect(made.textContent).toContain(bad);
});

it('opens beside a note, only with what is about the note, and gives the focus back at Escape', () => {
  const board = fakeBoard({ findings: [finding('a'), finding('b', { where: ['events/account-created-twice'] })] });
  const before = document.createElement('button');
  board.root.append(before);
  before.focus();
  showFindings(board, 'events/account-created', { x: 10, y: 10 });
  const popover = board.root.querySelector('.f-popover');
  expect(popover.querySelectorAll('article').length).toBe(1);
  expect(popover.contains(document.activeElement)).toBe(true);
  press(document.activeElement, 'Escape');
  expect(popover.isConnected).toBe(false);
  expect(document.activeElement).toBe(before);
});

it('closes beside a note when its finding is mended', () => {
  const board = fakeBoard({ findings: [finding('a')] });
  showFindings(board, 'events/account-created', { x: 10, y: 10 });
  board.session.insight = { ...board.session.insight, findings: {} };
  board.tellAll('insight');
  expect(board.root.querySelector('.f-popover')).toBe(null);
});
