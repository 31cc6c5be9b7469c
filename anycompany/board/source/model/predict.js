/**
 * What an edit will do, shown before the kernel has answered. Each function does what `anycompany/storm/apply.py` does
 * for an edit that is in order; one that is not, or is not known here, predicts nothing: the kernel decides.
 *
 * @module model/predict
 */

import { certainSlug, mint, words } from './ids.js';
import { withEventReplaced, withoutMentions } from './mentions.js';
import { fits, shortest, spelled } from './parts.js';
import { detailType, momentOf, parked } from './reading.js';
import { entry, section, withEach, withEntry, withoutEntry, withoutKey } from './sections.js';
import { placedIn, withoutEvent } from './timeline.js';

/** @import { Doc, Edit } from '../types.js' */

const TEXTUAL = ['hotspots', 'decisions'];
const BLANK = /^[\s\x1c-\x1f\x85]*$/;
/** What a storm says of itself where nobody said otherwise. */
const DEFAULTS = /** @type {const} */ ({ language: 'en', source: null, technical: false, bus: {} });

/**
 * A storm after an edit, as far as that can be told here. What the edit does not touch is shared.
 *
 * @param {Doc} doc
 * @param {Edit} edit
 * @returns {Doc} the same doc where nothing is predicted
 */
export function predict(doc, edit) {
  try {
    return after(doc, edit) ?? doc;
  } catch {
    return doc; // whatever is wrong with the edit, the kernel says it in words
  }
}

/**
 * @param {Doc} doc
 * @param {Edit} edit
 * @returns {Doc | null} null where nothing is predicted
 */
function after(doc, edit) {
  return Object.hasOwn(DOING, edit.kind) ? DOING[edit.kind](doc, edit) : null;
}

/** @type {Record<string, (doc: Doc, edit: Edit) => Doc | null>} */
const DOING = {
  add(doc, { to, name, id, keys = {} }) {
    const guessed = !doc.workshop?.blind && certainSlug(name) !== null;
    const given = id ?? (guessed ? mint(doc, to, name) : null);
    if (given === null || BLANK.test(name) || entry(doc, to, given) !== undefined) return null;
    if (to === 'contracts') known(doc, 'events', given);
    const document = { ...firstWords(to, given, name), ...keys };
    if (!fits(to, document)) return null;
    if (to === 'entities') doc = leaving(doc, to, 'events', keys.events ?? []);
    if (to === 'contexts') doc = leaving(doc, to, 'entities', keys.entities ?? []);
    return withEntry(doc, to, given, shortest(to, document));
  },
  rename(doc, { of, id, name }) {
    const before = known(doc, of, id);
    if (of === 'contracts' || BLANK.test(name)) return null;
    const renamed = withEntry(doc, of, id, { ...spelled(before), [TEXTUAL.includes(of) ? 'text' : 'name']: name });
    const contract = of === 'events' ? entry(doc, 'contracts', id) : undefined;
    if (!contract?.['detail-type'] || contract.published) return renamed;
    const [was, will] = [certainSlug(before.name), certainSlug(name)];
    if (was === null || will === null) return null;
    if (contract['detail-type'] !== was || !will) return renamed;
    return withEntry(renamed, 'contracts', id, { ...contract, 'detail-type': will.slice(0, 128) });
  },
  change(doc, { of, id, keys }) {
    const merged = Object.entries({ ...spelled(known(doc, of, id)), ...keys });
    const document = Object.fromEntries(merged.filter(([, value]) => value !== null));
    return fits(of, document) ? withEntry(doc, of, id, shortest(of, document)) : null;
  },
  remove(doc, { of, id }) {
    known(doc, of, id);
    const left = withoutEntry(doc, of, id);
    return of === 'contracts' ? left : withoutMentions(left, of, id);
  },
  merge(doc, { keep, gone, name }) {
    const kept = known(doc, 'events', keep);
    known(doc, 'events', gone);
    if (keep === gone) return null;
    const replaced = withEventReplaced(doc, gone, keep);
    return withoutEntry(name ? withEntry(replaced, 'events', keep, { ...kept, name }) : replaced, 'events', gone);
  },
  place(doc, edit) {
    known(doc, 'events', edit.event);
    const said = [edit.after, edit.before, edit.instead_of, edit.parallel_to];
    const neighbours = said.filter((one) => one !== undefined && one !== null);
    if (neighbours.length > 1 || neighbours.includes(edit.event)) return null;
    if (neighbours.some((one) => momentOf(doc, one) < 0)) return null;
    return { ...doc, timeline: placedIn(doc.timeline ?? [], /** @type {any} */ (edit)) };
  },
  unplace: (doc, { event }) => ({ ...doc, timeline: withoutEvent(doc.timeline ?? [], event) }),
  trigger(doc, { event, trigger }) {
    known(doc, 'events', event);
    if (trigger === null) return withoutEntry(doc, 'triggers', event);
    return fits('triggers', trigger) ? withEntry(doc, 'triggers', event, trigger) : null;
  },
  assign(doc, { of, id, to }) {
    known(doc, of, id);
    const [homes, key] = of === 'events' ? ['entities', 'events'] : ['contexts', 'entities'];
    if (to !== null && (spelled(known(doc, homes, to))[key] ?? []).includes(id)) return doc;
    const left = leaving(doc, homes, key, [id]);
    if (to === null) return left;
    const home = spelled(entry(left, homes, to));
    const copies = home.copies?.includes(id) ? { copies: without(home.copies, id) } : {};
    return withEntry(left, homes, to, shortest(homes, { ...home, [key]: [...(home[key] ?? []), id], ...copies }));
  },
  copy(doc, { entity, context, keep = true }) {
    known(doc, 'entities', entity);
    const home = known(doc, 'contexts', context);
    if (keep && home.entities?.includes(entity)) return null;
    const others = without(home.copies ?? [], entity);
    return withEntry(doc, 'contexts', context, { ...home, copies: keep ? [...others, entity] : others });
  },
  field(doc, { event, field, is }) {
    known(doc, 'events', event);
    if (is !== null && !fits('fields', is)) return null;
    const contract = entry(doc, 'contracts', event) ?? {};
    const before = contract.fields ?? {};
    const fields = is === null ? withoutKey(before, field) : { ...before, [field]: is };
    return withEntry(doc, 'contracts', event, { ...contract, fields });
  },
  publish(doc, { event }) {
    const contract = known(doc, 'contracts', event);
    const certain = contract['detail-type'] || Object.values(section(doc, 'events')).every(isWrittenCertainly);
    if (!certain) return null;
    const frozen = { published: contract.version ?? 1, 'detail-type': detailType(doc, event) };
    return withEntry(doc, 'contracts', event, { ...contract, ...frozen });
  },
  vote(doc, { hotspot, context, who, up = true }) {
    if ((hotspot ?? null) !== null && (context ?? null) !== null) return null;
    const [of, id] = (context ?? null) === null ? ['hotspots', hotspot] : ['contexts', context];
    const thing = known(doc, of, id);
    const others = without(thing.votes ?? [], who);
    return withEntry(doc, of, id, { ...thing, votes: up ? [...others, who] : others });
  },
  park(doc, { event }) {
    const note = known(doc, 'events', event);
    const left = withoutMentions(withoutEntry(doc, 'events', event), 'events', event);
    return { ...left, board: { ...left.board, parked: { ...parked(left), [event]: note } } };
  },
  unpark(doc, { event }) {
    const aside = parked(doc);
    if (!Object.hasOwn(aside, event) || !fits('events', aside[event])) return null;
    const left = { ...doc, board: { ...doc.board, parked: withoutKey(aside, event) } };
    return withEntry(left, 'events', event, aside[event]);
  },
  move: (doc, { note, x, y }) => ({
    ...doc,
    board: { ...doc.board, notes: { ...doc.board?.notes, [note]: [x, y] } },
  }),
  dismiss(doc, { finding, because }) {
    const others = withoutKey(doc.dismissed ?? {}, finding);
    return { ...doc, dismissed: because === null ? others : { ...others, [finding]: because } };
  },
  settings(doc, { keys }) {
    const said = { ...keys };
    for (const key of Object.keys(said)) {
      if (said[key] === null) said[key] = key === 'name' ? doc.name : DEFAULTS[/** @type {'bus'} */ (key)];
      else if (key === 'bus' && !fits('bus', said.bus)) return null;
      else if (key !== 'bus' && typeof said[key] !== (key === 'technical' ? 'boolean' : 'string')) return null;
    }
    return { ...doc, ...said };
  },
  batch(doc, { edits }) {
    let retired = false;
    for (const edit of edits) {
      if (retired && edit.kind === 'add' && !edit.id) return null; // the kernel mints none of these ids again
      const next = after(doc, edit);
      if (next === null) return null; // all or nothing, as the kernel has it
      retired ||= ['remove', 'merge', 'park', 'batch'].includes(edit.kind);
      doc = next;
    }
    return doc;
  },
};

/**
 * What a new thing says because of the name it was given.
 *
 * @param {string} to the section
 * @param {string} id
 * @param {string} name
 * @returns {Record<string, string>}
 */
function firstWords(to, id, name) {
  if (TEXTUAL.includes(to)) return { text: name };
  if (to === 'contracts' || (to !== 'events' && (name === id || name === words(id)))) return {};
  return { name };
}

/**
 * @param {{name: string}} event
 * @returns {boolean}
 */
function isWrittenCertainly(event) {
  return certainSlug(event.name) !== null;
}

/**
 * One entry; throws where there is none.
 *
 * @param {Doc} doc
 * @param {string} name
 * @param {string} id
 * @returns {any}
 */
function known(doc, name, id) {
  const found = entry(doc, name, id);
  if (found === undefined) throw new Error(`There is no ${name}/${id}.`);
  return found;
}

/**
 * @param {string[]} items
 * @param {string} gone
 * @returns {string[]}
 */
function without(items, gone) {
  return items.filter((item) => item !== gone);
}

/**
 * The storm with some members gone from all their homes.
 *
 * @param {Doc} doc
 * @param {string} homes
 * @param {string} key
 * @param {string[]} gone
 * @returns {Doc}
 */
function leaving(doc, homes, key, gone) {
  const leave = new Set(gone);
  return withEach(doc, homes, (home) => {
    const here = spelled(home)[key] ?? [];
    if (!here.some((/** @type {string} */ member) => leave.has(member))) return home;
    const left = here.filter((/** @type {string} */ member) => !leave.has(member));
    return Array.isArray(home) ? left : { ...home, [key]: left };
  });
}
