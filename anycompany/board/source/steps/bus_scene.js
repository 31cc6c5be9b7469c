/**
 * The bus as the talk draws it: one bar with time along it, workflows below, listeners above.
 *
 * @module steps/bus_scene
 */

import { detailType, ownerOf, titleOf } from '../model/reading.js';
import { layAbove } from './bus_above.js';
import { layBar } from './bus_bar.js';
import { layBelow } from './bus_below.js';
import { EVENT, columnsOf, leftOf, lettersBefore } from './bus_columns.js';
import { listenerNote, names, originNote, ruleNote } from './bus_notes.js';
import { busName, heardByPolicy, hueOfService, serviceSource } from './bus_rules.js';
import { hotspotNotes, noteFor, shortened } from './common.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Note} Note */
/** @typedef {import('../types.js').Scene} Scene */

/** The region of the bus, and that of listeners that hear nothing. */
export const BUS = 'bus';
export const SHELF = 'shelf/listeners';

const SAID_AT_MOST = 12;
/** Letters in one line of a workflow's card, and in one line of its title. */
const LINE_LETTERS = 24;
const TITLE_OF_ONE_LINE = 17;

/**
 * @param {Doc} doc
 * @returns {Scene}
 */
export function busScene(doc) {
  /** @type {Scene} */
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  if (!Object.keys(doc.events ?? {}).length && !Object.keys(doc.policies ?? {}).length) {
    drawn.empty = 'No events to put on the bus yet. Write down what happens in step 1, Discover.';
    return drawn;
  }
  const { columns, slots, right } = columnsOf(doc);
  const bar = layBar(doc, columns, right);
  const above = layAbove(doc, bar);
  const below = layBelow(doc, bar, slots);
  drawShelf(drawn, doc, above.shelf);
  drawBar(drawn, doc, bar);
  drawLanes(drawn, doc, below);
  drawn.arrows.push(...above.arrows, ...below.arrows);
  for (const [id, box] of above.cards) drawn.notes.push(listenerNote(doc, id, box));
  for (const column of columns) {
    for (const event of column.events) drawEvent(drawn, doc, event, bar);
  }
  for (const workflow of below.workflows) drawWorkflow(drawn, doc, workflow);
  drawn.notes.push(...hotspotNotes(doc, drawn));
  return drawn;
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {Box} shelf
 */
function drawShelf(drawn, doc, shelf) {
  const some = Object.keys(doc.listeners ?? {}).length > 0;
  drawn.regions.push({
    ...shelf,
    key: SHELF,
    kind: 'shelf',
    dashed: true,
    title: some ? 'Hears nothing yet' : 'Listeners',
    subtitle: some ? 'Drag it onto events' : 'Who wants to hear, and answers nothing? Type a name.',
  });
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {import('./bus_bar.js').Bar} bar
 */
function drawBar(drawn, doc, bar) {
  drawn.regions.push({ ...bar.box, key: BUS, kind: 'bus' });
  drawn.labels.push(
    { key: 'bus/title', x: 16, y: -4, text: 'Event bus', size: 14, weight: 700 },
    { key: 'bus/name', x: 16, y: 14, text: shortened(busName(doc), 13), size: 12.5, tone: 'soft' },
  );
  drawn.arrows.push({ key: 'time', tone: 'time', d: `M ${leftOf(doc) - 12} 0 L ${bar.box.w - 14} 0` });
  for (const [column, stack] of bar.stacks) {
    if (!column.word) continue;
    const first = bar.places.get(column.events[0]);
    const unplaced = column.word === 'unplaced';
    drawn.regions.push({
      x: stack.x - 8,
      y: stack.y - 8,
      w: stack.w + 16,
      h: stack.h + 16,
      kind: 'moment',
      key: `moment/${column.events[0]}`,
      dashed: column.word !== 'and',
    });
    if (first && (unplaced || column.events.length > 1)) {
      drawn.labels.push({
        key: `word/${column.events[0]}`,
        x: first.box.x + EVENT.w + 8,
        y: first.box.y + 14,
        text: unplaced ? 'no order yet' : column.word,
        size: 12.5,
        weight: 600,
        tone: 'soft',
      });
    }
  }
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {ReturnType<typeof layBelow>} below
 */
function drawLanes(drawn, doc, below) {
  /** @type {Map<string | null, number>} where the first workflow of each service begins */
  const firsts = new Map();
  for (const { service, card } of below.workflows) {
    firsts.set(service, Math.min(card.x, firsts.get(service) ?? Infinity));
  }
  for (const { service, hue, box, workflows } of below.lanes) {
    const first = firsts.get(service) ?? box.w;
    const none = workflows ? '' : ' · no workflows';
    drawn.regions.push(
      service === null
        ? {
            ...box,
            key: 'lane/none',
            kind: 'lane',
            dashed: true,
            title: 'No service yet',
            subtitle: 'Say in step 6 where these run',
          }
        : {
            ...box,
            key: `services/${service}`,
            ref: `services/${service}`,
            kind: 'lane',
            hue,
            title: shortened(titleOf(doc, `services/${service}`), lettersBefore(first)),
            subtitle: `${serviceSource(doc, service)}${none}`,
          },
    );
  }
  if (!below.workflows.length) {
    const words = ['No workflows yet. Say in step 3 what reacts to each event:', 'every policy becomes a workflow here.'];
    words.forEach((text, index) =>
      drawn.labels.push({
        key: `no-workflows/${index}`,
        x: 16,
        y: below.bottom + 36 + index * 20,
        size: 14,
        tone: 'soft',
        text,
      }),
    );
  }
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {string} event
 * @param {import('./bus_bar.js').Bar} bar
 */
function drawEvent(drawn, doc, event, bar) {
  const place = bar.places.get(event);
  if (!place) return;
  const owner = ownerOf(doc, event);
  const note = noteFor(doc, event);
  const home = owner ? `, of service ${titleOf(doc, `services/${owner}`)}` : ', of no service yet';
  drawn.notes.push({
    ...note,
    ...place.box,
    says: `${note.says}${home}, on the bus as ${detailType(doc, event)}`,
    ...(owner && { hue: hueOfService(doc, owner) }),
  });
  const origin = bar.origins.get(event);
  if (origin) drawn.notes.push(originNote(doc, event, origin));
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {import('./bus_below.js').Workflow} workflow
 */
function drawWorkflow(drawn, doc, { policy, service, hue, card, rule }) {
  const said = doc.policies?.[policy] ?? {};
  const ref = `policies/${policy}`;
  const title = titleOf(doc, ref);
  const heard = heardByPolicy(doc, policy);
  const does = (said.does ?? []).map((task) => (typeof task === 'string' ? task : task.do));
  const spoken = [
    `Workflow ${title}`,
    service ? `of service ${titleOf(doc, `services/${service}`)}` : 'of no service yet',
    heard.length ? `hears ${names(doc, heard)}` : 'hears nothing',
    does.length && `does ${does.slice(0, SAID_AT_MOST).join(', ')}`,
    said.emits?.length && `puts ${names(doc, said.emits)}`,
    said.fails?.length && `puts ${names(doc, said.fails)} if the work fails`,
  ];
  drawn.notes.push({
    ...card,
    key: ref,
    ref,
    kind: 'workflow',
    shape: 'card',
    text: title,
    hue,
    tag: `workflow${said.kind === 'standard' ? ' · standard' : ''}`,
    lines: inLines(does.join(', '), title.length > TITLE_OF_ONE_LINE ? 1 : 2),
    says: spoken.filter(Boolean).join(', '),
  });
  if (rule) drawn.notes.push(ruleNote(doc, policy, heard, rule, hue));
}

/**
 * A text in so many lines of a workflow's card; the last one takes the rest.
 *
 * @param {string} text
 * @param {number} most
 * @returns {string[]}
 */
function inLines(text, most) {
  const said = shortened(text, 80);
  const at = said.lastIndexOf(' ', LINE_LETTERS);
  if (most < 2 || said.length <= LINE_LETTERS || at < 0) return said ? [said] : [];
  return [said.slice(0, at), ...inLines(said.slice(at + 1), most - 1)];
}
