/**
 * The eight steps: where we are, what is done, and the way to any of them.
 *
 * @module frame/step_bar
 */

import { h } from '../dom.js';
import { icon } from './icons.js';
import { roving, unseen } from './widgets.js';

/**
 * @param {import('../types.js').Board} board
 * @param {import('../types.js').Step[]} steps
 * @returns {{element: HTMLElement, draw: () => void}}
 */
export function makeStepBar(board, steps) {
  const pills = steps.map((step) => pill(step, () => board.setStep(step.number)));
  const element = h(
    'nav',
    { class: 'f-steps', 'aria-label': 'Steps' },
    h(
      'ol',
      null,
      pills.map(({ button }) => h('li', null, button)),
    ),
  );
  const settle = roving(element);

  /** Shows the progress as the kernel counted it last. */
  function draw() {
    steps.forEach((step, index) => {
      pills[index].draw(board.session.insight?.progress?.[String(step.number)], board.step.number === step.number);
    });
    settle();
    const current = pills.find((one) => one.button.getAttribute('aria-current'))?.button;
    if (current && element.scrollWidth > element.clientWidth) {
      element.scrollLeft = current.offsetLeft - (element.clientWidth - current.offsetWidth) / 2;
    }
  }

  return { element, draw };
}

/**
 * @param {import('../types.js').Step} step
 * @param {() => void} show
 */
function pill(step, show) {
  const sign = h('span', { class: 'f-step-sign' });
  const bar = h('span', { class: 'f-step-bar', 'aria-hidden': 'true' });
  const said = unseen('');
  const button = h(
    'button',
    { type: 'button', class: 'f-step', 'data-focus': `step-${step.number}`, onclick: show },
    sign,
    h('span', { class: 'f-step-word' }, step.short),
    said,
    bar,
  );

  /**
   * @param {import('../types.js').Progress | undefined} progress
   * @param {boolean} current
   */
  function draw(progress, current) {
    const finished = progress?.finished ?? false;
    const begun = !finished && (progress?.done ?? 0) > 0;
    const state = finished ? 'done' : progress && begun ? `${progress.done} of ${progress.total} done` : 'not begun';
    button.className = `f-step${finished ? ' f-finished' : ''}`;
    if (current) button.setAttribute('aria-current', 'step');
    else button.removeAttribute('aria-current');
    said.textContent = `, ${state}`;
    const missing = (progress?.missing ?? []).slice(0, 3).join('; ');
    button.title = `${step.question}${missing && !finished ? `\nMissing: ${missing}` : ''}`;
    sign.replaceChildren(...(finished ? [icon('done')] : []), h('span', { class: 'f-step-number' }, `${step.number} `));
    bar.hidden = !begun;
    bar.style.setProperty(
      '--share',
      String(begun && progress ? Math.min(1, progress.done / Math.max(1, progress.total)) : 0),
    );
  }

  return { button, draw };
}
