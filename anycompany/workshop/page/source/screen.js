/**
 * The big screen: how to join, what is on, the time that is left, and the wall. It changes nothing.
 *
 * @module screen
 */

import { h, svg } from '../../../board/source/dom.js';
import { openSession } from '../../../board/source/sync/session.js';
import { freshTab, openLine, socketAddress } from './line.js';
import { makeTimer } from './timer.js';
import { styled } from './watching.js';

/** @import { Board, Box, Session } from '../../../board/source/types.js' */

/** How near the wall comes while it has few notes: they are read from the back of the room. */
const NEAREST = 2;

const app = /** @type {HTMLElement} */ (document.getElementById('app'));
const tab = freshTab();
const key = decodeURIComponent(location.hash.slice(1));
/** @type {Session | null} */
let session = null;
/** @type {Board | null} */
let board = null;
let step = 1;
/** The phase that the wall was turned to. @type {string | undefined} */
let turned;

const title = h('h1', { dir: 'auto' }, 'Workshop');
const phase = h('p', { class: 'phase' });
const asks = h('p', { class: 'asks' });
const time = h('p', { class: 'time', role: 'timer', hidden: true });
const address = h('p', { class: 'address' });
const code = h('p', { class: 'code' });
const qr = h('div', { class: 'qr' });
const guests = h('p', { class: 'guests' });
const status = h('p', { class: 'trouble', role: 'status' });
const join = h('section', { class: 'join', 'aria-label': 'Join' }, qr,
  h('p', { class: 'how' }, 'Take part with your phone'), address, h('p', { class: 'hint' }, 'and type'), code, guests);
const place = h('main', { class: 'wall-place', 'aria-label': 'The wall' });
app.replaceChildren(
  h('div', { class: 'screen' }, h('header', null, h('div', { class: 'heading' }, title, phase, asks), time, status), place, join),
);
const timer = makeTimer((words, over) => {
  time.hidden = !words;
  time.textContent = words;
  time.classList.toggle('is-over', over);
});

const line = openLine(
  socketAddress(),
  {
    knock: () => (key ? { tab, screen: key, at: location.href.split('#')[0] } : null),
    welcome({ person }) {
      if (session) return;
      session = openSession({ wire: line.wire, person, tab, name: 'Big screen' });
      session.on('change', () => void (title.textContent = session?.doc.name || 'Workshop'));
      session.on('workshop', () => showStanding(session?.workshop ?? null));
      void watch(session);
    },
    refused: ({ why, remedy }) => void (status.textContent = `${why} ${remedy}`),
    state(state) {
      const words = { away: 'No connection …', resting: 'The workshop is resting.' };
      if (state !== 'refused') status.textContent = words[/** @type {'away'} */ (state)] ?? '';
    },
    told(message) {
      if (message.type === 'door') showDoor(message);
    },
  },
  ['own', 'door'],
);
if (!key) status.textContent = 'Open the big screen from the workshop page.';

/** @param {Session} live */
async function watch(live) {
  await styled('wall.css');
  const { watchWall } = await import(/* @vite-ignore */ new URL('wall.js', location.href).href);
  board = /** @type {Board} */ (watchWall(place, live, step).board);
  const fit = () => board?.camera.fit(null, NEAREST);
  let before = '';
  board.on('draw', () => {
    const now = extent([...(board?.scene.notes ?? []), ...(board?.scene.regions ?? [])]);
    if (now !== before) fit();
    before = now;
  });
  addEventListener('resize', () => requestAnimationFrame(fit));
}

/**
 * How far things reach, in words that are the same while nothing reaches farther.
 *
 * @param {Box[]} boxes
 */
function extent(boxes) {
  const reach = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, w, h: height } of boxes) {
    reach[0] = Math.min(reach[0], x);
    reach[1] = Math.min(reach[1], y);
    reach[2] = Math.max(reach[2], x + w);
    reach[3] = Math.max(reach[3], y + height);
  }
  return reach.join(' ');
}

/** @param {{address: string, code: string | null, qr: string[], guests: string[]}} door */
function showDoor(door) {
  const steps = door.address.replace(/^https?:\/\//, '').split(/(?<=\/)/);
  address.replaceChildren(...steps.flatMap((part) => [part, h('wbr')]));
  code.textContent = door.code ?? '– – –';
  const count = door.guests.length;
  guests.textContent = count ? `${count === 1 ? 'One guest is' : `${count} guests are`} here` : 'Nobody is here by phone yet';
  qr.replaceChildren(...(door.qr.length ? [picture(door.qr)] : []));
}

/**
 * A QR code, dark on light in either theme.
 *
 * @param {string[]} rows
 */
function picture(rows) {
  const margin = 3;
  const size = rows.length + 2 * margin;
  const d = rows
    .flatMap((row, y) => [...row].map((cell, x) => (cell === '1' ? `M${x + margin} ${y + margin}h1v1h-1z` : '')))
    .join('');
  return svg('svg', { viewBox: `0 0 ${size} ${size}`, role: 'img', 'aria-label': 'QR code of the join address', 'shape-rendering': 'crispEdges' },
    svg('rect', { width: size, height: size, fill: '#fff' }), svg('path', { d, fill: '#000' }));
}

/** @param {Session['workshop']} standing */
function showStanding(standing) {
  phase.textContent = standing?.phase?.name ?? '';
  asks.textContent = standing?.phase?.asks ?? '';
  timer(standing);
  if (standing?.phase?.id === turned) return; // the facilitator may have brought everyone elsewhere
  turned = standing?.phase?.id;
  step = standing?.phase?.step || step;
  board?.setStep(step);
}
