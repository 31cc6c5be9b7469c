/**
 * The shared storm as one tab sees it: what the kernel has confirmed, and on top one's own edits on their way.
 *
 * The kernel's log is the only sequence. A message that does not fit what is known here is no reason to guess: the
 * tab says hello again and gets the whole storm.
 *
 * @module sync/session
 */

import { idsRetiredBy, withIds } from '../model/new_ids.js';
import { makeHearing, PROTOCOL } from './hearing.js';
import { keep, kept, stayAlive } from './keep.js';
import { nothingKnown } from './known.js';
import { Pending } from './pending.js';
import { hueOf, makeTeller, People } from './people.js';
import { Questions } from './questions.js';
import { freshKey, unsealed } from './sealing.js';
import { oncePerPicture, patiently } from './timing.js';

/** @import { Doc, Edit, Outcome, Person, Session, Wire } from '../types.js' */
/** @import { Numbered } from './keep.js' */

const SECONDS_BETWEEN_HELLOS = [1, 2, 4, 8, 15, 30, 60];
/** Hellos that nobody has answered before a tab thinks that it is alone. */
const HELLOS_UNTIL_AWAY = 3;
const SECONDS_BETWEEN_TRIES = [1, 2, 4, 8, 15];
/** An edit that nobody answers for so long may be lost. */
const SECONDS_WITHOUT_WORD = 10;

const AWAY = 'The kernel is not connected. Try again when it is.';
/**
 * Joins the room of a storm.
 *
 * @param {{wire: Wire, person: string, tab?: string, name?: string, step?: number, path?: string,
 *   first?: number}} who `path` of the storm where it is known before the kernel has answered: edits are kept from the
 *   beginning; `first`: the number after which this tab's edits are counted
 * @returns {Session}
 */
export function openSession({ wire, person, tab = freshTab(), name = '', step = 1, path = '', first = 0 }) {
  /** @type {Person} */
  const me = { id: `${person}${tab}`, name, hue: hueOf(person), step, here: true };
  const known = nothingKnown();
  /** With it the kernel seals what is for this tab alone, on a line that others hear. */
  const key = wire.shared ? freshKey() : '';
  let count = first;
  let closed = false;
  /** What is shown: confirmed and on top what is on its way; null when that has to be found anew. */
  let shown = /** @type {Doc | null} */ (null);
  /** @type {Map<string, Set<(detail?: any) => void>>} */
  const listeners = new Map();

  const emit = (/** @type {string} */ event, /** @type {any} */ detail = undefined) => {
    for (const listener of [...(listeners.get(event) ?? [])]) {
      try {
        listener(detail);
      } catch (error) {
        console.error(error); // what is drawn wrongly must not keep edits from arriving
      }
    }
  };
  const send = (/** @type {any} */ message) => {
    try {
      wire.send({ ...message, person, tab, name: me.name });
    } catch {
      setStatus('away');
    }
  };
  const setStatus = (/** @type {Session['status']} */ now) => {
    if (known.status === now || known.status === 'outdated') return;
    known.status = now;
    if (now !== 'live') {
      people.replace([]);
      questions.refuseAll(AWAY);
      emit('people');
    }
    emit('status', now);
  };
  const soon = oncePerPicture(() => closed || emit('change'));
  const peopleSoon = oncePerPicture(() => closed || emit('people'));

  const pending = new Pending(send);
  const people = new People(me.id);
  const questions = new Questions(send);
  const teller = makeTeller(me, (said) => {
    if (known.status === 'live') send({ type: 'presence', ...said });
    return known.status === 'live';
  });
  const hello = patiently(SECONDS_BETWEEN_HELLOS, (times) => {
    if (times === 0) pending.mark();
    if (times >= HELLOS_UNTIL_AWAY) setStatus('away');
    const sealing = key ? { key } : {};
    send({ type: 'hello', protocol: PROTOCOL, step: me.step, revision: known.revision || null, ...sealing });
  });
  const tries = patiently(SECONDS_BETWEEN_TRIES, () => {
    if (known.status === 'live') pending.pump();
  });
  /** Edits that nobody answered for a while: the wire may be dead without knowing it. */
  const watch = setInterval(() => {
    const oldest = pending.edits[0];
    const late = oldest?.sent && Date.now() - oldest.sentAt > SECONDS_WITHOUT_WORD * 1000;
    if (late && known.status === 'live') again();
  }, 1000);
  const gone = stayAlive(me.id);

  /** Asks for the whole storm, once for any number of gaps. */
  const again = () => {
    if (!closed && !hello.running) hello.start();
  };
  const remember = () => {
    if (known.path) keep(known.path, person, pending.messages, pending.ids);
  };
  const changed = () => {
    shown = null;
    remember();
    soon();
  };

  const hearing = makeHearing({
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
    greeted() {
      hello.stop();
      teller.tellAll();
    },
    outdated: () => hello.stop(),
    answer: (message) => questions.hear(message),
    carryOut: (edit) => void session.do(edit),
    over: () => session.doc,
  });
  wire.onMessage((message) => {
    if (closed || known.status === 'outdated' || (message?.to && message.to !== me.id)) return;
    try {
      if (message?.type === 'sealed') message = unsealed(message, key);
      if (Object.hasOwn(hearing, message?.type)) hearing[message.type](message);
    } catch (error) {
      console.error(error);
      again();
    }
  });
  wire.onStatus((now) => {
    if (closed || known.status === 'outdated') return;
    if (now === 'closed') setStatus('away');
    hello.start();
  });

  /**
   * @param {Omit<Numbered, 'id'>} message
   * @param {Edit} [said]
   * @returns {Promise<Outcome>}
   */
  const onItsWay = (message, said) => {
    if (closed || known.status === 'outdated') return Promise.resolve(refusedHere(said, closed, emit));
    count += 1;
    const outcome = pending.add({ ...message, id: `${me.id}_${count}` }, said);
    shown = null;
    remember();
    if (known.status === 'live') pending.pump();
    emit('change');
    return outcome;
  };

  /** @type {Session} */
  const session = {
    get doc() {
      return (shown ??= pending.over(known.doc));
    },
    get revision() {
      return known.revision;
    },
    get insight() {
      return known.insight;
    },
    get people() {
      return people.list;
    },
    get pending() {
      return pending.count;
    },
    get status() {
      return known.status;
    },
    get workshop() {
      return known.workshop;
    },
    get door() {
      return known.door;
    },
    atDoor(what) {
      if (known.status === 'live') send({ type: 'door', do: what });
    },
    get quiet() {
      return known.quiet;
    },
    me,
    do: (edit, { was } = {}) => {
      const message = { type: /** @type {const} */ ('edit'), edit: withIds(session.doc, edit, known.retired) };
      for (const id of idsRetiredBy(edit)) known.retired.add(id);
      return onItsWay(was === undefined ? message : { ...message, was }, edit);
    },
    undo: () => onItsWay({ type: 'undo' }),
    redo: () => onItsWay({ type: 'redo' }),
    ask: (question, about = {}) =>
      known.status === 'live' ? questions.ask(question, about) : Promise.reject(new Error(AWAY)),
    tell(said) {
      teller.tell(said);
      if (Object.hasOwn(said, 'name')) emit('people');
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
    close() {
      if (closed) return;
      send({ type: 'bye' });
      closed = true;
      hello.stop();
      tries.stop();
      clearInterval(watch);
      teller.close();
      questions.refuseAll('The board was closed.');
      remember();
      gone();
      for (const one of [...pending.edits]) pending.settle(one, LEFT_ALONE);
      wire.close();
    },
  };
  if (path) {
    known.path = path;
    pending.adopt(kept(path, person));
  }
  hello.start();
  return session;
}

/** @type {Outcome} */
const LEFT_ALONE = {
  ok: false,
  why: 'The board was closed before the kernel had this edit.',
  remedy: 'It is kept, and sent when the board is open again.',
  again: true,
};

/**
 * @param {Edit | undefined} edit
 * @param {boolean} closed
 * @param {(event: string, detail: any) => void} emit
 * @returns {Outcome} why nothing can be changed on this page any more
 */
function refusedHere(edit, closed, emit) {
  const why = closed ? 'This board is closed.' : 'This page is older than the notebook and can only be read.';
  const remedy = closed ? 'Run its cell to open it again.' : 'Reload the page.';
  /** @type {Outcome} */
  const outcome = { ok: false, why, remedy };
  emit('refused', { ...outcome, edit });
  return outcome;
}

/** @returns {string} an id for this mount of the board */
function freshTab() {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(2));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
