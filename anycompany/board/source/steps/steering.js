/**
 * The edits by which a facilitator steers the workshop, and what everybody reads of where it stands. Times are
 * seconds left as the kernel told them, counted on by this page's own clock.
 *
 * @module steps/steering
 */

/**
 * @typedef {import('../types.js').Board} Board
 * @typedef {import('../types.js').Doc} Doc
 * @typedef {import('../types.js').Edit} Edit
 * @typedef {import('../types.js').Person} Person
 * @typedef {import('../types.js').Standing} Standing
 */

/** The kernel writes its own time instead. */
const NOW = 'now';
/** What a new vote begins with. */
export const DOTS = 5;
const SCREEN = '5c4ee400';

/**
 * The seconds that the timer shows now, below zero when the time is over.
 *
 * @param {Standing | null} workshop
 * @param {number} [now] performance.now()
 * @returns {number | null} null where there is no timer
 */
export function secondsLeft(workshop, now = performance.now()) {
  if (!workshop || workshop.left === null) return null;
  return workshop.running ? workshop.left - Math.floor((now - workshop.at) / 1000) : workshop.left;
}

/**
 * Seconds as a clock shows them: `12:05`, `1:02:05`, `+0:30` when the time is over.
 *
 * @param {number} seconds
 * @returns {string}
 */
export function clock(seconds) {
  const all = Math.abs(Math.round(seconds));
  const two = (/** @type {number} */ part) => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(all / 3600), Math.floor((all % 3600) / 60)];
  const shown = hours ? `${hours}:${two(minutes)}:${two(all % 60)}` : `${minutes}:${two(all % 60)}`;
  return seconds < 0 ? `+${shown}` : shown;
}

/**
 * @param {string | null} phase null ends the workshop
 * @returns {Edit[]}
 */
export function goTo(phase) {
  return [phase === null ? { kind: 'phase', phase } : { kind: 'phase', phase, since: NOW }];
}

/**
 * The timer with so many seconds.
 *
 * @param {number} seconds
 * @param {boolean} running
 * @returns {Edit[]}
 */
export function timer(seconds, running) {
  const shown = Math.max(0, Math.min(Math.round(seconds), 604800));
  return [{ kind: 'timer', seconds: shown, ...(running && { since: NOW }) }];
}

/**
 * @param {Record<string, any>} keys as under `workshop` in the storm
 * @returns {Edit[]}
 */
export function conduct(keys) {
  return [{ kind: 'conduct', keys }];
}

/**
 * Calls everybody to what is in sight here.
 *
 * @param {Board} board
 * @returns {Edit[]}
 */
export function callHere(board) {
  const { x, y, w, h } = board.camera.sight;
  return conduct({ here: { step: board.step.number, x: x + w / 2, y: y + h / 2 } });
}

/**
 * Who could drive: each person once, by name.
 *
 * @param {Board} board
 * @returns {{person: string, name: string}[]}
 */
export function drivers(board) {
  const { me, people } = board.session;
  /** @type {Map<string, string>} */
  const found = new Map([[me.id.slice(0, 8), me.name || 'You']]);
  for (const { id, name, here } of people) {
    const person = id.slice(0, 8);
    if (here !== false && person !== SCREEN && !found.has(person)) found.set(person, name || 'Somebody');
  }
  return [...found]
    .map(([person, name]) => ({ person, name }))
    .sort((a, b) => (a.name + a.person < b.name + b.person ? -1 : 1));
}

/**
 * The one who drives after the one who drives now.
 *
 * @param {Board} board
 * @returns {{person: string, name: string}}
 */
export function nextDriver(board) {
  const all = drivers(board);
  const now = board.session.doc.workshop?.driver?.person;
  return all[(all.findIndex((one) => one.person === now) + 1) % all.length];
}

/**
 * Why this person may not edit at the moment, in words; null when they may. The kernel says the same.
 *
 * @param {Board} board
 * @returns {{why: string, remedy: string} | null}
 */
export function heldBack(board) {
  const { doc, workshop, me } = board.session;
  const state = doc.workshop;
  if (!state || workshop?.facilitates) return null;
  if (state.locked)
    return { why: 'The facilitator has locked the wall.', remedy: 'Look and listen; it will be opened again.' };
  if (state.driver && state.driver.person !== me.id.slice(0, 8)) {
    const who = state.driver.name || 'Somebody else';
    return { why: `${who} is driving.`, remedy: 'Point at what you mean and say it; the wheel goes round.' };
  }
  return null;
}

/**
 * The votes that put a dot on each of these things, or take it back where it is.
 *
 * @param {Board} board
 * @param {string[]} keys such as `hotspots/fees`
 * @returns {{edits: Edit[], up: boolean}} `up`: whether all of them are put
 */
export function votes(board, keys) {
  const { doc, workshop, me } = board.session;
  const edits = keys.map((key) => {
    const [section, id] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
    const thing = section === 'hotspots' ? doc.hotspots?.[id] : doc.contexts?.[id];
    const who = workshop?.dots ? (workshop.dots.on[key] ?? me.name) : me.name;
    const up = workshop?.dots ? !(key in workshop.dots.on) : !thing?.votes?.includes(who);
    return { kind: 'vote', [section === 'hotspots' ? 'hotspot' : 'context']: id, who, up };
  });
  return { edits, up: edits.every((edit) => edit.up) };
}

/**
 * What a phase that is not yet on would open, where this step is a later one; null where the step is open.
 *
 * @param {Standing | null} workshop
 * @param {number} step
 * @returns {string | null}
 */
export function laterWords(workshop, step) {
  if (!workshop?.phase || step <= workshop.phase.step) return null;
  const phase = workshop.agenda.find((one) => one.step >= step);
  return `You can look ahead: this step opens ${phase ? `with “${phase.name}”` : 'later'}.`;
}

/**
 * The note that the spotlight is on, where this step shows it.
 *
 * @param {Board} board
 * @returns {import('../types.js').Note | null}
 */
export function litNote(board) {
  const lit = board.session.doc?.workshop?.spotlight;
  return (lit && board.scene.notes.find((note) => note.key === lit || note.ref === lit)) || null;
}
