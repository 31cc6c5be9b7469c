/**
 * Step 4, entities: the beehive. Every entity is a hive of the events that happen to it; what is in none lies on
 * a shelf.
 *
 * @module steps/entities
 */

import { entityEvents, homeless, titleOf } from '../model/reading.js';
import { GAP, HEX, hexFor, hotspotNotes } from './common.js';
import { entitiesActions } from './entities_actions.js';
import { entitiesDrops } from './entities_drops.js';
import { newEntity } from './entities_edits.js';
import { chipWidth, roomOfHive, rowsOfCells, withinHive } from './hive.js';
import { inRows } from './hive_flow.js';
import { counted } from './naming.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Scene} Scene */
/** @typedef {import('../types.js').Step} Step */

const GHOST_SIZE = { w: HEX.w + 2 * GAP + 40, h: HEX.h + 3 * GAP + 24 };
const SHELF_HEAD = 64;
const EMPTY_SHELF = 236;

/** @type {Step} */
export const entities = {
  number: 4,
  short: 'Entities',
  question: 'Which thing of the business does each event happen to?',
  hint: 'Read the nouns: events that share one often share a home. Drag each into its hive.',
  placeholder: 'Name an entity, such as Payment, and press Enter',
  scene,
  drops: entitiesDrops,
  actions: entitiesActions,
  typed(doc, text, near) {
    const event = near?.startsWith('events/') ? near.slice(7).split('#')[0] : null;
    return newEntity(doc, text, event && homeless(doc).includes(event) ? [event] : []);
  },
};

/**
 * @param {Doc} doc
 * @param {import('../types.js').Insight} _insight
 * @returns {Scene}
 */
function scene(doc, _insight) {
  /** @type {Scene} */
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  const ids = Object.keys(doc.entities ?? {});
  const nothing = !ids.length && !Object.keys(doc.events ?? {}).length;
  const hives = ids.map((id) => hiveOf(doc, id));
  const { boxes } = inRows([...hives.map((hive) => hive.room), GHOST_SIZE], { gap: GAP, fill: 'height' });
  /** @type {Set<string>} */
  const seen = new Set();
  hives.forEach((hive, index) => drawHive(drawn, doc, hive, boxes[index], seen));
  if (nothing) {
    drawn.empty = 'There are no events yet. Write down what happens in step 1, Discover, then group it here.';
    return drawn;
  }
  drawn.regions.push({
    ...boxes[ids.length],
    key: 'new-hive',
    kind: 'hive',
    dashed: true,
    title: 'New entity',
    subtitle: 'Drop events here',
  });
  drawShelf(drawn, doc, homeless(doc));
  drawn.notes.push(...hotspotNotes(doc, drawn));
  return drawn;
}

/**
 * @param {Doc} doc
 * @param {string} id
 */
function hiveOf(doc, id) {
  const events = entityEvents(doc, id).filter((event) => doc.events?.[event]);
  const title = titleOf(doc, `entities/${id}`);
  return { id, events, title, room: roomOfHive(events.length, chipWidth(title)) };
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {ReturnType<typeof hiveOf>} hive
 * @param {Box} room
 * @param {Set<string>} seen events that are drawn already: another mention gets a key of its own
 */
function drawHive(drawn, doc, hive, room, seen) {
  const { id, events, title } = hive;
  const ref = `entities/${id}`;
  const within = withinHive(room, events.length, chipWidth(title));
  drawn.regions.push({ ...room, key: `hive/${id}`, kind: 'hive' });
  drawn.notes.push({
    ...within.title,
    key: ref,
    ref,
    kind: 'aggregate',
    shape: 'chip',
    text: title,
    tag: 'entity',
    says: `Entity ${title}, ${events.length ? counted(events.length, 'event') : 'no events yet'}`,
  });
  events.forEach((event, index) => {
    const twice = seen.has(event);
    seen.add(event);
    const note = hexFor(doc, event);
    drawn.notes.push({
      ...note,
      ...within.cells[index],
      w: HEX.w,
      h: HEX.h,
      key: twice ? `events/${event}#${id}` : `events/${event}`,
      ref: `events/${event}`,
      says: `${note.says}, in entity ${title}${twice ? ', and in another one too' : ''}`,
    });
  });
  if (!events.length) {
    drawn.labels.push({
      key: `hive/${id}/none`,
      x: room.x + room.w / 2,
      y: room.y + room.h / 2 + 20,
      text: 'No events yet',
      size: 12.5,
      tone: 'soft',
      anchor: 'middle',
    });
  }
}

/**
 * Homeless events lie left of the hives, so that no hive moves when the shelf grows or empties.
 *
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {readonly string[]} events
 */
function drawShelf(drawn, doc, events) {
  const columns = events.length > 120 ? 10 : events.length > 24 ? 6 : 3;
  const { cells, w, h } = rowsOfCells(Math.max(events.length, 1), columns);
  const width = events.length ? Math.max(w, rowsOfCells(3, 3).w) + 2 * GAP : EMPTY_SHELF;
  const shelf = { x: -width - 2 * GAP, y: 0, w: width, h: (events.length ? h : 24) + SHELF_HEAD + GAP };
  drawn.regions.push({
    ...shelf,
    key: 'shelf',
    kind: 'shelf',
    dashed: true,
    title: `Homeless: ${counted(events.length, 'event')}`,
    subtitle: events.length ? 'Drag each onto what it happens to' : 'Every event has an entity',
  });
  events.forEach((event, index) => {
    const note = hexFor(doc, event);
    drawn.notes.push({
      ...note,
      x: shelf.x + GAP + cells[index].x,
      y: shelf.y + SHELF_HEAD + cells[index].y,
      w: HEX.w,
      h: HEX.h,
      key: `events/${event}`,
      ref: `events/${event}`,
      says: `${note.says}, in no entity`,
    });
  });
}
