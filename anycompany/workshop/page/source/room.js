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

/** @import { Session } from '../../../board/source/types.js' */
/** @import { LineState } from './line.js' */

/**
 * Where the workshop stands, as the kernel tells it; `left` in seconds.
 *
 * @typedef {{storm: string, phase: {name: string, asks: string, step: number} | null, left: number | null,
 *   running: boolean, blind?: boolean, locked?: boolean, driver?: string, spotlight?: string | null,
 *   voting?: {dots: number, hidden: boolean} | null}} Standing
 */

/**
 * @param {Session} session
 */
export function makeRoom(session) {
  const title = h('p', { class: 'storm', dir: 'auto' }, 'Workshop');
  const phase = h('p', { class: 'phase' });
  const time = h('p', { class: 'time', role: 'timer', hidden: true });
  const asks = h('p', { class: 'asks', hidden: true });
  const trouble = h('div', { class: 'trouble', role: 'status' });
  const writing = makeWriting(session);
  const watching = makeWatching(session);
  const voting = makeVoting(session);
  const parts = [
    { name: 'Write', part: writing },
    { name: 'Wall', part: watching },
    { name: 'Vote', part: voting },
  ];
  const tabs = parts.map(({ name }, index) =>
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
    h('main', null, panels),
    bar,
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
  open(0);

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
    /** @param {any} message */
    told(message) {
      if (message.type === 'own') {
        writing.own(message.keys);
        voting.own(message.votes ?? []);
      } else if (message.type === 'standing') {
        title.textContent = message.storm;
        phase.textContent = message.phase?.name ?? '';
        asks.textContent = wordsFor(message);
        asks.hidden = !asks.textContent;
        timer(message);
        for (const { part } of parts) part.standing(message);
      }
    },
  };
}

/**
 * What a guest is told to do now.
 *
 * @param {Standing} standing
 */
function wordsFor({ phase, locked, driver }) {
  if (locked) return 'The facilitator has locked the wall. Look and listen.';
  if (driver) return `${driver} is driving. Point at what you mean and say it.`;
  return phase?.asks ?? '';
}
