import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareExample, detailIn, filledExample, jsonSchema, typedField, typeOf } from '../../../anycompany/board/source/steps/json_fields.js';
import { schemas } from '../../../anycompany/board/source/steps/schemas.js';
import { changeField, copyFields, renameField } from '../../../anycompany/board/source/steps/schemas_edits.js';
import { receiversOf } from '../../../anycompany/board/source/steps/schemas_panel.js';
import { HOSTILE } from './hostile.js';
import { after, buttonOf, company, dropOf, expectSound, hostile, insight, large, noteOf, overlapping } from './steps_company.js';
import { liveBoard, typeInto } from './steps_live.js';

/** The worked example with a few contracts: personal data, a risk, something published. */
const storm = () => ({
  ...company(),
  listeners: { everything: { for: 'Audit', hears: 'all' } },
  contracts: {
    'account-created': { fields: { 'account-id': { type: 'string' }, email: { type: 'string', personal: true }, amount: { type: 'number' } },
      example: { 'account-id': 'a-1', email: 'ada@example.com', amount: 49 } },
    'payment-attempted': { version: 2, published: 1, 'detail-type': 'payment-attempted', fields: { amount: { type: 'number', risk: 'rounding' } } },
    'payment-failed': { fields: { amount: { type: 'integer' }, reason: { type: 'string', optional: true } } },
  },
});
const scene = (doc = storm()) => schemas.scene(doc, insight());
const drops = (doc, keys) => schemas.drops(doc, scene(doc), keys);
const action = (doc, keys, id) => schemas.actions(doc, keys, insight()).find((one) => one.id === id);
const fieldsOf = (doc, event) => doc.contracts[event].fields;

describe('the wall of contracts', () => {
  it('has a card for each event in the lane of the service that owns it', () => {
    const drawn = scene();
    expectSound(drawn);
    expect(overlapping(drawn.notes.filter((note) => note.shape === 'card'))).toEqual([]);
    expect(drawn.notes.filter((note) => note.shape === 'card')).toHaveLength(11);
    const card = noteOf(drawn, 'contracts/payment-failed');
    const lane = drawn.regions.find((region) => region.key === 'services/billing');
    expect(card.x >= lane.x && card.y >= lane.y && card.x + card.w <= lane.x + lane.w && card.y + card.h <= lane.y + lane.h).toBe(true);
    expect([card.hue, lane.hue]).toEqual([1, 1]);
    expect(card.tag).toBe('contract · version 1');
    expect(card.lines).toEqual(['payment-failed', '\u00a0', 'amount: integer', 'reason: string · may be missing']);
    expect(lane.subtitle).toBe('com.anycompany.billing · one contract to agree on');
  });

  it('marks personal data, risks and what is published without colour', () => {
    const drawn = scene();
    expect(noteOf(drawn, 'contracts/account-created').lines).toContain('◆ email: string · personal');
    expect(noteOf(drawn, 'contracts/payment-attempted').lines).toContain('\u2003risk: rounding');
    expect(noteOf(drawn, 'contracts/payment-attempted#published')).toMatchObject({ text: 'published', fixed: true });
    expect(noteOf(drawn, 'contracts/payment-attempted').says).toBe('Contract of event Payment Attempted, of service Billing, '
      + 'on the bus as payment-attempted, version 2, version 1 is published, fields: amount number · risk: rounding');
    expect(noteOf(drawn, 'contracts/account-created#published')).toBeUndefined();
  });

  it('has a dashed card for an event without a contract', () => {
    expect(noteOf(scene(), 'events/operation-failed')).toMatchObject({ kind: 'contract', guess: true, tag: 'no contract yet',
      says: 'Event Operation Failed, of service Operations, has no contract yet' });
  });

  it('works at every stage, with anything that people type, and says the one thing to do on an empty wall', () => {
    expect(scene({ name: 'Inn' }).empty).toContain('step 1');
    const early = scene({ name: 'Inn', events: { 'room-booked': { name: 'Room Booked' } } });
    expectSound(early);
    expect(early.regions[0]).toMatchObject({ key: 'lane/none', dashed: true });
    const strange = hostile();
    strange.contracts = { 'account-created': { fields: Object.fromEntries(HOSTILE.map((text) => [text, { risk: text }])) }, 'payment-failed': {} };
    expectSound(scene(strange));
    expect(noteOf(scene(strange), 'contracts/account-created').h).toBeLessThan(900);
  });

  it('draws 2,000 events', () => {
    const { doc, insight: found } = large(2000);
    doc.contracts = Object.fromEntries(Object.keys(doc.events).map((event) => [event, { fields: { id: {}, amount: { type: 'number' } } }]));
    const drawn = schemas.scene(doc, found);
    expect(drawn.notes.filter((note) => note.kind === 'contract').length).toBe(2000);
    expect(schemas.drops(doc, drawn, ['contracts/event-1']).length).toBeGreaterThan(1000);
  });
});

describe('what is typed', () => {
  it('is read as a field', () => {
    expect(typedField('amount: number')).toEqual({ name: 'amount', field: { type: 'number' } });
    expect(typedField(' email : string personal')).toEqual({ name: 'email', field: { type: 'string', personal: true } });
    expect(typedField('reason?: text, optional')).toEqual({ name: 'reason', field: { type: 'string', optional: true } });
    expect(typedField('plan')).toEqual({ name: 'plan', field: { type: 'string' } });
    expect(typedField('amount: money')).toBeNull();
    expect(typedField('')).toBeNull();
    expect(typedField(`${'x'.repeat(101)}: string`)).toBeNull();
  });

  it('goes to the contract of the event in focus, and begins it', () => {
    const doc = storm();
    expect(fieldsOf(after(doc, schemas.typed(doc, 'plan: string', 'contracts/payment-failed', null)), 'payment-failed').plan).toEqual({ type: 'string' });
    expect(fieldsOf(after(doc, schemas.typed(doc, 'id', 'events/operation-failed', null)), 'operation-failed')).toEqual({ id: { type: 'string' } });
    expect(schemas.typed(doc, 'amount: string', 'contracts/payment-failed', null)).toEqual([]);
    expect(schemas.typed(doc, 'id', null, null)).toEqual([]);
  });

  it('may be a JSON event, of which the fields are found', () => {
    const doc = storm();
    const event = '{"source": "x", "detail-type": "y", "detail": {"id": "o-1", "count": 2, "rate": 0.5, "ok": true, "list": [], "more": {}, "none": null}}';
    const made = after(doc, schemas.typed(doc, event, 'events/operation-failed', null)).contracts['operation-failed'];
    expect(Object.fromEntries(Object.entries(made.fields).map(([name, field]) => [name, field.type])))
      .toEqual({ id: 'string', count: 'integer', rate: 'number', ok: 'boolean', list: 'array', more: 'object', none: 'string' });
    expect(made.example.count).toBe(2);
    expect(detailIn('{"detail": 5, "a": 1}')).toEqual({ detail: 5, a: 1 });
    expect(detailIn('{"Source": "x", "Detail": "{\\"a\\": 1}"}')).toEqual({ a: 1 });
    for (const text of ['[1]', 'null', '{', '"x"']) expect(detailIn(text)).toBeNull();
    expect(typeOf(1e21)).toBe('integer');
  });
});

describe('examples and schemas', () => {
  it('are compared with the fields', () => {
    const contract = storm().contracts['payment-failed'];
    expect(compareExample(contract, { amount: 1 })).toEqual({ missing: [], unknown: [], other: [] });
    expect(compareExample(contract, { amount: '1', toString: 1 })).toEqual({ missing: [], unknown: ['toString'], other: [{ name: 'amount', is: 'string', wanted: 'integer' }] });
    expect(compareExample(contract, null)).toEqual({ missing: ['amount'], unknown: [], other: [] });
  });

  it('are filled up from the fields, and what is there stays', () => {
    expect(filledExample({ fields: { a: { type: 'number' }, b: {} }, example: { b: 'mine', c: 1 } })).toEqual({ a: 1.5, b: 'mine', c: 1 });
  });

  it('make the JSON Schema that the registry gets', () => {
    expect(jsonSchema(storm(), 'payment-failed')).toEqual({
      $schema: 'http://json-schema.org/draft-04/schema#', title: 'Payment Failed', 'x-version': 1, 'x-note': 'events/payment-failed', type: 'object',
      required: ['source', 'detail-type', 'detail'],
      properties: { source: { type: 'string', enum: ['com.anycompany.billing'] }, 'detail-type': { type: 'string', enum: ['payment-failed'] },
        detail: { type: 'object', properties: { amount: { type: 'integer' }, reason: { type: 'string' } }, required: ['amount'] } },
    });
    expect(jsonSchema(storm(), 'account-created').properties.detail.properties.email).toEqual({ type: 'string', 'x-personal': true });
  });
});

describe('edits of contracts', () => {
  it('change a field by what is said of it, and nothing when nothing changes', () => {
    const doc = storm();
    expect(changeField(doc, 'account-created', 'email', { personal: false })).toEqual([{ kind: 'field', event: 'account-created', field: 'email', is: { type: 'string' } }]);
    expect(changeField(doc, 'account-created', 'email', { personal: true })).toEqual([]);
    expect(changeField(doc, 'account-created', 'gone', { personal: true })).toEqual([]);
    expect(changeField(doc, 'payment-attempted', 'amount', { risk: ' ' })).toEqual([{ kind: 'field', event: 'payment-attempted', field: 'amount', is: { type: 'number' } }]);
  });

  it('rename a field together with its example', () => {
    const doc = after(storm(), renameField(storm(), 'account-created', 'email', 'e-mail'));
    expect(fieldsOf(doc, 'account-created')).toEqual({ 'account-id': { type: 'string' }, amount: { type: 'number' }, 'e-mail': { type: 'string', personal: true } });
    expect(doc.contracts['account-created'].example).toEqual({ 'account-id': 'a-1', 'e-mail': 'ada@example.com', amount: 49 });
    expect(() => renameField(storm(), 'account-created', 'email', 'amount')).toThrow('already');
    expect(() => renameField(storm(), 'account-created', 'email', ' ')).toThrow('needs a name');
  });

  it('copy fields: those that are missing, or all', () => {
    expect(copyFields(storm(), 'account-created', 'payment-failed', 'missing').map((edit) => edit.field)).toEqual(['account-id', 'email']);
    expect(copyFields(storm(), 'account-created', 'payment-failed', 'all').map((edit) => edit.field)).toEqual(['account-id', 'email', 'amount']);
  });
});

describe('drops and actions', () => {
  it('copy the fields of a card to the card it is dropped on', () => {
    const doc = storm();
    const offered = drops(doc, ['contracts/account-created']);
    expect(offered).toHaveLength(10);
    const onto = dropOf(offered, 'contracts/payment-failed');
    expect(onto.choices.map((choice) => choice.words)).toEqual(['Only those that are missing: account-id, email', 'All of them, and change amount']);
    const plain = dropOf(offered, 'events/operation-failed');
    expect(Object.keys(fieldsOf(after(doc, plain.edits), 'operation-failed'))).toEqual(['account-id', 'email', 'amount']);
    expect(drops(doc, ['events/operation-failed'])).toEqual([]);
    expect(drops(doc, ['contracts/account-created', 'contracts/payment-failed'])).toEqual([]);
  });

  it('add a field, take fields away, begin and publish contracts', () => {
    const doc = storm();
    const add = action(doc, ['contracts/payment-failed'], 'field-add');
    const answers = { name: 'card', type: 'string', personal: true, optional: true, risk: 'leaks' };
    expect(fieldsOf(after(doc, add.edits(answers)), 'payment-failed').card).toEqual({ type: 'string', personal: true, optional: true, risk: 'leaks' });
    expect(() => add.edits({ ...answers, name: 'amount' })).toThrow('already');
    const less = after(doc, action(doc, ['contracts/payment-failed'], 'field-remove').edits({ fields: ['amount'] }));
    expect(Object.keys(fieldsOf(less, 'payment-failed'))).toEqual(['reason']);
    const begun = after(doc, action(doc, [], 'contracts-begin').edits({}));
    expect(Object.keys(begun.contracts)).toHaveLength(11);
    expect(action(begun, [], 'contracts-begin')).toBeUndefined();
    const publish = action(doc, ['contracts/payment-failed', 'contracts/payment-attempted'], 'contract-publish');
    expect(publish.edits({})).toEqual([{ kind: 'publish', event: 'payment-failed' }, { kind: 'publish', event: 'payment-attempted' }]);
    expect(action(doc, ['events/operation-failed'], 'contract-publish')).toBeUndefined();
    expect(action(doc, ['contracts/payment-failed'], 'fields-copy').ask[0].choices.map((one) => one.value)).toEqual(['account-created', 'payment-attempted']);
  });

  it('take an example, and the fields from it while there are none', () => {
    const doc = storm();
    const write = (event, example) => after(doc, action(doc, [`events/${event}`], 'example-set').edits({ example })).contracts[event];
    expect(write('operation-failed', { id: 'o-1' })).toEqual({ fields: { id: { type: 'string' } }, example: { id: 'o-1' } });
    expect(Object.keys(write('payment-failed', { amount: 1, extra: 2 }).fields)).toEqual(['amount', 'reason']);
    expect(write('account-created', null).example).toBeUndefined();
    expect(() => action(doc, ['contracts/payment-failed'], 'example-set').edits({ example: [1] })).toThrow('JSON object');
  });
});

describe('the panel', () => {
  let board;
  const answer = { edits: [{ kind: 'field', event: 'operation-failed', field: 'why', is: { type: 'string' } }], words: 'Found one field' };
  beforeEach(() => { board = liveBoard(schemas, storm(), insight(), { fields: answer }); });
  afterEach(() => board.close());
  const now = (event) => board.session.doc.contracts[event];

  it('shows where personal data goes when nothing is selected', () => {
    expect(board.panel.textContent).toContain('3 of 11');
    expect(board.panel.textContent).toContain('carries email');
    expect(board.panel.textContent).toContain('to service Billing, listener Everything');
    expect(receiversOf(storm(), 'customer-cancelled')).toEqual(['listener Everything']);
    buttonOf(board.panel, 'Begin the 8 that are missing').click();
    expect(Object.keys(board.session.doc.contracts)).toHaveLength(11);
    buttonOf(board.panel, 'Show the contract of Account Created').click();
    expect(board.control('name account-created.email').value).toBe('email');
  });

  it('edits fields by keyboard alone, and the focus stays where it was', async () => {
    board.select(['contracts/payment-failed']);
    await typeInto(board, 'new payment-failed', 'card: string personal', 'Enter');
    expect(now('payment-failed').fields.card).toEqual({ type: 'string', personal: true });
    expect(document.activeElement.getAttribute('data-focus')).toBe('new payment-failed');
    expect(document.activeElement.value).toBe('');
    await typeInto(board, 'new payment-failed', 'card: cash', 'Enter');
    expect(board.panel.querySelector('[role="alert"]:not([hidden])').textContent).toContain('is not a field');
    expect(board.control('new payment-failed').value).toBe('card: cash');
    await typeInto(board, 'new payment-failed', '', 'Escape');
    const type = board.control('type payment-failed.card');
    type.focus();
    type.value = 'object';
    type.dispatchEvent(new Event('change'));
    expect(now('payment-failed').fields.card).toEqual({ type: 'object', personal: true });
    expect(document.activeElement.getAttribute('data-focus')).toBe('type payment-failed.card');
    const tick = board.control('personal payment-failed.card');
    tick.focus();
    tick.click();
    expect(now('payment-failed').fields.card).toEqual({ type: 'object' });
    expect(document.activeElement.getAttribute('data-focus')).toBe('personal payment-failed.card');
    board.control('risk? payment-failed.card').click();
    expect(document.activeElement.getAttribute('data-focus')).toBe('risk payment-failed.card');
    await typeInto(board, 'risk payment-failed.card', 'too much', 'Enter');
    expect(now('payment-failed').fields.card).toEqual({ type: 'object', risk: 'too much' });
    await typeInto(board, 'name payment-failed.card', 'holder', 'Enter');
    expect(Object.keys(now('payment-failed').fields)).toEqual(['amount', 'reason', 'holder']);
    expect(document.activeElement.getAttribute('data-focus')).toBe('name payment-failed.holder');
    board.control('away payment-failed.holder').focus();
    board.control('away payment-failed.holder').click();
    expect(Object.keys(now('payment-failed').fields)).toEqual(['amount', 'reason']);
    expect(board.panel.contains(document.activeElement)).toBe(true);
  });

  it('says so when somebody else was faster with a field, and shows what is there now', async () => {
    board.select(['contracts/payment-failed']);
    const control = board.control('name payment-failed.reason');
    control.focus();
    control.value = 'because';
    control.dispatchEvent(new Event('input', { bubbles: true }));
    board.change(after(board.session.doc, renameField(board.session.doc, 'payment-failed', 'reason', 'cause')));
    expect(board.control('name payment-failed.reason').value).toBe('because');
    control.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    await board.settled();
    expect(board.log.noticed).toEqual(['Nothing is changed: the field “reason” has another name by now, or is gone.']);
    expect(board.control('name payment-failed.cause').value).toBe('cause');
    expect(board.control('name payment-failed.reason')).toBeUndefined();
    expect(board.panel.contains(document.activeElement)).toBe(true);
  });

  it('writes the example, says what it lacks, and fills it', async () => {
    board.select(['contracts/payment-failed']);
    await typeInto(board, 'example payment-failed', '{"other": 1');
    expect(board.panel.querySelector('[role="alert"]:not([hidden])').textContent).toContain('is not JSON yet');
    await typeInto(board, 'example payment-failed', '{"other": 1}');
    expect(now('payment-failed').example).toEqual({ other: 1 });
    expect(board.panel.querySelector('.b-remarks').textContent).toBe('The example lacks amount.It shows other, which the contract does not name.');
    buttonOf(board.panel, 'Fill it up').click();
    expect(now('payment-failed').example).toEqual({ amount: 1, reason: 'text', other: 1 });
    buttonOf(board.panel, 'Add the fields it shows').click();
    expect(now('payment-failed').fields.other).toEqual({ type: 'integer' });
    expect(board.panel.querySelector('.b-remarks')).toBeNull();
  });

  it('finds the fields of a pasted event', async () => {
    board.select(['events/operation-failed']);
    const control = board.control('paste operation-failed');
    control.value = '{"why": "x"}';
    control.dispatchEvent(new Event('input'));
    board.control('paste operation-failed done').click();
    await board.settled();
    expect(board.log.asked).toEqual([['fields', { event: 'operation-failed', text: '{"why": "x"}' }]]);
    expect(now('operation-failed').fields).toEqual({ why: { type: 'string' } });
  });

  it('publishes, freezes the name, and begins the next version', async () => {
    board.select(['contracts/payment-failed']);
    expect(board.panel.textContent).toContain('Publishing freezes “payment-failed” and version 1');
    buttonOf(board.panel, 'Publish version 1').click();
    expect(now('payment-failed')).toMatchObject({ published: 1, 'detail-type': 'payment-failed' });
    expect(board.control('detail-type payment-failed').readOnly).toBe(true);
    buttonOf(board.panel, 'Begin version 2').click();
    expect(now('payment-failed').version).toBe(2);
    await typeInto(board, 'version payment-failed', '0', 'Enter');
    expect(now('payment-failed').version).toBe(2);
    expect(board.panel.querySelector('[role="alert"]:not([hidden])').textContent).toContain('whole number');
  });

  it('never loses what is half typed when others change the storm', async () => {
    board.select(['contracts/payment-failed']);
    const half = board.control('new payment-failed');
    half.focus();
    half.value = 'amou';
    half.dispatchEvent(new Event('input'));
    board.change(after(board.session.doc, [{ kind: 'field', event: 'payment-failed', field: 'theirs', is: { type: 'string' } }]));
    expect(document.activeElement).toBe(half);
    half.blur();
    await board.settled();
    expect(board.control('name payment-failed.theirs')).toBeTruthy();
    expect(board.control('new payment-failed').value).toBe('amou');
  });

  it('shows hostile names as text', () => {
    const doc = storm();
    doc.events['payment-failed'].name = '<img src=x onerror="globalThis.ran = true">';
    doc.contracts['payment-failed'].fields = Object.fromEntries(HOSTILE.filter(Boolean).map((text) => [text, { risk: text }]));
    board.change(doc);
    board.select(['contracts/payment-failed']);
    expect(board.panel.querySelector('img, script')).toBeNull();
    expect(globalThis.ran).toBeUndefined();
  });
});
