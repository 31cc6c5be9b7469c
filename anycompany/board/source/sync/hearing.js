/**
 * What a session does with each message of the kernel's.
 *
 * @module sync/hearing
 */

import { applyDelta } from '../model/delta.js';
import { mint } from '../model/ids.js';
import { newThings } from '../model/new_ids.js';
import { kept } from './keep.js';

/** @import { Doc, Edit, Person } from '../types.js' */
/** @import { OnItsWay, Pending } from './pending.js' */
/** @import { People } from './people.js' */
/** @import { Known } from './known.js' */

/** The version of the protocol between the board and its kernel. */
export const PROTOCOL = 1;

/** How often one new thing is given another id before its edit is refused. */
const MOST_IDS = 20;

/**
 * What hearing needs of its session.
 *
 * @typedef {{known: Known, me: Person, pending: Pending, people: People,
 *   emit: (event: string, detail?: any) => void, setStatus: (status: Known['status']) => void,
 *   changed: () => void, peopleSoon: () => void, again: () => void,
 *   tries: {later: () => void, stop: () => void}, greeted: () => void, outdated: () => void,
 *   answer: (message: any) => void, carryOut: (edit: Edit) => void, over: () => Doc}} Parts
 */

/**
 * @param {Parts} parts
 * @returns {Record<string, (message: any) => void>} what to do, by the type of the message
 */
export function makeHearing({
  known,
  me,
  pending,
  people,
  emit,
  setStatus,
  changed,
  peopleSoon,
  again,
  tries,
  ...session
}) {
  /** Lets go what waited for an edit that is settled now. */
  const goOn = () => {
    tries.stop();
    known.trouble = '';
    if (known.status === 'live') pending.pump();
  };

  /**
   * Settles what the kernel has.
   *
   * @param {string[]} ids
   */
  const arrived = (ids) => {
    if (!pending.arrived(ids, known.revision)) return;
    if (known.trouble) emit('notice', { tone: 'good', text: 'Edits are saved again.' });
    goOn();
  };

  /**
   * @param {OnItsWay} one
   * @param {any} refusal
   */
  const refused = (one, { why, remedy = '', conflict }) => {
    const outcome = { ok: /** @type {const} */ (false), why, remedy, ...(conflict && { conflict }) };
    pending.settle(one, outcome);
    changed();
    goOn();
    emit('refused', { ...outcome, edit: one.said });
  };

  /**
   * Something new has an id that was in use before: it gets another, and the edit is sent again.
   *
   * @param {OnItsWay} one
   * @param {{section: string, id: string}} taken
   * @returns {boolean} whether that could be done
   */
  const tookAnotherId = (one, { section, id }) => {
    const things = one.message.edit ? newThings(one.message.edit) : [];
    const thing = things.find((other) => other.section === section && other.id === id);
    if (!thing) return one.renamed > 0; // an answer to an earlier sending; the last one's is on its way
    if (one.renamed >= MOST_IDS) return false;
    known.retired.add(id);
    pending.giveAnotherId(one, section, id, mint(session.over(), section, thing.name, known.retired));
    changed();
    pending.pump();
    return true;
  };

  return {
    snapshot(message) {
      if (message.protocol !== PROTOCOL) return this.outdated(message);
      known.doc = message.doc;
      known.revision = message.revision;
      known.insight = message.insight ?? known.insight;
      known.insightNumber = message.n ?? 0;
      if (known.path !== message.path) {
        known.path = String(message.path ?? '');
        pending.adopt(kept(known.path, me.id.slice(0, 8)));
      }
      me.name ||= String(message.author ?? '');
      people.replace(message.people);
      setStatus('live');
      session.greeted();
      changed();
      emit('insight');
      emit('people');
      if (message.warning) emit('notice', { tone: 'warning', text: String(message.warning) });
      arrived([]);
      pending.resendLost();
    },
    patch({ from, revision, delta, ids = [] }) {
      if (known.status === 'connecting') return;
      if (!Number.isSafeInteger(revision) || !Array.isArray(ids)) return again();
      if (from !== known.revision) return revision > known.revision ? again() : arrived(ids);
      try {
        known.doc = applyDelta(known.doc, delta);
      } catch {
        return again();
      }
      known.revision = revision;
      for (const [op, path] of delta) if (op === 'del' && path.length === 2) known.retired.add(String(path[1]));
      arrived(ids);
      changed();
    },
    insight({ n, from_n: from, delta }) {
      if (known.status === 'connecting' || n <= known.insightNumber) return;
      try {
        if (from !== known.insightNumber) throw new Error('An insight is missing.');
        known.insight = applyDelta(known.insight, delta);
      } catch {
        return again();
      }
      known.insightNumber = n;
      emit('insight');
    },
    ack({ id, revision }) {
      const one = pending.find(id);
      if (!one) return;
      one.revision = revision;
      arrived([]);
      changed();
    },
    nack(message) {
      const one = pending.find(message.id);
      if (!one) {
        if (!message.id) emit('notice', { tone: 'error', text: `${message.why} ${message.remedy ?? ''}`.trim() });
        return;
      }
      if (message.taken && tookAnotherId(one, message.taken)) return;
      // What came before an edit may be what it needs: it is not refused before that is settled.
      if (!message.again && pending.edits[0] === one) return refused(one, message);
      pending.hold(one);
      tries.later();
      if (message.again && known.trouble !== message.why) {
        known.trouble = message.why;
        emit('notice', { tone: 'warning', text: `Not saved yet: ${message.why} ${message.remedy ?? ''}`.trim() });
      }
    },
    people(message) {
      people.replace(message.people);
      emit('people');
    },
    presence(message) {
      people.hear(message);
      peopleSoon();
    },
    answer: session.answer,
    notice({ tone, text, edits = [] }) {
      const actions = edits.map((/** @type {{words: string, edits: Edit[]}} */ way) => ({
        name: way.words,
        run: () => session.carryOut(way.edits.length === 1 ? way.edits[0] : { kind: 'batch', edits: way.edits }),
      }));
      emit('notice', { tone, text, actions });
    },
    workshop({ type, to, ...standing }) {
      known.workshop = { ...standing, at: performance.now() };
      emit('workshop');
    },
    door({ type, to, ...door }) {
      known.door = door;
      emit('door');
    },
    quiet(message) {
      known.quiet = Array.isArray(message.people) ? message.people.map(String) : [];
      emit('workshop');
    },
    play(message) {
      emit('play', message);
    },
    outdated({ why }) {
      session.outdated();
      setStatus('outdated');
      emit('notice', { tone: 'error', text: why ?? 'This page is older than the notebook. Reload it to go on.' });
    },
  };
}
