import { describe, expect, it } from 'vitest';
import { services } from '../../../anycompany/board/source/steps/services.js';
import { serviceSource } from '../../../anycompany/board/source/steps/bus_rules.js';
import {
  after,
  buttonOf,
  company,
  dropOf,
  expectSound,
  fakeBoard,
  hostile,
  insight,
  noteOf,
  overlapping,
} from './steps_company.js';

const drops = (doc, keys) => services.drops(doc, services.scene(doc, insight()), keys);
const action = (doc, keys, id) => services.actions(doc, keys, insight()).find((one) => one.id === id);
const region = (scene, key) => scene.regions.find((one) => one.key === key);
const inside = (box, place) =>
  box.x >= place.x && box.y >= place.y && box.x + box.w <= place.x + place.w && box.y + box.h <= place.y + place.h;

describe('the wall of services', () => {
  it('has a lane for each context, with its service, workflows and events in it', () => {
    const scene = services.scene(company(), insight());
    expectSound(scene);
    expect(overlapping(scene.regions)).toEqual([]);
    expect(overlapping(scene.notes)).toEqual([]);
    const lane = region(scene, 'lane/billing');
    for (const key of [
      'services/billing',
      'policies/take-payment',
      'policies/settle-payment',
      'events/payment-failed',
    ]) {
      expect(inside(noteOf(scene, key), lane)).toBe(true);
    }
    expect(noteOf(scene, 'services/billing').lines).toEqual([
      'com.anycompany.billing',
      '2 workflows, owns 3 events',
      'hears 1 event of others',
    ]);
    expect(noteOf(scene, 'policies/settle-payment').lines).toEqual([
      'hears Payment Attempted',
      'puts Payment Succeeded',
      'or Payment Failed',
    ]);
    expect(noteOf(scene, 'policies/take-payment').lines[0]).toBe('hears Account Created (Customer)');
    expect(noteOf(scene, 'policies/take-payment').says).toBe(
      'Workflow Take payment, of Billing, hears “Account Created”, puts “Payment Attempted”, hears 1 of another service',
    );
    expect(inside(noteOf(scene, 'policies/wind-down'), region(scene, 'lane/customer-relations'))).toBe(true);
  });

  it('has a card to name a service that is missing, and its workflows already', () => {
    const doc = company();
    delete doc.services.billing;
    const scene = services.scene(doc, insight());
    expectSound(scene);
    const card = noteOf(scene, 'contexts/billing#service');
    expect(card).toMatchObject({
      guess: true,
      fixed: true,
      says: 'Billing has no service yet. Type its name and press Enter',
    });
    expect(inside(noteOf(scene, 'policies/take-payment'), region(scene, 'lane/billing'))).toBe(true);
    expect(after(doc, services.typed(doc, 'Money', 'contexts/billing#service', null)).services.money).toEqual({
      context: 'billing',
    });
    expect(after(doc, services.typed(doc, 'Money', null, null)).services.money).toEqual({ context: 'billing' });
  });

  it('has a lane for a service without a context, and both services of a context with two', () => {
    const doc = company();
    doc.services.lonely = {};
    doc.services.second = { context: 'billing' };
    const scene = services.scene(doc, insight());
    expectSound(scene);
    expect(inside(noteOf(scene, 'services/lonely'), region(scene, 'lane#lonely'))).toBe(true);
    expect(inside(noteOf(scene, 'services/second'), region(scene, 'lane/billing'))).toBe(true);
    expect(noteOf(scene, 'services/second').lines[1]).toBe('0 workflows, owns 0 events');
  });

  it('puts policies that run nowhere on a shelf', () => {
    const doc = company();
    doc.policies.drift = { when: ['nobody-knows'] };
    const scene = services.scene(doc, insight());
    expectSound(scene);
    expect(region(scene, 'shelf').title).toBe('Homeless: 1 policy');
    expect(noteOf(scene, 'policies/drift').says).toContain('in no service');
    expect(inside(noteOf(scene, 'policies/drift'), region(scene, 'shelf'))).toBe(true);
  });

  it('says the one thing to do when there is nothing, and survives any name', () => {
    expect(services.scene({ name: 'Inn', events: { a: { name: 'A Done' } } }, insight()).empty).toContain('step 5');
    expectSound(services.scene(hostile(), insight()));
  });

  it('makes a source as the kernel does', () => {
    const doc = company();
    expect(serviceSource(doc, 'customer')).toBe('com.anycompany.customer');
    expect(serviceSource({ ...doc, source: undefined, name: 'Any & Company' }, 'billing')).toBe('com.any-company.billing');
  });
});

describe('dropping at step 6', () => {
  it('runs a policy that puts nothing in another service, and lets it go again', () => {
    const doc = company();
    const found = drops(doc, ['policies/wind-down']);
    expect(dropOf(found, 'lane/customer-relations')).toBeUndefined();
    const drop = dropOf(found, 'lane/billing');
    expect(drop.words).toBe('Run “Wind down” in Billing');
    expect(after(doc, drop.edits).policies['wind-down'].service).toBe('billing');
    expect(after(doc, dropOf(found, 'shelf').edits).policies['wind-down'].service).toBeUndefined();
  });

  it('says what follows when a policy that puts events moves', () => {
    const doc = company();
    const { words, choices } = dropOf(drops(doc, ['policies/take-payment']), 'lane/operations');
    expect(words).toBe('Run “Take payment” in Operations');
    expect(choices.map((choice) => choice.words)).toEqual([
      'Move “Payment” to Operations: the events go along, and 1 other workflow',
      'Only say that it runs in Operations: a finding, as another service owns what it puts',
    ]);
    expect(after(doc, choices[0].edits).contexts).toMatchObject({
      billing: { entities: [] },
      operations: { entities: ['operation', 'payment'] },
    });
    expect(after(doc, choices[1].edits).policies['take-payment'].service).toBe('operations');
  });

  it('has nothing to say for a lane without a service', () => {
    const doc = company();
    delete doc.services.billing;
    expect(dropOf(drops(doc, ['policies/wind-down']), 'lane/billing')).toBeUndefined();
  });

  it('lets two services change places, or serves a context that has none', () => {
    const doc = company();
    const drop = dropOf(drops(doc, ['services/billing']), 'lane/operations');
    expect(drop.words).toBe('Let “Billing” and “Operations” change places');
    expect(after(doc, drop.edits).services).toMatchObject({
      billing: { context: 'operations' },
      operations: { context: 'billing' },
    });
    const open = after(doc, [{ kind: 'remove', of: 'services', id: 'operations' }]);
    expect(dropOf(drops(open, ['services/billing']), 'lane/operations').words).toBe(
      'Let “Billing” be the service of Operations',
    );
  });
});

describe('actions of step 6', () => {
  it('name one service, or all after their contexts', () => {
    const doc = { ...company(), services: {} };
    const all = after(doc, action(doc, [], 'service-name-all').edits({}));
    expect(Object.values(all.services).map((service) => service.context)).toEqual([
      'customer-relations',
      'billing',
      'operations',
    ]);
    expect(action(all, [], 'service-name-all')).toBeUndefined();
    const ask = action(doc, ['contexts/billing#service'], 'service-add').ask;
    expect(ask[0].value).toBe('billing');
    const one = after(
      doc,
      action(doc, [], 'service-add').edits({ context: 'billing', name: 'Money', source: 'com.money' }),
    );
    expect(one.services.money).toEqual({ context: 'billing', source: 'com.money' });
    expect(() => action(doc, [], 'service-add').edits({ context: 'billing', name: '' })).toThrow('needs a name');
  });

  it('set and clear the source, and give a service to another context', () => {
    const doc = company();
    const keys = ['services/billing'];
    expect(after(doc, action(doc, keys, 'service-source').edits({ source: 'com.pay' })).services.billing.source).toBe(
      'com.pay',
    );
    const cleared = after(doc, action(doc, ['services/customer'], 'service-source').edits({ source: '' }));
    expect(cleared.services.customer.source).toBeUndefined();
    const swapped = after(doc, action(doc, keys, 'service-context').edits({ context: 'operations' }));
    expect(swapped.services).toMatchObject({ billing: { context: 'operations' }, operations: { context: 'billing' } });
  });

  it('move policies by keyboard alone, with every way the mouse has', () => {
    const doc = company();
    const run = action(doc, ['policies/take-payment'], 'policy-service');
    expect(run.ask[0].choices).toHaveLength(4);
    const way = run.ask[0].choices.find((choice) => choice.words.startsWith('Move “Payment” to Operations'));
    expect(after(doc, run.edits({ way: way.value })).contexts.operations.entities).toEqual(['operation', 'payment']);
    const follow = action(doc, ['policies/wind-down'], 'policy-follow');
    expect(after(doc, follow.edits({})).policies['wind-down'].service).toBeUndefined();
    expect(action(doc, ['policies/take-payment'], 'policy-follow')).toBeUndefined();
  });
});

describe('the panel of step 6', () => {
  it('counts what services hear of each other', () => {
    const panel = services.panel(fakeBoard(company(), insight()));
    expect(panel.querySelector('.c-number').textContent).toBe('2');
    expect(panel.textContent).toContain('Billing hears 1 event of Customer');
  });

  it('tells all about the service of what is chosen', () => {
    const board = fakeBoard(company(), insight(), { selection: ['policies/take-payment'] });
    const panel = services.panel(board);
    expect(panel.querySelector('h4').textContent).toBe('Billing');
    const facts = [...panel.querySelectorAll('dd')].map((fact) => fact.textContent);
    expect(facts).toEqual(['Billing', 'Finance', 'com.anycompany.billing']);
    const folds = [...panel.querySelectorAll('summary')].map((fold) => fold.textContent);
    expect(folds).toEqual(['Workflows: 2', 'Owns: 3', 'Hears from Customer: 1', 'Is heard by Customer: 1']);
    buttonOf(panel, 'Payment Failed').click();
    expect(board.log.focused).toEqual(['events/payment-failed']);
  });

  it('is not there without contexts, and never reads names as HTML', () => {
    expect(services.panel(fakeBoard({ name: 'Inn' }, insight()))).toBeNull();
    const panel = services.panel(fakeBoard(hostile(), insight(), { selection: ['services/billing'] }));
    expect(panel.querySelector('script, img')).toBeNull();
  });
});
