/**
 * The board in a notebook that was saved with it: shown for reading when no kernel answers.
 *
 * @module saved
 */

/** @import { Doc, Insight, Session } from './types.js' */

/** How long a kernel may be silent before the board says that it is for reading only. */
const PATIENCE = 4000;
const KEPT_EVERY = 2000;

/** @typedef {{revision: number, doc: Doc, insight: Insight}} Saved */

/**
 * A session that shows what was saved until the kernel answers, and keeps what the kernel confirmed in the widget's
 * state, where a notebook that saves widget state finds it. The state is not sent to the kernel.
 *
 * @param {Session} live
 * @param {{get(name: string): any, set(name: string, value: any): void}} model of the widget
 * @returns {Session}
 */
export function savedWhile(live, model) {
  const saved = readSaved(model.get('saved'));
  let waiting = saved !== null && live.status !== 'live';
  let patient = true;
  /** @type {Set<(detail?: any) => void>} */
  const watchers = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let keeping;

  const keep = () => {
    keeping = undefined;
    if (live.status !== 'live' || live.pending || live.doc.workshop?.blind) return; // others may read what is kept
    model.set('saved', { revision: live.revision, doc: live.doc, insight: live.insight });
  };
  const keepSoon = () => {
    if (live.status === 'live') waiting = false;
    keeping ??= setTimeout(keep, KEPT_EVERY);
  };
  const stops = ['status', 'change', 'insight'].map((event) => live.on(event, keepSoon));
  const giveUp = setTimeout(() => {
    patient = false;
    if (waiting) for (const watcher of [...watchers]) watcher();
  }, PATIENCE);

  /** @type {Record<string, () => any>} */
  const instead = {
    doc: () => saved?.doc,
    revision: () => saved?.revision,
    insight: () => saved?.insight,
    status: () => (patient ? 'connecting' : 'readonly'),
  };
  /** @type {Record<string, (...given: any[]) => any>} */
  const own = {
    on(event, listener) {
      if (event === 'status') watchers.add(listener);
      const stop = live.on(event, listener);
      return () => {
        watchers.delete(listener);
        stop();
      };
    },
    close() {
      clearTimeout(keeping);
      clearTimeout(giveUp);
      for (const stop of stops) stop();
      live.close();
    },
  };
  return new Proxy(live, {
    get(target, key) {
      if (typeof key === 'string' && key in own) return own[key];
      if (waiting && typeof key === 'string' && key in instead) return instead[key]();
      const value = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/**
 * @param {any} value
 * @returns {Saved | null}
 */
function readSaved(value) {
  return value && typeof value === 'object' && value.doc && typeof value.doc === 'object' ? value : null;
}
