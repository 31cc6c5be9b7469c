/**
 * Inside: what is on now, writing, the wall, voting.
 *
 * @module room
 */

import { h } from '../../../board/source/dom.js';
import { makeTimer } from './timer.js';
import { makeVoting } from './voting.js';
import { makeWatching } from './watching.js';
import { makeWriting } from './writing.js';

/** @import { Session, Standing } from '../../../board/source/types.js' */
/** @import { LineState } from './line.js' */

/**
 * @param {Session} session
 */
export function makeRoom(session) {
  const title = h('h1', { class: 'storm', dir: 'auto' }, 'Workshop');
  const phase = h('p', { class: 'phase' });
  const time = h('p', { class: 'time', role: 'timer', hidden: true });
  const asks = h('section', { class: 'asks', 'aria-label': 'Now', hidden: true });
  /** @type {HTMLElement[] | undefined} */
  let tabs;
  const trouble = h('div', { class: 'trouble', role: 'status' });
  const writing = makeWriting(session);
  const watching = makeWatching(session);
  const voting = makeVoting(session, (left) => {
    const more = [h('span', { class: 'badge' }, `${left}`), h('span', { class: 'unseen' }, ' dots left')];
    tabs?.[2].replaceChildren('Vote', ...(left > 0 ? more : []));
  });
  const parts = [
    { name: 'Write', part: writing },
    { name: 'Wall', part: watching },
    { name: 'Vote', part: voting },
  ];
  tabs = parts.map(({ name }, index) =>
    h('button', { type: 'button', role: 'tab', id: `tab-${index}`, 'aria-controls': `part-${index}`, onclick: () => open(index) }, name),
  );
  const panels = parts.map(({ part }, index) =>
    h('div', { role: 'tabpanel', class: 'part', id: `part-${index}`, 'aria-labelledby': `tab-${index}`, tabindex: 0 }, part.element),
  );
  const bar = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Workshop' }, tabs);
  const element = h(
    'div',
    { class: 'room' },
    h('header', null, h('div', { class: 'heading' }, title, phase), time),
    asks,
    trouble,
    h('main', null, h('div', { class: 'parts' }, panels), bar),
  );
  const timer = makeTimer((words, over) => {
    time.hidden = !words;
    time.textContent = words;
    time.classList.toggle('is-over', over);
    time.setAttribute('aria-label', words ? `Time left: ${words}` : '');
  });

  /** @param {number} index */
  const open = (index) => {
    for (const [at, tab] of tabs.entries()) {
      tab.setAttribute('aria-selected', String(at === index));
      tab.tabIndex = at === index ? 0 : -1;
      panels[at].hidden = at !== index;
    }
    parts[index].part.shown();
  };
  bar.addEventListener('keydown', (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    const now = tabs.findIndex((tab) => tab.getAttribute('aria-selected') === 'true');
    const next = (now + by + tabs.length) % tabs.length;
    open(next);
    tabs[next].focus();
    event.preventDefault();
  });
  const draw = () => {
    const { name, workshop } = session.doc;
    title.textContent = name || 'Workshop';
    const on = session.workshop?.phase?.name;
    phase.replaceChildren(...(on ? [`${on} · `] : []), h('bdi', null, session.me.name));
    asks.textContent = wordsFor(session.workshop, workshop ?? {}, session.me.id.slice(0, 8));
    asks.hidden = !asks.textContent;
  };
  /** When everyone was last called to one place; undefined before the workshop has answered. @type {string | null | undefined} */
  let called;
  const follow = () => {
    if (session.status !== 'live') return;
    const { here } = session.doc.workshop ?? {};
    const since = here?.since ?? null;
    if (here && called !== undefined && since !== called && !writing.busy()) {
      open(parts.findIndex(({ part }) => part === watching));
      void watching.show(here.step);
    }
    called = since;
  };
  session.on('change', () => {
    draw();
    follow();
  });
  let votes = false;
  session.on('workshop', () => {
    timer(session.workshop);
    draw();
    const dots = session.workshop?.dots;
    if (dots && !votes && !writing.busy()) open(parts.findIndex(({ part }) => part === voting));
    votes = Boolean(dots);
  });
  open(0);
  draw();

  return {
    element,
    /**
     * @param {LineState} state
     * @param {string} words
     * @param {string} more
     */
    state(state, words, more) {
      const fine = state === 'in' || state === 'knocking';
      trouble.replaceChildren(...(fine ? [] : [h('strong', null, words), ' ', more]));
      element.dataset.state = state;
    },
    /**
     * @param {{keys: string[], votes: string[], afresh: boolean}} message which notes are one's own, all of them if
     *   `afresh`, else more of them; and what one has a dot on
     */
    own({ keys, votes, afresh }) {
      writing.own(keys, afresh);
      voting.own(votes);
    },
  };
}

/**
 * What a guest is told to do now.
 *
 * @param {Standing | null} standing
 * @param {{locked?: boolean, driver?: {person: string, name?: string}}} workshop
 * @param {string} person
 */
function wordsFor(standing, { locked, driver }, person) {
  if (locked) return 'The facilitator has locked the wall. Look and listen.';
  if (driver?.person === person) return 'You are driving: write down what the others point at.';
  if (driver) return `${driver.name || 'Somebody else'} is driving. Point at what you mean and say it.`;
  return standing?.phase?.asks ?? '';
}
