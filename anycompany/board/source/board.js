/**
 * The board on the screen: which step is shown, what is selected and focused, what is looked at, and the way from a
 * hand to the shared storm. Draws the scene of the step whenever the storm changes.
 *
 * @module board
 */

import { h } from './dom.js';
import { askQuestions } from './frame/dialog.js';
import { openMenu } from './frame/menu.js';
import { oncePerFrame } from './frame/widgets.js';
import { keyOf, keysMeant } from './hands/meant.js';
import { nearestTo } from './hands/spatial.js';
import { findingsByRef } from './paint/marks.js';
import { around, makeWall } from './paint/wall.js';
import { everybodyActions } from './steps/common.js';
import { heldBack, laterWords } from './steps/steering.js';
import { steeringActions } from './steps/steering_actions.js';

/** @import { Action, Answers, Board, Box, Doc, Edit, Insight, Outcome, Scene, Session, Step } from './types.js' */
/** @import { Wall } from './paint/wall.js' */

/** As much of the wall's top as the field for new notes covers, in px. */
const UNDER_FIELD = 44;
const BLANK = /** @type {Scene} */ ({ notes: [], regions: [], arrows: [], labels: [] });
const NO_INSIGHT = { findings: {}, coupling: null, progress: {}, next: null, guesses: [] };
const READ_ONLY = {
  ok: /** @type {false} */ (false),
  why: 'This board is for reading only now.',
  remedy: 'Go back to now to change it.',
};

/**
 * What a board is made of. The frame and the hands are made for the board, so that they are there after it.
 *
 * @typedef {{session: Session, steps: Step[], step: number, readonly: boolean,
 *   frame: () => {notice: Board['notice']},
 *   hands: () => {edit(key: string): void, actions(): Action[]}}} Parts
 */

/**
 * A board in an element.
 *
 * @param {HTMLElement} root
 * @param {Parts} parts
 * @returns {{board: Board, wall: Wall, draw: () => void, close: () => void}} `draw` it once its frame is there
 */
export function makeBoard(root, { session, steps, step: first, readonly, frame, hands }) {
  const wall = makeWall();
  const said = h('div', { class: 'said', role: 'status', 'aria-live': 'polite' });
  let step = steps[first - 1] ?? steps[0];
  let scene = BLANK;
  /** @type {[Doc, object, Step] | null} what the scene was made from */
  let made = null;
  /** @type {Set<string>} */
  let selection = new Set();
  /** @type {string | null} */
  let focused = null;
  /** @type {Box | null} where the focused note lay when it was drawn last */
  let focusedBox = null;
  /** @type {Board['preview']} */
  let preview = null;
  /** @type {Insight | null} */
  let foreseen = null;
  /** @type {{revision: number, doc: Doc} | null} */
  let past = null;
  let opened = false;
  /** @type {HTMLElement} */
  let stop = wall.element;
  /** @type {Map<number, [number, number, number]>} */
  const places = new Map();
  /** @type {Map<string, Set<() => void>>} */
  const listeners = new Map();
  /** @type {Set<object>} edits whose refusal is shown by whoever did them */
  const doing = new Set();

  const emit = (/** @type {string} */ event) => {
    for (const listener of [...(listeners.get(event) ?? [])]) listener();
  };
  const docNow = () => past?.doc ?? session.doc;
  const insightNow = () => session.insight ?? NO_INSIGHT;
  /** What follows from the storm; while something is in the hand, with the coupling that dropping it would give. */
  const insightShown = () => {
    if (!preview?.coupling) return insightNow();
    if (foreseen?.coupling !== preview.coupling) foreseen = { ...insightNow(), coupling: preview.coupling };
    return foreseen;
  };
  const activeElement = () => /** @type {Document | ShadowRoot} */ (root.getRootNode()).activeElement;
  const readOnly = () => readonly || past !== null || session.status === 'readonly' || session.status === 'outdated';

  /** Makes the scene anew if anything it depends on is another. */
  const remake = () => {
    const [doc, insight] = [docNow(), insightShown()];
    if (!doc || (made && made[0] === doc && made[1] === insight && made[2] === step)) return;
    made = [doc, insight, step];
    try {
      scene = step.scene(doc, /** @type {any} */ (insight));
      if (readonly && scene.empty) scene = { ...scene, empty: nothingYet(doc) };
    } catch (error) {
      console.error(error);
      const remedy = 'The storm itself is safe. Choose another step, and report this.';
      frame().notice('error', `The board could not draw step ${step.number}. ${remedy}`);
    }
    const keys = new Set([...scene.notes, ...scene.regions].map((thing) => thing.key));
    const kept = [...selection].filter((key) => keys.has(key));
    if (kept.length !== selection.size) {
      selection = new Set(kept);
      emit('selection');
    }
  };

  /** Gives Tab one stop on the wall: the focused note, else the first of the scene, else the wall itself. */
  const settleStop = () => {
    const key = focused ?? scene.notes[0]?.key ?? null;
    wall.pin([...selection, ...(key ? [key] : [])]);
    const next = (key && wall.noteElement(key)) || wall.element;
    if (next !== stop) stop.tabIndex = -1;
    next.tabIndex = 0;
    stop = next;
  };

  /** @param {string} key of what has the focus now */
  const attend = (key) => {
    const box = wall.boxOf(key);
    if (!box) return;
    focused = key;
    focusedBox = { x: box.x, y: box.y, w: box.w, h: box.h };
    settleStop();
  };

  const draw = () => {
    remake();
    wall.camera.inset = step.placeholder === null || readOnly() ? 0 : UNDER_FIELD;
    if (!opened && session.status !== 'connecting') {
      opened = true;
      wall.camera.resized();
      wall.camera.open(around(scene));
    }
    const active = activeElement();
    const onNote = active instanceof HTMLElement && wall.world.contains(active);
    const findings = findingsByRef(past ? {} : insightNow().findings, step.number);
    wall.draw(scene, { findings, people: others(), selection });
    if (focused && !wall.boxOf(focused)) {
      focused = (focusedBox && nearestTo(scene.notes, focusedBox)?.key) ?? null;
    }
    const box = focused ? wall.boxOf(focused) : null;
    focusedBox = box && { x: box.x, y: box.y, w: box.w, h: box.h };
    settleStop();
    if (onNote && !wall.world.contains(activeElement())) takeFocus();
    root.dataset.rev = String(session.revision ?? 0);
    root.dataset.pending = String(session.pending);
    root.dataset.status = session.status;
    root.dataset.step = String(step.number);
    root.classList.toggle('is-readonly', readOnly());
    emit('draw');
  };
  const drawSoon = oncePerFrame(draw);

  const takeFocus = () => {
    const element = (focused && wall.noteElement(focused)) || wall.element;
    element.focus({ preventScroll: true });
  };
  const others = () => (session.people ?? []).filter((person) => person.id !== session.me?.id);

  /** @type {Board} */
  const board = {
    session,
    root,
    camera: wall.camera,
    get step() {
      return step;
    },
    get scene() {
      remake();
      return scene;
    },
    get selection() {
      return selection;
    },
    get focused() {
      return focused;
    },
    get preview() {
      return preview;
    },
    get replay() {
      return past?.revision ?? null;
    },
    setStep(number) {
      const next = steps[number - 1];
      if (!next || next === step) return;
      const { x, y, zoom } = wall.camera;
      places.set(step.number, [x, y, zoom]);
      step = next;
      session.tell({ step: number, pointer: null, holds: null });
      draw();
      const back = places.get(number);
      if (back) wall.camera.set(...back);
      else wall.camera.open(around(scene));
      board.say(`Step ${number}, ${step.short}. ${step.question}`);
      emit('step');
    },
    select(keys, how = 'only') {
      const before = selection;
      selection = how === 'only' ? new Set() : new Set(selection);
      for (const key of keys) {
        if (how === 'toggle' && before.has(key)) selection.delete(key);
        else selection.add(key);
      }
      if (selection.size === before.size && [...selection].every((key) => before.has(key))) return;
      draw();
      emit('selection');
    },
    focus(key, { reveal = true } = {}) {
      if (!wall.boxOf(key)) draw();
      const box = wall.boxOf(key);
      if (!box) return;
      attend(key);
      if (reveal) wall.camera.reveal(box);
      takeFocus();
      emit('selection');
    },
    async do(edits, words) {
      if (!edits.length) return { ok: true, revision: session.revision };
      if (readOnly()) {
        board.notice('warning', `${READ_ONLY.why} ${READ_ONLY.remedy}`);
        return READ_ONLY;
      }
      const held = edits.every((one) => one.kind === 'vote') ? null : heldBack(board);
      if (held) {
        board.notice('warning', `${held.why} ${held.remedy}`);
        return { ok: false, ...held };
      }
      const edit = edits.length === 1 ? edits[0] : { kind: 'batch', edits };
      doing.add(edit);
      const done = session.do(edit);
      draw();
      if (words) board.say(words);
      const outcome = await done;
      doing.delete(edit);
      if (!outcome.ok) showRefusal(outcome);
      return outcome;
    },
    async run(action) {
      try {
        if (action.run) return action.run(board);
        if (!action.ask?.length) return void (await board.do(action.edits?.({}) ?? [], action.name));
        /** @type {Edit[]} */
        let edits = [];
        const check = (/** @type {Answers} */ answers) => void (edits = action.edits?.(answers) ?? []);
        const answers = await askQuestions(board, action.name, action.ask, { danger: action.danger, check });
        if (answers) await board.do(edits, action.name);
      } catch (error) {
        board.notice('warning', error instanceof Error ? error.message : String(error));
      }
    },
    actions() {
      const keys = keysMeant(board);
      const insight = /** @type {any} */ (insightNow());
      const later = laterWords(session.workshop, step.number) !== null;
      const own = readOnly() || later ? [] : step.actions(docNow(), keys, insight);
      const shared = readOnly() ? [] : everybodyActions(docNow(), keys, insight);
      const steering = readOnly() ? [] : steeringActions(board, keys);
      const all = [...own, ...shared, ...steering, ...hands().actions()];
      return all.filter((action, index) => all.findIndex((one) => one.id === action.id) === index);
    },
    edit: (key) => hands().edit(key),
    menu: (at, items, title) => void openMenu(root, at, items, title),
    say(words) {
      said.textContent = said.textContent === words ? `${words}\u00a0` : words;
    },
    notice: (tone, text, actions) => frame().notice(tone, text, actions),
    setPreview(next) {
      if (next === preview) return;
      preview = next;
      draw();
      emit('preview');
    },
    look(revision, doc) {
      past = revision === null || !doc ? null : { revision, doc };
      draw();
    },
    on(event, listener) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
  };

  /** @param {Extract<Outcome, {ok: false}>} outcome */
  const showRefusal = ({ again, why, remedy }) => {
    frame().notice(again ? 'warning' : 'error', `${why} ${remedy}`.trim());
  };

  const ends = [
    // the first picture waits for nothing: an empty wall would only be drawn to be drawn over
    session.on('change', () => (opened ? drawSoon() : draw())),
    session.on('insight', drawSoon),
    session.on('people', drawSoon),
    session.on('status', drawSoon),
    session.on('refused', (refusal) => {
      if (!doing.has(refusal?.edit)) showRefusal(refusal);
    }),
  ];
  wall.world.addEventListener('focusin', (event) => {
    const key = event.target instanceof Element ? keyOf(event.target) : null;
    if (key) attend(key);
  });
  root.append(said);
  return {
    board,
    wall,
    draw,
    close() {
      for (const end of ends) end();
      listeners.clear();
    },
  };
}

/**
 * What stands on an empty wall for those who only look: nothing of what hands could do.
 *
 * @param {Doc} doc
 */
function nothingYet({ workshop }) {
  return workshop?.blind
    ? 'Until the reveal, each sees only their own notes.'
    : 'Nothing is on the wall of this step yet.';
}
