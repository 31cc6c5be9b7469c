/**
 * Messages for this tab alone on a line that other browsers hear too; see `anycompany/board/sealing.py`.
 *
 * @module sync/sealing
 */

const ROUNDS = 64;
const BLOCK = 64;

/** The constants of SHA-256 (FIPS 180-4): roots of the first primes. */
const { STARTS, ADDED } = constants();

/** @returns {string} a fresh key, 64 hexadecimal digits */
export function freshKey() {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(32));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The message that was sealed with a key.
 *
 * @param {{nonce: string, text: string}} sealed
 * @param {string} key
 * @returns {any}
 */
export function unsealed({ nonce, text }, key) {
  const closed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const start = new Uint8Array([...bytesOf(key), ...bytesOf(nonce), 0, 0, 0, 0]);
  const counter = new DataView(start.buffer);
  for (let at = 0; at < closed.length; at += 32) {
    counter.setUint32(start.length - 4, at / 32);
    const mixed = sha256(start);
    for (let index = 0; index < 32 && at + index < closed.length; index += 1) closed[at + index] ^= mixed[index];
  }
  return JSON.parse(new TextDecoder().decode(closed));
}

/**
 * @param {string} digits
 * @returns {number[]}
 */
function bytesOf(digits) {
  return (digits.match(/../g) ?? []).map((pair) => parseInt(pair, 16));
}

/**
 * The SHA-256 of some bytes.
 *
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
export function sha256(bytes) {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / BLOCK) * BLOCK);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const state = Uint32Array.from(STARTS);
  const words = new Uint32Array(ROUNDS);
  for (let at = 0; at < padded.length; at += BLOCK) {
    for (let round = 0; round < ROUNDS; round += 1) {
      words[round] = round < 16 ? view.getUint32(at + 4 * round) : expanded(words, round);
    }
    compress(state, words);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, index) => digest.setUint32(4 * index, word));
  return new Uint8Array(digest.buffer);
}

/**
 * @param {Uint32Array} words
 * @param {number} round
 */
function expanded(words, round) {
  const [early, late] = [words[round - 15], words[round - 2]];
  const one = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
  const other = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
  return words[round - 16] + one + words[round - 7] + other;
}

/**
 * @param {Uint32Array} state
 * @param {Uint32Array} words
 */
function compress(state, words) {
  let [a, b, c, d, e, f, g, i] = state;
  for (let round = 0; round < ROUNDS; round += 1) {
    const high = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (i + high + ((e & f) ^ (~e & g)) + ADDED[round] + words[round]) | 0;
    const low = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const second = (low + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [i, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, i].forEach((word, index) => (state[index] += word));
}

/**
 * @param {number} word
 * @param {number} by
 */
function turned(word, by) {
  return (word >>> by) | (word << (32 - by));
}

/** @returns {{STARTS: number[], ADDED: Uint32Array}} */
function constants() {
  /** @type {number[]} */
  const primes = [];
  for (let number = 2; primes.length < ROUNDS; number += 1) {
    if (primes.every((prime) => number % prime)) primes.push(number);
  }
  const fraction = (/** @type {number} */ root) => Math.floor((root - Math.floor(root)) * 0x100000000) >>> 0;
  return {
    STARTS: primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime))),
    ADDED: Uint32Array.from(primes, (prime) => fraction(Math.cbrt(prime))),
  };
}
