/**
 * The time that is left, told in seconds by the kernel and counted down here: nobody's wall clock matters.
 *
 * @module timer
 */

/**
 * @param {(words: string, over: boolean) => void} show is told what the timer shows, each time that changes
 * @returns {(standing: {left: number | null, running: boolean} | null) => void}
 */
export function makeTimer(show) {
  /** @type {{left: number | null, running: boolean}} */
  let told = { left: null, running: false };
  let since = 0;
  let shown = '';
  const draw = () => {
    const gone = told.running ? Math.floor((performance.now() - since) / 1000) : 0;
    const left = told.left === null ? null : told.left - gone;
    const words = left === null ? '' : clock(left);
    if (words === shown) return;
    shown = words;
    show(words, left !== null && left < 0);
  };
  setInterval(draw, 250);
  return (standing) => {
    told = standing ?? { left: null, running: false };
    since = performance.now();
    draw();
  };
}

/**
 * @param {number} seconds
 * @returns {string}
 */
export function clock(seconds) {
  const rest = Math.abs(seconds);
  const [hours, minutes] = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60];
  const tail = `${String(minutes).padStart(hours ? 2 : 1, '0')}:${String(rest % 60).padStart(2, '0')}`;
  return `${seconds < 0 ? '−' : ''}${hours ? `${hours}:` : ''}${tail}`;
}
