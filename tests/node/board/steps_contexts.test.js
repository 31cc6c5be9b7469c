import { describe, expect, it } from 'vitest';
import { contexts } from '../../../anycompany/board/source/steps/contexts.js';
import { changeSentence, changeWords, crossingChange } from '../../../anycompany/board/source/steps/contexts_words.js';
import {
  after,
  buttonOf,
  company,
  dropOf,
  expectSound,
  fakeBoard,
  hostile,
  insight,
  large,
  noteOf,
  overlapping,
  settled,
} from './steps_company.js';

const drops = (doc, keys) => contexts.drops(doc, contexts.scene(doc, insight()), keys);
const action = (doc, keys, id) => contexts.actions(doc, keys, insight()).find((one) => one.id === id);
const region = (scene, key) => scene.regions.find((one) => one.key === key);
const inside = (box, place) =>
  box.x >= place.x && box.y >= place.y && box.x + box.w <= place.x + place.w && box.y + box.h <= place.y + place.h;

describe('what is in the hand at step 5', () => {
  const carries = (doc, keys) => contexts.carries(contexts.scene(doc, insight()), keys);

  it('is the whole hive of a hexagon or of an entity’s title', () => {
    const hive = ['entities/payment', 'events/payment-attempted', 'events/payment-failed', 'events/payment-succeeded'];
    expect(carries(company(), ['events/payment-failed']).sort()).toEqual(hive);
    expect(carries(company(), ['entities/payment']).sort()).toEqual(hive);
  });

  it('is all of a place with the title of a context, and means that context', () => {
    const doc = after(company(), [{ kind: 'copy', entity: 'customer', context: 'billing', keep: true }]);
    const keys = carries(doc, ['contexts/billing']);
    expect(keys).toHaveLength(6);
    expect(keys).toContain('entities/customer#copy:billing');
    expect(drops(doc, keys)).toEqual(drops(doc, ['contexts/billing']));
  });

  it('leaves hot spots where they are, and what is no note of an entity alone', () => {
    const doc = { ...company(), hotspots: { why: { text: 'Why?', about: 'payment-failed' } } };
    expect(carries(doc, ['events/payment-failed'])).not.toContain('hotspots/why');
    expect(carries(doc, ['hotspots/why'])).toEqual(['hotspots/why']);
  });

  it('takes only its own entity along where two claim an event', () => {
    const doc = company();
    doc.entities.operation = [...doc.entities.operation, 'payment-failed'];
    const keys = carries(doc, ['entities/operation']);
    expect(keys).toContain('events/payment-failed#operation');
    expect(dropOf(drops(doc, keys), 'context/billing').words).toBe('Move “Operation” to Billing');
  });

  it('shows as red arrows what dropping it would make cross, from the border of its goal', () => {
    const doc = company();
    const coupling = insight().coupling;
    coupling.crossings = {
      'subscription-expired>wind-down': {
        event: 'subscription-expired',
        policy: 'wind-down',
        giver: 'billing',
        taker: 'customer-relations',
        copied: false,
      },
    };
    const scene = contexts.scene(doc, { ...insight(), coupling });
    expect(scene.arrows.map((arrow) => arrow.label)).toEqual(['Subscription Expired']);
    const [x, y] = scene.arrows[0].d.match(/[\d.]+/g).map(Number);
    const place = region(scene, 'context/billing');
    expect(inside({ x, y, w: 0, h: 0 }, place)).toBe(true);
    expect(inside({ x, y, w: 0, h: 0 }, noteOf(scene, 'events/subscription-expired'))).toBe(false);
  });
});

describe('the wall of contexts', () => {
  it('has a place for each context, with its entities in it', () => {
    const scene = contexts.scene(company(), insight());
    expectSound(scene);
    const places = scene.regions.filter((one) => one.key.startsWith('context/'));
    expect(places).toHaveLength(3);
    expect(overlapping([...places, region(scene, 'new-context'), region(scene, 'shelf')])).toEqual([]);
    expect(overlapping(scene.notes.filter((note) => note.shape === 'chip'))).toEqual([]);
    for (const key of ['entities/payment', 'events/payment-failed', 'contexts/billing']) {
      expect(inside(noteOf(scene, key), region(scene, 'context/billing'))).toBe(true);
    }
    expect(noteOf(scene, 'contexts/billing').says).toBe(
      'Context Billing, owner Finance, with Payment; 1 event heard by others, 1 event heard from others',
    );
    expect(noteOf(scene, 'contexts/billing').hue).toBe(1);
  });

  it('marks what crosses in red, by name', () => {
    const scene = contexts.scene(company(), insight());
    expect(scene.arrows.map((arrow) => [arrow.tone, arrow.label])).toEqual([
      ['crossing', 'Account Created'],
      ['crossing', 'Payment Succeeded'],
    ]);
    expect(noteOf(scene, 'events/account-created')).toMatchObject({ crossing: true });
    expect(noteOf(scene, 'events/account-created').says).toContain('crosses into Billing');
    expect(noteOf(scene, 'events/payment-failed').crossing).toBeUndefined();
  });

  it('keeps hot spots where they are whatever crosses, beside the title of their place', () => {
    const doc = { ...company(), hotspots: { why: { text: 'Why?', about: 'customer-cancelled' } } };
    const quiet = { ...insight(), coupling: { ...insight().coupling, crossings: {} } };
    const [calm, crossing] = [contexts.scene(doc, quiet), contexts.scene(doc, insight())];
    expect(noteOf(crossing, 'hotspots/why')).toEqual(noteOf(calm, 'hotspots/why'));
    expect(inside(noteOf(calm, 'hotspots/why'), region(calm, 'context/customer-relations'))).toBe(true);
  });

  it('hides no arrow’s head below its name', () => {
    for (const { d, at, label } of contexts.scene(company(), insight()).arrows) {
      const [x, y] = d.match(/[-\d.]+/g).slice(-2).map(Number);
      expect(Math.abs(x - at.x) > label.length * 3.5 || Math.abs(y - at.y) > 12).toBe(true);
    }
  });

  it('names every arrow at a place that lies on none of the other names', () => {
    const { arrows } = contexts.scene(company(), insight());
    const pills = arrows.map(({ key, at, label }) => ({
      key,
      x: at.x - label.length * 3.5,
      y: at.y - 10,
      w: label.length * 7,
      h: 20,
    }));
    expect(overlapping(pills)).toEqual([]);
  });

  it('makes one arrow with a count of more than two events on one way', () => {
    const found = insight();
    for (const event of ['payment-attempted', 'payment-failed']) {
      found.coupling.crossings[`${event}>wind-down`] = {
        event,
        policy: 'wind-down',
        giver: 'billing',
        taker: 'customer-relations',
        copied: false,
      };
    }
    const { arrows } = contexts.scene(company(), found);
    expect(arrows.map((arrow) => arrow.label)).toEqual(['3 events', 'Account Created']);
  });

  it('leaves out what has come home while the kernel counts anew', () => {
    const found = insight();
    expect(contexts.scene(company(), found).arrows).toHaveLength(2);
    const doc = after(company(), [{ kind: 'assign', of: 'entities', id: 'payment', to: 'customer-relations' }]);
    expect(contexts.scene(doc, found).arrows.map((arrow) => arrow.label)).toEqual(['Account Created']);
    const both = after(doc, [{ kind: 'remove', of: 'contexts', id: 'billing' }]);
    expect(contexts.scene(both, found).arrows).toEqual([]);
  });

  it('shows copies with the word, and dashes what they serve', () => {
    const doc = company();
    doc.contexts.billing.copies = ['customer'];
    const found = insight();
    found.coupling.crossings['account-created>take-payment'].copied = true;
    const scene = contexts.scene(doc, found);
    expectSound(scene);
    const copy = noteOf(scene, 'entities/customer#copy:billing');
    expect(copy).toMatchObject({ copy: true, text: 'Copy of Customer' });
    expect(copy.says).toBe('Copy of entity Customer, at home in Customer relations, kept in Billing');
    expect(inside(copy, region(scene, 'context/billing'))).toBe(true);
    expect(scene.arrows.find((arrow) => arrow.label === 'Account Created').dashed).toBe(true);
    expect(scene.arrows.find((arrow) => arrow.label === 'Payment Succeeded').dashed).toBeUndefined();
  });

  it('puts entities without a home on a shelf, which moves no place', () => {
    const before = region(contexts.scene(company(), insight()), 'context/billing');
    const doc = company();
    doc.contexts.operations.entities = [];
    const scene = contexts.scene(doc, insight());
    expectSound(scene);
    expect(region(scene, 'shelf').title).toBe('Homeless: 1 entity');
    expect(noteOf(scene, 'entities/operation').x).toBeLessThan(0);
    expect(noteOf(scene, 'events/operation-failed').says).toContain('of Operation');
    expect(region(scene, 'context/billing').y).toBe(before.y);
    expect(scene.labels.map((label) => label.text)).toContain('Drag an entity here');
  });

  it('draws an entity of two contexts in both', () => {
    const doc = company();
    doc.contexts.operations.entities = ['operation', 'payment'];
    const scene = contexts.scene(doc, insight());
    expectSound(scene);
    expect(inside(noteOf(scene, 'entities/payment#in:operations'), region(scene, 'context/operations'))).toBe(true);
  });

  it('says the one thing to do when there is nothing, and survives any name', () => {
    expect(contexts.scene({ name: 'Inn' }, insight()).empty).toContain('step 4');
    expectSound(contexts.scene(hostile(), insight()));
  });

});

describe('dropping at step 5', () => {
  it('moves an entity by any of its hexagons, or keeps a copy at the foot', () => {
    const doc = company();
    const found = drops(doc, ['events/subscription-expired']);
    expect(dropOf(found, 'context/customer-relations')).toBeUndefined();
    expect(dropOf(found, 'context/billing').words).toBe('Move “Subscription” to Billing');
    const moved = after(doc, dropOf(found, 'context/billing').edits);
    expect(moved.contexts).toMatchObject({
      billing: { entities: ['payment', 'subscription'] },
      'customer-relations': { entities: ['customer'] },
    });
    const foot = dropOf(found, 'context/billing/copy');
    expect(foot.words).toBe('Keep a copy of “Subscription” in Billing');
    expect(after(doc, foot.edits).contexts.billing.copies).toEqual(['subscription']);
    expect(found.indexOf(foot)).toBeGreaterThan(found.indexOf(dropOf(found, 'context/billing')));
  });

  it('has no second copy, and none of what has no home', () => {
    const doc = company();
    doc.contexts.billing.copies = ['customer'];
    expect(dropOf(drops(doc, ['entities/customer']), 'context/billing/copy')).toBeUndefined();
    const loose = after(doc, [{ kind: 'assign', of: 'entities', id: 'operation', to: null }]);
    expect(dropOf(drops(loose, ['entities/operation']), 'context/billing/copy')).toBeUndefined();
  });

  it('makes an entity homeless, or draws a new context around it', () => {
    const doc = company();
    expect(after(doc, dropOf(drops(doc, ['entities/payment']), 'shelf').edits).contexts.billing.entities).toEqual([]);
    const next = after(doc, dropOf(drops(doc, ['entities/subscription']), 'new-context').edits);
    expect(next.contexts.subscription.entities).toEqual(['subscription']);
    expect(next.contexts['customer-relations'].entities).toEqual(['customer']);
    const several = dropOf(drops(doc, ['entities/subscription', 'entities/payment']), 'new-context');
    expect(several.choices.map((choice) => choice.words)).toEqual([
      'New context “Subscription”',
      'New context “Payment”',
    ]);
  });

  it('moves a copy elsewhere, or gives it up', () => {
    const doc = company();
    doc.contexts.billing.copies = ['customer'];
    const found = drops(doc, ['entities/customer#copy:billing']);
    expect(dropOf(found, 'context/billing')).toBeUndefined();
    expect(after(doc, dropOf(found, 'shelf').edits).contexts.billing.copies ?? []).toEqual([]);
    expect(after(doc, dropOf(found, 'context/operations').edits).contexts).toMatchObject({
      operations: { copies: ['customer'] },
    });
    expect(dropOf(found, 'context/customer-relations').words).toBe(
      'Give the copy up: “Customer” is at home in Customer relations',
    );
  });

  it('merges contexts with all they have', () => {
    const doc = company();
    doc.contexts.billing.copies = ['customer', 'operation'];
    doc.decisions = { why: { text: 'Because', about: 'billing' } };
    doc.policies['wind-down'].service = 'billing';
    const drop = dropOf(drops(doc, ['contexts/billing']), 'context/customer-relations');
    expect(drop.choices.map((choice) => choice.words)).toEqual(['Merge as “Customer relations”', 'Merge as “Billing”']);
    const next = after(doc, drop.choices[1].edits);
    expect(next.contexts.billing).toBeUndefined();
    expect(next.contexts['customer-relations']).toMatchObject({
      name: 'Billing',
      entities: ['customer', 'subscription', 'payment'],
      copies: ['operation'],
      owner: 'Customer Success',
    });
    expect(Object.keys(next.services)).toEqual(['customer', 'operations']);
    expect(next.policies['wind-down'].service).toBe('customer');
    expect(next.decisions.why.about).toBe('customer-relations');
  });

  it('lets the service move along when the other context has none', () => {
    const doc = company();
    delete doc.services.customer;
    const drop = dropOf(drops(doc, ['contexts/billing']), 'context/customer-relations');
    expect(after(doc, drop.choices[0].edits).services.billing.context).toBe('customer-relations');
  });
});

describe('actions of step 5', () => {
  it('do by keyboard what the mouse does', () => {
    const doc = company();
    const keys = ['events/subscription-expired'];
    expect(after(doc, action(doc, keys, 'context-move').edits({ to: 'billing' })).contexts.billing.entities).toEqual([
      'payment',
      'subscription',
    ]);
    const copied = after(doc, action(doc, keys, 'context-copy').edits({ in: ['billing', 'operations'] }));
    expect(copied.contexts).toMatchObject({
      billing: { copies: ['subscription'] },
      operations: { copies: ['subscription'] },
    });
    expect(after(doc, action(doc, keys, 'context-leave').edits({})).contexts['customer-relations'].entities).toEqual([
      'customer',
    ]);
    expect(
      after(copied, action(copied, ['entities/subscription#copy:billing'], 'context-uncopy').edits({})).contexts.billing
        .copies ?? [],
    ).toEqual([]);
    const made = after(doc, action(doc, keys, 'context-add').edits({ name: 'Plans', owner: 'Growth' }));
    expect(made.contexts.plans).toEqual({ entities: ['subscription'], owner: 'Growth' });
  });

  it('split, merge and own a context', () => {
    const doc = company();
    const keys = ['contexts/customer-relations'];
    const split = action(doc, keys, 'context-split').edits({ entities: ['subscription'], name: 'Plans', owner: '' });
    expect(after(doc, split).contexts).toMatchObject({
      plans: { entities: ['subscription'] },
      'customer-relations': { entities: ['customer'] },
    });
    expect(
      after(doc, action(doc, keys, 'context-owner').edits({ owner: 'Care' })).contexts['customer-relations'].owner,
    ).toBe('Care');
    expect(
      after(doc, action(doc, keys, 'context-owner').edits({ owner: '' })).contexts['customer-relations'].owner,
    ).toBeUndefined();
    const merged = after(doc, action(doc, keys, 'context-merge').edits({ keep: 'billing', name: '' }));
    expect(merged.contexts.billing.entities).toEqual(['payment', 'customer', 'subscription']);
    expect(action(doc, ['contexts/billing'], 'context-split')).toBeUndefined();
  });

  it('typed text is a new context', () => {
    const doc = company();
    expect(contexts.typed(doc, 'Plans', 'entities/payment', null)).toEqual([
      { kind: 'add', to: 'contexts', name: 'Plans', keys: {} },
    ]);
    const loose = after(doc, [{ kind: 'assign', of: 'entities', id: 'operation', to: null }]);
    expect(
      after(loose, contexts.typed(loose, 'Plans', 'events/operation-failed', null)).contexts.plans.entities,
    ).toEqual(['operation']);
  });
});

describe('coupling in words', () => {
  it('says by name what begins and stops to cross', () => {
    const doc = company();
    const next = insight().coupling;
    delete next.crossings['payment-succeeded>start-subscription'];
    next.crossings['payment-failed>wind-down'] = {
      event: 'payment-failed',
      policy: 'wind-down',
      giver: 'billing',
      taker: 'operations',
      copied: false,
    };
    const change = crossingChange(doc, insight().coupling, next);
    expect(change).toEqual({ fewer: ['Payment Succeeded'], more: ['Payment Failed'] });
    expect(changeSentence(change)).toBe('1 crossing fewer, 1 more');
    expect(changeSentence({ fewer: [], more: [] })).toBe('The same events cross');
    expect(
      [changeWords(-0.123), changeWords(0.2), changeWords(0.001)].map(({ number, word }) => `${number} ${word}`),
    ).toEqual(['−0.12 looser', '+0.20 tighter', '±0 the same']);
  });
});

describe('the panel of step 5', () => {
  const looser = () => {
    const next = insight().coupling;
    next.crossings = {};
    next.score = 0.8;
    return next;
  };

  it('shows how many events cross, and where', () => {
    const panel = contexts.panel(fakeBoard(company(), insight()));
    expect(panel.querySelector('.c-number').textContent).toBe('2');
    expect(panel.textContent).toContain('events cross a border of 11');
    expect(panel.textContent).toContain('Customer relations → Billing');
  });

  it('weighs moves of the chosen entity, and does the one that is clicked', async () => {
    const board = fakeBoard(company(), insight(), {
      selection: ['events/payment-failed'],
      answers: { 'what-if': looser() },
    });
    const panel = contexts.panel(board);
    await settled();
    expect(board.log.asked).toHaveLength(2);
    const row = buttonOf(panel, 'Payment → Customer relations');
    expect(row.textContent).toBe('Move: Payment → Customer relations2 crossings fewer−0.24looser');
    row.click();
    expect(board.log.done[0].edits).toEqual([
      { kind: 'assign', of: 'entities', id: 'payment', to: 'customer-relations' },
    ]);
    contexts.panel(board);
    await settled();
    expect(board.log.asked).toHaveLength(2);
  });

  it('shows before and after of what is in the hand', () => {
    const preview = { coupling: looser(), words: 'Move “Payment” to Customer relations' };
    const panel = contexts.panel(fakeBoard(company(), insight(), { preview }));
    expect(panel.querySelector('.c-number').textContent).toBe('0');
    expect(panel.textContent).toContain('Move “Payment” to Customer relations');
    expect(panel.querySelector('.c-scores').textContent).toContain('1.04 → 0.80');
    expect(panel.textContent).toContain('No longer crosses: Account Created, Payment Succeeded');
  });

  it('says why moving makes it tighter though nothing crosses any more', () => {
    const coupling = { ...looser(), communication: 0, size: 0.6, score: 1.2 };
    const panel = contexts.panel(fakeBoard(company(), insight(), { preview: { coupling, words: 'Move' } }));
    expect(panel.querySelector('.c-change').textContent).toContain('More would sit in one context.');
  });

  it('counts nothing before the kernel has, nor where there is no border', () => {
    const nothing = { ...insight(), coupling: { score: 0, communication: 0, size: 0, copies: 0, reactions: 0, guessed: false, crossings: {} } };
    expect(contexts.panel(fakeBoard(company(), nothing)).textContent).toContain('Counting');
    const doc = { ...company(), contexts: { billing: {} } };
    const panel = contexts.panel(fakeBoard(doc, insight()));
    expect(panel.querySelector('.c-number')).toBeNull();
    expect(panel.textContent).toContain('Two contexts make a border');
  });

  it('tries suggested boundaries on the wall, throws them away, and keeps them', async () => {
    const edits = [{ kind: 'assign', of: 'entities', id: 'customer', to: 'billing' }];
    const suggestions = [
      { words: 'Customer goes to Billing', why: ['Its ties are there.'], edits, coupling: looser() },
    ];
    const board = fakeBoard(company(), insight(), { answers: { suggestions } });
    const panel = contexts.panel(board);
    buttonOf(panel, 'Suggest boundaries').click();
    await settled();
    buttonOf(panel, 'Try: Customer goes to Billing').click();
    const tried = board.log.looked[0];
    expect(tried.contexts.billing.entities).toEqual(['payment', 'customer']);
    expect(contexts.scene(tried, insight()).arrows).toEqual([]);
    const { text, actions } = board.log.notices[0];
    expect(text).toBe(
      'On trial: Customer goes to Billing (−0.24, looser). Nothing is changed yet. Its ties are there.',
    );
    actions.find((one) => one.name === 'Throw away').run();
    expect(board.log.looked[1]).toBeNull();
    expect(board.log.done).toEqual([]);
    buttonOf(panel, 'Try: Customer goes to Billing').click();
    board.log.notices[1].actions.find((one) => one.name === 'Keep these boundaries').run();
    await settled();
    expect(board.log.done).toEqual([{ edits, words: 'Kept: Customer goes to Billing' }]);
  });

  it('says why when the kernel cannot answer', async () => {
    const board = fakeBoard(company(), insight(), { selection: ['entities/payment'] });
    const panel = contexts.panel(board);
    buttonOf(panel, 'Suggest boundaries').click();
    await settled();
    expect(panel.textContent).toContain('The kernel is not there.');
  });

  it('never reads names as HTML', async () => {
    const board = fakeBoard(hostile(), insight(), {
      selection: ['entities/payment'],
      answers: { 'what-if': looser() },
    });
    const panel = contexts.panel(board);
    await settled();
    expect(panel.querySelector('script, img, svg text')).toBeNull();
    expect(panel.textContent).toContain('<script>');
  });
});
