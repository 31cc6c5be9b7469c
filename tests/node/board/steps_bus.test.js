import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bus } from '../../../anycompany/board/source/steps/bus.js';
import { filterWords, checkedFilter } from '../../../anycompany/board/source/steps/bus_filter.js';
import { belongs } from '../../../anycompany/board/source/steps/bus_highlight.js';
import { compactJson } from '../../../anycompany/board/source/steps/bus_json.js';
import { countRules, ruleOf, spelledElsewhere, unheard } from '../../../anycompany/board/source/steps/bus_rules.js';
import { assignTracks, ports } from '../../../anycompany/board/source/steps/bus_tracks.js';
import { after, buttonOf, company, dropOf, expectSound, fakeBoard, hostile, insight, large, noteOf, overlapping } from './steps_company.js';
import { liveBoard, typeInto } from './steps_live.js';

const LARGE_PAYMENT = { amount: [{ numeric: ['>', 10000] }] };

/** The worked example with its listeners, triggers and alternatives. */
const storm = () => ({
  ...company(),
  timeline: ['account-created', 'payment-attempted', { or: ['payment-succeeded', 'payment-failed'] }, 'customer-subscribed',
    'operation-initiated', { or: ['operation-succeeded', 'operation-failed'] }, 'subscription-renewed',
    { or: ['customer-cancelled', 'subscription-expired'] }],
  triggers: { 'account-created': { actor: 'Visitor', command: 'Sign up' }, 'subscription-expired': { schedule: 'rate(1 day)' } },
  listeners: {
    everything: { for: 'Audit', hears: 'all', to: 'log' },
    'high-value-payments': { for: 'Security', hears: ['payment-attempted'], where: LARGE_PAYMENT, to: 'topic' },
  },
});
const scene = (doc = storm()) => bus.scene(doc, insight());
const drops = (doc, keys) => bus.drops(doc, scene(doc), keys);
const action = (doc, keys, id) => bus.actions(doc, keys, insight()).find((one) => one.id === id);
const region = (drawn, key) => drawn.regions.find((one) => one.key === key);
const arrow = (drawn, key) => drawn.arrows.find((one) => one.key === key);
const points = (d) => d.match(/-?[\d.]+ -?[\d.]+/g).map((pair) => pair.split(' ').map(Number));

describe('the bus', () => {
  it('is one bar with all events on it, time from left to right, services below and listeners above', () => {
    const drawn = scene();
    expectSound(drawn);
    expect(overlapping(drawn.notes.filter((note) => note.shape !== 'chip'))).toEqual([]);
    const bar = region(drawn, 'bus');
    const events = drawn.notes.filter((note) => note.kind === 'event');
    expect(events).toHaveLength(11);
    for (const event of events) expect(event.y >= bar.y && event.y + event.h <= bar.y + bar.h).toBe(true);
    const x = (id) => noteOf(drawn, `events/${id}`).x;
    expect(x('account-created')).toBeLessThan(x('payment-attempted'));
    expect(x('payment-failed')).toBeLessThan(x('customer-subscribed'));
    for (const workflow of drawn.notes.filter((note) => note.kind === 'workflow')) expect(workflow.y).toBeGreaterThan(bar.y + bar.h);
    for (const listener of drawn.notes.filter((note) => note.kind === 'listener')) expect(listener.y + listener.h).toBeLessThan(bar.y);
    expect(['services/customer', 'services/billing', 'services/operations'].map((key) => region(drawn, key).hue)).toEqual([0, 1, 2]);
    const lane = region(drawn, 'services/billing');
    const card = noteOf(drawn, 'policies/take-payment');
    expect(card.y > lane.y && card.y + card.h < lane.y + lane.h).toBe(true);
  });

  it('puts alternatives below each other, each with a free way down', () => {
    const drawn = scene();
    const [yes, no] = ['payment-succeeded', 'payment-failed'].map((id) => noteOf(drawn, `events/${id}`));
    expect(no.y).toBeGreaterThanOrEqual(yes.y + yes.h);
    const [[x]] = points(arrow(drawn, 'hears/payment-succeeded>start-subscription').d);
    expect(x).toBeGreaterThan(yes.x);
    expect(x).toBeLessThan(no.x);
    expect(drawn.labels.find((label) => label.text === 'or')).toBeTruthy();
  });

  it('draws every arrow from the event down to the rule, or from the workflow up to the event', () => {
    const drawn = scene();
    const hears = points(arrow(drawn, 'hears/account-created>take-payment').d);
    const rule = noteOf(drawn, 'policies/take-payment#rule');
    expect(hears[0][1]).toBe(noteOf(drawn, 'events/account-created').y + 70);
    expect(hears.at(-1)[1]).toBe(rule.y);
    expect(hears.at(-1)[0] > rule.x && hears.at(-1)[0] < rule.x + rule.w).toBe(true);
    const fails = arrow(drawn, 'fails/settle-payment>payment-failed');
    expect(fails).toMatchObject({ tone: 'puts', dashed: true, hue: 1 });
    expect(points(fails.d)[0][1]).toBe(noteOf(drawn, 'policies/settle-payment').y);
    expect(points(fails.d).at(-1)[1]).toBe(noteOf(drawn, 'events/payment-failed').y + 70);
    expect(arrow(drawn, 'puts/settle-payment>payment-succeeded').dashed).toBeUndefined();
  });

  it('runs straight where an event lies right beside its workflow', () => {
    const drawn = scene();
    for (const key of ['hears/account-created>take-payment', 'puts/take-payment>payment-attempted']) {
      expect(new Set(points(arrow(drawn, key).d).map(([x]) => x)).size).toBe(1);
    }
  });

  it('never lets an arrow run over a workflow, a rule or a listener, nor along another arrow', () => {
    const doc = storm();
    doc.policies.busy = { when: Object.keys(doc.events), emits: ['customer-cancelled', 'account-created'], fails: ['payment-failed'] };
    doc.listeners.some = { hears: ['account-created', 'subscription-expired', 'payment-failed'] };
    const drawn = scene(doc);
    const cards = drawn.notes.filter((note) => note.kind === 'workflow' || note.kind === 'listener');
    const horizontal = [];
    for (const one of drawn.arrows.filter((arrow) => /^(hears|puts|fails|listens)\/.*>/.test(arrow.key) && !arrow.key.includes('*'))) {
      const way = points(one.d);
      way.slice(1).forEach((to, index) => {
        const from = way[index];
        const [left, right] = [Math.min(from[0], to[0]), Math.max(from[0], to[0])];
        const [top, bottom] = [Math.min(from[1], to[1]), Math.max(from[1], to[1])];
        for (const card of cards) {
          const through = right > card.x + 1 && left < card.x + card.w - 1 && bottom > card.y + 1 && top < card.y + card.h - 1;
          expect(through, `${one.key} over ${card.key}`).toBe(false);
        }
        if (from[1] === to[1] && right - left > 20) horizontal.push({ key: one.key, y: to[1], left, right });
      });
    }
    expect(horizontal.length).toBeGreaterThan(5);
    for (const [index, one] of horizontal.entries()) {
      for (const other of horizontal.slice(index + 1)) {
        const along = one.y === other.y && one.left < other.right && other.left < one.right;
        expect(along, `${one.key} along ${other.key}`).toBe(false);
      }
    }
  });

  it('leaves room for the names of services left of the first workflow, and shortens what does not fit', () => {
    const doc = storm();
    doc.services.billing.name = 'Invoices and reminders';
    const room = (drawn) => Math.min(...drawn.notes.filter((one) => one.key.endsWith('#rule')).map((one) => one.x));
    const lane = region(scene(doc), 'services/billing');
    expect(lane.title).toBe('Invoices and reminders');
    expect(room(scene(doc))).toBeGreaterThan(lane.title.length * 9);
    doc.services.billing.name = 'words '.repeat(40);
    const long = scene(doc);
    expect(region(long, 'services/billing').title.length * 9).toBeLessThan(room(long));
  });

  it('writes what a workflow does in as many lines as its card has', () => {
    const doc = storm();
    doc.policies['wind-down'].does = ['Close the account’s access', 'Say goodbye'];
    expect(noteOf(scene(doc), 'policies/wind-down').lines).toEqual(['Close the account’s', 'access, Say goodbye']);
    doc.policies['wind-down'].name = 'Wind the subscription down';
    expect(noteOf(scene(doc), 'policies/wind-down').lines).toHaveLength(1);
    doc.policies['wind-down'].does = ['a'.repeat(500)];
    expect(noteOf(scene(doc), 'policies/wind-down').lines).toHaveLength(1);
  });

  it('has one bracket for those who hear everything, and a shelf for those who hear nothing', () => {
    const doc = storm();
    doc.listeners.everyone = { hears: 'all' };
    doc.listeners.idle = { name: 'Idle', hears: ['nobody-knows'] };
    const drawn = scene(doc);
    expect(drawn.arrows.filter((one) => one.key === 'listens/everything')).toHaveLength(1);
    expect(drawn.arrows.filter((one) => one.label === 'everything')).toHaveLength(1);
    const shelf = region(drawn, 'shelf/listeners');
    const idle = noteOf(drawn, 'listeners/idle');
    expect(idle.x >= shelf.x && idle.y >= shelf.y && idle.y + idle.h <= shelf.y + shelf.h).toBe(true);
    expect(idle.says).toBe('Listener Idle, hears nothing yet, to a topic');
    expect(arrow(drawn, 'listens/payment-attempted>high-value-payments')).toMatchObject({ tone: 'listens', dashed: true });
  });

  it('says in words what each note means', () => {
    const drawn = scene();
    expect(noteOf(drawn, 'policies/settle-payment').says).toBe('Workflow Settle payment, of service Billing, '
      + 'hears “Payment Attempted”, puts “Payment Succeeded”, puts “Payment Failed” if the work fails');
    expect(noteOf(drawn, 'policies/settle-payment#rule').says)
      .toBe('Rule of workflow Settle payment: detail-type payment-attempted, source com.anycompany.billing');
    expect(noteOf(drawn, 'listeners/high-value-payments').says)
      .toBe('Listener High value payments, for Security, hears “Payment Attempted”, only where amount > 10000, to a topic');
    expect(noteOf(drawn, 'triggers/account-created#actor').says).toBe('Account Created is started by actor Visitor with command Sign up');
    expect(noteOf(drawn, 'events/account-created').says).toContain('of service Customer, on the bus as account-created');
  });

  it('says the one thing to do on an empty wall, and works at every stage', () => {
    expect(scene({ name: 'Inn' }).empty).toContain('step 1');
    const early = scene({ name: 'Inn', events: { 'room-booked': { name: 'Room Booked' } } });
    expectSound(early);
    expect(early.labels.some((label) => label.text.includes('step 3'))).toBe(true);
    expectSound(scene({ name: 'Inn', policies: { clean: { when: ['gone'] }, rest: {} } }));
    const strange = hostile();
    strange.listeners = { all: { name: '\u202e<b>', hears: 'all', where: { a: null, $or: 'x' } }, none: { hears: [] } };
    expectSound(scene(strange));
    expectSound(bus.scene({ ...company(), timeline: [] }, insight()));
  });

  it('draws 2,000 events', () => {
    const { doc, insight: found } = large(2000);
    doc.listeners = { all: { hears: 'all' }, many: { hears: Object.keys(doc.events).slice(0, 500) } };
    const drawn = bus.scene(doc, found);
    expectSound(drawn);
    expect(bus.drops(doc, drawn, ['listeners/all']).length).toBeGreaterThan(2000);
    expect(bus.actions(doc, ['events/event-7'], found).length).toBeGreaterThan(0);
  });
});

describe('tracks and ports', () => {
  it('gives runs that overlap tracks of their own, and straight ones none', () => {
    const runs = [{ from: 0, to: 100 }, { from: 50, to: 150 }, { from: 120, to: 200 }, { from: 60, to: 60 }].map((run) => ({ ...run, track: 9 }));
    expect(assignTracks(runs)).toBe(2);
    expect(runs.map((run) => run.track)).toEqual([0, 1, 0, -1]);
  });

  it('keeps ports inside, in order, and on their lattice', () => {
    for (const count of [1, 3, 7, 40]) {
      const found = ports(100, 200, count);
      expect(found).toHaveLength(count);
      expect([...found].sort((a, b) => a - b)).toEqual(found);
      for (const x of found) expect([x % 8, x >= 96 && x <= 204]).toEqual([0, true]);
      for (const x of ports(100, 200, count, { shifted: true })) expect(x % 8).toBe(4);
    }
  });
});

describe('rules', () => {
  it('have the event patterns that are put into the templates', () => {
    const doc = storm();
    expect(ruleOf(doc, 'policies', 'take-payment')).toEqual({ section: 'policies', id: 'take-payment', home: 'billing', hears: ['account-created'],
      pattern: { source: ['com.anycompany.customer'], 'detail-type': ['account-created'] }, target: 'workflow', bus: 'own' });
    expect(ruleOf(doc, 'listeners', 'everything').pattern).toEqual({ source: [{ prefix: '' }], 'replay-name': [{ exists: false }] });
    expect(ruleOf(doc, 'listeners', 'high-value-payments').pattern).toEqual({ source: ['com.anycompany.billing'],
      'detail-type': ['payment-attempted'], detail: LARGE_PAYMENT, 'replay-name': [{ exists: false }] });
    expect(ruleOf(doc, 'policies', 'nobody')).toBeNull();
    expect(countRules(doc)).toBe(7);
  });

  it('list sources side by side where that is exact, else source by source', () => {
    const doc = storm();
    doc.policies['wind-down'].when = ['payment-failed', 'customer-cancelled'];
    const pattern = () => ruleOf(doc, 'policies', 'wind-down').pattern;
    expect(pattern()).toEqual({ source: ['com.anycompany.billing', 'com.anycompany.customer'], 'detail-type': ['customer-cancelled', 'payment-failed'] });
    doc.contracts = { 'account-created': { 'detail-type': 'payment-failed' } };
    expect(pattern()).toEqual({ $or: [{ source: ['com.anycompany.billing'], 'detail-type': ['payment-failed'] },
      { source: ['com.anycompany.customer'], 'detail-type': ['customer-cancelled'] }] });
  });

  it('stand on the default bus for events of AWS', () => {
    const doc = { ...storm(), triggers: { 'account-created': { aws: { source: 'aws.s3', 'detail-type': 'Object Created' } } } };
    expect(ruleOf(doc, 'triggers', 'account-created')).toMatchObject({ bus: 'default', pattern: { source: ['aws.s3'], 'detail-type': ['Object Created'] } });
    expect(countRules(doc)).toBe(7);
  });

  it('know what nobody hears, and what only the kernel can spell', () => {
    const doc = storm();
    delete doc.listeners.everything;
    expect(unheard(doc)).toContain('payment-failed');
    expect(unheard(doc)).not.toContain('payment-attempted');
    doc.events['account-created'].name = 'Konto eröffnet';
    expect(spelledElsewhere(doc, ['payment-failed', 'account-created'])).toBe('account-created');
    doc.contracts = { 'account-created': { 'detail-type': 'konto' } };
    expect(spelledElsewhere(doc, ['account-created'])).toBeUndefined();
  });
});

describe('filters', () => {
  it('are read as words', () => {
    expect(filterWords(LARGE_PAYMENT)).toBe('amount > 10000');
    expect(filterWords({ card: { country: [{ 'anything-but': ['AQ', 'FR'] }] } })).toBe('card.country is not “AQ” or “FR”');
    expect(filterWords({ a: ['x', 'y'], b: [{ exists: false }], c: [{ prefix: 'p' }], d: [1] })).toBe('a is “x” or “y”, b is missing, c begins with “p”, …');
    expect(filterWords({ $or: [{ a: ['x'] }, { b: [{ numeric: ['>=', 1, '<', 5] }] }] })).toBe('a is “x” or b >= 1 and < 5');
    expect(filterWords(undefined)).toBe('');
  });

  it('are refused in words when EventBridge would refuse them', () => {
    expect(checkedFilter(LARGE_PAYMENT)).toBe(LARGE_PAYMENT);
    expect(checkedFilter({})).toBeNull();
    expect(() => checkedFilter({ amount: 5 })).toThrow('“amount” takes a list of values: write {"amount": [5]}');
    expect(() => checkedFilter({ a: { b: [] } })).toThrow('empty list');
    expect(() => checkedFilter([1])).toThrow('JSON object');
  });

  it('are written short where they fit beside the wall', () => {
    expect(compactJson({ a: ['b: c'], d: 1 })).toBe('{"a": ["b: c"], "d": 1}');
    expect(compactJson({ 'detail-type': ['payment-attempted'], source: ['x'] }))
      .toBe('{\n  "detail-type": [\n    "payment-attempted"\n  ],\n  "source": ["x"]\n}');
  });
});

describe('drops', () => {
  it('let listeners and workflows hear an event, or stop', () => {
    const doc = storm();
    const offered = drops(doc, ['events/payment-failed']);
    const hear = dropOf(offered, 'listeners/high-value-payments');
    expect(hear.words).toBe('Let “High value payments” hear “Payment Failed”');
    expect(after(doc, hear.edits).listeners['high-value-payments'].hears).toEqual(['payment-attempted', 'payment-failed']);
    expect(after(doc, dropOf(offered, 'policies/wind-down').edits).policies['wind-down'].when).toContain('payment-failed');
    const stop = dropOf(drops(doc, ['events/account-created']), 'policies/take-payment');
    expect(stop.words).toBe('Let “Take payment” stop hearing “Account Created”');
    expect(after(doc, stop.edits).policies['take-payment'].when).toEqual([]);
    const only = dropOf(offered, 'listeners/everything');
    expect(only.words).toBe('Let “Everything” hear only “Payment Failed”');
    expect(after(doc, only.edits).listeners.everything.hears).toEqual(['payment-failed']);
  });

  it('let a listener hear an event, everything, or nothing', () => {
    const doc = storm();
    const offered = drops(doc, ['listeners/high-value-payments']);
    expect(after(doc, dropOf(offered, 'events/payment-failed').edits).listeners['high-value-payments'].hears).toHaveLength(2);
    expect(after(doc, dropOf(offered, 'bus').edits).listeners['high-value-payments'].hears).toBe('all');
    expect(after(doc, dropOf(offered, 'shelf/listeners').edits).listeners['high-value-payments'].hears).toEqual([]);
    expect(dropOf(drops(doc, ['listeners/everything']), 'events/payment-failed').words).toBe('Let “Everything” hear only “Payment Failed”');
    expect(dropOf(offered, 'events/payment-attempted').words).toBe('Let “High value payments” stop hearing “Payment Attempted”');
    expect(offered.findIndex((one) => one.key === 'bus')).toBeLessThan(offered.findIndex((one) => one.key.startsWith('events/')));
  });

  it('ask what a workflow and an event have to do with each other', () => {
    const doc = storm();
    const { choices } = dropOf(drops(doc, ['policies/take-payment']), 'events/payment-attempted');
    expect(choices.map((choice) => choice.words)).toEqual(['Hear it', 'No longer put it when the work succeeds', 'Put it on the bus when the work fails']);
    expect(after(doc, choices[1].edits).policies['take-payment'].emits).toEqual([]);
    expect(after(doc, choices[2].edits).policies['take-payment'].fails).toEqual(['payment-attempted']);
  });

  it('are none for what belongs to a note, or for a mixture', () => {
    expect(drops(storm(), ['policies/take-payment#rule'])).toEqual([]);
    expect(drops(storm(), ['events/payment-failed', 'listeners/everything'])).toEqual([]);
  });
});

describe('actions', () => {
  const said = { name: 'Fraud', for: 'Security', all: false, hears: ['payment-failed'], where: null, to: 'queue' };

  it('add and change listeners', () => {
    const doc = storm();
    const added = after(doc, action(doc, ['events/payment-failed'], 'listener-add').edits(said)).listeners.fraud;
    expect(added).toEqual({ for: 'Security', hears: ['payment-failed'], to: 'queue' });
    expect(action(doc, ['events/payment-failed'], 'listener-add').ask.find((one) => one.key === 'hears').value).toEqual(['payment-failed']);
    expect(() => action(doc, [], 'listener-add').edits({ ...said, where: { amount: 1 } })).toThrow('takes a list');
    const change = action(doc, ['listeners/high-value-payments'], 'listener-change');
    const changed = after(doc, change.edits({ for: '', all: true, hears: [], where: null, to: 'log' })).listeners['high-value-payments'];
    expect(changed).toEqual({ hears: 'all', to: 'log' });
    expect(after(doc, action(doc, ['listeners/high-value-payments'], 'listener-all').edits({})).listeners['high-value-payments'].hears).toBe('all');
  });

  it('say what hears an event, and show it', () => {
    const doc = storm();
    const hearers = action(doc, ['events/payment-attempted'], 'event-hearers');
    expect(hearers.ask[0].value).toEqual(['policies/settle-payment', 'listeners/everything', 'listeners/high-value-payments']);
    const changed = after(doc, hearers.edits({ hearers: ['policies/wind-down', 'listeners/everything'] }));
    expect(changed.policies['settle-payment'].when).toEqual([]);
    expect(changed.policies['wind-down'].when).toContain('payment-attempted');
    expect(changed.listeners['high-value-payments'].hears).toEqual([]);
    expect(changed.listeners.everything.hears).toBe('all');
    const board = fakeBoard(doc, insight());
    action(doc, ['events/payment-attempted'], 'event-heard-by').run(board);
    expect(board.log.said).toEqual(['Payment Attempted is heard by “Settle payment”, “Everything” and “High value payments”.']);
  });

  it('change what a workflow hears and puts, and nothing else', () => {
    const doc = storm();
    const change = action(doc, ['policies/settle-payment#rule'], 'workflow-change');
    const answers = { when: ['payment-attempted'], emits: ['payment-succeeded'], fails: [] };
    expect(change.edits(answers)).toEqual([{ kind: 'change', of: 'policies', id: 'settle-payment', keys: { fails: [] } }]);
    expect(change.edits({ ...answers, fails: ['payment-failed'] })).toEqual([]);
  });

  it('name the bus and set the sources, and refuse in words what AWS would refuse', () => {
    const doc = { ...storm(), bus: { name: 'old' } };
    const name = action(doc, [], 'bus-name');
    expect(after(doc, name.edits({ name: 'orders', kind: 'classic' })).bus).toEqual({ name: 'orders' });
    expect(after(doc, name.edits({ name: '', kind: 'v2' })).bus).toEqual({ kind: 'v2' });
    expect(after(doc, name.edits({ name: '', kind: 'classic' })).bus ?? {}).toEqual({});
    expect(() => name.edits({ name: 'my bus', kind: 'classic' })).toThrow('letters, digits');
    expect(after(doc, action(doc, [], 'storm-source').edits({ source: ' org.inn ' })).source).toBe('org.inn');
    expect(() => action(doc, [], 'storm-source').edits({ source: 'aws.inn' })).toThrow('belongs to AWS');
    const service = action(doc, ['policies/take-payment'], 'service-source');
    expect(service.ask[0].value).toBe('billing');
    expect(after(doc, service.edits({ service: 'billing', source: 'org.money' })).services.billing.source).toBe('org.money');
  });

  it('make a listener of what is typed, beside an event one that hears it', () => {
    const doc = storm();
    expect(after(doc, bus.typed(doc, 'Security: odd logins', 'events/account-created', null)).listeners['odd-logins'])
      .toEqual({ name: 'odd logins', for: 'Security', hears: ['account-created'], to: 'topic' });
    expect(after(doc, bus.typed(doc, 'Metrics', null, null)).listeners.metrics).toEqual({ hears: [], to: 'topic' });
    expect(bus.typed(doc, '  ', null, null)).toEqual([]);
  });
});

describe('arrows of a note', () => {
  it('are those that lead to it or from it', () => {
    expect(belongs('hears/a>p', 'events/a')).toBe(true);
    expect(belongs('hears/a>p', 'policies/p#rule')).toBe(true);
    expect(belongs('puts/p>b', 'policies/p')).toBe(true);
    expect(belongs('puts/p>b', 'events/b')).toBe(true);
    expect(belongs('puts/p>b', 'events/p')).toBe(false);
    expect(belongs('rule/p', 'policies/p')).toBe(true);
    expect(belongs('listens/a>l', 'listeners/l')).toBe(true);
    expect(belongs('listens/*>l', 'listeners/l')).toBe(true);
    expect(belongs('listens/a>l', 'policies/l')).toBe(false);
  });
});

describe('the panel', () => {
  let board;
  beforeEach(() => { board = liveBoard(bus, storm(), insight()); });
  afterEach(() => board.close());
  const texts = () => board.panel.textContent;

  it('shows the bus: its rules, its name to change', async () => {
    expect(texts()).toContain('7 of 300');
    await typeInto(board, 'bus name', 'orders', 'Enter');
    expect(board.session.doc.bus).toEqual({ name: 'orders' });
    await typeInto(board, 'bus name', 'two words', 'Enter');
    expect(board.session.doc.bus).toEqual({ name: 'orders' });
    expect(board.panel.querySelector('[role="alert"]:not([hidden])').textContent).toContain('letters, digits');
    expect(board.control('bus name').value).toBe('two words');
  });

  it('shows the pattern of a rule, of a listener, and what an event is heard by', () => {
    board.select(['policies/settle-payment#rule']);
    expect(texts()).toContain('Settle payment');
    expect(board.panel.querySelector('.b-json').textContent).toContain('"payment-attempted"');
    expect(texts()).toContain('Puts if the work fails');
    board.select(['listeners/high-value-payments']);
    expect(board.panel.querySelector('.b-json').textContent).toContain('{"numeric": [">", 10000]}');
    board.select(['events/account-created']);
    expect(texts()).toContain('Visitor: Sign up');
    expect(texts()).toContain('Heard by');
    buttonOf(board.panel, 'Show workflow Take payment').click();
    expect([...board.selection]).toEqual(['policies/take-payment']);
    board.select(['triggers/account-created#actor']);
    expect(texts()).toContain('Account Created');
  });

  it('keeps what is half typed, the focus and the caret while others change the storm', async () => {
    const control = board.control('bus name');
    control.focus();
    control.value = 'half ty';
    control.dispatchEvent(new Event('input'));
    control.setSelectionRange(2, 4);
    board.change({ ...board.session.doc, source: 'org.others' });
    expect(document.activeElement).toBe(control);
    expect(control.value).toBe('half ty');
    board.control('bus source').focus();
    await board.settled();
    expect(document.activeElement.getAttribute('data-focus')).toBe('bus source');
    expect(document.activeElement.value).toBe('org.others');
  });
});
