/**
 * A question before an action, drawn as the control that suits it.
 *
 * @module frame/questions
 */

import { h } from '../dom.js';
import { makePicker, matches, plain } from './picker.js';
import { freshId } from './widgets.js';

/**
 * @typedef {import('../types.js').Question} Question
 * @typedef {{element: HTMLElement, control: HTMLElement, read: () => any}} Field
 *   `read` gives the answer, or throws an Error that says in words what is wrong with it
 */

const FEW = 10;

/**
 * The control for a question.
 *
 * @param {Question} question
 * @returns {Field}
 */
export function makeField(question) {
  if (question.kind === 'tick') return tickField(question);
  if (question.kind === 'many') return checklist(question);
  if (question.kind === 'one')
    return (question.choices ?? []).length > FEW ? longChoice(question) : shortChoice(question);
  return writtenField(question);
}

/**
 * @param {Question} question
 * @param {string} id of the control
 * @param {...(Node | null)} content
 * @returns {HTMLElement}
 */
function labelled(question, id, ...content) {
  return h(
    'div',
    { class: 'f-field' },
    h(
      'label',
      { for: id },
      question.label,
      question.optional ? h('span', { class: 'f-soft' }, ' (may be left out)') : null,
    ),
    content,
    question.hint ? h('p', { class: 'f-hint', id: `${id}-hint` }, question.hint) : null,
  );
}

/** @param {Question} question @returns {Field} one line, several lines, or JSON */
function writtenField(question) {
  const id = freshId('field');
  const long = question.kind !== 'text';
  const control = h(long ? 'textarea' : 'input', {
    id,
    class: `f-input${question.kind === 'json' ? ' f-code' : ''}`,
    type: long ? null : 'text',
    rows: long ? 7 : null,
    'aria-required': question.optional ? null : 'true',
    'aria-describedby': question.hint ? `${id}-hint` : null,
    autocomplete: 'off',
    spellcheck: question.kind === 'json' ? 'false' : null,
    dir: question.kind === 'json' ? 'ltr' : 'auto',
  });
  control.value = written(question);
  return { element: labelled(question, id, control), control, read: () => understood(question, control.value) };
}

/** @param {Question} question @returns {string} the given value as text */
function written({ kind, value }) {
  if (value === undefined || value === null) return '';
  if (kind === 'lines') return Array.isArray(value) ? value.join('\n') : String(value);
  return kind === 'json' && typeof value !== 'string' ? JSON.stringify(value, null, 2) : String(value);
}

/**
 * @param {Question} question
 * @param {string} text as typed
 * @returns {any} the answer
 */
function understood({ kind, label, optional }, text) {
  if (text.trim() === '') {
    if (!optional) throw new Error(`“${label}” is empty: please fill it in.`);
    return kind === 'lines' ? [] : kind === 'json' ? null : '';
  }
  if (kind === 'lines')
    return text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  if (kind === 'text') return text.trim();
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `“${label}” is not JSON yet: ${reason}. A pair looks like "amount": 49.0, and pairs are parted by commas.`,
    );
  }
}

/** @param {Question} question @returns {Field} */
function tickField(question) {
  const id = freshId('field');
  const control = h('input', { id, type: 'checkbox', 'aria-describedby': question.hint ? `${id}-hint` : null });
  control.checked = Boolean(question.value);
  const element = h(
    'div',
    { class: 'f-field' },
    h('label', { class: 'f-tick', for: id }, control, h('span', null, question.label)),
    question.hint ? h('p', { class: 'f-hint', id: `${id}-hint` }, question.hint) : null,
  );
  return { element, control, read: () => control.checked };
}

/** @param {Question} question @returns {Field} */
function shortChoice(question) {
  const id = freshId('field');
  const choices = question.choices ?? [];
  const known = choices.some((choice) => choice.value === question.value);
  const control = h(
    'select',
    { id, class: 'f-input', 'aria-describedby': question.hint ? `${id}-hint` : null },
    known && !question.optional ? null : h('option', { value: '' }, question.optional ? '–' : 'Please choose'),
    choices.map((choice) => h('option', { value: choice.value }, choice.words)),
  );
  control.value = known ? question.value : '';
  return {
    element: labelled(question, id, control),
    control,
    read: () => chosen(question, choices.some((choice) => choice.value === control.value) ? control.value : null),
  };
}

/** @param {Question} question @returns {Field} a list that gets shorter while one types */
function longChoice(question) {
  const items = question.choices ?? [];
  let value = question.value ?? null;
  const now = h('p', { class: 'f-hint', role: 'status' });
  const tell = () => {
    const picked = items.find((item) => item.value === value);
    now.textContent = picked ? `Chosen: ${picked.words}` : 'Nothing chosen yet';
  };
  const picker = makePicker({
    label: question.label,
    items,
    chosen: items.find((item) => item.value === value) ?? null,
    onpick: (item, byKey) => {
      value = item.value;
      tell();
      if (byKey) picker.input.form?.requestSubmit();
    },
  });
  picker.input.removeAttribute('data-first');
  picker.input.id = freshId('field');
  tell();
  return {
    element: labelled(question, picker.input.id, picker.element, now),
    control: picker.input,
    read: () => chosen(question, value),
  };
}

/**
 * @param {Question} question
 * @param {string | null} value
 * @returns {string}
 */
function chosen({ label, optional }, value) {
  if (value === null && !optional) throw new Error(`Nothing is chosen for “${label}” yet: please choose one.`);
  return value ?? '';
}

/** @param {Question} question @returns {Field} */
function checklist(question) {
  const choices = question.choices ?? [];
  const given = new Set(Array.isArray(question.value) ? question.value : []);
  const rows = choices.map((choice) => {
    const box = h('input', { type: 'checkbox', value: choice.value });
    box.checked = given.has(choice.value);
    return {
      box,
      text: plain(choice.words),
      element: h('label', { class: 'f-tick' }, box, h('bdi', null, choice.words)),
    };
  });
  const filter =
    choices.length <= FEW
      ? null
      : h('input', {
          type: 'text',
          class: 'f-input',
          'aria-label': `Filter: ${question.label}`,
          placeholder: 'Type to filter',
          autocomplete: 'off',
          oninput: () => {
            const shown = new Set(
              matches(
                rows.map((row) => row.text),
                filter?.value ?? '',
              ),
            );
            rows.forEach((row, index) => {
              row.element.hidden = !shown.has(index) && !row.box.checked;
            });
          },
        });
  const element = h(
    'fieldset',
    { class: 'f-field' },
    h('legend', null, question.label, question.optional ? h('span', { class: 'f-soft' }, ' (may be left out)') : null),
    filter,
    h(
      'div',
      { class: 'f-checks' },
      rows.map((row) => row.element),
    ),
    question.hint ? h('p', { class: 'f-hint' }, question.hint) : null,
  );
  return {
    element,
    control: filter ?? rows[0]?.box ?? element,
    read: () => {
      const ticked = rows.filter((row) => row.box.checked).map((row) => row.box.value);
      if (ticked.length === 0 && !question.optional) throw new Error(`Nothing is ticked for “${question.label}” yet.`);
      return ticked;
    },
  };
}
