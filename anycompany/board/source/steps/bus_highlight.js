/**
 * Of many arrows, those of the selected note, or of the note under the pointer, stand out. The scene stays as it is:
 * only the drawn arrows are marked.
 *
 * @module steps/bus_highlight
 */

/** @typedef {import('../types.js').Board} Board */

/** @type {WeakSet<Board>} */
const following = new WeakSet();

/**
 * Marks the arrows of what is selected or pointed at, as long as this step is shown.
 *
 * @param {Board} board
 */
export function followArrows(board) {
  if (following.has(board)) return;
  following.add(board);
  const number = board.step.number;
  /** @type {string | null} */
  let under = null;
  const mark = () => {
    const keys = board.step.number !== number ? [] : under ? [under] : [...board.selection];
    markArrows(board.root, keys);
  };
  for (const event of /** @type {const} */ (['draw', 'selection', 'step'])) board.on(event, mark);
  board.root.addEventListener('pointerover', (event) => {
    const note = event.target instanceof Element ? event.target.closest('.note[data-key]') : null;
    const key = note?.getAttribute('data-key') ?? null;
    if (key === under || board.step.number !== number) return;
    under = key;
    mark();
  });
  mark();
}

/**
 * Whether an arrow of the bus leads to or from a note.
 *
 * @param {string} arrow its key, such as `hears/order-placed>take-payment`
 * @param {string} note its key, such as `events/order-placed` or `policies/take-payment#rule`
 * @returns {boolean}
 */
export function belongs(arrow, note) {
  const [section, id] = [note.slice(0, note.indexOf('/')), note.slice(note.indexOf('/') + 1).split('#')[0]];
  const [how, ends] = [arrow.slice(0, arrow.indexOf('/')), arrow.slice(arrow.indexOf('/') + 1)];
  const [from, to = ''] = ends.split('>');
  if (how === 'rule') return section === 'policies' && from === id;
  const [event, other] = how === 'puts' || how === 'fails' ? [to, from] : [from, to];
  if (section === 'events' || section === 'triggers') return event === id;
  const home = how === 'listens' ? 'listeners' : 'policies';
  return section === home && other === id;
}

/**
 * @param {HTMLElement} root
 * @param {string[]} keys
 */
function markArrows(root, keys) {
  const lines = root.querySelector('.lines');
  if (!lines) return;
  let some = false;
  for (const arrow of lines.querySelectorAll('.arrow[data-key]')) {
    const own = keys.some((key) => belongs(arrow.getAttribute('data-key') ?? '', key));
    arrow.toggleAttribute('data-own', own);
    some ||= own;
  }
  lines.toggleAttribute('data-some', some);
}
