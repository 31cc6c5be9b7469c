/**
 * Draws a scene: places, arrows and notes inside one element, the world, which the camera moves. Only what
 * changed since the last drawing is touched.
 *
 * @module paint/wall
 */

import { h } from '../dom.js';
import { boxAround } from '../steps/common.js';
import { makeCamera } from './camera.js';
import { boxOfPath, makeLines } from './lines.js';
import { holdersByKey, markOf } from './marks.js';
import { fillNote, markNote, newNote } from './note.js';
import { makePlaces } from './places.js';
import { same } from './same.js';

/** @import { Box, Note, Point, Scene } from '../types.js' */
/** @import { Marks } from './marks.js' */
/** @import { Mark } from './note.js' */

/** When there are more things than this, only those in sight are elements. */
export const MANY = 1500;
/** Below this zoom nobody can read, so that no text is drawn. */
export const UNREADABLE = 0.35;
const SPOKEN = 'wall of sticky notes';
const AROUND = 0.1;
/** How much wider than the sight what is drawn may be, before the rest is taken away again. */
const TOO_MUCH = 4;
const MOST_GLIDING = 80;
const ROOM_OF_LABEL = 400;

/** @typedef {{note: Note, mark: Mark, element: HTMLElement | null, written: Note | null, worn: Mark | null}} Entry */

/**
 * The wall, in an element of its own.
 *
 * @returns {ReturnType<typeof wall>}
 */
export function makeWall() {
  return wall();
}

function wall() {
  const places = makePlaces();
  const lines = makeLines();
  const notes = h('div', { class: 'notes' });
  const world = h('div', { class: 'world' }, places.element, lines.under, notes, lines.over);
  const blank = h('p', { class: 'blank', hidden: true });
  const element = h(
    'div',
    { class: 'wall', tabindex: 0, role: 'application', 'aria-label': 'Wall', 'aria-roledescription': SPOKEN },
    blank,
    world,
  );
  const camera = makeCamera(element, world, () => around(scene));

  /** @type {Map<string, Entry>} */
  const entries = new Map();
  /** @type {Scene} */
  let scene = { notes: [], regions: [], arrows: [], labels: [] };
  /** @type {Map<string, Point>} */
  const lifted = new Map();
  /** @type {Set<string>} keys that have an element even when out of sight */
  let pinned = new Set();
  /** @type {Box | null} what the elements of a large wall cover now */
  let covered = null;
  let far = false;

  /** @param {Entry} entry */
  const place = (entry) => {
    if (!entry.element) return;
    const { x, y, key, kind, shape } = entry.note;
    const by = lifted.get(key);
    const tilt = kind === 'hotspot' && shape === 'paper' ? ' rotate(-4deg)' : '';
    entry.element.style.transform = `translate(${x + (by?.x ?? 0)}px, ${y + (by?.y ?? 0)}px)${tilt}`;
    entry.element.classList.toggle('is-lifted', Boolean(by));
  };

  /**
   * Brings one note's element up to date, making it if need be.
   *
   * @param {Entry} entry
   * @param {DocumentFragment} made takes new elements
   */
  const paint = (entry, made) => {
    const { note, mark } = entry;
    if (!entry.element) made.append((entry.element = newNote(note.key)));
    if (entry.written !== note) {
      fillNote(entry.element, note);
      place(entry);
    }
    if (entry.written !== note || entry.worn !== mark) markNote(entry.element, note, mark);
    entry.written = note;
    entry.worn = mark;
  };

  /** @param {Entry} entry */
  const wipe = (entry) => {
    entry.element?.remove();
    entry.element = entry.written = entry.worn = null;
  };

  const paintAll = () => {
    const made = document.createDocumentFragment();
    const all = scene.notes.length + scene.regions.length + scene.arrows.length + scene.labels.length;
    const near = (covered = all > MANY ? grown(camera.sight, AROUND) : null);
    for (const [key, entry] of entries) {
      if (!near || overlap(entry.note, near) || pinned.has(key) || lifted.has(key)) paint(entry, made);
      else if (entry.element) wipe(entry);
    }
    if (made.hasChildNodes()) notes.append(made);
    const { regions, arrows, labels } = scene;
    places.draw(near ? regions.filter((region) => overlap(region, near) || pinned.has(region.key)) : regions);
    if (!near) return lines.draw(arrows, labels);
    lines.draw(
      arrows.filter((arrow) => overlap(boxOfPath(arrow), near)),
      labels.filter(({ x, y }) => overlap({ x: x - ROOM_OF_LABEL, y, w: 2 * ROOM_OF_LABEL, h: 1 }, near)),
    );
  };

  camera.on(() => {
    if (far !== camera.zoom < UNREADABLE) {
      far = !far;
      world.classList.toggle('is-far', far);
    }
    if (covered && (!contains(covered, camera.sight) || covered.w > TOO_MUCH * camera.sight.w)) paintAll();
  });

  return {
    element,
    world,
    camera,
    /** What is drawn now. */
    get scene() {
      return scene;
    },
    /**
     * Draws a scene with its marks.
     *
     * @param {Scene} next
     * @param {Marks} marks
     */
    draw(next, marks) {
      scene = next;
      const gone = new Set(entries.keys());
      const people = holdersByKey(marks.people);
      let moved = 0;
      for (const note of next.notes) {
        const mark = markOf(note, marks, people);
        const entry = entries.get(note.key);
        gone.delete(note.key);
        if (!entry) {
          entries.set(note.key, { note, mark, element: null, written: null, worn: null });
          continue;
        }
        if (!same(entry.note, note)) {
          if (entry.note.x !== note.x || entry.note.y !== note.y) moved++;
          entry.note = note;
        }
        if (!same(entry.mark, mark)) entry.mark = mark;
      }
      for (const key of gone) {
        wipe(/** @type {Entry} */ (entries.get(key)));
        entries.delete(key);
      }
      notes.classList.toggle('is-gliding', moved > 0 && moved <= MOST_GLIDING);
      places.select(marks.selection);
      blank.hidden = Boolean(next.notes.length || !next.empty);
      blank.textContent = next.empty ?? '';
      paintAll();
    },
    /**
     * The element of a note, or of a place that can take the focus.
     *
     * @param {string} key
     * @returns {HTMLElement | null}
     */
    noteElement: (key) => entries.get(key)?.element ?? places.get(key) ?? null,
    /**
     * Where a note or a place lies.
     *
     * @param {string} key
     * @returns {Note | import('../types.js').Region | null}
     */
    boxOf: (key) => entries.get(key)?.note ?? scene.regions.find((region) => region.key === key) ?? null,
    /**
     * Keeps these notes as elements, in sight or not.
     *
     * @param {Iterable<string>} keys
     */
    pin(keys) {
      const before = pinned;
      pinned = new Set(keys);
      if (covered && [...pinned].some((key) => !before.has(key))) paintAll();
    },
    /**
     * Raises notes off the wall and moves them by a distance, until `settle`.
     *
     * @param {Iterable<string>} keys
     * @param {Point} by
     */
    lift(keys, by) {
      world.classList.add('is-carrying');
      for (const key of keys) {
        lifted.set(key, by);
        const entry = entries.get(key);
        if (entry) place(entry);
      }
    },
    /** Lets go of the notes that are lifted: they lie where the scene says. */
    settle() {
      const keys = [...lifted.keys()];
      lifted.clear();
      world.classList.remove('is-carrying');
      notes.classList.toggle('is-gliding', keys.length > 0 && keys.length <= MOST_GLIDING);
      for (const key of keys) {
        const entry = entries.get(key);
        if (entry) place(entry);
      }
    },
  };
}

/** @typedef {ReturnType<typeof makeWall>} Wall */

/**
 * Whether two boxes have a part in common.
 *
 * @param {Box} one
 * @param {Box} other
 * @returns {boolean}
 */
export function overlap(one, other) {
  return one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;
}

/**
 * All that a scene holds.
 *
 * @param {Scene} scene
 * @returns {Box | null} null when there is nothing
 */
export function around({ notes, regions }) {
  const boxes = [...notes, ...regions];
  return boxes.length ? boxAround(boxes) : null;
}

/**
 * @param {Box} outer
 * @param {Box} inner
 */
function contains(outer, inner) {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.w >= inner.x + inner.w &&
    outer.y + outer.h >= inner.y + inner.h
  );
}

/**
 * @param {Box} box
 * @param {number} share
 */
function grown(box, share) {
  return { x: box.x - box.w * share, y: box.y - box.h * share, w: box.w * (1 + 2 * share), h: box.h * (1 + 2 * share) };
}
