/**
 * What can be done about the findings of the selected note.
 *
 * @module steps/finding_actions
 */

import { shortened } from './naming.js';

/**
 * @typedef {import('../types.js').Action} Action
 * @typedef {import('../types.js').Finding} Finding
 * @typedef {import('../types.js').Insight} Insight
 */

/** How many findings of a note are offered in its menu; the panel lists them all. */
const MOST_FINDINGS = 6;

/**
 * Mending, dismissing and taking up again what the checks found about the selected note. Where several are selected,
 * nothing: one reason hardly fits all, and the menu is for what is done to them together.
 *
 * @param {Insight} insight
 * @param {string[]} keys
 * @returns {Action[]}
 */
export function findingActions(insight, keys) {
  if (keys.length !== 1) return [];
  const [chosen] = keys[0].split('#');
  const here = Object.values(insight?.findings ?? {}).filter((one) => one.where.includes(chosen));
  return here
    .slice(0, MOST_FINDINGS)
    .flatMap((finding) => (finding.dismissed ? [takeUp(finding)] : mendOrDismiss(finding)));
}

/**
 * @param {Finding} finding
 * @returns {Action[]}
 */
function mendOrDismiss(finding) {
  const { fix } = finding;
  const said = shortened(finding.what, 80);
  return [
    ...(fix
      ? [{ id: `mend ${finding.key}`, name: `Mend: ${said} ${shortened(finding.remedy, 80)}`, edits: () => [fix] }]
      : []),
    {
      id: `dismiss ${finding.key}`,
      name: `Dismiss: ${said}`,
      ask: [{ key: 'because', label: 'Why is it fine as it is?', kind: 'text', hint: finding.what }],
      edits: ({ because }) => [{ kind: 'dismiss', finding: finding.key, because }],
    },
  ];
}

/**
 * @param {Finding} finding
 * @returns {Action}
 */
function takeUp(finding) {
  return {
    id: `take-up ${finding.key}`,
    name: `Take up again: ${shortened(finding.what, 80)}`,
    edits: () => [{ kind: 'dismiss', finding: finding.key, because: null }],
  };
}
