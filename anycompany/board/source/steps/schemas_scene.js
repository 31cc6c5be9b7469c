/**
 * The contracts as cards, one for each event, in a lane for each service that owns them.
 *
 * @module steps/schemas_scene
 */

import { detailType, inOrder, ownerOf, titleOf } from '../model/reading.js';
import { hueOfService, serviceSource } from './bus_rules.js';
import { hotspotNotes, shortened } from './common.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Contract} Contract */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Note} Note */
/** @typedef {import('../types.js').Scene} Scene */

/** The width of a card; its height follows from what is on it. */
export const CARD_WIDTH = 236;

const GAP = 20;
const HEAD = 68;
const BETWEEN_LANES = 20;
const PUBLISHED = { w: 104, h: 22 };
const MOST_FIELDS = 24;
const LETTERS_IN_TITLE = 25;
const LINE = 15;
const LEAST_COLUMNS = 5;

/**
 * @param {Doc} doc
 * @returns {Scene}
 */
export function schemasScene(doc) {
  /** @type {Scene} */
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  const events = inOrder(doc);
  if (!events.length) {
    drawn.empty = 'No events to describe yet. Write down what happens in step 1, Discover.';
    return drawn;
  }
  const lanes = lanesOf(doc, events);
  const most = Math.max(...lanes.map((lane) => lane.events.length));
  const columns = Math.min(most, Math.max(LEAST_COLUMNS, Math.ceil(Math.sqrt(events.length) * 1.2)));
  const width = Math.max(columns, 2) * (CARD_WIDTH + GAP) + GAP;
  let y = 0;
  for (const lane of lanes) {
    const height = drawLane(drawn, doc, lane, y, columns, width);
    y += height + BETWEEN_LANES;
  }
  drawn.notes.push(...hotspotNotes(doc, drawn));
  return drawn;
}

/**
 * The events of each service in order of time; those of no service last.
 *
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {{service: string | null, events: string[]}[]}
 */
function lanesOf(doc, events) {
  /** @type {Map<string | null, string[]>} */
  const lanes = new Map(Object.keys(doc.services ?? {}).map((service) => [service, []]));
  for (const event of events) {
    const owner = ownerOf(doc, event);
    const lane = lanes.get(owner);
    if (lane) lane.push(event);
    else lanes.set(owner, [event]);
  }
  return [...lanes].map(([service, own]) => ({ service, events: own })).filter((lane) => lane.events.length);
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {{service: string | null, events: string[]}} lane
 * @param {number} top
 * @param {number} columns
 * @param {number} width
 * @returns {number} its height
 */
function drawLane(drawn, doc, { service, events }, top, columns, width) {
  const hue = service === null ? undefined : hueOfService(doc, service);
  const bottoms = Array.from({ length: columns }, () => top + HEAD);
  for (const event of events) {
    const column = bottoms.indexOf(Math.min(...bottoms));
    const note = cardNote(doc, event, service, hue);
    Object.assign(note, { x: GAP + column * (CARD_WIDTH + GAP), y: bottoms[column] });
    bottoms[column] += note.h + GAP;
    drawn.notes.push(note);
    if (doc.contracts?.[event]?.published) drawn.notes.push(publishedNote(doc, event, note, hue));
  }
  const h = Math.max(...bottoms) - top;
  const open = events.filter((event) => !doc.contracts?.[event]).length;
  const missing = open ? ` · ${open === 1 ? 'one contract' : `${open} contracts`} to agree on` : '';
  drawn.regions.push(
    service === null
      ? {
          key: 'lane/none',
          x: 0,
          y: top,
          w: width,
          h,
          kind: 'lane',
          dashed: true,
          title: 'No service yet',
          subtitle: `Nobody owns these: say in steps 4 to 6 where they belong${missing}`,
        }
      : {
          key: `services/${service}`,
          ref: `services/${service}`,
          x: 0,
          y: top,
          w: width,
          h,
          kind: 'lane',
          hue,
          title: titleOf(doc, `services/${service}`),
          subtitle: `${serviceSource(doc, service)}${missing}`,
        },
  );
  return h;
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @param {string | null} service
 * @param {number | undefined} hue
 * @returns {Note} at the origin
 */
function cardNote(doc, event, service, hue) {
  const contract = doc.contracts?.[event];
  const text = titleOf(doc, `events/${event}`);
  const rows = text.length > LETTERS_IN_TITLE ? 2 : 1;
  const home = service === null ? 'of no service yet' : `of service ${titleOf(doc, `services/${service}`)}`;
  const lines = contract
    ? [detailType(doc, event), '\u00a0', ...fieldLines(contract)]
    : ['What does it say? Type its fields.'];
  return {
    x: 0,
    y: 0,
    w: CARD_WIDTH,
    h: 38 + 18 * rows + LINE * lines.length,
    key: contract ? `contracts/${event}` : `events/${event}`,
    ref: contract ? `contracts/${event}` : `events/${event}`,
    kind: 'contract',
    shape: 'card',
    text,
    lines,
    tag: contract ? `contract · version ${contract.version ?? 1}` : 'no contract yet',
    ...(hue !== undefined && { hue }),
    ...(!contract && { guess: true }),
    says: contract ? sayContract(doc, event, contract, home) : `Event ${text}, ${home}, has no contract yet`,
  };
}

/**
 * The fields as lines of the card: personal data begins with a mark, a risk has a line of its own.
 *
 * @param {Contract} contract
 * @returns {string[]}
 */
function fieldLines(contract) {
  const fields = Object.entries(contract.fields ?? {});
  if (!fields.length) return ['No fields yet'];
  const shown = fields
    .slice(0, MOST_FIELDS)
    .flatMap(([name, field]) => [
      `${field.personal ? '◆ ' : ''}${shortened(name, 40)}: ${fieldWords({ ...field, risk: undefined })}`,
      ...(field.risk ? [`\u2003risk: ${shortened(field.risk, 60)}`] : []),
    ]);
  return fields.length > MOST_FIELDS ? [...shown, `and ${fields.length - MOST_FIELDS} more`] : shown;
}

/**
 * A field in words: its type, and what has to be known of it.
 *
 * @param {import('../types.js').ContractField} field
 * @returns {string}
 */
export function fieldWords({ type = 'string', personal, optional, risk }) {
  return [type, personal && 'personal', optional && 'may be missing', risk && `risk: ${shortened(risk, 60)}`]
    .filter(Boolean)
    .join(' · ');
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @param {Contract} contract
 * @param {string} home
 */
function sayContract(doc, event, contract, home) {
  const fields = Object.entries(contract.fields ?? {})
    .slice(0, MOST_FIELDS)
    .map(([name, field]) => `${name} ${fieldWords(field)}`);
  return [
    `Contract of event ${titleOf(doc, `events/${event}`)}`,
    home,
    `on the bus as ${detailType(doc, event)}`,
    `version ${contract.version ?? 1}`,
    contract.published && `version ${contract.published} is published`,
    fields.length ? `fields: ${fields.join('; ')}` : 'no fields yet',
  ]
    .filter(Boolean)
    .join(', ');
}

/**
 * The seal of a published contract, on the upper edge of its card.
 *
 * @param {Doc} doc
 * @param {string} event
 * @param {Box} card
 * @param {number | undefined} hue
 * @returns {Note}
 */
function publishedNote(doc, event, card, hue) {
  return {
    x: card.x + card.w - PUBLISHED.w - 20,
    y: card.y - PUBLISHED.h / 2,
    ...PUBLISHED,
    key: `contracts/${event}#published`,
    kind: 'contract',
    shape: 'chip',
    text: 'published',
    fixed: true,
    ...(hue !== undefined && { hue }),
    says: `Version ${doc.contracts?.[event].published} of ${titleOf(doc, `events/${event}`)} is published`,
  };
}
