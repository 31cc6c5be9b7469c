/**
 * What the notes wear beside their own data: findings, who holds them, whether they are selected.
 *
 * @module paint/marks
 */

import { UNMARKED } from './note.js';

/** @import { Finding, Note, Person } from '../types.js' */
/** @import { Mark } from './note.js' */

/**
 * @typedef {{findings: Map<string, {count: number, severity: string, worst: string}>, people: Person[],
 *   selection: ReadonlySet<string>}} Marks `findings` by the ref of what they are about
 */

/**
 * How many findings each thing has at a step, and the worst of them. On the first step nothing is judged.
 *
 * @param {Record<string, Finding>} findings
 * @param {number} step
 * @returns {Map<string, {count: number, severity: string, worst: string}>} by ref
 */
export function findingsByRef(findings, step) {
  const order = ['error', 'warning', 'note'];
  /** @type {Map<string, {count: number, severity: string, worst: string}>} */
  const found = new Map();
  if (step === 1) return found;
  for (const finding of Object.values(findings)) {
    if ((finding.dismissed ?? null) !== null || finding.step > step) continue;
    for (const ref of new Set(finding.where)) {
      const before = found.get(ref);
      const worse = !before || order.indexOf(finding.severity) < order.indexOf(before.severity);
      found.set(ref, {
        count: (before?.count ?? 0) + 1,
        severity: worse ? finding.severity : before.severity,
        worst: worse ? finding.what : before.worst,
      });
    }
  }
  return found;
}

/**
 * Who holds or edits each note.
 *
 * @param {Person[]} people
 * @returns {Map<string, Person[]>}
 */
export function holdersByKey(people) {
  /** @type {Map<string, Person[]>} */
  const holders = new Map();
  for (const { id, name, hue, holds, editing } of people) {
    const key = editing ?? holds;
    if (key) holders.set(key, [...(holders.get(key) ?? []), { id, name, hue, editing }]);
  }
  return holders;
}

/**
 * What one note wears.
 *
 * @param {Note} note
 * @param {Marks} marks
 * @param {Map<string, Person[]>} people who holds each note
 * @returns {Mark}
 */
export function markOf(note, marks, people) {
  const found = marks.findings.get(note.ref ?? note.key);
  const holders = people.get(note.key);
  const selected = marks.selection.has(note.key);
  if (!found && !holders && !selected) return UNMARKED;
  return {
    findings: found?.count ?? 0,
    severity: found?.severity ?? '',
    worst: found?.worst ?? '',
    holders: holders ?? [],
    selected,
  };
}
