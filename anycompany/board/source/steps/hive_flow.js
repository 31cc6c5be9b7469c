/**
 * Rows of boxes of different sizes, as near to the shape of a screen as they get, each row as full as the others.
 *
 * @module steps/hive_flow
 */

/** @typedef {import('../types.js').Box} Box */
/** @typedef {{w: number, h: number}} Size */

/**
 * The widths that a wall may have: a coarse ladder, so that a little more content does not rearrange everything.
 *
 * @param {number} rung
 */
const widthOf = (rung) => 600 * 1.3 ** rung;

/**
 * Puts boxes in rows from left to right, in their order.
 *
 * @param {Size[]} sizes
 * @param {{gap: number, rowGap?: number, aspect?: number, fill?: 'height' | 'both'}} how `aspect` is width by height
 *   that is wished for; `fill` makes the boxes of a row as high as the highest, and also the rows as wide as the widest
 * @returns {{boxes: Box[], w: number, h: number}} boxes from 0, 0
 */
export function inRows(sizes, { gap, rowGap = gap, aspect = 1.7, fill }) {
  const rows = chosenRows(sizes, gap, rowGap, aspect);
  const widths = rows.map((row) =>
    rowWidth(
      row.map((index) => sizes[index].w),
      gap,
    ),
  );
  const w = Math.max(0, ...widths);
  /** @type {Box[]} */
  const boxes = [];
  let y = 0;
  rows.forEach((row, number) => {
    const h = Math.max(...row.map((index) => sizes[index].h));
    const own = widths[number] - gap * (row.length - 1);
    const share = fill === 'both' && own > 0 ? (w - widths[number]) / own : 0;
    let x = 0;
    for (const index of row) {
      const width = Math.round(sizes[index].w * (1 + share));
      boxes[index] = { x, y, w: width, h: fill ? h : sizes[index].h };
      x += width + gap;
    }
    y += h + rowGap;
  });
  return { boxes, w, h: Math.max(0, y - rowGap) };
}

/**
 * The rows that can be shown largest on a screen of the wished shape; of equals those with fewer rows.
 *
 * @param {Size[]} sizes
 * @param {number} gap
 * @param {number} rowGap
 * @param {number} aspect
 * @returns {number[][]} the indices of each row
 */
function chosenRows(sizes, gap, rowGap, aspect) {
  if (!sizes.length) return [];
  const widest = sizes.reduce((most, size) => Math.max(most, size.w), 0);
  const all = rowWidth(
    sizes.map((size) => size.w),
    gap,
  );
  const limits = [all];
  for (let rung = 0; widthOf(rung) < all; rung++) if (widthOf(rung) >= widest) limits.push(widthOf(rung));
  if (widest < all) limits.push(widest);
  let best = { rows: /** @type {number[][]} */ ([]), extent: Infinity };
  for (const limit of limits) {
    const rows = evened(sizes, gap, limit, widest);
    const w = Math.max(
      ...rows.map((row) =>
        rowWidth(
          row.map((index) => sizes[index].w),
          gap,
        ),
      ),
    );
    const h = rows.reduce((sum, row) => sum + Math.max(...row.map((index) => sizes[index].h)) + rowGap, -rowGap);
    const extent = Math.max(w / aspect, h);
    if (extent < best.extent * 0.98 || (extent <= best.extent && rows.length < best.rows.length))
      best = { rows, extent };
  }
  return best.rows;
}

/**
 * As many rows as the limit asks for, in the least width that needs no more.
 *
 * @param {Size[]} sizes
 * @param {number} gap
 * @param {number} limit
 * @param {number} widest
 */
function evened(sizes, gap, limit, widest) {
  const most = rowsWithin(sizes, gap, limit).length;
  let [low, high] = [widest, limit];
  while (high - low > 8) {
    const middle = (low + high) / 2;
    if (rowsWithin(sizes, gap, middle).length > most) low = middle;
    else high = middle;
  }
  return rowsWithin(sizes, gap, high);
}

/**
 * @param {Size[]} sizes
 * @param {number} gap
 * @param {number} limit
 */
function rowsWithin(sizes, gap, limit) {
  /** @type {number[][]} */
  const rows = [];
  let used = Infinity;
  sizes.forEach((size, index) => {
    if (used + gap + size.w > limit + 0.5) {
      rows.push([]);
      used = -gap;
    }
    rows[rows.length - 1].push(index);
    used += gap + size.w;
  });
  return rows;
}

/**
 * @param {number[]} widths
 * @param {number} gap
 */
function rowWidth(widths, gap) {
  return widths.reduce((sum, width) => sum + width + gap, -gap);
}
