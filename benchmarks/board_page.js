// What the benchmarks do inside the page: boards without a kernel, and a watch on how long frames take.

const NO_COUPLING = { score: 0, communication: 0, size: 0, copies: 0, reactions: 0, guessed: false, crossings: {} };
const NO_INSIGHT = { findings: {}, coupling: NO_COUPLING, progress: {}, next: null, guesses: [] };

/** A kernel that has one storm and takes every edit without a word. */
function lonelyWire(doc) {
  let hear = () => {};
  return {
    send({ type, person, tab }) {
      if (type !== 'hello') return;
      const snapshot = { type: 'snapshot', to: `${person}${tab}`, protocol: 1, revision: 1, doc, insight: NO_INSIGHT, n: 0, people: [], path: '', warning: null };
      queueMicrotask(() => hear(snapshot));
    },
    onMessage(listener) {
      hear = listener;
    },
    onStatus() {},
    close() {},
  };
}

/** Resolves when what was done until now is on the screen and the page is free to make the next picture. */
function free() {
  return new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(performance.now());
    port2.postMessage(null);
  }));
}

/**
 * Waits frame by frame until this many notes are elements, and the page is free: React Flow paints its notes, and is
 * then busy measuring them before it answers to a hand.
 */
async function untilDrawn(element, selector, count) {
  do await new Promise(requestAnimationFrame);
  while (element.querySelectorAll(selector).length < count);
  return free();
}

/** Puts a board on the page; how long until its notes are on the screen and can be taken, in ms. */
globalThis.drawBoard = async (element, doc, step) => {
  const start = performance.now();
  const { board } = globalThis.mountBoard(element, { wire: lonelyWire(doc), step, name: 'Benchmark' });
  const took = (await untilDrawn(element, '.note', 1)) - start;
  const { sight, x, y, zoom } = board.camera;
  const inSight = board.scene.notes.filter((note) => (
    note.x < sight.x + sight.w && note.x + note.w > sight.x && note.y < sight.y + sight.h && note.y + note.h > sight.y)).length;
  const drawn = element.querySelectorAll('.note').length;
  if (drawn < inSight) throw new Error(`Only ${drawn} of ${inSight} notes in sight were drawn.`);
  return { took, notes: board.scene.notes, inSight, camera: { x, y, zoom } };
};

/** The same notes in React Flow; how long until as many of them are on the screen and can be taken, in ms. */
globalThis.drawInReactFlow = async (element, notes, camera, onlyInSight, count) => {
  const start = performance.now();
  globalThis.showInReactFlow(element, notes, camera, onlyInSight);
  return (await untilDrawn(element, '.react-flow__node', count)) - start;
};

/** Begins to write down how long each frame takes. */
globalThis.watchFrames = () => {
  globalThis.frames = [];
  let last = performance.now();
  const tick = (now) => {
    globalThis.frames.push(now - last);
    last = now;
    globalThis.watching = requestAnimationFrame(tick);
  };
  globalThis.watching = requestAnimationFrame(tick);
};

/** Ends it, and says them. */
globalThis.framesSeen = () => {
  cancelAnimationFrame(globalThis.watching);
  return globalThis.frames.slice(1);
};
