/** Storms for the tests of the steps. */

/** A small storm that has something of everything. */
export function company() {
  return {
    name: 'AnyCompany',
    events: {
      'account-created': { name: 'Account Created', pivotal: true },
      'payment-attempted': { name: 'Payment Attempted' },
      'payment-succeeded': { name: 'Payment Succeeded' },
      'payment-failed': { name: 'Payment Failed' },
      'customer-subscribed': { name: 'Customer Subscribed' },
      'invoice-sent': { name: 'Invoice Sent' },
      'receipt-sent': { name: 'Receipt Sent' },
      'refund-requested': { name: 'Refund Requested' },
    },
    timeline: [
      'account-created',
      'payment-attempted',
      { or: ['payment-succeeded', 'payment-failed'] },
      ['invoice-sent', 'receipt-sent'],
      'customer-subscribed',
    ],
    triggers: {
      'account-created': { actor: 'Visitor', command: 'Sign up' },
      'refund-requested': { schedule: 'rate(1 day)', says: 'somebody asks for their money' },
    },
    policies: {
      'take-payment': { when: ['account-created'], does: ['Charge the card'], emits: ['payment-attempted'] },
      'settle-payment': {
        when: ['payment-attempted'],
        does: [{ do: 'Ask the bank', run: 'functions/ask_bank' }],
        emits: ['payment-succeeded'],
        fails: ['payment-failed'],
        kind: 'standard',
      },
    },
    hotspots: {
      'who-pays': { text: 'Who pays a refund?', about: 'payment-failed', votes: ['Ada'] },
      'how-long': { text: 'How long is a month?' },
    },
    board: { parked: { 'card-lost': { name: 'Card Lost' } } },
  };
}

/**
 * A storm of many events with moments, alternatives, policies and triggers, the same for the same numbers.
 *
 * @param {number} count
 * @param {number} [seed]
 */
export function large(count, seed = 1) {
  let state = seed;
  const random = (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const ids = Array.from({ length: count }, (_, number) => `event-${number}`);
  const timeline = [];
  for (let at = 0; at < count - count / 10;) {
    const size = Math.min(1 + (random(3) === 0 ? random(9) : 0), count - at);
    const events = ids.slice(at, at + size);
    timeline.push(size === 1 ? events[0] : random(2) ? { or: events } : events);
    at += size;
  }
  const pick = () => ids[random(count)];
  const near = (id) => ids[Math.min(count - 1, Number(id.slice(6)) + random(4))];
  return {
    name: 'Large',
    events: Object.fromEntries(ids.map((id) => [id, { name: `Thing ${id} Happened` }])),
    timeline,
    triggers: Object.fromEntries(
      ids.filter(() => random(3) === 0).map((id) => [id, { actor: 'Somebody', command: 'Do it' }]),
    ),
    policies: Object.fromEntries(
      Array.from({ length: Math.floor(count / 2) }, (_, number) => {
        const heard = pick();
        return [
          `policy-${number}`,
          {
            when: [heard, ...(random(4) ? [] : [pick()])],
            emits: [near(heard)],
            fails: random(3) ? [] : [near(heard)],
          },
        ];
      }),
    ),
    hotspots: Object.fromEntries(
      Array.from({ length: Math.floor(count / 20) }, (_, number) => [
        `question-${number}`,
        { text: `Question ${number}?`, ...(random(3) && { about: pick() }) },
      ]),
    ),
  };
}

/** An insight that says nothing. */
export const SILENT = { findings: {}, coupling: null, progress: {}, next: null, guesses: [] };

/** Whether two boxes share ground. */
export function overlap(one, other) {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
}

/** All pairs of overlapping notes, by key; quick enough for thousands by sorting. */
export function overlapping(notes) {
  const sorted = [...notes].sort((a, b) => a.x - b.x);
  const found = [];
  sorted.forEach((note, index) => {
    for (let next = index + 1; next < sorted.length && sorted[next].x < note.x + note.w; next++) {
      if (overlap(note, sorted[next])) found.push([note.key, sorted[next].key].sort());
    }
  });
  return found;
}

/** The drop that takes a point: the last one whose box holds it. */
export function dropAt(drops, x, y) {
  return drops.findLast(({ box }) => x >= box.x && y >= box.y && x < box.x + box.w && y < box.y + box.h);
}
