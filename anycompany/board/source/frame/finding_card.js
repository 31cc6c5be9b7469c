/**
 * One finding: a mark that says how grave, what it is, why, what helps, and the buttons to do something about it.
 *
 * @module frame/finding_card
 */

import { h } from '../dom.js';
import { askQuestions } from './dialog.js';
import { severityMark, severityWord } from './icons.js';
import { button, freshId, mayEdit } from './widgets.js';

/**
 * @typedef {import('../types.js').Board} Board
 * @typedef {import('../types.js').Finding} Finding
 */

/**
 * One finding with all that can be done about it.
 *
 * @param {Board} board
 * @param {Finding} finding
 * @param {boolean} [withStep] says to which step it belongs
 * @returns {HTMLElement}
 */
export function findingCard(board, finding, withStep = false) {
  const id = freshId('finding');
  const gone = finding.dismissed !== null && finding.dismissed !== undefined;
  const changeable = mayEdit(board);
  const { fix } = finding;
  const act = (/** @type {string} */ name, /** @type {string} */ kind, /** @type {() => void} */ run) =>
    button({
      name: `${name}: ${finding.what}`,
      words: name,
      kind: `small ${kind}`,
      focus: `${name}-${finding.key}`,
      run,
    });
  const { key, what } = finding;
  return h(
    'article',
    { class: `f-finding${gone ? ' f-gone' : ''}`, 'aria-labelledby': id },
    severityMark(finding.severity),
    h(
      'p',
      { id },
      h(
        'span',
        { class: 'f-severity-word' },
        severityWord(finding.severity),
        withStep ? `, step ${finding.step}` : '',
        '. ',
      ),
      h('bdi', null, what),
    ),
    h(
      'p',
      { class: 'f-remedy' },
      gone ? 'Dismissed: ' : null,
      h('bdi', null, gone ? finding.dismissed : finding.remedy),
    ),
    h(
      'div',
      { class: 'f-finding-acts' },
      changeable && fix && !gone ? act('Mend it', 'f-mend', () => void board.do([fix], `Mended: ${what}`)) : null,
      finding.where.length > 0 ? act('Show', 'f-quiet', () => showWhere(board, finding)) : null,
      changeable && !gone ? act('Dismiss', 'f-quiet', () => void dismiss(board, finding)) : null,
      changeable && gone
        ? act(
            'Take up again',
            'f-quiet',
            () => void board.do([{ kind: 'dismiss', finding: key, because: null }], `Taken up again: ${what}`),
          )
        : null,
      finding.why || finding.source
        ? h(
            'details',
            { class: 'f-why', 'data-fold': `why-${key}` },
            h('summary', { 'data-focus': `why-${key}` }, 'Why', h('span', { class: 'f-unseen' }, `: ${what}`)),
            h('p', null, finding.why),
            finding.source ? h('p', { class: 'f-source' }, finding.source) : null,
          )
        : null,
    ),
  );
}

/**
 * Whether a finding is about a thing, or about something deeper inside it.
 *
 * @param {Finding} finding
 * @param {string | undefined} ref such as `events/account-created`
 * @returns {boolean}
 */
export function isAbout(finding, ref) {
  return ref !== undefined && finding.where.some((place) => place === ref || place.startsWith(`${ref}/`));
}

/**
 * Puts the focus on the first note that a finding is about; goes to the finding's step where this wall has none.
 *
 * @param {Board} board
 * @param {Finding} finding
 */
function showWhere(board, finding) {
  const note = () =>
    board.scene.notes.find((one) => isAbout(finding, one.key)) ??
    board.scene.notes.find((one) => isAbout(finding, one.ref));
  const place = () => board.scene.regions.find((one) => isAbout(finding, one.ref));
  if (!note() && !place() && finding.step !== board.step.number) board.setStep(finding.step);
  const [found, region] = [note(), place()];
  if (found) {
    board.select([found.key], 'only');
    board.focus(found.key, { reveal: true });
  } else if (region) board.camera.reveal(region);
  else board.say('There is no note for this finding on the wall.');
}

/**
 * Asks for the reason and dismisses a finding with it.
 *
 * @param {Board} board
 * @param {Finding} finding
 */
async function dismiss(board, finding) {
  const answers = await askQuestions(
    board,
    'Dismiss this finding',
    [
      {
        key: 'because',
        label: 'Why is it fine as it is?',
        kind: 'text',
        hint: `${finding.what} The reason stays with the storm; anybody can take the finding up again.`,
      },
    ],
    { button: 'Dismiss' },
  );
  if (answers)
    await board.do([{ kind: 'dismiss', finding: finding.key, because: answers.because }], `Dismissed: ${finding.what}`);
}
