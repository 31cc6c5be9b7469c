/**
 * Parts of the panel at step 7: headings, facts, and lists of things to go to.
 *
 * @module steps/bus_parts
 */

import { h } from '../dom.js';
import { button } from '../frame/widgets.js';
import { titleOf } from '../model/reading.js';
import { spelledElsewhere } from './bus_rules.js';
import { shortened } from './common.js';

/** @typedef {import('../types.js').Board} Board */
/** @typedef {import('../types.js').Doc} Doc */

/** Things that are listed at once. */
export const MOST_LISTED = 30;

/**
 * @param {Doc} doc
 * @param {string[]} events
 * @returns {HTMLElement | null} a word of caution where a detail-type may be spelled otherwise in the end
 */
export function spelling(doc, events) {
  const event = spelledElsewhere(doc, events);
  if (!event) return null;
  return h(
    'p',
    { class: 'f-hint', dir: 'auto' },
    `“${shortened(titleOf(doc, `events/${event}`), 40)}” is spelled in Latin letters ` +
      'on the bus, perhaps otherwise than here. A detail-type in its contract settles it.',
  );
}

/**
 * @param {Doc} doc
 * @param {string} event
 * @returns {string}
 */
export function originWords(doc, event) {
  const trigger = doc.triggers?.[event];
  if (!trigger) return 'Nobody says yet what starts it (step 3).';
  if (trigger.external !== undefined) return `External system: ${shortened(trigger.external)}`;
  if (trigger.schedule !== undefined)
    return `Schedule: ${shortened(trigger.schedule)}${trigger.says ? `, ${shortened(trigger.says)}` : ''}`;
  if (trigger.aws) return `AWS: ${shortened(trigger.aws['detail-type'])} of ${shortened(trigger.aws.source)}`;
  return `${shortened(trigger.actor ?? 'Somebody')}${trigger.command ? `: ${shortened(trigger.command)}` : ''}`;
}

/**
 * @param {string} title
 * @param {string} kind
 */
export function heading(title, kind) {
  return h('h3', null, h('bdi', null, shortened(title)), h('span', { class: 'f-tally' }, kind));
}

/**
 * @param {[string, string][]} pairs
 */
export function facts(pairs) {
  return h(
    'dl',
    { class: 'b-facts' },
    pairs.map(([name, value]) => [h('dt', null, name), h('dd', { dir: 'auto' }, breakable(shortened(value, 140)))]),
  );
}

/**
 * A name of many parts, which may be broken after each dot.
 *
 * @param {string} value
 */
function breakable(value) {
  return value.split(/(?<=\.)(?=\S)/).flatMap((part, index) => (index ? [h('wbr'), part] : [part]));
}

/**
 * @param {string} title
 * @param {Node} content
 */
export function part(title, content) {
  return h('div', { class: 'b-part' }, h('h4', null, title), content);
}

/** @param {string} words */
export function soft(words) {
  return h('p', { class: 'f-soft', dir: 'auto' }, words);
}

/**
 * Things to go to.
 *
 * @param {Board} board
 * @param {Doc} doc
 * @param {string[]} refs
 */
export function refList(board, doc, refs) {
  const kinds = /** @type {Record<string, string>} */ ({
    policies: 'workflow',
    listeners: 'listener',
    events: 'event',
  });
  const shown = refs.slice(0, MOST_LISTED);
  return h(
    'ul',
    { class: 'b-refs' },
    shown.map((ref) =>
      h(
        'li',
        null,
        button({
          name: `Show ${kinds[ref.slice(0, ref.indexOf('/'))]} ${shortened(titleOf(doc, ref))}`,
          words: shortened(titleOf(doc, ref)),
          kind: `quiet b-ref b-${kinds[ref.slice(0, ref.indexOf('/'))]}`,
          focus: `go ${ref}`,
          run: () => {
            board.select([ref], 'only');
            board.focus(ref, { reveal: true });
          },
        }),
      ),
    ),
    refs.length > shown.length ? h('li', { class: 'f-soft' }, `and ${refs.length - shown.length} more`) : null,
  );
}
