/** The worked example as plain data, for the tests of steps 4 to 6; and what every scene has to be. */

import { expect } from 'vitest';
import { predict } from '../../../anycompany/board/source/model/predict.js';
import { HOSTILE } from './hostile.js';

const names = [
  'Account Created',
  'Payment Attempted',
  'Payment Succeeded',
  'Payment Failed',
  'Customer Subscribed',
  'Operation Initiated',
  'Operation Succeeded',
  'Operation Failed',
  'Subscription Renewed',
  'Customer Cancelled',
  'Subscription Expired',
];
const slug = (name) => name.toLowerCase().replaceAll(' ', '-');

/** The eleven events of the talk with its policies, entities, contexts and services. */
export const company = () => ({
  name: 'AnyCompany',
  source: 'com.anycompany',
  events: Object.fromEntries(names.map((name) => [slug(name), { name }])),
  timeline: names.map(slug),
  policies: {
    'take-payment': { when: ['account-created'], emits: ['payment-attempted'] },
    'settle-payment': { when: ['payment-attempted'], emits: ['payment-succeeded'], fails: ['payment-failed'] },
    'start-subscription': { when: ['payment-succeeded'], emits: ['customer-subscribed'] },
    'run-operation': { when: ['operation-initiated'], emits: ['operation-succeeded'], fails: ['operation-failed'] },
    'wind-down': { when: ['customer-cancelled', 'subscription-expired'], service: 'customer' },
  },
  entities: {
    customer: ['account-created', 'customer-subscribed', 'customer-cancelled'],
    subscription: ['subscription-renewed', 'subscription-expired'],
    payment: ['payment-attempted', 'payment-succeeded', 'payment-failed'],
    operation: ['operation-initiated', 'operation-succeeded', 'operation-failed'],
  },
  contexts: {
    'customer-relations': { entities: ['customer', 'subscription'], owner: 'Customer Success' },
    billing: { entities: ['payment'], owner: 'Finance' },
    operations: { entities: ['operation'], owner: 'Product' },
  },
  services: {
    customer: { context: 'customer-relations', source: 'com.anycompany.customer' },
    billing: { context: 'billing' },
    operations: { context: 'operations' },
  },
});

const crossing = (event, policy, giver, taker, copied = false) => ({ event, policy, giver, taker, copied });

/** What the kernel finds out about the worked example. */
export const insight = () => ({
  findings: {},
  progress: {},
  next: null,
  guesses: [],
  coupling: {
    score: 1.04,
    communication: 0.33,
    size: 0.355,
    copies: 0,
    reactions: 6,
    guessed: false,
    crossings: {
      'account-created>take-payment': crossing('account-created', 'take-payment', 'customer-relations', 'billing'),
      'payment-succeeded>start-subscription': crossing(
        'payment-succeeded',
        'start-subscription',
        'billing',
        'customer-relations',
      ),
    },
  },
});

/** A company with so many events: an entity for every ten, a context for every ten entities, a policy each. */
export function large(events) {
  const doc = { name: 'Large', events: {}, entities: {}, contexts: {}, services: {}, policies: {} };
  const found = insight();
  found.coupling.crossings = {};
  const entities = Math.ceil(events / 10);
  for (let number = 0; number < events; number++) {
    const [entity, context] = [`entity-${number % entities}`, `context-${Math.floor((number % entities) / 10)}`];
    doc.events[`event-${number}`] = { name: `Thing ${number} Done` };
    (doc.entities[entity] ??= []).push(`event-${number}`);
    doc.contexts[context] ??= { entities: [] };
    if (!doc.contexts[context].entities.includes(entity)) doc.contexts[context].entities.push(entity);
    doc.services[context] ??= { context };
    const next = `event-${(number + 1) % events}`;
    doc.policies[`policy-${number}`] = { when: [`event-${number}`], emits: [next] };
    const taker = `context-${Math.floor(((number + 1) % entities) / 10)}`;
    if (taker !== context) {
      found.coupling.crossings[`event-${number}>policy-${number}`] = crossing(
        `event-${number}`,
        `policy-${number}`,
        context,
        taker,
      );
    }
  }
  return { doc, insight: found };
}

/** The worked example with every name replaced by something nobody should type. */
export function hostile() {
  const doc = company();
  let next = 0;
  const name = () => HOSTILE[next++ % HOSTILE.length];
  for (const event of Object.values(doc.events)) event.name = name();
  for (const policy of Object.values(doc.policies)) policy.name = name();
  doc.entities = Object.fromEntries(Object.entries(doc.entities).map(([id, events]) => [id, { name: name(), events }]));
  for (const context of Object.values(doc.contexts)) Object.assign(context, { name: name(), owner: name() });
  for (const service of Object.values(doc.services)) Object.assign(service, { name: name(), source: name() });
  return doc;
}

/** The storm after edits, as the browser predicts it. */
export const after = (doc, edits) => edits.reduce((storm, edit) => predict(storm, edit), doc);

/** Checks what holds for every scene: one key for one thing, boxes that are boxes, words for each note. */
export function expectSound(scene) {
  const things = [...scene.notes, ...scene.regions, ...scene.arrows, ...scene.labels];
  expect(new Set(things.map((thing) => thing.key)).size).toBe(things.length);
  for (const box of [...scene.notes, ...scene.regions]) {
    for (const side of [box.x, box.y, box.w, box.h]) expect(Number.isFinite(side)).toBe(true);
    expect(Math.min(box.w, box.h)).toBeGreaterThan(0);
  }
  for (const note of scene.notes) expect(note.says.trim()).not.toBe('');
  for (const arrow of scene.arrows) expect(arrow.d).not.toContain('NaN');
}

/** The notes of a kind that overlap, as pairs of keys. */
export function overlapping(notes) {
  const pairs = [];
  for (const [index, one] of notes.entries()) {
    for (const other of notes.slice(index + 1)) {
      const apart =
        one.x + one.w <= other.x ||
        other.x + other.w <= one.x ||
        one.y + one.h <= other.y ||
        other.y + other.h <= one.y;
      if (!apart) pairs.push([one.key, other.key]);
    }
  }
  return pairs;
}

/** The note with a key. */
export const noteOf = (scene, key) => scene.notes.find((note) => note.key === key);

/** The drop with a key. */
export const dropOf = (drops, key) => drops.find((drop) => drop.key === key);

/** Boxes of the same height on the wall, line by line. */
export const inLines = (boxes) =>
  [...new Set(boxes.map((box) => box.y))].map((y) => boxes.filter((box) => box.y === y));

/** A board for a panel: what it was asked, what it did and said. */
export function fakeBoard(doc, found, { selection = [], answers = {}, preview = null } = {}) {
  const log = { asked: [], done: [], looked: [], said: [], focused: [], notices: [] };
  const board = {
    log,
    selection: new Set(selection),
    focused: null,
    preview,
    replay: null,
    session: {
      doc,
      insight: found,
      revision: 7,
      ask: async (question, about) => {
        log.asked.push([question, about]);
        if (!(question in answers)) throw new Error('The kernel is not there.');
        return answers[question];
      },
    },
    do: async (edits, words) => {
      log.done.push({ edits, words });
      return { ok: true, revision: 8 };
    },
    look: (revision, shown) => {
      board.replay = revision;
      log.looked.push(shown);
    },
    say: (words) => log.said.push(words),
    notice: (tone, text, actions) => log.notices.push({ tone, text, actions }),
    select: () => {},
    focus: (key) => log.focused.push(key),
  };
  return board;
}

/** Lets promises that are under way come to their end. */
export const settled = () => new Promise((done) => setTimeout(done));

/** The button whose name or text holds these words. */
export const buttonOf = (element, words) =>
  [...element.querySelectorAll('button')].find((one) =>
    `${one.getAttribute('aria-label') ?? ''} ${one.textContent}`.includes(words),
  );
