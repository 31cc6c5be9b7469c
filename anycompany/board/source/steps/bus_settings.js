/**
 * The bus's name and the sources that events carry, as actions.
 *
 * @module steps/bus_settings
 */

import { serviceOfPolicy, titleOf } from '../model/reading.js';
import { checkedSource, nameTheBus } from './bus_edits.js';
import { busName, serviceSource, stormSource } from './bus_rules.js';
import { idsOf } from './common.js';

/** @typedef {import('../types.js').Action} Action */
/** @typedef {import('../types.js').Doc} Doc */

/** @param {Doc} doc @returns {Action} */
export function nameBus(doc) {
  return {
    id: 'bus-name',
    name: 'Name the bus…',
    tool: true,
    ask: [
      {
        key: 'name',
        label: 'Name of the bus',
        kind: 'text',
        value: doc.bus?.name ?? '',
        optional: true,
        hint: `Letters, digits, “.”, “-” and “_”. Left out, it is called ${busName({ ...doc, bus: {} })}.`,
      },
      {
        key: 'kind',
        label: 'Kind',
        kind: 'one',
        value: doc.bus?.kind ?? 'classic',
        choices: [
          { value: 'classic', words: 'Classic: rules on the bus' },
          { value: 'v2', words: 'v2' },
        ],
      },
    ],
    edits: ({ name, kind }) => [nameTheBus(doc, name, kind === 'classic' && !doc.bus?.kind ? undefined : kind)],
  };
}

/** @param {Doc} doc @returns {Action} */
export function setSource(doc) {
  return {
    id: 'storm-source',
    name: 'Change the source of events…',
    ask: [
      {
        key: 'source',
        label: 'Source above all services',
        kind: 'text',
        value: doc.source ?? '',
        optional: true,
        hint: `Your domain turned round. Left out, it is ${stormSource({ ...doc, source: undefined })}.`,
      },
    ],
    edits: ({ source }) => [{ kind: 'settings', keys: { source: checkedSource(source) } }],
  };
}

/**
 * @param {Doc} doc
 * @param {string[]} keys
 * @param {string[]} policies
 * @returns {Action[]} for the service of what is selected, else for one to choose
 */
export function serviceSources(doc, keys, policies) {
  const all = Object.keys(doc.services ?? {});
  if (!all.length) return [];
  const near = idsOf(keys, 'services')[0] ?? (policies.length ? serviceOfPolicy(doc, policies[0]) : undefined);
  const service = near && all.includes(near) ? near : all[0];
  return [
    {
      id: 'service-source',
      name: 'Change the source of a service…',
      ask: [
        {
          key: 'service',
          label: 'Service',
          kind: 'one',
          value: service,
          choices: all.map((id) => ({ value: id, words: titleOf(doc, `services/${id}`) })),
        },
        {
          key: 'source',
          label: 'Source of its events',
          kind: 'text',
          value: near ? (doc.services?.[service].source ?? '') : '',
          optional: true,
          hint: `Left out, it is ${serviceSource({ ...doc, services: { [service]: {} } }, service)}.`,
        },
      ],
      edits: ({ service: id, source }) => [
        { kind: 'change', of: 'services', id, keys: { source: checkedSource(source) } },
      ],
    },
  ];
}
