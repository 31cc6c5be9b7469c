/**
 * A listener's filter on the detail of its events: read as words, and refused when EventBridge would refuse it.
 *
 * @module steps/bus_filter
 */

const MOST_PARTS = 3;

/**
 * A filter in a few words, such as `amount > 10000`.
 *
 * @param {any} where event pattern over detail
 * @returns {string} empty when there is no filter
 */
export function filterWords(where) {
  const parts = partsOf(where, '').slice(0, MOST_PARTS + 1);
  return parts.length > MOST_PARTS ? `${parts.slice(0, MOST_PARTS).join(', ')}, …` : parts.join(', ');
}

/**
 * A filter as EventBridge takes it; an Error says in words what is wrong with it.
 *
 * @param {any} where
 * @returns {object | null} null for none
 */
export function checkedFilter(where) {
  if (where === null || where === undefined || where === '') return null;
  if (!isObject(where)) throw new Error('A filter is a JSON object, such as {"amount": [{"numeric": [">", 100]}]}.');
  if (!Object.keys(where).length) return null;
  checkInner(where);
  return where;
}

/** @param {Record<string, any>} where */
function checkInner(where) {
  for (const [name, condition] of Object.entries(where)) {
    if (isObject(condition)) {
      checkInner(condition);
    } else if (!Array.isArray(condition)) {
      throw new Error(
        `In an event pattern “${name}” takes a list of values: write {"${name}": [${JSON.stringify(condition)}]}.`,
      );
    } else if (!condition.length) {
      throw new Error(
        `“${name}” has an empty list, which nothing matches. Say what it may be, or leave “${name}” out.`,
      );
    }
  }
}

/**
 * @param {any} where
 * @param {string} path
 * @returns {string[]}
 */
function partsOf(where, path) {
  if (!isObject(where)) return [];
  return Object.entries(where).flatMap(([name, condition]) => {
    if (name === '$or') {
      const ways = Array.isArray(condition) ? condition.map((one) => partsOf(one, path).join(' and ')) : [];
      return ways.length ? [ways.join(' or ')] : [];
    }
    const field = path ? `${path}.${name}` : name;
    return Array.isArray(condition) ? [`${field} ${conditionWords(condition)}`] : partsOf(condition, field);
  });
}

/** @param {any[]} conditions any of which is enough */
function conditionWords(conditions) {
  const literal = conditions.every((one) => !isObject(one));
  if (literal) return `is ${conditions.slice(0, 4).map(text).join(' or ')}${conditions.length > 4 ? ' or …' : ''}`;
  return conditions.slice(0, 3).map(oneCondition).join(' or ');
}

/** @param {any} condition */
function oneCondition(condition) {
  if (!isObject(condition)) return `is ${text(condition)}`;
  const [operator, operand] = Object.entries(condition)[0] ?? ['', ''];
  if (operator === 'numeric' && Array.isArray(operand)) {
    /** @type {string[]} */
    const bounds = [];
    for (let index = 0; index < operand.length; index += 2)
      bounds.push(`${operand[index]} ${text(operand[index + 1])}`);
    return bounds.join(' and ');
  }
  if (operator === 'exists') return operand ? 'is there' : 'is missing';
  const verbs = /** @type {Record<string, string>} */ ({
    prefix: 'begins with',
    suffix: 'ends with',
    'anything-but': 'is not',
    'equals-ignore-case': 'is',
    wildcard: 'is like',
    cidr: 'is within',
  });
  return `${verbs[operator] ?? operator} ${Array.isArray(operand) ? operand.map(text).join(' or ') : text(operand)}`;
}

/** @param {any} value */
function text(value) {
  return typeof value === 'string' ? `“${value.slice(0, 40)}”` : (JSON.stringify(value)?.slice(0, 40) ?? '');
}

/** @param {any} value @returns {value is Record<string, any>} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
