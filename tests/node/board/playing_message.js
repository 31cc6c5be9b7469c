/** A trace as the kernel sends it to be played. */

export const beat = (more) => ({
  start: 0, at: 1, seconds: 0, event: '', after: '', policy: '', new: true, failed: false, listeners: [], counts: {}, ...more,
});
/** An account, a payment that fails, and somebody who listens. */
export const PAYMENT = {
  type: 'play', id: 'p1', fresh: true, length: 5, steps: 3, lasted: 0.9, left_out: '',
  totals: { 'events/created': 7 },
  beats: [
    beat({ at: 1, event: 'created', counts: { 'events/created': 1 } }),
    beat({
      start: 1, at: 3, seconds: 0.4, event: 'attempted', after: 'created', policy: 'take', listeners: ['audit'],
      counts: { 'events/attempted': 1, 'policies/take': 1, 'listeners/audit': 1 },
    }),
    beat({ start: 3, at: 5, seconds: 0.9, event: 'declined', after: 'attempted', policy: 'settle', failed: true }),
  ],
};
