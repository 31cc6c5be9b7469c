/**
 * What a facilitator's word does on everybody's board: a phase brings its step, a call brings everybody to one place,
 * the spotlight brings a note into sight. Only what changes while one is here: who comes later is left where they are.
 *
 * @module frame/summons
 */

import { boxAround } from '../steps/common.js';

/**
 * @param {import('../types.js').Board} board
 * @returns {{heed: () => void, show: (key: string) => void}}
 *   `heed` after every change of the storm
 */
export function makeSummons(board) {
  /** @type {import('../types.js').Doc['workshop'] | null | undefined} */
  let known = null;

  /** @param {string} key such as `events/room-booked` */
  const noteOf = (key) => board.scene.notes.find((note) => note.key === key || note.ref === key);

  /** @param {string} key */
  const show = (key) => {
    const note = noteOf(key);
    if (note) board.camera.reveal(note);
    else board.notice('note', 'The spotlight is on something that is not on the wall at this step.');
  };

  /** @param {number | undefined} step */
  const goTo = (step) => {
    if (step && step !== board.step.number) board.setStep(step);
  };

  return {
    show,
    heed() {
      if (board.session.status !== 'live') return;
      const before = known;
      const now = board.session.doc.workshop;
      const { facilitates, phase } = board.session.workshop ?? {};
      const another = now?.phase !== undefined && now.phase !== before?.phase;
      if (before !== null && another && phase?.id !== now.phase) return; // the kernel is about to tell of the phase
      known = now;
      if (before === null || now === before || !now) return;
      if (another && phase) {
        goTo(phase.step);
        board.say(`Now ${phase.name}. ${phase.asks}`);
      }
      if (before?.blind && !now.blind)
        requestAnimationFrame(() => board.camera.fit(boxAround(board.scene.notes))); // once what came is drawn
      if (now.here && now.here.since !== before?.here?.since && !facilitates) {
        goTo(now.here.step);
        const { x, y } = now.here;
        const { w, h } = board.camera.sight;
        if (x !== undefined && y !== undefined)
          board.camera.reveal({ x: x - w / 2.2, y: y - h / 2.2, w: w / 1.1, h: h / 1.1 });
        board.notice('note', 'The facilitator has brought everyone here.');
      }
      if (now.spotlight && now.spotlight !== before?.spotlight && !facilitates) show(now.spotlight);
    },
  };
}
