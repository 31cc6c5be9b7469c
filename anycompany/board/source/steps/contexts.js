/**
 * Step 5, bounded contexts: places with an owner, their entities in them as hives, and in red what crosses a border.
 *
 * @module steps/contexts
 */

import { contextOf, entityOf, titleOf } from '../model/reading.js';
import { HEX, hexFor, hotspotNotes } from './common.js';
import { contextsActions } from './contexts_actions.js';
import { crossingArrows, waysBetween } from './contexts_crossings.js';
import { contextsCarries } from './contexts_carries.js';
import { contextsDrops } from './contexts_drops.js';
import { newContext, takenAtContexts } from './contexts_edits.js';
import { layoutOfContexts } from './contexts_layout.js';
import { contextsPanel } from './contexts_panel.js';
import { couplingOf } from './contexts_trial.js';
import { counted, shortened } from './naming.js';

/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Scene} Scene */
/** @typedef {import('../types.js').Step} Step */
/** @typedef {import('./contexts_layout.js').Hive} Hive */
/** @typedef {import('./contexts_layout.js').Place} Place */
/** @typedef {import('./contexts_crossings.js').Way} Way */

/** @type {Step} */
export const contexts = {
  number: 5,
  short: 'Contexts',
  question: 'Which of these belong together, so that nobody has to ask another team?',
  hint: 'Drag an entity into a context, or onto a context’s foot to keep a copy. What crosses a border couples you.',
  placeholder: 'Name a context, such as Billing, and press Enter',
  scene,
  drops: contextsDrops,
  carries: contextsCarries,
  actions: contextsActions,
  typed(doc, text, near) {
    const { entities } = takenAtContexts(doc, near ? [near] : []);
    return newContext(
      text,
      entities.filter((entity) => contextOf(doc, entity) === null),
    );
  },
  panel: contextsPanel,
};

/**
 * @param {Doc} doc
 * @param {import('../types.js').Insight} insight
 * @returns {Scene}
 */
function scene(doc, insight) {
  /** @type {Scene} */
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  if (!Object.keys(doc.entities ?? {}).length && !Object.keys(doc.contexts ?? {}).length) {
    drawn.empty =
      'There are no entities yet. Group the events by what they happen to in step 4, Entities, then draw borders here.';
    return drawn;
  }
  const layout = layoutOfContexts(doc);
  const ways = waysBetween(doc, couplingOf(doc, insight));
  const heard = hearersAbroad(ways);
  for (const { context, hue, box } of layout.places) {
    drawn.regions.push({ ...box, key: `context/${context}`, kind: 'context', hue });
  }
  for (const place of layout.places) drawPlace(drawn, doc, place, heard, ways);
  drawn.regions.push({
    ...layout.ghost,
    key: 'new-context',
    kind: 'context',
    dashed: true,
    title: 'New context',
    subtitle: 'Drop entities here, or type its name',
  });
  drawShelf(drawn, doc, layout);
  const hotspots = hotspotNotes(doc, besideTitles(drawn, layout)); // before the arrows, which change in the hand
  drawn.notes.push(...hotspots);
  drawn.arrows.push(...crossingArrows(doc, layout, ways, hotspots));
  return drawn;
}

/**
 * The wall as hot spots see it: the title of a place takes no more of its head than its words need.
 *
 * @param {Scene} drawn
 * @param {import('./contexts_layout.js').Layout} layout
 * @returns {Scene}
 */
function besideTitles(drawn, layout) {
  const widths = new Map(layout.places.map(({ context, titleWidth }) => [`contexts/${context}`, titleWidth]));
  const notes = drawn.notes.map((note) => {
    const width = widths.get(note.key);
    return width === undefined ? note : { ...note, w: Math.min(note.w, width) };
  });
  return { ...drawn, notes };
}

/**
 * @param {Way[]} ways
 * @returns {Map<string, string[]>} for each event that crosses, the contexts that hear it
 */
function hearersAbroad(ways) {
  /** @type {Map<string, string[]>} */
  const heard = new Map();
  for (const way of ways) {
    for (const event of way.events) heard.set(event, [...(heard.get(event) ?? []), way.taker]);
  }
  return heard;
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {Place} place
 * @param {Map<string, string[]>} heard
 * @param {Way[]} ways
 */
function drawPlace(drawn, doc, place, heard, ways) {
  const { context, title, hue, box, head } = place;
  const owner = doc.contexts?.[context]?.owner;
  const ref = `contexts/${context}`;
  const voted = doc.contexts?.[context]?.votes?.length;
  const dots = voted ? `${counted(voted, 'vote')}, ` : '';
  const inside = place.hives.map((hive) => shortened(hive.title, 40)).join(', ') || 'no entity';
  const out = new Set(ways.filter((way) => way.giver === context).flatMap((way) => way.events)).size;
  const back = new Set(ways.filter((way) => way.taker === context).flatMap((way) => way.events)).size;
  drawn.notes.push({
    ...head,
    key: ref,
    ref,
    kind: 'aggregate',
    shape: 'chip',
    text: title,
    hue,
    ...(voted && { votes: voted }),
    says:
      `Context ${title}, ${dots}${owner ? `owner ${owner}` : 'no owner yet'}, with ${inside}; ` +
      `${counted(out, 'event')} heard by others, ${counted(back, 'event')} heard from others`,
  });
  drawn.labels.push({
    key: `${ref}/owner`,
    x: box.x + 24,
    y: head.y + head.h + 14,
    size: 12.5,
    tone: 'soft',
    text: shortened(owner ?? 'No owner yet', 48),
  });
  for (const hive of place.hives) drawHive(drawn, doc, hive, title, heard, context);
  for (const copy of place.copies) {
    const home = contextOf(doc, copy.entity);
    const at = home ? `, at home in ${titleOf(doc, `contexts/${home}`)}` : '';
    drawn.notes.push({
      ...copy.chip,
      key: `entities/${copy.entity}#copy:${context}`,
      ref: `entities/${copy.entity}`,
      kind: 'aggregate',
      shape: 'chip',
      text: `Copy of ${copy.title}`,
      tag: 'copy',
      copy: true,
      says: `Copy of entity ${copy.title}${at}, kept in ${title}`,
    });
  }
  if (!place.hives.length) {
    drawn.labels.push({
      key: `${ref}/none`,
      x: box.x + box.w / 2,
      y: box.y + box.h / 2 + 12,
      anchor: 'middle',
      text: 'Drag an entity here',
      size: 12.5,
      tone: 'soft',
    });
  }
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {Hive} hive
 * @param {string} where
 * @param {Map<string, string[]>} heard
 * @param {string | null} context
 */
function drawHive(drawn, doc, hive, where, heard, context) {
  const { entity, title, again, events, cells, chip } = hive;
  const suffix = again ? `#in:${context}` : '';
  drawn.regions.push({ ...hive.room, key: `hive/${entity}${suffix}`, kind: 'hive' });
  drawn.notes.push({
    ...chip,
    key: `entities/${entity}${suffix}`,
    ref: `entities/${entity}`,
    kind: 'aggregate',
    shape: 'chip',
    text: title,
    tag: 'entity',
    says: `Entity ${title}, ${counted(events.length, 'event')}, ${where ? `in ${where}` : 'in no context'}`,
  });
  events.forEach((event, index) => {
    const note = hexFor(doc, event);
    const takers = !again && entityOf(doc, event) === entity ? heard.get(event) : undefined;
    const twice = again || entityOf(doc, event) !== entity;
    drawn.notes.push({
      ...note,
      ...cells[index],
      w: HEX.w,
      h: HEX.h,
      key: twice ? `events/${event}#${entity}${suffix}` : `events/${event}`,
      ...(takers && { crossing: true }),
      says:
        `${note.says}, of ${title}${where ? ` in ${where}` : ''}` +
        (takers ? `, crosses into ${takers.map((taker) => titleOf(doc, `contexts/${taker}`)).join(' and ')}` : ''),
    });
  });
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {import('./contexts_layout.js').Layout} layout
 */
function drawShelf(drawn, doc, layout) {
  const loose = layout.homeless;
  const outside = Object.keys(doc.events ?? {}).filter((event) => entityOf(doc, event) === null).length;
  const advice = loose.length ? 'Drag each to those who answer for it' : 'Every entity has a context';
  drawn.regions.push({
    ...layout.shelf,
    key: 'shelf',
    kind: 'shelf',
    dashed: true,
    title: `Homeless: ${counted(loose.length, 'entity', 'entities')}`,
    subtitle: outside ? `${counted(outside, 'event')} in no entity yet: see step 4` : advice,
  });
  for (const hive of loose) drawHive(drawn, doc, hive, '', new Map(), null);
}
