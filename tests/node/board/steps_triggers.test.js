import { describe, expect, test, vi } from 'vitest';
import { predict } from '../../../anycompany/board/source/model/predict.js';
import { triggers } from '../../../anycompany/board/source/steps/triggers.js';
import { scheduleFrom, triggerFrom } from '../../../anycompany/board/source/steps/triggers_typed.js';
import { policySentence, scheduleWords } from '../../../anycompany/board/source/steps/triggers_words.js';
import { SILENT, company, large, overlapping } from './steps_docs.js';

const after = (doc, edits) => predict(doc, { kind: 'batch', edits });
const scene = (doc, insight = SILENT) => triggers.scene(doc, insight);
const note = (doc, key, insight) => scene(doc, insight).notes.find((one) => one.key === key);
const action = (doc, keys, id, insight = SILENT) => triggers.actions(doc, keys, insight).find((one) => one.id === id);
const typed = (text, near, doc = company()) => after(doc, triggers.typed(doc, text, near, null));

/** The straight parts of a path of lines and small round corners. */
function segmentsOf(d) {
  const numbers = d.match(/-?\d+(?:\.\d+)?/g).map(Number);
  const points = [];
  for (let index = 0; index < numbers.length; index += 2) points.push([numbers[index], numbers[index + 1]]);
  return points.slice(1).map((point, index) => [points[index], point]);
}

/** Whether a level or upright segment goes through a box, its rim left out. */
function goesThrough([[ax, ay], [bx, by]], { x, y, w, h }) {
  return (
    Math.max(ax, bx) > x + 1 && Math.min(ax, bx) < x + w - 1 && Math.max(ay, by) > y + 1 && Math.min(ay, by) < y + h - 1
  );
}

const GUESSES = [
  { kind: 'trigger', event: 'invoice-sent', trigger: { actor: 'Somebody', 'x-guess': true } },
  {
    kind: 'add',
    to: 'policies',
    name: 'After Payment Succeeded',
    id: 'after-payment-succeeded',
    keys: { when: ['payment-succeeded'], emits: ['receipt-sent'], 'x-guess': true },
  },
  {
    kind: 'add',
    to: 'policies',
    name: 'Old',
    id: 'old',
    keys: { when: ['gone'], emits: ['refund-requested'], 'x-guess': true },
  },
];
const GUESSING = { ...SILENT, guesses: GUESSES };

describe('what starts an event', () => {
  test('is stuck above it, each part with the key by which it is edited', () => {
    const drawn = scene(company());
    const event = drawn.notes.find(({ key }) => key === 'events/account-created');
    const [command, actor] = ['command', 'actor'].map((part) =>
      drawn.notes.find(({ key }) => key === `triggers/account-created#${part}`),
    );
    expect(command).toMatchObject({ kind: 'command', text: 'Sign up', x: event.x, ref: 'triggers/account-created' });
    expect(command.y + command.h - event.y).toBe(4);
    expect(actor.y + actor.h - command.y).toBe(4);
    expect(actor.says).toBe('Actor Visitor: Visitor: Sign up starts Account Created');
  });

  test('a schedule is written in words, with its remark', () => {
    expect(note(company(), 'triggers/refund-requested#schedule')).toMatchObject({
      kind: 'schedule',
      tag: 'schedule',
      text: 'every day',
    });
    expect(note(company(), 'triggers/refund-requested#schedule').lines.join(' ')).toBe('somebody asks for their money');
    expect([scheduleWords('rate(12 hours)'), scheduleWords('cron(0 3 * * ? *)')]).toEqual([
      'every 12 hours',
      'cron(0 3 * * ? *)',
    ]);
  });

  test('external systems and AWS events have their own notes', () => {
    const doc = {
      ...company(),
      triggers: {
        'invoice-sent': { external: 'Zendesk' },
        'receipt-sent': { aws: { source: 'aws.s3', 'detail-type': 'Object Created' } },
      },
    };
    expect(note(doc, 'triggers/invoice-sent#external')).toMatchObject({
      kind: 'external',
      tag: 'external system',
      text: 'Zendesk',
    });
    expect(note(doc, 'triggers/receipt-sent#aws')).toMatchObject({
      kind: 'aws',
      text: 'Object Created',
      lines: ['aws.s3'],
    });
  });
});

describe('policies', () => {
  test('stand below the gap between what they hear and what they emit', () => {
    const doc = company();
    const policy = note(doc, 'policies/take-payment');
    expect(policy.x + policy.w / 2).toBeGreaterThan(note(doc, 'events/account-created').x + 132);
    expect(policy.x + policy.w / 2).toBeLessThan(note(doc, 'events/payment-attempted').x);
    expect(policy.says).toBe(
      'Policy Take payment: Whenever Account Created, then do Charge the card; then Payment Attempted.',
    );
  });

  test('arrows go from what is heard and to what is emitted, dashed for failures', () => {
    const { arrows } = scene(company());
    const of = (key) => arrows.find((one) => one.key === key);
    expect(of('when/policies/settle-payment/payment-attempted')).toMatchObject({ tone: 'hears', dashed: false });
    expect(of('emits/policies/settle-payment/payment-succeeded')).toMatchObject({ tone: 'then', dashed: false });
    expect(of('fails/policies/settle-payment/payment-failed')).toMatchObject({ tone: 'then', dashed: true });
  });

  test('every arrow begins and ends at the notes that it ties', () => {
    for (const doc of [company(), large(200)]) {
      const drawn = scene(doc);
      const notes = new Map(drawn.notes.map((one) => [one.key, one]));
      const touches = ([x, y], { x: left, y: top, w, h }) =>
        x >= left - 0.1 && x <= left + w + 0.1 && y >= top - 0.1 && y <= top + h + 0.1;
      for (const { key, d } of drawn.arrows) {
        const [side, section, policy, event] = key.split('/');
        if (section !== 'policies') continue;
        const segments = segmentsOf(d);
        const ends = [segments[0][0], segments.at(-1)[1]];
        if (side !== 'when') ends.reverse();
        expect(touches(ends[0], notes.get(`events/${event}`)), key).toBe(true);
        expect(touches(ends[1], notes.get(`policies/${policy}`)), key).toBe(true);
      }
    }
  });

  test('no note lies on another, and no arrow goes behind a policy', () => {
    for (const doc of [company(), large(120), large(120, 5), large(300, 11)]) {
      const drawn = scene(doc);
      const standing = drawn.notes.filter(({ kind }) => kind === 'event' || kind === 'policy');
      expect(overlapping(standing)).toEqual([]);
      const policies = drawn.notes.filter(({ kind }) => kind === 'policy');
      const segments = drawn.arrows.filter(({ tone }) => tone !== 'time').flatMap(({ d }) => segmentsOf(d));
      for (const policy of policies) expect(segments.filter((segment) => goesThrough(segment, policy))).toEqual([]);
    }
  });

  test('what is tied to nothing, to itself, or to events that are gone is drawn all the same', () => {
    const doc = {
      ...company(),
      policies: {
        alone: {},
        loop: { when: ['invoice-sent'], emits: ['invoice-sent'] },
        lost: { when: ['gone'], emits: ['gone'] },
      },
    };
    const drawn = scene(doc);
    expect(drawn.notes.filter(({ kind }) => kind === 'policy')).toHaveLength(3);
    expect(drawn.arrows.filter(({ key }) => key.includes('/lost/'))).toEqual([]);
    expect(drawn.arrows.every(({ d }) => !/NaN|Infinity|undefined/.test(d))).toBe(true);
  });

  test('are read aloud', () => {
    const { policies } = company();
    expect(policySentence(company(), policies['settle-payment'])).toBe(
      'Whenever Payment Attempted, then do Ask the bank; then Payment Succeeded. If it fails, then Payment Failed.',
    );
    expect(policySentence(company(), {})).toBe('Whenever …, then ….');
  });

  test('without a timeline everything stands in columns that are not yet in time', () => {
    const { timeline: _, ...doc } = company();
    const drawn = scene(doc);
    expect(drawn.regions).toMatchObject([{ kind: 'shelf', title: 'Not yet in time' }]);
    expect(overlapping(drawn.notes.filter(({ kind }) => kind === 'event' || kind === 'policy'))).toEqual([]);
  });

  test('an empty wall says what to do', () => {
    expect(scene({ name: 'x' }).empty).toMatch(/step 1/);
  });
});

describe('guesses', () => {
  test('are drawn as such while nobody has said anything', () => {
    expect(note(company(), 'guess/triggers/invoice-sent#actor', GUESSING)).toMatchObject({ guess: true, fixed: true });
    expect(note(company(), 'guess/policies/after-payment-succeeded', GUESSING)).toMatchObject({
      guess: true,
      fixed: true,
    });
    expect(note(company(), 'guess/policies/old', GUESSING)).toBeUndefined();
    const said = after(company(), [{ kind: 'trigger', event: 'invoice-sent', trigger: { external: 'ERP' } }]);
    expect(note(said, 'guess/triggers/invoice-sent#actor', GUESSING)).toBeUndefined();
  });

  test('one is accepted, or all, and then they are no guesses', () => {
    const doc = company();
    const one = after(doc, action(doc, ['guess/triggers/invoice-sent#actor'], 'guess-accept', GUESSING).edits({}));
    expect(one.triggers['invoice-sent']).toEqual({ actor: 'Somebody' });
    const all = after(doc, action(doc, [], 'guess-accept-all', GUESSING).edits({}));
    expect(all.policies['after-payment-succeeded']).toEqual({
      name: 'After Payment Succeeded',
      when: ['payment-succeeded'],
      emits: ['receipt-sent'],
    });
    expect(action(all, [], 'guess-accept-all', GUESSING)).toBeUndefined();
  });

  test('that the file has marked are confirmed', () => {
    const doc = { ...company(), policies: { guessed: { when: ['account-created'], 'x-guess': true } } };
    expect(note(doc, 'policies/guessed')).toMatchObject({ guess: true });
    expect(after(doc, action(doc, ['policies/guessed'], 'policy-confirm').edits({})).policies.guessed).toEqual({
      when: ['account-created'],
    });
  });
});

describe('dropping', () => {
  const drops = (...keys) => triggers.drops(company(), scene(company()), keys);
  const onto = (key, ...keys) => drops(...keys).find((drop) => drop.key === `onto ${key}`);

  test('an event on a policy is heard, emitted, or what happens when it fails', () => {
    const { choices } = onto('policies/take-payment', 'events/payment-failed');
    const made = choices.map(({ edits }) => after(company(), edits).policies['take-payment']);
    expect(made[0].when).toEqual(['account-created', 'payment-failed']);
    expect(made[1].emits).toEqual(['payment-attempted', 'payment-failed']);
    expect(made[2].fails).toEqual(['payment-failed']);
  });

  test('a policy on an event offers the same, and to untie what is tied', () => {
    const { choices } = onto('events/account-created', 'policies/take-payment');
    expect(choices[0].words).toBe('“Take payment” no longer hears “Account Created”');
    expect(after(company(), choices[0].edits).policies['take-payment']).not.toHaveProperty('when');
  });

  test('an event on an event makes a policy in either direction', () => {
    const { choices } = onto('events/invoice-sent', 'events/receipt-sent');
    expect(choices.map(({ words }) => words)).toEqual([
      'Whenever “Invoice Sent”, then “Receipt Sent”',
      'Whenever “Receipt Sent”, then “Invoice Sent”',
    ]);
    expect(after(company(), choices[0].edits).policies['after-invoice-sent']).toMatchObject({
      when: ['invoice-sent'],
      emits: ['receipt-sent'],
    });
  });

  test('a trigger on another event starts that one instead', () => {
    const drop = onto('events/refund-requested', 'triggers/account-created#command', 'triggers/account-created#actor');
    expect(drop.words).toMatch(/^Let “Visitor: Sign up” start “Refund Requested” instead of “every day/);
    expect(after(company(), drop.edits).triggers).toEqual({
      'refund-requested': { actor: 'Visitor', command: 'Sign up' },
    });
  });
});

describe('typing', () => {
  test.each([
    ['Visitor: Sign up', { actor: 'Visitor', command: 'Sign up' }],
    ['Customer', { actor: 'Customer' }],
    [': Sign up', { command: 'Sign up' }],
    ['Visitor: Pay: now', { actor: 'Visitor', command: 'Pay: now' }],
    ['rate(1 day)', { schedule: 'rate(1 day)' }],
    ['cron(0 3 * * ? *) the night auditor', { schedule: 'cron(0 3 * * ? *)', says: 'the night auditor' }],
    ['every 2 weeks', { schedule: 'rate(14 days)' }],
    ['Every hour', { schedule: 'rate(1 hour)' }],
    ['aws.s3: Object Created', { aws: { source: 'aws.s3', 'detail-type': 'Object Created' } }],
    ['system: Zendesk', { external: 'Zendesk' }],
  ])('%s', (text, trigger) => {
    expect(triggerFrom(text)).toEqual(trigger);
    expect(typed(text, 'events/invoice-sent').triggers['invoice-sent']).toEqual(trigger);
  });

  test('goes to the event that a trigger is stuck to', () => {
    expect(typed('Robot', 'triggers/account-created#actor').triggers['account-created']).toEqual({ actor: 'Robot' });
  });

  test('on a policy it is one more task', () => {
    expect(typed('Write it down', 'policies/settle-payment').policies['settle-payment'].does).toEqual([
      { do: 'Ask the bank', run: 'functions/ask_bank' },
      'Write it down',
    ]);
  });

  test('a sentence is a policy, with the events that it names', () => {
    const { policies } = typed(
      'whenever payment succeeded or Payment Failed, then Write a letter; then Receipt Sent',
      null,
    );
    expect(policies['write-a-letter']).toEqual({
      when: ['payment-succeeded', 'payment-failed'],
      does: ['Write a letter'],
      emits: ['receipt-sent'],
    });
  });

  test('with what happens if it fails, and with events that are new', () => {
    const doc = typed(
      'Whenever Refund Requested then do Ask the bank, then Receipt Sent. If it fails, then Refund Declined',
      null,
    );
    expect(Object.values(doc.policies).at(-1)).toMatchObject({
      when: ['refund-requested'],
      does: ['Ask the bank'],
      emits: ['receipt-sent'],
      fails: ['refund-declined'],
    });
    expect(doc.events['refund-declined'].name).toBe('Refund Declined');
  });

  test('“policy” and a name hears the focused event', () => {
    expect(typed('Policy: Say hello', 'events/account-created').policies['say-hello']).toEqual({
      when: ['account-created'],
    });
  });

  test('about nothing it becomes an event: nothing typed is lost', () => {
    expect(typed('Something Happened', null).events['something-happened'].name).toBe('Something Happened');
  });

  test.each([
    'every',
    'every day!',
    'rate(',
    'whenever',
    'policy',
    '(((((',
    'whenever '.repeat(500),
    'a'.repeat(10000),
  ])('%s makes an edit', (text) => {
    expect(triggers.typed(company(), text, 'events/invoice-sent', null).length).toBeGreaterThan(0);
  });
});

describe('actions', () => {
  test('each kind of start has its own questions, filled with what is said already', () => {
    const doc = company();
    const ask = (id) => action(doc, ['events/account-created'], id).ask.map(({ key, value }) => [key, value]);
    expect(ask('trigger-actor')).toEqual([
      ['actor', 'Visitor'],
      ['command', 'Sign up'],
    ]);
    const set = (id, answers) =>
      after(doc, action(doc, ['events/invoice-sent'], id).edits(answers)).triggers['invoice-sent'];
    expect(set('trigger-actor', { actor: 'A', command: '' })).toEqual({ actor: 'A' });
    expect(set('trigger-external', { external: 'Z', says: 's' })).toEqual({ external: 'Z', says: 's' });
    expect(set('trigger-schedule', { schedule: 'every day', says: '' })).toEqual({ schedule: 'rate(1 day)' });
    expect(set('trigger-aws', { source: 'aws.s3', type: 'T' })).toEqual({
      aws: { source: 'aws.s3', 'detail-type': 'T' },
    });
  });

  test('a trigger is taken away, by Delete where it alone is selected', () => {
    const doc = company();
    expect(action(doc, ['triggers/account-created#actor'], 'untrigger').keys).toBe('Delete');
    expect(action(doc, ['events/account-created'], 'untrigger').keys).toBeUndefined();
    expect(after(doc, action(doc, ['events/account-created'], 'untrigger').edits({})).triggers).not.toHaveProperty(
      'account-created',
    );
    expect(action(doc, ['events/invoice-sent'], 'untrigger')).toBeUndefined();
  });

  test('a policy is added with all it says', () => {
    const { ask, edits } = action(company(), ['events/account-created'], 'policy-add');
    expect(ask.find(({ key }) => key === 'when').value).toEqual(['account-created']);
    const doc = after(
      company(),
      edits({ name: '', when: ['account-created'], does: ['Say hello'], emits: [], fails: [], standard: true }),
    );
    expect(doc.policies['say-hello']).toEqual({ when: ['account-created'], does: ['Say hello'], kind: 'standard' });
  });

  test('all of a policy is changed, and a task keeps what it runs', () => {
    const doc = company();
    const key = ['policies/settle-payment'];
    const change = (id, answers = {}) => after(doc, action(doc, key, id).edits(answers)).policies['settle-payment'];
    expect(change('policy-when', { events: ['account-created'] }).when).toEqual(['account-created']);
    expect(change('policy-fails', { events: [] })).not.toHaveProperty('fails');
    expect(change('policy-does', { lines: ['Wait', 'Ask the bank'] }).does).toEqual([
      'Wait',
      { do: 'Ask the bank', run: 'functions/ask_bank' },
    ]);
    expect(change('policy-kind')).not.toHaveProperty('kind');
  });

  test('a policy is read aloud', () => {
    const board = { say: vi.fn(), notice: vi.fn() };
    action(company(), ['policies/take-payment'], 'policy-read').run(board);
    expect(board.say).toHaveBeenCalledWith(
      'Whenever Account Created, then do Charge the card; then Payment Attempted.',
    );
  });
});

describe('beside the wall', () => {
  const panelFor = (doc, selection, insight = SILENT) => {
    const board = {
      session: { doc, insight },
      selection: new Set(selection),
      focused: null,
      on: () => () => {},
      actions: () => [],
      do: vi.fn(async (edits) => {
        board.session.doc = after(board.session.doc, edits);
        return { ok: true, revision: 1 };
      }),
      select: vi.fn(),
      focus: vi.fn(),
      run: vi.fn(),
    };
    const panel = triggers.panel(board);
    document.body.replaceChildren(panel);
    return { board, panel };
  };

  test('nothing selected: every policy read aloud, and guesses to accept', () => {
    const { board, panel } = panelFor(company(), [], GUESSING);
    expect(panel.textContent).toContain('Whenever Account Created, then do Charge the card; then Payment Attempted.');
    [...panel.querySelectorAll('button')].find((one) => one.textContent === 'Accept all').click();
    expect(board.session.doc.triggers['invoice-sent']).toEqual({ actor: 'Somebody' });
  });

  test('an event: what starts it, in fields', () => {
    const { board, panel } = panelFor(company(), ['events/account-created']);
    const field = [...panel.querySelectorAll('input')].find((one) => one.value === 'Sign up');
    field.value = 'Register';
    field.dispatchEvent(new Event('input'));
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    expect(board.session.doc.triggers['account-created']).toEqual({ actor: 'Visitor', command: 'Register' });
    const origin = panel.querySelector('select');
    origin.value = 'schedule';
    origin.dispatchEvent(new Event('change'));
    expect(board.session.doc.triggers['account-created']).toEqual({ schedule: 'rate(1 day)' });
  });

  test('a policy: its events taken off, its tasks written', () => {
    const { board, panel } = panelFor(company(), ['policies/settle-payment']);
    panel.querySelector('button[aria-label="If it fails: take Payment Failed off"]').click();
    expect(board.session.doc.policies['settle-payment']).not.toHaveProperty('fails');
    const tasks = panel.querySelector('textarea');
    expect(tasks.value).toBe('Ask the bank');
  });

  test('hostile names are text', () => {
    const doc = {
      ...company(),
      events: { ...company().events, 'invoice-sent': { name: '<img src=x onerror=alert(1)>' } },
    };
    const { panel } = panelFor(doc, ['events/invoice-sent']);
    expect(panel.querySelector('img')).toBeNull();
    expect(panel.textContent).toContain('<img src=x');
  });
});

test('schedules in words become expressions, others stay as they are', () => {
  expect(scheduleFrom(' every 5 minutes ')).toBe('rate(5 minutes)');
  expect(scheduleFrom('at(2026-03-01T09:00:00)')).toBe('at(2026-03-01T09:00:00)');
});

describe('what is stuck on an event', () => {
  const height = (command) =>
    triggers
      .scene({ name: 'X', events: { a: { name: 'A' } }, triggers: { a: { command } } }, SILENT)
      .notes.find(({ key }) => key === 'triggers/a#command').h;

  test('is as high as its words need, up to three lines', () => {
    const [one, two, three] = ['Sign up', 'Take a dish off', 'Take a dish off the long list'].map(height);
    expect([two - one, three - two]).toEqual([17, 17]);
    expect(height('Take a dish off the list of all the dishes that we have')).toBe(three);
    expect(height('x'.repeat(5000))).toBe(three);
  });
});
