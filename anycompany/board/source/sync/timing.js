/**
 * When things are done: again and again with growing patience, and once per picture.
 *
 * @module sync/timing
 */

/**
 * Does something again and again until it is told to stop, waiting longer each time.
 *
 * @param {number[]} seconds how long to wait after the first time, the second, …; the last holds for all others
 * @param {(times: number) => void} work is told how often it was done before
 * @returns {{start: () => void, later: () => void, stop: () => void, readonly running: boolean}} `start` does it at
 *   once, `later` after a while; while it runs, `later` does nothing
 */
export function patiently(seconds, work) {
  let times = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const wait = () => {
    timer = setTimeout(run, seconds[Math.min(times, seconds.length - 1)] * 1000);
  };
  const run = () => {
    clearTimeout(timer);
    work(times);
    times += 1;
    wait();
  };
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    times = 0;
  };
  return {
    start() {
      stop();
      run();
    },
    later() {
      if (timer === undefined) wait();
    },
    stop,
    get running() {
      return timer !== undefined;
    },
  };
}

/**
 * Runs something before the next picture, once, however often it is asked for until then. A page that is not shown has
 * no pictures: there it runs soon.
 *
 * @param {() => void} work
 * @returns {() => void}
 */
export function oncePerPicture(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    const run = () => {
      asked = false;
      work();
    };
    const shown = typeof requestAnimationFrame === 'function' && globalThis.document?.visibilityState === 'visible';
    if (shown) requestAnimationFrame(run);
    else setTimeout(run, 16);
  };
}
