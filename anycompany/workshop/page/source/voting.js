/**
 * Dots on hot spots, and on boundaries while there is a vote on them.
 *
 * @module voting
 */

import { h } from '../../../board/source/dom.js';

/** @import { Session, Standing } from '../../../board/source/types.js' */

/**
 * @param {Session} session
 * @param {(left: number) => void} tell how many dots one has left, 0 while no vote is open
 */
export function makeVoting(session, tell) {
  /** What one has a dot on. @type {Set<string>} */
  let mine = new Set();
  /** Dots that are on their way, put or taken. @type {Map<string, boolean>} */
  const onTheWay = new Map();
  /** @type {Standing['dots'] | null} */
  let voting = null;
  const left = h('p', { class: 'dots-left', role: 'status' });
  const list = h('ul', { class: 'votes' });
  const said = h('p', { class: 'note-said', role: 'alert' });
  const empty = h('p', { class: 'hint' }, 'Nothing to vote on yet: there are no hot spots.');
  const secret = h('p', { class: 'hint' }, 'What others chose is shown when the vote is closed.');
  const element = h('div', { class: 'voting' }, left, secret, said, list, empty);

  const has = (/** @type {string} */ key) => onTheWay.get(key) ?? mine.has(key);

  /** @param {string} key */
  const toggle = async (key) => {
    const up = !has(key);
    const [section, id] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
    said.textContent = '';
    onTheWay.set(key, up);
    draw();
    const on = section === 'hotspots' ? { hotspot: id } : { context: id };
    const outcome = await session.do({ kind: 'vote', ...on, who: session.me.name || 'Somebody', up });
    if (!outcome.ok && !outcome.again) {
      onTheWay.delete(key);
      said.textContent = `${outcome.why} ${outcome.remedy}`.trim();
    }
    draw();
  };

  const draw = () => {
    const { hotspots = {}, contexts = {} } = session.doc;
    const spots = Object.entries(hotspots).map(([id, { text, votes = [] }]) => ({ key: `hotspots/${id}`, text, votes }));
    const places = Object.entries(contexts).map(([id, context]) => ({
      key: `contexts/${id}`,
      text: context.name ?? id.replaceAll('-', ' '),
      votes: /** @type {{votes?: string[]}} */ (context).votes ?? [],
    }));
    const all = [...spots, ...places.filter(({ votes }) => voting || votes.length)];
    if (!voting) all.sort((one, other) => other.votes.length - one.votes.length); // nothing moves under a finger
    const closed = !voting && Boolean(session.workshop?.phase);
    const hidden = Boolean(voting) && session.doc.workshop?.voting?.hidden !== false;
    const put = all.filter(({ key }) => has(key)).length;
    left.textContent = voting ? dots(voting.of - put) : closed ? 'No vote is open now.' : '';
    tell(voting ? Math.max(0, voting.of - put) : 0);
    secret.hidden = !hidden;
    empty.hidden = all.length > 0;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.key;
    list.replaceChildren(...all.map(({ key, text, votes }) => {
      const own = has(key);
      const count = votes.length;
      return h('li', null,
        h('button', {
          type: 'button',
          class: `vote is-${key.split('/')[0]}`,
          'data-key': key,
          'aria-pressed': String(own),
          disabled: closed,
          onclick: () => void toggle(key),
        },
        h('span', { class: 'text', dir: 'auto' }, text),
        h('span', { class: 'count' }, hidden ? '' : count === 1 ? '1 dot' : `${count} dots`),
        h('span', { class: 'mark' }, own ? 'Yours ●' : closed ? '' : 'Vote ○')),
      );
    }));
    if (focused) for (const button of list.querySelectorAll('button')) if (button.dataset.key === focused) button.focus();
  };
  const drawIfSeen = () => {
    if (!element.closest('[hidden]')) draw();
  };
  session.on('change', drawIfSeen);
  session.on('workshop', () => {
    voting = session.workshop?.dots ?? null;
    if (voting) mine = new Set(Object.keys(voting.on));
    draw();
  });

  return {
    element,
    shown: draw,
    /** @param {string[]} keys */
    own(keys) {
      mine = new Set(keys);
      for (const [key, up] of onTheWay) if (mine.has(key) === up) onTheWay.delete(key);
      draw();
    },
  };
}

/** @param {number} count */
function dots(count) {
  if (count <= 0) return 'All your dots are put. Take one back to put it elsewhere.';
  return count === 1 ? 'You have one dot left.' : `You have ${count} dots left.`;
}
