/**
 * Which ground of the wall is taken: boxes in a coarse grid, so that a free place is found quickly among thousands.
 *
 * @module steps/ground
 */

/** @typedef {import('../types.js').Box} Box */

/**
 * @typedef {{isFree(box: Box): boolean, take(box: Box): void}} Ground
 *   `isFree`: nothing taken overlaps the box
 */

const CELL = 192;
const MOST_CELLS = 400;
/** More rows of cells than any wall has, so that every cell has a number of its own. */
const ROWS = 1e6;

/**
 * @param {Iterable<Box>} boxes that are taken from the beginning
 * @returns {Ground}
 */
export function makeGround(boxes) {
  /** @type {Map<number, Box[]>} */
  const cells = new Map();
  /** @type {Box[]} boxes so large that they are looked at every time */
  const large = [];

  /** @param {Box} box */
  const take = (box) => {
    const keys = cellsOf(box);
    if (keys.length > MOST_CELLS) {
      large.push(box);
      return;
    }
    for (const key of keys) {
      const cell = cells.get(key);
      if (cell) cell.push(box);
      else cells.set(key, [box]);
    }
  };

  for (const box of boxes) take(box);
  return {
    take,
    isFree: (box) =>
      !large.some((other) => overlap(box, other)) &&
      cellsOf(box).every((key) => !cells.get(key)?.some((other) => overlap(box, other))),
  };
}

/**
 * Whether two boxes share any ground.
 *
 * @param {Box} one
 * @param {Box} other
 * @returns {boolean}
 */
export function overlap(one, other) {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
}

/**
 * @param {Box} box
 * @returns {number[]} the cells that a box touches
 */
function cellsOf(box) {
  /** @type {number[]} */
  const keys = [];
  const [right, bottom] = [Math.floor((box.x + box.w) / CELL), Math.floor((box.y + box.h) / CELL)];
  for (let column = Math.floor(box.x / CELL); column <= right; column++) {
    for (let row = Math.floor(box.y / CELL); row <= bottom; row++) keys.push(column * ROWS + row);
    if (keys.length > MOST_CELLS) return keys;
  }
  return keys;
}
