// How long each of the eight steps takes to lay a storm out and to tell where a note may go, in ms.
// Standard input: {"small": {doc, insight, held}, "large": …}; standard output: {"1": [small, large], …}.
import { readFileSync } from 'node:fs';
import { STEPS } from '../anycompany/board/source/steps/index.js';

const RUNS = 7;

/** The shortest of several runs: what the machine needs when nobody else uses it. */
function shortest(work) {
  let least = Infinity;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

const { small, large } = JSON.parse(readFileSync(0, 'utf8'));
const took = STEPS.map((step) => [
  step.number,
  [small, large].map(({ doc, insight }) =>
    shortest(() => {
      const now = { ...doc };
      const scene = step.scene(now, insight);
      const held = scene.notes.find((note) => !note.fixed)?.key;
      if (held) step.drops(now, scene, [held]);
    }),
  ),
]);
console.log(JSON.stringify(Object.fromEntries(took)));
