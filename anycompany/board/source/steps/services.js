/**
 * Step 6, microservices: a lane for each context with the service named for it, its workflows, and the events it owns.
 *
 * @module steps/services
 */

import { titleOf } from '../model/reading.js';
import { hotspotNotes, noteFor } from './common.js';
import { counted, shortened } from './naming.js';
import { serviceSource } from './bus_rules.js';
import { servicesActions } from './services_actions.js';
import { servicesDrops } from './services_drops.js';
import { newService, unserved } from './services_edits.js';
import { layoutOfServices } from './services_layout.js';
import { servicesPanel } from './services_panel.js';
import { heardAcross, laneName } from './services_reading.js';
import { heardFromOthers, sayWorkflow, workflowLines } from './services_words.js';

/** @typedef {import('../types.js').Box} Box */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Note} Note */
/** @typedef {import('../types.js').Scene} Scene */
/** @typedef {import('../types.js').Step} Step */
/** @typedef {import('./services_layout.js').LaneBox} LaneBox */

/** What the key of a card ends with that stands for a service without a name yet: `contexts/ID#service`. */
const MISSING = '#service';

/** @type {Step} */
export const services = {
  number: 6,
  short: 'Services',
  question: 'What do we call the service of each context?',
  hint: 'Use the word that the owner’s team would say on the phone. Drag a policy to where it should run.',
  placeholder: 'Name the service of the chosen context, and press Enter',
  scene,
  drops: servicesDrops,
  actions: servicesActions,
  typed(doc, text, near) {
    const chosen = near?.startsWith('contexts/') && near.endsWith(MISSING) ? near.slice(9, -MISSING.length) : null;
    const open = unserved(doc);
    return newService(text, chosen && open.includes(chosen) ? chosen : (open[0] ?? null));
  },
  panel: servicesPanel,
};

/**
 * @param {Doc} doc
 * @returns {Scene}
 */
function scene(doc) {
  /** @type {Scene} */
  const drawn = { notes: [], regions: [], arrows: [], labels: [] };
  const nothing = ![doc.contexts, doc.services, doc.policies].some((section) => Object.keys(section ?? {}).length);
  if (nothing) {
    drawn.empty = 'There are no contexts yet. Draw borders in step 5, Contexts; each of them gets a service here.';
    return drawn;
  }
  const layout = layoutOfServices(doc);
  const heard = heardAcross(doc);
  for (const lane of layout.lanes) {
    const foreign = new Set([...(heard.get(lane.lane)?.values() ?? [])].flat()).size;
    drawLane(drawn, doc, lane, foreign);
  }
  const many = layout.homeless.length;
  const noPolicies = Object.keys(doc.policies ?? {}).length === 0;
  drawn.regions.push({
    ...layout.shelf,
    key: 'shelf',
    kind: 'shelf',
    dashed: true,
    title: `Homeless: ${counted(many, 'policy', 'policies')}`,
    subtitle: many
      ? 'Drag each to where it runs'
      : noPolicies
        ? 'No policy yet: see step 3'
        : 'Every policy runs somewhere',
  });
  for (const { id, box } of layout.homeless) drawn.notes.push(workflowNote(doc, id, box));
  drawn.notes.push(...hotspotNotes(doc, drawn));
  return drawn;
}

/**
 * @param {Scene} drawn
 * @param {Doc} doc
 * @param {LaneBox} laid
 * @param {number} foreign how many events of others are heard here
 */
function drawLane(drawn, doc, laid, foreign) {
  const { lane } = laid;
  drawn.regions.push({
    ...laid.box,
    key: lane.key,
    kind: 'lane',
    hue: lane.hue,
    title: lane.title,
    subtitle: lane.owner || (lane.context ? 'No owner yet' : 'Drag the service onto its context'),
    ...(lane.context === null && { dashed: true }),
  });
  for (const { id, box } of laid.cards) drawn.notes.push(serviceNote(doc, laid, id, box, foreign));
  if (laid.missing && lane.context) {
    drawn.notes.push({
      ...laid.missing,
      key: `contexts/${lane.context}${MISSING}`,
      kind: 'aggregate',
      shape: 'card',
      text: 'No name yet',
      tag: 'service',
      lines: ['Choose this card and type its name'],
      hue: lane.hue,
      guess: true,
      fixed: true,
      says: `${lane.title} has no service yet. Type its name and press Enter`,
    });
  }
  for (const { id, box } of laid.policies) drawn.notes.push(workflowNote(doc, id, box, lane.hue));
  if (laid.owns) {
    drawn.labels.push({ key: `${lane.key}/owns`, ...laid.owns, text: 'Owns', size: 12.5, tone: 'soft' });
  }
  for (const { id, box } of laid.events) {
    const note = noteFor(doc, id);
    drawn.notes.push({
      ...note,
      ...box,
      shape: 'chip',
      tag: '',
      pivotal: false,
      fixed: true,
      says: `${note.says}, owned by ${laneName(doc, lane)}`,
    });
  }
}

/**
 * @param {Doc} doc
 * @param {LaneBox} laid
 * @param {string} id
 * @param {Box} box
 * @param {number} foreign
 * @returns {Note}
 */
function serviceNote(doc, { lane }, id, box, foreign) {
  const title = titleOf(doc, `services/${id}`);
  const first = lane.services[0] === id;
  const [runs, owns] = first ? [lane.policies.length, lane.events.length] : [0, 0];
  const counts = `${counted(runs, 'workflow')}, owns ${counted(owns, 'event')}`;
  const hears = foreign && first ? `hears ${counted(foreign, 'event')} of others` : 'hears nobody else';
  const source = serviceSource(doc, id);
  const context = lane.context ? `context ${lane.title}` : 'no context';
  return {
    ...box,
    key: `services/${id}`,
    ref: `services/${id}`,
    kind: 'aggregate',
    shape: 'card',
    text: title,
    tag: 'service',
    hue: lane.hue,
    lines: [shortened(source, 34), counts, hears],
    says: `Service ${title} of ${context}, source ${source}, ${counts}, ${hears}`,
  };
}

/**
 * @param {Doc} doc
 * @param {string} id
 * @param {Box} box
 * @param {number} [hue]
 * @returns {Note}
 */
function workflowNote(doc, id, box, hue) {
  const foreign = hue !== undefined && heardFromOthers(doc, id).length > 0;
  return {
    ...box,
    key: `policies/${id}`,
    ref: `policies/${id}`,
    kind: 'workflow',
    shape: 'paper',
    text: titleOf(doc, `policies/${id}`),
    tag: 'workflow',
    lines: workflowLines(doc, id),
    ...(foreign && { crossing: true }),
    says: sayWorkflow(doc, id),
  };
}
