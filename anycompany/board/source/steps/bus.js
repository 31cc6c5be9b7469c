/**
 * Step 7, the event bus: rules and listeners on one bar, and what hears what.
 *
 * @module steps/bus
 */

import { busActions } from './bus_actions.js';
import { busDrops } from './bus_drops.js';
import { newListener } from './bus_edits.js';
import { busPanel } from './bus_panel.js';
import { busScene } from './bus_scene.js';

/** @type {import('../types.js').Step} */
export const bus = {
  number: 7,
  short: 'Bus',
  question: 'Who hears what, on one bus?',
  hint: 'Ask audit and security what they want to hear; nobody else has to know. Drag an event onto whoever hears it.',
  placeholder: 'Name a listener, such as Security: big payments',
  scene: (doc) => busScene(doc),
  drops: busDrops,
  actions: busActions,
  typed(doc, text, near) {
    const [, audience, rest] = /^\s*([^:]{1,60}):\s*(\S.*)$/s.exec(text) ?? [];
    const name = (rest ?? text).trim();
    if (!name) return [];
    const event = near?.startsWith('events/') ? near.slice('events/'.length).split('#')[0] : '';
    return [newListener({ name, for: audience?.trim(), hears: doc.events?.[event] ? [event] : [] })];
  },
  panel: busPanel,
};
