/**
 * Beside the wall at step 7: the rules of what is selected as event patterns, and who puts and hears it; nothing
 * selected, the bus as a whole.
 *
 * @module steps/bus_panel
 */

import { h } from '../dom.js';
import { detailType, emittersOf, serviceOfPolicy, titleOf } from '../model/reading.js';
import { hearersAndListeners } from './bus_actions.js';
import { filterWords } from './bus_filter.js';
import { followArrows } from './bus_highlight.js';
import { jsonView } from './bus_json.js';
import { livePanel } from './bus_live.js';
import { facts, heading, originWords, part, refList, soft, spelling } from './bus_parts.js';
import { TARGETS, ruleOf, sourceOf } from './bus_rules.js';
import { aboutBus } from './bus_summary.js';
import { shortened } from './common.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Doc} Doc */

const MOST_LISTED = 30;

/**
 * @param {Board} board
 * @returns {HTMLElement}
 */
export function busPanel(board) {
  followArrows(board);
  return livePanel(board, 'Rules', () => content(board));
}

/**
 * @param {Board} board
 * @returns {(Node | null)[]}
 */
function content(board) {
  const { doc } = board.session;
  const ref = selectedRef(board, doc);
  const id = ref?.slice(ref.indexOf('/') + 1) ?? '';
  if (ref?.startsWith('events/')) return aboutEvent(board, doc, id);
  if (ref?.startsWith('policies/')) return aboutWorkflow(board, doc, id);
  if (ref?.startsWith('listeners/')) return aboutListener(board, doc, id);
  return aboutBus(board, doc);
}

/**
 * The one event, policy or listener that is selected; what belongs to it counts as it.
 *
 * @param {Board} board
 * @param {Doc} doc
 * @returns {string | null}
 */
function selectedRef(board, doc) {
  const keys = board.selection.size ? [...board.selection] : board.focused ? [board.focused] : [];
  const refs = new Set(keys.map((key) => key.split('#')[0].replace(/^triggers\//, 'events/')));
  const [ref] = refs;
  if (refs.size !== 1 || !ref) return null;
  const [section, id] = [ref.slice(0, ref.indexOf('/')), ref.slice(ref.indexOf('/') + 1)];
  return ['events', 'policies', 'listeners'].includes(section) && /** @type {any} */ (doc)[section]?.[id] ? ref : null;
}

/**
 * @param {Board} board
 * @param {Doc} doc
 * @param {string} event
 * @returns {(Node | null)[]}
 */
function aboutEvent(board, doc, event) {
  const hearers = hearersAndListeners(doc, event);
  const emitters = emittersOf(doc, event).map((id) => `policies/${id}`);
  const aws = ruleOf(doc, 'triggers', event);
  return [
    heading(titleOf(doc, `events/${event}`), 'event'),
    facts([
      ['detail-type', detailType(doc, event)],
      ['source', sourceOf(doc, event)],
    ]),
    spelling(doc, [event]),
    part('Put on the bus by', emitters.length ? refList(board, doc, emitters) : soft(originWords(doc, event))),
    aws && part('Rule on the default bus', jsonView('Event pattern of the AWS event', aws.pattern)),
    part(
      'Heard by',
      hearers.length
        ? refList(board, doc, hearers)
        : soft('Nothing. That is no fault: nobody needs to know today who will care.'),
    ),
    ...hearers.slice(0, MOST_LISTED).map((ref) => fold(doc, ref)),
  ];
}

/**
 * @param {Board} board
 * @param {Doc} doc
 * @param {string} policy
 * @returns {(Node | null)[]}
 */
function aboutWorkflow(board, doc, policy) {
  const said = doc.policies?.[policy] ?? {};
  const service = serviceOfPolicy(doc, policy);
  const rule = ruleOf(doc, 'policies', policy);
  const does = (said.does ?? []).map((task) => (typeof task === 'string' ? task : task.do));
  /** @param {string[] | undefined} events */
  const events = (events) => (events ?? []).filter((event) => doc.events?.[event]).map((event) => `events/${event}`);
  const [puts, fails] = [events(said.emits), events(said.fails)];
  return [
    heading(titleOf(doc, `policies/${policy}`), 'workflow'),
    facts([
      ['service', service ? titleOf(doc, `services/${service}`) : 'none yet'],
      ['kind', said.kind ?? 'express'],
    ]),
    part(
      'Rule',
      rule
        ? jsonView('Event pattern of the rule', rule.pattern)
        : soft('Hears nothing yet. Drag it onto an event, or press E.'),
    ),
    rule && spelling(doc, rule.hears),
    rule &&
      part(
        'Hears',
        refList(
          board,
          doc,
          rule.hears.map((event) => `events/${event}`),
        ),
      ),
    part(
      'Does',
      does.length
        ? h(
            'ol',
            { class: 'b-list' },
            does.map((task) => h('li', { dir: 'auto' }, shortened(task, 120))),
          )
        : soft('Nothing is said yet.'),
    ),
    part('Puts', puts.length ? refList(board, doc, puts) : soft('Nothing.')),
    fails.length ? part('Puts if the work fails', refList(board, doc, fails)) : null,
  ];
}

/**
 * @param {Board} board
 * @param {Doc} doc
 * @param {string} listener
 * @returns {(Node | null)[]}
 */
function aboutListener(board, doc, listener) {
  const said = doc.listeners?.[listener] ?? {};
  const rule = ruleOf(doc, 'listeners', listener);
  const filter = filterWords(said.where);
  return [
    heading(titleOf(doc, `listeners/${listener}`), 'listener'),
    facts([
      ['for', said.for ?? 'nobody named'],
      ['goes to', TARGETS[said.to ?? 'topic'] ?? said.to ?? ''],
      ...(filter ? [/** @type {[string, string]} */ (['only where', filter])] : []),
    ]),
    part(
      'Rule',
      rule
        ? jsonView('Event pattern of the rule', rule.pattern)
        : soft('Hears nothing yet. Drag it onto an event, onto the bar for everything, or press E.'),
    ),
    rule && said.hears !== 'all' ? spelling(doc, rule.hears) : null,
    rule &&
      part(
        'Hears',
        said.hears === 'all'
          ? soft(`Everything: ${rule.hears.length} events today, and every one to come.`)
          : refList(
              board,
              doc,
              rule.hears.map((event) => `events/${event}`),
            ),
      ),
    rule &&
      h('p', { class: 'f-hint' }, '“replay-name” keeps out what is replayed from the archive: it was heard before.'),
  ];
}

/**
 * @param {Doc} doc
 * @param {string} ref of a policy or a listener
 */
function fold(doc, ref) {
  const [section, id] = [ref.slice(0, ref.indexOf('/')), ref.slice(ref.indexOf('/') + 1)];
  const rule = ruleOf(doc, /** @type {'policies' | 'listeners'} */ (section), id);
  if (!rule) return null;
  const name = titleOf(doc, ref);
  return h(
    'details',
    { 'data-fold': ref },
    h('summary', { 'data-focus': `fold ${ref}` }, 'Rule of ', h('bdi', null, shortened(name))),
    jsonView(`Event pattern of ${name}`, rule.pattern),
  );
}
