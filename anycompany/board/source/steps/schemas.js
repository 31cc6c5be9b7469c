/**
 * Step 8, shared schemas: what each event says, field by field, and who may change it.
 *
 * @module steps/schemas
 */

import { detailIn, typedField } from './json_fields.js';
import { schemasActions } from './schemas_actions.js';
import { eventsOfCards, schemasDrops } from './schemas_drops.js';
import { fieldsFromExample, setField } from './schemas_edits.js';
import { schemasPanel } from './schemas_panel.js';
import { schemasScene } from './schemas_scene.js';

/** @type {import('../types.js').Step} */
export const schemas = {
  number: 8,
  short: 'Schemas',
  question: 'What does each event say, and who may change it?',
  hint: 'Write an example first; the fields follow from it. Mark personal data. No field that nobody needs.',
  placeholder: 'Add a field to the event in focus, such as amount: number',
  scene: (doc) => schemasScene(doc),
  drops: schemasDrops,
  actions: schemasActions,
  typed(doc, text, near) {
    const [event] = near ? eventsOfCards(doc, [near]) : [];
    if (!event) return [];
    const detail = detailIn(text);
    if (detail) return fieldsFromExample(doc, event, detail);
    const typed = typedField(text);
    return typed && !doc.contracts?.[event]?.fields?.[typed.name] ? [setField(event, typed.name, typed.field)] : [];
  },
  panel: schemasPanel,
};
