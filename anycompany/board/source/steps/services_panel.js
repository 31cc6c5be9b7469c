/**
 * Beside the wall at step 6: how the services hear each other, and all about the one that is chosen.
 *
 * @module steps/services_panel
 */

import { h } from '../dom.js';
import { button } from '../frame/widgets.js';
import { contextOfEvent, titleOf } from '../model/reading.js';
import { serviceSource } from './bus_rules.js';
import { counted, shortened } from './naming.js';
import { heardAcross, laneName, lanesOf, mainService } from './services_reading.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('./services_reading.js').Lane} Lane */

/** Names that a list shows at once. */
const MOST = 40;

/**
 * The panel of step 6.
 *
 * @param {Board} board
 * @returns {HTMLElement | null}
 */
export function servicesPanel(board) {
  const { doc } = board.session;
  const { lanes } = lanesOf(doc);
  if (!lanes.length) return null;
  const heard = heardAcross(doc);
  const chosen = chosenLane(board, lanes);
  return h(
    'section',
    { class: 'c-panel', 'aria-label': 'Services' },
    h('h3', null, 'Services'),
    acrossPart(doc, heard),
    chosen ? lanePart(board, chosen, heard) : waysPart(doc, heard),
    chosen ? null : h('p', { class: 'f-soft' }, 'Choose a service, and read here what it owns and hears.'),
  );
}

/**
 * The lane of what is selected or focused.
 *
 * @param {Board} board
 * @param {Lane[]} lanes
 * @returns {Lane | undefined}
 */
function chosenLane(board, lanes) {
  const { doc } = board.session;
  const key = [...board.selection][0] ?? board.focused ?? '';
  const [section, rest = ''] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
  const id = rest.split('#')[0];
  if (section === 'services') return lanes.find((lane) => lane.services.includes(id));
  if (section === 'policies') return lanesOf(doc).laneOfPolicy.get(id);
  const context = section === 'contexts' ? id : section === 'events' ? contextOfEvent(doc, id) : null;
  return context ? lanes.find((lane) => lane.context === context) : undefined;
}

/**
 * @param {Doc} doc
 * @param {Map<Lane, Map<Lane, string[]>>} heard
 */
function acrossPart(doc, heard) {
  const events = new Set([...heard.values()].flatMap((givers) => [...givers.values()].flat())).size;
  return h(
    'div',
    { class: 'c-count' },
    h('span', { class: `c-number${events ? ' is-crossing' : ''}` }, String(events)),
    h(
      'p',
      null,
      `${events === 1 ? 'event is' : 'events are'} heard by another service`,
      h(
        'span',
        { class: 'c-more' },
        `of ${Object.keys(doc.events ?? {}).length}; nobody calls anybody, they listen on the bus`,
      ),
    ),
  );
}

/**
 * @param {Doc} doc
 * @param {Map<Lane, Map<Lane, string[]>>} heard
 */
function waysPart(doc, heard) {
  const ways = [...heard].flatMap(([taker, givers]) =>
    [...givers].map(([giver, events]) => ({ taker, giver, events })),
  );
  if (!ways.length) return null;
  ways.sort((a, b) => b.events.length - a.events.length);
  return h(
    'ul',
    { class: 'c-list' },
    ways
      .slice(0, MOST)
      .map(({ taker, giver, events }) =>
        h(
          'li',
          null,
          h('bdi', null, shortened(laneName(doc, taker), 40)),
          ` hears ${counted(events.length, 'event')} of `,
          h('bdi', null, shortened(laneName(doc, giver), 40)),
        ),
      ),
  );
}

/**
 * @param {Board} board
 * @param {Lane} lane
 * @param {Map<Lane, Map<Lane, string[]>>} heard
 */
function lanePart(board, lane, heard) {
  const { doc } = board.session;
  const service = mainService(lane);
  const takers = [...heard].flatMap(([taker, givers]) =>
    givers.has(lane) ? [{ taker, events: givers.get(lane) ?? [] }] : [],
  );
  return h(
    'div',
    { class: 'c-part-of' },
    h('h4', { dir: 'auto' }, shortened(laneName(doc, lane), 60)),
    h(
      'dl',
      { class: 'c-facts' },
      fact('Context', lane.context ? lane.title : 'none yet'),
      fact('Owner', lane.owner || 'nobody yet'),
      service ? fact('Source', serviceSource(doc, service)) : null,
    ),
    named(board, 'Workflows', lane.policies, 'policies'),
    named(board, 'Owns', lane.events, 'events'),
    [...(heard.get(lane) ?? [])].map(([giver, events]) =>
      named(board, `Hears from ${shortened(laneName(doc, giver), 40)}`, events, 'events'),
    ),
    takers.map(({ taker, events }) =>
      named(board, `Is heard by ${shortened(laneName(doc, taker), 40)}`, events, 'events'),
    ),
  );
}

/**
 * @param {string} term
 * @param {string} text
 */
function fact(term, text) {
  return [h('dt', null, term), h('dd', { dir: 'auto' }, shortened(text, 120))];
}

/**
 * Names that go to their notes.
 *
 * @param {Board} board
 * @param {string} title
 * @param {string[]} ids
 * @param {string} section
 */
function named(board, title, ids, section) {
  const { doc } = board.session;
  if (!ids.length) return null;
  return h(
    'details',
    { class: 'f-fold', 'data-fold': `services-${title}` },
    h('summary', { 'data-focus': `services-${title}`, dir: 'auto' }, `${title}: ${ids.length}`),
    h(
      'ul',
      { class: 'c-names-list' },
      ids.slice(0, MOST).map((id) =>
        h(
          'li',
          null,
          button({
            name: shortened(titleOf(doc, `${section}/${id}`), 60),
            words: shortened(titleOf(doc, `${section}/${id}`), 60),
            kind: 'small',
            focus: `services-${title}-${id}`,
            run: () => {
              board.select([`${section}/${id}`]);
              board.focus(`${section}/${id}`, { reveal: true });
            },
          }),
        ),
      ),
    ),
    ids.length > MOST ? h('p', { class: 'c-soft' }, `and ${ids.length - MOST} more`) : null,
  );
}
