/**
 * What goes along at step 5: a hexagon takes its whole hive, the title of a context takes all that is in its place.
 *
 * @module steps/contexts_carries
 */

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Note} Note */
/** @typedef {import('../types.js').Scene} Scene */

/**
 * The notes in the hand when these are dragged.
 *
 * @param {Scene} scene
 * @param {string[]} keys
 * @returns {string[]} these first, then what goes along
 */
export function contextsCarries(scene, keys) {
  const carried = new Set(keys);
  for (const note of scene.notes.filter((one) => keys.includes(one.key))) {
    const room = roomAround(scene, note);
    if (!room) continue;
    for (const other of scene.notes) if (other.kind !== 'hotspot' && within(other, room)) carried.add(other.key);
  }
  return [...carried];
}

/**
 * The hive of a hexagon or of an entity's title, the place of a context's title.
 *
 * @param {Scene} scene
 * @param {Note} note
 * @returns {Box | undefined}
 */
function roomAround(scene, note) {
  if (note.kind === 'hotspot') return undefined;
  if (note.key.startsWith('contexts/')) return scene.regions.find(({ key }) => key === `context/${note.key.slice(9)}`);
  return scene.regions.find((region) => region.kind === 'hive' && within(note, region));
}

/**
 * @param {Box} box
 * @param {Box} around
 */
function within(box, around) {
  const [x, y] = [box.x + box.w / 2, box.y + box.h / 2];
  return x > around.x && x < around.x + around.w && y > around.y && y < around.y + around.h;
}
