/**
 * Lines between two rows of things that never run along each other: each goes straight from its end to a track of its
 * own in the channel between the rows, along the track, and straight on to its other end.
 *
 * @module steps/bus_tracks
 */

const APART = 10;
const CORNER = 7;

/**
 * A line to be routed: from `from` in the row by the bus to `to` in the other row.
 *
 * @typedef {{from: number, to: number, track: number}} Run x of both ends; `track` is -1 for a straight one
 */

/**
 * Gives each run a track, as few tracks as can be, so that no two runs on one track touch.
 *
 * @param {Run[]} runs
 * @returns {number} how many tracks
 */
export function assignTracks(runs) {
  const bent = runs.filter((run) => Math.abs(run.from - run.to) >= 1);
  for (const run of runs) run.track = -1;
  bent.sort(
    (a, b) => Math.min(a.from, a.to) - Math.min(b.from, b.to) || Math.abs(a.from - a.to) - Math.abs(b.from - b.to),
  );
  /** @type {number[]} where the last run of each track ends */
  const ends = [];
  for (const run of bent) {
    const start = Math.min(run.from, run.to);
    let track = ends.findIndex((end) => end + APART <= start);
    if (track < 0) track = ends.length;
    ends[track] = Math.max(run.from, run.to);
    run.track = track;
  }
  return ends.length;
}

/**
 * Places on one side of a thing for its lines: evenly apart, in the order given, on the lattice of multiples of
 * eight (or half-way between them), so that lines of the two rows never lie on each other.
 *
 * @param {number} from where the places may begin
 * @param {number} to where they end
 * @param {number} count
 * @param {{shifted?: boolean, prefer?: number}} [options] `shifted`: half-way between them; `prefer`: near this x
 * @returns {number[]}
 */
export function ports(from, to, count, { shifted = false, prefer = (from + to) / 2 } = {}) {
  if (!count) return [];
  const step = Math.max(0, Math.min(16, (to - from) / Math.max(1, count - 1)));
  const width = step * (count - 1);
  const start = Math.min(Math.max(prefer - width / 2, from), to - width);
  return Array.from({ length: count }, (_, index) => {
    const x = start + index * step;
    return shifted ? Math.floor(x / 8) * 8 + 4 : Math.round(x / 8) * 8;
  });
}

/**
 * A path through points that lie straight above or beside each other, with round corners.
 *
 * @param {[number, number][]} points
 * @returns {string} SVG path data, ending with a straight line
 */
export function roundedPath(points) {
  const corners = points.filter(
    (point, index) =>
      index === 0 || index === points.length - 1 || !inLine(points[index - 1], point, points[index + 1]),
  );
  let d = `M ${corners[0].join(' ')}`;
  for (let index = 1; index < corners.length - 1; index++) {
    const [before, here, after] = [corners[index - 1], corners[index], corners[index + 1]];
    const radius = Math.min(CORNER, length(before, here) / 2, length(here, after) / 2);
    d += ` L ${towards(here, before, radius)} Q ${here.join(' ')} ${towards(here, after, radius)}`;
  }
  return `${d} L ${corners[corners.length - 1].join(' ')}`;
}

/**
 * @param {[number, number]} a
 * @param {[number, number]} b
 * @param {[number, number]} c
 */
function inLine(a, b, c) {
  return (a[0] === b[0] && b[0] === c[0]) || (a[1] === b[1] && b[1] === c[1]);
}

/**
 * @param {[number, number]} a
 * @param {[number, number]} b
 */
function length(a, b) {
  return Math.abs(a[0] - b[0]) + Math.abs(a[1] - b[1]);
}

/**
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @param {number} distance
 */
function towards(from, to, distance) {
  const x = from[0] + Math.sign(to[0] - from[0]) * distance;
  const y = from[1] + Math.sign(to[1] - from[1]) * distance;
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

/**
 * @template T
 * @param {T[]} things
 * @param {(thing: T) => string} by
 * @returns {Map<string, T[]>}
 */
export function grouped(things, by) {
  /** @type {Map<string, T[]>} */
  const groups = new Map();
  for (const thing of things) {
    const group = groups.get(by(thing));
    if (group) group.push(thing);
    else groups.set(by(thing), [thing]);
  }
  return groups;
}
