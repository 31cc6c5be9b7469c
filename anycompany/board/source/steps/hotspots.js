/**
 * Where hot spots lie: beside what they are about, in the first free place around it; those about nothing on a
 * shelf at the left bottom. On a wall where notes lie freely their own positions win.
 *
 * @module steps/hotspots
 */

import { makeGround } from './ground.js';
import { pointOf } from './places.js';
import { counted, shortened } from './naming.js';

/**
 * @typedef {import('../types.js').Box} Box
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Drop} Drop
 * @typedef {import('../types.js').Note} Note
 * @typedef {import('../types.js').Point} Point
 * @typedef {import('../types.js').Scene} Scene
 */

const SIZE = { w: 144, h: 102 };
const APART = 14;
/** How far above what it is about a hot spot may lie when something stands between, tried in steps. */
const FARTHEST_ABOVE = 250;
const CLIMB = 24;

/** The sections whose things a hot spot may be about, in the order in which an id is looked for. */
const SECTIONS = ['events', 'policies', 'entities', 'contexts', 'services', 'listeners', 'contracts', 'triggers'];

/**
 * The hot spots as notes, laid beside the notes of a scene that they are about.
 *
 * @param {Doc} doc
 * @param {Scene} scene with everything else already in it
 * @param {Box[]} [taken] other ground to be kept free
 * @returns {Note[]} to be added to the scene's notes
 */
export function hotspotNotes(doc, scene, taken = []) {
  const hotspots = Object.entries(doc.hotspots ?? {});
  if (!hotspots.length) return [];
  const ground = makeGround([...scene.notes, ...labelBoxes(scene), ...titleBoxes(scene), ...taken]);
  const anchors = anchorsOf(scene);
  const shelf = shelfOf(scene);
  return hotspots.map(([id, hotspot]) => {
    const about = hotspot.about ? anchorFor(anchors, hotspot.about) : undefined;
    const own = scene.free ? pointOf(doc.board?.notes?.[`hotspots/${id}`]) : null;
    const corner = own ?? (about ? beside(about, ground) : nextOnShelf(shelf, ground));
    const box = { ...corner, ...SIZE };
    ground.take(box);
    return noteOf(id, hotspot, box, about);
  });
}

/**
 * Where hot spots in the hand may go: onto a note, to be about it; or onto free wall at the left bottom, to be about
 * nothing in particular.
 *
 * @param {Doc} doc
 * @param {Scene} scene
 * @param {string[]} keys of the notes in the hand
 * @returns {Drop[]} none if what is in the hand is not hot spots alone
 */
export function hotspotDrops(doc, scene, keys) {
  const held = keys.map((key) => key.replace(/^hotspots\//, ''));
  if (!keys.length || !held.every((id) => doc.hotspots?.[id])) return [];
  const those = held.length > 1 ? 'these hot spots' : 'this hot spot';
  /** @param {string | null} about */
  const edits = (about) => held.map((id) => ({ kind: 'change', of: 'hotspots', id, keys: { about } }));
  const drops = scene.notes
    .filter((note) => note.ref === note.key && SECTIONS.includes(note.key.split('/')[0]))
    .map((note) => ({
      key: `about ${note.key}`,
      box: boxOf(note),
      words: `Let ${those} be about “${shortened(note.text)}”`,
      edits: edits(note.key.slice(note.key.indexOf('/') + 1)),
    }));
  const shelf = shelfOf(scene);
  const free = { x: shelf.x, y: shelf.y - APART, w: 5 * SIZE.w, h: SIZE.h + 2 * APART };
  return [
    { key: 'about nothing', box: free, words: `Let ${those} be about the whole storm`, edits: edits(null) },
    ...drops,
  ];
}

/**
 * @param {string} id
 * @param {{text: string, about?: string, votes?: string[], owner?: string}} hotspot
 * @param {Box} box
 * @param {Note | undefined} about
 * @returns {Note}
 */
function noteOf(id, hotspot, box, about) {
  const votes = hotspot.votes?.length ?? 0;
  const owner = hotspot.owner && `owner ${hotspot.owner}`;
  const said = [`Hot spot: ${hotspot.text}`, about && `about ${about.text}`, owner, votes && counted(votes, 'vote')];
  return {
    ...box,
    key: `hotspots/${id}`,
    ref: `hotspots/${id}`,
    kind: 'hotspot',
    shape: 'paper',
    tag: 'hot spot',
    text: hotspot.text,
    votes,
    ...(hotspot.owner && { lines: [shortened(hotspot.owner, 20)] }),
    says: said.filter(Boolean).join(', '),
  };
}

/**
 * The notes and regions by what they show, so that the thing a hot spot is about is found at once.
 *
 * @param {Scene} scene
 * @returns {Map<string, Note>}
 */
function anchorsOf(scene) {
  const found = new Map();
  for (const region of scene.regions) {
    if (region.ref) found.set(region.ref, { ...region, text: region.title ?? '' });
  }
  for (const note of scene.notes) if (note.ref && !found.has(note.ref)) found.set(note.ref, note);
  return found;
}

/**
 * @param {Map<string, Note>} anchors
 * @param {string} id
 * @returns {Note | undefined}
 */
function anchorFor(anchors, id) {
  for (const section of SECTIONS) {
    const found = anchors.get(`${section}/${id}`);
    if (found) return found;
  }
  return undefined;
}

/**
 * The first free place around a box: above, below, farther above, at the right, at the left; else over its lower
 * right corner.
 *
 * @param {Box} box
 * @param {import('./ground.js').Ground} ground
 * @returns {Point}
 */
function beside(box, ground) {
  const x = box.x + (box.w - SIZE.w) / 2 + 10;
  const above = [];
  for (let distance = APART; distance <= FARTHEST_ABOVE; distance += CLIMB)
    above.push({ x, y: box.y - SIZE.h - distance });
  const [nearest, ...farther] = above;
  const places = [
    nearest,
    { x, y: box.y + box.h + APART },
    ...farther,
    { x: box.x + box.w + APART, y: box.y + (box.h - SIZE.h) / 2 },
    { x: box.x - SIZE.w - APART, y: box.y + (box.h - SIZE.h) / 2 },
  ];
  return (
    places.find((place) => ground.isFree({ ...place, ...SIZE })) ?? { x: box.x + box.w - 40, y: box.y + box.h - 20 }
  );
}

/**
 * @param {Scene} scene
 * @returns {Point} where the shelf of hot spots about nothing begins
 */
function shelfOf(scene) {
  let [left, bottom] = [Infinity, 0];
  for (const box of [...scene.regions, ...scene.notes]) {
    left = Math.min(left, box.x);
    bottom = Math.max(bottom, box.y + box.h);
  }
  return { x: Number.isFinite(left) ? left : 0, y: bottom + 40 };
}

/**
 * @param {Point} shelf moves on to the place after
 * @param {import('./ground.js').Ground} ground
 * @returns {Point}
 */
function nextOnShelf(shelf, ground) {
  while (!ground.isFree({ x: shelf.x, y: shelf.y, ...SIZE })) shelf.x += SIZE.w + APART;
  const corner = { ...shelf };
  shelf.x += SIZE.w + APART;
  return corner;
}

/**
 * The room that words on the wall take, roughly.
 *
 * @param {Scene} scene
 * @returns {Box[]}
 */
function labelBoxes(scene) {
  return scene.labels.map((label) => {
    const size = label.size ?? 14;
    const w = 0.55 * size * Math.min(label.text.length, 60);
    const x = label.anchor === 'middle' ? label.x - w / 2 : label.anchor === 'end' ? label.x - w : label.x;
    return { x, y: label.y - size, w, h: 1.3 * size };
  });
}

/**
 * The room that the titles of places take, roughly.
 *
 * @param {Scene} scene
 * @returns {Box[]}
 */
function titleBoxes(scene) {
  return scene.regions
    .filter((region) => region.title)
    .map(({ x, y, w, title = '', subtitle = '' }) => ({
      x,
      y,
      w: Math.min(w, 40 + 8 * Math.max(title.length, subtitle.length)),
      h: subtitle ? 52 : 36,
    }));
}

/** @param {Box} box @returns {Box} */
function boxOf({ x, y, w, h }) {
  return { x, y, w, h };
}
