/**
 * What can be done at step 6 beside dragging: in the menu, on the toolbar, and by keys.
 *
 * @module steps/services_actions
 */

import { serviceOfPolicy, titleOf } from '../model/reading.js';
import { serviceSource } from './bus_rules.js';
import { contextChoices } from './contexts_actions.js';
import { idsOf, shortened } from './naming.js';
import { movePolicies, moveService, newService, servicesFromContexts, unserved } from './services_edits.js';
import { laneName, lanesOf, mainService } from './services_reading.js';

/** @typedef {import('../types.js').Action} Action */
/** @typedef {import('../types.js').Doc} Doc */
/** @typedef {import('../types.js').Edit} Edit */

/**
 * The actions of step 6 for these selected notes.
 *
 * @param {Doc} doc
 * @param {string[]} keys
 * @returns {Action[]}
 */
export function servicesActions(doc, keys) {
  const policies = idsOf(keys, 'policies').filter((id) => doc.policies?.[id]);
  const services = idsOf(keys, 'services').filter((id) => doc.services?.[id]);
  const open = unserved(doc);
  return [
    ...nameOne(doc, keys, open),
    ...(open.length ? [nameAll(doc, open.length)] : []),
    ...(services.length === 1 && !policies.length ? ofOneService(doc, services[0]) : []),
    ...(policies.length ? ofPolicies(doc, policies) : []),
  ];
}

/**
 * @param {Doc} doc
 * @param {string[]} keys
 * @param {string[]} open contexts without a service
 * @returns {Action[]}
 */
function nameOne(doc, keys, open) {
  if (!open.length) return [];
  const chosen =
    keys.map((key) => key.split('#')[0].replace(/^contexts\//, '')).find((id) => open.includes(id)) ?? open[0];
  return [
    {
      id: 'service-add',
      name: 'Name a service…',
      tool: true,
      ask: [
        {
          key: 'context',
          label: 'Context',
          kind: 'one',
          value: chosen,
          choices: contextChoices(doc, (id) => open.includes(id)),
        },
        {
          key: 'name',
          label: 'Name of its service',
          kind: 'text',
          value: titleOf(doc, `contexts/${chosen}`),
          hint: 'The word that the owner’s team would say on the phone',
        },
        {
          key: 'source',
          label: 'Source on the bus',
          kind: 'text',
          optional: true,
          hint: 'Left out: made from the name',
        },
      ],
      edits: ({ context, name, source }) => newService(String(name), String(context), source ?? ''),
    },
  ];
}

/**
 * @param {Doc} doc
 * @param {number} count
 * @returns {Action}
 */
function nameAll(doc, count) {
  return {
    id: 'service-name-all',
    name: count > 1 ? `Name all ${count} services after their contexts` : 'Name it after its context',
    tool: true,
    edits: () => servicesFromContexts(doc),
  };
}

/**
 * @param {Doc} doc
 * @param {string} service
 * @returns {Action[]}
 */
function ofOneService(doc, service) {
  const title = shortened(titleOf(doc, `services/${service}`), 40);
  const { lanes } = lanesOf(doc);
  const elsewhere = contextChoices(doc, (id) => id !== doc.services?.[service]?.context);
  /** @type {Action[]} */
  const actions = [
    {
      id: 'service-source',
      name: `Set the source of ${title}…`,
      keys: 's',
      ask: [
        {
          key: 'source',
          label: 'Source on the bus',
          kind: 'text',
          value: serviceSource(doc, service),
          optional: true,
          hint: 'What its events carry, such as com.anycompany.billing. Left empty: made from the name',
        },
      ],
      edits: ({ source }) => [
        { kind: 'change', of: 'services', id: service, keys: { source: source?.trim() || null } },
      ],
    },
  ];
  if (elsewhere.length) {
    actions.push({
      id: 'service-context',
      name: `Give ${title} to another context…`,
      ask: [
        {
          key: 'context',
          label: 'Context',
          kind: 'one',
          choices: elsewhere,
          hint: 'If it has a service, the two change places.',
        },
      ],
      edits: (answers) => {
        const lane = lanes.find((one) => one.context === answers.context);
        return (lane && moveService(doc, service, lane)?.edits) || [];
      },
    });
  }
  return actions;
}

/**
 * @param {Doc} doc
 * @param {string[]} policies
 * @returns {Action[]}
 */
function ofPolicies(doc, policies) {
  /** @type {Map<string, Edit[]>} */
  const ways = new Map();
  /** @type {{value: string, words: string}[]} */
  const choices = [];
  for (const lane of lanesOf(doc).lanes) {
    const move = mainService(lane) ? movePolicies(doc, policies, lane) : null;
    const some = !move ? [] : 'choices' in move ? move.choices : [{ words: laneName(doc, lane), edits: move.edits }];
    some.forEach((one, index) => {
      const value = `${lane.key} ${index}`;
      ways.set(value, one.edits);
      choices.push({ value, words: one.words });
    });
  }
  const said = policies.filter((id) => doc.policies?.[id].service);
  /** @type {Action[]} */
  const actions = [];
  if (choices.length) {
    actions.push({
      id: 'policy-service',
      name: policies.length > 1 ? 'Run these policies in…' : 'Run this policy in…',
      ask: [
        {
          key: 'way',
          label: 'Service',
          kind: 'one',
          choices,
          hint: 'A policy belongs to the service that owns the events it puts.',
        },
      ],
      edits: (answers) => ways.get(answers.way) ?? [],
    });
  }
  for (const lane of lanesOf(doc).lanes) {
    const service = mainService(lane);
    const staying = policies.filter((id) => service && followsWhatItHears(doc, id) && serviceOfPolicy(doc, id) === service);
    if (!staying.length) continue;
    actions.push({
      id: 'policy-stay', name: `Keep it in ${shortened(laneName(doc, lane), 40)}, whatever it hears`,
      edits: () => staying.map((id) => ({ kind: 'change', of: 'policies', id, keys: { service } })),
    });
  }
  if (said.length) {
    actions.push({
      id: 'policy-follow',
      name: 'Let it follow its events again',
      keys: 'Shift+m',
      edits: () => said.map((id) => ({ kind: 'change', of: 'policies', id, keys: { service: null } })),
    });
  }
  return actions;
}

/**
 * Whether a policy runs where it runs only because of what it hears: it puts nothing, and nobody said where.
 *
 * @param {Doc} doc
 * @param {string} id
 */
function followsWhatItHears(doc, id) {
  const { emits = [], fails = [], service } = doc.policies?.[id] ?? {};
  return !service && !emits.length && !fails.length;
}
