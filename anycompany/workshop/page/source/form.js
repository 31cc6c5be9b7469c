/**
 * The door: code and name.
 *
 * @module form
 */

import { h } from '../../../board/source/dom.js';

/** @import { LineState, Refusal } from './line.js' */

/**
 * @param {{code: string, name: string}} known
 * @param {(said: {code: string, name: string}) => void} submit
 */
export function makeForm(known, submit) {
  const code = h('input', {
    id: 'code',
    name: 'code',
    value: known.code,
    autocomplete: 'off',
    autocapitalize: 'characters',
    autocorrect: 'off',
    spellcheck: 'false',
    enterkeyhint: 'next',
    required: true,
    maxlength: 20,
    'aria-describedby': 'code-hint',
  });
  const name = h('input', {
    id: 'name',
    name: 'name',
    value: known.name,
    autocomplete: 'given-name',
    enterkeyhint: 'go',
    required: true,
    maxlength: 60,
    dir: 'auto',
  });
  const said = h('p', { class: 'form-said', role: 'alert' });
  const status = h('p', { class: 'form-status', role: 'status' });
  const button = h('button', { type: 'submit', class: 'go' }, 'Join');
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let counting;
  const form = h(
    'form',
    { novalidate: true },
    h('h1', null, 'Join the workshop'),
    h('label', { for: 'code' }, 'Code'),
    code,
    h('p', { class: 'hint', id: 'code-hint' }, 'Six letters and digits; they stand on the big screen.'),
    h('label', { for: 'name' }, 'Your name'),
    name,
    said,
    button,
    status,
  );
  const notes = h('div', { class: 'door-notes', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'), h('i'));
  const element = h('main', { class: 'door' }, notes, form);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button.disabled) return;
    const missing = [code, name].find((field) => !field.value.trim());
    if (missing) {
      said.textContent = missing === code ? 'Type the code first.' : 'Type your name: the others see it.';
      missing.focus();
      return;
    }
    said.textContent = '';
    submit({ code: code.value, name: name.value.trim() });
  });

  return {
    element,
    focus: () => (code.value ? name : code).focus(),
    /** @param {string} value */
    fill(value) {
      code.value = value;
      name.focus();
    },
    /** @param {Refusal} refusal */
    refused({ why, remedy, wait }) {
      said.textContent = `${why} ${remedy}`.trim();
      clearInterval(counting);
      let left = Math.ceil(wait);
      const count = () => {
        button.disabled = left > 0;
        button.textContent = left > 0 ? `Try again in ${left} s` : 'Join';
        if (left-- <= 0) clearInterval(counting);
      };
      count();
      if (left >= 0) counting = setInterval(count, 1000);
    },
    /**
     * @param {LineState} state
     * @param {string} words
     */
    state(state, words) {
      const waits = state === 'away' || state === 'resting';
      status.textContent = waits ? words : '';
    },
  };
}
