/**
 * The small dialog that asks an action's questions.
 *
 * @module frame/dialog
 */

import { h } from '../dom.js';
import { openLayer } from './layer.js';
import { makeField } from './questions.js';
import { button, freshId } from './widgets.js';

const SHORT = 24;

/**
 * Asks questions, one under the other. Enter answers them, Escape takes the action back.
 *
 * @param {{readonly root: HTMLElement}} board
 * @param {string} title
 * @param {import('../types.js').Question[]} questions
 * @param {{button?: string, danger?: boolean, check?: (answers: import('../types.js').Answers) => void}} [options]
 *   `button` is the verb on the button, else the title if it is short; `check` may throw an
 *   Error: its words are shown and the answers stay
 * @returns {Promise<import('../types.js').Answers | null>} null when it was cancelled
 */
export function askQuestions(board, title, questions, options = {}) {
  const named = title.replace(/…$/, '');
  return new Promise((resolve) => {
    const fields = questions.map((question) => ({ question, field: makeField(question) }));
    const problemId = freshId('problem');
    const problem = h('p', { class: 'f-problem', id: problemId, role: 'alert', hidden: true });
    /** @type {import('../types.js').Answers | null} */
    let answers = null;

    /** Closes with the answers, or says what is wrong with them. */
    function submit() {
      /** @type {import('../types.js').Answers} */
      const read = {};
      let at = fields[0]?.field.control;
      for (const { field } of fields) field.control.removeAttribute('aria-invalid');
      try {
        for (const { question, field } of fields) {
          at = field.control;
          read[question.key] = field.read();
        }
        at = fields[0]?.field.control;
        options.check?.(read);
      } catch (error) {
        problem.textContent = error instanceof Error ? error.message : String(error);
        problem.hidden = false;
        at?.setAttribute('aria-invalid', 'true');
        at?.setAttribute('aria-errormessage', problemId);
        at?.focus();
        return;
      }
      answers = read;
      layer.close();
    }

    const form = h(
      'form',
      {
        class: 'f-form',
        novalidate: true,
        onsubmit: (/** @type {Event} */ event) => {
          event.preventDefault();
          submit();
        },
        onkeydown: (/** @type {KeyboardEvent} */ event) => {
          const check = event.target instanceof HTMLInputElement && event.target.type === 'checkbox';
          if (event.key !== 'Enter' || event.isComposing || event.defaultPrevented) return;
          if (event.ctrlKey || event.metaKey || check || event.target instanceof HTMLSelectElement) {
            event.preventDefault();
            submit();
          }
        },
      },
      fields.map(({ field }) => field.element),
      problem,
      h(
        'div',
        { class: 'f-answers' },
        fields.some(({ field }) => field.control instanceof HTMLTextAreaElement)
          ? h('span', { class: 'f-hint' }, 'Ctrl Enter to go on')
          : null,
        button({ name: 'Cancel', words: 'Cancel', run: () => layer.close() }),
        h(
          'button',
          { type: 'submit', class: `f-button f-strong${options.danger ? ' f-danger' : ''}` },
          options.button ?? (named.length <= SHORT ? named : 'OK'),
        ),
      ),
    );
    fields[0]?.field.control.setAttribute('data-first', '');
    const layer = openLayer(board.root, {
      title: named,
      content: [form],
      kind: 'f-asking',
      onclose: () => resolve(answers),
    });
    const first = fields[0]?.field.control;
    if (first instanceof HTMLInputElement && first.type === 'text') first.select();
  });
}
