/**
 * Differences between two states of plain data, as the kernel sends them.
 *
 * @module model/delta
 */

/**
 * `set` puts a value at a path (a new key goes before `beforeKey`, else to the end), `del` takes a key away, `splice`
 * replaces items of a list.
 *
 * @typedef {['set', (string | number)[], any] | ['set', (string | number)[], any, string]
 *   | ['del', (string | number)[]] | ['splice', (string | number)[], number, number, any[]]} Op
 */

/**
 * The data after some operations. What they do not touch is shared with the data before, which stays as it was.
 *
 * Keys keep their order, but for keys that are whole numbers: those come first in any object of JavaScript's.
 *
 * @template T
 * @param {T} data
 * @param {Op[]} ops
 * @returns {T}
 * @throws {Error} when an operation does not fit the data; the delta was not made for it then
 */
export function applyDelta(data, ops) {
  const holder = { root: data };
  /** @type {Set<object>} containers copied for this delta, which may be changed in place */
  const own = new Set([holder]);
  for (const [number, op] of asList(ops, 'a delta').entries()) {
    try {
      applyOp(holder, own, op);
    } catch (error) {
      throw new Error(`Operation ${number} of a delta does not fit: ${/** @type {Error} */ (error).message}`);
    }
  }
  return holder.root;
}

/**
 * @param {{root: any}} holder
 * @param {Set<object>} own
 * @param {any} op
 */
function applyOp(holder, own, op) {
  const [kind, path] = asList(op, 'an operation');
  const whole = ['root', ...asList(path, 'a path')];
  if (kind === 'splice') {
    const list = asList(owned(holder, own, whole), 'what is spliced');
    const [, , index, count, items] = op;
    const fits = isIndex(index, list.length + 1) && isIndex(count, list.length - index + 1);
    if (!fits) throw new Error(`${index} and ${count} are not a stretch of ${list.length} items`);
    list.splice(index, count, ...asList(items, 'new items'));
    return;
  }
  const key = whole.pop();
  const container = owned(holder, own, whole);
  if (kind === 'set') setKey(holder, own, whole, container, key, op[2], op[3]);
  else if (kind === 'del') deleteKey(container, key);
  else throw new Error(`the kind ${JSON.stringify(kind)} is not known`);
}

/**
 * The container at a path, which may be changed: it and all above it are copied on the first visit.
 *
 * @param {any} holder
 * @param {Set<object>} own
 * @param {(string | number)[]} path
 * @returns {any}
 */
function owned(holder, own, path) {
  let container = holder;
  for (const key of path) {
    if (!has(container, key)) throw new Error(`there is nothing at ${JSON.stringify(path.slice(1))}`);
    let inner = container[key];
    if (inner === null || typeof inner !== 'object') throw new Error(`${JSON.stringify(key)} holds no keys or items`);
    if (!own.has(inner)) {
      inner = Array.isArray(inner) ? [...inner] : { ...inner };
      own.add(inner);
      put(container, key, inner);
    }
    container = inner;
  }
  return container;
}

/**
 * @param {any} holder
 * @param {Set<object>} own
 * @param {(string | number)[]} path of the container
 * @param {any} container
 * @param {any} key
 * @param {any} value
 * @param {string | undefined} before
 */
function setKey(holder, own, path, container, key, value, before) {
  if (value === undefined) throw new Error('a value is missing');
  if (Array.isArray(container) || has(container, key) || before === undefined || !has(container, before)) {
    if (Array.isArray(container) && !has(container, key)) throw new Error(`there is no item ${JSON.stringify(key)}`);
    put(container, key, value);
    return;
  }
  const entries = Object.entries(container);
  entries.splice(
    entries.findIndex(([one]) => one === before),
    0,
    [String(key), value],
  );
  const ordered = Object.fromEntries(entries);
  own.add(ordered);
  put(owned(holder, own, path.slice(0, -1)), /** @type {any} */ (path.at(-1)), ordered);
}

/**
 * @param {any} container
 * @param {any} key
 */
function deleteKey(container, key) {
  if (!has(container, key)) throw new Error(`there is no ${JSON.stringify(key)} to take away`);
  if (Array.isArray(container)) container.splice(key, 1);
  else delete container[key];
}

/**
 * Puts a value under a key of the container itself, whatever the key is called.
 *
 * @param {any} container
 * @param {string | number} key
 * @param {any} value
 */
function put(container, key, value) {
  Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

/**
 * @param {any} container
 * @param {any} key
 * @returns {boolean} whether the container itself has this key or item
 */
function has(container, key) {
  if (Array.isArray(container)) return isIndex(key, container.length);
  return (typeof key === 'string' || typeof key === 'number') && Object.hasOwn(container, key);
}

/**
 * @param {any} value
 * @param {number} length
 * @returns {boolean}
 */
function isIndex(value, length) {
  return Number.isInteger(value) && value >= 0 && value < length;
}

/**
 * @param {any} value
 * @param {string} what
 * @returns {any[]}
 */
function asList(value, what) {
  if (!Array.isArray(value)) throw new Error(`${what} is a list, not ${JSON.stringify(value)?.slice(0, 40)}`);
  return value;
}
