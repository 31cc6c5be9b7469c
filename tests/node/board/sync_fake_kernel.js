// A kernel that speaks the board's protocol over wires in memory: slow, lossy, restarted, with a full disk.
import { idsRetiredBy, newThings } from '../../../anycompany/board/source/model/new_ids.js';
import { predict } from '../../../anycompany/board/source/model/predict.js';

/** The same numbers for the same seed (mulberry32). */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const isMapping = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/** Operations that make one value of JSON into another. */
export function deltaOf(old, now, path = []) {
  const ops = [];
  for (const key of Object.keys(old)) if (!Object.hasOwn(now, key)) ops.push(['del', [...path, key]]);
  for (const [key, value] of Object.entries(now)) {
    if (isMapping(value) && isMapping(old[key])) ops.push(...deltaOf(old[key], value, [...path, key]));
    else if (JSON.stringify(value) !== JSON.stringify(old[key])) ops.push(['set', [...path, key], value]);
  }
  return ops;
}

export class FakeKernel {
  constructor({ doc = { name: 'Wall', events: {} }, path = '/wall.storm.yaml' } = {}) {
    Object.assign(this, { doc, path, log: [], received: [], diskFull: false, busy: false, insight: { n: 0 } });
    this.lines = new Set();
    this.retired = new Set();
    this.waiting = [];
  }

  get revision() {
    return this.log.length;
  }

  /** A restart: what was on its way is lost, and nobody is known any more. What is in the log is there again. */
  restart() {
    this.waiting = [];
    for (const line of this.lines) line.cut();
    this.lines.clear();
  }

  receive(line, message) {
    if (this.busy) return void this.waiting.push([line, message]);
    this.received.push(message);
    const to = message.person + message.tab;
    if (message.type === 'bye') return void this.lines.delete(line);
    if (!this.lines.has(line) || message.type === 'hello') {
      this.lines.add(line);
      line.down(this.snapshot(to));
    }
    if (['edit', 'undo', 'redo'].includes(message.type)) this.carryOut(line, to, message);
    if (message.type === 'presence') this.tell({ ...message });
    if (message.type === 'ask' && message.question === 'echo') {
      line.down({ type: 'answer', to, n: message.n, ok: true, value: message.about });
    }
    if (message.type === 'ask' && message.question === 'nothing') {
      line.down({ type: 'answer', to, n: message.n, ok: false, why: 'There is nothing.' });
    }
  }

  free() {
    this.busy = false;
    for (const [line, message] of this.waiting.splice(0)) this.receive(line, message);
  }

  snapshot(to) {
    const { revision, path } = this;
    const doc = structuredClone(this.doc);
    const insight = { findings: {}, coupling: {}, progress: {}, next: null, guesses: [] };
    return {
      type: 'snapshot',
      to,
      protocol: 1,
      revision,
      doc,
      insight,
      n: this.insight.n,
      people: [],
      path,
      warning: '',
    };
  }

  carryOut(line, to, { id, edit, type }) {
    const at = this.log.findIndex((entry) => entry.id === id);
    if (at >= 0) return line.down({ type: 'ack', to, id, revision: at + 1 });
    const nack = (why, more = {}) => line.down({ type: 'nack', to, id, why, remedy: '', again: false, ...more });
    if (this.diskFull) return nack('The disk is full.', { again: true });
    if (type !== 'edit') return this.append({ id, edit: { kind: type } }, this.doc);
    for (const { section, id: given } of newThings(edit)) {
      if (this.doc[section]?.[given] || this.retired.has(given)) {
        return nack(`The id ${given} is another note's.`, { taken: { section, id: given } });
      }
    }
    const after = predict(this.doc, edit);
    if (after === this.doc) return nack('That has no meaning here.');
    for (const gone of idsRetiredBy(edit)) this.retired.add(gone);
    this.append({ id, edit }, after);
  }

  append(entry, after) {
    const delta = deltaOf(this.doc, after);
    this.doc = after;
    this.log.push(entry);
    this.tell({ type: 'patch', from: this.revision - 1, revision: this.revision, delta, ids: [entry.id], author: 'A' });
  }

  tell(message) {
    for (const line of this.lines) line.down(message);
  }
}

/** A wire to a fake kernel: in order, but with delays of its own; what is sent while it is cut is lost. */
export class FakeLine {
  constructor(kernel, delay = () => 5) {
    Object.assign(this, { kernel, delay, open: true, deaf: false, heard: [], life: 0 });
    this.nextUp = this.nextDown = 0;
    this.hear = () => {};
    this.status = () => {};
    this.wire = {
      send: (message) => this.up(message),
      onMessage: (listener) => (this.hear = listener),
      onStatus: (listener) => (this.status = listener),
      close: () => (this.open = false),
    };
  }

  /** Text as it would travel: nothing that is no JSON comes through, and nothing is shared. */
  up(message) {
    const [text, life] = [JSON.stringify(message), this.life];
    if (!this.open || this.deaf) return;
    this.nextUp = Math.max(this.nextUp, Date.now() + this.delay());
    setTimeout(
      () => this.open && life === this.life && this.kernel.receive(this, JSON.parse(text)),
      this.nextUp - Date.now(),
    );
  }

  down(message) {
    const [text, life] = [JSON.stringify(message), this.life];
    if (!this.open || this.deaf) return;
    this.nextDown = Math.max(this.nextDown, Date.now() + this.delay());
    setTimeout(() => {
      if (!this.open || life !== this.life) return;
      this.heard.push(JSON.parse(text));
      this.hear(JSON.parse(text));
    }, this.nextDown - Date.now());
  }

  cut() {
    if (!this.open) return;
    this.open = false;
    this.life += 1;
    this.status('closed');
  }

  mend() {
    if (this.open) return;
    this.open = true;
    this.status('open');
  }
}
