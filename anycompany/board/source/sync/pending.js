/**
 * One's own edits that are on their way: sent in their order until the kernel has them.
 *
 * Edits about different things follow each other without waiting. What must not overtake waits: an undo for all that
 * is before it, and an edit for those about the same thing, which may be new and not yet known by its id. After trouble
 * they go one by one.
 *
 * @module sync/pending
 */

import { idsIn, withAnotherId } from '../model/new_ids.js';
import { predict } from '../model/predict.js';

/** @import { Doc, Edit, Outcome } from '../types.js' */
/** @import { Numbered } from './keep.js' */

/**
 * An edit on its way. `said` is the edit as it was given; `turn` the number of its last sending; `revision` the one it
 * has, where the kernel has it but this tab has not got there yet.
 *
 * @typedef {{message: Numbered, said: Edit | undefined, done: (outcome: Outcome) => void, sent: boolean,
 *   sentAt: number, turn: number, renamed: number, revision: number | null}} OnItsWay
 */

/** Kinds of edits that do not say what they change. */
const ABOUT_ANYTHING = ['patch', 'repeat', 'settings'];

/** The edits on their way, in the order they were made. */
export class Pending {
  /** @param {(message: Numbered) => void} send */
  constructor(send) {
    this.send = send;
    /** @type {OnItsWay[]} */
    this.edits = [];
    /** Whether each waits for the one before. */
    this.oneByOne = false;
    /** How often something was sent, and how often before the storm was asked for. */
    this.sends = this.marked = 0;
    /** Ids of all edits that were ever here. @type {Set<string>} */
    this.ids = new Set();
  }

  get count() {
    return this.edits.length;
  }

  /** @returns {Numbered[]} */
  get messages() {
    return this.edits.map((one) => one.message);
  }

  /**
   * @param {Numbered} message
   * @param {Edit} [said] as somebody gave it
   * @returns {Promise<Outcome>}
   */
  add(message, said) {
    return new Promise((done) => {
      this.ids.add(message.id);
      this.edits.push({ message, said, done, sent: false, sentAt: 0, turn: 0, renamed: 0, revision: null });
    });
  }

  /**
   * Takes over edits of a board that is gone; they are older than those that are here.
   *
   * @param {Numbered[]} messages
   */
  adopt(messages) {
    const mine = this.edits;
    this.edits = [];
    for (const message of messages) if (!this.ids.has(message.id)) void this.add(message, message.edit);
    this.edits.push(...mine);
  }

  /** Sends what may go now. */
  pump() {
    /** @type {Set<string>} */
    const busy = new Set();
    for (const [index, one] of this.edits.entries()) {
      const { message } = one;
      const alone = !message.edit || ABOUT_ANYTHING.includes(message.edit.kind);
      const ids = message.edit ? idsIn(message.edit) : [];
      if (index > 0 && (alone || this.oneByOne || ids.some((id) => busy.has(id)))) return;
      if (!one.sent) {
        one.sent = true;
        one.sentAt = Date.now();
        one.turn = ++this.sends;
        this.send(message);
      }
      if (alone) return;
      for (const id of ids) busy.add(id);
    }
  }

  /** Notes that the kernel is asked for the whole storm: what was sent before is in it, or was refused, or is lost. */
  mark() {
    this.marked = this.sends;
  }

  /** The whole storm is here: sends again what was lost. */
  resendLost() {
    for (const one of this.edits) one.sent &&= one.turn > this.marked;
    this.marked = 0;
    this.pump();
  }

  /**
   * @param {string} id
   * @returns {OnItsWay | undefined}
   */
  find(id) {
    return this.edits.find((one) => one.message.id === id);
  }

  /**
   * What became of an edit.
   *
   * @param {OnItsWay} one
   * @param {Outcome} outcome
   */
  settle(one, outcome) {
    this.edits = this.edits.filter((other) => other !== one);
    if (!this.edits.length) this.oneByOne = false;
    one.done(outcome);
  }

  /**
   * Settles edits that the kernel has.
   *
   * @param {string[]} ids
   * @param {number} revision that this tab has reached
   * @returns {boolean} whether there was one of these
   */
  arrived(ids, revision) {
    const there = this.edits.filter(
      ({ message, revision: at }) => ids.includes(message.id) || (at !== null && at <= revision),
    );
    for (const one of there) this.settle(one, { ok: true, revision });
    return there.length > 0;
  }

  /**
   * Keeps an edit that was not carried out, to be sent again with all that follows it, one by one.
   *
   * @param {OnItsWay} one
   */
  hold(one) {
    one.sent = false;
    this.oneByOne = true;
  }

  /**
   * Gives something new another id, in its own edit and in all that were made after it.
   *
   * @param {OnItsWay} one the edit that adds it
   * @param {string} section
   * @param {string} taken
   * @param {string} another
   */
  giveAnotherId(one, section, taken, another) {
    for (const other of this.edits.slice(this.edits.indexOf(one))) {
      const { edit } = other.message;
      if (edit) other.message = { ...other.message, edit: withAnotherId(edit, section, taken, another) };
    }
    one.renamed += 1;
    one.sent = false;
  }

  /**
   * @param {Doc} doc
   * @returns {Doc} with these edits done
   */
  over(doc) {
    return this.edits.reduce((value, { message }) => (message.edit ? predict(value, message.edit) : value), doc);
  }
}
