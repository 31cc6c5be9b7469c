/**
 * Beside the wall at step 8: the contract of the selected event, or where personal data goes.
 *
 * @module steps/schemas_panel
 */

import { h } from '../dom.js';
import { button } from '../frame/widgets.js';
import { hearersOf, inOrder, ownerOf, serviceOfPolicy, titleOf } from '../model/reading.js';
import { livePanel } from './bus_live.js';
import { heardBy } from './bus_rules.js';
import { shortened } from './common.js';
import { eventsOfCards } from './schemas_drops.js';
import { contractEditor } from './schemas_editor.js';
import { beginAllContracts } from './schemas_edits.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Doc} Doc */

const MOST_LISTED = 40;

/**
 * @param {Board} board
 * @returns {HTMLElement}
 */
export function schemasPanel(board) {
  return livePanel(board, 'Contract', () => content(board));
}

/**
 * @param {Board} board
 * @returns {(Node | null)[]}
 */
function content(board) {
  const { doc } = board.session;
  const keys = board.selection.size ? board.selection : board.focused ? [board.focused] : [];
  const events = eventsOfCards(doc, keys);
  return events.length === 1 ? contractEditor(board, doc, events[0]) : summary(board, doc);
}

/**
 * @param {Board} board
 * @param {Doc} doc
 * @returns {(Node | null)[]}
 */
function summary(board, doc) {
  const events = Object.keys(doc.events ?? {});
  const agreed = events.filter((event) => doc.contracts?.[event]);
  const published = agreed.filter((event) => doc.contracts?.[event].published);
  const open = events.length - agreed.length;
  const personal = inOrder(doc).filter((event) => personalFields(doc, event).length);
  const begin = open === 1 ? 'Begin the one that is missing' : `Begin the ${open} that are missing`;
  return [
    h('h3', null, 'Contracts', h('span', { class: 'f-tally' }, `${agreed.length} of ${events.length}`)),
    h(
      'p',
      null,
      open
        ? `${open === 1 ? 'One event has' : `${open} events have`} no contract yet. `
        : 'Every event has a contract. ',
      published.length
        ? `${published.length === 1 ? 'One of them is' : `${published.length} of them are`} published.`
        : 'None is published yet.',
    ),
    open
      ? button({
          name: begin,
          words: begin,
          focus: 'begin all',
          run: () => void board.do(beginAllContracts(board.session.doc), 'Began the missing contracts'),
        })
      : null,
    h(
      'h3',
      null,
      'Personal data',
      h('span', { class: 'f-tally' }, personal.length === 1 ? 'one event' : `${personal.length} events`),
    ),
    personal.length
      ? h(
          'ul',
          { class: 'b-flows' },
          personal.slice(0, MOST_LISTED).map((event) => flow(board, doc, event)),
        )
      : h(
          'p',
          { class: 'f-soft' },
          'No field is marked as personal. Is there a name, an address, a phone number? Mark it.',
        ),
    personal.length > MOST_LISTED ? h('p', { class: 'f-soft' }, `and ${personal.length - MOST_LISTED} more`) : null,
    h('p', { class: 'f-hint' }, 'Select an event to write its contract.'),
  ];
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {string[]}
 */
function personalFields(doc, event) {
  return Object.entries(doc.contracts?.[event]?.fields ?? {})
    .filter(([, field]) => field.personal)
    .map(([name]) => name);
}

/**
 * Who receives an event: services other than its own, and listeners.
 *
 * @param {Doc} doc
 * @param {string} event
 * @returns {string[]} in words
 */
export function receiversOf(doc, event) {
  const owner = ownerOf(doc, event);
  const services = new Set(hearersOf(doc, event).map((policy) => serviceOfPolicy(doc, policy)));
  const others = [...services]
    .filter((service) => service !== owner)
    .map((service) => (service ? `service ${titleOf(doc, `services/${service}`)}` : 'a workflow of no service yet'));
  const listeners = Object.keys(doc.listeners ?? {})
    .filter((id) => heardBy(doc, id).includes(event))
    .map((id) => `listener ${titleOf(doc, `listeners/${id}`)}`);
  return [...others, ...listeners];
}

/**
 * @param {Board} board
 * @param {Doc} doc
 * @param {string} event
 */
function flow(board, doc, event) {
  const name = titleOf(doc, `events/${event}`);
  const receivers = receiversOf(doc, event);
  return h(
    'li',
    null,
    button({
      name: `Show the contract of ${shortened(name)}`,
      words: shortened(name),
      kind: 'quiet b-ref b-event',
      focus: `go ${event}`,
      run: () => {
        board.select([`contracts/${event}`]);
        board.focus(`contracts/${event}`, { reveal: true });
      },
    }),
    h(
      'p',
      { dir: 'auto' },
      `carries ${personalFields(doc, event)
        .map((field) => shortened(field, 40))
        .join(', ')}`,
    ),
    h(
      'p',
      { class: 'f-soft', dir: 'auto' },
      receivers.length
        ? `to ${receivers.map((one) => shortened(one, 60)).join(', ')}`
        : 'to nobody outside its service',
    ),
  );
}
