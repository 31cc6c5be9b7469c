/**
 * Questions to the kernel, and their answers.
 *
 * @module sync/questions
 */

const SECONDS_TO_ANSWER = 15;

/** Questions that are open. */
export class Questions {
  /** @param {(message: object) => void} send */
  constructor(send) {
    this.send = send;
    this.asked = 0;
    /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void, timer: any}>} */
    this.open = new Map();
  }

  /**
   * @param {string} question
   * @param {object} about
   * @returns {Promise<any>} rejects with a sentence for people
   */
  ask(question, about) {
    const n = ++this.asked;
    return new Promise((resolve, reject) => {
      const late = 'The kernel does not answer. It may be busy with a cell: try again when that is done.';
      const timer = setTimeout(() => this.#close(n)?.reject(new Error(late)), SECONDS_TO_ANSWER * 1000);
      this.open.set(n, { resolve, reject, timer });
      this.send({ type: 'ask', n, question, about });
    });
  }

  /** @param {any} answer */
  hear({ n, ok, value, why }) {
    const one = this.#close(n);
    if (ok) one?.resolve(value);
    else one?.reject(new Error(String(why || 'The kernel has no answer to that.')));
  }

  /** @param {string} why a sentence for people */
  refuseAll(why) {
    for (const n of [...this.open.keys()]) this.#close(n)?.reject(new Error(why));
  }

  /** @param {number} n */
  #close(n) {
    const one = this.open.get(n);
    clearTimeout(one?.timer);
    this.open.delete(n);
    return one;
  }
}
