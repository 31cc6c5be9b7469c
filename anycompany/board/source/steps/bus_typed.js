/**
 * Fields of a panel in which something is typed or chosen, whose drafts outlive the making anew of the panel.
 *
 * @module steps/bus_typed
 */

import { h } from '../dom.js';
import { button, freshId } from '../frame/widgets.js';
import { keptFor } from './bus_live.js';

/** @typedef {import('../types.js').Board} Board */

/**
 * A text to be typed, kept as a draft until Enter (in several lines: with Ctrl) or until the focus goes on. Escape
 * takes the draft back. With `done`, the name of a button, it is carried out by Enter or by that button only.
 *
 * @param {Board} board
 * @param {{key: string, label: string, value: string, hideLabel?: boolean, rows?: number, code?: boolean,
 *   hint?: string, placeholder?: string, readonly?: boolean, done?: string, commit: (text: string) => void}} what
 *   `key` names the draft and is the same whenever the panel is made anew; `commit` may throw an Error that says
 *   in words what is wrong, and then the draft stays
 * @returns {HTMLElement} the field with its label and, where there is one, its problem
 */
export function typedField(board, what) {
  const { drafts, problems } = keptFor(board);
  const id = freshId('typed');
  const problem = h('p', { class: 'f-problem', id: `${id}-problem`, role: 'alert' });
  const control = h(what.rows ? 'textarea' : 'input', {
    id,
    class: `f-input${what.code ? ' f-code' : ''}`,
    type: what.rows ? null : 'text',
    rows: what.rows,
    'data-focus': what.key,
    dir: what.code ? 'ltr' : 'auto',
    spellcheck: what.code ? 'false' : null,
    autocomplete: 'off',
    placeholder: what.placeholder,
    readonly: what.readonly,
    'aria-label': what.hideLabel ? what.label : null,
    'aria-describedby': `${id}-problem${what.hint ? ` ${id}-hint` : ''}`,
  });
  const show = () => {
    const words = problems.get(what.key);
    problem.textContent = words ?? '';
    problem.hidden = !words;
    if (words) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
  };
  const forget = () => {
    drafts.delete(what.key);
    problems.delete(what.key);
  };
  const finish = () => {
    const text = drafts.get(what.key);
    if (text === undefined) return;
    forget(); // before the storm changes, so that the panel follows at once
    try {
      if (text !== what.value) what.commit(text);
      else control.value = what.value;
    } catch (error) {
      drafts.set(what.key, text);
      problems.set(what.key, error instanceof Error ? error.message : String(error));
    }
    show();
  };
  control.value = drafts.get(what.key) ?? what.value;
  control.addEventListener('input', () => drafts.set(what.key, control.value));
  // The focus arrives where it goes first: what is carried out makes the panel anew.
  if (!what.done) control.addEventListener('blur', () => setTimeout(finish));
  control.addEventListener('keydown', (/** @type {Event} */ event) => {
    if (!(event instanceof KeyboardEvent) || event.isComposing) return;
    if (event.key === 'Enter' && (!what.rows || event.ctrlKey || event.metaKey)) finish();
    else if (event.key === 'Escape' && drafts.has(what.key)) {
      forget();
      control.value = what.value;
      show();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  show();
  return h(
    'div',
    { class: 'f-field' },
    what.hideLabel ? null : h('label', { for: id }, what.label),
    control,
    what.hint ? h('p', { class: 'f-hint', id: `${id}-hint` }, what.hint) : null,
    problem,
    what.done
      ? h(
          'div',
          { class: 'b-acts' },
          button({ name: what.done, words: what.done, kind: 'small', focus: `${what.key} done`, run: finish }),
        )
      : null,
  );
}

/**
 * A choice that is carried out at once.
 *
 * @param {{key: string, label: string, value: string, choices: {value: string, words: string}[], disabled?: boolean,
 *   commit: (value: string) => void}} what
 * @returns {HTMLSelectElement}
 */
export function chosenField(what) {
  const control = h(
    'select',
    { class: 'f-input', 'aria-label': what.label, 'data-focus': what.key, disabled: what.disabled },
    what.choices.map(({ value, words }) => h('option', { value }, words)),
  );
  control.value = what.value;
  control.addEventListener('change', () => {
    control.setAttribute('data-done', '');
    what.commit(control.value);
  });
  return control;
}
